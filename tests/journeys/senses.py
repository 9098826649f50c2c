"""What somebody without a mouse or without eyes meets in a window: silent controls, keys that get stuck."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QMenu, QScrollArea, QWidget
from typing_extensions import override

SMALL = QSize(911, 512)
"""1366 by 768 at 150 %, in the pixels a window counts with."""
_INNER = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut


def controls(window: QWidget) -> list[QWidget]:
    """The visible controls of a window that take the focus; one that hands it on is not heard."""
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.window() is window.window()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and not isinstance(part, QScrollArea)
    ]


def called(part: QWidget) -> str:
    """How a control is told apart in what a test reports."""
    text = part.text() if isinstance(part, QAbstractButton) else part.accessibleName()
    return f"{type(part).__name__} {part.objectName()} {text}".strip()


def nameless(window: QWidget) -> list[str]:
    """The controls that say nothing to a screen reader."""
    found = []
    for part in controls(window):
        face = QAccessible.queryAccessibleInterface(part)
        if face is None or not face.text(QAccessible.Text.Name).strip():
            found.append(called(part))
    return found


def unreached(window: QWidget) -> list[str]:
    """The controls that Tab never comes to; what a walk itself switches off and on is looked for again."""
    first = _left_by_a_walk(window)
    if first:
        QTest.qWait(300)
        first = [part for part in _left_by_a_walk(window) if part in first]
    return first


def _left_by_a_walk(window: QWidget) -> list[str]:
    wanted = {
        part for part in controls(window) if part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    if not wanted:
        return []
    start = window.focusWidget() or next(iter(wanted))
    start.setFocus()
    reached: set[QWidget] = set()
    for _ in range(2 * len(window.findChildren(QWidget)) + 4):
        here = QApplication.focusWidget()
        if here is None or here in reached:
            break
        reached.add(here)
        window.focusNextPrevChild(True)
    left = {part for part in wanted - reached if part.isEnabled() and not _grouped(part, reached)}
    return sorted(called(part) for part in left)


def _grouped(part: QWidget, reached: set[QWidget]) -> bool:
    """Of exclusive buttons only the one that is down takes Tab; arrows lead to the others."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in reached for one in group.buttons())


def ambiguous(window: QWidget) -> list[str]:
    """The keys that more than one thing on screen answers to: Qt then does neither."""
    counted: Counter[str] = Counter()
    for keys in live_keys(window):
        counted[keys] += 1
    return sorted(keys for keys, times in counted.items() if times > 1)


def live_keys(window: QWidget) -> list[str]:
    """Every key that works anywhere in the window now, as often as something answers to it."""
    found = []
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        shown = isinstance(owner, QWidget) and owner.isVisible() and owner.window() is window
        if shown and shortcut.isEnabled() and shortcut.context() not in _INNER:
            found.append(shortcut.key().toString())
    for action in window.findChildren(QAction):
        owner = action.parent()
        if isinstance(owner, QMenu) or not isinstance(owner, QWidget) or not owner.isVisible():
            continue
        if owner.window() is window and action.isEnabled() and action.shortcutContext() not in _INNER:
            found += [keys.toString() for keys in action.shortcuts()]
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.window() is window:
            found += [button.shortcut().toString()] if not button.shortcut().isEmpty() else []
    return found


def too_large(window: QWidget, room: QSize) -> list[str]:
    """By how much a window, or what it must at least have, is larger than the screen."""
    least = window.minimumSizeHint()
    size = window.size().expandedTo(least)
    fits = size.width() <= room.width() and size.height() <= room.height()
    return [] if fits else [f"{size.width()}x{size.height()}"]


class Flashes(QObject):
    """Notes what shows itself as a window of its own for a moment, which takes the focus away."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and watched.parent() is None and not isinstance(watched, QMainWindow):
            self.seen.append(called(watched))
        return False
