"""Decodes attachments for the screen; these functions run on a worker's thread and touch no window."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from app.domain.papers.attachments import MAX_PIXELS, FileKind
from app.ui.kit.pdf_view import render_page_png

THUMBNAIL = 132
SHOWN_SIDE = 4000
"""Pixels of the longer side of a picture on the screen; a larger one is shown smaller."""

_MEGABYTES = 512  # what a decoder may take
_THUMBNAIL_DPI = 18


def thumbnail(data: bytes, kind: FileKind) -> QImage:
    """A small picture of an attachment, its first page if it is a PDF; null when it cannot be drawn."""
    if kind is FileKind.PDF:
        page = QImage.fromData(QByteArray(render_page_png(data, dpi=_THUMBNAIL_DPI)))
        return _fitted(page, THUMBNAIL)
    return decoded(data, THUMBNAIL)


def decoded(data: bytes, side: int = SHOWN_SIDE) -> QImage:
    """A picture turned as the camera was held, at most `side` pixels long; null when it cannot be drawn."""
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MEGABYTES)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return QImage()
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    return image


def as_png(image: QImage) -> bytes:
    """A pasted picture as a file."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(kept, QByteArray(b"png")).write(image)
    return bytes(kept.data().data())


def _fitted(image: QImage, side: int) -> QImage:
    if image.isNull():
        return image
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(QSize(side, side), ratio, smooth)
