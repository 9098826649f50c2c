"""The first page of the day: what waits, who meets where, and the worklist by deadline."""

from array import array
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union_all

from app.domain.actor import Permission, Role
from app.domain.flow import BEFORE_DECISION, MEDIATING
from app.domain.hearings import HearingStatus
from app.domain.lists import (
    NEAR_DAYS,
    CommitteeAlert,
    DueSoon,
    HearingCount,
    HearingSlot,
    TodayView,
    ToDecide,
    ToPerform,
    WorkFilter,
)
from app.models.case import CaseListRow
from app.models.exchange import Package
from app.models.hearing import Hearing
from app.models.office import Draft, User
from app.models.roster import Room
from app.services.cases.due import ROW, coming, count_owed, owed
from app.services.cases.listing import holding, of_mediator, text_conditions
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.entries import committees

NOON = 12 * 60
OUTGOING = "out"
_SEES_ALL = frozenset(Role) - {Role.MEDIATOR}


@use_case(needs=Permission.READ, writes=False)
def today_view(uow: UnitOfWork) -> TodayView:
    """Counters, today's hearings, and what the office must not forget (PML 9, 26, 31).

    Due dates and performance are a mediator's own cases; decisions, rooms and packages the whole office's.
    """
    slots = _slots(uow)
    morning = sum(slot.start < NOON for slot in slots)
    rooms = uow.session.scalars(select(Room.name).where(Room.active).order_by(Room.position, Room.name))
    return TodayView(
        to_decide=_to_decide(uow),
        hearings=HearingCount(morning, len(slots) - morning),
        due_soon=_due_soon(uow),
        to_perform=_to_perform(uow),
        slots=slots,
        rooms=tuple(rooms),
        days_since_sent=_days_since_sent(uow),
        drafts=uow.session.scalar(select(func.count()).where(Draft.user_id == uow.actor.user_id)) or 0,
        alerts=tuple(CommitteeAlert(row.name, row.findings) for row in committees(uow) if row.findings),
    )


@use_case(needs=Permission.READ, writes=False)
def work_ids(uow: UnitOfWork, part: WorkFilter = WorkFilter.ALL, typed: str = "") -> "array[int]":
    """Row numbers of the worklist, the nearest deadline first, those without one last.

    A mediator has the own cases, everybody else all. ALL is every open case and every settled one with a
    promise, or the end of the time to have it confirmed (PML 33), within seven days.
    """
    wanted, verify = text_conditions(uow, typed)
    wanted.extend(_mine(uow))
    sks: list[int] = list(uow.session.scalars(_worklist(uow.today(), part, wanted)))
    return array("q", holding(uow, sks, verify) if verify else sks)


def _worklist(today: date, part: WorkFilter, wanted: list[ColumnElement[bool]]) -> Select[tuple[int]]:
    by_deadline = (ROW.due_on.asc().nulls_last(), ROW.sk.asc())
    if part is WorkFilter.TO_DECIDE:
        return _of(ROW.status.in_(BEFORE_DECISION), *wanted).order_by(*by_deadline)
    if part is WorkFilter.MEDIATING:
        return _of(ROW.open == 1, ROW.status.in_(MEDIATING), *wanted).order_by(*by_deadline)
    if part is WorkFilter.TO_PERFORM:
        return owed(today, wanted)
    near = _near(today, wanted, ROW.open == 1)
    return select(near.c.sk).order_by(near.c.due_on.asc().nulls_last(), near.c.sk)


def _near(today: date, wanted: list[ColumnElement[bool]], opened: ColumnElement[bool]) -> Any:
    """Those of the open cases, and the settled ones with a date within seven days: row numbers and dates."""
    mediated = select(ROW.sk, ROW.due_on).where(opened, *wanted)
    settled = coming(today, today + timedelta(days=NEAR_DAYS), wanted)
    return union_all(mediated, settled).subquery()


def _of(*conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(ROW.sk).where(*conditions)


def _mine(uow: UnitOfWork) -> list[ColumnElement[bool]]:
    """No condition for those who look after all cases; a mediator's own otherwise."""
    if uow.actor.roles & _SEES_ALL:
        return []
    user = uow.session.get(User, uow.actor.user_id)
    return [of_mediator(user.mediator_id)] if user is not None and user.mediator_id else []


def _to_decide(uow: UnitOfWork) -> ToDecide:
    counted: Select[Any] = select(func.count(), func.min(ROW.sk)).where(ROW.status.in_(BEFORE_DECISION))
    count, oldest = uow.session.execute(counted).one()
    day = uow.session.scalar(select(ROW.received_on).where(ROW.sk == oldest)) if count else None
    return ToDecide(count, day)


def _due_soon(uow: UnitOfWork) -> DueSoon:
    today = uow.today()
    until = today + timedelta(days=NEAR_DAYS)
    near = _near(today, _mine(uow), and_(ROW.open == 1, ROW.due_on <= until))
    dates = uow.session.execute(select(near.c.due_on, near.c.sk).order_by(near.c.due_on, near.c.sk)).all()
    if not dates:
        return DueSoon(0, 0, None, "")
    nearest_on, sk = next(((on, sk) for on, sk in dates if on >= today), dates[0])
    parties = uow.session.scalar(select(ROW.parties).where(ROW.sk == sk)) or ""
    return DueSoon(len(dates), sum(on < today for on, _ in dates), nearest_on, parties)


def _to_perform(uow: UnitOfWork) -> ToPerform:
    sunday = uow.today() + timedelta(days=6 - uow.today().weekday())
    return ToPerform(*count_owed(uow, sunday, _mine(uow)))


def _slots(uow: UnitOfWork) -> tuple[HearingSlot, ...]:
    rows = uow.session.execute(
        select(Hearing, CaseListRow.parties, CaseListRow.mediators)
        .join(CaseListRow, CaseListRow.case_id == Hearing.case_id)
        .where(Hearing.day == uow.today(), Hearing.status != HearingStatus.CANCELLED)
        .order_by(Hearing.start, Hearing.place, Hearing.id)
    )
    return tuple(
        HearingSlot(
            hearing_id=hearing.id,
            case_id=hearing.case_id,
            start=hearing.start,
            end=hearing.end,
            room_id=hearing.room_id,
            place=hearing.place,
            parties=parties,
            mediators=mediators,
            held=hearing.status == HearingStatus.HELD,
        )
        for hearing, parties, mediators in rows
    )


def _days_since_sent(uow: UnitOfWork) -> int | None:
    last = uow.session.scalar(select(func.max(Package.sent_at)).where(Package.direction == OUTGOING))
    return None if last is None else (uow.today() - last.astimezone(uow.zone).date()).days
