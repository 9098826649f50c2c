"""The first page of the day."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.actor import Actor, Permission, Role
from app.domain.agreements import AgreementForm
from app.domain.cases import CaseView
from app.domain.flow import CaseStatus
from app.domain.hearings import HearingInput, HearingKind
from app.domain.lists import CaseQuery, DueSoon, HearingCount, ToDecide, ToPerform, WorkFilter
from app.domain.office.drafts import DraftKind
from app.domain.office.users import UserInput
from app.domain.roster import AssignInput, CommitteeFindingKind, RoomInput
from app.models.agreement import Obligation
from app.models.case import CaseDue, CaseListRow
from app.models.exchange import Package
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.decisions import accept_case
from app.services.cases.drafts import save_draft
from app.services.cases.due import roll_due_dates
from app.services.cases.listing import case_rows, list_case_ids
from app.services.hearings.scheduling import schedule_hearing
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.office.today import today_view, work_ids
from app.services.office.users import create_user
from app.services.roster.assignments import assign_mediators
from app.services.roster.entries import save_room
from tests.conftest import THE_DAY as TODAY
from tests.conftest import Clock
from tests.services.roster_data import accepted, mediator, refusal, registered
from tests.services.stage import Stage, settlement, stage

__all__ = ["stage"]


@use_case(needs=Permission.READ, quiet=True)
def roll(uow: UnitOfWork) -> None:
    roll_due_dates(uow)


def work(workspace: Workspace, part: WorkFilter = WorkFilter.ALL, typed: str = "") -> list[str]:
    ids = workspace.run(work_ids, part, typed).value
    return [row.number[-4:-1] for row in workspace.run(case_rows, ids).value]


def settle(workspace: Workspace, case: CaseView, due_on: date) -> None:
    """Make a case look settled with something promised for a day, as lists see it."""
    with Session(workspace._engine) as session, session.begin():
        row = session.query(CaseListRow).filter_by(case_id=case.id).one()
        row.status, row.open, row.step = CaseStatus.EFFECTIVE, False, "perform"
        row.due_on, row.due_code = due_on, "T-PERF"
        session.query(CaseDue).filter_by(sk=row.sk).delete()
        session.add(CaseDue(sk=row.sk, due_on=due_on, code="T-PERF"))


def test_an_empty_office_has_nothing_to_do_but_its_committee(workspace: Workspace) -> None:
    view = workspace.run(today_view).value
    assert view.to_decide == ToDecide(0, None)
    assert view.hearings == HearingCount(0, 0)
    assert view.due_soon == DueSoon(0, 0, None, "")
    assert view.to_perform == ToPerform(0, 0, 0)
    assert (view.slots, view.days_since_sent, view.drafts) == ((), None, 0)
    (alert,) = view.alerts
    assert alert.committee == "平乡镇人民调解委员会"
    assert CommitteeFindingKind.TOO_FEW in {found.kind for found in alert.findings}
    assert work(workspace) == []


def test_the_oldest_undecided_dispute_is_named(workspace: Workspace, clock: Clock) -> None:
    registered(workspace)
    clock.forward(days=2)
    registered(workspace, received_at=clock.at)
    assert workspace.run(today_view).value.to_decide == ToDecide(2, date(2026, 9, 3))


def test_what_is_due_within_seven_days_or_past(workspace: Workspace, clock: Clock) -> None:
    """Registered on Thursday, to be answered by Tuesday; accepted ones have until October."""
    registered(workspace, "赵强", "胡玉梅")
    accepted(workspace)
    promised = accepted(workspace, "陈秀兰", "陈建军")
    settle(workspace, promised, date(2026, 9, 10))
    far = accepted(workspace, "安小红", "邓涛")
    settle(workspace, far, date(2026, 9, 11))
    past = accepted(workspace, "冯建华", "邓涛")
    settle(workspace, past, date(2026, 9, 1))
    view = workspace.run(today_view).value
    assert view.due_soon == DueSoon(3, 1, date(2026, 9, 8), "赵强 与 胡玉梅")
    assert view.to_perform == ToPerform(3, 0, 1)
    assert work(workspace) == ["005", "001", "003", "002"]
    assert work(workspace, WorkFilter.TO_DECIDE) == ["001"]
    assert work(workspace, WorkFilter.MEDIATING) == ["002"]
    assert work(workspace, WorkFilter.TO_PERFORM) == ["005", "003", "004"]
    clock.forward(days=6)
    view = workspace.run(today_view).value
    assert view.due_soon == DueSoon(4, 2, date(2026, 9, 10), "陈秀兰 与 陈建军")
    assert view.to_perform == ToPerform(3, 2, 1)
    clock.forward(days=30)
    assert workspace.run(today_view).value.due_soon.nearest_on == date(2026, 9, 1)


def test_the_worklist_is_searched(workspace: Workspace) -> None:
    registered(workspace, "赵强", "胡玉梅")
    registered(workspace)
    assert work(workspace, typed="胡玉梅") == ["001"]
    assert work(workspace, typed="hym") == ["001"]
    assert work(workspace, WorkFilter.TO_DECIDE, "第002号") == ["002"]
    assert work(workspace, WorkFilter.MEDIATING, "胡玉梅") == []
    assert work(workspace, typed="三组18号") == []


def test_a_mediator_sees_the_own_cases(workspace: Workspace) -> None:
    one, other = mediator(workspace, "周国平"), mediator(workspace, "吴桂英")
    for who in (one, other):
        case = accepted(workspace)
        workspace.run(assign_mediators, AssignInput(case.id, who.id))
    registered(workspace)
    user = workspace.run(create_user, UserInput("zhou", "周国平", frozenset({Role.MEDIATOR}), one.id)).value
    director = workspace.actor
    workspace.actor = Actor(user.id, user.name, user.roles)
    assert work(workspace) == ["001"]
    assert workspace.run(today_view).value.to_decide.count == 1
    workspace.actor = replace(workspace.actor, roles=frozenset({Role.MEDIATOR, Role.REGISTRAR}))
    assert len(work(workspace)) == 3
    workspace.actor = replace(director, roles=frozenset({Role.MEDIATOR}))
    assert len(work(workspace)) == 3  # no mediator of the roster: nothing to choose by


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


def test_the_first_page_needs_few_statements(workspace: Workspace) -> None:
    with workspace._engine.connect() as connection:
        for query in (
            "SELECT sk FROM case_list WHERE open = 1 AND due_on <= '2026-09-10'",
            "SELECT sk, min(due_on) FROM case_due WHERE code IN ('T-CONF', 'T-PERF')"
            " AND due_on BETWEEN '2026-09-03' AND '2026-09-10' GROUP BY sk",
        ):
            step, *_ = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))
            assert re.match("SEARCH .* USING COVERING INDEX ix_case_(list_open_due|due_code_due_on)", step[3])


@use_case(needs=Permission.READ)
def pay(uow: UnitOfWork, due_on: date) -> None:
    """What was promised for a day is performed."""
    for row in uow.session.scalars(select(Obligation).where(Obligation.due_on == due_on)):
        row.performed_on = uow.today()


def test_no_date_of_a_settled_case_is_forgotten(stage: Stage, clock: Clock) -> None:
    """Settled on 3 September: a promise on the 10th and the 30th, to be confirmed by 8 October (PML 33; the
    third is a holiday), the last promise on the 10th, a visit within thirty days of it."""
    case = stage.case()
    stage.session(case)
    stage.workspace.run(record_oral_agreement, settlement(case, form=AgreementForm.ORAL))
    begin, first, second, last = clock.at, date(2026, 9, 10), date(2026, 9, 30), date(2026, 10, 10)
    for days, paid, shown, late, owed in (
        (0, None, ("2026-09-10", "T-PERF"), 0, ToPerform(1, 0, 0)),
        (8, None, ("2026-09-10", "T-PERF"), 1, ToPerform(1, 0, 1)),
        (8, first, ("2026-09-30", "T-PERF"), None, ToPerform(1, 0, 0)),
        (20, None, ("2026-09-30", "T-PERF"), 0, ToPerform(1, 0, 0)),
        (29, None, ("2026-09-30", "T-PERF"), 1, ToPerform(1, 0, 1)),
        (29, second, ("2026-10-08", "T-CONF"), 0, ToPerform(1, 0, 0)),
        (36, None, ("2026-10-10", "T-PERF"), 0, ToPerform(1, 1, 0)),
        (40, None, ("2026-10-10", "T-PERF"), 1, ToPerform(1, 0, 1)),
        (40, last, ("2026-11-09", "T-FU"), None, ToPerform(0, 0, 0)),
        (70, None, ("2026-11-09", "T-FU"), 1, ToPerform(0, 0, 0)),
    ):
        clock.at = begin + timedelta(days=days)
        if paid:
            stage.workspace.run(pay, paid)
        ids = stage.workspace.run(list_case_ids, CaseQuery()).value
        (row,) = stage.workspace.run(case_rows, ids).value
        assert (str(row.due_on), row.due_code) == shown
        view = stage.workspace.run(today_view).value
        assert work(stage.workspace) == ([] if late is None else ["001"])
        assert work(stage.workspace, WorkFilter.TO_PERFORM) == (["001"] if owed.count else [])
        near = DueSoon(1, late or 0, date.fromisoformat(shown[0]), row.parties)
        assert view.due_soon == (DueSoon(0, 0, None, "") if late is None else near)
        assert view.to_perform == owed


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
