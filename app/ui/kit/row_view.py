"""The table on the screen: fixed rows, state chips, sorting by the query, copying, remembered widths."""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.table import WAITING, Column, MemorySource, Order, RowTable, Source
from app.ui.theme import FAMILY, Tone, colour, font, ground, ink, px

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 38
CHIP_HEIGHT = 24
CELL_PADDING = 8  # as the headings have it
_SELECTED = QStyle.StateFlag.State_Selected.value
_ENABLED = QStyle.StateFlag.State_Enabled.value


class _CellPainter(QStyledItemDelegate):
    """Draws text by tone and states as chips, straight from the record.

    Qt's own painter asks the model ten questions about every cell and has the style sheet answer again for
    each: a screenful took four times as long.
    """

    def __init__(self, table: RowTable[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        middle = Qt.AlignmentFlag.AlignVCenter
        line = Qt.TextFlag.TextSingleLine.value
        self._flags = [(column.align | middle).value | line for column in table.columns]

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        at = index.column()
        column = self._table.columns[at]
        record = self._table.record(index.row())
        cell, state = option.rect, option.state.value
        if state & _SELECTED:
            painter.fillRect(cell, colour("select"))
        if record is None:  # drawn for a moment only: one mark a row is enough
            text, tone = "" if at else WAITING, None
        else:
            text = column.text(record)
            tone = column.tone(record) if column.tone is not None else None
        if not text:
            return
        if column.chip and tone is not None:
            self._chip(painter, cell, text, tone)
            return
        face, metrics, em = _face(px(14), column.bold)
        room = cell.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        if len(text) * em > room.width():  # no character is wider than the letter is high
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(face)
        painter.setPen(_pen(tone, bool(state & _ENABLED)))
        painter.drawText(room, self._flags[at], text)

    def _chip(self, painter: QPainter, cell: QRect, text: str, tone: Tone) -> None:
        face, metrics, _ = _face(px(13), bold=False)
        width = min(metrics.horizontalAdvance(text) + px(20), cell.width() - 10)
        height = px(CHIP_HEIGHT)
        box = QRect(cell.left() + 6, cell.center().y() - height // 2 + 1, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(tone))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(face)
        painter.setPen(ink(tone))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 8)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


@cache
def _face(pixels: int, bold: bool) -> tuple[QFont, QFontMetrics, int]:
    """The letters of a cell, their measures, and how wide the widest may be."""
    face = QFont(FAMILY)
    face.setPixelSize(pixels)
    face.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    metrics = QFontMetrics(face)
    return face, metrics, max(pixels, metrics.maxWidth() if bold else pixels)


@cache
def _pen(tone: Tone | None, enabled: bool) -> QColor:
    if not enabled:
        return colour("faint")
    return colour("text") if tone is None else ink(tone)


class RowView(QTableView, Generic[R]):
    """A table of records; `title` is its name for screen readers and for the remembered widths."""

    opened = Signal(object)  # record, by Enter or double click
    picked = Signal(object)  # record or None, when the current row changes
    sort_changed = Signal(str, bool)  # key, descending

    def __init__(
        self,
        columns: Sequence[Column[R]],
        source: Source[R],
        *,
        title: str,
        empty: str = "",
        key: Callable[[R], Hashable] = attrgetter("id"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table: RowTable[R] = RowTable(columns, source, key=key, parent=self)
        self._title = title
        self._empty = empty
        self._sorted = ("", False)
        self._kept_id: Hashable | None = None
        self._answered = False
        self.setAccessibleName(title)
        self.setModel(self.table)
        self.setItemDelegate(_CellPainter(self.table, self))
        self._dress()
        self._set_widths()
        self.table.modelAboutToBeReset.connect(self._keep_place)
        self.table.loaded.connect(self._return_to_place)
        self.table.arrived.connect(self._tell_picked)
        self.doubleClicked.connect(self.open_current)
        self.selectionModel().currentRowChanged.connect(self._tell_picked)

    def show_query(self, query: Any) -> None:
        """Show the rows of a query from the top."""
        self._kept_id = None
        self.table.show_query(query)

    def refresh(self) -> None:
        """Show what is there now; the current row stays the same record."""
        self.table.refresh()

    def current(self) -> R | None:
        """The record of the current row."""
        return self.table.record(self.currentIndex().row())

    def chosen(self) -> list[R]:
        """The records of all selected rows (after `select_many`)."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        records = (self.table.record(row) for row in rows)
        return [record for record in records if record is not None]

    def select_many(self) -> None:
        """Let several rows be selected."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def go_to(self, wanted: Hashable) -> None:
        """Make the row of an id the current one."""
        row = self.table.row_of(wanted)
        if row >= 0:
            self.setCurrentIndex(self.table.index(row, 0))

    def set_empty_text(self, text: str) -> None:
        """What is said when there is no row."""
        self._empty = text
        self.viewport().update()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Show the sorting mark without asking anew (the query's own order at the start)."""
        self._sorted = (key, descending)
        at = next((n for n, column in enumerate(self.table.columns) if column.sort_key == key), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, order)
        self.horizontalHeader().setSortIndicatorShown(at >= 0)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(px(ROW_HEIGHT))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(48)
        header.sectionClicked.connect(self._sort_clicked)

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        kept = QSettings().value(f"widths/{self._title}")
        widths = [int(part) for part in str(kept).split(",")] if kept else []
        for at, column in enumerate(self.table.columns):
            known = len(widths) == len(self.table.columns)
            self.setColumnWidth(at, widths[at] if known else px(column.width))
            if column.stretch:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._remember_widths)

    def _remember_widths(self) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # dragged, not stretched by the window
            widths = (str(self.columnWidth(at)) for at in range(len(self.table.columns)))
            QSettings().setValue(f"widths/{self._title}", ",".join(widths))

    def _sort_clicked(self, section: int) -> None:
        key = self.table.columns[section].sort_key
        if key is not None:
            self.sort_by(key, descending=self._sorted == (key, False))
            self.sort_changed.emit(*self._sorted)

    def _keep_place(self) -> None:
        self._kept_id = self.table.id_at(self.currentIndex().row())

    def _return_to_place(self, count: int) -> None:
        self._answered = True
        if self._kept_id is not None:
            self.go_to(self._kept_id)
        if count == 0:
            self.picked.emit(None)
        self.viewport().update()

    def _tell_picked(self, *_: object) -> None:
        record = self.current()
        if record is not None:
            self.picked.emit(record)

    def open_current(self) -> None:
        """Open the record of the current row, as Enter does."""
        record = self.current()
        if record is not None:
            self.opened.emit(record)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, columns apart by tabs."""
        lines = ["\t".join(column.text(record) for column in self.table.columns) for record in self.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.open_current()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._answered and self.table.rowCount() == 0 and self._empty:
            painter.setPen(colour("sub"))
            painter.setFont(font(14))
            room = self.viewport().rect().adjusted(24, 0, -24, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._empty)
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(colour("primary"))
            row = self.visualRect(self.currentIndex())
            painter.drawRect(0, row.top(), self.viewport().width() - 1, row.height() - 1)
        painter.end()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(480), px(ROW_HEIGHT) * 6)


class SmallTable(RowView[R]):
    """A table of a short list already in memory; it sorts by itself."""

    def __init__(
        self, columns: Sequence[Column[R]], *, title: str, empty: str = "", parent: QWidget | None = None
    ) -> None:
        self._memory: MemorySource[R] = MemorySource()
        super().__init__(
            columns, self._memory, title=title, empty=empty, key=self._memory.place, parent=parent
        )
        self.sort_changed.connect(lambda key, descending: self.table.show_query(Order(key, descending)))

    def show_records(self, records: Sequence[R]) -> None:
        """Show these records, sorted as before; as many as before keep the current row."""
        row, before = self.currentIndex().row(), len(self._memory.records)
        self._memory.hold(records)
        self.table.forget()
        self.show_query(self.table.query)
        self.table.fill()
        if row >= 0 and before == len(records):
            self.setCurrentIndex(self.table.index(row, 0))

    def records(self) -> list[R]:
        """What is shown, in the order given."""
        return list(self._memory.records)
