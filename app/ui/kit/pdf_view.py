"""Papers on the screen and on the printer, straight from memory: no readable copy lies on disk."""

import math
from contextlib import closing

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

PRINT_DPI = 300
POINTS_PER_INCH = 72
MOST_DOTS = 40_000_000
"""Dots of one drawn page; a larger one (a sheet of metres, a strip of paper) is drawn coarser."""
_LONGEST = 30_000  # dots of a side: no picture of Qt has 32768
_SMALLEST, _LARGEST = 0.05, 8.0


class _Paper:
    """A document and the bytes it reads from; the bytes go last."""

    def __init__(self, data: bytes) -> None:
        self._bytes = QByteArray(data)
        self._buffer = QBuffer()
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)

    def close(self) -> None:
        """Let go of the bytes in the order Qt needs."""
        self.document.close()
        self._buffer.close()

    def page(self, number: int, dpi: int) -> QImage:
        """One page in grey on white; the renderer itself leaves the ground transparent."""
        points = self.document.pagePointSize(number)
        scale = min(dpi / POINTS_PER_INCH, most_scale(points))
        width = max(1, round(points.width() * scale))
        height = max(1, round(points.height() * scale))
        sheet = QImage(width, height, QImage.Format.Format_Grayscale8)
        sheet.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(sheet)
        painter.drawImage(0, 0, self.document.render(number, QSize(width, height)))
        painter.end()
        return sheet


def most_scale(points: QSizeF) -> float:
    """How many dots a point of a page may have at most, so that drawing it needs no more than `MOST_DOTS`."""
    width, height = max(points.width(), 1.0), max(points.height(), 1.0)
    return min(math.sqrt(MOST_DOTS / (width * height)), _LONGEST / max(width, height))


class PdfView(QPdfView):
    """Shows a PDF, all pages under each other, as wide as the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # the stub forgets None
        self.setAccessibleName(self.tr("文书预览"))
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._paper = _Paper(b"")
        self._most, self._fitted = _LARGEST, True

    def show_pdf(self, data: bytes) -> int:
        """Show the bytes and give the number of pages."""
        before, self._paper = self._paper, _Paper(data)
        self.setDocument(self._paper.document)
        before.close()
        self._most = self._most_zoom()
        self.zoom(None)
        return self._paper.document.pageCount()

    def zoom(self, factor: float | None) -> None:
        """Enlarge by a factor, as far as a page can be drawn; None makes it as wide as the view."""
        self._fitted = factor is None
        if factor is None:
            self._fit()
        else:
            now = self._width_zoom() if self.zoomMode() is QPdfView.ZoomMode.FitToWidth else self.zoomFactor()
            self._set(now * factor)

    def _fit(self) -> None:
        """As wide as the view, unless a long strip of paper would have too many dots then."""
        if self._width_zoom() <= self._most:
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        else:
            self._set(self._most)

    def _set(self, factor: float) -> None:
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(max(min(factor, self._most, _LARGEST), min(self._most, _SMALLEST)))

    def _sizes(self) -> list[QSizeF]:
        document = self._paper.document
        return [document.pagePointSize(page) for page in range(document.pageCount())]

    def _dots(self) -> float:
        """Dots of the screen for a point of the page at its own size."""
        return self.logicalDpiX() / POINTS_PER_INCH

    def _most_zoom(self) -> float:
        scale = min(map(most_scale, self._sizes()), default=_LARGEST)
        return scale / (self._dots() * self.devicePixelRatioF())

    def _width_zoom(self) -> float:
        """What fitting the narrowest page to the width comes to: each page is fitted by itself."""
        narrow = min((size.width() for size in self._sizes()), default=1.0)
        return self.viewport().width() / (max(narrow, 1.0) * self._dots())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self._fit()
        super().resizeEvent(event)

    def text(self) -> str:
        """The words of all pages, as a reader would copy them."""
        document = self._paper.document
        return "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with closing(_Paper(data)) as paper:
        return paper.document.pageCount()


def print_pdf(printer: QPrinter, data: bytes) -> bool:
    """Draw each page on the printer at 300 dots an inch, grey on white; False when it did not start."""
    with closing(_Paper(data)) as paper:
        _set_sheet(printer, paper.document)
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for number in range(paper.document.pageCount()):
            if number:
                printer.newPage()
            sheet = paper.page(number, PRINT_DPI)
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), sheet)
        return painter.end()


def _set_sheet(printer: QPrinter, document: QPdfDocument) -> None:
    points = document.pagePointSize(0)
    upright = points.height() >= points.width()
    size = points if upright else points.transposed()
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    layout = QPageLayout.Orientation
    printer.setPageOrientation(layout.Portrait if upright else layout.Landscape)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)


def render_page_png(data: bytes, number: int = 0, dpi: int = 96) -> bytes:
    """One page as a PNG picture."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    with closing(_Paper(data)) as paper:
        QImageWriter(kept, QByteArray(b"png")).write(paper.page(number, dpi))
    return bytes(kept.data().data())
