"""Fixing hearings, moving them, calling them off; what collides and what is free."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.dialects import sqlite

from app.domain.actor import Permission, Role
from app.domain.cases import PartyRole
from app.domain.changes import Topic
from app.domain.clashes import BookingKind, ClashQuery, Slot, SlotWarning
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import HearingKind, HearingStatus, SessionOutcome
from app.domain.office.settings import SettingKey
from app.domain.roster import ExpertInput, ExpertPool, RoomInput
from app.models.case import Case
from app.models.hearing import Booking
from app.services.agreements.writing import record_oral_agreement, save_agreement
from app.services.cases.register import open_case
from app.services.hearings.clashes import BUSY_THEN, check_clashes, free_times
from app.services.hearings.scheduling import (
    cancel_hearing,
    case_hearings,
    open_hearing,
    reschedule_hearing,
    schedule_hearing,
)
from app.services.hearings.timetable import list_hearings, rooms_today, to_schedule
from app.services.kernel.settings import change_settings
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.entries import save_expert, save_room
from app.services.sessions.records import hold_session, sign_session
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


def asked(stage: Stage, case_id: str, **fields: object) -> ClashQuery:
    return replace(ClashQuery(case_id, FRIDAY, NINE, TEN, stage.rooms[0]), **fields)


def test_a_fixed_hearing_holds_its_time_and_moves_the_case(stage: Stage) -> None:
    case = stage.case()
    outcome = stage.workspace.run(schedule_hearing, stage.wanted(case, guests=("村支书孙某",)))
    hearing = outcome.value
    assert (hearing.seq, hearing.status, hearing.place) == (1, HearingStatus.SCHEDULED, "听证室")
    assert [guest.name for guest in hearing.invited] == ["张㛃", "李䶮", "村支书孙某"]
    assert {Topic.HEARINGS, Topic.CASES} <= outcome.changes
    assert ("schedule_hearing", hearing.id) in audited(stage.workspace)
    after = stage.workspace.run(open_case, case.id).value
    assert after.status == CaseStatus.SCHEDULED
    assert after.events[-1].action == CaseAction.SCHEDULED
    assert after.events[-1].note == "2026-09-04 09:00-10:00 听证室"
    assert stage.workspace.run(open_hearing, hearing.id).value == hearing


def test_a_leader_may_look_at_the_calendar_but_not_fix_hearings(stage: Stage) -> None:
    case = stage.case()
    acting(stage.workspace, Role.LEADER)
    assert refusal(stage.workspace, schedule_hearing, stage.wanted(case)).reason == Reason.NOT_PERMITTED
    assert stage.workspace.run(list_hearings, FRIDAY, FRIDAY).value == ()


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"start": TEN, "end": NINE}, "end", "time_order"),
        ({"start": -5}, "start", "out_of_range"),
        ({"end": 1500}, "end", "out_of_range"),
        ({"room_id": None}, "place", "required"),
        ({"room_id": "nowhere"}, "room_id", "unknown"),
        ({"kind": HearingKind.VISIT}, "room_id", "visit_in_room"),
        ({"day": date(2026, 9, 1), "notice_waived": True}, "day", "before_acceptance"),
        ({"party_ids": ("stranger",)}, "party_ids", "unknown"),
        ({"expert_ids": ("stranger",)}, "expert_ids", "unknown"),
    ],
)
def test_what_a_hearing_cannot_be(stage: Stage, fields: dict[str, object], field: str, code: str) -> None:
    case = stage.case()
    assert problems(stage.workspace, schedule_hearing, stage.wanted(case, **fields)) == {field: code}
    assert stage.status(case) == CaseStatus.ASSIGNED


def test_notice_must_be_possible_unless_all_come_at_once(stage: Stage) -> None:
    case = stage.case()
    today = stage.wanted(case, day=THE_DAY, start=ELEVEN, end=ELEVEN + 30)
    refused = refusal(stage.workspace, schedule_hearing, today)
    assert (refused.reason, refused.details["days"]) == (Reason.TOO_SHORT_NOTICE, 1)
    stage.workspace.run(change_settings, {SettingKey.NOTICE_DAYS: 3})
    assert refusal(stage.workspace, schedule_hearing, stage.wanted(case)).details["days"] == 3
    waived = stage.workspace.run(schedule_hearing, replace(today, notice_waived=True)).value
    assert waived.notice_waived


def test_a_minor_comes_with_a_guardian(stage: Stage) -> None:
    child = person("a", PartyRole.APPLICANT, "张小某", birth=date(2015, 1, 1))
    mother = person("g", PartyRole.GUARDIAN, "王某", represents=("a",))
    other = person("b", PartyRole.RESPONDENT, "李䶮")
    alone = stage.case(intake(parties=(child, other)))
    assert problems(stage.workspace, schedule_hearing, stage.wanted(alone)) == {
        "party_ids": "guardian_missing"
    }
    cared_for = stage.case(intake(parties=(child, other, mother)))
    without = tuple(party.id for party in cared_for.parties if party.name != "王某")
    wanted = stage.wanted(cared_for, party_ids=without)
    assert problems(stage.workspace, schedule_hearing, wanted) == {"party_ids": "guardian_missing"}
    assert stage.hearing(cared_for).status == HearingStatus.SCHEDULED
    nobody = stage.wanted(cared_for, party_ids=(cared_for.parties[2].id,))
    assert problems(stage.workspace, schedule_hearing, nobody) == {"party_ids": "required"}


def test_the_same_room_mediator_and_party_collide_and_are_named(stage: Stage) -> None:
    first = stage.case()
    hearing = stage.hearing(first)
    second = stage.case()
    report = stage.workspace.run(check_clashes, asked(stage, second.id, start=NINE + 30, end=ELEVEN)).value
    assert [(clash.kind, clash.label) for clash in report.hard] == [
        (BookingKind.ROOM, "听证室"),
        (BookingKind.MEDIATOR, "周国平"),
        (BookingKind.PARTY, "张㛃"),
        (BookingKind.PARTY, "李䶮"),
    ]
    clash = report.hard[0]
    assert (clash.hearing_id, clash.case_number) == (hearing.id, first.number)
    assert (clash.day, clash.start, clash.end) == (FRIDAY, NINE, TEN)
    refused = refusal(stage.workspace, schedule_hearing, stage.wanted(second))
    assert refused.reason == Reason.CLASH
    assert refused.details["clashes"] == report.hard
    assert stage.status(second) == CaseStatus.ASSIGNED
    assert stage.hearing(second, start=TEN, end=ELEVEN).override_reason == ""


def test_a_collision_needs_a_written_reason_and_shows_in_the_calendar(stage: Stage) -> None:
    stage.hearing(stage.case())
    other = stage.case(others(), mediator=1)
    hearing = stage.hearing(other, override_reason="两案合并调解")
    assert hearing.override_reason == "两案合并调解"
    rows = stage.workspace.run(list_hearings, THE_DAY, FRIDAY).value
    assert [(row.parties, row.mediators, row.clashing) for row in rows] == [
        ("张㛃 与 李䶮", ("周国平",), True),
        ("孙长贵 与 钱有才", ("赵春梅",), True),
    ]
    assert rows[1].mediator_ids == (stage.mediators[1],)
    free = stage.hearing(stage.case(others(), mediator=1), start=TEN, end=ELEVEN, override_reason="多余")
    assert free.override_reason == ""


def test_a_shared_agent_or_expert_is_told_but_not_refused(stage: Stage) -> None:
    lawyer = stage.workspace.run(save_expert, ExpertInput(next(iter(ExpertPool)), "律师冯某")).value
    agent = person("x", PartyRole.AGENT, "代理人甲", id_no="130599198001010038", represents=("a",))
    stage.hearing(stage.case(intake(parties=(*intake().parties, agent))), expert_ids=(lawyer.id,))
    other = stage.case(replace(others(), parties=(*others().parties, agent)), mediator=1)
    room = stage.rooms[1]
    query = asked(stage, other.id, room_id=room, expert_ids=(lawyer.id,))
    report = stage.workspace.run(check_clashes, query).value
    assert report.hard == ()
    assert [clash.kind for clash in report.soft] == [BookingKind.AGENT, BookingKind.EXPERT]
    assert stage.hearing(other, room_id=room, expert_ids=(lawyer.id,)).override_reason == ""
    assert [row.clashing for row in stage.workspace.run(list_hearings, FRIDAY, FRIDAY).value] == [
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("day", "start", "warnings"),
    [
        (FRIDAY, NINE, ()),
        (FRIDAY, 11 * 60 + 30, (SlotWarning.LUNCH,)),
        (date(2026, 9, 5), NINE, (SlotWarning.REST_DAY,)),
        (date(2026, 9, 20), NINE, ()),
        (date(2026, 9, 25), NINE, (SlotWarning.HOLIDAY,)),
        (date(2027, 3, 2), NINE, (SlotWarning.YEAR_UNKNOWN,)),
    ],
)
def test_lunch_and_days_of_rest_are_warned_of_but_allowed(
    stage: Stage, day: date, start: int, warnings: tuple[SlotWarning, ...]
) -> None:
    case = stage.case()
    query = asked(stage, case.id, day=day, start=start, end=start + 60)
    assert stage.workspace.run(check_clashes, query).value.warnings == warnings
    assert stage.hearing(case, day=day, start=start, end=start + 60).day == day


def test_the_check_reads_the_index_and_nothing_else(stage: Stage) -> None:
    then = BUSY_THEN.where(
        Booking.ref.in_(["a", "b"]), Booking.day == FRIDAY, Booking.start < TEN, Booking.end > NINE
    )
    ahead = BUSY_THEN.where(Booking.ref.in_(["a", "b"]), Booking.day.between(FRIDAY, FRIDAY + timedelta(60)))
    for statement in (then, ahead):
        sql = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        with stage.workspace._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
        plan = " | ".join(str(row[3]) for row in rows)
        assert "SCAN" not in plan
        assert "SEARCH booking USING COVERING INDEX ix_booking_clash" in plan


def test_the_next_free_times_are_offered(stage: Stage) -> None:
    stage.hearing(stage.case(), start=NINE, end=ELEVEN)
    other = stage.case(others(), mediator=1)
    found = stage.workspace.run(free_times, asked(stage, other.id)).value
    assert found == (
        Slot(FRIDAY, ELEVEN, 720),
        Slot(FRIDAY, 840, 900),
        Slot(FRIDAY, 870, 930),
    )
    elsewhere = stage.workspace.run(free_times, asked(stage, other.id, room_id=stage.rooms[1]), 1).value
    assert elsewhere == (Slot(FRIDAY, NINE, TEN),)
    too_soon = asked(stage, other.id, day=THE_DAY, start=0, end=60, room_id=stage.rooms[1])
    assert stage.workspace.run(free_times, too_soon, 1).value == (Slot(FRIDAY, 510, 570),)
    at_once = replace(too_soon, notice_waived=True)
    assert stage.workspace.run(free_times, at_once, 1).value == (Slot(THE_DAY, 570, 630),)
    assert stage.workspace.run(free_times, replace(too_soon, end=300)).value == ()


def test_a_hearing_is_moved_and_its_old_time_stays_in_the_history(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case)
    later = stage.wanted(case, start=NINE + 30, end=TEN + 30)
    assert stage.workspace.run(check_clashes, asked(stage, case.id, hearing_id=hearing.id)).value.hard == ()
    outcome = stage.workspace.run(reschedule_hearing, hearing.id, later, hearing.row_version)
    assert outcome.value.start == NINE + 30
    assert Topic.HEARINGS in outcome.changes
    events = stage.workspace.run(open_case, case.id).value.events
    assert events[-1].action == CaseAction.RESCHEDULED
    assert events[-1].note == "2026-09-04 09:00-10:00 听证室 → 2026-09-04 09:30-10:30 听证室"
    other = stage.case(others(), mediator=1)
    assert stage.workspace.run(check_clashes, asked(stage, other.id, end=NINE + 30)).value.hard == ()
    stale = refusal(stage.workspace, reschedule_hearing, hearing.id, later, hearing.row_version)
    assert stale.reason == Reason.STALE
    assert ("reschedule_hearing", hearing.id) in audited(stage.workspace)


def test_a_hearing_called_off_frees_its_time(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case)
    second = stage.hearing(case, day=date(2026, 9, 7))
    assert problems(stage.workspace, cancel_hearing, hearing.id, " ") == {"reason": "required"}
    outcome = stage.workspace.run(cancel_hearing, hearing.id, "李䶮住院")
    assert outcome.value.status == HearingStatus.CANCELLED
    assert Topic.HEARINGS in outcome.changes
    assert stage.status(case) == CaseStatus.SCHEDULED
    stage.workspace.run(cancel_hearing, second.id, "李䶮住院")
    assert stage.status(case) == CaseStatus.ASSIGNED
    again = refusal(stage.workspace, cancel_hearing, hearing.id, "再次")
    assert (again.reason, again.details["status"]) == (Reason.WRONG_STATUS, HearingStatus.CANCELLED)
    assert stage.workspace.run(list_hearings, FRIDAY, date(2026, 9, 7)).value == ()
    assert [row.seq for row in stage.workspace.run(case_hearings, case.id).value] == [1, 2]
    assert stage.hearing(stage.case(others())).status == HearingStatus.SCHEDULED


def test_the_rooms_of_a_day_and_the_cases_that_wait(stage: Stage) -> None:
    stage.workspace.run(save_room, RoomInput("停用的房间", active=False))
    waiting = stage.case(others(), mediator=1)
    case = stage.case()
    hearing = stage.hearing(case)
    days = stage.workspace.run(rooms_today, FRIDAY).value
    assert [(day.name, [row.id for row in day.hearings]) for day in days] == [
        ("听证室", [hearing.id]),
        ("调解室", []),
    ]
    found = stage.workspace.run(to_schedule).value
    assert [row.case_id for row in found] == [waiting.id]
    assert (found[0].due_on, found[0].mediators) == (date(2026, 10, 8), "赵春梅")


@pytest.mark.parametrize(
    ("outcome", "waits"), [(SessionOutcome.ANOTHER_SESSION, True), (SessionOutcome.AGREED, False)]
)
def test_a_case_in_session_waits_for_a_date_only_when_another_is_needed(
    stage: Stage, outcome: SessionOutcome, waits: bool
) -> None:
    case = stage.case()
    stage.session(case, outcome=outcome)
    found = stage.workspace.run(to_schedule).value
    assert [row.case_id for row in found] == [case.id] * waits


def test_a_visit_is_recorded_as_one(stage: Stage) -> None:
    case = stage.case()
    visit = stage.hearing(
        case, kind=HearingKind.VISIT, room_id=None, place="李䶮家中", day=THE_DAY, start=480, end=540,
        notice_waived=True,
    )  # fmt: skip
    stage.workspace.run(hold_session, visit.id, minutes(place="李䶮家中"))
    after = stage.workspace.run(open_case, case.id).value
    assert CaseAction.VISITED in [event.action for event in after.events]
    assert after.status == CaseStatus.IN_SESSION


@use_case(needs=Permission.CASE_REGISTER)
def hand_over(uow: UnitOfWork, case_id: str) -> None:
    """Another office owns the case from now on."""
    uow.get(Case, case_id).owner = "130532102-A"


def test_nothing_is_written_on_a_case_of_another_office(stage: Stage) -> None:
    case = stage.case()
    session = stage.session(case)
    hearing = stage.hearing(case)
    stage.workspace.run(hand_over, case.id)
    at_ten = stage.wanted(case, start=TEN, end=ELEVEN)
    for call in (
        (schedule_hearing, at_ten),
        (reschedule_hearing, hearing.id, at_ten, hearing.row_version),
        (cancel_hearing, hearing.id, "撤回"),
        (hold_session, hearing.id, minutes()),
        (sign_session, session.id, THE_DAY),
        (save_agreement, settlement(case)),
        (record_oral_agreement, settlement(case)),
    ):
        assert refusal(stage.workspace, *call).reason == Reason.READ_ONLY_CASE


def test_a_hearing_is_open_only_when_all_agreed(stage: Stage) -> None:
    """PML 23: the parties ask for an open mediation or one that is not."""
    case = stage.case()
    open_one = stage.wanted(case, open_to_public=True)
    assert problems(stage.workspace, schedule_hearing, open_one) == {"open_agreed": "required"}
    fixed = stage.workspace.run(schedule_hearing, replace(open_one, open_agreed=True)).value
    assert (fixed.open_to_public, fixed.open_agreed) == (True, True)
    closed = stage.wanted(case, open_agreed=True)
    moved = stage.workspace.run(reschedule_hearing, fixed.id, closed, fixed.row_version).value
    assert (moved.open_to_public, moved.open_agreed) == (False, False)


def test_a_hearing_of_a_past_day_is_entered_late_and_marked(stage: Stage, clock: Clock) -> None:
    case = stage.case()
    clock.forward(days=5)
    past = stage.wanted(case)
    assert refusal(stage.workspace, schedule_hearing, past).reason is Reason.TOO_SHORT_NOTICE
    early = replace(past, day=THE_DAY - timedelta(days=1), notice_waived=True)
    assert problems(stage.workspace, schedule_hearing, early) == {"day": "before_acceptance"}
    stage.workspace.run(schedule_hearing, replace(past, notice_waived=True))
    assert stage.workspace.run(open_case, case.id).value.events[-1].note.endswith("听证室（补登）")
