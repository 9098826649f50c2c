"""The registration sheet on the screen: printed, or saved for a printer elsewhere."""

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from app.ui.kit.buttons import button
from app.ui.kit.dialog import Dialog, save_as
from app.ui.kit.pdf_view import PdfView, print_pdf
from app.ui.packages.folders import remember_folder
from app.ui.theme import Tone, px


class SheetDialog(Dialog):
    """Shows the sheet; the filled button prints."""

    def __init__(self, sheet: bytes, node: str, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.set_heading(self.tr("注册单"))
        self.submit_button.setText(self.tr("打印"))
        self.cancel_button.setText(self.tr("关闭"))
        self._sheet, self._node = sheet, node
        self.view = PdfView()
        self.view.show_pdf(sheet)
        self.view.setMinimumSize(px(520), px(300))
        self.add(self.view, 1)
        self.add_foot(button(self.tr("存为 PDF…"), self._save, picture="file-down"))
        if parent is not None:
            self.resize(px(720), min(px(760), parent.window().height() - 40))

    @override
    def submit(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._printed(printer))
        QDialog.open(dialog)

    def _printed(self, printer: QPrinter) -> None:
        if print_pdf(printer, self._sheet):
            self.banner.say(self.tr("已送打印机。"), Tone.GOOD)
        else:
            self.banner.say(self.tr("没有打印：打印机没有响应。可以先存为 PDF，到别的电脑打印。"), Tone.BAD)

    def _save(self) -> None:
        name = self.tr("注册单") + f"-{self._node}.pdf"
        save_as(self, self.tr("保存注册单"), name, "PDF (*.pdf)", self._saved)

    def _saved(self, path: Path) -> None:
        try:
            path.write_bytes(self._sheet)
        except OSError:
            self.banner.say(self.tr("没有保存：这个位置不能写入。请换一个文件夹。"), Tone.BAD)
        else:
            remember_folder(path.parent)
            self.banner.say(self.tr("已保存到 {path}。").format(path=path), Tone.GOOD)
