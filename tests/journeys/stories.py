"""Somebody who walks the story of a case through the real window, looking at each page on the way."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from shiboken6 import delete, isValid

from app.domain.actor import Actor
from app.domain.cases import CaseView
from app.domain.flow import CaseStatus, Deed
from app.models.base import new_id
from app.services.cases.register import open_case
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import verify_audit
from app.ui.cases.deeds import OPENS
from app.ui.main_window import MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.signed_in import SignedIn
from app.ui.tasks import InlineTasks
from tests.conftest import PASSPHRASE, Clock

PICTURES = os.environ.get("XIANGHE_STORY_PICTURES", "")
SIZE = QSize(*(int(part) for part in os.environ.get("XIANGHE_STORY_SIZE", "1366x768").split("x")))


class Walker:
    """Presses what a clerk presses; each step fails with the words the window shows."""

    def __init__(self, workspace: Workspace, clock: Clock, story: str) -> None:
        self.workspace, self.clock, self.story = workspace, clock, story
        self.case_id, self._pictures = "", 0
        self.bugs: list[object] = []
        self.window: MainWindow
        self._sit_down()

    def _sit_down(self) -> None:
        data_file = self.workspace.folder / "office.db"
        unlocked = unlock(data_file, "admin", PASSPHRASE, self.clock)
        view = unlocked.office
        office = Office(view.committee or view.name, view.node, view.kind, self.workspace.folder)
        self.tasks, self.navigator = InlineTasks(self.workspace), Navigator()
        self.tasks.failed.connect(self.bugs.append)
        context = SignedIn(
            tasks=self.tasks,
            navigator=self.navigator,
            actor=self.workspace.actor,
            office=office,
            unlocked=unlocked,
        )
        self.window = MainWindow(context)
        self.window.resize(SIZE)
        self.navigator.goto(Place.TODAY)
        self.window.show()
        QApplication.processEvents()

    def leave(self) -> None:
        """Close the window."""
        self.rest()
        delete(self.window)
        self.tasks.drain()

    def somebody_else(self, name: str) -> None:
        """Another person of the office signs in and goes on."""
        self.leave()
        self.workspace.actor = Actor(new_id(), name, self.workspace.actor.roles)
        self._sit_down()

    def rest(self) -> None:
        """Let every answer arrive."""
        for _ in range(3):
            self.tasks.drain()
            QApplication.processEvents()

    @property
    def case(self) -> CaseView:
        """The case as it is in the file."""
        return self.workspace.run(open_case, self.case_id).value

    def here(self) -> Any:
        """The page shown."""
        page = self.window.page()
        assert page is not None
        return page

    def see(self, name: str) -> None:
        """Keep a picture of the window with what lies over it."""
        self.rest()
        if not PICTURES:
            return
        self._pictures += 1
        self._settle()
        picture = self.window.grab()
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
        for dialog in (one for one in dialogs if one.isVisible()):
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 60))
            painter.drawPixmap(picture.rect().center() - dialog.rect().center(), dialog.grab())
            painter.end()
        folder = Path(PICTURES) / self.story
        folder.mkdir(parents=True, exist_ok=True)
        picture.save(str(folder / f"{self._pictures:02d}_{name}_{SIZE.width()}.png"))

    def _settle(self) -> None:
        """Until the pages of a paper are drawn, which is done beside the window."""
        for _ in range(3):
            QTest.qWait(40 if self.window._trail[-1][0] is Place.PAPERS else 1)
            self.rest()

    def page(self, place: Place, item: str | None = None) -> Any:
        """Go somewhere and look."""
        self.navigator.goto(place, item)
        self.see(place.name.lower())
        return self.here()

    def open_case(self) -> Any:
        """The page of the case."""
        return self.page(Place.CASE, self.case_id)

    def begin(self, deed: Deed) -> Any:
        """Press the deed on the case page, as its own button or behind 更多; the dialog or page it opens."""
        page = self.open_case()
        if deed in page.deeds:
            self.press(page.deeds[deed])
        else:
            offered = {way.deed: [str(one.code) for one in way.hindrances] for way in page.others}
            blocked = (page.next_step.blocked, page.next_step.hindrances)
            assert deed in offered, (deed, page.case.status, list(page.deeds), blocked, list(offered))
            page.show_more()
            self.press(page.more.buttons[deed])
        if isinstance(OPENS[deed], Place):
            self.see(str(deed))
            return self.here()
        self.see(str(deed))
        return page.dialog

    def do(self, deed: Deed, **values: object) -> None:
        """Open the dialog of a deed, fill its form, press its filled button."""
        dialog = self.begin(deed)
        self.fill(dialog, **values)
        self.submit(dialog)

    def fill(self, dialog: Any, *, form: str = "form", **values: object) -> None:
        """Write into the fields of a dialog or page."""
        for name, value in values.items():
            getattr(dialog, form).field(name).set_value(value)
        self.rest()

    def press(self, button: QPushButton) -> None:
        """Press a button a person could press."""
        assert button.isVisibleTo(self.here()) or button.isVisible(), f"{button.text()} is not shown"
        assert button.isEnabled(), f"{button.text()} cannot be pressed"
        button.click()
        self.rest()

    def submit(self, dialog: Any) -> None:
        """Press the filled button; the dialog must close."""
        closed: list[int] = []
        dialog.accepted.connect(lambda: closed.append(1))
        self.press(dialog.submit_button)
        if not closed:
            said = [dialog.banner.text()] if isValid(dialog) else []
            for form in dialog.forms:
                bad = [cell for cell in form._cells.values() if cell.editor.property("bad")]
                said += [f"{cell.field.name}: {cell.note.text()}" for cell in bad]
            raise AssertionError((type(dialog).__name__, [form.snapshot() for form in dialog.forms], said))
        self.see(f"after_{type(dialog).__name__}" if isValid(dialog) else "after")

    def status(self) -> CaseStatus:
        """Where the case stands."""
        return self.case.status

    def waiting(self) -> list[str]:
        """What 今日 still says about this case."""
        page = self.page(Place.TODAY)
        lines = page.worklist.table.table
        items = [lines.record(row) for row in range(lines.rowCount())]
        return [str(item.key.kind) for item in items if item is not None and item.case_id == self.case_id]

    def ends(self, status: CaseStatus) -> None:
        """The story is over: the state, the audit, no bug."""
        self.open_case()
        assert self.status() is status
        assert self.workspace.run(verify_audit).value is None
        assert self.bugs == []
