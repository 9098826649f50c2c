"""Lists as somebody wants to see them again: kept with a name, for that person."""

from typing import Any

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.errors import Problem, Reason, Refused
from app.domain.search import FilterRow
from app.domain.values.limits import text_problems
from app.models.local import SavedFilter
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

MOST_NAME = 30


@use_case(needs=Permission.READ, writes=False)
def list_filters(uow: UnitOfWork, place: str) -> tuple[FilterRow, ...]:
    """The signed-in person's filters of a list, by name."""
    rows = select(SavedFilter).where(SavedFilter.user_id == uow.actor.user_id, SavedFilter.place == place)
    return tuple(FilterRow(row.id, row.name, row.body) for row in uow.session.scalars(rows.order_by("name")))


@use_case(needs=Permission.READ)
def save_filter(uow: UnitOfWork, place: str, name: str, body: dict[str, Any]) -> FilterRow:
    """Keep a filter; one of the same name is replaced. Refuses INVALID without a name."""
    name = name.strip()
    problems = tuple(text_problems("name", name, MOST_NAME)) or (
        () if name else (Problem("name", "required"),)
    )
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    row = uow.session.scalars(
        select(SavedFilter).where(
            SavedFilter.user_id == uow.actor.user_id, SavedFilter.place == place, SavedFilter.name == name
        )
    ).first() or SavedFilter(user_id=uow.actor.user_id, place=place, name=name)
    row.body = body
    uow.session.add(row)
    uow.session.flush()
    uow.note(row.id, place=place)
    return FilterRow(row.id, row.name, row.body)


@use_case(needs=Permission.READ)
def remove_filter(uow: UnitOfWork, filter_id: str) -> None:
    """Forget a filter of the signed-in person; refuses NOT_FOUND for anybody else's."""
    row = uow.get(SavedFilter, filter_id)
    if row.user_id != uow.actor.user_id:
        raise Refused(Reason.NOT_FOUND)
    uow.session.delete(row)
    uow.note(filter_id)
