"""Closing a case, striking it off by two persons, opening it again."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.casework.inputs import CloseInput, ReopenInput, StrikeOffInput
from app.domain.flow import Outcome
from app.services.flow.closing import (
    OUTCOME_OF,
    close_case,
    decline_strike_off,
    propose_strike_off,
    strike_off_case,
)
from app.services.flow.reopening import reopen_case
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.clock import office_today
from app.ui.kit.buttons import button
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.editors import text
from app.ui.kit.form import Field
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from app.ui.words.labels import label


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a proposal goes back."""

    reason: str = ""


class CloseDialog(FlowDialog):
    """结案: how the case ended follows from where it stands."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("结案"), self.tr("结案")), tasks, case, parent)
        outcome = OUTCOME_OF.get(case.status)
        if outcome is Outcome.FAILED and case.effective_on is not None:
            outcome = Outcome.BREACHED
        if outcome is not None:
            self.tell(self.tr("结案方式：{outcome}").format(outcome=label(outcome)), "sectionTitle")
        for line in self._found():
            self.tell(line, "")
        self.form = self.make_form(
            CloseInput,
            [Field("on", self.tr("结案日期"), DateEditor), Field("note", self.tr("处理结果"), text(3))],
        )
        self.form.fill(CloseInput(on=office_today()))

    def _found(self) -> Iterator[str]:
        """What the closing rests on."""
        case, ending = self.case, self.case.standing.ending
        if case.refusal is not None:
            yield self.tr("不予受理：{reason}").format(reason=label(case.refusal))
        if case.effective_on is not None:
            yield self.tr("协议生效：{day}").format(day=date_words(case.effective_on))
        if case.standing.closing.performed_on is not None:
            yield self.tr("履行完毕：{day}").format(day=date_words(case.standing.closing.performed_on))
        if ending.termination is not None:
            yield self.tr("终止原因：{reason}").format(reason=label(ending.termination))
        if ending.remedies_told_on is not None:
            yield self.tr("已告知其他途径：{day}").format(day=date_words(ending.remedies_told_on))
        if ending.withdrawn_on is not None:
            yield self.tr("撤回申请：{day}").format(day=date_words(ending.withdrawn_on))
        for link in case.standing.links:
            yield f"{label(link.link)}：{link.number}"

    @override
    def submit(self) -> None:
        """Close it."""
        given = self.form.value()
        if given is not None:
            self.act(close_case, self.case.id, given)


class StrikeOffDialog(FlowDialog):
    """销号: one person proposes it, another approves it or returns it (G12)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        closing = case.standing.closing
        self.proposed = closing.proposed_on is not None
        submit = self.tr("批准销号") if self.proposed else self.tr("提请销号")
        super().__init__((self.tr("销号"), submit), tasks, case, parent)
        if closing.proposed_on is not None:
            self._show_proposal(closing.proposed_by, date_words(closing.proposed_on))
        else:
            self.tell(self.tr("提请以后，由登记人、提请人以外的另一人审批。"))
            self.form = self.make_form(
                StrikeOffInput,
                [
                    Field("told_applicant_on", self.tr("告知申请人"), DateEditor, required=True),
                    Field("note", self.tr("说明"), text(2)),
                ],
            )
            self.form.fill(StrikeOffInput(office_today()))

    def _show_proposal(self, who: str, day: str) -> None:
        closing = self.case.standing.closing
        self.tell(self.tr("{who}于{day}提请销号。").format(who=who, day=day), "")
        outcome = label(closing.outcome) if closing.outcome else ""
        told = date_words(closing.told_applicant_on) if closing.told_applicant_on else ""
        self.tell(self.tr("结案方式：{outcome}　告知申请人：{day}").format(outcome=outcome, day=told), "")
        self.form = self.make_form(
            Returned, [Field("reason", self.tr("意见"), text(2, self.tr("退回的，写明理由")))]
        )
        self.return_button = button(self.tr("退回"), self.give_back, picture="undo-2")
        self.add_foot(self.return_button)

    @override
    def submit(self) -> None:
        """Propose it, or approve what another proposed."""
        given = self.form.value()
        if given is None:
            return
        if self.proposed:
            self.act(strike_off_case, self.case.id)
        else:
            self.act(propose_strike_off, self.case.id, given)

    def give_back(self) -> None:
        """Return the proposal with its reason."""
        given = self.form.value()
        if given is not None:
            self.act(decline_strike_off, self.case.id, given.reason)


class ReopenDialog(FlowDialog):
    """重新立案: the case goes on as a linked copy under a new number."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("重新立案"), self.tr("重新立案")), tasks, case, parent)
        self.tell(self.tr("另立一件新案，带上原来的当事人和案情，编新的案号；原案保留，两案互相关联。"), "")
        self.form = self.make_form(ReopenInput, [Field("reason", self.tr("理由"), text(3), required=True)])

    @override
    def submit(self) -> None:
        """Open it again, and go to the new case."""
        given = self.form.value()
        if given is not None:
            self.act(reopen_case, self.case.id, given, ok=lambda new: self.lead_on(Place.CASE, new.id))
