"""An office with its case screens, over real services in a real encrypted file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.actor import NodeKind, Role
from app.domain.cases import CaseView
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.ui.kit.page import Page
from app.ui.navigation import Context, Navigator, Office, Place
from app.ui.tasks import InlineTasks, Tasks
from tests.conftest import Clock, intake

P = TypeVar("P", bound=Page)


@dataclass
class CaseOffice:
    """Makes pages, notes where they lead, and types like a person."""

    workspace: Workspace
    qtbot: Any
    kind: NodeKind = NodeKind.TOWNSHIP
    tasks: Tasks | None = None
    went: list[tuple[Place, str | None]] = field(default_factory=list)

    def page(self, kind: Callable[[Context], P], item: str | None = None, *roles: Role) -> P:
        """A page shown as the main window shows it."""
        actor = self.workspace.actor
        self.workspace.actor = replace(actor, roles=frozenset(roles)) if roles else actor
        navigator = Navigator()
        navigator.went.connect(lambda place, case: self.went.append((place, case)))
        tasks = self.tasks or InlineTasks(self.workspace)
        office = Office("平乡镇人民调解委员会", "130532101-A", self.kind, Path("data"))
        made = kind(Context(tasks, navigator, self.workspace.actor, office))
        self.qtbot.addWidget(made)
        made.open_item(item)
        made.resize(1270, 700)
        with self.qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    def type(self, text: str) -> None:
        """Type into whatever has the focus; Chinese comes from the input method."""
        where = QApplication.focusWidget()
        assert where is not None
        if text.isascii():
            self.qtbot.keyClicks(where, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(where, event)

    def press(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        """Press keys one after the other."""
        modifier = Qt.KeyboardModifier.NoModifier
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else modifier
        modifier = Qt.KeyboardModifier.AltModifier if alt else modifier
        for key in keys:
            self.qtbot.keyClick(focused(), key, modifier)

    def enter(self, *texts: str) -> None:
        """Type each text and go on with Enter; "" passes a field over."""
        for text in texts:
            if text:
                self.type(text)
            self.press(Qt.Key.Key_Return)

    def case(self, **fields: Any) -> CaseView:
        """A registered case."""
        return self.workspace.run(register_case, intake(**fields)).value


def focused() -> QWidget:
    """What has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.fixture(name="office")
def made_office(workspace: Workspace, clock: Clock, qtbot: Any) -> CaseOffice:
    """A township's office whose clock shows the time of this computer."""
    clock.at = datetime.now(UTC)
    return CaseOffice(workspace, qtbot)
