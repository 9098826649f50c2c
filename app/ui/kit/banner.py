"""A message inside a page: what happened, what to do, and perhaps one button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.ui.icons import icon, pixmap
from app.ui.kit.buttons import button
from app.ui.kit.chip import mark
from app.ui.theme import Tone

_PICTURE = {
    Tone.INFO: ("info", "primary"),
    Tone.GOOD: ("circle-check", "green"),
    Tone.WARN: ("triangle-alert", "amber"),
    Tone.BAD: ("circle-alert", "red"),
    Tone.PLAIN: ("info", "sub"),
}


class Banner(QWidget):
    """Hidden until something is to be said; the person may close it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action: QPushButton | None = None
        self._close = QToolButton()
        self._close.setIcon(icon("x", "sub", 16))
        self._close.setAccessibleName(self.tr("关闭提示"))
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 7, 8, 7)
        self._row.setSpacing(8)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.hide()

    def say(
        self,
        text: str,
        tone: Tone = Tone.INFO,
        *,
        action: str = "",
        then: Callable[[], object] | None = None,
        lasting: bool = False,
    ) -> None:
        """Show a sentence, with a button `action` calling `then` (查看, 撤销); `lasting` cannot be closed."""
        name, ink = _PICTURE[tone]
        self._picture.setPixmap(pixmap(name, ink, 18))
        self._text.setText(text)
        self.setAccessibleName(text)
        mark(self, "tone", tone.value)
        self._close.setHidden(lasting)
        if self._action is not None:
            self._action.deleteLater()
            self._action = None
        if action and then is not None:
            self._action = button(action, then)
            self._row.insertWidget(2, self._action)
        self.show()

    def text(self) -> str:
        """What is being said; "" when nothing is."""
        return "" if self.isHidden() else self._text.text()
