"""The guards of the state machine: what stands in the way is refused, named, and shown beforehand."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.cases import Consent, Difficulty, PartyRole, Refusal
from app.domain.casework.hindrances import HindranceCode
from app.domain.casework.inputs import (
    CorrectInput,
    CountyAnswer,
    EscalateInput,
    MergeInput,
    OnSpotInput,
    TransferAnswer,
    TransferInput,
    TriageInput,
    WithdrawInput,
)
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus, Deed, Outcome
from app.domain.life.codes import (
    LinkKind,
    Procedure,
    ReferralKind,
    ReferralReply,
    Termination,
)
from app.services.agreements.writing import save_agreement
from app.services.cases.decisions import accept_case, record_consent, refuse_case
from app.services.cases.people import similar_cases
from app.services.cases.register import register_case
from app.services.flow.mediation import terminate_case
from app.services.flow.merging import merge_cases
from app.services.flow.on_spot import not_on_spot, settle_on_spot
from app.services.flow.referrals import answer_county, answer_transfer, escalate_case, transfer_case
from app.services.flow.triage import correct_case, raise_level, triage_case, withdraw_case
from tests.conftest import THE_DAY, intake, person
from tests.services import flow_stage as by
from tests.services.flow_stage import REMEDIES, TRANSFER, Life, life
from tests.services.stage import problems, refusal, settlement, stage

__all__ = ["life", "stage"]
_S = CaseStatus
TOMORROW = THE_DAY + timedelta(days=1)


# G0


def test_the_same_dispute_within_a_year_is_offered_before_registering(life: Life) -> None:
    life.run(register_case, intake())
    assert [case.type_a for case in life.run(similar_cases, intake())] == ["02"]
    life.clock.forward(days=366)
    assert life.run(similar_cases, intake()) == ()


# G1


def test_acceptance_waits_for_consent_and_the_page_says_whose(life: Life) -> None:
    wanted = intake(
        parties=(intake().parties[0], replace(intake().parties[1], consent=Consent.UNASKED)),
    )
    case = life.run(register_case, wanted)
    way = life.ways(case)[Deed.ACCEPT]
    assert not way.open
    assert (way.hindrances[0].code, way.hindrances[0].cure) == (HindranceCode.CONSENT_MISSING, Deed.CONSENT)
    assert refusal(life.workspace, accept_case, case.id, True, False).reason == Reason.CONSENT_MISSING
    life.run(record_consent, case.id, case.parties[1].id, Consent.REFUSED)
    assert life.codes(Deed.ACCEPT, case) == {HindranceCode.CONSENT_REFUSED}
    life.run(record_consent, case.id, case.parties[1].id, Consent.WRITTEN)
    assert life.ways(case)[Deed.ACCEPT].open


def test_accepting_starts_the_limit_of_its_procedure(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    life.run(triage_case, case.id, TriageInput(procedure=Procedure.LABOUR))
    by.accept(life, case)
    assert "T-MED-LAB" in {found.code for found in life.now(case).deadlines}


# G2


def test_a_refusal_names_its_reason_and_tells_the_remedies(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    wrong = problems(life.workspace, refuse_case, case.id, Refusal.OTHER, "", False)
    assert wrong == {"note": "required", "remedy_told": "required"}
    by.refuse(life, case)
    by.close(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.REJECTED


# triage


def test_a_hard_case_needs_its_reason(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    hard = TriageInput(Difficulty.COMPLEX)
    assert problems(life.workspace, triage_case, case.id, hard) == {"difficulty_reason": "required"}
    sorted_case = life.run(triage_case, case.id, replace(hard, difficulty_reason="涉及十二户", issues="地界"))
    assert (sorted_case.difficulty, sorted_case.standing.triage.issues) == (Difficulty.COMPLEX, "地界")
    again = life.run(triage_case, case.id, TriageInput(note="再看"))
    assert [event.action for event in again.events].count(CaseAction.TRIAGED) == 2


def test_the_level_rises_until_the_county(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    assert life.codes(Deed.RAISE_LEVEL, case) == {HindranceCode.LAST_LEVEL}
    assert life.hindered(raise_level, case.id) == {HindranceCode.LAST_LEVEL}
    life.run(triage_case, case.id, TriageInput(level=2))
    life.clock.forward(days=1)
    raised = life.run(raise_level, case.id)
    assert (raised.standing.triage.level, raised.standing.triage.level_since) == (3, TOMORROW)
    assert problems(life.workspace, triage_case, case.id, TriageInput(level=5)) == {"level": "out_of_range"}


def test_a_correction_over_a_newer_state_is_refused(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    wanted = CorrectInput(case.row_version, "屋檐滴水纠纷", "写得更清楚", "02", "B17", amount_fen=500)
    corrected = life.run(correct_case, case.id, wanted)
    assert (corrected.title, corrected.amount_fen) == ("屋檐滴水纠纷", 500)
    assert refusal(life.workspace, correct_case, case.id, wanted).reason == Reason.STALE
    newer = replace(wanted, row_version=life.now(case).row_version, summary=" ", people_count=1, type_a="")
    assert problems(life.workspace, correct_case, case.id, newer) == {
        "summary": "required", "people_count": "fewer_than_parties", "type_a": "required",
    }  # fmt: skip


def test_who_applied_may_withdraw_only_before_acceptance(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    late = WithdrawInput("不再需要", TOMORROW)
    assert problems(life.workspace, withdraw_case, case.id, late) == {"on": "future_date"}
    accepted = life.bring(_S.ACCEPTED)
    assert (
        refusal(life.workspace, withdraw_case, accepted.id, WithdrawInput("x")).reason == Reason.WRONG_STATUS
    )
    ended = life.run(terminate_case, accepted.id, replace(REMEDIES, reason=Termination.REFUSED))
    assert ended.status == _S.TERMINATED


# G3


def test_a_transfer_names_unit_and_basis_and_asks_consent_for_other_mediators(life: Life) -> None:
    case = life.bring(_S.TRIAGE)
    bare = TransferInput("", "", ReferralKind.HAND_OVER, sent_on=TOMORROW)
    assert problems(life.workspace, transfer_case, case.id, bare) == {
        "unit": "required", "basis": "required", "consented": "required", "sent_on": "future_date",
    }  # fmt: skip
    sent = life.run(transfer_case, case.id, replace(TRANSFER, due_on=TOMORROW))
    assert sent.standing.holder == "石门派出所"
    assert sent.standing.referrals[0].due_on == TOMORROW
    wrong = TransferAnswer(ReferralReply.RETURNED, THE_DAY - timedelta(days=1))
    assert problems(life.workspace, answer_transfer, case.id, wrong) == {
        "note": "required", "on": "before_sending",
    }  # fmt: skip
    back = life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.RETURNED, note="不属本所职责"))
    assert back.status == _S.TRIAGE
    by.transfer(life, case)
    done = life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.DONE, note="已处理"))
    assert (done.status, done.standing.closing.outcome) == (_S.CLOSED, Outcome.TRANSFERRED)
    assert [row.reply for row in done.standing.referrals] == [ReferralReply.RETURNED, ReferralReply.DONE]


def test_the_county_answers_first_what_it_does_and_then_that_it_is_done(life: Life) -> None:
    case = life.bring(_S.TRIAGE)
    assert problems(life.workspace, escalate_case, case.id, EscalateInput(" ")) == {"reason": "required"}
    by.escalate(life, case)
    early = CountyAnswer(ReferralReply.DONE, note="办结")
    assert problems(life.workspace, answer_county, case.id, early) == {"reply": "bad_value"}
    by.county(ReferralReply.JOINT)(life, case)
    twice = CountyAnswer(ReferralReply.JOINT)
    assert problems(life.workspace, answer_county, case.id, twice) == {"reply": "bad_value"}
    done = life.run(answer_county, case.id, early)
    assert done.standing.closing.outcome == Outcome.COUNTY


# merging


def test_a_merged_case_leaves_its_people_and_its_history_in_the_other(life: Life) -> None:
    into, case = life.bring(_S.ASSIGNED), life.bring(_S.REGISTERED)
    assert problems(life.workspace, merge_cases, case.id, MergeInput(case.id, "同")) == {
        "into_id": "merge_itself"
    }
    settled = life.bring(_S.EFFECTIVE)
    closed = MergeInput(settled.id, "同")
    assert problems(life.workspace, merge_cases, case.id, closed) == {"into_id": "merge_closed"}
    merged = life.run(merge_cases, case.id, MergeInput(into.id, "同一屋檐"))
    other = life.now(into)
    assert merged.status == _S.MERGED
    assert [(link.id, link.link) for link in merged.standing.links] == [(into.id, LinkKind.MERGED_INTO)]
    assert [(link.id, link.link) for link in other.standing.links] == [(case.id, LinkKind.TOOK_IN)]
    assert len(other.parties) == 4
    assert CaseAction.TOOK_IN in {event.action for event in other.events}


def test_an_agent_taken_over_stands_for_the_party_of_the_other_case(life: Life) -> None:
    agent = person("c", PartyRole.AGENT, "律师甲", represents=("a",))
    wanted = intake(parties=(*intake().parties, agent))
    into = life.run(register_case, intake())
    case = life.run(register_case, wanted)
    life.run(merge_cases, case.id, MergeInput(into.id, "同一纠纷"))
    people = life.now(into).parties
    assert [party.name for party in people] == ["张㛃", "李䶮", "律师甲"]
    assert people[2].represents == (people[0].id,)


# on the spot


def test_on_the_spot_all_are_present_told_and_served_by_a_fit_mediator(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    lead = life.stage.mediators[0]
    bare = OnSpotInput(lead)
    assert problems(life.workspace, settle_on_spot, case.id, bare) == {
        "rights_told": "required", "all_present": "required", "not_excluded": "required",
    }  # fmt: skip
    ready = OnSpotInput(lead, rights_told=True, all_present=True, not_excluded=True)
    life.run(record_consent, case.id, case.parties[1].id, Consent.REFUSED)
    assert life.hindered(settle_on_spot, case.id, ready) == {HindranceCode.CONSENT_REFUSED}
    life.run(record_consent, case.id, case.parties[1].id, Consent.ORAL)
    here = life.run(settle_on_spot, case.id, ready)
    assert (here.accepted_on, here.rights_told_on) == (THE_DAY, THE_DAY)
    assert {party.consent for party in here.parties} == {Consent.PRESENT}
    assert here.standing.holder == "周国平"
    back = life.run(not_on_spot, case.id)
    assert (back.status, back.accepted_on, back.assignments) == (_S.TRIAGE, None, ())


def test_nobody_settles_the_own_dispute_on_the_spot(life: Life) -> None:
    own = intake(
        parties=(intake().parties[0], person("b", PartyRole.RESPONDENT, "周国平", birth=date(1975, 5, 1)))
    )
    case = life.run(register_case, own)
    ready = OnSpotInput(life.stage.mediators[0], rights_told=True, all_present=True, not_excluded=True)
    assert refusal(life.workspace, settle_on_spot, case.id, ready).reason == Reason.MEDIATOR_IS_PARTY


# G5, G6, G7: what the page says before


def test_the_page_names_what_a_hearing_a_session_and_an_agreement_wait_for(life: Life) -> None:
    child = person("b", PartyRole.RESPONDENT, "李小满", birth=date(2015, 3, 1))
    case = life.bring(_S.ASSIGNED, intake(parties=(intake().parties[0], child)))
    assert life.codes(Deed.SCHEDULE, case) == {HindranceCode.NO_GUARDIAN}
    heard = life.bring(_S.SCHEDULED)
    session = life.ways(heard)[Deed.SESSION]
    assert {found.code for found in session.hindrances} == {HindranceCode.RIGHTS_UNTOLD}
    assert session.open, "the record itself can say that they were told"


def test_an_unsigned_record_hinders_the_agreement(life: Life) -> None:
    case = life.bring(_S.SCHEDULED)
    by.hold_unsigned(life, case)
    assert life.codes(Deed.AGREEMENT, case) == {HindranceCode.SESSION_UNSIGNED}
    refused = refusal(life.workspace, save_agreement, settlement(life.now(case)))
    assert refused.reason == Reason.AGREEMENT_BLOCKED
