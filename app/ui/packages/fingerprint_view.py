"""A fingerprint as eight large groups, and a code for a telephone's camera."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import COLOURS, px

MONO = '"Consolas", "DejaVu Sans Mono", "Liberation Mono", "Courier New", monospace'
GROUPS_IN_ROW = 4
HIDDEN = "• • • •"
QUIET = 4  # modules of empty margin every reader needs


def mono(size: int, colour: str = "text") -> str:
    """A style for letters that are compared one by one."""
    return (
        f"font-family: {MONO}; font-size: {px(size)}px; font-weight: 600; color: {COLOURS[colour]};"
        " letter-spacing: 2px;"
    )


class FingerprintView(QWidget):
    """Eight groups of four letters in two rows; groups named in `hidden` are dots until they are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = [QLabel() for _ in range(8)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(4))
        for at, shown in enumerate(self._groups):
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(shown, at // GROUPS_IN_ROW, at % GROUPS_IN_ROW)
        grid.setColumnStretch(GROUPS_IN_ROW, 1)

    def show_fingerprint(self, fingerprint: str, hidden: Collection[int] = ()) -> None:
        """Show the groups."""
        for at, (shown, group) in enumerate(zip(self._groups, fingerprint.split("-"), strict=True)):
            shown.setText(HIDDEN if at in hidden else group)
            shown.setStyleSheet(mono(22, "faint" if at in hidden else "text"))
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """The groups as they are shown."""
        return " ".join(shown.text() for shown in self._groups)


class QrView(QWidget):
    """Draws the dark modules of a code, whole pixels each, on white."""

    def __init__(self, side: int = 132, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self._side = px(side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, rows: tuple[tuple[bool, ...], ...], name: str) -> None:
        """Draw a code; `name` is read aloud instead."""
        self._rows = rows
        self.setAccessibleName(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        module = max(1, min(self.width(), self.height()) // (len(self._rows) + QUIET))
        left = (self.width() - module * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        left + x * module, left + y * module, module, module, QColor(Qt.GlobalColor.black)
                    )
        painter.end()
