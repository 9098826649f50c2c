"""Expert consultations (会诊, F28)."""

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction
from app.domain.work.conferences import ConferenceInput, ConferenceRow, Member
from app.models.work import Conference
from app.services.flow.answers import refuse_invalid
from app.services.journal.bin import discard
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_SAME = ("title", "place", "chair", "recorder", "summary", "legal_basis", "conclusion", "proposal")


@use_case(needs=Permission.READ, writes=False)
def list_conferences(uow: UnitOfWork, case_id: str) -> tuple[ConferenceRow, ...]:
    """The consultations on a case, the latest first."""
    rows = uow.session.scalars(
        select(Conference)
        .where(Conference.case_id == case_id)
        .order_by(Conference.day.desc(), Conference.start.desc(), Conference.id.desc())
    )
    return tuple(_row(row) for row in rows)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def save_conference(
    uow: UnitOfWork, wanted: ConferenceInput, record_id: str | None = None, row_version: int | None = None
) -> ConferenceRow:
    """Write down a consultation on a difficult case, or correct it (F28).

    Refuses INVALID, READ_ONLY_CASE, CASE_LOCKED, STALE; NOT_FOUND for one of another case.
    """
    case = own_case(uow, wanted.case_id)
    row = Conference(case_id=case.id)
    if record_id is not None:
        row = uow.get(Conference, record_id)
        refuse_stale(uow, row, row_version)
        if row.case_id != case.id:
            raise Refused(Reason.NOT_FOUND)
    refuse_invalid(tuple(wanted.problems(uow.today())))
    _write(row, wanted)
    uow.session.add(row)
    if record_id is None:
        record(uow, case, CaseAction.CONFERRED, row.title)
    uow.session.flush()
    uow.note(row.id, case=case.id)
    uow.changed(Topic.CASES)
    return _row(row)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def remove_conference(uow: UnitOfWork, record_id: str, row_version: int) -> None:
    """Move a consultation into the bin. Refuses READ_ONLY_CASE, CASE_LOCKED, STALE."""
    row = uow.get(Conference, record_id)
    refuse_stale(uow, row, row_version)
    case = own_case(uow, row.case_id)
    record(uow, case, CaseAction.REMOVED, row.title)
    uow.note(row.id, case=case.id)
    discard(uow, row, row.title)
    uow.changed(Topic.CASES)


def _write(row: Conference, wanted: ConferenceInput) -> None:
    assert wanted.day and wanted.start is not None and wanted.end is not None  # noqa: S101, PT018 - `problems`
    row.day, row.start, row.end = wanted.day, wanted.start, wanted.end
    for name in _SAME:
        setattr(row, name, getattr(wanted, name).strip())
    row.members = [{"name": one.name.strip(), "unit": one.unit.strip()} for one in wanted.members]
    row.opinions = [
        {"name": one.name.strip(), "text": one.opinion.strip()}
        for one in wanted.members
        if one.opinion.strip()
    ]


def _row(row: Conference) -> ConferenceRow:
    return ConferenceRow(
        id=row.id, row_version=row.row_version, case_id=row.case_id, day=row.day, start=row.start,
        end=row.end, members=_members(row), **{name: getattr(row, name) for name in _SAME},
    )  # fmt: skip


def _members(row: Conference) -> tuple[Member, ...]:
    """The members with what they thought; an opinion belongs to the first of that name who has none yet."""
    left = [dict(one) for one in row.opinions]
    found = []
    for one in row.members:
        said = next((opinion for opinion in left if opinion["name"] == one["name"]), None)
        if said is not None:
            left.remove(said)
        found.append(Member(one["name"], one.get("unit", ""), said["text"] if said else ""))
    return (*found, *(Member(one["name"], "", one["text"]) for one in left))
