"""A small window with one sentence, where the program cannot be opened at all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import Refused
from app.ui.kit.buttons import Weight, button
from app.ui.session.panel import Panel, foot
from app.ui.theme import Tone
from app.ui.words.messages import sentence


class Notice(QWidget):
    """Says why the program stays closed; nothing was changed."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("乡和"))
        self.panel = Panel(self.tr("乡和"))
        self.panel.banner.say(sentence(refused), Tone.WARN, lasting=True)
        self.close_button = button(self.tr("关闭"), self.close, weight=Weight.PRIMARY)
        self.panel.add(foot(right=(self.close_button,)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(self.panel)
        self.resize(480, 220)
        self.close_button.setFocus()
