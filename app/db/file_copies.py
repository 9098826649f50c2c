"""Attachments in a backup: each file once for all copies, and with every copy the list of those it needs."""

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from app.db.blob_store import PART, SUFFIX, store_folder
from app.db.keys import sync_folder
from app.domain.progress import Progress

_CLOCKS_APART = 3.0  # seconds: a stick keeps the time of a file to two


def list_path(data_file: Path) -> Path:
    """Where a copy of a data file keeps the names of the attachments that belong to it."""
    return data_file.with_name(f"{data_file.stem}.files.txt")


def copy_files(data_file: Path, target: Path, progress: Progress) -> tuple[str, ...]:
    """Bring the attachments of a data file into `target`, those that are not there yet; their names.

    They are encrypted and named by digest: what is there is the same unless it was written anew since.
    OSError as the disk gives it; Cancelled between two files. What was copied stays for the next time.
    """
    source = store_folder(data_file)
    found = {path.name: path for path in source.iterdir() if path.suffix == SUFFIX} if source.is_dir() else {}
    place = target / source.name
    missing = [path for name, path in sorted(found.items()) if not _same(path, place / name)]
    if missing:
        place.mkdir(mode=0o700, exist_ok=True)
    for done, path in enumerate(missing, 1):
        _copy(path, place / path.name)
        progress.step(done, len(missing))
    if missing:
        sync_folder(place)
    return tuple(sorted(found))


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
    with suppress(OSError):
        for copy in copies:
            named = list_path(copy / data_file.name)
            if named.exists():
                kept.update(named.read_text(encoding="ascii").split())
        for path in list(place.iterdir()):
            if path.suffix == PART or (path.suffix == SUFFIX and path.name not in kept):
                path.unlink(missing_ok=True)


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
