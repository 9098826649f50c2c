"""The first page of the day: what waits, who meets where, and the list of what is to be done."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.domain.actor import Permission, Role
from app.domain.flow import BEFORE_DECISION
from app.domain.hearings import HearingStatus
from app.domain.lists import (
    CommitteeAlert,
    HearingCount,
    HearingSlot,
    TodayView,
    ToDecide,
    ToPerform,
)
from app.domain.today import WorkKey, in_order
from app.models.case import CaseListRow
from app.models.exchange import Package
from app.models.hearing import Hearing
from app.models.office import Draft, User
from app.models.roster import Room
from app.services.cases.due import ROW, count_owed
from app.services.cases.listing import holding, of_mediator, text_conditions
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.entries import committees
from app.services.today.dates import dated, heard_today, standing_of, tentative
from app.services.today.office_work import office_work
from app.services.today.open_ends import open_ends

NOON = 12 * 60
OUTGOING = "out"
_SEES_ALL = frozenset(Role) - {Role.MEDIATOR}


@use_case(needs=Permission.READ, writes=False)
def today_view(uow: UnitOfWork) -> TodayView:
    """Counters, today's hearings, and what the office must not forget (PML 9, 26, 31).

    Performance is of a mediator's own cases; decisions, rooms and packages are the whole office's.
    """
    slots = _slots(uow)
    morning = sum(slot.start < NOON for slot in slots)
    rooms = uow.session.scalars(select(Room.name).where(Room.active).order_by(Room.position, Room.name))
    return TodayView(
        to_decide=_to_decide(uow),
        hearings=HearingCount(morning, len(slots) - morning),
        to_perform=_to_perform(uow),
        slots=slots,
        rooms=tuple(rooms),
        days_since_sent=_days_since_sent(uow),
        drafts=uow.session.scalar(select(func.count()).where(Draft.user_id == uow.actor.user_id)) or 0,
        alerts=tuple(CommitteeAlert(row.name, row.findings) for row in committees(uow) if row.findings),
    )


@use_case(needs=Permission.READ, writes=False)
def work_ids(uow: UnitOfWork, typed: str = "", backup_at: datetime | None = None) -> tuple[WorkKey, ...]:
    """Every thing to be done, the most pressing first; `services.today.rows` gives the lines of a page.

    A mediator has the own cases, everybody else all; what is of no case goes to those who may see to it.
    `typed` leaves the cases found by it only. `backup_at`: of the newest copy that is known.
    """
    wanted, verify = text_conditions(uow, typed)
    wanted.extend(_mine(uow))
    standing = standing_of(uow, wanted)
    found = [
        *dated(uow, wanted, standing),
        *heard_today(uow, wanted),
        *tentative(uow, wanted),
        *open_ends(uow, wanted, standing),
    ]
    if typed:
        held = set(holding(uow, dict.fromkeys(key.sk for key in found), verify)) if verify else None
        return in_order(key for key in found if held is None or key.sk in held)
    return in_order([*found, *office_work(uow, backup_at)])


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
