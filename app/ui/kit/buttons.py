"""Buttons as the program has them: plain, the one filled one, dangerous, links, and a row of segments."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.icons import icon


class Weight(Enum):
    """How much a button calls."""

    PLAIN = auto()
    PRIMARY = auto()  # at most one on a page
    DANGER = auto()
    LINK = auto()


GAP = 4
_INK = {Weight.PLAIN: "text", Weight.PRIMARY: "card", Weight.DANGER: "red", Weight.LINK: "primary"}


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    picture: str = "",
    weight: Weight = Weight.PLAIN,
    shortcut: str = "",
    name: str = "",
) -> QPushButton:
    """A push button; `name` is read aloud where `text` is empty, `shortcut` is told in the tool tip."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if weight is not Weight.PLAIN:
        made.setProperty(weight.name.lower(), True)
    if picture:
        room = GAP if text else 0
        made.setIcon(icon(picture, _INK[weight], 16, room))
        made.setIconSize(QSize(16 + room, 16))
    if name:
        made.setAccessibleName(name)
        made.setToolTip(name)
    if shortcut:
        made.setShortcut(shortcut)
        made.setToolTip(f"{name or text}  {shortcut}")
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


class Segments(QWidget):
    """A row of joined buttons of which one is down (全部 | 待受理 | 调解中)."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for at, (_, text) in enumerate(options):
            part = button(text)
            part.setProperty("segment", True)
            part.setCheckable(True)
            part.setChecked(at == 0)
            self._group.addButton(part, at)
            row.addWidget(part)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    def value(self) -> Any:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: Any) -> None:
        """Choose without telling."""
        self._group.button(self._values.index(value)).setChecked(True)
