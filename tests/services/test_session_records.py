"""Writing down a session, correcting the record until it is signed."""

from datetime import date

import pytest

from app.domain.actor import Role
from app.domain.changes import Topic
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import Absence, HearingKind, HearingStatus, HearingView, SessionOutcome
from app.services.cases.decisions import record_rights_told
from app.services.cases.register import open_case
from app.services.hearings.scheduling import cancel_hearing, open_hearing
from app.services.sessions.records import (
    case_sessions,
    hold_session,
    open_session,
    save_session,
    sign_session,
)
from tests.conftest import THE_DAY, Clock, acting
from tests.services.stage import ELEVEN, FRIDAY, NINE, TEN, Stage, audited, minutes, problems, refusal, stage

__all__ = ["stage"]


@pytest.fixture
def hearing(stage: Stage) -> HearingView:
    """A hearing of this morning whose record is to be written."""
    return stage.hearing(stage.case(), day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)


def test_a_session_is_written_down_and_the_case_is_in_session(stage: Stage, hearing: HearingView) -> None:
    absence = Absence(hearing.invited[1].id, "外出打工")
    wanted = minutes(participants=("村支书孙某",), participants_agreed=True, absent=(absence,))
    outcome = stage.workspace.run(hold_session, hearing.id, wanted)
    session = outcome.value
    assert (session.seq, session.kind, session.outcome) == (1, HearingKind.MEDIATION, SessionOutcome.AGREED)
    assert session.participants == ("村支书孙某",)
    assert [(row.name, row.reason) for row in session.absent] == [("李䶮", "外出打工")]
    assert session.mediators == ("周国平",)
    assert {Topic.HEARINGS, Topic.CASES} <= outcome.changes
    assert ("hold_session", session.id) in audited(stage.workspace)
    case = stage.workspace.run(open_case, hearing.case_id).value
    assert (case.status, case.rights_told_on) == (CaseStatus.IN_SESSION, THE_DAY)
    actions = {event.action for event in case.events}
    assert {CaseAction.SESSION_HELD, CaseAction.RIGHTS_TOLD} <= actions
    assert stage.workspace.run(open_hearing, hearing.id).value.status == HearingStatus.HELD
    assert stage.workspace.run(open_session, session.id).value == session
    assert stage.workspace.run(case_sessions, case.id).value == (session,)


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"day": date(2026, 9, 2)}, "day", "before_acceptance"),
        ({"day": FRIDAY}, "day", "future_date"),
        ({"start": NINE, "end": TEN}, "end", "future_time"),
        ({"start": NINE, "end": NINE}, "end", "time_order"),
        ({"body": " "}, "body", "required"),
        ({"place": ""}, "place", "required"),
        ({"result": ""}, "result", "required"),
        ({"identity_checked": False}, "identity_checked", "required"),
        ({"open_to_public": None}, "open_to_public", "required"),
        ({"open_to_public": True}, "open_agreed", "required"),
        ({"participants": ("邻居",)}, "participants_agreed", "required"),
        ({"participants": (" ",), "participants_agreed": True}, "participants.0", "required"),
        ({"absent": (Absence("stranger", "不明"),)}, "absent", "unknown"),
    ],
)
def test_what_a_record_cannot_be(
    stage: Stage, hearing: HearingView, fields: dict[str, object], field: str, code: str
) -> None:
    assert problems(stage.workspace, hold_session, hearing.id, minutes(**fields)) == {field: code}


def test_an_absence_has_its_reason(stage: Stage, hearing: HearingView) -> None:
    absent = (Absence(hearing.invited[0].id, " "),)
    found = problems(stage.workspace, hold_session, hearing.id, minutes(absent=absent))
    assert found == {"absent.0.reason": "required"}


def test_no_session_before_the_parties_know_their_rights(stage: Stage, hearing: HearingView) -> None:
    untold = minutes(rights_told=False)
    assert refusal(stage.workspace, hold_session, hearing.id, untold).reason == Reason.RIGHTS_NOT_TOLD
    assert stage.workspace.run(open_hearing, hearing.id).value.status == HearingStatus.SCHEDULED
    stage.workspace.run(record_rights_told, hearing.case_id)
    assert stage.workspace.run(hold_session, hearing.id, untold).value.rights_told is False


def test_a_hearing_is_held_once_and_never_after_it_was_called_off(stage: Stage, hearing: HearingView) -> None:
    stage.workspace.run(hold_session, hearing.id, minutes())
    again = refusal(stage.workspace, hold_session, hearing.id, minutes())
    assert (again.reason, again.details["status"]) == (Reason.WRONG_STATUS, HearingStatus.HELD)
    assert refusal(stage.workspace, cancel_hearing, hearing.id, "晚了").reason == Reason.WRONG_STATUS


def test_a_leader_may_read_a_record_but_not_write_it(stage: Stage, hearing: HearingView) -> None:
    session = stage.workspace.run(hold_session, hearing.id, minutes()).value
    acting(stage.workspace, Role.LEADER)
    changed = refusal(stage.workspace, save_session, session.id, minutes(), session.row_version)
    assert changed.reason == Reason.NOT_PERMITTED
    assert refusal(stage.workspace, sign_session, session.id, THE_DAY).reason == Reason.NOT_PERMITTED
    assert stage.workspace.run(open_session, session.id).value == session


def test_a_record_is_corrected_until_it_is_signed(stage: Stage, hearing: HearingView) -> None:
    held = stage.workspace.run(hold_session, hearing.id, minutes()).value
    outcome = stage.workspace.run(save_session, held.id, minutes(body="补记"), held.row_version)
    assert outcome.value.body == "补记"
    assert Topic.HEARINGS in outcome.changes
    stale = refusal(stage.workspace, save_session, held.id, minutes(), held.row_version)
    assert stale.reason == Reason.STALE
    early = problems(stage.workspace, sign_session, held.id, date(2026, 9, 2))
    assert early == {"signed_on": "before_session"}
    assert problems(stage.workspace, sign_session, held.id, FRIDAY) == {"signed_on": "future_date"}
    signed = stage.workspace.run(sign_session, held.id, THE_DAY).value
    assert signed.signed_on == THE_DAY
    late = problems(stage.workspace, save_session, held.id, minutes(), signed.row_version)
    assert late == {"signed_on": "signed"}
    assert problems(stage.workspace, sign_session, held.id, THE_DAY) == {"signed_on": "signed"}
    actions = [action for action, _ in audited(stage.workspace)]
    assert actions[-2:] == ["save_session", "sign_session"]


def test_a_second_session_follows_when_another_is_needed(stage: Stage, clock: Clock) -> None:
    case = stage.case()
    stage.session(case, outcome=SessionOutcome.ANOTHER_SESSION, result="")
    second = stage.hearing(case, day=FRIDAY, start=TEN, end=ELEVEN)
    assert stage.status(case) == CaseStatus.SCHEDULED
    stage.workspace.run(cancel_hearing, second.id, "改期再定")
    assert stage.status(case) == CaseStatus.IN_SESSION
    third = stage.hearing(case, day=FRIDAY, start=TEN, end=ELEVEN)
    clock.forward(days=1, hours=3)
    wanted = minutes(day=FRIDAY, start=TEN, end=ELEVEN, rights_told=False)
    held = stage.workspace.run(hold_session, third.id, wanted).value
    assert (held.seq, stage.status(case)) == (2, CaseStatus.IN_SESSION)
