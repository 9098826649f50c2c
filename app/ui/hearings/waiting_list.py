"""Cases for which a date must be found: dragged into the calendar, or opened with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.domain.hearings import WaitingCase
from app.ui.theme import colour, font, px
from app.ui.words.finding_words import short_day

CASE_MIME = "application/x-xianghe-case"
_CASE = Qt.ItemDataRole.UserRole
_BELOW = Qt.ItemDataRole.UserRole + 1
_HIGH = 54


class _TwoLines(QStyledItemDelegate):
    """A bordered box: the dispute, and in grey below until when and whose."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(100), px(_HIGH))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = option.rect.adjusted(1, 2, -2, -3)
        lit = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("primary" if lit and option.widget.hasFocus() else "line"))
        painter.setBrush(colour("select" if lit else "card"))
        painter.drawRoundedRect(box, 4, 4)
        width = box.width() - px(16)
        for at, (role, size, pen) in enumerate(
            ((Qt.ItemDataRole.DisplayRole, 13, "text"), (_BELOW, 12, "sub"))
        ):
            painter.setFont(font(size))
            painter.setPen(colour(pen))
            words = QFontMetrics(font(size)).elidedText(index.data(role), Qt.TextElideMode.ElideRight, width)
            line = QRect(box.left() + px(8), box.top() + px(4) + at * px(21), width, px(20))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class WaitingList(QListWidget):
    """待排期: tells `asked(case id)` by Enter or double click."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_TwoLines(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("待排期案件"))
        self.setMinimumHeight(px(_HIGH))
        self.itemDoubleClicked.connect(lambda item: self.asked.emit(item.data(_CASE)))

    def show_cases(self, cases: Sequence[WaitingCase]) -> None:
        """Show the cases; the current one stays current."""
        current = self.currentItem().data(_CASE) if self.currentItem() else None
        self.clear()
        for case in cases:
            below = [self.tr("{day}前").format(day=short_day(case.due_on))] if case.due_on else []
            if case.tentative_on:
                below.append(self.tr("暂定{day}").format(day=short_day(case.tentative_on)))
            below.append(case.mediators)
            item = QListWidgetItem(case.title or case.parties)
            item.setData(_CASE, case.case_id)
            item.setData(_BELOW, "　".join(part for part in below if part))
            item.setToolTip("\n".join((case.number, case.parties, item.data(_BELOW))))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{case.number} {case.title} {item.data(_BELOW)}"
            )
            self.addItem(item)
            if case.case_id == current:
                self.setCurrentItem(item)

    def case_ids(self) -> list[str]:
        """What is offered, in order."""
        return [self.item(at).data(_CASE) for at in range(self.count())]

    @override
    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        if items:
            data.setData(CASE_MIME, QByteArray(items[0].data(_CASE).encode()))
        return data

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.asked.emit(item.data(_CASE))
        else:
            super().keyPressEvent(event)
