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
        self._actions: list[QPushButton] = []
        self._tone = Tone.INFO
        self._offered = False  # it holds the way back from a deed
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
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence, with a button `action` calling `then` (查看, 撤销); `lasting` cannot be closed.

        `other` is a second button beside it.
        """
        name, ink = _PICTURE[tone]
        self._picture.setPixmap(pixmap(name, ink, 18))
        self._text.setText(text)
        self.setAccessibleName(text)
        mark(self, "tone", tone.value)
        self._close.setHidden(lasting)
        self._tone, self._offered = tone, False
        for made in self._actions:
            made.deleteLater()
        self._actions = []
        if action and then is not None:
            self._add(action, then)
        if other is not None:
            self._add(*other)
        self.show()

    def offer(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Add a button to what is being said; where nothing is, say `text`. A warning keeps the banner.

        What was offered after an earlier deed gives way: that deed is no longer the last.
        """
        if self.isHidden() or self._offered:
            self.say(text, Tone.GOOD, action=action, then=then)
        elif not self._actions and self._tone in (Tone.GOOD, Tone.INFO):
            self._add(action, then)
        else:
            return
        self._offered = True

    def end(self) -> None:
        """What was said is over; only what lasts stays."""
        if not self._close.isHidden():
            self.hide()

    def _add(self, text: str, then: Callable[[], object]) -> None:
        made = button(text, then)
        self._row.insertWidget(2 + len(self._actions), made)
        self._actions.append(made)

    def text(self) -> str:
        """What is being said; "" when nothing is."""
        return "" if self.isHidden() else self._text.text()
