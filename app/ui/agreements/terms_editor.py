"""The numbered terms of a settlement: one box each, added, moved and taken out."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.icons import icon
from app.ui.kit.buttons import Weight, button
from app.ui.kit.editors import Editor, TextEditor
from app.ui.theme import px


class _Term(QWidget):
    """A number, the text, and its buttons."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.number = QLabel()
        self.number.setFixedWidth(px(26))
        self.text = TextEditor(lines=2)
        self.text.setMaximumHeight(px(22) * 3 + 12)
        self.text.set_value(words)
        self.up = self._tool("chevron-up", self.tr("上移"))
        self.out = self._tool("trash-2", self.tr("删除这一条"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.number.setContentsMargins(0, px(7), 0, 0)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.up)
        row.addWidget(self.out)

    def _tool(self, picture: str, name: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(picture, "sub", 18))
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made


class TermsEditor(QWidget, Editor):
    """A tuple of texts; empty boxes are left out."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tall", True)
        self.setObjectName("checks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._terms: list[_Term] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.add_button = button(self.tr("再加一条"), self._more, picture="plus", weight=Weight.LINK)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._column)
        column.addLayout(foot)
        self.set_value(())

    def boxes(self) -> list[TextEditor]:
        """The text boxes in order."""
        return [term.text for term in self._terms]

    @override
    def value(self) -> tuple[str, ...]:
        return tuple(text for term in self._terms if (text := term.text.toPlainText().strip()))

    @override
    def set_value(self, value: Any) -> None:
        for term in self._terms:
            term.hide()
            term.deleteLater()
        self._terms = []
        for words in value or ("",):
            self._add(words)
        self._show_tools()

    @override
    def raw(self) -> list[str]:
        return [term.text.toPlainText() for term in self._terms]

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value([str(words) for words in raw])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show_tools()

    def _show_tools(self) -> None:
        """Nothing to add or take out where nothing can be changed."""
        self.add_button.setVisible(self.isEnabled())
        for term in self._terms:
            for tool in (term.up, term.out):
                tool.setVisible(self.isEnabled())

    def _add(self, words: str) -> _Term:
        term = _Term(words)
        term.text.edited.connect(self.edited)
        term.up.clicked.connect(lambda: self._up(term))
        term.out.clicked.connect(lambda: self._out(term))
        self._terms.append(term)
        self._column.addWidget(term)
        self._count()
        return term

    def _more(self) -> None:
        self._add("").text.setFocus()
        self.edited.emit()

    def _up(self, term: _Term) -> None:
        at = self._terms.index(term)
        if at:
            self._terms.insert(at - 1, self._terms.pop(at))
            self._column.removeWidget(term)
            self._column.insertWidget(at - 1, term)
            self._count()
            self.edited.emit()

    def _out(self, term: _Term) -> None:
        self._terms.remove(term)
        term.hide()
        term.deleteLater()
        if not self._terms:
            self._add("")
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        for at, term in enumerate(self._terms, start=1):
            term.number.setText(f"{at}.")
            term.text.setAccessibleName(self.tr("第{number}条").format(number=at))
            term.up.setEnabled(at > 1)
        for before, after in zip(self._terms, self._terms[1:], strict=False):
            self.setTabOrder(before.text, after.text)
