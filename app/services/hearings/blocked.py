"""Keep the times in which nothing should be fixed, and spread them over the days."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.clashes import BlockKind
from app.domain.errors import Problem, Reason, Refused
from app.domain.schedule.blocked import (
    OF_A_MEDIATOR,
    BlockedDay,
    BlockInput,
    BlockPattern,
    BlockRow,
    occurrences,
)
from app.models.local import BlockedTime
from app.models.roster import Mediator, Room
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.READ, writes=False)
def list_blocks(uow: UnitOfWork) -> tuple[BlockRow, ...]:
    """Every blocked time the office keeps: everybody's first, then by title."""
    return active_blocks(uow)


@use_case(needs=Permission.READ, writes=False)
def blocks_between(uow: UnitOfWork, first: date, last: date) -> tuple[BlockedDay, ...]:
    """The blocked days from `first` to `last`, both included, by day."""
    return tuple(occurrences(active_blocks(uow), first, last))


@use_case(needs=Permission.ROSTER_WRITE, undoable=True)
def save_block(
    uow: UnitOfWork, wanted: BlockInput, block_id: str | None = None, row_version: int | None = None
) -> BlockRow:
    """Enter a blocked time, or change one; hearings already fixed stay as they are.

    Refuses INVALID, NOT_FOUND, and STALE when somebody changed it after `row_version` was read.
    """
    problems = (*wanted.problems(), *_holder_problems(uow, wanted))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    row = uow.get(BlockedTime, block_id) if block_id else BlockedTime(active=True)
    if block_id:
        refuse_stale(uow, row, row_version)
    row.kind, row.title, row.ref, row.pattern = wanted.kind, wanted.title.strip(), wanted.ref, wanted.pattern
    row.days = sorted(set(wanted.days))
    row.from_on, row.to_on, row.start, row.end = wanted.from_on, wanted.to_on, wanted.start, wanted.end
    uow.session.add(row)
    uow.session.flush()
    uow.note(row.id, kind=row.kind, pattern=row.pattern)
    uow.changed(Topic.HEARINGS)
    return _view(row, _names(uow))


@use_case(needs=Permission.ROSTER_WRITE, undoable=True)
def remove_block(uow: UnitOfWork, block_id: str, row_version: int) -> None:
    """Take a blocked time away; the journal keeps it. Refuses NOT_FOUND and STALE."""
    row = uow.get(BlockedTime, block_id)
    refuse_stale(uow, row, row_version)
    uow.session.delete(row)
    uow.note(block_id, kind=row.kind)
    uow.changed(Topic.HEARINGS)


def active_blocks(uow: UnitOfWork) -> tuple[BlockRow, ...]:
    """The blocked times in force; an office has a handful."""
    rows = uow.session.scalars(
        select(BlockedTime)
        .where(BlockedTime.active)
        .order_by(BlockedTime.ref.is_not(None), BlockedTime.title)
    ).all()
    names = _names(uow) if any(row.ref for row in rows) else {}
    return tuple(_view(row, names) for row in rows)


def _names(uow: UnitOfWork) -> dict[str, str]:
    found = [
        *uow.session.execute(select(Mediator.id, Mediator.name)),
        *uow.session.execute(select(Room.id, Room.name)),
    ]
    return {row_id: name for row_id, name in found}


def _holder_problems(uow: UnitOfWork, wanted: BlockInput) -> tuple[Problem, ...]:
    """A leave is a mediator's, a closed room is a room."""
    if wanted.ref is None:
        return ()
    kinds: tuple[type[Mediator] | type[Room], ...] = (Mediator, Room)
    if wanted.kind == BlockKind.ROOM_CLOSED:
        kinds = (Room,)
    elif wanted.kind in OF_A_MEDIATOR:
        kinds = (Mediator,)
    known = any(uow.session.get(kind, wanted.ref) is not None for kind in kinds)
    return () if known else (Problem("ref", "unknown"),)


def _view(row: BlockedTime, names: dict[str, str]) -> BlockRow:
    return BlockRow(
        id=row.id,
        row_version=row.row_version,
        kind=BlockKind(row.kind),
        title=row.title,
        ref=row.ref,
        holder=names.get(row.ref, "") if row.ref else "",
        pattern=BlockPattern(row.pattern),
        days=tuple(row.days),
        from_on=row.from_on,
        to_on=row.to_on,
        start=row.start,
        end=row.end,
    )
