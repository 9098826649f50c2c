"""The forms of a risk report (F26; PML 25): raise one, note the answer, note that it passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView, RiskFlag
from app.domain.work.risks import (
    ClearInput,
    ReportMethod,
    RiskInput,
    RiskLevel,
    RiskReceiver,
    RiskRow,
    police_compulsory,
)
from app.services.work.risks import add_feedback, clear_risk, list_risks, raise_risk
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import button
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import checks, choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import shown
from app.ui.work.small_editors import MinutesEditor


def risk_words(row: RiskRow) -> str:
    """A report in one line: when, what threatens, whom it was told to."""
    flags = "、".join(label(flag) for flag in row.flags)
    return f"{shown(row.reported_at)}　{flags}　{row.receiver}"


class RaiseRiskDialog(Dialog):
    """A sign that the dispute may escalate, and whom it was told to."""

    def __init__(
        self, tasks: Tasks, case: CaseView, reporter: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("登记风险报告"))
        self.submit_button.setText(self.tr("登记"))
        self.setMinimumWidth(px(820))
        self.case = case
        self.rule = Banner()
        self.form = Form(RiskInput, self._fields(), columns=3)
        lead = next((one.name for one in case.assignments if one.lead), "")
        self.form.fill(RiskInput(case.id, case.risk_flags, day=office_today(), reported_by=reporter or lead))
        self.add(self.rule)
        self.add(self.form)
        self.form.field("flags").edited.connect(self._tell_rule)
        self._tell_rule()
        self.draft = DialogDraft(self, tasks, case.id, "risk")

    def _fields(self) -> list[Field]:
        return [
            Field("flags", self.tr("激化迹象"), checks(RiskFlag), required=True, span=FULL_ROW),
            Field("level", self.tr("风险等级"), choice(RiskLevel), required=True),
            Field("people", self.tr("涉及人员"), line(limit=1000), span=2),
            Field("facts", self.tr("情况"), text(3), required=True, span=FULL_ROW),
            Field("measures", self.tr("已采取的措施"), text(2), span=FULL_ROW),
            Field("receiver_kind", self.tr("报告给"), choice(RiskReceiver), required=True),
            Field(
                "receiver", self.tr("接报单位和人"), line(self.tr("如：石门派出所王某"), 100), required=True
            ),
            Field("receiver_phone", self.tr("对方电话"), line(limit=40)),
            Field("method", self.tr("报告方式"), choice(ReportMethod), required=True),
            Field("day", self.tr("报告日期"), DateEditor, required=True),
            Field("minute", self.tr("报告时间"), MinutesEditor, required=True),
            Field("reported_by", self.tr("报告人"), line(limit=50), required=True),
        ]

    def _tell_rule(self) -> None:
        flags = self.form.field("flags").value()
        if police_compulsory(flags, self.case.parties, office_today()):
            self.rule.say(
                self.tr(
                    "疑似对未成年人或者无、限制民事行为能力人实施家庭暴力，必须立即向公安机关报案（反家庭暴力法第十四条）。"
                ),
                Tone.BAD,
                lasting=True,
            )
        else:
            self.rule.say(
                self.tr(
                    "可能激化的，采取针对性预防措施；可能引起治安案件、刑事案件的，及时报告公安机关（人民调解法第二十五条）。"
                    "没有解除以前，本案不能销号。"
                ),
                Tone.WARN,
                lasting=True,
            )

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            self.act(raise_risk, wanted)


@dataclass(frozen=True, slots=True)
class ClearFields:
    """Which report is cleared, when, and how one knows."""

    report: RiskRow
    cleared_on: date | None
    note: str = ""


class ClearRiskDialog(Dialog):
    """That a risk passed; of several open reports one is chosen."""

    def __init__(self, tasks: Tasks, rows: Sequence[RiskRow], parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("解除风险"))
        self.submit_button.setText(self.tr("解除"))
        self.setMinimumWidth(px(600))
        reports = [(row, risk_words(row)) for row in rows]
        note = self.tr("如：双方已书面和解，派出所回访无异常")
        self.form = Form(
            ClearFields,
            [
                Field("report", self.tr("风险报告"), choice(reports)),
                Field("cleared_on", self.tr("解除日期"), DateEditor, required=True),
                Field("note", self.tr("依据"), text(3, note), required=True),
            ],
            columns=1,
        )
        self.form.fill(ClearFields(rows[0], office_today()))
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            row = fields.report
            self.act(clear_risk, row.id, ClearInput(fields.cleared_on, fields.note), row.row_version)


@dataclass(frozen=True, slots=True)
class FeedbackFields:
    """What the receiver did."""

    feedback: str


class FeedbackDialog(Dialog):
    """What the receiver of a report did about it."""

    def __init__(self, tasks: Tasks, row: RiskRow, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("登记反馈：{receiver}").format(receiver=row.receiver))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(520))
        self._row = row
        self.form = Form(
            FeedbackFields, [Field("feedback", self.tr("反馈"), text(4), required=True)], columns=1
        )
        self.form.fill(FeedbackFields(row.feedback))
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            self.act(add_feedback, self._row.id, fields.feedback, self._row.row_version)


class RiskDialog(RaiseRiskDialog):
    """What a case opens: a new report, and above it the way to clear those still open."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(tasks, case, parent=parent)
        self.clearing: ClearRiskDialog | None = None
        self.clear_button = button(self.tr("解除风险…"), self.clear)
        self.clear_button.hide()
        self.add_foot(self.clear_button)
        self._open: list[RiskRow] = []
        tasks.run(list_risks, case.id).then(self._take, owner=self)

    def _take(self, rows: Sequence[RiskRow]) -> None:
        self._open = [row for row in rows if row.cleared_on is None]
        self.clear_button.setVisible(bool(self._open))
        if self._open and not self.form.dirty:
            said = self.tr("本案有 {n} 份风险报告没有解除。平息了的请解除；又有新情况的，在下面再登记一份。")
            self.banner.say(
                said.format(n=len(self._open)), Tone.INFO, action=self.tr("解除风险…"), then=self.clear
            )

    def clear(self) -> None:
        """Ask which report passed; then nothing is left to do here."""
        if self.tasks is not None and self._open:
            self.clearing = ClearRiskDialog(self.tasks, self._open, self)
            self.clearing.accepted.connect(self.reject)
            self.clearing.open()
