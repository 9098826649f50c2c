"""F1: what a screen is for and how it is filled in, beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from app.runtime import resource
from app.ui.kit.buttons import Segments, button
from app.ui.navigation import Place
from app.ui.room import set_shown, shrink
from app.ui.theme import px


def guide_of(place: Place) -> str:
    """The guide of a place in Markdown; empty where a screen has none."""
    path = resource("guides", f"{place}.md")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


GUIDE, KEYS = 0, 1


class GuideWindow(QDialog):
    """填写说明 and, beside it, 速查; stays open while one works on; Esc or F1 closes it."""

    def __init__(
        self, place: Place, keys: str = "", parent: QWidget | None = None, *, part: int = GUIDE
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("填写说明"))
        self.setModal(False)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("填写说明"))
        self.text.setOpenExternalLinks(False)
        self._parts = (guide_of(place), keys)
        self.parts = Segments([(GUIDE, self.tr("填写说明")), (KEYS, self.tr("快捷键速查"))])
        set_shown(self.parts, bool(keys))
        self.parts.chosen.connect(self.show_part)
        close = button(self.tr("关闭"), self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(px(460), px(560))
        shrink(self)
        self.show_part(part)

    def show_part(self, part: int) -> None:
        """Show the guide or the keys."""
        self.parts.set_value(part)
        self.text.setMarkdown(self._parts[part])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.close()
        else:
            super().keyPressEvent(event)
