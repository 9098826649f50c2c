"""The ledger: paid in parts, voided, put off, waived, done at once, until the case is performed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.actor import Permission, Role
from app.domain.after.performance import (
    DemandInput,
    DemandMethod,
    DutyState,
    PerformanceView,
    PerformedInput,
    PostponementInput,
    ReceiptInput,
    ReleaseInput,
)
from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    AgreementView,
    ObligationInput,
    ObligationKind,
    SigningInput,
)
from app.domain.cases import CaseView
from app.domain.deadlines import RuleCode
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.models.agreement import Agreement
from app.models.case import Case
from app.services.after.performance import (
    perform_at_once,
    postpone_obligation,
    record_demand,
    record_receipt,
    release_obligation,
    void_receipt,
)
from app.services.after.view import open_performance
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import number_agreement, record_oral_agreement, save_agreement
from app.services.cases.register import open_case
from app.services.exchange.body_check import check_body
from app.services.exchange.bundles import bundle_of
from app.services.journal.undo import last_actions, undo_action
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from tests.conftest import THE_DAY, Clock, acting
from tests.services.stage import Stage, audited, problems, refusal, settlement, stage

__all__ = ["stage"]
SEPTEMBER_10, SEPTEMBER_30, OCTOBER_10 = date(2026, 9, 10), date(2026, 9, 30), date(2026, 10, 10)


@use_case(needs=Permission.PAPER_PRINT)
def print_it(uow: UnitOfWork, agreement_id: str) -> str:
    """What printing does to the agreement."""
    return number_agreement(uow, uow.get(Agreement, agreement_id))


def signed(stage: Stage, wanted: AgreementInput) -> AgreementView:
    """The agreement written, printed and signed by everybody today."""
    made = stage.workspace.run(save_agreement, wanted).value
    stage.workspace.run(print_it, made.id)
    everybody = tuple((row.party_id, THE_DAY) for row in made.signatures)
    return stage.workspace.run(record_signatures, made.id, SigningInput(everybody, THE_DAY, THE_DAY)).value


@pytest.fixture
def case(stage: Stage) -> CaseView:
    """A case whose written agreement took effect today: an act and two payments are owed."""
    made = stage.case()
    stage.session(made)
    signed(stage, settlement(made))
    return made


def ledger(stage: Stage, case: CaseView) -> PerformanceView:
    return stage.workspace.run(open_performance, case.id).value


def promised(stage: Stage, case: CaseView) -> list[date]:
    dates = stage.workspace.run(open_case, case.id).value.deadlines
    return [found.due_on for found in dates if found.code == RuleCode.PERFORM]


def test_payments_add_up_until_everything_is_performed(stage: Stage, case: CaseView, clock: Clock) -> None:
    act, first, second = ledger(stage, case).duties
    assert [row.state for row in (act, first, second)] == [DutyState.OPEN] * 3
    paid = ReceiptInput(first.id, THE_DAY, 400_000, "转账", "尾号1234")
    told = stage.workspace.run(record_receipt, paid).value
    row = told.duties[1]
    assert (row.received_fen, row.open_fen, row.state) == (400_000, 600_000, DutyState.PARTLY)
    assert stage.status(case) == CaseStatus.PERFORMING
    clock.forward(days=5)
    stage.workspace.run(record_receipt, replace(paid, on=date(2026, 9, 8), amount_fen=600_000))
    assert promised(stage, case) == [SEPTEMBER_30, OCTOBER_10]
    stage.workspace.run(record_receipt, ReceiptInput(second.id, THE_DAY, 230_050))
    assert stage.status(case) == CaseStatus.PERFORMING
    done = stage.workspace.run(record_receipt, ReceiptInput(act.id, THE_DAY, note="屋檐已改建")).value
    assert {row.state for row in done.duties} == {DutyState.PERFORMED}
    assert (done.status, done.performed_on) == (CaseStatus.PERFORMED, date(2026, 9, 8))
    assert promised(stage, case) == []
    actions = [event.action for event in stage.workspace.run(open_case, case.id).value.events]
    assert actions[-2:] == [CaseAction.RECEIVED, CaseAction.PERFORMED]
    assert [name for name, _ in audited(stage.workspace)].count("record_receipt") == 4


def test_nobody_pays_more_than_is_owed_or_on_an_impossible_day(stage: Stage, case: CaseView) -> None:
    act, first, _ = ledger(stage, case).duties
    run = stage.workspace
    assert problems(run, record_receipt, ReceiptInput(first.id, THE_DAY, 1_000_001)) == {
        "amount_fen": "more_than_owed"
    }
    stage.workspace.run(record_receipt, ReceiptInput(first.id, THE_DAY, 999_999))
    assert problems(run, record_receipt, ReceiptInput(first.id, THE_DAY, 2)) == {
        "amount_fen": "more_than_owed"
    }
    tomorrow, yesterday = THE_DAY + timedelta(1), THE_DAY - timedelta(1)
    assert problems(run, record_receipt, ReceiptInput(first.id, tomorrow, 0)) == {
        "on": "future_date",
        "amount_fen": "bad_amount",
    }
    assert problems(run, record_receipt, ReceiptInput(act.id, yesterday)) == {
        "on": "before_agreement",
        "note": "required",
    }
    stage.workspace.run(record_receipt, ReceiptInput(first.id, THE_DAY, 1))
    assert problems(run, record_receipt, ReceiptInput(first.id, THE_DAY, 1)) == {
        "obligation_id": "nothing_owed"
    }
    acting(stage.workspace, Role.LEADER)
    denied = refusal(stage.workspace, record_receipt, ReceiptInput(act.id, THE_DAY, note="完成"))
    assert denied.reason == Reason.NOT_PERMITTED


def test_a_voided_entry_stays_and_brings_a_performed_case_back(stage: Stage, case: CaseView) -> None:
    done = stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY, "现金")).value
    assert done.status == CaseStatus.PERFORMED
    assert [row.received_fen for row in done.duties] == [0, 1_000_000, 230_050]
    entry = done.duties[1].receipts[0]
    assert problems(stage.workspace, void_receipt, entry.id, " ") == {"reason": "required"}
    back = stage.workspace.run(void_receipt, entry.id, "记错了金额").value
    assert (back.status, back.performed_on) == (CaseStatus.PERFORMING, None)
    assert (back.duties[1].state, back.duties[1].open_fen) == (DutyState.OPEN, 1_000_000)
    assert back.duties[1].receipts[0].void_reason == "记错了金额"
    assert promised(stage, case) == [SEPTEMBER_10]
    assert problems(stage.workspace, void_receipt, entry.id, "再来") == {"reason": "already_voided"}


def test_a_day_is_put_off_by_both_and_the_signed_text_stays(
    stage: Stage, case: CaseView, clock: Clock
) -> None:
    first = ledger(stage, case).duties[1]
    wanted = PostponementInput(first.id, SEPTEMBER_10, THE_DAY, both_agreed=False)
    assert problems(stage.workspace, postpone_obligation, wanted) == {
        "to_on": "not_later",
        "both_agreed": "both_must_agree",
    }
    later = replace(wanted, to_on=date(2026, 9, 20), both_agreed=True, reason="秋收后付")
    row = stage.workspace.run(postpone_obligation, later).value.duties[1]
    assert (row.agreed_due_on, row.due_on) == (SEPTEMBER_10, date(2026, 9, 20))
    assert promised(stage, case) == [date(2026, 9, 20), SEPTEMBER_30, OCTOBER_10]
    clock.forward(days=12)
    assert ledger(stage, case).duties[1].state == DutyState.OPEN
    again = replace(later, to_on=date(2026, 9, 25), agreed_on=date(2026, 9, 15))
    stage.workspace.run(postpone_obligation, again)
    assert promised(stage, case)[0] == date(2026, 9, 25)
    clock.forward(days=12)
    row = ledger(stage, case).duties[1]
    assert (row.state, row.days_late) == (DutyState.OVERDUE, 2)


def test_what_is_waived_is_owed_no_more(stage: Stage, case: CaseView) -> None:
    act, first, second = ledger(stage, case).duties
    assert problems(stage.workspace, release_obligation, ReleaseInput(first.id, THE_DAY)) == {
        "note": "required"
    }
    stage.workspace.run(release_obligation, ReleaseInput(first.id, THE_DAY, "申请人自愿放弃"))
    assert stage.status(case) == CaseStatus.EFFECTIVE
    assert promised(stage, case) == [SEPTEMBER_30, OCTOBER_10]
    stage.workspace.run(release_obligation, ReleaseInput(second.id, THE_DAY, "申请人自愿放弃"))
    told = stage.workspace.run(release_obligation, ReleaseInput(act.id, THE_DAY, "已自行改建")).value
    assert (told.status, told.performed_on) == (CaseStatus.PERFORMED, THE_DAY)


def test_who_is_late_is_urged(stage: Stage, case: CaseView, clock: Clock) -> None:
    clock.forward(days=10)
    first = ledger(stage, case).duties[1]
    assert (first.state, first.days_late) == (DutyState.OVERDUE, 3)
    wanted = DemandInput(first.id, date(2026, 9, 13), DemandMethod.PHONE, "答应月底前付清")
    row = stage.workspace.run(record_demand, wanted).value.duties[1]
    assert [(one.method, one.answer) for one in row.demands] == [(DemandMethod.PHONE, "答应月底前付清")]
    late = replace(wanted, on=date(2026, 9, 14))
    assert problems(stage.workspace, record_demand, late) == {"on": "future_date"}


def test_an_oral_agreement_may_be_performed_the_same_day(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    party, other = (one.id for one in case.parties)
    sorry = ObligationInput(ObligationKind.ACT, other, party, None, "当面道歉", "口头", THE_DAY)
    wanted = settlement(case, form=AgreementForm.ORAL, obligations=(sorry,))
    stage.workspace.run(record_oral_agreement, wanted)
    done = stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY)).value
    assert (done.status, done.may_skip_follow_up) == (CaseStatus.PERFORMED, True)
    assert done.duties[0].receipts[0].note == "当面道歉"
    again = refusal(stage.workspace, perform_at_once, case.id, PerformedInput(THE_DAY))
    assert again.reason == Reason.WRONG_STATUS


@use_case(needs=Permission.READ, writes=False)
def sent(uow: UnitOfWork, case_id: str) -> dict[str, object]:
    """The case as it travels, after the check every package goes through."""
    return check_body(bundle_of(uow, uow.get(Case, case_id)), case_id)


def test_what_was_entered_travels_with_the_case(stage: Stage, case: CaseView) -> None:
    act, first, _ = ledger(stage, case).duties
    stage.workspace.run(record_receipt, ReceiptInput(first.id, THE_DAY, 400_000))
    stage.workspace.run(record_demand, DemandInput(first.id, THE_DAY, DemandMethod.WECHAT))
    moved = PostponementInput(act.id, date(2026, 12, 1), THE_DAY, both_agreed=True)
    stage.workspace.run(postpone_obligation, moved)
    change = settlement(case, replaces_id=act.agreement_id)
    stage.workspace.run(save_agreement, change)
    body = stage.workspace.run(sent, case.id).value
    assert [row["amount_fen"] for row in body["receipts"]] == [400_000]
    assert [row["to_on"] for row in body["postponements"]] == ["2026-12-01"]
    assert [row["replaces_id"] for row in body["agreements"]] == [None, act.agreement_id]


def test_the_last_entry_is_taken_back_with_what_it_moved(stage: Stage, case: CaseView) -> None:
    before = ledger(stage, case)
    stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY))
    assert stage.status(case) == CaseStatus.PERFORMED
    last = stage.workspace.run(last_actions).value[0]
    stage.workspace.run(undo_action, last.id)
    assert ledger(stage, case) == before
