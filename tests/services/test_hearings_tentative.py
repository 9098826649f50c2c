"""Tentative hearings, the way to a place, the same matter twice, and what a new date does to the case."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actor import Permission
from app.domain.cases import PartyRole
from app.domain.clashes import BookingKind, ClashQuery, Slot
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import HearingKind, HearingStatus
from app.domain.roster import AssignInput
from app.models.case import Case
from app.models.flow import Suspension
from app.services.cases.register import open_case
from app.services.hearings.clashes import check_clashes, free_times
from app.services.hearings.scheduling import (
    cancel_hearing,
    confirm_hearing,
    open_hearing,
    reschedule_hearing,
    schedule_hearing,
)
from app.services.hearings.timetable import list_hearings, to_schedule
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.assignments import assign_mediators
from app.services.sessions.records import hold_session
from tests.conftest import THE_DAY, intake, person
from tests.services.stage import (
    ELEVEN,
    FRIDAY,
    NINE,
    TEN,
    Stage,
    minutes,
    others,
    problems,
    refusal,
    stage,
)

__all__ = ["stage"]


def asked(stage: Stage, case_id: str, **fields: object) -> ClashQuery:
    return replace(ClashQuery(case_id, FRIDAY, NINE, TEN, stage.rooms[0]), **fields)


def test_a_tentative_hearing_is_told_but_refuses_nobody_and_leaves_the_case(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, tentative=True)
    assert hearing.status == HearingStatus.TENTATIVE
    assert stage.status(case) == CaseStatus.ASSIGNED
    assert stage.workspace.run(open_case, case.id).value.events[-1].note.endswith("听证室（暂定）")
    other = stage.case(others(), mediator=1)
    report = stage.workspace.run(check_clashes, asked(stage, other.id)).value
    assert (report.hard, [(clash.label, clash.tentative) for clash in report.soft]) == (
        (),
        [("听证室", True)],
    )
    assert stage.hearing(other).override_reason == ""
    rows = stage.workspace.run(list_hearings, FRIDAY, FRIDAY).value
    assert [row.clashing for row in rows] == [False, False]
    refused = refusal(stage.workspace, confirm_hearing, hearing.id, hearing.row_version)
    assert refused.reason == Reason.CLASH
    assert stage.status(case) == CaseStatus.ASSIGNED


def test_fixing_a_tentative_hearing_moves_the_case(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, tentative=True, day=THE_DAY, start=ELEVEN, end=ELEVEN + 30)
    waiting = stage.workspace.run(to_schedule).value
    assert [(row.tentative_id, row.tentative_on) for row in waiting] == [(hearing.id, THE_DAY)]
    late = refusal(stage.workspace, confirm_hearing, hearing.id, hearing.row_version)
    assert late.reason == Reason.TOO_SHORT_NOTICE
    held = refusal(stage.workspace, hold_session, hearing.id, minutes())
    assert held.reason == Reason.WRONG_STATUS
    moved = replace(stage.wanted(case), tentative=True)
    hearing = stage.workspace.run(reschedule_hearing, hearing.id, moved, hearing.row_version).value
    assert (hearing.status, stage.status(case)) == (HearingStatus.TENTATIVE, CaseStatus.ASSIGNED)
    stale = refusal(stage.workspace, confirm_hearing, hearing.id, hearing.row_version - 1)
    assert stale.reason == Reason.STALE
    fixed = stage.workspace.run(confirm_hearing, hearing.id, hearing.row_version).value
    assert (fixed.status, stage.status(case)) == (HearingStatus.SCHEDULED, CaseStatus.SCHEDULED)
    assert stage.workspace.run(to_schedule).value == ()
    again = refusal(stage.workspace, confirm_hearing, hearing.id, fixed.row_version)
    assert again.reason == Reason.WRONG_STATUS
    back = replace(stage.wanted(case), tentative=True)
    found = problems(stage.workspace, reschedule_hearing, hearing.id, back, fixed.row_version)
    assert found == {"tentative": "already_fixed"}


def test_saving_a_tentative_hearing_as_fixed_fixes_it(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, tentative=True)
    wanted = stage.wanted(case, start=TEN, end=ELEVEN)
    fixed = stage.workspace.run(reschedule_hearing, hearing.id, wanted, hearing.row_version).value
    assert (fixed.status, fixed.start) == (HearingStatus.SCHEDULED, TEN)
    assert stage.status(case) == CaseStatus.SCHEDULED


def test_a_tentative_hearing_called_off_leaves_the_case_where_it_is(stage: Stage) -> None:
    case = stage.case()
    tentative = stage.hearing(case, tentative=True)
    fixed = stage.hearing(case, day=date(2026, 9, 7))
    stage.workspace.run(cancel_hearing, tentative.id, "一方没空")
    assert stage.status(case) == CaseStatus.SCHEDULED
    stage.workspace.run(cancel_hearing, fixed.id, "一方没空")
    assert stage.status(case) == CaseStatus.ASSIGNED
    assert stage.workspace.run(open_hearing, fixed.id).value.cancel_reason == "一方没空"
    yesterday = stage.wanted(case, tentative=True, day=date(2026, 9, 2))
    assert problems(stage.workspace, schedule_hearing, yesterday)["day"] in (
        "tentative_past",
        "before_acceptance",
    )


def test_the_same_case_in_the_same_room_is_no_clash_but_in_another_it_is(stage: Stage) -> None:
    case = stage.case()
    stage.hearing(case)
    same = stage.workspace.run(check_clashes, asked(stage, case.id)).value
    assert (same.hard, same.soft) == ((), ())
    elsewhere = stage.workspace.run(check_clashes, asked(stage, case.id, room_id=stage.rooms[1])).value
    assert {clash.kind for clash in elsewhere.hard} == {BookingKind.MEDIATOR, BookingKind.PARTY}
    stage.hearing(case)
    rows = stage.workspace.run(list_hearings, FRIDAY, FRIDAY).value
    assert [row.clashing for row in rows] == [False, False]


def test_mediators_are_on_the_way_before_and_after_a_visit(stage: Stage) -> None:
    case = stage.case()
    visit = {"kind": HearingKind.VISIT, "room_id": None, "place": "石门村", "travel": 40}
    stage.hearing(case, **visit)
    other = stage.case(others())
    query = asked(stage, other.id, start=TEN + 30, end=ELEVEN)
    clash = stage.workspace.run(check_clashes, query).value.hard
    assert [(one.kind, one.start, one.end) for one in clash] == [(BookingKind.MEDIATOR, NINE - 40, TEN + 40)]
    after = replace(query, start=TEN + 40, end=ELEVEN)
    assert stage.workspace.run(check_clashes, after).value.hard == ()
    there = replace(after, room_id=None, travel=30)
    assert len(stage.workspace.run(check_clashes, there).value.hard) == 1
    free = stage.workspace.run(free_times, replace(query, start=NINE, end=TEN), 1).value
    assert free == (Slot(FRIDAY, ELEVEN, 720),)
    neighbour = stage.case(mediator=1)  # the same parties, who do not travel with the mediator
    assert (
        stage.workspace.run(check_clashes, asked(stage, neighbour.id, start=TEN, end=ELEVEN)).value.hard == ()
    )
    in_a_room = stage.wanted(other, travel=20)
    assert problems(stage.workspace, schedule_hearing, in_a_room) == {"travel": "travel_in_room"}
    too_far = stage.wanted(other, **{**visit, "travel": 999})
    assert problems(stage.workspace, schedule_hearing, too_far) == {"travel": "out_of_range"}


def test_a_mediator_who_takes_over_a_visit_is_held_on_the_way_as_well(stage: Stage) -> None:
    case = stage.case()
    stage.hearing(case, kind=HearingKind.VISIT, room_id=None, place="石门村", travel=40)
    stage.workspace.run(assign_mediators, AssignInput(case.id, stage.mediators[1]))
    other = stage.case(others(), mediator=1)
    found = stage.workspace.run(check_clashes, asked(stage, other.id, start=TEN, end=ELEVEN)).value.hard
    assert [(one.kind, one.end) for one in found] == [(BookingKind.MEDIATOR, TEN + 40)]


def test_guardians_and_co_mediators_collide_like_parties(stage: Stage) -> None:
    child = person("a", PartyRole.APPLICANT, "张小某", birth=date(2015, 1, 1))
    mother = person("g", PartyRole.GUARDIAN, "王某", id_no="130599198001010046", represents=("a",))
    family = stage.case(intake(parties=(child, person("b", PartyRole.RESPONDENT, "李䶮"), mother)))
    stage.workspace.run(assign_mediators, AssignInput(family.id, stage.mediators[0], (stage.mediators[1],)))
    stage.hearing(family)
    as_party = replace(mother, key="m", role=PartyRole.APPLICANT, represents=())
    own = stage.case(intake(parties=(as_party, person("r", PartyRole.RESPONDENT, "钱有才"))), mediator=1)
    query = asked(stage, own.id, room_id=stage.rooms[1])
    hard = stage.workspace.run(check_clashes, query).value.hard
    assert [(one.kind, one.label) for one in hard] == [
        (BookingKind.MEDIATOR, "赵春梅"),
        (BookingKind.PARTY, "王某"),
    ]


@use_case(needs=Permission.CASE_REGISTER)
def put(uow: UnitOfWork, case_id: str, status: CaseStatus) -> None:
    """Bring a case into a state from which a date may be fixed; a suspended one has its pause."""
    uow.get(Case, case_id).status = status
    if status == CaseStatus.SUSPENDED:
        uow.session.add(Suspension(case_id=case_id, reason="appraisal", note="", from_on=THE_DAY))


@use_case(needs=Permission.READ, writes=False)
def pauses(uow: UnitOfWork, case_id: str) -> tuple[date | None, ...]:
    """When the pauses of a case ended."""
    return tuple(row.to_on for row in uow.session.query(Suspension).filter_by(case_id=case_id))


@pytest.mark.parametrize("status", [CaseStatus.SUSPENDED, CaseStatus.INVESTIGATING, CaseStatus.PARTIAL])
def test_a_date_is_fixed_from_every_state_that_offers_it(stage: Stage, status: CaseStatus) -> None:
    case = stage.case()
    stage.workspace.run(put, case.id, status)
    stage.hearing(case, tentative=True)
    assert stage.status(case) == status
    stage.hearing(case, day=date(2026, 9, 7))
    assert stage.status(case) == CaseStatus.SCHEDULED
    actions = [event.action for event in stage.workspace.run(open_case, case.id).value.events]
    assert (CaseAction.RESUMED in actions) == (status == CaseStatus.SUSPENDED)
    assert stage.workspace.run(pauses, case.id).value == (
        (THE_DAY,) if status == CaseStatus.SUSPENDED else ()
    )
