"""After the agreement: a breach and the ways out of it, visits that follow, or none."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.after.performance import (
    BreachInput,
    BreachWay,
    BreachWayInput,
    FollowUpInput,
    PerformedInput,
    ReceiptInput,
    Satisfaction,
    VisitMethod,
)
from app.domain.agreements import AgreementForm
from app.domain.cases import CaseView
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.services.after.follow_up import declare_breach, record_follow_up, skip_follow_up, take_breach_way
from app.services.after.performance import perform_at_once, record_receipt, void_receipt
from app.services.after.view import open_performance
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.register import open_case
from tests.conftest import THE_DAY, Clock
from tests.services.stage import Stage, problems, refusal, settlement, stage
from tests.services.test_performance import signed

__all__ = ["stage"]
LATER = date(2026, 9, 13)


@pytest.fixture
def case(stage: Stage) -> CaseView:
    """A case whose written agreement took effect today."""
    made = stage.case()
    stage.session(made)
    signed(stage, settlement(made))
    return made


@pytest.fixture
def breached(stage: Stage, case: CaseView, clock: Clock) -> CaseView:
    """The same, ten days later, with the first payment found unpaid."""
    clock.forward(days=10)
    late = stage.workspace.run(open_performance, case.id).value.duties[1]
    wanted = BreachInput(case.id, (late.id,), LATER, "两次督促仍未付款。")
    stage.workspace.run(declare_breach, wanted)
    return case


def visit(case: CaseView, **fields: object) -> FollowUpInput:
    """A visit at the applicant's home today."""
    base = FollowUpInput(
        case_id=case.id,
        party_id=case.parties[0].id,
        day=THE_DAY,
        method=VisitMethod.VISIT,
        performance="已全部履行。",
        satisfaction=Satisfaction.VERY,
        visitors="周国平",
    )
    return replace(base, **fields)


def test_a_breach_has_facts_and_only_what_is_overdue(stage: Stage, case: CaseView) -> None:
    duty = stage.workspace.run(open_performance, case.id).value.duties[1]
    wanted = BreachInput(case.id, (duty.id,), THE_DAY)
    assert problems(stage.workspace, declare_breach, wanted) == {
        "facts": "required",
        "obligation_ids": "not_overdue",
    }
    strange = replace(wanted, facts="没有付款", obligation_ids=("stranger",))
    assert problems(stage.workspace, declare_breach, strange) == {"obligation_ids": "unknown"}


def test_late_payment_ends_a_breach(stage: Stage, breached: CaseView) -> None:
    late = stage.workspace.run(open_performance, breached.id).value
    assert late.status == CaseStatus.BREACHED
    assert [one.facts for one in late.breaches] == ["两次督促仍未付款。"]
    paid = ReceiptInput(late.duties[1].id, LATER, 1_000_000)
    assert stage.workspace.run(record_receipt, paid).value.status == CaseStatus.PERFORMING
    done = stage.workspace.run(perform_at_once, breached.id, PerformedInput(LATER)).value
    assert done.status == CaseStatus.PERFORMED
    back = stage.workspace.run(void_receipt, done.duties[1].receipts[0].id, "退回").value
    assert back.status == CaseStatus.BREACHED  # what the breach named is overdue again


def test_enforcement_names_what_it_rests_on(stage: Stage, breached: CaseView) -> None:
    way = BreachWayInput(breached.id, BreachWay.ENFORCEMENT, LATER)
    assert problems(stage.workspace, take_breach_way, way) == {"way": "not_enforceable"}
    notarised = replace(way, notarised=True)
    assert problems(stage.workspace, take_breach_way, notarised) == {"note": "title_needed"}
    suit = replace(way, way=BreachWay.SUIT)
    assert problems(stage.workspace, take_breach_way, suit) == {"note": "required"}
    told = stage.workspace.run(take_breach_way, replace(suit, note="已告知向县法院起诉")).value
    assert (told.status, told.breaches[0].way) == (CaseStatus.BREACHED, BreachWay.SUIT)
    last = stage.workspace.run(open_case, breached.id).value.events[-1]
    assert (last.action, last.note) == (
        CaseAction.WAY_TAKEN,
        f"suit {LATER}：已告知向县法院起诉",
    )
    early = replace(suit, note="起诉", on=THE_DAY)
    assert problems(stage.workspace, take_breach_way, early) == {"on": "before_breach"}


def test_a_performed_case_is_visited(stage: Stage, case: CaseView) -> None:
    during = stage.workspace.run(record_follow_up, visit(case, performance="还在履行。")).value
    assert during.status == CaseStatus.EFFECTIVE
    stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY))
    wrong = visit(case, party_id="", performance=" ", visitors="", next_on=THE_DAY)
    assert problems(stage.workspace, record_follow_up, wrong) == {
        "party_id": "required",
        "performance": "required",
        "visitors": "required",
        "next_on": "past_date",
    }
    told = stage.workspace.run(record_follow_up, visit(case)).value
    assert told.status == CaseStatus.FOLLOWED_UP
    assert [(one.party, one.satisfaction) for one in told.follow_ups] == [("张㛃", Satisfaction.VERY)] * 2
    later = stage.workspace.run(record_follow_up, visit(case, method=VisitMethod.PHONE)).value
    assert (later.status, len(later.follow_ups)) == (CaseStatus.FOLLOWED_UP, 3)


def test_only_what_was_done_on_the_spot_or_orally_needs_no_visit(
    stage: Stage, case: CaseView, clock: Clock
) -> None:
    clock.forward(days=10)
    stage.workspace.run(perform_at_once, case.id, PerformedInput(LATER))
    assert problems(stage.workspace, skip_follow_up, case.id, "已履行") == {"reason": "follow_up_needed"}


def test_an_oral_agreement_performed_needs_no_visit_but_a_reason(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    stage.workspace.run(record_oral_agreement, settlement(case, form=AgreementForm.ORAL))
    early = refusal(stage.workspace, skip_follow_up, case.id, "口头协议")
    assert early.reason == Reason.WRONG_STATUS
    stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY))
    assert problems(stage.workspace, skip_follow_up, case.id, " ") == {"reason": "required"}
    told = stage.workspace.run(skip_follow_up, case.id, "口头协议，当场履行").value
    assert (told.status, told.no_follow_up) == (CaseStatus.FOLLOWED_UP, "口头协议，当场履行")
