"""Which rooms and mediators the calendar shows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.hearings import HearingRow
from app.ui.kit.card import words
from app.ui.room import Scrolled
from app.ui.theme import px

ON_THE_SPOT = ""
_LEAST = 24  # one name
_BESIDE = 34  # the box itself and the space round it


class _NameBox(QCheckBox):
    """A name cut with … where the column is too narrow for it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(_BESIDE)
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))


class _Names(Scrolled):
    """Boxes one under the other, no higher than they are; it scrolls where there is less room."""

    def __init__(self) -> None:
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        super().__init__(holder)
        self.setMinimumHeight(px(_LEAST))

    def show_boxes(self, boxes: Sequence[QCheckBox]) -> None:
        """Show these in place of the earlier ones."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        high = -self._column.spacing()
        for box in boxes:
            self._column.addWidget(box)
            high += box.sizeHint().height() + self._column.spacing()
        self.setMaximumHeight(max(px(_LEAST), high))


class Filters(QWidget):
    """Check boxes, all ticked at first; what is unticked stays so when the roster changes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms: dict[str, QCheckBox] = {}
        self._mediators: dict[str, QCheckBox] = {}
        self._offered: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]] | None = None
        self._room_names, self._mediator_names = _Names(), _Names()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for title, names in (
            (self.tr("调解室"), self._room_names),
            (self.tr("调解员"), self._mediator_names),
        ):
            column.addWidget(words(title, "sectionTitle"))
            column.addWidget(names, 1)
            column.addSpacing(4)

    def offer(self, rooms: Sequence[tuple[str, str]], mediators: Sequence[tuple[str, str]]) -> None:
        """Offer these rooms and mediators, given as id and name; meetings on the spot are added."""
        if self._offered == (rooms, mediators):
            return
        self._offered = (rooms, mediators)
        hidden = self._unticked(self._rooms), self._unticked(self._mediators)
        places = [*rooms, (ON_THE_SPOT, self.tr("现场、上门"))]
        self._rooms = self._boxes(self._room_names, places, hidden[0])
        self._mediators = self._boxes(self._mediator_names, mediators, hidden[1])

    def shows(self, row: HearingRow) -> bool:
        """Whether its place is ticked, and one of its mediators (or nobody's box stands for them)."""
        room = self._rooms.get(row.room_id or ON_THE_SPOT)
        if room is not None and not room.isChecked():
            return False
        known = [self._mediators[key] for key in row.mediator_ids if key in self._mediators]
        return not known or any(box.isChecked() for box in known)

    def box(self, key: str) -> QCheckBox:
        """The box of a room or mediator."""
        return self._rooms[key] if key in self._rooms else self._mediators[key]

    def _boxes(
        self, names: _Names, options: Sequence[tuple[str, str]], hidden: set[str]
    ) -> dict[str, QCheckBox]:
        made: dict[str, QCheckBox] = {}
        for key, name in options:
            box = _NameBox(name)
            box.setChecked(key not in hidden)
            box.toggled.connect(self.changed)
            made[key] = box
        names.show_boxes(list(made.values()))
        return made

    @staticmethod
    def _unticked(boxes: dict[str, QCheckBox]) -> set[str]:
        return {key for key, box in boxes.items() if not box.isChecked()}
