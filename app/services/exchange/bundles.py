"""A case as one bundle: all its rows to one JSON body, and back (docs/package-format.md)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Date, select
from sqlalchemy.orm import Mapper, class_mapper
from sqlalchemy.orm.attributes import set_committed_value

from app.models.base import Moment
from app.models.case import Assignment, Case, Party
from app.models.paper import Paper, PaperFile
from app.models.work import Attachment
from app.services.cases.register import next_sk
from app.services.kernel.case_rows import PARTS
from app.services.kernel.unit_of_work import UnitOfWork
from app.sync.plan import Head
from app.sync.records import write_body

SCHEMA = 2
MIME = "application/pdf"
_OF_THE_CASE = (Party, Assignment)  # what a case holds as its own lists
_LOCAL = frozenset({"row_version", "sk", "rev", "epoch", "owner"})  # this file's own, or in the envelope


def travelling_columns(kind: type[Any]) -> tuple[Column[Any], ...]:
    """The columns of a table that go into the bundle."""
    return _columns(class_mapper(kind))


@cache
def _columns(mapper: Mapper[Any]) -> tuple[Column[Any], ...]:
    return tuple(column for column in mapper.columns if column.key not in _LOCAL)


def bundle_of(uow: UnitOfWork, case: Case) -> bytes:
    """The body of the case's record: every row, every printed paper and attachment named by its digest."""
    body: dict[str, Any] = {"case": _row_out(case, Case)}
    for name, kind in PARTS:
        rows = uow.session.scalars(
            select(kind).where(kind.case_id == case.id).order_by(class_mapper(kind).c.id)
        )
        body[name] = [_row_out(row, kind) for row in rows]
    body["files"] = _files(uow, case.id)
    return write_body(body)


def _files(uow: UnitOfWork, case_id: str) -> list[dict[str, Any]]:
    papers = uow.session.execute(
        select(Paper.pdf_sha256, PaperFile.size, Paper.form)
        .join(PaperFile, PaperFile.sha256 == Paper.pdf_sha256)
        .where(Paper.case_id == case_id)
        .order_by(Paper.pdf_sha256)
    )
    scans = uow.session.execute(
        select(Attachment.sha256, Attachment.size, Attachment.category, Attachment.mime)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    files = {sha: (size, category, mime) for sha, size, category, mime in scans}
    files.update((sha, (size, form, MIME)) for sha, size, form in papers)
    return [
        {"sha256": sha, "size": size, "name": name, "mime": mime}
        for sha, (size, name, mime) in sorted(files.items())
    ]


def _row_out(row: Any, kind: type[Any]) -> dict[str, Any]:
    return {column.key: _value_out(getattr(row, column.key)) for column in travelling_columns(kind)}


def _value_out(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


class Places:
    """The next free place in the order of receipt, asked once a day of receipt while cases are taken in."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._next: dict[date, int] = {}

    def take(self, received_at: datetime) -> int:
        """A place for a case received at this moment."""
        day = received_at.astimezone(self._uow.zone).date()
        place = self._next.get(day) or next_sk(self._uow, day)
        self._next[day] = place + 1
        return place


Arrival = tuple[dict[str, Any], Head]


def apply_bundles(uow: UnitOfWork, arrivals: Sequence[Arrival], places: Places) -> list[Case]:
    """Make these cases here equal to their checked bodies; each case at most once.

    Many cases together need few statements: rows of one table are read and written at once.
    """
    ids = [head.id for _, head in arrivals]
    known = {case.id: case for case in uow.session.scalars(select(Case).where(Case.id.in_(ids)))}
    cases = [_apply_case(known.get(head.id), body, head, places) for body, head in arrivals]
    uow.session.add_all(case for case in cases if case.id not in known)
    uow.session.flush()
    here = {name: _rows_here(uow, kind, list(known)) for name, kind in PARTS}
    for name, _ in reversed(PARTS):
        _drop_missing(uow, here[name], {row["id"] for body, _ in arrivals for row in body[name]})
    for name, kind in PARTS:
        rows = _put_rows(uow, kind, [row for body, _ in arrivals for row in body[name]], here[name])
        if kind in _OF_THE_CASE:
            _hand_over(cases, name, rows)
    for agreement in here["agreements"].values():
        if agreement in uow.session:
            uow.session.expire(agreement)
    return cases


def _apply_case(known: Case | None, body: dict[str, Any], head: Head, places: Places) -> Case:
    written = body["case"]
    case = known or Case(id=head.id, sk=places.take(datetime.fromisoformat(written["received_at"])))
    _row_in(case, Case, written)
    case.owner, case.epoch, case.rev = head.owner, head.epoch, head.rev
    return case


def _rows_here(uow: UnitOfWork, kind: type[Any], case_ids: list[str]) -> dict[str, Any]:
    if not case_ids:
        return {}
    return {row.id: row for row in uow.session.scalars(select(kind).where(kind.case_id.in_(case_ids)))}


def _drop_missing(uow: UnitOfWork, here: dict[str, Any], keep: set[str]) -> None:
    """Delete the rows the sender has no longer; what they held went before them and is not deleted twice."""
    gone = here.keys() - keep
    for row_id in gone:
        row = here[row_id]
        if held := [relation.key for relation in class_mapper(type(row)).relationships]:
            uow.session.expire(row, held)
        uow.session.delete(row)
    if gone:
        uow.session.flush()


def _put_rows(
    uow: UnitOfWork, kind: type[Any], rows: list[dict[str, Any]], here: dict[str, Any]
) -> list[Any]:
    """Write rows over those that are here, and the others anew.

    A row that is here is not added again: that would bring back the dropped rows its collections still hold.
    """
    put = []
    for written in rows:
        row = here.get(written["id"]) or kind(id=written["id"])
        _row_in(row, kind, written)
        put.append(row)
    uow.session.add_all(row for row in put if row.id not in here)
    if put:
        uow.session.flush()
    return put


def _hand_over(cases: list[Case], name: str, rows: list[Any]) -> None:
    """Give the cases their parties or assignments as they are now, so that nobody need read them again."""
    for case in cases:
        own = sorted((row for row in rows if row.case_id == case.id), key=lambda row: row.seat)
        set_committed_value(case, name, own)


def _row_in(row: Any, kind: type[Any], written: dict[str, Any]) -> None:
    for column in travelling_columns(kind):
        if column.key in written:
            setattr(row, column.key, _value_in(column, written[column.key]))


def _value_in(column: Column[Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
