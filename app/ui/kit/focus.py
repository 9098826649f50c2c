"""Tab walks through controls in the order they stand, those made later too."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def settle_tab_order(holder: QWidget) -> None:
    """Put the controls of `holder`, made after the window, where the holder has its place; in layout order.

    New widgets stand at the end of the window's chain: Tab would leave the page before it reaches them.
    """
    before = holder.previousInFocusChain()
    while before is not None and before is not holder and not _leads(before, holder):
        before = before.previousInFocusChain()
    if before is None or before is holder:
        return
    for part in list(_controls(holder.layout())):
        QWidget.setTabOrder(before, part)
        before = part


def _leads(part: QWidget, holder: QWidget) -> bool:
    return _takes_focus(part) and not holder.isAncestorOf(part)


def _takes_focus(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None


def _controls(layout: QLayout | None) -> Iterator[QWidget]:
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is None:
            yield from _controls(item.layout() if item is not None else None)
        elif _takes_focus(widget):
            yield widget
        else:
            yield from _controls(widget.layout())
