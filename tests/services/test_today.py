"""The first page of the day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.actor import Permission
from app.domain.agreements import AgreementForm
from app.domain.hearings import HearingInput, HearingKind
from app.domain.lists import HearingCount, ToDecide, ToPerform
from app.domain.office.drafts import DraftKind
from app.domain.roster import AssignInput, CommitteeFindingKind, RoomInput
from app.models.agreement import Obligation
from app.models.exchange import Package
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.decisions import accept_case
from app.services.cases.drafts import save_draft
from app.services.cases.due import roll_due_dates
from app.services.hearings.scheduling import schedule_hearing
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.roster.assignments import assign_mediators
from app.services.roster.entries import save_room
from app.services.today.first_page import today_view, work_ids
from tests.conftest import THE_DAY as TODAY
from tests.conftest import Clock
from tests.services.roster_data import accepted, mediator, refusal, registered
from tests.services.stage import Stage, settlement, stage

__all__ = ["stage"]


@use_case(needs=Permission.READ, quiet=True)
def roll(uow: UnitOfWork) -> None:
    roll_due_dates(uow)


def test_an_empty_office_has_nothing_to_do_but_its_committee(workspace: Workspace) -> None:
    view = workspace.run(today_view).value
    assert view.to_decide == ToDecide(0, None)
    assert view.hearings == HearingCount(0, 0)
    assert view.to_perform == ToPerform(0, 0, 0)
    assert (view.slots, view.days_since_sent, view.drafts) == ((), None, 0)
    (alert,) = view.alerts
    assert alert.committee == "平乡镇人民调解委员会"
    assert CommitteeFindingKind.TOO_FEW in {found.kind for found in alert.findings}
    assert workspace.run(work_ids).value == ()


def test_the_oldest_undecided_dispute_is_named(workspace: Workspace, clock: Clock) -> None:
    registered(workspace)
    clock.forward(days=2)
    registered(workspace, received_at=clock.at)
    assert workspace.run(today_view).value.to_decide == ToDecide(2, date(2026, 9, 3))


def test_todays_hearings_stand_in_their_rooms(workspace: Workspace) -> None:
    rooms = [workspace.run(save_room, RoomInput(name, position=90)).value for name in ("甲室", "乙室")]
    for start, room in ((15 * 60, rooms[0]), (10 * 60, rooms[1])):
        who = mediator(workspace, f"调解员{start}")
        case = accepted(workspace, f"申请人{start}", f"被申请人{start}")
        workspace.run(assign_mediators, AssignInput(case.id, who.id))
        wanted = HearingInput(
            case.id, HearingKind.MEDIATION, TODAY, start, start + 60, room_id=room.id, notice_waived=True
        )
        workspace.run(schedule_hearing, wanted)
    view = workspace.run(today_view).value
    assert view.hearings == HearingCount(1, 1)
    assert [(slot.start, slot.place, slot.held) for slot in view.slots] == [
        (600, "乙室", False),
        (900, "甲室", False),
    ]
    assert view.slots[0].parties == "申请人600 与 被申请人600"
    assert view.slots[0].mediators == "调解员600"
    assert set(view.rooms) >= {"甲室", "乙室"}


def test_drafts_and_the_days_since_the_last_package(workspace: Workspace) -> None:
    workspace.run(save_draft, DraftKind.INTAKE, "d1", {"summary": "…"})
    with Session(workspace._engine) as session, session.begin():
        for day in (20, 28):
            sent = datetime(2026, 8, day, 20, tzinfo=UTC)  # the next morning in China
            session.add(
                Package(
                    direction="out",
                    peer="130532000-A",
                    inc=1,
                    seq=day,
                    base=0,
                    upto=0,
                    state="sent",
                    file_name=f"{day}.xhp",
                    made_at=sent,
                    sent_at=sent,
                )
            )
    view = workspace.run(today_view).value
    assert (view.drafts, view.days_since_sent) == (1, 5)


@use_case(needs=Permission.READ)
def pay(uow: UnitOfWork, due_on: date) -> None:
    """What was promised for a day is performed."""
    for row in uow.session.scalars(select(Obligation).where(Obligation.due_on == due_on)):
        row.performed_on = uow.today()


def test_the_first_to_open_the_office_turns_the_rows_to_the_day(stage: Stage, clock: Clock) -> None:
    case = stage.case()
    stage.session(case)
    stage.workspace.run(record_oral_agreement, settlement(case, form=AgreementForm.ORAL))
    for day in (date(2026, 9, 10), date(2026, 9, 30), date(2026, 10, 10)):
        stage.workspace.run(pay, day)
    kept = text('SELECT l.due_on, l.due_code, c.rev FROM case_list l JOIN "case" c ON c.sk = l.sk')
    revisions = set()
    for days, shown in (
        (0, ("2026-10-08", "T-CONF")),
        (40, ("2026-11-09", "T-FU")),
        (40, ("2026-11-09", "T-FU")),
    ):
        clock.forward(days=days)
        stage.workspace.run(roll)
        with stage.workspace._engine.connect() as connection:
            due_on, code, rev = connection.execute(kept).one()
        assert (due_on, code) == shown
        revisions.add(rev)
    assert len(revisions) == 1


@pytest.mark.parametrize("use_case", [today_view, work_ids])
def test_nobody_without_a_duty_reads(workspace: Workspace, use_case: object) -> None:
    workspace.actor = replace(workspace.actor, roles=frozenset())
    assert refusal(workspace, use_case).reason.value == "not_permitted"


def test_an_accepted_case_leaves_the_undecided(workspace: Workspace) -> None:
    case = registered(workspace)
    workspace.run(accept_case, case.id, True, False)
    assert workspace.run(today_view).value.to_decide.count == 0
