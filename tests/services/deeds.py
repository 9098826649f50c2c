"""Small deeds on a case that can be taken back, and pictures of the whole file to compare."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, text

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.flow import CaseAction, CaseStatus
from app.domain.office.settings import SettingKey
from app.models.base import Base
from app.models.people import Person
from app.models.work import Visit
from app.services.kernel.history import move, own_case
from app.services.kernel.settings import change_settings
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from tests.conftest import ALL_TOWNSHIP_ROLES, THE_DAY, Clock
from tests.services.stage import Stage

BOOKS = {"journal", "audit", "change", "case_event", "case_list", "case_due", "case_text"}
COUNTED = {"row_version", "rev"}


def undoable(function: Any) -> Any:
    """The same use case, marked as one its doer may take back."""

    def copy(uow: UnitOfWork, *args: Any, **kwargs: Any) -> Any:
        return function(uow, *args, **kwargs)

    copy.__name__ = function.__name__
    return use_case(needs=function.needs, undoable=True)(copy)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def note_visit(uow: UnitOfWork, case_id: str, content: str) -> str:
    """Write one line of the visit log."""
    own_case(uow, case_id)
    row = Visit(
        case_id=case_id, day=THE_DAY, method="home", visited="张㛃", visitors="周国平", content=content
    )
    uow.session.add(row)
    uow.session.flush()
    return row.id


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def change_visit(uow: UnitOfWork, visit_id: str, **values: Any) -> None:
    """Write other values into a line of the visit log."""
    row = uow.get(Visit, visit_id)
    for key, value in values.items():
        setattr(row, key, value)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def strike_visit(uow: UnitOfWork, visit_id: str) -> None:
    """Take a line out of the visit log."""
    uow.session.delete(uow.get(Visit, visit_id))


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def begin_investigation(uow: UnitOfWork, case_id: str) -> None:
    """Move a case one step."""
    move(uow, own_case(uow, case_id), CaseStatus.INVESTIGATING, CaseAction.INVESTIGATING)


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def drop_party(uow: UnitOfWork, case_id: str) -> None:
    """Take the last party out of the list of the case."""
    case = own_case(uow, case_id)
    case.parties = list(case.parties)[:-1]


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def rename_person(uow: UnitOfWork, person_id: str, name: str) -> None:
    """Change a name in the register."""
    uow.get(Person, person_id).name = name


def picture(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    """Every row of the file but its books and counters."""
    with workspace._engine.connect() as connection:
        return {
            table.name: sorted(
                (
                    {key: value for key, value in row._mapping.items() if key not in COUNTED}
                    for row in connection.execute(select(table))
                ),
                key=str,
            )
            for table in Base.metadata.sorted_tables
            if table.name not in BOOKS
        }


def lists(workspace: Workspace) -> list[Any]:
    """The list rows and search entries of all cases and people."""
    with workspace._engine.connect() as connection:
        asked = (
            "SELECT * FROM case_list ORDER BY sk",
            "SELECT * FROM case_due ORDER BY sk, due_on, code",
            "SELECT rowid, name, ini, num, txt FROM case_search ORDER BY rowid",
            "SELECT rowid, name, ini, num, txt FROM person_search ORDER BY rowid",
        )
        return [[tuple(row) for row in connection.execute(text(one))] for one in asked]


def both(workspace: Workspace) -> tuple[Any, Any]:
    return picture(workspace), lists(workspace)


def do(workspace: Workspace, use_case: Any, *args: Any, **kwargs: Any) -> str:
    """Do it and answer with what it can be taken back by."""
    action_id = workspace.run(use_case, *args, **kwargs).action_id
    assert action_id
    return action_id


def a_visit(stage: Stage) -> tuple[CaseView, str]:
    case = stage.case()
    return case, stage.workspace.run(note_visit, case.id, "上门").value


def work_later(workspace: Workspace, days: int) -> None:
    """Days go by, and something is done then: the clock can be believed."""
    clock = workspace._clock
    assert isinstance(clock, Clock)
    clock.forward(days=days)
    before, workspace.actor = workspace.actor, replace(workspace.actor, roles=ALL_TOWNSHIP_ROLES)
    workspace.run(change_settings, {SettingKey.LOCK_MINUTES: 20})
    workspace.actor = before
