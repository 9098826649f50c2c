"""Taking back what one did today, and doing it again."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction
from app.domain.office.journal import ActionName, DoneAction
from app.domain.values.office_clock import office_day
from app.models.case import Case, CaseEvent
from app.models.hearing import Hearing
from app.models.local import JournalEntry
from app.services.journal.leaning import refuse_leaned_on
from app.services.journal.rows import Act, put_back, values_hold
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

LOOKED_AT = 5000  # entries at the end of the journal in which somebody's last actions are looked for
_BACK_AND_FORTH = ("undo_action", "redo_action")
_PRINTING = "print_paper"


@use_case(needs=Permission.READ, writes=False)
def last_actions(uow: UnitOfWork, limit: int = 10) -> tuple[DoneAction, ...]:
    """What this person did that is made to be taken back, the latest first, and why it cannot be."""
    return tuple(_told(uow, act, *_hindrance(uow, act)) for act in _own_acts(uow, limit))


@use_case(needs=Permission.READ)
def undo_action(uow: UnitOfWork, action_id: str) -> DoneAction:
    """Take an action back: every field as before, rows that came gone, rows that went there again.

    Refuses NOT_FOUND, UNDO_OTHERS (somebody else's), UNDO_NEVER, UNDO_DONE, UNDO_TOO_OLD (not today's),
    UNDO_CHANGED (a later action, named, changed the same), UNDO_NEEDED (something refers to what would go),
    READ_ONLY_CASE, CASE_LOCKED.
    """
    act = Act.of(uow, action_id)
    _refuse_undo(uow, act)
    put_back(uow, act)
    for entry in act.entries:
        entry.undone_by = uow.action_id
    _write_down(uow, act, CaseAction.UNDONE)
    return _told(uow, act)


@use_case(needs=Permission.READ)
def redo_action(uow: UnitOfWork, action_id: str) -> DoneAction:
    """Do again what was taken back, as long as nothing was changed since; refuses as `undo_action` does."""
    act = Act.of(uow, action_id)
    back = _refuse_redo(uow, act)
    put_back(uow, back)
    for entry in back.entries:
        entry.undone_by = uow.action_id
    for entry in act.entries:
        entry.undone_by = None
    _write_down(uow, act, CaseAction.RESTORED)
    return _told(uow, act)


def _own_acts(uow: UnitOfWork, limit: int) -> Iterator[Act]:
    last = uow.session.scalar(select(func.max(JournalEntry.n))) or 0
    before = last + 1
    for _ in range(limit):
        found = uow.session.scalars(
            select(JournalEntry.action_id)
            .where(JournalEntry.n < before, JournalEntry.n > last - LOOKED_AT)
            .where(JournalEntry.user_id == uow.actor.user_id, JournalEntry.undoable)
            .order_by(JournalEntry.n.desc())
            .limit(1)
        ).first()
        if found is None:
            return
        act = Act.of(uow, found)
        before = act.first_n
        yield act


def _hindrance(uow: UnitOfWork, act: Act) -> tuple[Reason | None, dict[str, Any]]:
    try:
        if act.undone_by is None:
            _refuse_undo(uow, act)
        else:
            _refuse_redo(uow, act)
    except Refused as refused:
        return refused.reason, refused.details
    return None, {}


def _told(
    uow: UnitOfWork, act: Act, hindrance: Reason | None = None, details: dict[str, Any] | None = None
) -> DoneAction:
    case = uow.session.get(Case, act.case_id) if act.case_id else None
    return DoneAction(
        id=act.id,
        action=ActionName(act.name),
        number=case.number if case else "",
        case_id=act.case_id,
        at=act.at,
        undone_at=_undone_at(uow, act),
        hindrance=hindrance,
        details=details or {},
    )


def _undone_at(uow: UnitOfWork, act: Act) -> datetime | None:
    if act.undone_by is None:
        return None
    return uow.now() if act.undone_by == uow.action_id else Act.of(uow, act.undone_by).at


def _refuse_undo(uow: UnitOfWork, act: Act) -> None:
    if act.undone_by is not None:
        raise Refused(Reason.UNDO_DONE)
    if not act.undoable or act.made_a_case():
        raise Refused(Reason.UNDO_NEVER)
    _refuse_strange(uow, act)
    _refuse_changed(uow, act)


def _refuse_redo(uow: UnitOfWork, act: Act) -> Act:
    """The action that took `act` back, if that can be taken back in its turn."""
    if act.undone_by is None:
        raise Refused(Reason.UNDO_DONE)
    back = Act.of(uow, act.undone_by)
    _refuse_strange(uow, back)
    _refuse_changed(uow, back)
    return back


def _refuse_strange(uow: UnitOfWork, act: Act) -> None:
    if act.user_id != uow.actor.user_id:
        raise Refused(Reason.UNDO_OTHERS, who=act.user_name)
    if office_day(act.at) != uow.today():
        raise Refused(Reason.UNDO_TOO_OLD, when=act.at)
    for case_id in act.case_ids:
        own_case(uow, case_id)


def _refuse_changed(uow: UnitOfWork, act: Act) -> None:
    later = next((entry for entry in _later(uow, act) if act.meets(entry)), None)
    if later is not None:
        raise _changed(later.user_name, later.at, later.action)
    if act.moved_the_case():
        _refuse_printed(uow, act)
    elif not act.harmless():
        _refuse_moved(uow, act)
    if not values_hold(uow, act):
        raise Refused(Reason.UNDO_CHANGED)
    refuse_leaned_on(uow, act)


def _later(uow: UnitOfWork, act: Act) -> Collection[JournalEntry]:
    """What was done since and stands, on the same rows, or for a step of the case on the whole case."""
    where = [JournalEntry.row_id.in_(act.row_ids)]
    if act.moved_the_case():
        where.append(JournalEntry.case_id.in_(act.case_ids))
    return uow.session.scalars(
        select(JournalEntry)
        .where(or_(*where), JournalEntry.n > act.last_n, JournalEntry.undone_by.is_(None))
        .where(JournalEntry.action.not_in(_BACK_AND_FORTH))
        .order_by(JournalEntry.n)
    ).all()


def _refuse_moved(uow: UnitOfWork, act: Act) -> None:
    """A step of the case taken since was allowed by how things stood: what it rests on is not taken away.

    A hearing fixed since holds those who mediate and take part now.
    """
    steps = and_(JournalEntry.kind == Case.__tablename__, JournalEntry.field == "status")
    if act.people_came_or_went():
        steps = or_(steps, and_(JournalEntry.kind == Hearing.__tablename__, JournalEntry.field == ""))
    moved = uow.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.case_id.in_(act.case_ids), JournalEntry.n > act.last_n)
        .where(steps, JournalEntry.undone_by.is_(None), JournalEntry.action.not_in(_BACK_AND_FORTH))
        .order_by(JournalEntry.n)
        .limit(1)
    ).first()
    if moved is not None:
        raise _changed(moved.user_name, moved.at, moved.action)


def _refuse_printed(uow: UnitOfWork, act: Act) -> None:
    """A paper printed since may tell of the step."""
    printed = uow.session.scalars(
        select(CaseEvent)
        .where(CaseEvent.case_id.in_(act.case_ids), CaseEvent.at > act.at)
        .where(CaseEvent.action == CaseAction.PRINTED)
        .limit(1)
    ).first()
    if printed is not None:
        raise _changed(printed.actor_name, printed.at, _PRINTING)


def _changed(who: str, when: datetime, action: str) -> Refused:
    return Refused(Reason.UNDO_CHANGED, who=who, when=when, what=ActionName(action))


def _write_down(uow: UnitOfWork, act: Act, how: CaseAction) -> None:
    facts: dict[str, Any] = {"action": act.name, "of": act.id}
    for case_id in act.case_ids:
        record(uow, uow.get(Case, case_id), how, act.name)
        uow.note(case_id, **facts)
    if not act.case_ids:
        uow.note("", **facts)
