"""Bodies an older program wrote, completed with what it did not know yet: readers read every older schema."""

from functools import cache
from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Mapper, class_mapper

from app.domain.flow import CaseStatus
from app.services.exchange.bundles import SCHEMA, travelling_columns
from app.services.kernel.case_rows import CASE, PARTS
from app.sync.records import Record, reread_body

FIRST = frozenset(
    {
        "parties", "assignments", "events", "hearings", "bookings", "sessions", "agreements", "obligations",
        "signatures", "papers",
    }
)  # fmt: skip
"""The parts every body has had from the beginning; one that is missing here was not left out honestly."""

_RENAMED = {"agreed": str(CaseStatus.AGREED_WRITTEN)}
_STATES = (("events", "from_status"), ("events", "to_status"))


def body_of(record: Record) -> dict[str, Any]:
    """The body of a record that was checked before, as this program's rows need it."""
    return completed(reread_body(record.body), record.schema)


def completed(body: dict[str, Any], schema: int) -> dict[str, Any]:
    """The body with the parts and columns added since its schema, as they are when nothing is known of them.

    Nothing that stands in it is changed but states that have another name now; what is wrong stays wrong.
    """
    if schema >= SCHEMA:
        return body
    for part, kind in (CASE, *PARTS):
        for row in _rows(body, part):
            _complete_row(row, kind)
    _rename(body.get("case"), "status")
    for part, key in _STATES:
        for row in _rows(body, part):
            _rename(row, key)
    return body


def _rows(body: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """The rows of a part, an empty list where the older program had none; a wrong part is left alone."""
    if part not in FIRST and part != CASE[0]:
        body.setdefault(part, [])
    rows = [body.get(part)] if part == CASE[0] else body.get(part)
    return [row for row in rows if type(row) is dict] if type(rows) is list else []


def _complete_row(row: dict[str, Any], kind: type[Any]) -> None:
    for key, column in _fillable(class_mapper(kind)):
        if key not in row:
            row[key] = _unknown(column)


@cache
def _fillable(mapper: Mapper[Any]) -> tuple[tuple[str, Column[Any]], ...]:
    columns = travelling_columns(mapper.class_)
    return tuple(
        (column.key, column)
        for column in columns
        if not column.primary_key and (column.nullable or column.default is not None)
    )


def _unknown(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _rename(row: Any, key: str) -> None:
    if type(row) is dict and type(row.get(key)) is str:
        row[key] = _RENAMED.get(row[key], row[key])
