"""Fits a row that comes back from the bin into its case as it stands now."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import class_mapper

from app.domain.errors import Reason, Refused
from app.domain.hearings import GuestKind
from app.domain.office.journal import FieldName
from app.models.work import Attachment, Evidence
from app.services.journal.rows import TABLES
from app.services.kernel.case_rows import NAMES, PARTS
from app.services.kernel.unit_of_work import UnitOfWork

_KINDS = dict(PARTS)
_LINKS: tuple[tuple[Any, str, Any], ...] = (  # the row, its column, and what it names
    *(
        (_KINDS[name.partition(".")[0]], name.partition(".")[2], _KINDS[target])
        for name, target in NAMES.items()
    ),
    (Attachment, "evidence_id", Evidence),
)


def fitted(uow: UnitOfWork, table: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a removed row as they may stand in its case today.

    What it names that is gone is named no more, or no county would take the case; its place in a list is the
    next free one when it was given away. Refuses RESTORE_ALONE (what=) where it cannot be without it.
    """
    _refuse_alone(uow, table, values)
    found = dict(values)
    for kind, key, target in _LINKS:
        if kind.__tablename__ == table and found.get(key):
            found[key] = _living(uow, kind, (key, found[key]), target, found["case_id"])
    if "seq" in found and "case_id" in found:
        found["seq"] = _place(uow, TABLES[table], found)
    return found


def _living(uow: UnitOfWork, kind: Any, named: tuple[str, Any], target: Any, case_id: str) -> Any:
    key, value = named

    def lives(row_id: str) -> bool:
        row: Any = uow.session.get(target, row_id)
        return row is not None and row.case_id == case_id

    if isinstance(value, str):
        left: Any = value if lives(value) else None
        bare = left is None and not class_mapper(kind).columns[key].nullable
    else:
        left = [one for one in value if _no_party(one) or lives(one if isinstance(one, str) else one["id"])]
        bare = not left
    if bare:
        raise Refused(Reason.RESTORE_ALONE, what=FieldName(target.__tablename__, ""))
    return left


def _no_party(one: Any) -> bool:
    """Whether a guest of a hearing is no party of the case but somebody from the register or outside."""
    return isinstance(one, dict) and one.get("kind", GuestKind.PARTY) != GuestKind.PARTY


def _place(uow: UnitOfWork, kind: Any, values: dict[str, Any]) -> int:
    case_id, seq = values["case_id"], values["seq"]
    given = uow.session.scalar(select(kind.id).where(kind.case_id == case_id, kind.seq == seq))
    if given is None:
        return int(seq)
    last = uow.session.scalar(select(func.max(kind.seq)).where(kind.case_id == case_id))
    return (last or 0) + 1


def _refuse_alone(uow: UnitOfWork, table: str, values: dict[str, Any]) -> None:
    for column in class_mapper(TABLES[table]).columns:
        for key in column.foreign_keys:
            parent = key.column.table.name
            value = values.get(column.key)
            if parent in TABLES and value and uow.session.get(TABLES[parent], value) is None:
                raise Refused(Reason.RESTORE_ALONE, what=FieldName(parent, ""))
