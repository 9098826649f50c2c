"""The stick or folder used last, so that the next file dialog begins there."""

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "packages/folder"


def last_folder() -> str:
    """The folder used last, or "" when it is gone (the stick was taken away)."""
    kept = str(QSettings().value(_KEY) or "")
    return kept if kept and Path(kept).is_dir() else ""


def remember_folder(folder: Path) -> None:
    """Begin here next time."""
    QSettings().setValue(_KEY, str(folder))
