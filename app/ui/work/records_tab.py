"""A list of records of a case at the left, the whole of the chosen one at the right."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.flow import LOCKED
from app.ui.cases.case_panels import lines_of
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.dialog import Dialog, ask
from app.ui.kit.page import Page
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.room import Scrolled
from app.ui.theme import px
from app.ui.work.work_tab import WorkTab


class Row(Protocol):
    """What every such record has."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def row_version(self) -> int:
        """Its version."""

    @property
    def case_id(self) -> str:
        """The case it belongs to."""


R = TypeVar("R", bound=Row)
_LEFT = 52  # of a hundred of the width


class RecordsTab(WorkTab, Generic[R]):
    """A subclass names the list, the columns and what is told of a record, and opens its dialog.

    Ins enters a new record, Enter or a double click opens the chosen one, Del removes it.
    """

    needs = Permission.HEARING_WRITE

    def __init__(self, page: Page, title: str, new: str) -> None:
        super().__init__(page)
        self.may_write = page.context.actor.may(self.needs)
        self.table: SmallTable[R] = SmallTable(self.columns(), title=title)
        self.new_button = button(new, lambda: self.edit(None), picture="plus", weight=Weight.PRIMARY)
        self.change_button = button(self.tr("修改"), lambda: self.edit(self.table.current()))
        self.remove_button = button(self.tr("移除"), self.ask_remove)
        self.tools: list[QPushButton] = [self.change_button, self.remove_button]
        self._parted = False  # by the person
        self._detail = QWidget()
        self._holder = QVBoxLayout()
        self._build(title)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._opened)
        for key, done in (("Ins", lambda: self.new_button.click()), ("Del", self.remove_button.click)):
            shortcut = QShortcut(QKeySequence(key), self.table, done)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def columns(self) -> list[Column[R]]:
        """The columns of the list."""
        raise NotImplementedError

    def ask_for(self, case_id: str) -> tuple[Any, ...]:
        """The use case that lists the records, and its arguments."""
        raise NotImplementedError

    def told(self, row: R) -> list[tuple[str, str]]:
        """What the right side tells of a record: names and values."""
        raise NotImplementedError

    def make_dialog(self, row: R | None) -> Dialog:
        """The form of a record, or an empty one."""
        raise NotImplementedError

    def removal(self, row: R) -> tuple[Callable[..., Any], str]:
        """The use case that removes a record, and the question before."""
        raise NotImplementedError

    def empty_text(self, writable: bool) -> str:
        """What stands where there is no record."""
        raise NotImplementedError

    def fixed(self, row: R) -> bool:
        """Whether a record can be changed no more."""
        del row
        return False

    @property
    def writable(self) -> bool:
        """Whether this person may write into this case now."""
        case = self.case
        return self.may_write and case is not None and case.writable and case.status not in LOCKED

    def _build(self, title: str) -> None:
        left, right = Card(margin=12), Card(margin=12)
        left.add(self._line(words(title, "sectionTitle"), None, self.new_button))
        left.add(self.table, 1)
        holder = QWidget()
        holder.setLayout(self._holder)
        self._holder.setContentsMargins(0, 0, 8, 0)
        self._holder.addWidget(self._detail)
        self._holder.addStretch(1)
        right.add(Scrolled(holder), 1)
        self.foot = self._line(*self.tools, None)
        right.add(self.foot)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(12))
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.splitterMoved.connect(self._keep_parted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.split)
        for part in (self.new_button, *self.tools):
            part.setVisible(self.may_write)

    def add_tool(self, made: QPushButton) -> None:
        """One more button under the chosen record."""
        self.tools.append(made)
        self.foot.insertWidget(self.foot.count() - 1, made)

    def _line(self, *parts: QWidget | None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in parts:
            if part is None:
                line.addStretch(1)
            else:
                line.addWidget(part)
        return line

    def _keep_parted(self) -> None:
        self._parted = True

    @override
    def load(self) -> None:
        if self.case is not None:
            case_id = self.case.id
            use_case, *args = self.ask_for(case_id)
            self.tasks.run(use_case, *args).then(lambda rows: self._show(case_id, rows), owner=self)

    def _show(self, case_id: str, rows: Sequence[R]) -> None:
        if self.case is None or case_id != self.case.id:
            return
        kept = getattr(self.table.current(), "id", None)
        self.table.set_empty_text(self.empty_text(self.writable))
        self.table.show_records(rows)
        at = next((at for at, row in enumerate(rows) if row.id == kept), 0)
        if rows:
            self.table.go_to(at)
        self._picked(self.table.current())

    def _picked(self, row: R | None) -> None:
        fresh = QWidget()
        if row is not None:
            fresh.setLayout(lines_of(self.told(row), 84))
        self._holder.replaceWidget(self._detail, fresh)
        self._detail.hide()
        self._detail.deleteLater()
        self._detail = fresh
        self.follow(row)

    def follow(self, row: R | None) -> None:
        """Fit the buttons to what is chosen and allowed."""
        self.new_button.setEnabled(self.writable)
        for part in (self.change_button, self.remove_button):
            part.setEnabled(self.writable and row is not None and not self.fixed(row))

    def _opened(self, _: R) -> None:
        if self.change_button.isEnabled():
            self.change_button.click()

    def edit(self, row: R | None) -> None:
        """Open the form of a record, or an empty one."""
        if self.case is not None:
            self.ask(self.make_dialog(row))

    def ask_remove(self) -> None:
        """Ask before a record goes into the bin."""
        row = self.table.current()
        if row is not None:
            use_case, question = self.removal(row)
            self.dialog = ask(
                self, self.remove_button.text(), question, yes=self.tr("移入回收站"), danger=True,
                then=lambda: self.page.act(use_case, row.id, row.row_version),
            )  # fmt: skip

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._parted:
            left = self.width() * _LEFT // 100
            self.split.setSizes([left, self.width() - left])
