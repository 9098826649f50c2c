"""A page of the main window: header, content, busy state, refusals, reloading."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.errors import Refused
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.form import Form, refusal_words
from app.ui.navigation import Context
from app.ui.theme import Tone, colour, px

HEADER_HEIGHT = 60
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Remark(QLabel):
    """One grey line that gives way to what is beside it: cut with …, and then whole as tool tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setObjectName("pageContext")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(colour("sub"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Header(QWidget):
    """Title, context in grey, and buttons at the right, at most one of them filled."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(HEADER_HEIGHT))
        self._title = QLabel(title)
        self._title.setObjectName("pageTitle")
        self._context = Remark()
        self._primary: QPushButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 20, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._title)
        self._row.addWidget(self._context, 1)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def set_context(self, text: str) -> None:
        """Say in grey what the page is about (the date, the case)."""
        self._context.setText(text)

    def add_button(
        self,
        text: str,
        clicked: Callable[[], object],
        *,
        picture: str = "",
        primary: bool = False,
        shortcut: str = "",
    ) -> QPushButton:
        """Add a button at the right end."""
        if primary and self._primary is not None:
            raise ValueError("a page has one filled button")
        weight = Weight.PRIMARY if primary else Weight.PLAIN
        made = button(text, clicked, picture=picture, weight=weight, shortcut=shortcut)
        if primary:
            self._primary = made
        self._row.addWidget(made)
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Add another widget at the right end (segments, arrows)."""
        self._row.addWidget(widget)


class Page(QWidget):
    """Base of every page. A subclass names its `topics`, builds into `body`, and fills itself in `load`.

    `load` runs when the page is first shown, and again after a change of its topics: at once while
    the page is seen, otherwise when it is next shown.
    """

    topics: Changes = frozenset()
    busy_changed = Signal(bool)

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.tasks = context.tasks
        self.navigator = context.navigator
        self.header = Header(title)
        self.banner = Banner()
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.forms: list[Form[Any]] = []
        self._stale = True
        self._focused: QWidget | None = None
        room = QVBoxLayout()
        room.setContentsMargins(20, 16, 20, 16)
        room.setSpacing(14)
        room.addWidget(self.banner)
        room.addLayout(self.body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(room, 1)
        self.tasks.changed.connect(self._on_changed)

    def load(self) -> None:
        """Ask for what the page shows."""

    def open_item(self, item: str | None) -> None:
        """Turn to the record the page was asked to show; the default shows the same for all."""

    def may_leave(self) -> bool:
        """Whether the page can be left now; one with something unsaved may ask first and say no."""
        return True

    def set_busy(self, busy: bool) -> None:
        """Lock the content while an action is under way; what is typed stays."""
        if busy:
            self._focused = self.focusWidget()
        for part in self._content():
            part.setEnabled(not busy)
        if not busy and self._focused is not None and isValid(self._focused):
            self._focused.setFocus()  # a locked field loses the focus; the person goes on where they were
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)
        self.busy_changed.emit(busy)

    def act(self, use_case: Any, *args: Any, ok: Callable[[Any], object] | None = None) -> None:
        """Run a use case with the page busy; a refusal is shown in the banner."""
        self.banner.hide()
        self.set_busy(True)
        self.tasks.run(use_case, *args).then(ok, done=lambda: self.set_busy(False), owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Put problems at the fields of `forms`, and say the rest at the top."""
        self.say(refusal_words(refused, self.forms), Tone.BAD)

    def say(
        self,
        text: str,
        tone: Tone = Tone.GOOD,
        *,
        action: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Say something at the top of the page."""
        self.banner.say(text, tone, action=action, then=then)

    def reload(self) -> None:
        """Load now if the page is seen, otherwise when it is next shown."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.load()

    def _content(self) -> list[QWidget]:
        kept = {self.banner}
        return [part for part in self.findChildren(QWidget, options=_DIRECT) if part not in kept]

    def _on_changed(self, changes: Changes) -> None:
        if changes & self.topics:
            self.reload()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.load()
