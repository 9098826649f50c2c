"""Which entries of the register are one person: those merged, and the one they were merged into."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.models.people import Person
from app.services.kernel.unit_of_work import UnitOfWork

KEPT_ID = func.coalesce(Person.merged_into, Person.id)


def kept_person(uow: UnitOfWork, person_id: str) -> Person:
    """The entry, or the one it was merged into; refuses NOT_FOUND."""
    person = uow.get(Person, person_id)
    return uow.get(Person, person.merged_into) if person.merged_into else person


def one_with(found: ColumnElement[bool]) -> ColumnElement[bool]:
    """The entries `found`, and every other that is one person with one of them."""
    kept: Select[Any] = select(KEPT_ID).where(found)
    return or_(Person.id.in_(kept), Person.merged_into.in_(kept))


def entries_with(uow: UnitOfWork, person_ids: Iterable[str]) -> dict[str, str]:
    """These entries and all that are one person with them, each with the id of the kept one."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = uow.session.execute(select(Person.id, KEPT_ID).where(one_with(Person.id.in_(wanted))))
    return {one: kept for one, kept in rows}
