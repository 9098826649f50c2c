"""Papers on the screen and on the printer, straight from memory: no readable copy lies on disk."""

from contextlib import closing

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

PRINT_DPI = 300
POINTS_PER_INCH = 72


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
        width = round(points.width() / POINTS_PER_INCH * dpi)
        height = round(points.height() / POINTS_PER_INCH * dpi)
        sheet = QImage(width, height, QImage.Format.Format_Grayscale8)
        sheet.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(sheet)
        painter.drawImage(0, 0, self.document.render(number, QSize(width, height)))
        painter.end()
        return sheet


class PdfView(QPdfView):
    """Shows a PDF, all pages under each other, as wide as the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # the stub forgets None
        self.setAccessibleName(self.tr("文书预览"))
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._paper = _Paper(b"")

    def show_pdf(self, data: bytes) -> int:
        """Show the bytes and give the number of pages."""
        before, self._paper = self._paper, _Paper(data)
        self.setDocument(self._paper.document)
        before.close()
        return self._paper.document.pageCount()

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
