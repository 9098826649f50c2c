"""An office as its windows see it: real services in a real encrypted file, answers without threads."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.actor import NodeKind
from app.services.workspace import Workspace
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
