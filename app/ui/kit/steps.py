"""The steps of a long form, one under the other, each with what is done so far."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.kit.chip import mark
from app.ui.theme import Tone

NUMBERS = "①②③④⑤⑥⑦⑧⑨"


class _Step(QPushButton):
    def __init__(self, number: str, title: str) -> None:
        super().__init__()
        self.setObjectName("step")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self._title = QLabel(f"{number} {title}")
        self._title.setObjectName("sectionTitle")
        self.state = QLabel()
        self.state.setObjectName("sub")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 8, 6)
        column.setSpacing(1)
        column.addWidget(self._title)
        column.addWidget(self.state)
        column.addStretch(1)


class Steps(QWidget):
    """A vertical list of steps; choosing one tells `chosen(index)`."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._steps = [_Step(NUMBERS[at], title) for at, title in enumerate(titles)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for at, step in enumerate(self._steps):
            self._group.addButton(step, at)
            column.addWidget(step)
        column.addStretch(1)
        self.set_current(0)
        self._group.idClicked.connect(self.chosen)

    def set_current(self, at: int) -> None:
        """Mark a step without telling."""
        self._steps[at].setChecked(True)

    def current(self) -> int:
        """The marked step."""
        return self._group.checkedId()

    def set_state(self, at: int, words: str, tone: Tone = Tone.PLAIN) -> None:
        """Say what a step holds (申请人1 被申请人1, 未填写, 有2处要改)."""
        state = self._steps[at].state
        state.setText(words)
        state.setObjectName({Tone.BAD: "problem", Tone.GOOD: "good"}.get(tone, "sub"))
        mark(state, "tone", tone.value)
        self._steps[at].setAccessibleDescription(words)
