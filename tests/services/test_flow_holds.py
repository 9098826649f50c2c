"""What the steps of a case rest on is not taken from under them: risks, receipts, proposals, ways out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.actor import Actor, Role
from app.domain.after.performance import ReceiptInput
from app.domain.agreements import AgreementForm
from app.domain.cases import CaseView, Consent, Difficulty, PartyRole, Refusal, RiskFlag
from app.domain.casework.hindrances import HindranceCode
from app.domain.casework.inputs import (
    ArchiveInput,
    CloseInput,
    CorrectInput,
    MergeInput,
    OnSpotInput,
    StrikeOffInput,
    SupplementInput,
    TransferAnswer,
    TransferInput,
    TriageInput,
    WithdrawInput,
)
from app.domain.errors import Reason
from app.domain.flow import CaseStatus, Deed, Outcome
from app.domain.intake import ACCEPTANCE_CHECKED, PartyLeave
from app.domain.life.codes import ReferralKind, ReferralReply
from app.domain.people import RelationKind
from app.domain.recusal import RecusalVerdict
from app.domain.roster import AssignInput
from app.domain.work.risks import ClearInput, ReportMethod, RiskInput, RiskLevel, RiskReceiver, RiskRow
from app.models.base import new_id
from app.services.after.performance import record_receipt
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.decisions import accept_case, record_consent, refuse_case
from app.services.cases.register import open_case, register_case
from app.services.flow.closing import (
    close_case,
    decline_strike_off,
    propose_strike_off,
    strike_off_case,
)
from app.services.flow.mediation import terminate_case
from app.services.flow.merging import merge_cases
from app.services.flow.on_spot import settle_on_spot
from app.services.flow.referrals import answer_transfer, transfer_case
from app.services.flow.triage import correct_case, triage_case, withdraw_case
from app.services.flow.volumes import add_supplement, archive_case
from app.services.hearings.scheduling import case_hearings
from app.services.journal.undo import last_actions, undo_action
from app.services.parties.changing import add_party, party_left
from app.services.parties.recusal import list_recusals
from app.services.roster.assignments import assign_mediators
from app.services.roster.recusal import relate_mediator
from app.services.sessions.records import hold_session
from app.services.work.risks import clear_risk, raise_risk
from tests.conftest import intake, person
from tests.services import flow_stage as by
from tests.services.deeds import do, note_visit
from tests.services.flow_stage import Life, life
from tests.services.stage import minutes, problems, refusal, settlement, stage

__all__ = ["life", "stage"]
_S = CaseStatus


def report(life: Life, case: CaseView) -> RiskRow:
    """An open report of a risk."""
    wanted = RiskInput(
        case_id=case.id, flags=(RiskFlag.BRAWL,), level=RiskLevel.RED, facts="扬言要打人",
        receiver_kind=RiskReceiver.POLICE, receiver="石门派出所", method=ReportMethod.PHONE,
        day=life.clock.at.date(), minute=60, reported_by="周国平",
    )  # fmt: skip
    return life.run(raise_risk, wanted)


def calm(life: Life, row: RiskRow) -> None:
    """The risk passed."""
    life.run(clear_risk, row.id, ClearInput(life.clock.at.date(), "已平息"), row.row_version)


def last(life: Life, name: str) -> str:
    """The last action of this use case."""
    return next(done.id for done in life.run(last_actions, 20) if name in str(done.action))


def relate(life: Life, case: CaseView) -> None:
    """The mediator is the other side's brother."""
    person_id = life.now(case).parties[1].person_id
    life.run(relate_mediator, life.stage.mediators[0], person_id, RelationKind.SIBLING)


def refuse_back(life: Life, name: str) -> None:
    """It cannot be taken back: the case went on since."""
    assert refusal(life.workspace, undo_action, last(life, name)).reason == Reason.UNDO_CHANGED


def test_a_receipt_on_which_the_case_was_performed_stays(life: Life) -> None:
    case = life.bring(_S.EFFECTIVE)
    day, duties = life.clock.at.date(), life.agreement(case).obligations
    life.run(record_receipt, ReceiptInput(duties[0].id, day, duties[0].amount_fen, "现金", note="已做"))
    for duty in duties[1:]:
        life.run(record_receipt, ReceiptInput(duty.id, day, duty.amount_fen, "现金", note="已做"))
    assert life.now(case).status == _S.PERFORMED
    first = [done.id for done in life.run(last_actions, 20) if "record_receipt" in str(done.action)]
    assert refusal(life.workspace, undo_action, first[-1]).reason == Reason.UNDO_CHANGED
    life.run(undo_action, first[0])
    assert life.now(case).status != _S.PERFORMED


