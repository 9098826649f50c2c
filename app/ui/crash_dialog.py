"""Says that something unexpected happened, what became of the data, and what to pass on."""

import platform

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from app import __version__
from app.ui.kit.buttons import button
from app.ui.kit.dialog import Dialog
from app.ui.tasks import Bug


def details_of(bug: Bug) -> str:
    """What may be passed on: program, system and places in the code; no office data."""
    return "\n".join(
        [
            f"xianghe {__version__}  Qt {QLibraryInfo.version().toString()}  {platform.platform()}",
            f"{bug.kind} / {bug.during}",
            *bug.places,
        ]
    )


class CrashDialog(Dialog):
    """One unexpected error: nothing of the action was saved, the program goes on."""

    def __init__(self, bug: Bug, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.set_heading(self.tr("出现意外错误"))
        self.submit_button.setText(self.tr("知道了"))
        self.cancel_button.hide()
        said = QLabel(
            self.tr(
                "刚才这一步没有保存，以前的数据没有受影响。可以继续工作；"
                "如果再次出现，请复制下面的内容交给县中心（不含案件信息）。"
            )
        )
        said.setWordWrap(True)
        self.add(said)
        self._details = QPlainTextEdit(details_of(bug))
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("错误内容"))
        self._details.setMinimumHeight(140)
        self.add(self._details, 1)
        self.add_foot(button(self.tr("复制"), self._copy, picture="copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
