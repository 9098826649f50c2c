"""Presses every button of a page, and tries each dialog that opens with keys alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from shiboken6 import isValid

from app.ui.kit.dialog import Dialog
from app.ui.kit.row_view import RowView
from app.ui.navigation import Place
from tests.journeys.senses import called, controls, nameless, too_large, unreached
from tests.journeys.windows import Seat

LEFT_ALONE = ("锁定", "退出登录", "打印", "打开文件夹", "撤销", "立即备份", "生成案件包")
"""What leads out of the window, writes papers, or is tried elsewhere."""
_ENTER, _CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@dataclass
class Explorer:
    """Somebody who tries everything; `faults` by dialog."""

    seat: Seat
    room: QSize
    faults: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def press_all(self, place: Place, item: str | None, show: Callable[[], object]) -> None:
        """Press each button of what is shown, and come back each time."""
        show()
        self.seat.rest()
        self._choose_rows()
        done: set[str] = set()
        while (made := self._next(done)) is not None:
            done.add(called(made))
            made.click()
            self.seat.rest()
            self._try_windows()
            if self.seat.window._trail[-1] != (place, item):
                self.seat.navigator.goto(place, item)
                self.seat.rest()
                show()
            self.seat.rest()
            self._choose_rows()

    def _choose_rows(self) -> None:
        for table in self.seat.window.findChildren(RowView):
            if table.isVisible() and table.table.rowCount() and not table.currentIndex().isValid():
                table.setCurrentIndex(table.table.index(0, 0))
        self.seat.rest()

    def _next(self, done: set[str]) -> QPushButton | None:
        page = self.seat.here()
        for made in page.findChildren(QPushButton):
            usable = made.isVisible() and made.isEnabled() and not made.isCheckable() and made.menu() is None
            if usable and not made.text().startswith(LEFT_ALONE) and called(made) not in done:
                return made
        return None

    def _try_windows(self) -> None:
        for _ in range(3):
            opened = self._opened()
            if opened is None:
                return
            if isinstance(opened, QFileDialog):
                opened.reject()
            else:
                self.try_dialog(opened)
            self.seat.rest()

    def _opened(self) -> QDialog | None:
        windows = [part for part in QApplication.topLevelWidgets() if isinstance(part, QDialog)]
        return next((part for part in reversed(windows) if part.isVisible()), None)

    def try_dialog(self, dialog: QDialog) -> None:
        """Read it aloud, walk it, submit it by keys from every control, close it with Esc."""
        name = type(dialog).__name__
        name = f"{name} {dialog.windowTitle()}" if name == "Dialog" else name
        self.seen.add(name)
        QApplication.processEvents()
        wrong = {
            "says nothing": nameless(dialog),
            "too large": too_large(dialog, self.room),
            "no Tab": unreached(dialog),
            "no Ctrl+Enter": self._deaf(dialog) if isinstance(dialog, Dialog) else [],
        }
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
        self.seat.rest()
        if isValid(dialog) and dialog.isVisible():
            wrong["no Esc"] = [name]
            dialog.close()
        found = {fault: what for fault, what in wrong.items() if what}
        if found:
            self.faults[name] = found

    def _deaf(self, dialog: Any) -> list[str]:
        """The controls in which Ctrl+Enter does not press the filled button."""
        if dialog.submit_button.isHidden() or not dialog.submit_button.isEnabled():
            return []
        deaf, heard = [], []
        dialog.submit = lambda: heard.append(1)
        for part in controls(dialog):
            if not isValid(part) or not part.isEnabled():
                continue
            heard.clear()
            part.setFocus()
            QTest.keyClick(part, _ENTER, _CTRL)
            if len(heard) != 1:
                deaf.append(called(part))
        del dialog.submit
        return deaf
