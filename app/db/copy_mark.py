"""The mark a copy of the data file carries until it is opened as an office, and how often that was done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.db.keys import write_safely

Run = Callable[[str], Any]
"""Runs one statement: `execute` of the driver, or `exec_driver_sql` of the engine's connection."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def set_mark(run: Run, made: datetime) -> None:
    """Mark the open file as a copy made at `made` (UTC); the mark is a number in the file's own header."""
    moment = made if made.tzinfo else made.replace(tzinfo=UTC)
    run(f"PRAGMA user_version={(moment - _EPOCH) // _MINUTE}")


def clear_mark(run: Run) -> None:
    """Make the open file an office's own file again; part of the transaction it runs in."""
    run("PRAGMA user_version=0")


def copied_at(run: Run) -> datetime | None:
    """When this copy was made (UTC, to the minute); None for a file that is no untouched copy."""
    minutes = run("PRAGMA user_version").fetchone()[0]
    return _EPOCH + minutes * _MINUTE if minutes > 0 else None


def restored_path(data_file: Path) -> Path:
    """Where it is counted how often a copy was put back here; no copy carries this file."""
    return data_file.with_name(f"{data_file.stem}.restored")


def count_restored(data_file: Path) -> int:
    """Count one more copy put back in this place; returns how many there were with it."""
    path = restored_path(data_file)
    try:
        before = int(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        before = 0
    write_safely(path, str(before + 1).encode("ascii"))
    return before + 1
