"""Pausing a mediation, ending it without an agreement, and an application taken back."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.casework.inputs import SuspendInput, TerminateInput, WithdrawInput
from app.domain.life.codes import SuspendReason, Termination
from app.services.flow.mediation import suspend_case, terminate_case
from app.services.flow.triage import withdraw_case
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import check, choice, text
from app.ui.kit.form import Field
from app.ui.tasks import Tasks
from app.ui.theme import px


class SuspendDialog(FlowDialog):
    """中止调解."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("中止调解"), self.tr("中止")), tasks, case, parent)
        self.form = self.make_form(
            SuspendInput,
            [
                Field("reason", self.tr("原因"), choice(SuspendReason), required=True),
                Field("note", self.tr("说明"), text(3)),
            ],
        )
        self.tell(self.tr("中止的原因消除以后，再排一次调解会，调解就恢复。"))

    @override
    def submit(self) -> None:
        """Pause it."""
        given = self.form.value()
        if given is not None:
            self.act(suspend_case, self.case.id, given)


class TerminateDialog(FlowDialog):
    """终止调解 (G10): the reason, the remedies told, what stays in issue and what is undisputed."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("终止调解"), self.tr("终止调解")), tasks, case, parent, danger=True)
        self.setMinimumWidth(px(640))
        self.form = self.make_form(
            TerminateInput,
            [
                Field("reason", self.tr("终止原因"), choice(Termination), required=True),
                Field("note", self.tr("说明"), text(2)),
                Field("issues", self.tr("争议焦点"), text(2)),
                Field(
                    "undisputed",
                    self.tr("无争议事实"),
                    text(2, self.tr("各方都认可的事实，逐条写；不作为让步的证据")),
                ),
                Field(
                    "remedies_told",
                    self.tr("告知途径"),
                    check(self.tr("已当面告知各方")),
                    required=True,
                    hint=self.tr("应告知：可以依法通过仲裁、行政、司法等途径维护自己的权利。"),
                ),
                Field("on", self.tr("终止日期"), DateEditor),
            ],
        )
        self.form.fill(
            TerminateInput(Termination.DEADLOCK, issues=case.standing.triage.issues, on=office_today())
        )
        self.keep_draft("terminate")

    @override
    def submit(self) -> None:
        """End it."""
        given = self.form.value()
        if given is not None:
            self.act(terminate_case, self.case.id, given)


class WithdrawDialog(FlowDialog):
    """撤回申请."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("撤回申请"), self.tr("登记撤回")), tasks, case, parent)
        self.form = self.make_form(
            WithdrawInput,
            [
                Field("reason", self.tr("撤回理由"), text(3), required=True),
                Field("on", self.tr("撤回日期"), DateEditor),
            ],
        )
        self.form.fill(WithdrawInput("", office_today()))

    @override
    def submit(self) -> None:
        """Write it down."""
        given = self.form.value()
        if given is not None:
            self.act(withdraw_case, self.case.id, given)
