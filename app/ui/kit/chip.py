"""A state in a few words on a coloured ground."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.room import set_shown
from app.ui.theme import Tone


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and dress the widget anew."""
    widget.setProperty(name, value)
    widget.style().polish(widget)


class Chip(QLabel):
    """A state chip outside a table."""

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Say another state."""
        self.setText(text)
        set_shown(self, bool(text))
        mark(self, "tone", tone.value)
