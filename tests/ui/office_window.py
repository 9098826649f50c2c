"""An office as its windows see it: real services in a real encrypted file, answers without threads."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from app.domain.actor import NodeKind
from app.services.kernel.workspace import Workspace
from app.ui.navigation import Context, Navigator, Office
from app.ui.tasks import InlineTasks


class Went(QObject):
    """Where pages asked to go."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__()
        self.places: list[tuple[object, object]] = []
        navigator.went.connect(lambda place, item: self.places.append((place, item)))


def context(workspace: Workspace) -> Context:
    """What a page of this workspace is given."""
    office = Office("平乡镇依法治理中心", "130532101-A", NodeKind.TOWNSHIP, Path("data"))
    return Context(InlineTasks(workspace), Navigator(), workspace.actor, office)


def nameless(window: QWidget) -> list[str]:
    """The visible controls Tab reaches that say nothing to a screen reader."""
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        face = QAccessible.queryAccessibleInterface(part)
        if face is None or not face.text(QAccessible.Text.Name):
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found
