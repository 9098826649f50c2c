"""The white card every window before sign-in consists of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy
from typing_extensions import override

from app.domain.errors import Reason, Refused
from app.ui.kit.banner import Banner
from app.ui.kit.card import Card, words
from app.ui.theme import Tone, px

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Panel(Card):
    """Heading, a place for sentences, content, buttons. Enter presses the button it stands on."""

    def __init__(self, title: str, sub: str = "", *, width: int = 420) -> None:
        super().__init__(margin=28)
        self.setMaximumWidth(px(width))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.body.setSpacing(12)
        self._title = words(title, "pageTitle")
        self._sub = words(sub, "sub")
        self._sub.setWordWrap(True)
        self._sub.setHidden(not sub)
        self.banner = Banner()
        self.add(self._title)
        self.add(self._sub)
        self.add(self.banner)

    def set_heading(self, title: str, sub: str) -> None:
        """Say what the card is about now."""
        self._title.setText(title)
        self._sub.setText(sub)
        self._sub.setHidden(not sub)

    def begin(self) -> None:
        """Put the cursor where the person starts; called when the card is shown."""

    def show_refused(self, refused: Refused) -> None:
        """Say why something was not done; problems go to their fields."""
        from app.ui.kit.form import (
            Form,
        )  # the words for everything load a tenth of a second: not at the start
        from app.ui.words.messages import problem_sentence, sentence

        if refused.reason is not Reason.INVALID:
            self.banner.say(sentence(refused), Tone.BAD)
            return
        left = tuple(refused.details.get("problems", ()))
        for form in self.findChildren(Form):
            if form.isVisibleTo(self):
                left = form.show_problems(left)
        said = [sentence(refused), *(problem_sentence(problem) for problem in left)]
        self.banner.say("\n".join(said), Tone.BAD)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)


def labelled(text: str) -> QLabel:
    """The label over a field of a narrow card."""
    made = QLabel(text)
    made.setObjectName("fieldLabel")
    return made


def foot(*left: QPushButton, right: tuple[QPushButton, ...]) -> QHBoxLayout:
    """A row of buttons: ways back at the left, the way on at the right."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for made in left:
        row.addWidget(made)
    row.addStretch(1)
    for made in right:
        row.addWidget(made)
    return row
