"""The recovery sheet on the screen: printed now, or saved for a printer elsewhere."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import words
from app.ui.kit.dialog import save_as
from app.ui.kit.pdf_view import PdfView, print_pdf
from app.ui.theme import Tone, px


class SheetView(QWidget):
    """Shows the sheet once; `kept` says the person ticked that it lies in the safe."""

    kept = Signal(bool)
    told = Signal(str, object)  # sentence, Tone

    def __init__(self, sheet: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.view = PdfView()
        self.view.setMinimumHeight(px(220))
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view.show_pdf(sheet)
        self.tick = QCheckBox(self.tr("已打印并妥善保存"))
        self.tick.toggled.connect(self.kept)
        self.print_button = button(
            self.tr("打印"), self._print, picture="printer", weight=Weight.PLAIN, shortcut="Ctrl+P"
        )
        self.save_button = button(self.tr("存为 PDF"), self._save, picture="file-down")
        said = words(
            self.tr(
                "口令全部遗失时，只有这张恢复单能打开数据。它只显示这一次：请现在打印，"
                "装入信封密封，锁入保险柜。存成的 PDF 打印以后要删除。"
            )
        )
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(said)
        column.addWidget(self.view, 1)
        column.addWidget(self.tick)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._printed(printer))
        QDialog.open(dialog)  # Qt hides the one without a receiver behind its own

    def _printed(self, printer: QPrinter) -> None:
        if print_pdf(printer, self._sheet):
            self.told.emit(self.tr("已送打印机。请核对纸上的密钥清晰完整，再勾选下面一项。"), Tone.GOOD)
        else:
            self.told.emit(self.tr("没有打印：打印机没有响应。可以先存为 PDF，到别的电脑打印。"), Tone.BAD)

    def _save(self) -> None:
        save_as(self, self.tr("保存恢复单"), self.tr("恢复单") + ".pdf", "PDF (*.pdf)", self._saved)

    def _saved(self, path: Path) -> None:
        try:
            path.write_bytes(self._sheet)
        except OSError:
            self.told.emit(self.tr("没有保存：这个位置不能写入。请换一个文件夹。"), Tone.BAD)
        else:
            self.told.emit(self.tr("已保存。打印以后请删除这个文件。"), Tone.GOOD)
