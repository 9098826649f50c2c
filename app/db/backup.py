"""Consistent encrypted copies of the data file, how long they are kept, and the check of a file."""

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from app.db.copy_mark import set_mark
from app.db.engine import SQLITE_CORRUPT, refusal_of, unlock
from app.db.file_copies import bytes_to_copy, copy_files, list_path, open_scans, remove_unlisted
from app.db.keys import KeySlots, key_slots_path, recovery_path
from app.disk import sync_folder
from app.domain.errors import Reason, Refused
from app.domain.progress import Progress, Silent

_NAME = "%Y%m%d-%H%M%S"
_KEEP_ALL = timedelta(days=2)
_DAYS = timedelta(days=12)
_WEEKS = timedelta(weeks=10)
_MONTHS = timedelta(days=9 * 31)
_SPARE_BYTES = 16 << 20
_LEAP = timedelta(days=60)
_AT_LEAST = 7  # copies one run leaves, if there were so many
_ID = re.compile(r"[0-9a-zA-Z-]{8,40}")
_ID_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished copy: a folder with the data file, its key slots and its recovery file.

    `missing`: attachments its cases name that are not beside the original. `damaged`: attachments of which a
    sound copy was kept because the original is no longer what it was.
    """

    folder: Path
    data_file: Path
    made: datetime
    size: int
    missing: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a data file: `kind` is `cipher`, `structure` or `reference`; it names no person."""

    kind: str
    text: str


def backup(path: Path, key: bytes, target: Path, made: datetime, progress: Progress | None = None) -> Backup:
    """Copy the open or closed data file into a new folder of `target`, named by the moment `made` (UTC).

    Its attachments go beside the folder, each once for all copies (`file_copies`). The copy is marked as one,
    opened with the key and checked before it becomes visible. Refused DISK_FULL, READ_ONLY_PLACE,
    NO_SUCH_PLACE, WRONG_KEY, DAMAGED_DATA (the copy does not prove sound); nothing is left behind then but
    attachments, which the next copy need not bring again. `progress` counts these.
    """
    part = target / f"{made:{_NAME}}.part"
    try:
        target.mkdir(parents=True, exist_ok=True)
        needed = path.stat().st_size + bytes_to_copy(path, target)
        if shutil.disk_usage(target).free < needed + _SPARE_BYTES:
            raise Refused(Reason.DISK_FULL, path=target)
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(mode=0o700)
        size = _fill(path, key, part, made)
        named = open_scans(part / path.name, key)
        scans = copy_files(path, target, named, progress or Silent())
        _list_files(part / path.name, scans.listed)
        folder = _free_name(target, made)
        os.replace(part, folder)
        sync_folder(target)
    except (OSError, sqlcipher.Error) as error:
        raise refusal_of(error, target) or error from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Backup(folder, folder / path.name, made, size, scans.missing, scans.damaged)


