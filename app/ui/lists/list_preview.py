"""A list as it prints: looked at, printed, or kept as a PDF file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.dialog import save_as
from app.ui.kit.pdf_view import PdfView
from app.ui.papers.printing import Duplex, PrintChoice, Printers, find_printers, print_file
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px


class ListPreview(QDialog):
    """The pages of a list and the printers of this PC."""

    def __init__(self, tasks: Tasks, title: str, pdf: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._tasks, self._title, self._pdf = tasks, title, pdf
        self.banner = Banner()
        self.view = PdfView()
        self.view.show_pdf(pdf)
        self.printer = QComboBox()
        self.printer.setAccessibleName(self.tr("打印机"))
        self.printer.setMinimumWidth(px(220))
        self.copies = QSpinBox()
        self.copies.setAccessibleName(self.tr("份数"))
        self.copies.setRange(1, 50)
        self.copies.setSuffix(self.tr(" 份"))
        self.print_button = button(
            self.tr("打印"), self.print, picture="printer", weight=Weight.PRIMARY, shortcut="Ctrl+P"
        )
        self.print_button.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.printer)
        row.addWidget(self.copies)
        row.addStretch(1)
        row.addWidget(button(self.tr("另存 PDF"), self.save))
        row.addWidget(button(self.tr("关闭"), self.reject))
        row.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.resize(px(900), px(620))
        tasks.call_long(find_printers).then(self._take_printers, owner=self)

    def print(self) -> None:
        """Print all pages on the chosen printer."""
        choice = PrintChoice(str(self.printer.currentData()), self.copies.value(), Duplex.DuplexNone)
        self.print_button.setEnabled(False)
        self._tasks.call_long(print_file, choice, self._pdf).then(self._printed, owner=self)

    def save(self) -> None:
        """Keep the pages as a file."""
        save_as(self, self.tr("另存 PDF"), f"{self._title}.pdf", self.tr("PDF 文件 (*.pdf)"), self._save_to)

    def _save_to(self, path: Path) -> None:
        try:
            path.write_bytes(self._pdf)
        except OSError:
            sentence = self.tr("没有保存：{name} 写不进去。请换一个位置。")
            self.banner.say(sentence.format(name=path.name), Tone.BAD)
            return
        self.banner.say(self.tr("已保存 {name}").format(name=path.name), Tone.GOOD)

    def _printed(self, begun: bool) -> None:
        self.print_button.setEnabled(True)
        if begun:
            self.banner.say(self.tr("已送往打印机。"), Tone.GOOD)
        else:
            self.banner.say(self.tr("没有打印：打印机没有开始。请检查打印机是否联机。"), Tone.BAD)

    def _take_printers(self, printers: Printers) -> None:
        for name in printers.names:
            self.printer.addItem(name, name)
        at = self.printer.findData(printers.usual)
        self.printer.setCurrentIndex(max(at, 0))
        if not printers.names:
            self.printer.addItem(self.tr("没有安装打印机"), "")
        self.printer.setEnabled(bool(printers.names))
        self.print_button.setEnabled(bool(printers.names))
