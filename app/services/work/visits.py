"""The visit log: any number of calls at the door, on the phone, at the place."""

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction
from app.domain.work.visits import VisitInput, VisitManner, VisitRow
from app.models.case import Case
from app.models.work import Visit
from app.services.flow.answers import refuse_invalid
from app.services.journal.bin import discard
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_NOTE = 60  # characters of the content that stand in the history


@use_case(needs=Permission.READ, writes=False)
def list_visits(uow: UnitOfWork, case_id: str) -> tuple[VisitRow, ...]:
    """The visit log of a case, the latest visit first."""
    rows = uow.session.scalars(select(Visit).where(Visit.case_id == case_id)).all()
    return tuple(
        _row(row) for row in sorted(rows, key=lambda one: (one.day, one.start or 0, one.id), reverse=True)
    )


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def save_visit(
    uow: UnitOfWork, wanted: VisitInput, visit_id: str | None = None, row_version: int | None = None
) -> VisitRow:
    """Write a visit into the log, or correct one (PML 21: timely and on the spot).

    Possible in every state until the volume is locked. Refuses INVALID, READ_ONLY_CASE, CASE_LOCKED, STALE;
    NOT_FOUND for a visit of another case.
    """
    case = own_case(uow, wanted.case_id)
    row = Visit(case_id=case.id)
    if visit_id is not None:
        row = uow.get(Visit, visit_id)
        refuse_stale(uow, row, row_version)
        if row.case_id != case.id:
            raise Refused(Reason.NOT_FOUND)
    refuse_invalid(tuple(wanted.problems(uow.today())))
    assert wanted.day is not None  # noqa: S101 - `problems` asked for it
    row.day, row.start, row.method = wanted.day, wanted.start, wanted.method
    for name in ("place", "visited", "visitors", "content", "next_action"):
        setattr(row, name, getattr(wanted, name).strip())
    uow.session.add(row)
    if visit_id is None:
        record(uow, case, CaseAction.VISITED, f"{row.visited}：{row.content[:_NOTE]}")
    uow.session.flush()
    _tell(uow, row, case)
    return _row(row)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def remove_visit(uow: UnitOfWork, visit_id: str, row_version: int) -> None:
    """Move a visit into the bin. Refuses READ_ONLY_CASE, CASE_LOCKED, STALE."""
    row = uow.get(Visit, visit_id)
    refuse_stale(uow, row, row_version)
    case = own_case(uow, row.case_id)
    title = f"{row.day} {row.visited}"
    record(uow, case, CaseAction.REMOVED, title)
    _tell(uow, row, case)
    discard(uow, row, title)


def _tell(uow: UnitOfWork, row: Visit, case: Case) -> None:
    uow.note(row.id, case=case.id)
    uow.changed(Topic.CASES)


def _row(row: Visit) -> VisitRow:
    return VisitRow(
        row.id, row.row_version, row.case_id, row.day, row.start, VisitManner(row.method), row.place,
        row.visited, row.visitors, row.content, row.next_action,
    )  # fmt: skip
