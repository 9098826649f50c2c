"""Attachments as small pictures with their titles, decoded on a worker and kept in memory only."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from app.domain.papers.attachments import AttachmentRow, FileKind
from app.services.attachments.keeping import OpenedAttachment, open_attachment
from app.ui.icons import pixmap
from app.ui.tasks import Tasks
from app.ui.theme import colour, font, px
from app.ui.words.labels import label
from app.ui.work.pictures import THUMBNAIL, thumbnail

MOST_KEPT = 400  # small pictures in memory
MOST_BYTES = 30 << 20  # a larger file is drawn when it is opened, not before
_SMALL = 96
_BESIDE, _BELOW = 30, 60  # the title has two lines
_APART = 6


class AttachmentGrid(QListWidget):
    """Enter or a double click opens, Del removes, F2 renames; `chosen` follows the current one."""

    opened = Signal(object)  # AttachmentRow
    chosen = Signal(object)  # AttachmentRow or None
    remove_asked = Signal()
    rename_asked = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pictures: dict[str, QPixmap] = {}
        self._waiting: list[AttachmentRow] = []
        self._asking = False
        self._empty = ""
        self.setAccessibleName(self.tr("附件"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.set_compact(False)
        self.itemActivated.connect(lambda item: self.opened.emit(_row(item)))
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(_row(item)))

    def set_compact(self, compact: bool) -> None:
        """Smaller pictures where there is little room."""
        side = px(_SMALL if compact else THUMBNAIL)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + px(_BESIDE), side + px(_BELOW)))
        for at in range(self.count()):
            self.item(at).setSizeHint(self._cell())

    def _cell(self) -> QSize:
        return self.gridSize() - QSize(px(_APART), px(_APART))

    def set_empty_text(self, text: str) -> None:
        """What is said when there is none."""
        self._empty = text
        self.viewport().update()

    def current(self) -> AttachmentRow | None:
        """The attachment the keyboard is at."""
        return _row(self.currentItem())

    def rows(self) -> list[AttachmentRow]:
        """What is shown, in its order."""
        found = (_row(self.item(at)) for at in range(self.count()))
        return [row for row in found if row is not None]

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """Show these; the current one stays current if it is still there."""
        current = self.current()
        self.blockSignals(True)
        self.clear()
        for row in rows:
            self.addItem(self._item(row))
        kept = next((at for at, row in enumerate(rows) if current and row.id == current.id), 0)
        self.setCurrentRow(kept if rows else -1)
        self.blockSignals(False)
        self._waiting = [row for row in rows if row.sha256 not in self._pictures and row.size <= MOST_BYTES]
        self._ask_next()
        self.chosen.emit(self.current())

    def _item(self, row: AttachmentRow) -> QListWidgetItem:
        item = QListWidgetItem(row.title)
        item.setData(Qt.ItemDataRole.UserRole, row)
        item.setSizeHint(self._cell())
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        pages = self.tr("{pages} 页 PDF").format(pages=row.pages)
        kind = pages if row.kind is FileKind.PDF else label(row.kind)
        said = f"{row.title}\n{label(row.category)}　{kind}　{size_words(row.size)}"
        item.setToolTip(said)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said.replace("\n", "，"))
        picture = self._pictures.get(row.sha256)
        item.setIcon(QIcon(picture) if picture is not None else self._plain(row))
        return item

    def _plain(self, row: AttachmentRow) -> QIcon:
        sheet = QPixmap(px(THUMBNAIL), px(THUMBNAIL))
        sheet.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(sheet)
        sign = pixmap("file-text" if row.kind is FileKind.PDF else "paperclip", "faint", 40)
        painter.drawPixmap((sheet.width() - px(40)) // 2, (sheet.height() - px(40)) // 2, sign)
        painter.end()
        return QIcon(sheet)

    def _ask_next(self) -> None:
        """Ask for one picture after the other, so that other requests come between."""
        if self._asking or not self._waiting:
            return
        row = self._waiting.pop(0)
        self._asking = True
        asked = self._tasks.run(open_attachment, row.id)
        asked.then(self._draw, refused=lambda _: self._drawn(row, QImage()), owner=self)

    def _draw(self, got: OpenedAttachment) -> None:
        drawn = self._tasks.call(thumbnail, got.data, got.row.kind)
        drawn.then(lambda image: self._drawn(got.row, image), done=self._rest, owner=self)

    def _rest(self) -> None:
        self._asking = False

    def _drawn(self, row: AttachmentRow, image: QImage) -> None:
        self._asking = False
        if not image.isNull():
            if len(self._pictures) >= MOST_KEPT:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[row.sha256] = _on_sheet(image)
            for at in range(self.count()):
                shown = _row(self.item(at))
                if shown is not None and shown.sha256 == row.sha256:
                    self.item(at).setIcon(QIcon(self._pictures[row.sha256]))
        self._ask_next()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() or not self._empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(colour("sub"))
        painter.setFont(font(14))
        room = self.viewport().rect().adjusted(24, 0, -24, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._empty)
        painter.end()


def size_words(size: int) -> str:
    """A size as people say it: 820 KB, 3.4 MB."""
    return f"{max(1, size >> 10)} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def _row(item: QListWidgetItem | None) -> AttachmentRow | None:
    found = None if item is None else item.data(Qt.ItemDataRole.UserRole)
    return found if isinstance(found, AttachmentRow) else None


def _on_sheet(image: QImage) -> QPixmap:
    """The picture in the middle of a square, with a thin line around it: so rows of them stand straight."""
    side = px(THUMBNAIL)
    sheet = QPixmap(side, side)
    sheet.fill(QColor(Qt.GlobalColor.transparent))
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    fitted = image.scaled(QSize(side - 2, side - 2), ratio, smooth)
    painter = QPainter(sheet)
    left, top = (side - fitted.width()) // 2, (side - fitted.height()) // 2
    painter.drawImage(left, top, fitted)
    painter.setPen(colour("line"))
    painter.drawRect(left - 1, top - 1, fitted.width() + 1, fitted.height() + 1)
    painter.end()
    return sheet
