"""我的待办: what waits for the office, the nearest deadline first."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.cases import CaseRow
from app.domain.flow import Step
from app.domain.lists import WorkFilter
from app.domain.values.catalogues import type_a_name
from app.ui.kit.buttons import Segments
from app.ui.kit.card import Card, words
from app.ui.kit.row_view import RowView
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import Tone
from app.ui.today.work_source import Narrow, Part, WorkQuery, WorkSource
from app.ui.words.counting_words import due_tip
from app.ui.words.due_words import due_words, status_tone
from app.ui.words.labels import label

TYPE_COLUMN = 3


class Worklist(Card):
    """Tells `opened(case id)` by Enter or double click, `new_asked` by N, `counted(number of rows)`."""

    opened = Signal(str)
    new_asked = Signal()
    counted = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self._source = WorkSource(tasks, self)
        self._starts: dict[str, int] = {}
        self._title = words(self.tr("我的待办"), "sectionTitle")
        self._count = words("", "sub")
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 案号"))
        self.parts = Segments(
            [
                *((part, label(part)) for part in WorkFilter),
                (Narrow.HEARD, self.tr("今日")),
                (Narrow.NEAR, self.tr("7日内")),
            ]
        )
        self.table = RowView(
            self._columns(), self._source, title=self.tr("待办案件"), key=attrgetter("sk"), parent=self
        )
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 2)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.parts)
        self.add(row)
        self.add(self.table, 1)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.search.searched.connect(lambda _: self.ask())
        self.search.left_downwards.connect(self.enter)
        self.parts.chosen.connect(lambda _: self.ask())
        self.table.opened.connect(lambda case: self.opened.emit(case.id))
        self.table.table.loaded.connect(self._show_count)
        new = QShortcut(QKeySequence("N"), self.table)
        new.setContext(Qt.ShortcutContext.WidgetShortcut)  # a letter elsewhere is text
        new.activated.connect(self.new_asked)

    def _columns(self) -> list[Column[CaseRow]]:
        def due(row: CaseRow) -> tuple[str, Tone | None]:
            return due_words(row, self._source.today, self._starts.get(row.id))

        return [
            Column(
                self.tr("状态"), lambda row: label(row.status), width=88, chip=True,
                tone=lambda row: status_tone(row.status),
            ),
            Column(self.tr("案号"), lambda row: _without_office(row.number), width=132),
            Column(self.tr("当事人"), attrgetter("parties"), width=180, stretch=True),
            Column(self.tr("纠纷类型"), lambda row: type_a_name(row.type_a), width=146),
            Column(
                self.tr("调解员"), lambda row: row.mediators or self.tr("未指派"), width=86,
                tone=lambda row: None if row.mediators else Tone.PLAIN,
            ),
            Column(
                self.tr("下一步"), lambda row: "" if row.step is Step.NONE else label(row.step), width=104
            ),
            Column(
                self.tr("期限"), lambda row: due(row)[0], width=158, tone=lambda row: due(row)[1],
                tip=due_tip,
            ),
        ]  # fmt: skip

    def show_day(self, today: date, starts: Mapping[str, int], near: int) -> None:
        """Ask for the rows as of `today`; `starts`: hearings of today by case, `near`: rows due soon."""
        self._starts = dict(starts)
        self._source.today = today
        self._source.near = near
        if self.table.table.query is None:
            self.ask()
        else:
            self.table.refresh()

    def show_part(self, part: Part) -> None:
        """Show one part, and go into the list."""
        self.parts.set_value(part)
        self.ask()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.table.setColumnHidden(TYPE_COLUMN, compact)

    def count_words(self) -> str:
        """How many rows are shown."""
        return self._count.text()

    def _show_count(self, count: int) -> None:
        self._count.setText(self.tr("{count} 件").format(count=count))
        self.counted.emit(count)

    def _empty(self, query: WorkQuery) -> str:
        if query.typed:
            return self.tr("没有找到“{typed}”。可以换个写法，或到“案件”里查全部案件。").format(
                typed=query.typed
            )
        return self.tr("没有待办的案件。") if query.part is WorkFilter.ALL else self.tr("这一类没有案件。")


def _without_office(number: str) -> str:
    """A case number from its year on: every case here has the same office before it."""
    return number[max(number.find("〔"), 0) :]
