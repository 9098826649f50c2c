"""我的待办: every thing to be done in one list, the most pressing first."""

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.deadlines import RuleCode
from app.domain.today import WorkItem, WorkPart
from app.ui.kit.card import Card, words
from app.ui.kit.row_view import RowView
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.today.item_words import tone_of, what_words, when_words, why_words
from app.ui.today.part_bar import PartBar
from app.ui.today.work_source import WorkQuery, WorkSource
from app.ui.words.counting_words import full_day
from app.ui.words.labels import label

NUMBER_COLUMN = 1
_ASKING = (Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_N)
KEYS_SHOWN = ("Enter", "Space", "F2", "F3", "F5", "Ctrl+P")


class _WorkView(RowView[WorkItem]):
    """Tells `asked(key)` of the letters and keys that ask something of the current line."""

    asked = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ASKING and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.asked.emit(key)
        else:
            super().keyPressEvent(event)


class Worklist(Card):
    """Tells what is asked for of a line: `opened` by Enter, `done_asked` by Space, `explained` by F2.

    `new_asked` by N, `counted(lines of each part)` when the list came, `shown(number of rows)`.
    """

    opened = Signal(object)
    done_asked = Signal(object)
    explained = Signal(object)
    new_asked = Signal()
    counted = Signal(object)
    shown = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self._source = WorkSource(tasks, self)
        self._compact = False
        self._title = words(self.tr("我的待办"), "sectionTitle")
        self._count = words("", "sub")
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 案号"))
        self.parts = PartBar()
        self.table = _WorkView(
            self._columns(), self._source, title=self.tr("今日待办"), key=attrgetter("key"), parent=self
        )
        self.foot = words(self._keys(), "sub")
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.search)
        parts = QHBoxLayout()
        parts.setContentsMargins(14, 0, 14, 2)
        parts.addWidget(self.parts)
        parts.addStretch(1)
        self.foot.setContentsMargins(14, 2, 14, 6)
        self.add(row)
        self.add(parts)
        self.add(self.table, 1)
        self.add(self.foot)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.search.searched.connect(lambda _: self.ask())
        self.search.left_downwards.connect(self.enter)
        self.parts.chosen.connect(lambda _: self.ask())
        self.table.opened.connect(self.opened)
        self.table.table.loaded.connect(self._show_count)
        self._source.counted.connect(self._take_counts)
        self.table.asked.connect(self._tell)

    def _tell(self, key: Qt.Key) -> None:
        item = self.table.current()
        if key == Qt.Key.Key_N:
            self.new_asked.emit()
        elif item is not None:
            (self.done_asked if key == Qt.Key.Key_Space else self.explained).emit(item)

    def _keys(self) -> str:
        does = (
            self.tr("打开"), self.tr("办理"), self.tr("怎么算的"), self.tr("查找"), self.tr("刷新"),
            self.tr("打印清单"),
        )  # fmt: skip
        return "　".join(f"{key} {what}" for key, what in zip(KEYS_SHOWN, does, strict=True))

    def _columns(self) -> list[Column[WorkItem]]:
        def today() -> date:
            return self._source.today

        return [
            Column(self.tr("事项"), lambda row: label(row.key.kind), width=92, chip=True, tone=tone_of),
            Column(self.tr("案号"), lambda row: _without_office(row.number), width=128),
            Column(self.tr("当事人"), what_words, width=176),
            Column(self.tr("为什么"), lambda row: why_words(row, today()), width=260, stretch=True),
            Column(
                self.tr("期限"), lambda row: when_words(row, today()), width=136,
                tone=lambda row: tone_of(row) if row.key.due_on else None, tip=self._tip,
            ),
            Column(self.tr("经办"), lambda row: row.holder, width=84),
        ]  # fmt: skip

    def _tip(self, row: WorkItem) -> str:
        if row.key.due_on is None:
            return when_words(row, self._source.today)
        day = full_day(row.key.due_on)
        if not row.key.code:
            return day
        words_of = self.tr("{rule}：{day}。按 F2 看怎么算的。")
        return words_of.format(rule=label(RuleCode(row.key.code)), day=day)

    def show_day(self, today: date) -> None:
        """Ask for the lines as of `today`."""
        self._source.today = today
        if self.table.table.query is None:
            self.ask()
        else:
            self.table.refresh()

    def show_backup(self, at: datetime | None) -> None:
        """Take in when the newest copy of the data was made."""
        if at != self._source.backup_at:
            self._source.backup_at = at
            if self.table.table.query is not None:
                self.table.refresh()

    def show_part(self, part: WorkPart) -> None:
        """Show one part, and go into the list."""
        self.parts.set_value(part)
        self.ask()
        self.enter()

    def ask(self) -> None:
        """Ask for what is searched and chosen now."""
        query = WorkQuery(self.parts.value(), self.search.text().strip())
        self.table.set_empty_text(self._empty(query))
        self.table.show_query(query)

    def whole(self) -> bool:
        """Whether nothing is left out: no search, no part."""
        return bool(self.table.table.query == WorkQuery())

    def enter(self) -> None:
        """Go from the search line to the list."""
        row = max(self.table.currentIndex().row(), 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.selectRow(row)

    def set_compact(self, compact: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self._title.setHidden(compact)
        self._compact = compact

    def arrange(self, wanted: Callable[[int], bool]) -> None:
        """Show the columns a person has left in the list, where there is room for them."""
        for section in range(len(self.table.table.columns)):
            away = self._compact and section == NUMBER_COLUMN
            self.table.setColumnHidden(section, away or not wanted(section))

    def count_words(self) -> str:
        """How many lines are shown."""
        return self._count.text()

    def asked_words(self) -> str:
        """What the list shows, for the head of its print."""
        query = self.table.table.query or WorkQuery()
        return "　".join(filter(None, (label(query.part), query.typed)))

    def _take_counts(self, counts: dict[WorkPart, int]) -> None:
        self.parts.show_counts(counts)
        self.counted.emit(counts)

    def _show_count(self, count: int) -> None:
        self._count.setText(self.tr("{count} 项").format(count=count))
        self.shown.emit(count)

    def _empty(self, query: WorkQuery) -> str:
        if query.typed:
            return self.tr("没有找到“{typed}”。可以换个写法，或到“案件”里查全部案件。").format(
                typed=query.typed
            )
        if query.part is WorkPart.ALL:
            return self.tr("今天没有待办事项。")
        return self.tr("“{part}”里没有事项。").format(part=label(query.part))


def _without_office(number: str) -> str:
    """A case number from its year on: every case here has the same office before it."""
    return number[max(number.find("〔"), 0) :]
