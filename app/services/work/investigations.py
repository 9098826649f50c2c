"""Records of investigation (F06): written, corrected until the person asked has signed."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.values.identity import Sex
from app.domain.work.visits import AskedPerson, InvestigationInput, InvestigationRow
from app.models.case import Case
from app.models.work import Investigation
from app.services.flow.answers import refuse_invalid
from app.services.journal.bin import discard
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.READ, writes=False)
def list_investigations(uow: UnitOfWork, case_id: str) -> tuple[InvestigationRow, ...]:
    """The records of investigation of a case in their order."""
    rows = uow.session.scalars(
        select(Investigation).where(Investigation.case_id == case_id).order_by(Investigation.seq)
    )
    return tuple(_row(row) for row in rows)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def save_investigation(
    uow: UnitOfWork, wanted: InvestigationInput, record_id: str | None = None, row_version: int | None = None
) -> InvestigationRow:
    """Write a record of investigation, or correct one nobody has signed; the first one starts it (F06, 4.7).

    A case to which mediators are assigned is under investigation from then on. Refuses INVALID (`signed` once
    it is signed), READ_ONLY_CASE, CASE_LOCKED, STALE; NOT_FOUND for a record of another case.
    """
    case = own_case(uow, wanted.case_id)
    if record_id is None:
        row = Investigation(case_id=case.id, seq=_next_seq(uow, case.id))
    else:
        row = _unsigned(uow, record_id, row_version)
        if row.case_id != case.id:
            raise Refused(Reason.NOT_FOUND)
    refuse_invalid(tuple(wanted.problems(uow.today())))
    _write(row, wanted)
    uow.session.add(row)
    if record_id is None:
        _enter(uow, case, row)
    return _told(uow, row)


@use_case(needs=Permission.HEARING_WRITE)
def sign_investigation(
    uow: UnitOfWork, record_id: str, day: date | None, row_version: int
) -> InvestigationRow:
    """Enter the day on which the person asked signed the record; from then on it stays as it is.

    Refuses INVALID for a day before the investigation or to come, STALE, READ_ONLY_CASE, CASE_LOCKED.
    """
    row = _unsigned(uow, record_id, row_version)
    case = own_case(uow, row.case_id)
    if day is None:
        code = "required"
    elif day > uow.today():
        code = "future_date"
    else:
        code = "before_investigation" if day < row.day else ""
    refuse_invalid((Problem("signed_on", code),) if code else ())
    row.signed_on = day
    record(uow, case, CaseAction.SIGNED, _title(row))
    return _told(uow, row)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def remove_investigation(uow: UnitOfWork, record_id: str, row_version: int) -> None:
    """Move a record nobody has signed into the bin.

    Refuses INVALID (`signed`), READ_ONLY_CASE, CASE_LOCKED, STALE.
    """
    row = _unsigned(uow, record_id, row_version)
    case = own_case(uow, row.case_id)
    title = _title(row)
    record(uow, case, CaseAction.REMOVED, title)
    uow.note(row.id, case=case.id)
    discard(uow, row, title)
    uow.changed(Topic.CASES)


def _unsigned(uow: UnitOfWork, record_id: str, row_version: int | None) -> Investigation:
    row = uow.get(Investigation, record_id)
    refuse_stale(uow, row, row_version)
    if row.signed_on is not None:
        raise Refused(Reason.INVALID, problems=(Problem("signed_on", "signed"),))
    return row


def _enter(uow: UnitOfWork, case: Case, row: Investigation) -> None:
    if case.status == CaseStatus.ASSIGNED:
        move(uow, case, CaseStatus.INVESTIGATING, CaseAction.INVESTIGATING)
    record(uow, case, CaseAction.INVESTIGATED, _title(row))


def _next_seq(uow: UnitOfWork, case_id: str) -> int:
    last = uow.session.scalar(select(func.max(Investigation.seq)).where(Investigation.case_id == case_id))
    return (last or 0) + 1


def _title(row: Investigation) -> str:
    return f"{row.day} {row.asked['name']}"


def _write(row: Investigation, wanted: InvestigationInput) -> None:
    assert wanted.day and wanted.start is not None and wanted.end is not None  # noqa: S101, PT018 - `problems`
    row.day, row.start, row.end, row.place = wanted.day, wanted.start, wanted.end, wanted.place.strip()
    row.attendees = [name.strip() for name in wanted.attendees if name.strip()]
    row.asked = {
        key: value.strip() if isinstance(value, str) else value for key, value in asdict(wanted.asked).items()
    }
    row.investigators = [name.strip() for name in wanted.investigators if name.strip()]
    row.recorder, row.body = wanted.recorder.strip(), wanted.body.strip()


def _told(uow: UnitOfWork, row: Investigation) -> InvestigationRow:
    uow.session.flush()
    uow.note(row.id, case=row.case_id, signed=row.signed_on is not None)
    uow.changed(Topic.CASES)
    return _row(row)


def _row(row: Investigation) -> InvestigationRow:
    return InvestigationRow(
        row.id, row.row_version, row.case_id, row.seq, row.day, row.start, row.end, row.place,
        tuple(row.attendees), _asked(row), tuple(row.investigators), row.recorder, row.body, row.signed_on,
    )  # fmt: skip


def _asked(row: Investigation) -> AskedPerson:
    told = row.asked
    sex = told.get("sex")
    return AskedPerson(
        name=told["name"], sex=Sex(sex) if sex else None, age=told.get("age"), id_no=told.get("id_no", ""),
        unit=told.get("unit", ""), address=told.get("address", ""), phone=told.get("phone", ""),
    )  # fmt: skip
