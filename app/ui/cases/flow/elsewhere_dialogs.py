"""Handing a case to another office or to the county, and what they answered."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.casework.inputs import (
    COUNTY_ANSWERS,
    OFFICE_ANSWERS,
    CountyAnswer,
    EscalateInput,
    TransferAnswer,
    TransferInput,
)
from app.domain.life.codes import ReferralKind, ReferralReply
from app.domain.life.standing import ReferralView, referral_kinds
from app.services.flow.referrals import answer_county, answer_transfer, escalate_case, transfer_case
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.editors import check, choice, line, text
from app.ui.kit.form import FULL_ROW, Field
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import label


class TransferDialog(FlowDialog):
    """移送（交办） (G3)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("移送（交办）"), self.tr("移送")), tasks, case, parent)
        self.setMinimumWidth(px(660))
        apt = referral_kinds(case.status)
        kinds = [(kind, label(kind)) for kind in apt]
        self.form = self.make_form(
            TransferInput,
            [
                Field("kind", self.tr("方式"), choice(kinds), required=True),
                Field("unit", self.tr("收件单位"), line(limit=100), required=True),
                Field(
                    "basis",
                    self.tr("依据和理由"),
                    text(2, self.tr("法律依据或职责清单事项")),
                    required=True,
                    span=FULL_ROW,
                ),
                Field(
                    "consented",
                    self.tr("当事人"),
                    check(self.tr("各方同意移交（移交其他调解组织的必须同意）")),
                    span=FULL_ROW,
                ),
                Field("materials", self.tr("移送材料"), text(2), span=FULL_ROW),
                Field("letter_no", self.tr("函号"), line(limit=80)),
                Field("contact", self.tr("联系人电话"), line(limit=100)),
                Field("sent_on", self.tr("送出日期"), DateEditor),
                Field("due_on", self.tr("答复期限"), DateEditor, hint=self.tr("函上没有写的可以不填")),
            ],
            columns=2,
        )
        self.form.fill(TransferInput("", "", apt[0], sent_on=office_today()))
        self.keep_draft("transfer")

    @override
    def submit(self) -> None:
        """Hand it over."""
        given = self.form.value()
        if given is not None:
            self.act(transfer_case, self.case.id, given)


class AnswerTransferDialog(FlowDialog):
    """登记承办单位答复."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("登记承办单位答复"), self.tr("登记")), tasks, case, parent)
        last = _last(case, county=False)
        if last is not None:
            self.tell(_sent(self.tr("{day}交给{unit}。"), last), "")
        taken = last is not None and last.reply is ReferralReply.TAKEN
        offered = OFFICE_ANSWERS - ({ReferralReply.TAKEN} if taken else set())
        replies = [(reply, label(reply)) for reply in ReferralReply if reply in offered]
        self.form = self.make_form(
            TransferAnswer,
            [
                Field("reply", self.tr("答复"), choice(replies), required=True),
                Field("on", self.tr("答复日期"), DateEditor),
                Field("letter_no", self.tr("复函号"), line(limit=80)),
                Field("note", self.tr("处理结果"), text(3, self.tr("办结或退回的，写明结果或理由"))),
            ],
        )
        self.tell(self.tr("已接办：继续等办理结果；已办结：本案可以结案；退回：本单位重新甄别。"))
        self.form.fill(TransferAnswer(replies[0][0], office_today()))

    @override
    def submit(self) -> None:
        """Write the answer down."""
        given = self.form.value()
        if given is not None:
            self.act(answer_transfer, self.case.id, given)


class EscalateDialog(FlowDialog):
    """上报县中心."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("上报县中心"), self.tr("上报")), tasks, case, parent)
        self.setMinimumWidth(px(640))
        self.form = self.make_form(
            EscalateInput,
            [
                Field(
                    "reason",
                    self.tr("上报理由"),
                    text(3, self.tr("本级已做的工作、不能化解的原因")),
                    required=True,
                    span=FULL_ROW,
                ),
                Field("materials", self.tr("随附材料"), text(2), span=FULL_ROW),
                Field("letter_no", self.tr("文号"), line(limit=80)),
                Field("contact", self.tr("联系人电话"), line(limit=100)),
                Field("sent_on", self.tr("上报日期"), DateEditor),
                Field("due_on", self.tr("答复期限"), DateEditor),
            ],
            columns=2,
        )
        self.tell(self.tr("案件资料随下一个案件包报送县中心。"))
        self.form.fill(EscalateInput("", sent_on=office_today()))
        self.keep_draft("escalate")

    @override
    def submit(self) -> None:
        """Report it."""
        given = self.form.value()
        if given is not None:
            self.act(escalate_case, self.case.id, given)


class AnswerCountyDialog(FlowDialog):
    """登记县中心答复: first whether it takes the case, later the end."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("登记县中心答复"), self.tr("登记")), tasks, case, parent)
        last = _last(case, county=True)
        if last is not None:
            self.tell(_sent(self.tr("{day}上报{unit}。"), last), "")
        answered = last is not None and last.reply is not None
        offered = {ReferralReply.DONE} if answered else COUNTY_ANSWERS
        replies = [(reply, label(reply)) for reply in ReferralReply if reply in offered]
        self.form = self.make_form(
            CountyAnswer,
            [
                Field("reply", self.tr("答复"), choice(replies), required=True),
                Field("on", self.tr("答复日期"), DateEditor),
                Field("letter_no", self.tr("文号"), line(limit=80)),
                Field("note", self.tr("意见或结果"), text(3, self.tr("退回或办结的，写明理由或结果"))),
            ],
        )
        self.form.fill(CountyAnswer(replies[0][0], office_today()))

    @override
    def submit(self) -> None:
        """Write the answer down."""
        given = self.form.value()
        if given is not None:
            self.act(answer_county, self.case.id, given)


def _last(case: CaseView, *, county: bool) -> ReferralView | None:
    rows = [row for row in case.standing.referrals if (row.kind is ReferralKind.COUNTY) == county]
    return rows[-1] if rows else None


def _sent(text_: str, row: ReferralView) -> str:
    return text_.format(day=date_words(row.sent_on), unit=row.unit)
