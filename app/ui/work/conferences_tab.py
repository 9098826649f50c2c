"""会诊: expert consultations on a case (F28)."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.errors import Refused
from app.domain.roster import ExpertRow
from app.domain.work.conferences import ConferenceInput, ConferenceRow
from app.services.roster.entries import list_experts
from app.services.work.conferences import list_conferences, remove_conference, save_conference
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.page import Page
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.work.investigation_dialog import in_one_field
from app.ui.work.records_tab import RecordsTab
from app.ui.work.small_editors import MembersEditor, MinutesEditor, clock_words


class ConferenceDialog(Dialog):
    """One consultation, new or to be corrected; names of the expert pool are completed."""

    def __init__(
        self,
        tasks: Tasks,
        case: CaseView,
        row: ConferenceRow | None = None,
        recorder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改会诊记录") if row else self.tr("登记会诊"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(820))
        self._row = row
        self.form = Form(ConferenceInput, self._fields(), columns=3)
        self.form.fill(_input(case, row, recorder))
        self.add(self.form)
        self.draft = DialogDraft(self, tasks, row.id if row else case.id, "confer")
        tasks.run(list_experts).then(self._offer, owner=self)

    def _fields(self) -> list[Field]:
        return [
            Field("title", self.tr("题目"), line(limit=100), required=True, span=FULL_ROW),
            Field("day", self.tr("日期"), DateEditor, required=True),
            Field("start", self.tr("开始"), MinutesEditor, required=True),
            Field("end", self.tr("结束"), MinutesEditor, required=True),
            Field("place", self.tr("地点"), line(limit=100), required=True),
            Field("chair", self.tr("主持人"), line(limit=50), required=True),
            Field("recorder", self.tr("记录人"), line(limit=50)),
            Field("members", self.tr("参加人和意见"), MembersEditor, required=True, span=FULL_ROW),
            Field("summary", self.tr("案情"), text(3), required=True, span=FULL_ROW),
            Field("legal_basis", self.tr("法律依据"), text(2), span=FULL_ROW),
            Field("conclusion", self.tr("结论"), text(2), required=True, span=FULL_ROW),
            Field("proposal", self.tr("建议"), text(2), span=FULL_ROW),
        ]

    def _offer(self, experts: Sequence[ExpertRow]) -> None:
        self.form.field("members").offer([(one.name, one.unit) for one in experts if one.active])

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_conference, wanted, *known)

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(in_one_field(refused, ("members",)))


def _input(case: CaseView, row: ConferenceRow | None, recorder: str) -> ConferenceInput:
    if row is None:
        return ConferenceInput(
            case.id, title=case.title, day=office_today(), recorder=recorder, summary=case.summary
        )
    return ConferenceInput(
        case.id, row.title, row.day, row.start, row.end, row.place, row.chair, row.recorder, row.members,
        row.summary, row.legal_basis, row.conclusion, row.proposal,
    )  # fmt: skip


class ConferencesTab(RecordsTab[ConferenceRow]):
    """The consultations on a case, the latest first."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, self.tr("会诊记录"), self.tr("登记会诊"))

    @override
    def columns(self) -> list[Column[ConferenceRow]]:
        return [
            Column(self.tr("日期"), lambda row: date_words(row.day), 124, sort_key="day"),
            Column(self.tr("题目"), lambda row: row.title, 160, stretch=True, bold=True),
            Column(self.tr("主持人"), lambda row: row.chair, 84),
            Column(self.tr("人数"), lambda row: str(len(row.members)), 56),
        ]

    @override
    def ask_for(self, case_id: str) -> tuple[Any, ...]:
        return (list_conferences, case_id)

    @override
    def told(self, row: ConferenceRow) -> list[tuple[str, str]]:
        people = "、".join(f"{one.name}（{one.unit}）" if one.unit else one.name for one in row.members)
        return [
            (self.tr("题目"), row.title),
            (self.tr("时间"), f"{date_words(row.day)} {clock_words(row.start)}－{clock_words(row.end)}"),
            (self.tr("地点"), row.place),
            (self.tr("主持人"), row.chair),
            (self.tr("记录人"), row.recorder),
            (self.tr("参加人"), people),
            (self.tr("案情"), row.summary),
            *((one.name, one.opinion) for one in row.members if one.opinion),
            (self.tr("法律依据"), row.legal_basis),
            (self.tr("结论"), row.conclusion),
            (self.tr("建议"), row.proposal),
        ]

    @override
    def make_dialog(self, row: ConferenceRow | None) -> Dialog:
        assert self.case is not None  # noqa: S101 - `edit` asked
        return ConferenceDialog(self.tasks, self.case, row, self.page.context.actor.name, self)

    @override
    def removal(self, row: ConferenceRow) -> tuple[Any, str]:
        said = self.tr("把会诊记录“{title}”移入回收站？90 天内可以恢复。")
        return remove_conference, said.format(title=row.title)

    @override
    def empty_text(self, writable: bool) -> str:
        if writable:
            return self.tr("还没有会诊记录。疑难案件请专家和部门一起研究时，在这里登记。")
        return self.tr("没有会诊记录。")
