"""A case as one bundle: all its rows to one JSON body, and back (docs/package-format.md)."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Mapper, class_mapper

from app.models.agreement import Agreement, Obligation, Signature
from app.models.base import Moment, Synced
from app.models.case import Assignment, Case, CaseEvent, Party
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.paper import Paper, PaperFile
from app.services.cases.register import next_sk
from app.services.kernel.unit_of_work import UnitOfWork
from app.sync.records import read_body, write_body

SCHEMA = 1
MIME = "application/pdf"
# In the order in which rows may be inserted; what depends on another comes after it.
PARTS: tuple[tuple[str, type[Synced]], ...] = (
    ("parties", Party),
    ("assignments", Assignment),
    ("events", CaseEvent),
    ("hearings", Hearing),
    ("bookings", Booking),
    ("sessions", SessionRecord),
    ("agreements", Agreement),
    ("obligations", Obligation),
    ("signatures", Signature),
    ("papers", Paper),
)
_LOCAL = frozenset({"row_version", "sk", "rev", "epoch", "owner"})  # this file's own, or in the envelope


def travelling_fields(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a table that go into the bundle."""
    return tuple(column.key for column in _columns(kind))


def _columns(kind: type[Any]) -> list[Column[Any]]:
    mapper: Mapper[Any] = class_mapper(kind)
    return [column for column in mapper.columns if column.key not in _LOCAL]


def bundle_of(uow: UnitOfWork, case: Case) -> bytes:
    """The body of the case's record: every row, every printed paper named by its digest."""
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
    return [{"sha256": sha, "size": size, "name": form, "mime": MIME} for sha, size, form in papers]


def _row_out(row: Any, kind: type[Any]) -> dict[str, Any]:
    return {column.key: _value_out(getattr(row, column.key)) for column in _columns(kind)}


def _value_out(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def apply_bundle(uow: UnitOfWork, text: bytes, head: tuple[str, str, int, int]) -> Case:
    """Make the case here equal to the bundle. `head` is the id, owner, epoch and revision of the record.

    ValueError when the body is not a bundle of this case.
    """
    case_id, owner, epoch, rev = head
    body = read_body(text)
    written = body["case"]
    if written["id"] != case_id:
        raise ValueError("body of another case")
    known = uow.session.get(Case, case_id)
    case = known or _new_case(uow, written)
    _row_in(case, Case, written)
    case.owner, case.epoch, case.rev = owner, epoch, rev
    uow.session.add(case)
    uow.session.flush()
    here = {name: _rows_here(uow, kind, case_id) if known else {} for name, kind in PARTS}
    for name, _ in reversed(PARTS):
        _drop_missing(uow, here[name], {row["id"] for row in body.get(name, [])})
    for name, kind in PARTS:
        _put_rows(uow, kind, case_id, body.get(name, []), here[name])
    for row in (case, *here["agreements"].values()):
        if row in uow.session:
            uow.session.expire(row)
    return case


def _new_case(uow: UnitOfWork, written: dict[str, Any]) -> Case:
    received = datetime.fromisoformat(written["received_at"]).astimezone(uow.zone).date()
    return Case(id=written["id"], sk=next_sk(uow, received))


def _rows_here(uow: UnitOfWork, kind: type[Any], case_id: str) -> dict[str, Any]:
    return {row.id: row for row in uow.session.scalars(select(kind).where(kind.case_id == case_id))}


def _drop_missing(uow: UnitOfWork, here: dict[str, Any], keep: set[str]) -> None:
    gone = here.keys() - keep
    for row_id in gone:
        uow.session.delete(here[row_id])
    if gone:
        uow.session.flush()


def _put_rows(
    uow: UnitOfWork, kind: type[Any], case_id: str, rows: list[dict[str, Any]], here: dict[str, Any]
) -> None:
    """A row known under another case is not found here, so that inserting it breaks its key: refused."""
    for written in rows:
        if written["case_id"] != case_id:
            raise ValueError("row of another case")
        row = here.get(written["id"])
        if (
            row is not None
        ):  # adding it again would add again what its collections still hold: rows just dropped
            _row_in(row, kind, written)
            continue
        row = kind(id=written["id"])
        _row_in(row, kind, written)
        uow.session.add(row)
    if rows:
        uow.session.flush()


def _row_in(row: Any, kind: type[Any], written: dict[str, Any]) -> None:
    for column in _columns(kind):
        if column.key in written:
            setattr(row, column.key, _value_in(column, written[column.key]))


def _value_in(column: Column[Any], value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if column.type.python_type is date else value
