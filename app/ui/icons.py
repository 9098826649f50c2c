"""Line icons drawn from the SVG files in any colour, sharp on dense screens."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.runtime import resource
from app.ui.theme import COLOURS


@cache
def pixmap(name: str, colour: str = "text", size: int = 20, room: int = 0) -> QPixmap:
    """The icon `name` in a colour of the theme, `size` logical pixels, drawn at twice that.

    `room` is empty space at its right: Qt has no setting for the gap between a button's icon and its word.
    """
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    source = source.replace("currentColor", COLOURS[colour])
    drawn = QPixmap((size + room) * 2, size * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    drawn.setDevicePixelRatio(2)
    return drawn


@cache
def icon(name: str, colour: str = "text", size: int = 20, room: int = 0) -> QIcon:
    """The icon for buttons and lists; greyed where the button is disabled."""
    made = QIcon(pixmap(name, colour, size, room))
    made.addPixmap(pixmap(name, "faint", size, room), QIcon.Mode.Disabled)
    return made