def check(path: Path, key: bytes) -> tuple[Finding, ...]:
    """Everything wrong in a data file; empty when every page is authentic and the structure is sound.

    Refused as `open_connection` when the file cannot be opened at all.
    """
    if not path.is_file():
        raise Refused(Reason.NO_SUCH_PLACE, path=path)
    connection = unlock(path, key)
    try:
        found = [Finding("cipher", row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        found += _structure(connection)
        if not found:
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            found += [Finding("reference", f"{row[0]} {row[1]} -> {row[2]}") for row in broken]
    except sqlcipher.Error as error:
        raise refusal_of(error, path) or error from error
    finally:
        connection.close()
    return tuple(found)


def _structure(connection: sqlcipher.Connection) -> list[Finding]:
    try:
        rows = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlcipher.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != SQLITE_CORRUPT:
            raise
        return [Finding("structure", "malformed")]
    return [Finding("structure", row[0]) for row in rows if row[0] != "ok"]


def own_folder(target: Path, data_file: Path) -> Path:
    """Where the copies of this office lie in a folder the person chose: beside all else that is there.

    Refused DAMAGED_DATA or NO_SUCH_PLACE when the key slots, which name the office's file, cannot be read.
    """
    ids = KeySlots.load(key_slots_path(data_file)).database_ids
    named = next((one for one in sorted(ids) if _ID.fullmatch(one)), None)
    if named is None:
        raise Refused(Reason.DAMAGED_DATA, path=key_slots_path(data_file), at="keyslots")
    name = f"xianghe-{named[:_ID_SHOWN]}"
    return target if target.name == name else target / name


def backups_in(folder: Path, data_file: Path) -> dict[datetime, Path]:
    """The finished copies of this very data file in a folder by their moment (naive UTC), oldest first.

    Anything else there is no copy, whatever it is called.
    """
    if not folder.is_dir():
        return {}
    ids = _database_ids(data_file)
    found = {}
    for one in folder.iterdir():
        with suppress(ValueError):
            moment = datetime.strptime(one.name, _NAME)
            if not one.is_symlink() and _database_ids(one / data_file.name) & ids:
                found[moment] = one
    return dict(sorted(found.items()))


def _database_ids(data_file: Path) -> frozenset[str]:
    """Which file the key slots beside a data file belong to; empty when there is no such pair."""
    if not data_file.is_file():
        return frozenset()
    try:
        return KeySlots.load(key_slots_path(data_file)).database_ids
    except (Refused, OSError):
        return frozenset()


def thin(folder: Path, data_file: Path, now: datetime) -> tuple[Path, ...]:
    """Remove the copies of this data file the rule no longer keeps; returns what is gone. `now` is naive UTC.

    Only the files of a copy are removed, and attachments no copy needs any more. A copy that cannot be
    removed, or to whose folder somebody added something, stays where it is: that is no reason to call the
    new copy unfinished.
    """
    have = backups_in(folder, data_file)
    gone = tuple(have[moment] for moment in surplus(have, now) if _remove(have[moment], data_file.name))
    remove_unlisted(folder, data_file, [copy for copy in have.values() if copy not in gone])
    return gone


def _remove(copy: Path, name: str) -> bool:
    data_file = copy / name
    own = {data_file, key_slots_path(data_file), recovery_path(data_file), list_path(data_file)}
    try:
        if set(copy.iterdir()) - own:
            return False
        for file in own:
            file.unlink(missing_ok=True)
        copy.rmdir()
    except OSError:
        return False
    return True


def surplus(moments: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Which copies to remove: all of two days stay, then one a day (12), a week (10), a month (9).

    Of each period the newest copy stays; the newest of all and those dated in the future always stay. Ages
    come from the PC's clock, which may be wrong: nothing goes where the newest copy is over 60 days younger
    than the one before it, later on such a leap counts as one day, and one run leaves at least seven copies.
    """
    ordered = sorted((moment for moment in moments if moment <= now), reverse=True)
    if len(ordered) > 1 and ordered[0] - ordered[1] > _LEAP:
        return ()
    kept: set[tuple[object, ...]] = set()
    gone = []
    leapt = timedelta()
    for position, moment in enumerate(ordered):
        if position and ordered[position - 1] - moment > _LEAP:
            leapt += ordered[position - 1] - moment - timedelta(days=1)
        period = _period(moment, now - leapt)
        if position and (period is None or period in kept):
            gone.append(moment)
        elif period is not None:
            kept.add(period)
    spared = max(0, min(_AT_LEAST, len(ordered)) - (len(ordered) - len(gone)))
    return tuple(sorted(gone[spared:]))


def _period(moment: datetime, now: datetime) -> tuple[object, ...] | None:
    age = now - moment
    day: date = moment.date()
    if age <= _KEEP_ALL:
        return ("all", moment)
    if age <= _KEEP_ALL + _DAYS:
        return ("day", day)
    if age <= _KEEP_ALL + _DAYS + _WEEKS:
        return ("week", *day.isocalendar()[:2])
    if age <= _KEEP_ALL + _DAYS + _WEEKS + _MONTHS:
        return ("month", day.year, day.month)
    return None


def _fill(path: Path, key: bytes, part: Path, made: datetime) -> int:
    copy = part / path.name
    source = unlock(path, key)
    try:
        source.execute("VACUUM INTO ?", (str(copy),))
    finally:
        source.close()
    marked = unlock(copy, key)
    try:
        marked.execute("PRAGMA journal_mode=DELETE").fetchall()  # a copy on a read-only disc must still open
        set_mark(marked.execute, made)
    finally:
        marked.close()
    if check(copy, key):
        raise Refused(Reason.DAMAGED_DATA, path=path)
    for beside in (key_slots_path(path), recovery_path(path)):
        if beside.exists():
            shutil.copyfile(beside, part / beside.name)
    for file in part.iterdir():
        with file.open("rb+") as written:
            os.fsync(written.fileno())
    return copy.stat().st_size


def _list_files(copy: Path, names: tuple[str, ...]) -> None:
    """Write down which attachments belong to a copy; read after the rows, they are all there already."""
    with list_path(copy).open("w", encoding="ascii") as written:
        written.writelines(f"{name}\n" for name in names)
        written.flush()
        os.fsync(written.fileno())
    sync_folder(copy.parent)


def _free_name(target: Path, made: datetime) -> Path:
    while (target / f"{made:{_NAME}}").exists():
        made += timedelta(seconds=1)
    return target / f"{made:{_NAME}}"
