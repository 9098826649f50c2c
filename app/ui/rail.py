"""The dark column at the left: where one is and where one can go."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.icons import icon
from app.ui.navigation import Place
from app.ui.theme import px

WIDE = 92
COMPACT = 56
HEIGHT, LEAST_HEIGHT = 63, 46


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place with its icon and word; `bottom` stands at the lower end."""

    place: Place
    picture: str
    word: str
    bottom: bool = False


class _RailButton(QToolButton):
    """As high as there is room: a low window makes all of them lower, so that the last can be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), self.maximumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.minimumHeight())


class Rail(QWidget):
    """One button per place, Ctrl+1 to Ctrl+9 in order; compact shows icons only."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._entries = {entry.place: entry for entry in entries}
        self._buttons: dict[Place, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 10)
        column.setSpacing(4)
        ordered = sorted(entries, key=lambda entry: entry.bottom)
        for number, entry in enumerate(ordered, 1):
            if entry.bottom:
                column.addStretch(1)
            column.addWidget(self._button(entry, number))
        if not any(entry.bottom for entry in entries):
            column.addStretch(1)
        self.set_compact(False)

    def mark(self, place: Place) -> None:
        """Light the button of a place; one without a button leaves the light where it is."""
        button = self._buttons.get(place)
        if button is not None:
            button.setChecked(True)

    def places(self) -> list[Place]:
        """The places shown, in the order of their keys."""
        return list(self._buttons)

    def set_compact(self, compact: bool) -> None:
        """Show icons only, or icons with words."""
        self.setFixedWidth(px(COMPACT) if compact else px(WIDE))
        under, only = Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons.values():
            button.setToolButtonStyle(only if compact else under)
            button.setFixedWidth(px(COMPACT - 12) if compact else px(WIDE - 12))
            button.setMinimumHeight(px(LEAST_HEIGHT))
            button.setMaximumHeight(px(LEAST_HEIGHT if compact else HEIGHT))

    def _button(self, entry: RailEntry, number: int) -> QToolButton:
        made = _RailButton()
        made.setText(entry.word)
        made.setAccessibleName(entry.word)
        made.setIcon(icon(entry.picture, "card", 24))
        made.setIconSize(QSize(24, 24))
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.chosen.emit(entry.place))
        keys = f"Ctrl+{number}"
        made.setToolTip(f"{entry.word}  {keys}")
        shortcut = QShortcut(QKeySequence(keys), self, lambda: self.chosen.emit(entry.place))
        shortcut.setWhatsThis(self.tr("到“{place}”").format(place=entry.word))
        self._group.addButton(made)
        self._buttons[entry.place] = made
        return made
