"""A whole window over a real office with its real threads, used with keys and clicks as a person does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget
from shiboken6 import delete

from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import unlock
from app.ui.main_window import MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.signed_in import SignedIn
from app.ui.tasks import Tasks
from tests.conftest import PASSPHRASE

PATIENCE = 20_000


@dataclass
class Seat:
    """Somebody at the window of an office."""

    qtbot: Any
    workspace: Workspace
    window: MainWindow
    tasks: Tasks
    navigator: Navigator

    def until(self, true: Callable[[], object]) -> None:
        """Wait for an answer, a redraw, a dialog."""

        def holds() -> bool:
            return bool(true())

        self.qtbot.waitUntil(holds, timeout=PATIENCE)

    def page(self, place: Place, item: str | None = None) -> Any:
        """Go somewhere by the rail, or to a record as the pages themselves do."""
        if item is None and place in self.window.rail.places():
            self.click(self.window.rail._buttons[place])
        else:
            self.navigator.goto(place, item)
        return self.here()

    def rest(self) -> None:
        """Wait until nothing is asked for any more: an answer may lead to the next question."""
        for _ in range(3):
            self.tasks.drain()
            QApplication.processEvents()

    def here(self) -> Any:
        """The page shown."""
        page = self.window.page()
        assert page is not None
        return page

    def click(self, button: QWidget) -> None:
        """Press a button once it can be pressed."""
        self.until(lambda: button.isVisible() and button.isEnabled())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, text: str, within: QWidget | None = None) -> None:
        """Press the button that reads so."""
        self.click(
            next(
                one
                for one in (within or self.window).findChildren(QPushButton)
                if one.text() == text and one.isVisibleTo(within or self.window)
            )
        )

    def type(self, field: QWidget, text: str) -> None:
        """Put the cursor into a field and type in place of what stands there."""
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(field, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def tick(self, box: QWidget) -> None:
        """Set a box by the space bar."""
        box.setFocus()
        self.qtbot.keyClick(box, Qt.Key.Key_Space)

    def choose(self, field: Any, value: object) -> None:
        """Go down the choices until the wanted one is reached."""
        assert isinstance(field, QComboBox)
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_Home)
        for _ in range(field.count()):
            if field.value() == value:
                return
            self.qtbot.keyClick(field, Qt.Key.Key_Down)
        assert field.value() == value

    def enter(self, within: QWidget) -> None:
        """Ctrl+Enter: the filled button of a form or dialog."""
        self.qtbot.keyClick(within, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def pick(self, path: Path) -> None:
        """Choose a file or folder in the file dialog that is open."""
        found: list[QFileDialog] = []

        def open_dialog() -> bool:
            found[:] = [one for one in self.window.findChildren(QFileDialog) if one.isVisible()]
            return bool(found)

        self.until(open_dialog)
        found[0].fileSelected.emit(str(path))
        found[0].reject()

    def leave(self) -> None:
        """Close the window and give the file back."""
        self.tasks.drain()
        delete(self.window)  # what it still asks for finds nobody to tell
        self.tasks.drain()


def sit_down(qtbot: Any, workspace: Workspace, login: str = "admin", passphrase: str = PASSPHRASE) -> Seat:
    """Open the window of an office as its signed-in person sees it."""
    unlocked = unlock(workspace.folder / "office.db", login, passphrase)
    view = unlocked.office
    office = Office(view.committee or view.name, view.node, view.kind, workspace.folder)
    tasks, navigator = Tasks(workspace), Navigator()
    window = MainWindow(
        SignedIn(tasks=tasks, navigator=navigator, actor=workspace.actor, office=office, unlocked=unlocked)
    )
    window.resize(1366, 768)
    navigator.goto(Place.TODAY)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return Seat(qtbot, workspace, window, tasks, navigator)
