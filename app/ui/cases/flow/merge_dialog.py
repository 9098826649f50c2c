"""Choosing the case another one goes on in."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseRow, CaseView
from app.domain.casework.inputs import MergeInput
from app.domain.lists import CaseQuery
from app.domain.values.catalogues import type_a_name
from app.services.cases.listing import case_rows, list_case_ids
from app.services.flow.merging import merge_cases
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.kit.card import words
from app.ui.kit.editors import check, text
from app.ui.kit.form import Field
from app.ui.kit.row_view import SmallTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.due_words import status_tone
from app.ui.words.labels import label

OFFERED = 30
ASKED = 4  # parties whose other cases are offered


class MergeDialog(FlowDialog):
    """并案: the disputes like this one are offered first; any other is found by number, party or pinyin."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("并案"), self.tr("并入所选案件")), tasks, case, parent)
        self.setMinimumWidth(px(700))
        self.search = SearchBox(self.tr("案号、当事人姓名或拼音首字母"))
        self.heading = words("", "sectionTitle")
        self.table: SmallTable[CaseRow] = SmallTable(
            self._columns(),
            title=self.tr("并入的案件"),
            empty=self.tr("没有相似的案件。请在上面输入案号或当事人查找。"),
        )
        self.table.setMinimumHeight(px(150))
        self.add(self.search)
        self.add(self.heading)
        self.add(self.table, 1)
        self.form = self.make_form(
            MergeInput,
            [
                Field("reason", self.tr("并案理由"), text(2), required=True),
                Field("take_parties", self.tr("当事人"), check(self.tr("把本案其他当事人一并加入所选案件"))),
            ],
        )
        self.form.fill(MergeInput("", ""))
        self._names = [party.name for party in case.parties if party.role in PRINCIPALS][:ASKED]
        self._found: dict[str, CaseRow] = {}
        self.search.searched.connect(self.look)
        self.search.left_downwards.connect(self.table.setFocus)
        self.look("")

    def look(self, typed: str) -> None:
        """Offer the cases that fit; without words those like this one."""
        self._found = {}
        self.heading.setText(self.tr("查找结果") if typed else self.tr("同一当事人的其他案件"))
        for asked in [typed] if typed else self._names:
            query = CaseQuery(text=asked, open_only=True)
            self._runner.run(list_case_ids, query).then(lambda ids: self._read(ids[:OFFERED]), owner=self)

    @override
    def submit(self) -> None:
        """Merge it into the marked case."""
        chosen = self.table.current()
        given = self.form.value()
        if chosen is None:
            self.banner.say(self.tr("请先选定并入哪一件案件。"), Tone.WARN)
            return
        if given is not None:
            wanted = MergeInput(chosen.id, given.reason, given.take_parties)
            self.act(merge_cases, self.case.id, wanted)

    def _read(self, ids: Sequence[int]) -> None:
        self._runner.run(case_rows, tuple(ids)).then(self._offer, owner=self)

    def _offer(self, rows: Sequence[CaseRow]) -> None:
        self._found |= {row.id: row for row in rows if row.id != self.case.id}
        offered = sorted(self._found.values(), key=self._unlike)
        self.table.show_records(offered)
        if offered:
            self.table.setCurrentIndex(self.table.table.index(0, 0))

    def _unlike(self, row: CaseRow) -> tuple[int, bool]:
        """Those most like this case first: by the parties they share, then by the kind of dispute."""
        return -sum(name in row.parties for name in self._names), row.type_a != self.case.type_a

    def _columns(self) -> list[Column[CaseRow]]:
        return [
            Column(self.tr("案号"), lambda row: row.number, 210),
            Column(self.tr("当事人"), lambda row: row.parties, stretch=True, bold=True),
            Column(self.tr("纠纷类型"), lambda row: type_a_name(row.type_a), 110),
            Column(
                self.tr("状态"),
                lambda row: label(row.status),
                96,
                tone=lambda row: status_tone(row.status),
                chip=True,
            ),
        ]
