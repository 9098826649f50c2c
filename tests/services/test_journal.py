"""Whoever did something today can take it back and do it again; what was done since is never run over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.domain.actor import Actor, Permission
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.office.journal import ActionName, DoneAction, FieldName
from app.domain.roster import AssignInput, MediatorInput
from app.models.case import Case, Party
from app.models.people import Person
from app.models.work import Visit
from app.services.agreements.writing import amend_agreement, save_agreement
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case, register_case
from app.services.hearings.scheduling import cancel_hearing, reschedule_hearing, schedule_hearing
from app.services.journal.undo import last_actions, redo_action, undo_action
from app.services.kernel.history import own_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.assignments import assign_mediators
from app.services.roster.entries import save_mediator
from tests.conftest import THE_DAY, OpenOffice, intake
from tests.services.deeds import (
    a_visit,
    begin_investigation,
    both,
    change_visit,
    do,
    drop_party,
    lists,
    note_visit,
    picture,
    rename_person,
    strike_visit,
    undoable,
)
from tests.services.stage import ELEVEN, TEN, Stage, audited, refusal, settlement, stage

__all__ = ["stage"]

Deed = Callable[[Stage], tuple[Any, ...]]


def _add(stage: Stage) -> tuple[Any, ...]:
    return note_visit, stage.case().id, "上门"


def _strike(stage: Stage) -> tuple[Any, ...]:
    return strike_visit, a_visit(stage)[1]


def _step(stage: Stage) -> tuple[Any, ...]:
    return begin_investigation, stage.case().id


def _party(stage: Stage) -> tuple[Any, ...]:
    return drop_party, stage.workspace.run(register_case, intake()).value.id


def _accept(stage: Stage) -> tuple[Any, ...]:
    case = stage.workspace.run(register_case, intake()).value
    return undoable(accept_case), case.id, True, False


def _assign(stage: Stage) -> tuple[Any, ...]:
    return undoable(assign_mediators), AssignInput(stage.case().id, stage.mediators[1])


def _fix(stage: Stage) -> tuple[Any, ...]:
    return undoable(schedule_hearing), stage.wanted(stage.case())


def _move_hearing(stage: Stage) -> tuple[Any, ...]:
    case = stage.case()
    hearing = stage.hearing(case)
    later = stage.wanted(case, start=TEN, end=ELEVEN, room_id=stage.rooms[1])
    return undoable(reschedule_hearing), hearing.id, later, hearing.row_version


def _call_off(stage: Stage) -> tuple[Any, ...]:
    return undoable(cancel_hearing), stage.hearing(stage.case()).id, "当事人生病"


def _amend(stage: Stage) -> tuple[Any, ...]:
    case = stage.case()
    stage.session(case)
    written = stage.workspace.run(save_agreement, settlement(case)).value
    fewer = replace(settlement(case), obligations=settlement(case).obligations[:1], terms=("李䶮改建排水。",))
    return undoable(amend_agreement), written.id, fewer, written.row_version


def _mediator(stage: Stage) -> tuple[Any, ...]:
    return undoable(save_mediator), MediatorInput("孙巧云", birth=date(1980, 1, 1))


DEEDS = [_add, _strike, _step, _party, _accept, _assign, _fix, _move_hearing, _call_off, _amend, _mediator]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
def test_taken_back_everything_is_as_before_and_done_again_as_after(stage: Stage, deed: Deed) -> None:
    asked = deed(stage)
    before = both(stage.workspace)
    action_id = do(stage.workspace, *asked)
    after = both(stage.workspace)
    assert after != before
    told = stage.workspace.run(undo_action, action_id).value
    assert told.undone_at is not None
    assert told.hindrance is None  # it can be done again
    assert both(stage.workspace) == before
    told = stage.workspace.run(redo_action, action_id).value
    assert told.undone_at is None
    assert both(stage.workspace) == after
    stage.workspace.run(undo_action, action_id)
    assert both(stage.workspace) == before


_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "day": st.dates(date(2026, 1, 1), THE_DAY),
        "start": st.none() | st.integers(0, 1439),
        "place": st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
        "content": st.sampled_from(["上门", "电话", "约定周五再谈"]),
    },
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(edits=st.lists(_VALUES, min_size=1, max_size=4))
def test_any_row_of_edits_is_taken_back_step_by_step(stage: Stage, edits: list[dict[str, Any]]) -> None:
    """Each edit that changes anything is undone, the last first, then all are done again in their order."""
    visit = stage.workspace.run(note_visit, _one_case(stage), "上门").value
    pictures, actions = [picture(stage.workspace)], []
    for values in edits:
        action = stage.workspace.run(change_visit, visit, **values).action_id
        if action:
            actions.append(action)
            pictures.append(picture(stage.workspace))
    for at, action in reversed(list(enumerate(actions))):
        stage.workspace.run(undo_action, action)
        assert picture(stage.workspace) == pictures[at]
    for at, action in enumerate(actions):
        stage.workspace.run(redo_action, action)
        assert picture(stage.workspace) == pictures[at + 1]


def _one_case(stage: Stage) -> str:
    with stage.workspace._engine.connect() as connection:
        found = connection.execute(select(Case.id).where(Case.status == CaseStatus.ASSIGNED)).scalar()
    return found or stage.case().id


def test_the_history_and_the_audit_say_what_was_taken_back(stage: Stage) -> None:
    case = stage.case()
    action_id = do(stage.workspace, note_visit, case.id, "上门")
    stage.workspace.run(undo_action, action_id)
    last = stage.workspace.run(open_case, case.id).value.events[-1]
    assert (last.action, last.note) == (CaseAction.UNDONE, "note_visit")
    assert audited(stage.workspace)[-1] == ("undo_action", case.id)


def test_the_last_actions_are_told_newest_first_with_their_case(stage: Stage) -> None:
    case, visit = a_visit(stage)
    stage.workspace.run(change_visit, visit, content="电话")
    told = stage.workspace.run(last_actions).value
    assert [row.action for row in told] == [ActionName("change_visit"), ActionName("note_visit")]
    assert {row.number for row in told} == {case.number}
    assert told[0].hindrance is None
    assert told[1].hindrance == Reason.UNDO_CHANGED  # the later edit must go first
    assert told[1].details["what"] == ActionName("change_visit")
    assert len(stage.workspace.run(last_actions, 1).value) == 1


def test_a_later_change_of_the_same_field_stands_in_the_way_and_is_named(stage: Stage) -> None:
    _, visit = a_visit(stage)
    first = do(stage.workspace, change_visit, visit, content="电话", place="村口")
    own = stage.workspace.actor
    stage.workspace.actor = replace(own, name="赵春梅")
    second = do(stage.workspace, change_visit, visit, content="视频")
    stage.workspace.actor = own
    refused = refusal(stage.workspace, undo_action, first)
    assert refused.reason == Reason.UNDO_CHANGED
    assert refused.details["who"] == "赵春梅"
    assert refused.details["what"] == ActionName("change_visit")
    stage.workspace.run(undo_action, second)
    assert stage.workspace.run(undo_action, first).value.undone_at is not None


def test_a_later_change_of_another_field_does_not(stage: Stage) -> None:
    _, visit = a_visit(stage)
    first = do(stage.workspace, change_visit, visit, content="电话")
    do(stage.workspace, change_visit, visit, place="村口")
    assert stage.workspace.run(undo_action, first).value.undone_at is not None


def test_a_step_is_taken_back_only_before_anything_else_is_done_on_the_case(stage: Stage) -> None:
    case = stage.case()
    step = do(stage.workspace, begin_investigation, case.id)
    visit = do(stage.workspace, note_visit, case.id, "上门")
    assert refusal(stage.workspace, undo_action, step).reason == Reason.UNDO_CHANGED
    stage.workspace.run(undo_action, visit)
    stage.workspace.run(undo_action, step)
    assert stage.status(case) == CaseStatus.ASSIGNED


def test_a_row_something_refers_to_stays(stage: Stage) -> None:
    @use_case(needs=Permission.CASE_DECIDE, undoable=True)
    def add_party(uow: UnitOfWork, case_id: str) -> str:
        case = own_case(uow, case_id)
        first = case.parties[0]
        row = Party(
            case_id=case.id, seat=9, role="applicant", kind="natural", name="新当事人", id_kind=first.id_kind,
            consent="unasked",
        )  # fmt: skip
        uow.session.add(row)
        uow.session.flush()
        return row.id

    @use_case(needs=Permission.CASE_DECIDE)
    def stand_for(uow: UnitOfWork, case_id: str, party_id: str) -> None:
        own_case(uow, case_id).parties[0].represents = [party_id]

    case = stage.case()
    added = stage.workspace.run(add_party, case.id)
    stage.workspace.run(stand_for, case.id, added.value)
    refused = refusal(stage.workspace, undo_action, added.action_id)
    assert (refused.reason, refused.details["what"]) == (Reason.UNDO_NEEDED, FieldName("party", ""))


def test_a_mediator_of_a_case_is_not_taken_out_of_the_roster(stage: Stage) -> None:
    made = stage.workspace.run(undoable(save_mediator), MediatorInput("孙巧云", birth=date(1980, 1, 1)))
    stage.workspace.run(assign_mediators, AssignInput(stage.case().id, made.value.id))
    assert refusal(stage.workspace, undo_action, made.action_id).reason == Reason.UNDO_NEEDED


def test_nobody_takes_back_what_another_did(stage: Stage) -> None:
    action_id = do(stage.workspace, note_visit, stage.case().id, "上门")
    own = stage.workspace.actor
    stage.workspace.actor = Actor("another", "赵春梅", own.roles)
    refused = refusal(stage.workspace, undo_action, action_id)
    assert (refused.reason, refused.details["who"]) == (Reason.UNDO_OTHERS, own.name)
    assert stage.workspace.run(last_actions).value == ()


def test_yesterday_stands(stage: Stage) -> None:
    action_id = do(stage.workspace, note_visit, stage.case().id, "上门")
    stage.workspace._clock.forward(days=1)
    assert refusal(stage.workspace, undo_action, action_id).reason == Reason.UNDO_TOO_OLD


def test_what_is_not_made_to_be_taken_back_is_not(stage: Stage) -> None:
    outcome = stage.workspace.run(register_case, intake())
    assert outcome.action_id == ""
    with stage.workspace._engine.connect() as connection:
        asked = text("SELECT action_id FROM journal WHERE action = 'register_case' LIMIT 1")
        action_id = connection.execute(asked).scalar_one()
    assert refusal(stage.workspace, undo_action, action_id).reason == Reason.UNDO_NEVER


def test_a_locked_volume_takes_nothing_back(stage: Stage) -> None:
    @use_case(needs=Permission.CASE_DECIDE)
    def lock(uow: UnitOfWork, case_id: str) -> None:
        uow.get(Case, case_id).status = CaseStatus.ARCHIVED

    case = stage.case()
    action_id = do(stage.workspace, note_visit, case.id, "上门")
    stage.workspace.run(lock, case.id)
    assert refusal(stage.workspace, undo_action, action_id).reason == Reason.CASE_LOCKED


def test_nothing_is_taken_back_twice(stage: Stage) -> None:
    action_id = do(stage.workspace, note_visit, stage.case().id, "上门")
    stage.workspace.run(undo_action, action_id)
    assert refusal(stage.workspace, undo_action, action_id).reason == Reason.UNDO_DONE
    stage.workspace.run(redo_action, action_id)
    assert refusal(stage.workspace, redo_action, action_id).reason == Reason.UNDO_DONE
    assert refusal(stage.workspace, undo_action, "no such action").reason == Reason.NOT_FOUND


def test_what_was_taken_back_is_not_done_again_over_a_later_change(stage: Stage) -> None:
    _, visit = a_visit(stage)
    action_id = do(stage.workspace, change_visit, visit, content="电话")
    stage.workspace.run(undo_action, action_id)
    stage.workspace.run(change_visit, visit, content="视频")
    refused = refusal(stage.workspace, redo_action, action_id)
    assert (refused.reason, refused.details["what"]) == (Reason.UNDO_CHANGED, ActionName("change_visit"))


def test_the_register_finds_a_person_by_the_name_put_back(stage: Stage) -> None:
    stage.case()
    with stage.workspace._engine.connect() as connection:
        person_id = connection.execute(select(Person.id).where(Person.name == "张㛃")).scalar_one()
    before = lists(stage.workspace)
    action_id = do(stage.workspace, rename_person, person_id, "张小㛃")
    stage.workspace.run(undo_action, action_id)
    assert lists(stage.workspace) == before


def test_a_change_and_its_undo_leave_no_trace_for_an_open_form(stage: Stage) -> None:
    """A form opened before the two is refused all the same: its version is old, and the answer names who."""
    case = stage.case()
    hearing = stage.hearing(case)
    later = stage.wanted(case, start=TEN, end=ELEVEN)
    action_id = do(stage.workspace, undoable(reschedule_hearing), hearing.id, later, hearing.row_version)
    stage.workspace.run(undo_action, action_id)
    refused = refusal(stage.workspace, reschedule_hearing, hearing.id, later, hearing.row_version)
    assert refused.reason == Reason.STALE
    assert refused.details["who"] == stage.workspace.actor.name


def test_an_action_of_hundreds_of_rows_is_one_action(stage: Stage) -> None:
    @use_case(needs=Permission.HEARING_WRITE, undoable=True)
    def many_visits(uow: UnitOfWork, case_id: str) -> None:
        uow.session.add_all(
            Visit(case_id=case_id, day=THE_DAY - timedelta(days=at % 9), method="home", visited="甲",
                  visitors="乙", content=str(at))
            for at in range(300)
        )  # fmt: skip

    case = stage.case()
    before = picture(stage.workspace)
    action_id = do(stage.workspace, many_visits, case.id)
    told: tuple[DoneAction, ...] = stage.workspace.run(last_actions).value
    assert [row.action.name for row in told] == ["many_visits"]
    stage.workspace.run(undo_action, action_id)
    assert picture(stage.workspace) == before


def test_the_file_opened_elsewhere_has_nothing_to_take_back(open_office: OpenOffice) -> None:
    workspace = open_office(folder="fresh")
    assert workspace.run(last_actions).value == ()
