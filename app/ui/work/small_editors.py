"""Editors of the forms of work: minutes since midnight, several names, the members of a consultation."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.work.conferences import MAX_OPINION, Member
from app.ui.kit.buttons import Weight, button
from app.ui.kit.editors import Editor, LineEditor, TimeEditor
from app.ui.kit.focus import settle_tab_order

_HOUR = 60
_BREAKS = str.maketrans(dict.fromkeys("、,，;；\n", "\t"))
_ROWS_AT_FIRST = 3


def clock_words(minutes: int | None) -> str:
    """Minutes since midnight for reading: 540 as 09:00; "" for none."""
    return "" if minutes is None else f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"


class MinutesEditor(TimeEditor):
    """A time of day as minutes since midnight."""

    @override
    def value(self) -> Any:
        at = super().value()
        return None if at is None else at.hour * _HOUR + at.minute

    @override
    def set_value(self, value: Any) -> None:
        self.setText(clock_words(value))


class NamesEditor(LineEditor):
    """Several names in one line, parted by 、 or a comma, as a tuple."""

    @override
    def value(self) -> Any:
        return tuple(name.strip() for name in self.text().translate(_BREAKS).split("\t") if name.strip())

    @override
    def set_value(self, value: Any) -> None:
        super().set_value("、".join(value or ()))


class MembersEditor(QWidget, Editor):
    """Who took part and what each one thought: a line of name, unit and opinion for each.

    `offer` completes names of experts and mediators and fills in their unit.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tall", True)
        self.setObjectName("checks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._units: dict[str, str] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for at, stretch in enumerate((2, 3, 6)):
            self._grid.setColumnStretch(at, stretch)
        self.more = button(self.tr("再加一人"), self._more, picture="plus", weight=Weight.LINK)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(())

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Complete these names, each with its unit."""
        self._units = dict(people)
        for name, unit, _ in self._rows:
            self._complete(name, unit)

    def row(self, at: int) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        """Name, unit and opinion of one line."""
        return self._rows[at]

    @override
    def value(self) -> tuple[Member, ...]:
        texts = (tuple(part.text().strip() for part in row) for row in self._rows)
        return tuple(Member(*row) for row in texts if any(row))

    @override
    def set_value(self, value: Any) -> None:
        self.set_raw([[one.name, one.unit, one.opinion] for one in value or ()])

    @override
    def raw(self) -> list[list[str]]:
        texts = [[part.text() for part in row] for row in self._rows]
        return [row for row in texts if any(row)]

    @override
    def set_raw(self, raw: Any) -> None:
        for part in (part for row in self._rows for part in row):
            part.hide()
            part.deleteLater()
        self._rows = []
        for at in range(max(_ROWS_AT_FIRST, len(raw))):
            self._add(*(str(text) for text in (raw[at] if at < len(raw) else ("", "", ""))))
        self._follow()

    def _more(self) -> None:
        self._add("", "", "")
        self._follow()
        self._rows[-1][0].setFocus()

    def _add(self, *texts: str) -> None:
        at = len(self._rows)
        hints = (self.tr("姓名"), self.tr("单位"), self.tr("意见"))
        parts = []
        for column, (text, hint) in enumerate(zip(texts, hints, strict=True)):
            part = QLineEdit(text)
            part.setPlaceholderText(hint)
            part.setAccessibleName(self.tr("第{number}人{what}").format(number=at + 1, what=hint))
            part.setCursorPosition(0)
            part.textChanged.connect(self.edited)
            self._grid.addWidget(part, at, column)
            parts.append(part)
        name, unit, opinion = parts
        opinion.setMaxLength(MAX_OPINION)
        self._complete(name, unit)
        self._rows.append((name, unit, opinion))

    def _complete(self, name: QLineEdit, unit: QLineEdit) -> None:
        if not self._units:
            return
        completer = QCompleter(sorted(self._units), name)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        name.setCompleter(completer)

        def fill(found: str) -> None:
            if not unit.text():
                unit.setText(self._units.get(found, ""))

        name.editingFinished.connect(lambda: fill(name.text().strip()))
        completer.activated.connect(fill)

    def _follow(self) -> None:
        settle_tab_order(self)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rows[0][0].setFocus(event.reason())  # a focus proxy would lead Tab round and round in here
