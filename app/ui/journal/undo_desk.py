"""撤销 over all pages: Ctrl+Z, the menu of the last deeds, and the offer after each of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.errors import Refused
from app.domain.office.journal import ActionName, DoneAction
from app.services.journal.undo import last_actions, redo_action, undo_action
from app.ui.icons import icon
from app.ui.kit.buttons import Weight, button
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.theme import Tone
from app.ui.words.journal import action_words
from app.ui.words.messages import sentence, shown

OFFERED = 10


class UndoDesk(QObject):
    """Says everything in the banner of the page shown; asks nothing beforehand, offers the way back after."""

    def __init__(self, context: Context, page: Callable[[], Page | None], window: QWidget) -> None:
        super().__init__(window)
        self._tasks = context.tasks
        self._navigator = context.navigator
        self._page = page  # None while the window is locked
        self._window = window
        self.menu: QMenu | None = None
        self.button = button(self.tr("撤销"), self.show_menu, weight=Weight.LINK)
        self.button.setObjectName("stripButton")
        self.button.setToolTip(self.tr("今天做过的操作，可以撤销  Ctrl+Z"))
        self.button.setAccessibleDescription(self.button.toolTip())
        for keys, then in (
            ("Ctrl+Z", self.undo_last),
            ("Ctrl+Shift+Z", self.redo_last),
            ("Ctrl+Y", self.redo_last),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(then)
        self._tasks.can_undo.connect(self.offer)

    def offer(self, action_id: str, name: str) -> None:
        """Offer to take back what was just done; what the page itself says stays."""
        page, words = self._page(), action_words(ActionName(name))
        if page is not None and words:
            page.banner.offer(
                self.tr("已完成：{action}").format(action=words),
                self.tr("撤销“{action}”").format(action=words),
                lambda: self.undo(action_id),
            )

    def undo_last(self) -> None:
        """Take back the last deed that still stands."""
        self._tasks.run(last_actions, OFFERED).then(self._undo_first, owner=self)

    def redo_last(self) -> None:
        """Do again what was taken back last."""
        self._tasks.run(last_actions, OFFERED).then(self._redo_first, owner=self)

    def undo(self, action_id: str) -> None:
        """Take back one deed."""
        if (page := self._page()) is not None:
            page.act(undo_action, action_id, ok=self._undone)

    def redo(self, action_id: str) -> None:
        """Do one deed again."""
        if (page := self._page()) is not None:
            page.act(redo_action, action_id, ok=self._redone)

    def show_menu(self) -> None:
        """List the last deeds over the button."""
        self._tasks.run(last_actions, OFFERED).then(self._open, owner=self)

    def _undo_first(self, done: Sequence[DoneAction]) -> None:
        first = next((one for one in done if one.undone_at is None), None)
        if first is None:
            self._say(self.tr("今天没有可以撤销的操作。"), Tone.INFO)
        else:
            self._choose(first)

    def _redo_first(self, done: Sequence[DoneAction]) -> None:
        undone = [one for one in done if one.undone_at is not None]
        if undone:
            self._choose(max(reversed(undone), key=lambda one: one.undone_at or one.at))
        else:
            self._say(self.tr("没有可以恢复的操作。"), Tone.INFO)

    def _choose(self, one: DoneAction) -> None:
        """Take it back or do it again; where neither is possible, say why."""
        if one.hindrance is not None:
            self._say(sentence(Refused(one.hindrance, **one.details)), Tone.WARN)
        elif one.undone_at is not None:
            self.redo(one.id)
        else:
            self.undo(one.id)

    def _undone(self, done: DoneAction) -> None:
        text = self.tr("已撤销“{action}”　{number}").format(
            action=action_words(done.action), number=done.number
        )
        self._say(text.rstrip("　"), Tone.INFO, self.tr("恢复"), lambda: self.redo(done.id))

    def _redone(self, done: DoneAction) -> None:
        text = self.tr("已恢复“{action}”　{number}").format(
            action=action_words(done.action), number=done.number
        )
        self._say(text.rstrip("　"), Tone.INFO, self.tr("撤销"), lambda: self.undo(done.id))

    def _say(self, text: str, tone: Tone, action: str = "", then: Callable[[], object] | None = None) -> None:
        if (page := self._page()) is not None:
            page.say(text, tone, action=action, then=then)

    def _open(self, done: Sequence[DoneAction]) -> None:
        self.menu = QMenu(self._window)
        self.menu.setAccessibleName(self.tr("最近的操作"))
        if not done:
            self.menu.addAction(self.tr("今天没有可以撤销的操作")).setEnabled(False)
        for one in done:
            self.menu.addAction(self._entry(one))
        self.menu.addSeparator()
        bin_entry = self.menu.addAction(icon("trash-2", "sub", 16), self.tr("回收站"))
        bin_entry.triggered.connect(lambda: self._navigator.goto(Place.BIN))
        height = self.menu.sizeHint().height()
        self.menu.popup(self.button.mapToGlobal(QPoint(0, -height)))

    def _entry(self, one: DoneAction) -> QAction:
        text = self.tr("恢复“{action}”") if one.undone_at else self.tr("撤销“{action}”")
        words = text.format(action=action_words(one.action))
        made = QAction(f"{words}　{one.number}\t{shown(one.at)}".replace("　\t", "\t"), self.menu)
        if one.hindrance is not None:
            made.setIcon(icon("lock", "faint", 16))
            made.setToolTip(sentence(Refused(one.hindrance, **one.details)))
        else:
            made.setIcon(icon("refresh-cw" if one.undone_at else "undo-2", "primary", 16))
        made.triggered.connect(lambda: self._choose(one))
        return made
