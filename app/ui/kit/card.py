"""White cards, their headings, and pages longer than the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.ui.icons import pixmap
from app.ui.theme import Tone, ink_name

_SIGN = {
    Tone.BAD: "circle-alert",
    Tone.WARN: "triangle-alert",
    Tone.GOOD: "circle-check",
    Tone.INFO: "info",
    Tone.PLAIN: "clock",
}
_STYLE = {Tone.BAD: "problem", Tone.WARN: "caution", Tone.GOOD: "good", Tone.INFO: "", Tone.PLAIN: "sub"}


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


def remark(text: str, tone: Tone) -> QWidget:
    """One result of a check: its sign, and the sentence beside it over as many lines as it needs."""
    made = QWidget()
    sign = QLabel()
    sign.setPixmap(pixmap(_SIGN[tone], ink_name(tone), 16))
    upright = QVBoxLayout()
    upright.setContentsMargins(0, 3, 0, 0)
    upright.addWidget(sign)
    upright.addStretch(1)
    sentence = words(text, _STYLE[tone])
    sentence.setWordWrap(True)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(7)
    row.addLayout(upright)
    row.addWidget(sentence, 1)
    return made


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
