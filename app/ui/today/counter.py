"""A number that calls for action, with its reason; a click leads to the list behind it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.icons import pixmap
from app.ui.theme import Tone, ink, ink_name, px


class Counter(QPushButton):
    """Picture, number, word, and a grey line (`3 待受理  最早：8月31日登记`)."""

    def __init__(self, picture: str, title: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("counter")
        self.setAutoDefault(False)
        self.setMinimumWidth(px(150))
        self._title = title
        shown = QLabel()
        shown.setPixmap(pixmap(picture, ink_name(tone), 28))
        self._number = QLabel("–")
        self._number.setStyleSheet(f"font-size:{px(30)}px; font-weight:700; color:{ink(tone).name()}")
        name = QLabel(title)
        name.setObjectName("sectionTitle")
        self._reason = QLabel()
        self._reason.setObjectName("sub")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 10, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.addWidget(shown, 0, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBottom)
        name.setContentsMargins(0, 0, 0, px(5))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        grid.addLayout(line, 0, 1)
        grid.addWidget(self._reason, 1, 1)
        grid.setColumnStretch(1, 1)
        self.setAccessibleName(title)

    def show_count(self, count: int, reason: str = "") -> None:
        """Show the number and why it matters."""
        self._number.setText(str(count))
        self._reason.setText(reason)
        self.setAccessibleName(f"{self._title} {count}")
        self.setAccessibleDescription(reason)
        self.setToolTip(reason)
