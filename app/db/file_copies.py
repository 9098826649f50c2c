"""Attachments in a backup: each file once for all copies, and with every copy the list of those it needs."""

import json
import os
import re
import shutil
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from app.db.blob_store import KEYS_SETTING, PART, SUFFIX, BlobStore, StoreKeys, store_folder
from app.db.engine import unlock
from app.disk import sync_folder
from app.domain.progress import Progress

_CLOCKS_APART = 3.0  # seconds: a stick keeps the time of a file to two
_NAME = re.compile(r"[0-9a-f]{64}" + re.escape(SUFFIX))
_WANTED = (
    ("attachment", "SELECT sha256 FROM attachment"),
    ("bin_item", "SELECT json_extract(body, '$.sha256') FROM bin_item WHERE kind = 'attachment'"),
    (
        "branch",
        "SELECT json_extract(file.value, '$.sha256') FROM branch, json_each(branch.body, '$.files') AS file"
        " WHERE branch.body <> ''",
    ),
)


@dataclass(frozen=True, slots=True)
class Scans:
    """What the rows of a data file say of its attachments: the names they want, and a store to prove them."""

    wanted: frozenset[str] = frozenset()
    store: BlobStore | None = None

    def proves(self, path: Path) -> bool:
        """Whether a file is sound and is what its name says."""
        return self.store is not None and self.store.proves_file(path)


@dataclass(frozen=True, slots=True)
class Copied:
    """The attachments that belong to a copy, and of these: how many are missing, how many damaged at home."""

    listed: tuple[str, ...]
    missing: int
    damaged: int


def open_scans(data_file: Path, key: bytes) -> Scans:
    """The attachments a data file names in its cases, in its bin and in revisions set aside.

    sqlcipher.Error as opening gives it; a file from before there were attachments names none.
    """
    with closing(unlock(data_file, key)) as connection:
        asked = "SELECT value FROM setting WHERE key = ?"
        found = connection.execute(asked, (KEYS_SETTING,)).fetchone() if _has(connection, "setting") else None
        if found is None:
            return Scans()
        store = BlobStore(store_folder(data_file), StoreKeys.from_value(json.loads(found[0])))
        digests = {
            row[0]
            for table, statement in _WANTED
            if _has(connection, table)
            for row in connection.execute(statement)
            if row[0]
        }
    return Scans(frozenset(map(store.name_of, digests)), store)


def _has(connection: sqlcipher.Connection, table: str) -> bool:
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(asked, (table,)).fetchone() is not None


def list_path(data_file: Path) -> Path:
    """Where a copy of a data file keeps the names of the attachments that belong to it."""
    return data_file.with_name(f"{data_file.stem}.files.txt")


def copy_files(data_file: Path, target: Path, scans: Scans, progress: Progress) -> Copied:
    """Bring the attachments of a data file into `target`, those that are not there yet.

    They are encrypted and named by digest: what is there is the same unless it was written anew since; then
    the new one must prove itself before it takes the place of the copy. What the rows name belongs to the
    copy though it be gone here: an earlier copy of it must stay. OSError as the disk gives it; Cancelled
    between two files. What was copied stays for the next time.
    """
    source = store_folder(data_file)
    found = {path.name: path for path in source.iterdir() if path.suffix == SUFFIX} if source.is_dir() else {}
    place = target / source.name
    missing = [path for name, path in sorted(found.items()) if not _same(path, place / name)]
    if missing:
        place.mkdir(mode=0o700, exist_ok=True)
    damaged = 0
    for done, path in enumerate(missing, 1):
        if (place / path.name).exists() and not scans.proves(path):
            damaged += 1
        else:
            _copy(path, place / path.name)
        progress.step(done, len(missing))
    if missing:
        sync_folder(place)
    return Copied(tuple(sorted(found.keys() | scans.wanted)), len(scans.wanted - found.keys()), damaged)


def bytes_to_copy(data_file: Path, target: Path) -> int:
    """How much room the attachments need that are not yet in `target`."""
    source = store_folder(data_file)
    if not source.is_dir():
        return 0
    files = (path for path in source.iterdir() if path.suffix == SUFFIX)
    return sum(path.stat().st_size for path in files if not _same(path, target / source.name / path.name))


def remove_unlisted(target: Path, data_file: Path, copies: Collection[Path]) -> None:
    """Take away attachments that none of the copies lists; nothing when a list is unreadable."""
    place = target / store_folder(data_file).name
    if not place.is_dir():
        return
    kept: set[str] = set()
    with suppress(OSError, ValueError):
        for copy in copies:
            named = list_path(copy / data_file.name)
            if named.exists():
                kept.update(_names(named))
        for path in list(place.iterdir()):
            if path.suffix == PART or (path.suffix == SUFFIX and path.name not in kept):
                path.unlink(missing_ok=True)


def _names(listed: Path) -> list[str]:
    """The names in a list; ValueError when it is damaged."""
    names = listed.read_text(encoding="ascii").split()
    if not all(map(_NAME.fullmatch, names)):
        raise ValueError(listed.name)
    return names


def _same(path: Path, copy: Path) -> bool:
    try:
        had, has = copy.stat(), path.stat()
    except FileNotFoundError:
        return False
    return had.st_size == has.st_size and has.st_mtime <= had.st_mtime + _CLOCKS_APART


def _copy(path: Path, copy: Path) -> None:
    part = copy.with_suffix(PART)
    try:
        shutil.copyfile(path, part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        times = path.stat()
        os.utime(part, (times.st_atime, times.st_mtime))
        os.replace(part, copy)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
