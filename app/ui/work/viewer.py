"""Looks at an attachment in a window of its own, straight from memory: nothing readable lies on the disk."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QMouseEvent, QPixmap, QResizeEvent, QShortcut, QTransform
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import Refused
from app.domain.papers.attachments import AttachmentRow, FileKind
from app.services.attachments.keeping import OpenedAttachment, open_attachment
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import button
from app.ui.kit.card import words
from app.ui.kit.pdf_view import PdfView
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.messages import sentence
from app.ui.work.pictures import decoded

_STEP = 1.25
_SMALLEST, _LARGEST = 0.05, 8.0
_MOST_SIDE = 4000
"""Dots of the longer side of what is drawn: more of them would hold up the keys and the mouse."""
_MARGIN = 40


class PictureView(QScrollArea):
    """A picture that can be enlarged, turned and pushed about; the stored bytes stay as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._scale: float | None = None  # None: as large as fits
        self._turned = 0
        self._grip: QPoint | None = None
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("图片"))
        self._sheet.installEventFilter(self)

    def show_image(self, image: QImage) -> None:
        """Show a picture as large as fits."""
        self._image, self._scale, self._turned = image, None, 0
        self._draw()

    def zoom(self, factor: float | None) -> None:
        """Enlarge by a factor; None fits it into the window."""
        if factor is None:
            self._scale = None
        else:
            side = max(self._image.width(), self._image.height(), 1)
            self._scale = min(max(self.scale() * factor, _SMALLEST), _LARGEST, max(1.0, _MOST_SIDE / side))
        self._draw()

    def turn(self, degrees: int) -> None:
        """Turn it, for looking only."""
        self._turned = (self._turned + degrees) % 360
        self._draw()

    def scale(self) -> float:
        """Dots of the screen for one of the picture."""
        if self._scale is not None or self._image.isNull():
            return self._scale or 1.0
        size = self._size()
        room = self.maximumViewportSize()
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def shown_size(self) -> QSize:
        """How large the picture is drawn."""
        return self._sheet.pixmap().size()

    def _size(self) -> QSize:
        return self._image.size().transposed() if self._turned % 180 else self._image.size()

    def _draw(self) -> None:
        if self._image.isNull():
            self._sheet.setPixmap(QPixmap())
            return
        image = self._image.transformed(QTransform().rotate(self._turned)) if self._turned else self._image
        wanted = image.size() * self.scale()
        smooth, ratio = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
        self._sheet.setPixmap(QPixmap.fromImage(image.scaled(wanted, ratio, smooth)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scale is None:
            self._draw()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._grip = at
            elif event.type() == QEvent.Type.MouseMove and self._grip is not None:
                moved, self._grip = at - self._grip, at
                across, down = self.horizontalScrollBar(), self.verticalScrollBar()
                across.setValue(across.value() - moved.x())
                down.setValue(down.value() - moved.y())
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._grip = None
        return super().eventFilter(watched, event)


class Viewer(QDialog):
    """One attachment after the other of those a list shows."""

    def __init__(self, tasks: Tasks, rows: Sequence[AttachmentRow], at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._rows, self._at = tasks, rows, at
        self.banner = Banner()
        self.picture = PictureView()
        self.pdf = PdfView()
        self.pdf.setAccessibleName(self.tr("附件内容"))
        self._blank = QWidget()
        self._count = words("", "sub")
        self._before = button("", lambda: self.go(-1), picture="chevron-left", name=self.tr("上一个"))
        self._after = button("", lambda: self.go(1), picture="chevron-right", name=self.tr("下一个"))
        self._turns = [
            button(self.tr("左转"), lambda: self.picture.turn(-90)),
            button(self.tr("右转"), lambda: self.picture.turn(90)),
        ]
        self._build()
        room = parent.window().size()
        self.resize(room.width() - px(_MARGIN), room.height() - px(_MARGIN))
        self.go(0)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for part in (self._blank, self.picture, self.pdf):
            self.stack.addWidget(part)
        larger = button(self.tr("放大"), lambda: self._zoom(_STEP), shortcut="Ctrl++")
        smaller = button(self.tr("缩小"), lambda: self._zoom(1 / _STEP), shortcut="Ctrl+-")
        fit = button(self.tr("适合窗口"), lambda: self._zoom(None), shortcut="Ctrl+0")
        line = QHBoxLayout()
        for part in (self._before, self._after, self._count):
            line.addWidget(part)
        line.addStretch(1)
        for part in (smaller, larger, fit, *self._turns, button(self.tr("关闭"), self.close)):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        QShortcut(QKeySequence("PgUp"), self, lambda: self.go(-1))
        QShortcut(QKeySequence("PgDown"), self, lambda: self.go(1))

    def go(self, step: int) -> None:
        """Show the next or the one before."""
        at = self._at + step
        if not 0 <= at < len(self._rows):
            return
        self._at = at
        row = self._rows[at]
        self.setWindowTitle(row.title)
        self._count.setText(f"{at + 1} / {len(self._rows)}　{row.title}")
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at < len(self._rows) - 1)
        self.banner.hide()
        self.stack.setCurrentWidget(self._blank)
        self._tasks.run(open_attachment, row.id).then(self._opened, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why it cannot be shown; the others still can."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _opened(self, got: OpenedAttachment) -> None:
        if got.row.id != self._rows[self._at].id:
            return
        for part in self._turns:
            part.setHidden(got.row.kind is FileKind.PDF)
        if got.row.kind is FileKind.PDF:
            self.pdf.show_pdf(got.data)
            self.stack.setCurrentWidget(self.pdf)
        else:
            self._tasks.call(decoded, got.data).then(self._draw, owner=self)

    def _draw(self, image: QImage) -> None:
        if image.isNull():
            self.banner.say(self.tr("这张图片显示不了，可以另存后用别的程序打开。"), Tone.WARN)
        self.stack.setCurrentWidget(self.picture)
        self.picture.show_image(image)

    def _zoom(self, factor: float | None) -> None:
        if self.stack.currentWidget() is self.picture:
            self.picture.zoom(factor)
        else:
            self.pdf.zoom(factor)
