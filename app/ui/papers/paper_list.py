"""The papers of a case one under the other, each with its state, older printings below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.domain.papers.forms import FormId
from app.domain.papers.listing import ON_DEMAND, PaperSlot, PaperState, PaperVersion
from app.ui.icons import pixmap
from app.ui.theme import colour, font, px
from app.ui.words.labels import label
from app.ui.words.messages import shown

_Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole
_ICON = 18
_LONG = 8  # characters of a title that still fit
_ROW, _TALL_ROW, _OLD_ROW = 38, 52, 32
_LINE = 22


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a paper, or one of its `older` printings."""

    slot: PaperSlot
    older: PaperVersion | None = None

    @property
    def key(self) -> tuple[FormId, str, str]:
        """What stays the same when the list is read again."""
        return self.slot.form, self.slot.subject_id, self.older.id if self.older else ""


class _LinePainter(QStyledItemDelegate):
    """State, title, and in grey below it what tells papers of one form apart."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry: Entry = index.data(_ENTRY)
        if entry.older:
            return QSize(0, px(_OLD_ROW))
        return QSize(0, px(_TALL_ROW if entry.slot.detail else _ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        entry: Entry = index.data(_ENTRY)
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("primary"))
            painter.drawRoundedRect(option.rect.adjusted(0, 0, -1, -1), 4, 4)
        self._line(painter, option.rect, entry, index.data(Qt.ItemDataRole.DisplayRole), picked)
        painter.restore()

    def _line(self, painter: QPainter, row: QRect, entry: Entry, text: str, picked: bool) -> None:
        left = row.left() + (px(24) if entry.older else px(10))
        icon = pixmap(*_picture(entry, picked), _ICON)
        painter.drawPixmap(left, row.center().y() - _ICON // 2 + 1, icon)
        room = row.adjusted(left - row.left() + _ICON + 8, 0, -6, 0)
        lines = _lines(entry, text, picked)
        height = px(_LINE)
        top = room.top() + (room.height() - height * len(lines)) // 2
        for at, (said, size, ink) in enumerate(lines):
            face = font(size)
            painter.setFont(face)
            painter.setPen(colour(ink))
            fitted = QFontMetrics(face).elidedText(said, Qt.TextElideMode.ElideMiddle, room.width())
            place = QRect(room.left(), top + at * height, room.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitted)


def _lines(entry: Entry, text: str, picked: bool) -> list[tuple[str, int, str]]:
    """Each line with its size and colour."""
    if entry.older:
        return [(text, 13, "primary" if picked else "sub")]
    below = [(entry.slot.detail, 13, "sub")] if entry.slot.detail else []
    return [(text, 14, "primary" if picked else "text"), *below]


def _picture(entry: Entry, picked: bool) -> tuple[str, str]:
    if entry.older:
        return "history", "primary" if picked else "sub"
    if picked:
        return "pencil", "primary"
    return ("check", "green") if entry.slot.state is PaperState.PRINTED else ("circle", "sub")


class PaperList(QListWidget):
    """Tells `picked(entry)` when another line becomes the current one, `opened(entry)` on Enter."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: FormId | None = None
        self.setAccessibleName(self.tr("卷宗文书"))
        self.setItemDelegate(_LinePainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(0)
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_ENTRY)))

    def show_papers(self, slots: Sequence[PaperSlot]) -> None:
        """Show these papers; the current line stays, otherwise the first that must still be printed."""
        kept = None if self._wanted else self.entry()
        self.blockSignals(True)
        self.clear()
        records = [slot for slot in slots if slot.form is FormId.SESSION_RECORD]
        for slot in slots:
            title = self._short(label(slot.form))
            if len(records) > 1 and slot in records:
                title += self.tr("（{n}）").format(n=records.index(slot) + 1)
            self._add(Entry(slot), title)
            for version in slot.versions[1:]:
                self._add(Entry(slot, version), self.tr("旧版 {at}").format(at=shown(version.made_at)))
        self.setCurrentRow(self._row_to_show(kept))
        self._wanted = None if slots else self._wanted
        self.blockSignals(False)
        self._tell()

    def begin_with(self, form: FormId | None) -> None:
        """The next list begins with the last paper of this form, if there is one."""
        self._wanted = form

    def entry(self) -> Entry | None:
        """The current line."""
        item = self.currentItem()
        entry: Entry | None = None if item is None else item.data(_ENTRY)
        return entry

    def entries(self) -> list[Entry]:
        """Every line."""
        return [self.item(row).data(_ENTRY) for row in range(self.count())]

    def _row_to_show(self, kept: Entry | None) -> int:
        entries = self.entries()
        alike = [
            row for row, entry in enumerate(entries) if entry.slot.form == self._wanted and not entry.older
        ]
        if alike:
            return alike[-1]
        if kept is not None:
            for row, entry in enumerate(entries):
                if entry.key == kept.key:
                    return row
        ready = [row for row, entry in enumerate(entries) if entry.slot.state is PaperState.READY]
        due = [row for row in ready if entries[row].slot.form not in ON_DEMAND]
        return next(iter(due or ready), 0)

    def _short(self, title: str) -> str:
        """A long title without the words all papers begin with."""
        return title.removeprefix(self.tr("人民调解")) if len(title) > _LONG else title

    def _add(self, entry: Entry, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_ENTRY, entry)
        state = label(entry.slot.state)
        spoken = "，".join(part for part in (text, entry.slot.detail, state) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(spoken)
        self.addItem(item)

    def _tell(self, *_: object) -> None:
        self.picked.emit(self.entry())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.entry()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None:
            self.opened.emit(entry)
        else:
            super().keyPressEvent(event)
