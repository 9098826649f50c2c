"""All cases: search, filter, sort, open, export."""

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.actor import NodeKind, Permission
from app.domain.cases import CaseRow
from app.domain.changes import Changes, Topic
from app.domain.flow import (
    BEFORE_DECISION,
    DECLINED,
    ENDED,
    MEDIATING,
    SETTLED,
    CaseStatus,
    Step,
)
from app.domain.lists import CaseQuery, CaseSort, query_body, query_of
from app.domain.office.offices import town_words
from app.domain.packages import PeerRow
from app.domain.roster import MediatorRow
from app.domain.values.catalogues import DISPUTE_TYPES_A, type_a_name
from app.domain.values.money import format_yuan
from app.services.cases.listing import case_rows, first_case_ids, list_case_ids
from app.services.exchange.peers import list_peers
from app.services.papers.excel import export_case_register
from app.services.roster.entries import list_mediators
from app.ui.clock import office_today
from app.ui.kit.buttons import Segments
from app.ui.kit.card import Card
from app.ui.kit.dialog import save_as
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.page import Page
from app.ui.kit.progress import WorkProgress
from app.ui.kit.row_view import RowView
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import RIGHT, Column, TaskSource
from app.ui.lists.kept_filters import KeptFilters
from app.ui.lists.list_tools import ListTools
from app.ui.navigation import Context, Place
from app.ui.theme import Tone, px
from app.ui.words.counting_words import due_tip
from app.ui.words.due_words import due_words, status_tone
from app.ui.words.labels import label

ROOMY = 1100  # narrower pages leave columns out
WAITING = BEFORE_DECISION | {CaseStatus.RETURNED, CaseStatus.ON_SPOT}
SIGNING = frozenset({CaseStatus.AGREED_WRITTEN, CaseStatus.AGREED_ORAL, CaseStatus.SIGNING})
UNDER_WAY = MEDIATING - SIGNING
EFFECTIVE = SETTLED
CLOSED = ENDED | DECLINED | {CaseStatus.TERMINATED}
_ROOMY_ONLY = (CaseSort.TYPE, CaseSort.RECEIVED, CaseSort.AMOUNT)


