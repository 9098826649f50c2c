"""Every field knows who changed it and when; who saves over a newer row is told."""

from dataclasses import replace

from sqlalchemy import text

from app.domain.actor import Permission
from app.domain.errors import Reason
from app.domain.office.journal import FieldName
from app.domain.roster import AssignInput
from app.models.hearing import Hearing
from app.services.hearings.scheduling import reschedule_hearing
from app.services.journal.history import case_changes, field_history, reveal_changes
from app.services.kernel.history import own_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.roster.assignments import assign_mediators
from tests.services.deeds import (
    a_visit,
    change_visit,
)
from tests.services.stage import ELEVEN, TEN, Stage, audited, refusal, stage

__all__ = ["stage"]


def test_the_history_of_a_field_tells_who_when_before_and_after(stage: Stage) -> None:
    case, visit = a_visit(stage)
    stage.workspace._clock.forward(minutes=3)
    stage.workspace.run(change_visit, visit, content="电话", place="村口")
    told = stage.workspace.run(field_history, visit, "content").value
    assert [(row.before, row.after, row.came) for row in told] == [
        ("上门", "电话", False),
        (None, None, True),
    ]
    assert (told[0].who, told[0].at) == (stage.workspace.actor.name, stage.workspace._clock())
    assert told[0].row == "张㛃"
    assert {row.name.field for row in stage.workspace.run(field_history, visit).value} == {
        "", "content", "place",
    }  # fmt: skip
    page = stage.workspace.run(case_changes, case.id).value
    assert {row.name.field for row in page.changes[:2]} == {"content", "place"}
    assert page.more is None


def test_the_history_covers_numbers_until_somebody_asks_which_is_noted(stage: Stage) -> None:
    @use_case(needs=Permission.CASE_REGISTER)
    def give_numbers(uow: UnitOfWork, case_id: str) -> None:
        party = own_case(uow, case_id).parties[0]
        party.id_no, party.phone = "130599199003077718", "13900002222"

    case = stage.case()
    stage.workspace.run(give_numbers, case.id)
    covered = {row.name.field: row for row in stage.workspace.run(case_changes, case.id).value.changes}
    assert covered["id_no"].after == "130599********7718"
    assert covered["phone"].after == "139****2222"
    seen = {row.name.field: row for row in stage.workspace.run(reveal_changes, case.id).value.changes}
    assert seen["id_no"].after == "130599199003077718"
    assert audited(stage.workspace)[-1] == ("reveal_changes", case.id)


def test_the_history_names_people_instead_of_ids(stage: Stage) -> None:
    case = stage.case()
    stage.workspace.run(assign_mediators, AssignInput(case.id, stage.mediators[1]))
    changes = stage.workspace.run(case_changes, case.id).value.changes
    said = [value for row in changes for value in (row.before, row.after) if isinstance(value, str)]
    assert not any(len(value) == 36 and value.count("-") == 4 for value in said)


def test_a_long_history_comes_page_by_page(stage: Stage) -> None:
    case, visit = a_visit(stage)
    for at in range(205):
        stage.workspace.run(change_visit, visit, content=str(at))
    first = stage.workspace.run(case_changes, case.id).value
    assert (len(first.changes), first.changes[0].after) == (200, "204")
    second = stage.workspace.run(case_changes, case.id, first.more).value
    assert second.changes[0].n < first.changes[-1].n
    assert second.more is None


def test_two_people_at_one_file_are_told_who_was_first_and_what_changed(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case)
    first = stage.workspace
    second = Workspace(
        first._engine, first.folder / "office.db", replace(first.actor, name="赵春梅"), first._clock
    )
    first._clock.forward(minutes=5)
    second.run(reschedule_hearing, hearing.id, stage.wanted(case, start=TEN, end=ELEVEN), hearing.row_version)
    refused = refusal(first, reschedule_hearing, hearing.id, stage.wanted(case), hearing.row_version)
    assert refused.reason == Reason.STALE
    assert refused.details["who"] == "赵春梅"
    assert refused.details["when"] == first._clock()
    assert set(refused.details["what"]) >= {FieldName("hearing", "start"), FieldName("hearing", "end")}


def test_a_row_changed_under_a_running_action_is_refused_with_who(stage: Stage) -> None:
    """SQLite lets one writer in at a time; the version guards rows read before."""

    @use_case(needs=Permission.HEARING_WRITE)
    def save_old_copy(uow: UnitOfWork, hearing_id: str) -> None:
        row = uow.get(Hearing, hearing_id)
        uow.session.connection().execute(
            text("UPDATE hearing SET row_version = row_version + 1 WHERE id = :id"), {"id": hearing_id}
        )
        row.recorder = "别人"

    hearing = stage.hearing(stage.case())
    refused = refusal(stage.workspace, save_old_copy, hearing.id)
    assert (refused.reason, refused.details["who"]) == (Reason.STALE, stage.workspace.actor.name)
