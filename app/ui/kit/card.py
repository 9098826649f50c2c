"""White cards, their headings, and pages longer than the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget


def words(text: str = "", style: str = "") -> QLabel:
    """A label in one of the type styles of the sheet (`sub`, `sectionTitle`, `hint`, `good`, `caution`)."""
    made = QLabel(text)
    if style:
        made.setObjectName(style)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def heading(title: str, *right: QWidget, sub: str = "") -> QHBoxLayout:
    """A section's title with a grey word beside it, and widgets at the right end."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(words(title, "sectionTitle"))
    if sub:
        row.addWidget(words(sub, "sub"))
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return row


class Card(QFrame):
    """A white box with a thin border; `body` holds what is in it."""

    def __init__(self, title: str = "", *, margin: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(8)
        if title:
            self.body.addLayout(heading(title))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something under what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


class Scrolled(QScrollArea):
    """Content longer than the window: scrolls up and down only."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not content.objectName():
            content.setObjectName("scrolled")
        self.setWidget(content)
