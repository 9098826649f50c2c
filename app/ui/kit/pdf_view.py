"""Papers on the screen and on the printer, straight from memory: no readable copy lies on disk."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

PRINT_DPI = 300
POINTS_PER_INCH = 72


class _Paper(QPdfDocument):
    """A document that keeps its bytes as long as it lives."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)

    def page(self, number: int, dpi: int) -> QImage:
        """One page in grey on white; the renderer itself leaves the ground transparent."""
        points = self.pagePointSize(number)
        width = round(points.width() / POINTS_PER_INCH * dpi)
        height = round(points.height() / POINTS_PER_INCH * dpi)
        sheet = QImage(width, height, QImage.Format.Format_Grayscale8)
        sheet.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(sheet)
        painter.drawImage(0, 0, self.render(number, QSize(width, height)))
        painter.end()
        return sheet


class PdfView(QPdfView):
    """Shows a PDF, all pages under each other, as wide as the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # the stub forgets None
        self.setAccessibleName(self.tr("文书预览"))
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._paper: _Paper | None = None

    def show_pdf(self, data: bytes) -> int:
        """Show the bytes and give the number of pages."""
        shown, self._paper = self._paper, _Paper(data)
        self._paper.setParent(self)
        self.setDocument(self._paper)
        if shown is not None:
            shown.deleteLater()
        return self._paper.pageCount()

    def text(self) -> str:
        """The words of all pages, as a reader would copy them."""
        if self._paper is None:
            return ""
        pages = range(self._paper.pageCount())
        return "\n".join(self._paper.getAllText(page).text() for page in pages)


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    return _Paper(data).pageCount()


def print_pdf(printer: QPrinter, data: bytes) -> bool:
    """Draw each page on the printer at 300 dots an inch, grey on white; False when it did not start."""
    paper = _Paper(data)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    if paper.pageCount():
        points = paper.pagePointSize(0)
        printer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
        upright = points.height() >= points.width()
        layout = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
        printer.setPageOrientation(layout)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number in range(paper.pageCount()):
        if number:
            printer.newPage()
        sheet = paper.page(number, PRINT_DPI)
        painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), sheet)
    return painter.end()


def render_page_png(data: bytes, number: int = 0, dpi: int = 96) -> bytes:
    """One page as a PNG picture."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    _Paper(data).page(number, dpi).save(kept, b"PNG")
    return bytes(kept.data().data())
