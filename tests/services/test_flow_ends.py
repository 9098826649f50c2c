"""How a case ends: terminated, closed, struck off by two persons, locked, filed, opened again."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.domain.actor import Permission, Role
from app.domain.cases import Consent
from app.domain.casework.hindrances import HindranceCode
from app.domain.casework.inputs import (
    CloseInput,
    CorrectInput,
    ReopenInput,
    ReportInput,
    StrikeOffInput,
    SupplementInput,
    SuspendInput,
    TerminateInput,
)
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus, Deed, Outcome
from app.domain.hearings import HearingStatus
from app.domain.life.codes import (
    LinkKind,
    Retention,
    SuspendReason,
    Termination,
    VolumeItem,
)
from app.models.flow import RiskReport
from app.services.flow.closing import close_case, decline_strike_off, propose_strike_off, strike_off_case
from app.services.flow.mediation import suspend_case, terminate_case
from app.services.flow.reopening import reopen_case
from app.services.flow.triage import correct_case
from app.services.flow.volumes import add_supplement, archive_case, report_case
from app.services.hearings.scheduling import case_hearings
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from tests.conftest import THE_DAY, acting
from tests.services import flow_stage as by
from tests.services.flow_stage import ARCHIVE, REMEDIES, Life, life
from tests.services.stage import problems, refusal, stage

__all__ = ["life", "stage"]
_S = CaseStatus
TOMORROW = THE_DAY + timedelta(days=1)


# suspension


def test_a_pause_ends_with_the_next_hearing(life: Life) -> None:
    case = life.bring(_S.IN_SESSION)
    other = SuspendInput(SuspendReason.OTHER)
    assert problems(life.workspace, suspend_case, case.id, other) == {"note": "required"}
    by.suspend(life, case)
    life.clock.forward(days=3)
    by.schedule(life, case)
    pause = life.now(case).standing.suspensions[0]
    assert (pause.from_on, pause.to_on) == (THE_DAY, THE_DAY + timedelta(days=3))


# G10


def test_a_mediation_ends_only_after_the_remedies_were_told(life: Life) -> None:
    case = life.bring(_S.SCHEDULED)
    assert problems(life.workspace, terminate_case, case.id, TerminateInput(Termination.OTHER)) == {
        "remedies_told": "required", "note": "required",
    }  # fmt: skip
    ended = life.run(terminate_case, case.id, REMEDIES)
    ending = ended.standing.ending
    assert (ending.termination, ending.remedies_told_on) == (Termination.DEADLOCK, THE_DAY)
    assert (ended.standing.triage.issues, ending.undisputed) == ("责任比例", "屋檐伸出")
    assert {row.status for row in life.run(case_hearings, case.id)} == {HearingStatus.CANCELLED}
    by.close(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.FAILED


def test_ending_the_rest_leaves_the_partial_agreement_in_effect(life: Life) -> None:
    case = life.bring(_S.PARTIAL)
    for step in (by.print_agreement, by.sign, by.hold):
        step(life, case)
    ended = life.run(terminate_case, case.id, REMEDIES)
    assert ended.status == _S.EFFECTIVE
    assert (ended.standing.ending.rest_ended_on, ended.standing.ending.terminated_on) == (THE_DAY, None)
    by.perform(life, case)


# G11, closing


def test_a_case_is_not_closed_before_it_was_followed_up(life: Life) -> None:
    case = life.bring(_S.PERFORMED)
    assert refusal(life.workspace, close_case, case.id, CloseInput()).reason == Reason.WRONG_STATUS
    by.follow_up(life, case)
    early = CloseInput(on=THE_DAY - timedelta(days=1))
    assert problems(life.workspace, close_case, case.id, early) == {"on": "before_ending"}
    by.close(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.PERFORMED


def test_a_breached_case_is_closed_after_a_way_was_taken(life: Life) -> None:
    case = life.bring(_S.BREACHED)
    assert life.codes(Deed.CLOSE, case) == {HindranceCode.NO_WAY_TAKEN}
    assert life.hindered(close_case, case.id, CloseInput()) == {HindranceCode.NO_WAY_TAKEN}
    by.sue(life, case)
    by.close(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.BREACHED


def test_a_second_failure_leaves_the_case_breached(life: Life) -> None:
    case = life.bring(_S.BREACHED)
    for step in (by.mediate_again, by.terminate, by.close, by.propose, by.strike_off):
        step(life, case)
    assert life.now(case).standing.closing.outcome == Outcome.BREACHED


# G12


def test_two_persons_strike_a_case_off_and_the_applicant_is_told(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    untold = StrikeOffInput(None)
    assert problems(life.workspace, propose_strike_off, case.id, untold) == {"told_applicant_on": "required"}
    before = StrikeOffInput(THE_DAY - timedelta(days=1))
    assert problems(life.workspace, propose_strike_off, case.id, before) == {
        "told_applicant_on": "before_closing"
    }
    assert refusal(life.workspace, strike_off_case, case.id).reason == Reason.NOT_FOUND
    by.propose(life, case)
    assert life.hindered(strike_off_case, case.id) == {HindranceCode.SAME_PERSON}, "who registered it"
    with life.somebody_else():
        life.run(decline_strike_off, case.id, "请补充履行凭证")
        life.run(propose_strike_off, case.id, StrikeOffInput(THE_DAY))
        assert life.codes(Deed.STRIKE_OFF, case) == {HindranceCode.SAME_PERSON}
        assert life.hindered(strike_off_case, case.id) == {HindranceCode.SAME_PERSON}, "who proposed it"
    by.strike_off(life, case)
    closing = life.now(case).standing.closing
    assert (closing.struck_off_by, closing.struck_off_on) == ("审批人", THE_DAY)


def test_only_the_chair_strikes_off(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    by.propose(life, case)
    acting(life.workspace, Role.REGISTRAR, Role.MEDIATOR, Role.ARCHIVIST)
    assert refusal(life.workspace, strike_off_case, case.id).reason == Reason.NOT_PERMITTED


@use_case(needs=Permission.CASE_REGISTER)
def _raise_risk(uow: UnitOfWork, case_id: str, cleared: date | None) -> None:
    facts = {
        "flags": ["brawl"], "level": "high", "facts": "扬言报复", "receiver_kind": "police",
        "receiver": "石门派出所", "method": "phone", "reported_at": uow.now(), "reported_by": "周国平",
    }  # fmt: skip
    uow.session.add(RiskReport(case_id=case_id, cleared_on=cleared, **facts))


def test_an_open_risk_keeps_a_case_from_being_struck_off(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    life.run(_raise_risk, case.id, THE_DAY)
    assert life.ways(case)[Deed.STRIKE_OFF].open
    life.run(_raise_risk, case.id, None)
    assert life.codes(Deed.STRIKE_OFF, case) == {HindranceCode.RISK_OPEN}
    told = StrikeOffInput(THE_DAY)
    assert life.hindered(propose_strike_off, case.id, told) == {HindranceCode.RISK_OPEN}


def test_a_failed_case_is_archived_without_being_struck_off(life: Life) -> None:
    failed = life.bring(_S.TERMINATED)
    by.close(life, failed)
    told = StrikeOffInput(THE_DAY)
    assert life.hindered(propose_strike_off, failed.id, told) == {HindranceCode.NOT_STRUCK_OFF}
    by.archive(life, failed)
    success = life.bring(_S.CLOSED)
    assert life.hindered(archive_case, success.id, ARCHIVE) == {HindranceCode.STRIKE_OFF_FIRST}


# G13


def test_a_volume_lacks_nothing_and_its_pages_run_on(life: Life) -> None:
    case = life.bring(_S.SIGNING)
    for step in (by.sign, by.perform, by.follow_up, by.close, by.propose, by.strike_off):
        step(life, case)
    refused = refusal(life.workspace, archive_case, case.id, replace(ARCHIVE, on_paper=()))
    missing = {dict(found.details)["item"] for found in refused.details["hindrances"]}
    assert missing == {VolumeItem.REQUEST, VolumeItem.RIGHTS, VolumeItem.IDENTITY, VolumeItem.SESSION}
    ways = life.ways(case)[Deed.ARCHIVE]
    assert {dict(found.details)["item"] for found in ways.hindrances} == missing
    on_paper = tuple((str(item), 2) for item in missing)
    kept = life.run(archive_case, case.id, replace(ARCHIVE, on_paper=on_paper, note="身份证复印件一页"))
    volume = kept.standing.volume
    pages = [(entry.first, entry.last) for entry in volume.entries[:-1]]
    assert pages[0][0] == 1
    assert all(after[0] == before[1] + 1 for before, after in pairwise(pages))
    assert volume.entries[-1].item == VolumeItem.BACK
    order = list(VolumeItem)
    assert [entry.item for entry in volume.entries] == sorted(
        (entry.item for entry in volume.entries), key=order.index
    )
    assert any(entry.item == VolumeItem.AGREEMENT and len(entry.digest) == 64 for entry in volume.entries)
    assert (volume.number, volume.retention) == ("平乡镇人调卷字〔2026〕第001号", Retention.LONG)
    assert len(volume.digest) == 64


@pytest.mark.parametrize(
    ("on_paper", "code"),
    [((("back", 1),), "unknown"), ((("request", 0),), "out_of_range"), ((("request", 1),) * 2, "duplicate")],
)
def test_what_lies_on_paper_is_named_properly(life: Life, on_paper: tuple, code: str) -> None:
    case = life.bring(_S.STRUCK_OFF)
    wrong = replace(ARCHIVE, on_paper=on_paper)
    assert problems(life.workspace, archive_case, case.id, wrong) == {"on_paper": code}


def test_a_locked_case_is_read_only_but_for_supplements(life: Life) -> None:
    case = life.bring(_S.ARCHIVED)
    wanted = CorrectInput(case.row_version, "x", "x", "02", "B17")
    assert refusal(life.workspace, correct_case, case.id, wanted).reason == Reason.CASE_LOCKED
    before = case.standing.volume
    said = life.run(add_supplement, case.id, SupplementInput("补充收条一张"))
    assert said.events[-1].action == CaseAction.SUPPLEMENTED
    assert said.standing.volume == before
    open_one = life.bring(_S.CLOSED)
    refused = refusal(life.workspace, add_supplement, open_one.id, SupplementInput("x"))
    assert refused.reason == Reason.WRONG_STATUS


def test_only_who_keeps_the_archive_locks_a_volume(life: Life) -> None:
    case = life.bring(_S.STRUCK_OFF)
    acting(life.workspace, Role.REGISTRAR, Role.MEDIATOR)
    assert refusal(life.workspace, archive_case, case.id, ARCHIVE).reason == Reason.NOT_PERMITTED
    acting(life.workspace, Role.ARCHIVIST)
    by.archive(life, case)


# G14


def test_filing_waits_for_the_countys_receipt(life: Life) -> None:
    case = life.bring(_S.STRUCK_OFF)
    life.deliver()
    by.archive(life, case)
    filing = ReportInput("平乡备〔2026〕1号")
    assert life.codes(Deed.REPORT, case) == {HindranceCode.NOT_DELIVERED}
    assert life.hindered(report_case, case.id, filing) == {HindranceCode.NOT_DELIVERED}
    life.deliver()
    wrong = replace(filing, filing_no=" ", on=THE_DAY - timedelta(days=1))
    assert problems(life.workspace, report_case, case.id, wrong) == {
        "filing_no": "required", "on": "before_archiving",
    }  # fmt: skip
    filed = life.run(report_case, case.id, filing)
    assert (filed.status, filed.standing.volume.filing_no) == (_S.REPORTED, "平乡备〔2026〕1号")


# reopening


def test_a_reopened_case_goes_on_as_a_copy_that_asks_for_consent_again(life: Life) -> None:
    old = life.bring(_S.CLOSED)
    assert problems(life.workspace, reopen_case, old.id, ReopenInput("")) == {"reason": "required"}
    copy = life.run(reopen_case, old.id, ReopenInput("新的证据"))
    assert (copy.status, copy.number) == (_S.TRIAGE, "平乡镇人调字〔2026〕第002号")
    assert [party.name for party in copy.parties] == [party.name for party in old.parties]
    assert {party.consent for party in copy.parties} == {Consent.UNASKED}
    assert [(link.id, link.link) for link in copy.standing.links] == [(old.id, LinkKind.REOPENED_FROM)]
    assert [link.link for link in life.now(old).standing.links] == [LinkKind.REOPENED_AS]
    assert life.now(old).status == _S.REOPENED
    assert refusal(life.workspace, reopen_case, old.id, ReopenInput("又")).reason == Reason.WRONG_STATUS


# the list


def test_the_list_says_who_holds_a_case_and_which_have_no_next_step(life: Life) -> None:
    case = life.bring(_S.TERMINATED)
    sent = life.bring(_S.TRANSFERRED)
    rows = {row.case_id: row for row in life.rows()}
    assert (rows[case.id].holder, rows[case.id].idle) == ("周国平", True)
    assert rows[sent.id].holder == "石门派出所"
    closed = life.bring(_S.CLOSED)
    assert not {row.case_id: row.idle for row in life.rows()}[closed.id]
