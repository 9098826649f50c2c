"""Who is asked to come: a list to tick, whose people are known only once the case is chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from app.ui.kit.editors import Editor
from app.ui.theme import px

_ID = Qt.ItemDataRole.UserRole
_LINE = 30


class PeopleChecks(QListWidget, Editor):
    """Ticks of persons as a tuple of ids; arrows move, the space bar ticks."""

    edited = Signal()

    def __init__(self, *, empty: str, rows: int = 3) -> None:
        super().__init__()
        self.setProperty("tall", True)
        self._empty = empty
        self._most = rows
        self.setObjectName("peopleChecks")
        self.setFrameShape(QListWidget.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.offer(())
        self.itemChanged.connect(lambda _: self.edited.emit())

    def offer(self, people: Sequence[tuple[str, str]], *, ticked: Sequence[str] = ()) -> None:
        """Offer these people, given as id and words."""
        self.blockSignals(True)
        self.clear()
        for key, words in people:
            item = QListWidgetItem(words)
            item.setData(_ID, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            item.setToolTip(words)
            self.addItem(item)
        if not people:
            item = QListWidgetItem(self._empty)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.blockSignals(False)
        self.setFixedHeight(px(_LINE) * min(max(1, len(people)), self._most) + 6)

    def ids(self) -> list[str]:
        """Everybody offered."""
        return [item.data(_ID) for item in self._items() if item.data(_ID)]

    def tick(self, key: str, *, on: bool = True) -> None:
        """Tick or untick one."""
        for item in self._items():
            if item.data(_ID) == key:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]

    @override
    def value(self) -> tuple[str, ...]:
        return tuple(
            item.data(_ID)
            for item in self._items()
            if item.data(_ID) and item.checkState() is Qt.CheckState.Checked
        )

    @override
    def set_value(self, value: Any) -> None:
        for key in self.ids():
            self.tick(key, on=key in (value or ()))

    @override
    def raw(self) -> list[str]:
        return list(self.value())

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value(raw)
