"""What is shown once a case is registered: its number, and what one does next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.cases import CaseView
from app.ui.icons import pixmap
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.theme import Tone
from app.ui.words.labels import label


class RegisteredCard(QWidget):
    """Tells `print_asked`, `open_asked`, `new_asked`."""

    print_asked = Signal()
    open_asked = Signal()
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        picture.setPixmap(pixmap("circle-check", "green", 28))
        self._number = words(style="pageTitle")
        self._title = words()
        self._title.setWordWrap(True)
        self._next = words(style="sub")
        self.banner = Banner()
        self.print_button = button(self.tr("打印受理登记表"), self.print_asked.emit, picture="printer")
        self.open_button = button(
            self.tr("打开案件"), self.open_asked.emit, picture="folder-open", weight=Weight.PRIMARY
        )
        self.open_button.setAutoDefault(True)
        self.new_button = button(self.tr("再登记一件"), self.new_asked.emit, picture="plus")
        card = Card(margin=24)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(picture)
        first.addWidget(self._number)
        first.addStretch(1)
        card.add(first)
        for part in (self._title, self._next, self.banner):
            card.add(part)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.setSpacing(10)
        for made in (self.open_button, self.print_button, self.new_button):
            row.addWidget(made)
        row.addStretch(1)
        card.add(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def show_case(self, case: CaseView, warning: str = "") -> None:
        """Show the number; `warning` tells which further step was not done."""
        self._number.setText(self.tr("已登记　{number}").format(number=case.number))
        self._title.setText(case.title)
        said = self.tr("现在：{status}　下一步：{step}")
        self._next.setText(said.format(status=label(case.status), step=label(case.step)))
        self.banner.say(warning, Tone.WARN) if warning else self.banner.hide()
        self.open_button.setFocus()

    def number(self) -> str:
        """The line with the number."""
        return self._number.text()
