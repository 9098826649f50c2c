"""全部修改记录: every change of a case, who, when, from what to what."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.office.journal import ChangesPage, FieldChange
from app.services.journal.history import case_changes, field_history, reveal_changes
from app.ui.journal.value_words import value_words
from app.ui.kit.buttons import button
from app.ui.kit.dialog import Dialog
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.journal import action_words, field_words, table_words
from app.ui.words.messages import shown

SHORT = 60


class HistoryDialog(Dialog):
    """The changes of a case or of one row, the latest first, and the chosen one in full below."""

    def __init__(
        self, tasks: Tasks, title: str, *, may_reveal: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(title)
        self.submit_button.setText(self.tr("关闭"))
        self.cancel_button.hide()
        self._runner = tasks
        self._case_id = ""
        self._asked: Any = case_changes
        self._below: int | None = None
        self._changes: list[FieldChange] = []
        self.reveal_button = button(self.tr("显示证件号码"), self._reveal, picture="eye")
        self.reveal_button.setVisible(may_reveal)
        self.more_button = button(self.tr("更早的"), self._load)
        self.more_button.hide()
        self.add_foot(self.more_button)
        self.add_foot(self.reveal_button)
        self.table = self._make_table()
        self.table.picked.connect(self._show_one)
        self.add(self.table, 1)
        self.before, self.after = self._pane(self.tr("原来")), self._pane(self.tr("改为"))
        both = QHBoxLayout()
        both.setSpacing(12)
        for name, pane in ((self.tr("原来"), self.before), (self.tr("改为"), self.after)):
            column = QVBoxLayout()
            column.setSpacing(4)
            word = QLabel(name)
            word.setObjectName("sub")
            column.addWidget(word)
            column.addWidget(pane)
            both.addLayout(column, 1)
        self.add(both)
        room = (parent.window() if parent else self).size()
        screen = QGuiApplication.primaryScreen().availableSize()
        width = min(px(1000), max(room.width(), px(700)) - px(60), screen.width() - px(40))
        height = min(px(640), max(room.height(), px(440)) - px(40), screen.height() - px(60))
        self.resize(width, height)

    def show_case(self, case_id: str) -> None:
        """All changes of a case."""
        self._case_id = case_id
        self._load()

    def show_row(self, row_id: str, field: str | None = None) -> None:
        """The changes of one row, or of one field of it."""
        self.reveal_button.hide()
        self._runner.run(field_history, row_id, field).then(
            lambda changes: self._put(ChangesPage(changes, None)), owner=self
        )

    def _load(self) -> None:
        asked = self._runner.run(self._asked, self._case_id, self._below)
        asked.then(self._put, owner=self)

    def _reveal(self) -> None:
        self._asked, self._below, self._changes = reveal_changes, None, []
        self.reveal_button.hide()
        self._load()

    def _put(self, page: ChangesPage) -> None:
        self._changes += page.changes
        self._below = page.more
        self.more_button.setVisible(page.more is not None)
        self.table.show_records(self._changes)

    def _make_table(self) -> SmallTable[FieldChange]:
        return SmallTable(
            [
                Column(self.tr("时间"), lambda row: shown(row.at), sort_key="n", width=104),
                Column(self.tr("谁"), lambda row: row.who, sort_key="who", width=72),
                Column(self.tr("操作"), partial(_deed, undone=self.tr("（已撤销）")), width=116),
                Column(self.tr("项目"), lambda row: f"{_row(row)}　{self._what(row)}", width=180, tone=_tone),
                Column(self.tr("原来"), lambda row: _cut(self._before(row)), width=116),
                Column(self.tr("改为"), lambda row: _cut(self._after(row)), stretch=True),
            ],
            title=self.tr("全部修改记录"),
            empty=self.tr("还没有修改记录"),
        )

    def _pane(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        made.setAccessibleName(name)
        made.setFixedHeight(px(76))
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return made

    def _show_one(self, row: FieldChange | None) -> None:
        self.before.setPlainText(self._before(row) if row else "")
        self.after.setPlainText(self._after(row) if row else "")

    def _what(self, row: FieldChange) -> str:
        if row.came:
            return self.tr("新增")
        return self.tr("移除") if row.went else field_words(row.name)

    def _before(self, row: FieldChange) -> str:
        return "" if row.came or row.went else value_words(row.name, row.before)

    def _after(self, row: FieldChange) -> str:
        return "" if row.came or row.went else value_words(row.name, row.after)


def _deed(row: FieldChange, undone: str) -> str:
    return action_words(row.action) + (undone if row.undone else "")


def _row(row: FieldChange) -> str:
    return " ".join(filter(None, (table_words(row.name.kind), row.row)))


def _tone(row: FieldChange) -> Tone | None:
    if row.came:
        return Tone.GOOD
    return Tone.BAD if row.went else None


def _cut(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= SHORT else first[: SHORT - 1] + "…"