def test_a_party_that_left_before_the_settlement_stays_gone(life: Life) -> None:
    people = life.people()
    third = person("c", people.parties[1].role, "第三人甲")
    case = life.bring(_S.IN_SESSION, replace(people, parties=(*people.parties, third)))
    gone = life.now(case).parties[2]
    life.run(
        party_left, case.id, gone.id, PartyLeave(reason="退出", on=life.clock.at.date()), gone.row_version
    )
    by.settle_orally(life, case)
    refuse_back(life, "party_left")


def test_a_cleared_risk_stays_cleared_once_the_case_is_struck_off(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    calm(life, report(life, case))
    by.propose(life, case)
    by.strike_off(life, case)
    refuse_back(life, "clear_risk")


def test_a_sign_ticked_at_the_counter_blocks_until_a_report_of_it_is_cleared(life: Life) -> None:
    case = life.bring(_S.CLOSED, replace(life.people(), risk_flags=(RiskFlag.BRAWL, RiskFlag.MASS_EVENT)))
    assert life.codes(Deed.STRIKE_OFF, case) == {HindranceCode.RISK_OPEN}
    assert life.rows()[-1].risky
    calm(life, report(life, case))
    assert not life.codes(Deed.STRIKE_OFF, case)
    assert not life.rows()[-1].risky


@pytest.mark.parametrize("end", [by.refuse, by.withdraw])
def test_a_volume_is_not_locked_over_an_open_risk(life: Life, end: Callable[[Life, CaseView], None]) -> None:
    case = life.bring(_S.REGISTERED)
    row = report(life, case)
    end(life, case)
    assert Deed.RISK in life.ways(case)
    by.close(life, case)
    wanted: ArchiveInput = by.ARCHIVE
    assert HindranceCode.RISK_OPEN in life.hindered(archive_case, case.id, wanted)
    calm(life, row)
    life.run(archive_case, case.id, wanted)


def test_a_case_with_an_open_risk_is_not_merged_away(life: Life) -> None:
    case, into = life.bring(_S.REGISTERED), life.bring(_S.REGISTERED)
    row = report(life, case)
    wanted = MergeInput(into.id, "同一纠纷")
    assert life.hindered(merge_cases, case.id, wanted) == {HindranceCode.RISK_OPEN}
    calm(life, row)
    assert life.run(merge_cases, case.id, wanted).status == _S.MERGED


def test_remedies_told_before_a_breach_are_no_way_taken_after_it(life: Life) -> None:
    case = life.bring(_S.IN_SESSION)
    draft = settlement(life.now(case), form=AgreementForm.ORAL, agreed_on=life.clock.at.date(), partial=True)
    due = tuple(replace(item, due_on=life.clock.at.date()) for item in draft.obligations)
    life.run(record_oral_agreement, replace(draft, obligations=due))
    by.terminate(life, case)
    by.breach(life, case)
    assert life.hindered(close_case, case.id, CloseInput("办结")) == {HindranceCode.NO_WAY_TAKEN}
    by.sue(life, case)
    by.close(life, case)


def test_who_reopened_a_case_may_still_decide_on_it(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    with life.somebody_else("主任"):
        director = life.workspace.actor
        by.reopen(life, case)
    copy = next(row for row in life.rows() if row.case_id != case.id)
    again = life.run(open_case, copy.case_id)
    for party in again.parties:
        life.run(record_consent, again.id, party.id, Consent.ORAL)
    for step in by.PATHS[_S.CLOSED]:
        step(life, again)
    with life.somebody_else("提请人"):
        life.run(propose_strike_off, again.id, StrikeOffInput(life.clock.at.date()))
    assert HindranceCode.SAME_PERSON in life.codes(Deed.STRIKE_OFF, again)
    life.workspace.actor = director
    assert life.run(strike_off_case, again.id).status == _S.STRUCK_OFF


def test_a_proposal_put_back_keeps_who_made_it(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    one, other = (Actor(new_id(), name, frozenset({Role.DIRECTOR})) for name in "甲乙")
    life.workspace.actor = one
    life.run(propose_strike_off, case.id, StrikeOffInput(life.clock.at.date()))
    life.workspace.actor = other
    life.run(decline_strike_off, case.id, "材料不全")
    life.run(propose_strike_off, case.id, StrikeOffInput(life.clock.at.date()))
    for _ in range(2):
        done = next(row for row in life.run(last_actions) if row.undone_at is None)
        life.run(undo_action, done.id)
    life.workspace.actor = one
    assert life.hindered(strike_off_case, case.id) == {HindranceCode.SAME_PERSON}


def test_a_visit_is_taken_back_whatever_the_case_did_since(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    done = do(life.workspace, note_visit, case.id, "上门")
    by.schedule(life, case)
    life.run(undo_action, done)


def test_a_mediation_taken_up_after_a_breach_fails_as_a_whole(life: Life) -> None:
    """A partial agreement came first, a full one was breached: there is no rest that could end alone."""
    case = life.bring(_S.IN_SESSION)
    day = life.clock.at.date()
    draft = settlement(life.now(case), form=AgreementForm.ORAL, agreed_on=day, partial=True)
    draft = replace(draft, obligations=tuple(replace(item, due_on=day) for item in draft.obligations))
    life.run(record_oral_agreement, draft)
    by.hold(life, case)
    life.run(record_oral_agreement, replace(draft, partial=False))
    by.breach(life, case)
    by.mediate_again(life, case)
    by.terminate(life, case)
    assert life.now(case).status == _S.TERMINATED


def test_a_merge_brings_who_is_missing_and_counts_them(life: Life) -> None:
    """Who acts for somebody there and is a party here is missing as a party."""
    here = intake(
        parties=(
            person("a", PartyRole.APPLICANT, "孙甲甲"),
            person("b", PartyRole.RESPONDENT, "乙乙"),
        )
    )
    there = intake(
        people_count=3,
        parties=(
            person("a", PartyRole.APPLICANT, "孙丙丙"),
            person("b", PartyRole.RESPONDENT, "孙丁丁"),
            person("g", PartyRole.AGENT, "乙乙", represents=("b",)),
        ),
    )
    into, case = life.run(register_case, there), life.run(register_case, here)
    life.run(merge_cases, case.id, MergeInput(into.id, "同一纠纷"))
    found = life.now(into)
    assert ("乙乙", PartyRole.RESPONDENT) in {(party.name, party.role) for party in found.parties}
    assert found.people_count == len(found.parties)


def test_nobody_who_refuses_is_brought_into_a_running_mediation(life: Life) -> None:
    into, case = life.bring(_S.ASSIGNED), life.bring(_S.REGISTERED)
    life.run(record_consent, case.id, case.parties[1].id, Consent.REFUSED)
    wanted = MergeInput(into.id, "同一纠纷")
    assert problems(life.workspace, merge_cases, case.id, wanted) == {"take_parties": "merge_refused"}
    assert life.run(merge_cases, case.id, replace(wanted, take_parties=False)).status == _S.MERGED


def test_a_mediator_tied_to_a_party_settles_on_the_spot_only_if_all_want_it(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    relate(life, case)
    wanted = OnSpotInput(life.stage.mediators[0], rights_told=True, all_present=True, not_excluded=True)
    assert refusal(life.workspace, settle_on_spot, case.id, wanted).reason == Reason.RECUSAL
    wanted = replace(wanted, override_reason="别无他人")
    assert problems(life.workspace, settle_on_spot, case.id, wanted) == {"all_keep": "all_must_consent"}
    life.run(settle_on_spot, case.id, replace(wanted, all_keep=True))
    (kept,) = life.run(list_recusals, case.id)
    assert (kept.verdict, set(kept.consented)) == (RecusalVerdict.KEPT, {party.id for party in case.parties})


def test_a_hard_case_takes_two_mediators_on_the_spot_too(life: Life) -> None:
    case = life.bring(_S.TRIAGE)
    life.run(triage_case, case.id, TriageInput(Difficulty.MAJOR, "涉众"))
    lead, other = life.stage.mediators[:2]
    wanted = OnSpotInput(lead, rights_told=True, all_present=True, not_excluded=True)
    assert problems(life.workspace, settle_on_spot, case.id, wanted) == {"co_ids": "co_needed"}
    life.run(settle_on_spot, case.id, replace(wanted, co_ids=(other,)))


def test_ties_found_while_a_case_was_settled_are_looked_at_when_it_is_mediated_again(life: Life) -> None:
    case = life.bring(_S.BREACHED)
    relate(life, case)
    assert life.run(list_recusals, case.id) == ()
    by.mediate_again(life, case)
    assert [row.verdict for row in life.run(list_recusals, case.id)] == [RecusalVerdict.OPEN]


def test_a_department_is_called_while_the_dispute_is_mediated(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    away = TransferInput("派出所", "职责清单")
    assert problems(life.workspace, transfer_case, case.id, away) == {"kind": "bad_value"}
    assert Deed.ANSWER_TRANSFER not in life.ways(case)
    life.run(transfer_case, case.id, replace(away, kind=ReferralKind.WHISTLE))
    life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.DONE, note="已到场处置"))
    assert life.now(case).status == _S.ASSIGNED
    assert Deed.ANSWER_TRANSFER not in life.ways(case)


def test_a_failed_dispute_is_handed_on_and_then_closed(life: Life) -> None:
    case = life.bring(_S.TERMINATED)
    life.run(transfer_case, case.id, TransferInput("县劳动仲裁委", "劳动争议调解仲裁法"))
    life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.TAKEN))
    by.close(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.FAILED


def test_days_of_a_case_lie_between_its_reception_and_today(life: Life) -> None:
    case, day = life.bring(_S.REGISTERED), life.clock.at.date()
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    for wrong, code in ((before, "before_received"), (after, "future_date")):
        assert problems(life.workspace, accept_case, case.id, True, False, wrong) == {"accepted_on": code}
        told = (refuse_case, case.id, Refusal.NO_COMPETENCE, "", True, wrong)
        assert problems(life.workspace, *told) == {"refused_on": code}
        assert problems(life.workspace, withdraw_case, case.id, WithdrawInput("和解", wrong)) == {"on": code}
        letter = replace(by.TRANSFER, sent_on=wrong)
        assert problems(life.workspace, transfer_case, case.id, letter) == {"sent_on": code}
    life.clock.forward(days=3)
    accepted = life.run(accept_case, case.id, True, False, after)
    assert (accepted.accepted_on, accepted.events[-1].note) == (after, ACCEPTANCE_CHECKED)
    early = replace(by.REMEDIES, on=day)
    assert problems(life.workspace, terminate_case, case.id, early) == {"on": "before_acceptance"}
    ended = life.run(terminate_case, case.id, replace(by.REMEDIES, on=after))
    assert ended.standing.ending.terminated_on == after


def test_a_performed_case_is_closed_after_the_visit(life: Life) -> None:
    case = life.bring(_S.PERFORMED)
    day = life.clock.at.date()
    life.clock.forward(days=2)
    by.follow_up(life, case)
    assert problems(life.workspace, close_case, case.id, CloseInput("办结", day)) == {"on": "before_ending"}


def test_who_is_in_a_settled_case_stays_as_it_was(life: Life) -> None:
    case = life.bring(_S.PERFORMED)
    third = person("c", PartyRole.RESPONDENT, "新人")
    assert refusal(life.workspace, add_party, case.id, third).reason == Reason.WRONG_STATUS


def test_a_case_grown_hard_is_heard_by_two(life: Life) -> None:
    case = life.bring(_S.SCHEDULED)
    now = life.now(case)
    harder = CorrectInput(
        now.row_version, now.title, now.summary, now.type_a, now.type_b, difficulty=Difficulty.MAJOR,
        difficulty_reason="涉众",
    )  # fmt: skip
    life.run(correct_case, case.id, harder)
    assert life.codes(Deed.SESSION, case) >= {HindranceCode.NO_SECOND_MEDIATOR}
    hearing = life.run(case_hearings, case.id)[-1]
    held = (hold_session, hearing.id, minutes(day=life.clock.at.date()))
    assert life.hindered(*held) == {HindranceCode.NO_SECOND_MEDIATOR}
    life.run(assign_mediators, AssignInput(case.id, life.stage.mediators[0], (life.stage.mediators[1],)))
    life.run(*held)


def test_who_keeps_the_archive_adds_to_a_locked_volume(life: Life) -> None:
    case = life.bring(_S.ARCHIVED)
    life.workspace.actor = replace(life.workspace.actor, roles=frozenset({Role.ARCHIVIST}))
    added = life.run(add_supplement, case.id, SupplementInput("补入回执一份"))
    assert added.events[-1].note == "补入回执一份"


def test_a_case_that_only_waits_to_be_closed_is_idle(life: Life) -> None:
    life.bring(_S.WITHDRAWN)
    assert life.rows()[-1].idle
