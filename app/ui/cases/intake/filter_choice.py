"""A choice from a longer list: typing words, a code or pinyin initials narrows it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu
from typing_extensions import override

from app.domain.values.text import fold, initials_of
from app.services.kernel.projection import initials
from app.ui.icons import icon
from app.ui.kit.editors import LineEditor, UnreadableError
from app.ui.kit.suggest import Answer, Suggestions


class FilterChoice(LineEditor):
    """Codes with words; `ll` finds 邻里纠纷. Leaving the field takes the first that fits."""

    def __init__(self, options: Sequence[tuple[str, str]], *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._options = list(options)
        self._typed_as = {code: initials_of(words, initials()) for code, words in options}
        self._list = Suggestions(self, self._look, lambda option: option[1])
        self._list.taken.connect(self._take)
        self._open = QAction(icon("chevron-down", "sub", 16), self.tr("打开列表"), self)
        self._open.triggered.connect(self.open_list)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    @override
    def value(self) -> str:
        if not self.text().strip():
            return ""
        found = self.matching(self.text())
        if not found:
            raise UnreadableError("unknown")
        return found[0][0]

    @override
    def set_value(self, value: Any) -> None:
        self.setText(dict(self._options).get(value, ""))
        self.setCursorPosition(0)

    def matching(self, typed: str) -> list[tuple[str, str]]:
        """The options that fit what was typed, the one that equals it first."""
        text = fold(typed.strip())
        exact = [option for option in self._options if fold(option[1]) == text or fold(option[0]) == text]
        if exact:
            return exact
        begins = [
            option
            for option in self._options
            if any(letters.startswith(text) for letters in self._typed_as[option[0]])
        ]
        holds = [option for option in self._options if text in fold(option[1]) and option not in begins]
        return begins + holds

    def open_list(self) -> None:
        """Offer everything in a menu under the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in self._options:
            menu.addAction(option[1], partial(self._take, option))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _look(self, typed: str, answer: Answer) -> None:
        answer(self.matching(typed))

    def _take(self, option: tuple[str, str]) -> None:
        self.set_value(option[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        found = self.matching(self.text()) if self.text().strip() else []
        if found and self.text() != found[0][1]:
            self.set_value(found[0][0])
        super().focusOutEvent(event)