class CaseListPage(Page):
    """案件. In a county the cases of every township, without registering."""

    topics: Changes = frozenset({Topic.CASES, Topic.ROSTER, Topic.NODES})

    def __init__(self, context: Context) -> None:
        super().__init__(context, self.tr("案件"))
        self._county = context.office.kind is NodeKind.COUNTY
        self._orgs: dict[str, str] = {}
        self.query = CaseQuery()
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 案号"))
        self.states = Segments(
            [
                (frozenset(), self.tr("全部")),
                (WAITING, self.tr("待受理")),
                (UNDER_WAY, self.tr("调解中")),
                (SIGNING, self.tr("待签署")),
                (EFFECTIVE, self.tr("履行回访")),
                (CLOSED, self.tr("已结束")),
            ]
        )
        self.status = self._filter(self.tr("全部状态"), [(status, label(status)) for status in CaseStatus])
        self.type_a = self._filter(self.tr("全部类型"), list(DISPUTE_TYPES_A.items()))
        self.mediator = self._filter(self.tr("全部调解员"), [])
        self.town = self._filter(self.tr("全部乡镇"), [])
        self.risky = QCheckBox(self.tr("有激化风险"))
        self.progress = WorkProgress()
        self.table: RowView[CaseRow] = RowView(
            self._columns(),
            TaskSource(self.tasks, list_case_ids, case_rows, self, first_ids=first_case_ids),
            title=self.tr("案件"),
            empty=self.tr("还没有案件。"),
            key=attrgetter("sk"),
        )
        self.tools = ListTools(
            self, self.table, self.tr("案件"), exported=self.export, asked=self._asked_words,
            arranged=lambda: self._arrange(wide=self.width() >= px(ROOMY)),
        )  # fmt: skip
        self.kept = KeptFilters(self, self._taken_filter, lambda: query_body(self.query))
        self._build()
        self._wire()

    def _build(self) -> None:
        if self.context.actor.may(Permission.EXCEL_EXPORT):
            self.export_button = self.header.add_button(
                self.tr("导出Excel"), self.export, picture="sheet", shortcut="Ctrl+E"
            )
        if not self._county and self.context.actor.may(Permission.CASE_REGISTER):
            self.header.add_button(
                self.tr("登记新案件"),
                lambda: self.navigator.goto(Place.INTAKE),
                picture="plus",
                primary=True,
                shortcut="Ctrl+N",
            )
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.kept.button)
        row.addWidget(self.status)
        row.addWidget(self.type_a)
        row.addWidget(self.town if self._county else self.mediator)
        row.addWidget(self.risky)
        row.addStretch(1)
        for part, width in ((self.status, 112), (self.type_a, 132), (self.mediator, 120), (self.town, 140)):
            part.setFixedWidth(px(width))
        (self.mediator if self._county else self.town).hide()
        line = QWidget()
        line.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # or it holds the window open
        self._grid = QGridLayout(line)
        self._grid.setContentsMargins(14, 10, 14, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.states, 0, 0)
        self._grid.addWidget(self.search, 0, 1)
        self._grid.addWidget(self._filters, 1, 0, 1, 2)
        card = Card(margin=0)
        card.body.setContentsMargins(1, 0, 1, 1)
        card.add(line)
        card.add(self.progress)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self._arrange(wide=True)

    def _wire(self) -> None:
        self.search.searched.connect(lambda text: self._ask(text=text))
        self.search.left_downwards.connect(self._enter_table)
        self.states.chosen.connect(self._choose_states)
        self.status.edited.connect(self._choose_status)
        self.type_a.edited.connect(lambda: self._ask(type_a=self.type_a.value() or ""))
        self.mediator.edited.connect(lambda: self._ask(mediator_id=self.mediator.value() or ""))
        self.town.edited.connect(lambda: self._ask(org=self.town.value() or ""))
        self.risky.toggled.connect(lambda on: self._ask(risky_only=on))
        self.table.opened.connect(lambda case: self.navigator.goto(Place.CASE, case.id))
        self.table.sort_changed.connect(self._sort)
        self.table.table.loaded.connect(self._tell_count)
        self.table.sort_by(CaseSort.RECEIVED, descending=True)
        find = QShortcut(QKeySequence("F3"), self)
        find.activated.connect(self.search.setFocus)

    @override
    def load(self) -> None:
        if self.table.table.query is None:
            self.table.show_query(self.query)
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.refresh()
        self.kept.load()
        if self._county:
            self.tasks.run(list_peers).then(self._take_towns, owner=self)
        else:
            self.tasks.run(list_mediators).then(self._take_mediators, owner=self)

    def export(self) -> None:
        """Ask where to, then write the cases shown into an Excel book."""
        day = office_today()
        name = self.tr("案件台账_{day}.xlsx").format(day=f"{day:%Y%m%d}")
        save_as(self, self.tr("导出案件台账"), name, self.tr("Excel 工作簿 (*.xlsx)"), self._write_book)

    def _write_book(self, path: Path) -> None:
        request = self.tasks.run_long(export_case_register, self.query)
        self.progress.follow(request, self.tr("正在导出案件台账…"))
        self.export_button.setEnabled(False)
        request.then(lambda book: self._keep_book(path, book), done=self._exported, owner=self)

    def _keep_book(self, path: Path, book: bytes) -> None:
        try:
            path.write_bytes(book)
        except OSError:
            sentence = self.tr("没有导出：{name} 写不进去。请关闭已打开的同名文件，或换一个位置。")
            self.say(sentence.format(name=path.name), Tone.BAD)
            return
        self.say(self.tr("已导出 {n} 件到 {name}").format(n=self.table.table.rowCount(), name=path.name))

    def _exported(self) -> None:
        self.progress.finish()
        self.export_button.setEnabled(True)

    def _columns(self) -> list[Column[CaseRow]]:
        def tone_of(row: CaseRow) -> Tone | None:
            return due_words(row, office_today())[1]

        columns: list[Column[CaseRow]] = [
            Column(
                self.tr("状态"), lambda row: label(row.status), 92, sort_key=CaseSort.STATUS, chip=True,
                tone=lambda row: status_tone(row.status),
            ),
            Column(self.tr("案号"), self._number, 132, sort_key=CaseSort.NUMBER),
            Column(self.tr("当事人"), attrgetter("parties"), 200, sort_key=CaseSort.PARTIES, stretch=True),
            Column(self.tr("纠纷类型"), lambda row: type_a_name(row.type_a), 138, sort_key=CaseSort.TYPE),
            Column(
                self.tr("调解员"), lambda row: row.mediators or self.tr("未指派"), 90,
                sort_key=CaseSort.MEDIATORS, tone=lambda row: None if row.mediators else Tone.PLAIN,
            ),
            Column(
                self.tr("下一步 / 期限"), self._next, 262, sort_key=CaseSort.DUE, tone=tone_of, tip=due_tip,
            ),
            Column(
                self.tr("登记日期"), lambda row: f"{row.received_on:%Y-%m-%d}", 104,
                sort_key=CaseSort.RECEIVED,
            ),
            Column(
                self.tr("涉及金额"),
                lambda row: "" if row.amount_fen is None else format_yuan(row.amount_fen),
                116, RIGHT, CaseSort.AMOUNT,
            ),
        ]  # fmt: skip
        if self._county:
            town: Callable[[CaseRow], str] = lambda row: self._orgs.get(row.org, row.org)  # noqa: E731
            columns.insert(2, Column(self.tr("乡镇"), town, 84))
        return columns

    def _number(self, row: CaseRow) -> str:
        """The number from its year on: the words before it are the office's, the same for all its cases."""
        return row.number[max(row.number.find("〔"), 0) :]

    def _next(self, row: CaseRow) -> str:
        step = "" if row.step is Step.NONE else label(row.step)
        return "　".join(part for part in (step, due_words(row, office_today())[0]) if part)

    def _choose_states(self, statuses: frozenset[CaseStatus]) -> None:
        self.status.set_value(None)
        self._ask(statuses=statuses)

    def _choose_status(self) -> None:
        status = self.status.value()
        self.states.set_value(frozenset())
        self._ask(statuses=frozenset() if status is None else frozenset({status}))

    def _taken_filter(self, body: dict[str, Any]) -> None:
        """Show the list as it was kept, and the fields as they then were."""
        self.query = query = query_of(body)
        single = next(iter(query.statuses)) if len(query.statuses) == 1 else None
        groups = (WAITING, UNDER_WAY, SIGNING, EFFECTIVE, CLOSED)
        self.states.set_value(query.statuses if query.statuses in groups else frozenset())
        self.status.set_value(single)
        self.type_a.set_value(query.type_a or None)
        self.mediator.set_value(query.mediator_id or None)
        self.town.set_value(query.org or None)
        self.risky.blockSignals(True)
        self.risky.setChecked(query.risky_only)
        self.risky.blockSignals(False)
        self.search.show_text(query.text)
        self.table.sort_by(query.sort, descending=query.descending)
        self._ask()

    def _asked_words(self) -> str:
        """What the list was asked, for the head of its paper."""
        query = self.query
        states = "、".join(label(status) for status in CaseStatus if status in query.statuses)
        parts = [
            states,
            type_a_name(query.type_a) if query.type_a else "",
            self.mediator.currentText() if query.mediator_id else "",
            self.town.currentText() if query.org else "",
            self.tr("有激化风险") if query.risky_only else "",
            self.tr("含“{text}”").format(text=query.text) if query.text else "",
        ]
        return "；".join(filter(None, parts))

    def _filter(self, everything: str, options: list[tuple[Any, str]]) -> ChoiceEditor:
        made = ChoiceEditor([(None, everything), *options])
        made.setAccessibleName(everything)
        return made

    def _ask(self, **asked: Any) -> None:
        self.query = replace(self.query, **asked)
        self.table.set_empty_text(self.tr("没有符合条件的案件。可清空搜索框，或改选“全部”。"))
        self.table.show_query(self.query)

    def _sort(self, key: str, descending: bool) -> None:
        self._ask(sort=CaseSort(key), descending=descending)

    def _enter_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.table.table.rowCount():
            self.table.setCurrentIndex(self.table.table.index(0, 0))

    def _tell_count(self, count: int) -> None:
        self.header.set_context(self.tr("{n} 件").format(n=count))

    def _take_mediators(self, rows: tuple[MediatorRow, ...]) -> None:
        self.mediator.set_options([(None, self.tr("全部调解员")), *((row.id, row.name) for row in rows)])

    def _take_towns(self, rows: tuple[PeerRow, ...]) -> None:
        self._orgs = {row.org: town_words(row.name) for row in rows}
        self.town.set_options([(None, self.tr("全部乡镇")), *self._orgs.items()])
        self.table.viewport().update()

    def _arrange(self, *, wide: bool) -> None:
        for section, column in enumerate(self.table.table.columns):
            fits = wide or column.sort_key not in _ROOMY_ONLY
            self.table.setColumnHidden(section, not (fits and self.tools.wanted(section)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= px(ROOMY))
