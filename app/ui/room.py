"""How much room a window has on its screen, and a body that scrolls where that is too little."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStyle, QVBoxLayout, QWidget

from app.ui.theme import px

FRAME = QSize(4, 34)  # what the system draws around a window: borders, and the bar with its title
LEAST = 120  # of a body that scrolls


def room_of(window: QWidget) -> QSize:
    """How large a window may be, its frame apart, so that all of it is on the screen."""
    return window.screen().availableSize() - FRAME


def fits(window: QWidget) -> bool:
    """Whether everything in a window is seen without making it taller or wider than the screen."""
    layout, room = window.layout(), room_of(window)
    if layout is None:
        return True
    least = layout.totalMinimumSize()
    height = least.height()
    if layout.hasHeightForWidth():
        height = layout.totalMinimumHeightForWidth(max(least.width(), min(window.width(), room.width())))
    return least.width() <= room.width() and height <= room.height()


def grow(window: QWidget) -> None:
    """Give a window the height everything in it needs: Qt forgets it where sentences wrap."""
    layout = window.layout()
    if layout is not None and layout.hasHeightForWidth():
        needed = layout.totalMinimumHeightForWidth(window.width())
        window.resize(window.width(), max(window.height(), needed))


def shrink(window: QWidget) -> None:
    """Make a window no larger than the screen."""
    room = room_of(window)
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    if window.size().boundedTo(room) != window.size():
        window.resize(window.size().boundedTo(room))


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


def scroll(window: QWidget, column: QVBoxLayout, body: QLayout) -> QScrollArea:
    """Put a part of a window's column into an area that scrolls, where it stood; the focus stays."""
    at = column.indexOf(body)
    focused = window.focusWidget()
    column.takeAt(at)
    body.setParent(None)
    content = QWidget()
    content.setLayout(body)
    area = Scrolled(content)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    margins = column.contentsMargins()
    most = room_of(window).width() - margins.left() - margins.right()
    area.setMinimumSize(min(content.minimumSizeHint().width() + bar, most), px(LEAST))
    column.insertWidget(at, area, 1)
    if focused is not None and content.isAncestorOf(focused):
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
    return area


def set_shown(part: QWidget, shown: bool) -> None:
    """Show or hide a control; without a place yet it would flash up as a window, so it waits for one."""
    if shown and part.parent() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        part.setVisible(shown)


def bring_into_view(part: QWidget) -> None:
    """Scroll what holds a control until it is seen."""
    above = part.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea) and above.widget() is not None:
            above.ensureWidgetVisible(part)
        above = above.parentWidget()
