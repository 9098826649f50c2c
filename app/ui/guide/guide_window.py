"""F1: what a screen is for and how it is filled in, beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from app.runtime import resource
from app.ui.kit.buttons import button
from app.ui.navigation import Place
from app.ui.theme import px


def guide_of(place: Place) -> str:
    """The guide of a place in Markdown; empty where a screen has none."""
    path = resource("guides", f"{place}.md")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


class GuideWindow(QDialog):
    """填写说明: stays open beside the window while one works on; Esc or F1 closes it."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("填写说明"))
        self.setModal(False)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("填写说明"))
        self.text.setOpenExternalLinks(False)
        self.text.setMarkdown(guide_of(place))
        close = button(self.tr("关闭"), self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.text, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(px(460), px(560))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.HelpContents):
            self.close()
        else:
            super().keyPressEvent(event)
