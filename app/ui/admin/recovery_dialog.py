"""The new recovery sheet, shown once."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.kit.dialog import Dialog
from app.ui.session.sheet_view import SheetView
from app.ui.theme import Tone, px

MARGIN = 40


class RecoverySheetDialog(Dialog):
    """Closes when the person ticked that the sheet lies in the safe; before that it asks for printing."""

    def __init__(self, sheet: bytes, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.set_heading(self.tr("新的恢复单"))
        self.submit_button.setText(self.tr("完成"))
        self.submit_button.setEnabled(False)
        self.cancel_button.hide()
        self.sheet = SheetView(sheet)
        self.sheet.kept.connect(self.submit_button.setEnabled)
        self.sheet.told.connect(self._tell)
        self.add(self.sheet, 1)
        self.add_foot(self.sheet.save_button)
        self.add_foot(self.sheet.print_button)
        if parent is not None:
            self.resize(px(720), min(px(760), parent.window().height() - MARGIN))

    @override
    def reject(self) -> None:
        if self.sheet.tick.isChecked():
            super().reject()
        else:
            self.banner.say(self.tr("恢复单只显示这一次。请先打印，再勾选“已打印并妥善保存”。"), Tone.WARN)

    def _tell(self, text: str, tone: Tone) -> None:
        self.banner.say(text, tone)
