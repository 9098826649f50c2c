"""Whether something still refers to a row that would go."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import class_mapper

from app.domain.errors import Reason, Refused
from app.domain.office.journal import FieldName
from app.models.base import Synced
from app.models.case import CaseEvent
from app.models.tables import Base  # with every table loaded
from app.services.journal.rows import TABLES, Act
from app.services.kernel.journal import KEPT, row_values
from app.services.kernel.unit_of_work import UnitOfWork

_ID_LENGTH = 36
_SYNCED: list[type[Any]] = [
    mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Synced) and mapper.class_ is not CaseEvent
]


def refuse_leaned_on(uow: UnitOfWork, act: Act) -> None:
    """Refuse UNDO_NEEDED when another row names one the action made: what= is its kind."""
    made = {entry.row_id for entry in act.came}
    in_cases = {entry.row_id for entry in act.came if entry.case_id}
    leaning = next(_in_cases(uow, act, in_cases, made), None) if in_cases else None
    if leaning is None and made - in_cases:
        leaning = next(_anywhere(uow, act, made), None)
    if leaning is not None:
        raise Refused(Reason.UNDO_NEEDED, what=FieldName(leaning, ""))


def _in_cases(uow: UnitOfWork, act: Act, wanted: set[str], made: set[str]) -> Iterator[str]:
    """The kinds of rows of these cases in any of whose values, lists too, one of the ids stands."""
    for kind in _SYNCED:
        for row in uow.session.scalars(select(kind).where(kind.case_id.in_(act.case_ids))):
            if row.id not in made and _names(row, wanted):
                yield kind.__tablename__


def _names(row: Any, wanted: set[str]) -> bool:
    text = json.dumps(row_values(row), ensure_ascii=False)
    return any(row_id in text for row_id in wanted)


def _anywhere(uow: UnitOfWork, act: Act, made: set[str]) -> Iterator[str]:
    """The kinds of rows of the whole file that refer to a person, mediator or room just made."""
    wanted = {entry.row_id for entry in act.came if not entry.case_id}
    for name, kind in TABLES.items():
        if not issubclass(kind, KEPT):
            continue
        for column in class_mapper(kind).columns:
            is_id = isinstance(column.type, String) and column.type.length == _ID_LENGTH
            if not is_id or column.primary_key:
                continue
            found = uow.session.scalars(
                select(kind.id).where(column.in_(wanted), kind.id.not_in(made)).limit(1)
            )
            if found.first() is not None:
                yield name
