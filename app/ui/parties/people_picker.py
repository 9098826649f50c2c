"""A list of people to tick, short or two hundred long."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from app.ui.kit.editors import Editor
from app.ui.theme import px

ROW = 28
MOST_ROWS = 6


class PeoplePicker(QListWidget, Editor):
    """Names with boxes; the arrow keys go through them, Space ticks. The value is a tuple of ids."""

    edited = Signal()

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tall", True)
        self.setUniformItemSizes(True)
        self._quiet = False
        self.itemChanged.connect(lambda _: None if self._quiet else self.edited.emit())
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other people; the ticks of those still offered stay."""
        kept = set(self.value())
        self._quiet = True
        self.clear()
        for key, name in options:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if key in kept else Qt.CheckState.Unchecked)
            self.addItem(item)
        self._quiet = False
        self.setFixedHeight(px(ROW) * max(1, min(len(options), MOST_ROWS)) + 8)
        if options:
            self.setCurrentRow(0)

    def tick_all(self, ticked: bool) -> None:
        """Tick everybody, or nobody."""
        self.set_value([self._key(row) for row in range(self.count())] if ticked else ())
        self.edited.emit()

    @override
    def value(self) -> tuple[str, ...]:
        rows = range(self.count())
        return tuple(self._key(row) for row in rows if self.item(row).checkState() == Qt.CheckState.Checked)

    @override
    def set_value(self, value: Any) -> None:
        wanted = set(value or ())
        self._quiet = True
        for row in range(self.count()):
            ticked = self._key(row) in wanted
            self.item(row).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._quiet = False

    @override
    def raw(self) -> list[str]:
        return list(self.value())

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value(raw)

    def _key(self, row: int) -> str:
        return str(self.item(row).data(Qt.ItemDataRole.UserRole))
