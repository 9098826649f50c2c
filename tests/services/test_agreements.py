"""Settlements: made, changed, numbered, signed, in effect."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.actor import Permission, Role
from app.domain.agreements import (
    AgreementForm,
    AgreementStatus,
    AgreementView,
    FindingCode,
    ObligationInput,
    ObligationKind,
    SignerInput,
    SigningInput,
    SignPlace,
)
from app.domain.cases import AgentPower, CaseView, PartyRole
from app.domain.changes import Topic
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import HearingStatus
from app.domain.values.numbers import Series
from app.models.agreement import Agreement
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import (
    amend_agreement,
    case_agreement,
    check_agreement,
    number_agreement,
    open_agreement,
    record_oral_agreement,
    save_agreement,
)
from app.services.cases.register import open_case
from app.services.hearings.scheduling import (
    cancel_hearing,
    open_hearing,
    reschedule_hearing,
    schedule_hearing,
)
from app.services.kernel.numbering import list_numbers
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.sessions.records import case_sessions, hold_session, sign_session
from tests.conftest import THE_DAY, Clock, acting, intake, person
from tests.services.stage import (
    ELEVEN,
    FRIDAY,
    NINE,
    TEN,
    Stage,
    audited,
    minutes,
    others,
    problems,
    refusal,
    settlement,
    stage,
)

__all__ = ["stage"]


@use_case(needs=Permission.PAPER_PRINT)
def print_it(uow: UnitOfWork, agreement_id: str) -> str:
    """What printing does to the agreement."""
    return number_agreement(uow, uow.get(Agreement, agreement_id))


@pytest.fixture
def case(stage: Stage) -> CaseView:
    """A case whose session ended with everybody agreeing."""
    case = stage.case()
    stage.session(case)
    return case


@pytest.fixture
def printed(stage: Stage, case: CaseView) -> AgreementView:
    """A written agreement out for signing."""
    made = stage.workspace.run(save_agreement, settlement(case)).value
    stage.workspace.run(print_it, made.id)
    return stage.workspace.run(open_agreement, made.id).value


def signed_by_all(agreement: AgreementView, day: date) -> tuple[tuple[str, date | None], ...]:
    return tuple((row.party_id, day) for row in agreement.signatures)


def codes(refused: object) -> set[FindingCode]:
    return {finding.code for finding in refused.details["findings"]}


def test_a_written_agreement_is_a_draft_with_its_sums_in_capitals(stage: Stage, case: CaseView) -> None:
    outcome = stage.workspace.run(save_agreement, settlement(case))
    made = outcome.value
    assert (made.status, made.number, made.copies) == (AgreementStatus.DRAFT, None, 3)
    assert (made.total_fen, made.total_capitals) == (1_230_050, "壹万贰仟叁佰元伍角")
    assert [row.capitals for row in made.obligations] == ["", "壹万元整", "贰仟叁佰元伍角"]
    assert [(row.debtor, row.creditor) for row in made.obligations] == [("李䶮", "张㛃")] * 3
    assert made.missing == ("张㛃", "李䶮", SignPlace.MEDIATOR, SignPlace.SEAL)
    assert {Topic.AGREEMENTS, Topic.CASES} <= outcome.changes
    assert ("save_agreement", made.id) in audited(stage.workspace)
    assert stage.status(case) == CaseStatus.AGREED_WRITTEN
    assert stage.workspace.run(case_agreement, case.id).value == made
    assert refusal(stage.workspace, save_agreement, settlement(case)).reason == Reason.WRONG_STATUS


def test_a_leader_may_read_but_not_settle(stage: Stage, case: CaseView) -> None:
    acting(stage.workspace, Role.LEADER)
    for door in (save_agreement, record_oral_agreement):
        assert refusal(stage.workspace, door, settlement(case)).reason == Reason.NOT_PERMITTED
    assert stage.workspace.run(case_agreement, case.id).value is None
    assert stage.workspace.run(check_agreement, settlement(case)).value == ()


def test_every_wrong_field_is_named(stage: Stage, case: CaseView) -> None:
    party = case.parties[0].id
    nothing = ObligationInput(ObligationKind.MONEY, party, party)
    draft = settlement(
        case, facts="", terms=(" ",), agreed_on=FRIDAY, obligations=(nothing,), form=AgreementForm.ORAL
    )
    assert problems(stage.workspace, save_agreement, draft) == {
        "facts": "required",
        "terms": "required",
        "agreed_on": "future_date",
        "obligations.0.creditor_id": "duplicate",
        "obligations.0.amount_fen": "bad_amount",
        "obligations.0.manner": "required",
        "obligations.0.due_on": "required",
        "form": "bad_value",
    }
    stranger = replace(settlement(case).obligations[0], debtor_id="stranger", act=" ")
    before = settlement(case, agreed_on=date(2026, 9, 1), obligations=(stranger,))
    assert problems(stage.workspace, save_agreement, before) == {
        "agreed_on": "before_acceptance",
        "obligations.0.debtor_id": "required",
        "obligations.0.act": "required",
    }
    assert stage.status(case) == CaseStatus.IN_SESSION


def test_what_the_check_forbids_is_not_made_unless_words_have_a_reason(stage: Stage, case: CaseView) -> None:
    draft = settlement(case, terms=("任何一方不得再向法院起诉。",))
    refused = refusal(stage.workspace, save_agreement, draft)
    assert refused.reason == Reason.AGREEMENT_BLOCKED
    assert codes(refused) == {FindingCode.FORBIDDEN_WORDS}
    with_reason = replace(draft, override_reason="转述一方原话")
    assert stage.workspace.run(save_agreement, with_reason).value.override_reason == "转述一方原话"


def test_no_agreement_before_a_session_was_held_and_signed(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, day=THE_DAY, start=480, end=NINE, notice_waived=True)
    assert refusal(stage.workspace, save_agreement, settlement(case)).reason == Reason.WRONG_STATUS
    session = stage.workspace.run(hold_session, hearing.id, minutes()).value
    refused = refusal(stage.workspace, save_agreement, settlement(case))
    assert codes(refused) == {FindingCode.SESSION_NOT_SIGNED}
    stage.workspace.run(sign_session, session.id, THE_DAY)
    assert stage.workspace.run(save_agreement, settlement(case)).value.status == AgreementStatus.DRAFT


def test_the_number_comes_with_printing_and_stays(stage: Stage, case: CaseView) -> None:
    made = stage.workspace.run(save_agreement, settlement(case)).value
    outcome = stage.workspace.run(print_it, made.id)
    assert stage.workspace.run(print_it, made.id).value == outcome.value
    after = stage.workspace.run(open_agreement, made.id).value
    assert (after.number, after.status) == (outcome.value, AgreementStatus.SIGNING)
    assert {Topic.AGREEMENTS, Topic.NUMBERS} <= outcome.changes
    assert stage.status(case) == CaseStatus.SIGNING
    assert len(stage.workspace.run(list_numbers, Series.AGREEMENT, 2026).value) == 1


def test_a_changed_agreement_keeps_its_number_and_is_signed_anew(
    stage: Stage, case: CaseView, printed: AgreementView
) -> None:
    partial = SigningInput(signed_by_all(printed, THE_DAY), partial=True)
    signed = stage.workspace.run(record_signatures, printed.id, partial).value
    draft = settlement(case, terms=("改为一次付清。",), obligations=settlement(case).obligations[1:])
    assert refusal(stage.workspace, amend_agreement, printed.id, draft, 0).reason == Reason.STALE
    outcome = stage.workspace.run(amend_agreement, printed.id, draft, signed.row_version)
    changed = outcome.value
    assert (changed.number, changed.status) == (printed.number, AgreementStatus.DRAFT)
    assert len(changed.obligations) == 2
    assert len(changed.missing) == 4
    assert Topic.AGREEMENTS in outcome.changes
    assert stage.status(case) == CaseStatus.AGREED_WRITTEN
    again = stage.workspace.run(amend_agreement, printed.id, settlement(case), changed.row_version).value
    assert stage.workspace.run(print_it, again.id).value == printed.number
    assert stage.status(case) == CaseStatus.SIGNING
    other = settlement(case, case_id="elsewhere")
    found = stage.workspace.run(open_agreement, printed.id).value
    assert problems(stage.workspace, amend_agreement, printed.id, other, found.row_version) == {
        "case_id": "bad_value"
    }


def test_the_last_date_brings_it_into_effect(
    stage: Stage, case: CaseView, printed: AgreementView, clock: Clock
) -> None:
    clock.forward(days=5)
    first, second = (row.party_id for row in printed.signatures)
    some = SigningInput(((first, THE_DAY), (second, None)), mediator_signed_on=THE_DAY)
    refused = refusal(stage.workspace, record_signatures, printed.id, some)
    assert (refused.reason, refused.details["who"]) == (Reason.SIGNATURES_MISSING, ("李䶮", SignPlace.SEAL))
    kept = stage.workspace.run(record_signatures, printed.id, replace(some, partial=True)).value
    assert (kept.effective_on, kept.missing) == (None, ("李䶮", SignPlace.SEAL))
    assert stage.status(case) == CaseStatus.SIGNING
    monday = date(2026, 9, 7)
    every = SigningInput(((first, THE_DAY), (second, monday)), THE_DAY, FRIDAY)
    outcome = stage.workspace.run(record_signatures, printed.id, every)
    assert (outcome.value.effective_on, outcome.value.status) == (monday, AgreementStatus.EFFECTIVE)
    assert {Topic.AGREEMENTS, Topic.CASES} <= outcome.changes
    after = stage.workspace.run(open_case, case.id).value
    assert (after.status, after.effective_on) == (CaseStatus.EFFECTIVE, monday)
    assert [event.action for event in after.events][-2:] == [CaseAction.SIGNED, CaseAction.EFFECTIVE]
    assert after.events[-1].note == "2026-09-07"
    assert [actions for actions, _ in audited(stage.workspace)].count("record_signatures") == 2
    assert refusal(stage.workspace, record_signatures, printed.id, every).reason == Reason.WRONG_STATUS


def test_signing_days_lie_between_agreement_and_today(stage: Stage, printed: AgreementView) -> None:
    first, second = (row.party_id for row in printed.signatures)
    early, late = THE_DAY - timedelta(1), FRIDAY
    signing = SigningInput(((first, early), (second, late)), early, late)
    assert problems(stage.workspace, record_signatures, printed.id, signing) == {
        f"signed.{first}": "before_agreement",
        f"signed.{second}": "future_date",
        "mediator_signed_on": "before_agreement",
        "sealed_on": "future_date",
    }
    stranger = SigningInput((("stranger", THE_DAY),))
    assert problems(stage.workspace, record_signatures, printed.id, stranger) == {"signed": "unknown"}
    acting(stage.workspace, Role.LEADER)
    denied = refusal(stage.workspace, record_signatures, printed.id, SigningInput(()))
    assert denied.reason == Reason.NOT_PERMITTED


def test_an_agent_signs_only_with_the_power_to(stage: Stage) -> None:
    def agent(key: str, *powers: AgentPower) -> object:
        return person(key, PartyRole.AGENT, f"代理人{key}", represents=("a",), agent_powers=powers)

    wanted = intake(
        parties=(*intake().parties, agent("甲", AgentPower.SIGN), agent("乙", AgentPower.CONCEDE))
    )
    case = stage.case(wanted)
    stage.session(case)
    party, _, able, unable = (one.id for one in case.parties)
    draft = settlement(case, signers=(SignerInput(party, unable),))
    refused = refusal(stage.workspace, save_agreement, draft)
    assert codes(refused) == {FindingCode.SIGNER_WITHOUT_POWER}
    made = stage.workspace.run(save_agreement, replace(draft, signers=(SignerInput(party, able),))).value
    assert [(row.party, row.signer) for row in made.signatures] == [("张㛃", "代理人甲"), ("李䶮", "李䶮")]


def test_an_oral_agreement_has_effect_and_number_at_once(stage: Stage, case: CaseView) -> None:
    assert problems(stage.workspace, record_oral_agreement, settlement(case)) == {"form": "bad_value"}
    draft = settlement(case, form=AgreementForm.ORAL)
    blocked = refusal(stage.workspace, record_oral_agreement, replace(draft, third_party_asked=False))
    assert codes(blocked) == {FindingCode.THIRD_PARTY_NOT_ASKED}
    outcome = stage.workspace.run(record_oral_agreement, draft)
    made = outcome.value
    assert (made.status, made.effective_on) == (AgreementStatus.EFFECTIVE, THE_DAY)
    assert made.number is not None
    assert (made.signatures, made.missing) == ((), ())
    assert {Topic.AGREEMENTS, Topic.CASES} <= outcome.changes
    after = stage.workspace.run(open_case, case.id).value
    assert (after.status, after.effective_on) == (CaseStatus.EFFECTIVE, THE_DAY)
    assert [event.action for event in after.events[-2:]] == [CaseAction.AGREED_ORALLY, CaseAction.EFFECTIVE]
    assert ("record_oral_agreement", made.id) in audited(stage.workspace)
    assert stage.workspace.run(print_it, made.id).value == made.number


def test_a_settled_case_takes_no_new_time(stage: Stage, case: CaseView) -> None:
    hearing = stage.hearing(case)
    stage.workspace.run(hold_session, stage.hearing(case, day=THE_DAY, notice_waived=True).id, minutes())
    second = stage.workspace.run(case_sessions, case.id).value[-1]
    stage.workspace.run(sign_session, second.id, THE_DAY)
    stage.workspace.run(save_agreement, settlement(case))
    wanted = stage.wanted(case, start=TEN, end=ELEVEN)
    moved = refusal(stage.workspace, reschedule_hearing, hearing.id, wanted, hearing.row_version)
    assert (moved.reason, moved.details["status"]) == (Reason.WRONG_STATUS, CaseStatus.AGREED_WRITTEN)
    again = refusal(stage.workspace, cancel_hearing, hearing.id, "已达成协议")
    assert again.reason == Reason.WRONG_STATUS
    assert refusal(stage.workspace, schedule_hearing, wanted).reason == Reason.WRONG_STATUS


@pytest.mark.parametrize("form", list(AgreementForm))
def test_what_is_still_fixed_is_called_off_when_the_parties_settle(stage: Stage, form: AgreementForm) -> None:
    case = stage.case()
    later = stage.hearing(case)
    stage.session(case)
    settle = save_agreement if form is AgreementForm.WRITTEN else record_oral_agreement
    outcome = stage.workspace.run(settle, settlement(case, form=form))
    assert Topic.HEARINGS in outcome.changes
    assert stage.workspace.run(open_hearing, later.id).value.status is HearingStatus.CANCELLED
    last = stage.workspace.run(open_case, case.id).value.events[-1]
    assert (last.action, last.note) == (
        CaseAction.HEARING_CANCELLED,
        "2026-09-04 09:00-10:00 听证室：已达成协议",
    )
    stage.hearing(stage.case(others()))
