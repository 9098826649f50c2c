"""More than one agreement in a case: a part of it, a change, something given up, settled on the spot."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actor import Permission
from app.domain.after.performance import BreachInput, BreachWay, BreachWayInput, DutyState, ReceiptInput
from app.domain.agreements import AgreementForm, AgreementInput, AgreementStatus, AgreementView, SigningInput
from app.domain.cases import CaseView
from app.domain.deadlines import RuleCode
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import HearingStatus
from app.domain.papers.forms import FormId
from app.models.case import Case
from app.services.after.follow_up import declare_breach, take_breach_way
from app.services.after.performance import record_receipt
from app.services.after.view import open_performance
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import (
    abandon_agreement,
    amend_agreement,
    case_agreement,
    case_agreements,
    record_oral_agreement,
    save_agreement,
)
from app.services.cases.register import open_case, register_case
from app.services.hearings.scheduling import open_hearing
from app.services.kernel.history import enter_triage, move, own_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.papers.printing import list_papers
from app.services.sessions.records import hold_session, sign_session
from tests.conftest import THE_DAY, Clock, intake
from tests.services.stage import Stage, minutes, problems, refusal, settlement, stage
from tests.services.test_performance import print_it, signed

__all__ = ["stage"]


@use_case(needs=Permission.CASE_DECIDE)
def settle_on_spot(uow: UnitOfWork, case_id: str) -> None:
    """What deciding to settle on the spot does to the case."""
    case = own_case(uow, case_id)
    enter_triage(uow, case)
    move(uow, case, CaseStatus.ON_SPOT, CaseAction.ON_SPOT)


@use_case(needs=Permission.HEARING_WRITE)
def end_the_rest(uow: UnitOfWork, case_id: str) -> None:
    """What ending the rest of a partly settled case does to it."""
    case = uow.get(Case, case_id)
    case.rest_ended_on = uow.today()
    move(uow, case, CaseStatus.EFFECTIVE, CaseAction.TERMINATED)


@pytest.fixture
def case(stage: Stage) -> CaseView:
    """A case whose session ended with everybody agreeing."""
    made = stage.case()
    stage.session(made)
    return made


def all_of(stage: Stage, case: CaseView) -> tuple[AgreementView, ...]:
    return stage.workspace.run(case_agreements, case.id).value


def actions(stage: Stage, case: CaseView) -> list[CaseAction]:
    return [event.action for event in stage.workspace.run(open_case, case.id).value.events]


def part_of(case: CaseView) -> AgreementInput:
    return settlement(case, partial=True, obligations=settlement(case).obligations[:1])


def hold_again(stage: Stage, case: CaseView) -> None:
    """Another session on the same day, written down and signed."""
    hearing = stage.hearing(case, day=THE_DAY, start=9 * 60, end=10 * 60, notice_waived=True)
    record = minutes(start=9 * 60, end=9 * 60 + 20)
    held = stage.workspace.run(hold_session, hearing.id, record).value
    stage.workspace.run(sign_session, held.id, THE_DAY)


def test_a_partial_agreement_is_signed_and_the_rest_goes_on(stage: Stage) -> None:
    case = stage.case()
    later = stage.hearing(case)
    stage.session(case)
    made = stage.workspace.run(save_agreement, part_of(case)).value
    assert (made.partial, made.seq) == (True, 1)
    assert stage.status(case) == CaseStatus.PARTIAL
    assert stage.workspace.run(open_hearing, later.id).value.status is HearingStatus.SCHEDULED
    stage.workspace.run(print_it, made.id)
    assert stage.status(case) == CaseStatus.SIGNING
    row = stage.workspace.run(case_agreement, case.id).value
    stage.workspace.run(amend_agreement, made.id, part_of(case), row.row_version)
    assert stage.status(case) == CaseStatus.PARTIAL


def test_signed_in_part_the_case_is_mediated_on_and_then_settled(stage: Stage, case: CaseView) -> None:
    part = signed(stage, part_of(case))
    after = stage.workspace.run(open_case, case.id).value
    assert (part.status, after.status) == (AgreementStatus.EFFECTIVE, CaseStatus.PARTIAL)
    assert [one.due_on for one in after.deadlines if one.code == RuleCode.PERFORM] == [date(2026, 9, 30)]
    duty = stage.workspace.run(open_performance, case.id).value.duties[0]
    done = stage.workspace.run(record_receipt, ReceiptInput(duty.id, THE_DAY, note="已改建")).value
    assert (done.status, done.duties[0].state) == (CaseStatus.PARTIAL, DutyState.PERFORMED)
    hold_again(stage, case)
    assert stage.status(case) == CaseStatus.IN_SESSION
    rest = signed(stage, settlement(case, obligations=settlement(case).obligations[1:]))
    assert (rest.seq, rest.number != part.number) == (2, True)
    assert stage.status(case) == CaseStatus.EFFECTIVE
    assert [one.seq for one in all_of(stage, case)] == [1, 2]
    papers = stage.workspace.run(list_papers, case.id).value
    found = [slot.detail for slot in papers if slot.form is FormId.AGREEMENT]
    assert found == [part.number, rest.number]


def test_signed_in_part_and_the_rest_ended_the_part_stands_alone(stage: Stage, case: CaseView) -> None:
    signed(stage, part_of(case))
    stage.workspace.run(end_the_rest, case.id)
    after = stage.workspace.run(open_case, case.id).value
    assert (after.status, after.effective_on) == (CaseStatus.EFFECTIVE, THE_DAY)


def test_an_oral_part_has_effect_while_the_rest_is_open(stage: Stage, case: CaseView) -> None:
    draft = replace(part_of(case), form=AgreementForm.ORAL)
    made = stage.workspace.run(record_oral_agreement, draft).value
    assert (made.status, stage.status(case)) == (AgreementStatus.EFFECTIVE, CaseStatus.PARTIAL)


def test_a_change_is_signed_beside_and_releases_what_was_owed(stage: Stage, case: CaseView) -> None:
    old = signed(stage, settlement(case))
    first = stage.workspace.run(open_performance, case.id).value.duties[1]
    stage.workspace.run(record_receipt, ReceiptInput(first.id, THE_DAY, 300_000))
    rest = replace(settlement(case).obligations[1], amount_fen=500_000)
    draft = settlement(case, obligations=(rest,), replaces_id=old.id)
    change = stage.workspace.run(save_agreement, draft).value
    assert stage.status(case) == CaseStatus.PERFORMING
    assert problems(stage.workspace, save_agreement, draft) == {"replaces_id": "change_pending"}
    stage.workspace.run(print_it, change.id)
    assert stage.status(case) == CaseStatus.PERFORMING
    made = signed_now(stage, change)
    assert (made.status, made.replaces_id) == (AgreementStatus.EFFECTIVE, old.id)
    assert all_of(stage, case)[0].replaced_by_id == change.id
    duties = stage.workspace.run(open_performance, case.id).value.duties
    assert [row.state for row in duties] == [DutyState.RELEASED] * 3 + [DutyState.OPEN]
    assert duties[1].received_fen == 300_000
    dates = stage.workspace.run(open_case, case.id).value.deadlines
    assert [one.due_on for one in dates if one.code == RuleCode.PERFORM] == [date(2026, 9, 10)]
    assert problems(stage.workspace, save_agreement, draft) == {"replaces_id": "unknown"}
    done = stage.workspace.run(record_receipt, ReceiptInput(duties[3].id, THE_DAY, 500_000)).value
    assert done.status == CaseStatus.PERFORMED


def signed_now(stage: Stage, made: AgreementView) -> AgreementView:
    everybody = tuple((row.party_id, THE_DAY) for row in made.signatures)
    signing = SigningInput(everybody, THE_DAY, THE_DAY)
    return stage.workspace.run(record_signatures, made.id, signing).value


def test_a_change_nobody_signs_is_given_up_and_its_number_stays(stage: Stage, case: CaseView) -> None:
    old = signed(stage, settlement(case))
    change = stage.workspace.run(save_agreement, settlement(case, replaces_id=old.id)).value
    stage.workspace.run(print_it, change.id)
    now = stage.workspace.run(case_agreement, case.id).value
    assert now.id == change.id
    given = (abandon_agreement, change.id, "", now.row_version)
    assert problems(stage.workspace, *given) == {"reason": "required"}
    told = stage.workspace.run(abandon_agreement, change.id, "李䶮不同意变更", now.row_version).value
    assert (told.status, told.number) == (AgreementStatus.ABANDONED, now.number)
    assert stage.workspace.run(case_agreement, case.id).value.id == old.id
    assert actions(stage, case)[-1] == CaseAction.AGREEMENT_ABANDONED
    again = stage.workspace.run(save_agreement, settlement(case, replaces_id=old.id)).value
    assert again.seq == 3


def test_the_agreement_a_case_waits_for_is_not_given_up(stage: Stage, case: CaseView) -> None:
    made = stage.workspace.run(save_agreement, settlement(case)).value
    refused = refusal(stage.workspace, abandon_agreement, made.id, "不签了", made.row_version)
    assert (refused.reason, refused.details["status"]) == (Reason.WRONG_STATUS, CaseStatus.AGREED_WRITTEN)


def test_a_written_agreement_is_changed_in_writing_only(stage: Stage, case: CaseView) -> None:
    old = signed(stage, settlement(case))
    draft = settlement(case, form=AgreementForm.ORAL, replaces_id=old.id)
    assert problems(stage.workspace, record_oral_agreement, draft) == {"form": "change_in_writing"}


def test_an_oral_agreement_is_changed_by_another_at_once(stage: Stage, case: CaseView) -> None:
    oral = settlement(case, form=AgreementForm.ORAL)
    old = stage.workspace.run(record_oral_agreement, oral).value
    new = stage.workspace.run(record_oral_agreement, replace(oral, replaces_id=old.id)).value
    assert (new.status, stage.status(case)) == (AgreementStatus.EFFECTIVE, CaseStatus.EFFECTIVE)
    assert [one.replaced_by_id for one in all_of(stage, case)] == [new.id, None]


def test_settled_on_the_spot_it_needs_no_session(stage: Stage) -> None:
    case = stage.workspace.run(register_case, intake()).value
    stage.workspace.run(settle_on_spot, case.id)
    written = refusal(stage.workspace, save_agreement, settlement(case))
    assert written.reason == Reason.WRONG_STATUS
    draft = settlement(case, form=AgreementForm.ORAL)
    early = replace(draft, agreed_on=date(2026, 9, 1))
    assert problems(stage.workspace, record_oral_agreement, early) == {"agreed_on": "before_receipt"}
    part = replace(draft, partial=True)
    assert problems(stage.workspace, record_oral_agreement, part) == {"partial": "bad_value"}
    stage.workspace.run(record_oral_agreement, draft)
    assert stage.status(case) == CaseStatus.EFFECTIVE


def test_after_a_breach_a_new_agreement_takes_the_place_of_the_old(
    stage: Stage, case: CaseView, clock: Clock
) -> None:
    old = signed(stage, settlement(case))
    duties = stage.workspace.run(open_performance, case.id).value.duties
    clock.forward(days=10)
    today = date(2026, 9, 13)
    wrong = BreachInput(case.id, tuple(row.id for row in duties), today, "经多次督促仍未付款。")
    assert problems(stage.workspace, declare_breach, wrong) == {"obligation_ids": "not_overdue"}
    told = stage.workspace.run(declare_breach, replace(wrong, obligation_ids=(duties[1].id,))).value
    assert told.status == CaseStatus.BREACHED
    way = BreachWayInput(case.id, BreachWay.REMEDIATE, today)
    assert problems(stage.workspace, take_breach_way, way) == {"all_agree": "all_must_agree"}
    stage.workspace.run(take_breach_way, replace(way, all_agree=True))
    again = stage.workspace.run(open_case, case.id).value
    assert again.status == CaseStatus.ASSIGNED
    assert [one.name for one in again.assignments] == ["周国平"]
    limits = {one.code: one.raw_on for one in again.deadlines}
    assert limits[RuleCode.MEDIATE] == date(2026, 10, 13)
    hearing = stage.hearing(case, day=today, start=8 * 60, end=9 * 60, notice_waived=True)
    held = stage.workspace.run(hold_session, hearing.id, minutes(day=today)).value
    stage.workspace.run(sign_session, held.id, today)
    later = replace(settlement(case).obligations[1], due_on=date(2026, 12, 1))
    draft = settlement(case, agreed_on=today, obligations=(later,), replaces_id=old.id)
    made = stage.workspace.run(save_agreement, draft).value
    stage.workspace.run(print_it, made.id)
    days = SigningInput(tuple((row.party_id, today) for row in made.signatures), today, today)
    stage.workspace.run(record_signatures, made.id, days)
    assert stage.status(case) == CaseStatus.EFFECTIVE
    states = [row.state for row in stage.workspace.run(open_performance, case.id).value.duties]
    assert states == [DutyState.RELEASED] * 3 + [DutyState.OPEN]
