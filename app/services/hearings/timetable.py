"""What calendars show: hearings of some days, the rooms of a day, cases that wait for a date."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.clashes import Blocked, BookingKind, Held, Slot, clashing_hearings
from app.domain.deadlines import RuleCode
from app.domain.flow import CaseStatus
from app.domain.hearings import (
    HearingKind,
    HearingRow,
    HearingStatus,
    RoomDay,
    SessionOutcome,
    WaitingCase,
)
from app.domain.schedule.blocked import occurrences
from app.domain.schedule.days import DayLoad
from app.domain.values.calendar import OfficeDay
from app.models.case import Case, CaseListRow
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.roster import Room
from app.services.hearings.blocked import active_blocks
from app.services.kernel.rulebook import calendar
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_WAITING = (CaseStatus.ASSIGNED, CaseStatus.INVESTIGATING, CaseStatus.IN_SESSION)


@use_case(needs=Permission.READ, writes=False)
def list_hearings(uow: UnitOfWork, first: date, last: date) -> tuple[HearingRow, ...]:
    """The hearings from `first` to `last`, both included, by day and time; those called off are left out."""
    return _rows(uow, first, last)


@use_case(needs=Permission.READ, writes=False)
def day_kinds(uow: UnitOfWork, first: date | None = None, days: int = 7) -> tuple[OfficeDay, ...]:
    """What the days from `first` on are for the office; without `first`, the week of today from Monday."""
    today = uow.today()
    start = first or today - timedelta(days=today.weekday())
    shown = [start + timedelta(days=at) for at in range(days)]
    known = calendar(uow)
    return tuple(OfficeDay(day, known.kind_of(day), known.knows(day.year), day == today) for day in shown)


@use_case(needs=Permission.READ, writes=False)
def day_loads(uow: UnitOfWork, first: date, last: date) -> tuple[DayLoad, ...]:
    """What each day from `first` to `last` already brings, both included; for choosing a date."""
    hearings, tentative = _counted_hearings(uow, first, last)
    due = select(CaseListRow.due_on, func.count()).where(
        CaseListRow.due_on.between(first, last), CaseListRow.open, CaseListRow.due_code != RuleCode.HEARING
    )
    deadlines = {day: count for day, count in uow.session.execute(due.group_by(CaseListRow.due_on))}
    blocked: dict[date, list[Blocked]] = {}
    for one in occurrences(active_blocks(uow), first, last):
        if one.ref is None:
            blocked.setdefault(one.blocked.day, []).append(one.blocked)
    known, today = calendar(uow), uow.today()
    return tuple(
        DayLoad(
            day=day,
            hearings=hearings.get(day, 0),
            tentative=tentative.get(day, 0),
            deadlines=deadlines.get(day, 0),
            blocked=tuple(blocked.get(day, ())),
            kind=known.kind_of(day),
            known=known.knows(day.year),
            today=day == today,
        )
        for day in (first + timedelta(days=at) for at in range((last - first).days + 1))
    )


def _counted_hearings(uow: UnitOfWork, first: date, last: date) -> tuple[dict[date, int], dict[date, int]]:
    """How many hearings each day has, and how many of them are tentative."""
    found = uow.session.execute(
        select(Hearing.day, Hearing.status, func.count())
        .where(Hearing.day.between(first, last), Hearing.status != HearingStatus.CANCELLED)
        .group_by(Hearing.day, Hearing.status)
    )
    hearings: dict[date, int] = {}
    tentative: dict[date, int] = {}
    for day, status, count in found:
        hearings[day] = hearings.get(day, 0) + count
        if status == HearingStatus.TENTATIVE:
            tentative[day] = count
    return hearings, tentative


@use_case(needs=Permission.READ, writes=False)
def rooms_today(uow: UnitOfWork, day: date) -> tuple[RoomDay, ...]:
    """Every room in use with its hearings of `day`, in the order of the roster."""
    hearings = _rows(uow, day, day)
    rooms = uow.session.scalars(select(Room).where(Room.active).order_by(Room.position, Room.name))
    return tuple(
        RoomDay(room.id, room.name, tuple(row for row in hearings if row.room_id == room.id))
        for room in rooms
    )


@use_case(needs=Permission.READ, writes=False)
def to_schedule(uow: UnitOfWork) -> tuple[WaitingCase, ...]:
    """Cases for which a date must be found, the most urgent first.

    Those assigned or investigated, and those whose last session needs another; not those that have a date or
    have agreed. A tentative date is named, for it waits to be fixed.
    """
    planned = select(Hearing.case_id).where(Hearing.status == HearingStatus.SCHEDULED)
    found = uow.session.execute(
        select(CaseListRow, Case.title)
        .join(Case, Case.sk == CaseListRow.sk)
        .where(
            CaseListRow.status.in_(_WAITING),
            CaseListRow.case_id.not_in(planned),
        )
        .order_by(CaseListRow.due_on.is_(None), CaseListRow.due_on, CaseListRow.sk)
    ).all()
    ids = [row.case_id for row, _ in found]
    agreed, tentative = _agreed(uow, ids), _tentative(uow, ids)
    return tuple(
        _waiting(row, title, tentative.get(row.case_id)) for row, title in found if row.case_id not in agreed
    )


def _tentative(uow: UnitOfWork, case_ids: list[str]) -> dict[str, Hearing]:
    """The first tentative hearing of each case."""
    rows = uow.session.scalars(
        select(Hearing)
        .where(Hearing.case_id.in_(case_ids), Hearing.status == HearingStatus.TENTATIVE)
        .order_by(Hearing.day.desc(), Hearing.start.desc())
    )
    return {row.case_id: row for row in rows}


def _waiting(row: CaseListRow, title: str, tentative: Hearing | None) -> WaitingCase:
    return WaitingCase(
        case_id=row.case_id,
        number=row.number,
        title=title,
        parties=row.parties,
        mediators=row.mediators,
        status=CaseStatus(row.status),
        due_on=row.due_on,
        due_code=row.due_code,
        tentative_id=tentative.id if tentative else None,
        tentative_on=tentative.day if tentative else None,
    )


def _agreed(uow: UnitOfWork, case_ids: list[str]) -> set[str]:
    """The cases whose last session ended with everybody agreeing."""
    records = uow.session.execute(
        select(SessionRecord.case_id, SessionRecord.outcome)
        .where(SessionRecord.case_id.in_(case_ids))
        .order_by(SessionRecord.case_id, SessionRecord.seq)
    )
    last = {case_id: outcome for case_id, outcome in records}
    return {case_id for case_id, outcome in last.items() if outcome == SessionOutcome.AGREED}


def _rows(uow: UnitOfWork, first: date, last: date) -> tuple[HearingRow, ...]:
    shown = (Hearing.day.between(first, last), Hearing.status != HearingStatus.CANCELLED)
    found = uow.session.execute(
        select(Hearing, Case.title, CaseListRow)
        .join(Case, Case.id == Hearing.case_id)
        .join(CaseListRow, CaseListRow.sk == Case.sk)
        .where(*shown)
        .order_by(Hearing.day, Hearing.start, Hearing.id)
    ).all()
    bookings = uow.session.scalars(
        select(Booking).join(Hearing, Hearing.id == Booking.hearing_id).where(*shown)
    ).all()
    hearings = {hearing.id: hearing for hearing, _, _ in found}
    clashing = clashing_hearings(_held(booking, hearings[booking.hearing_id]) for booking in bookings)
    mediators = _mediators(bookings)
    return tuple(
        _row(
            hearing, title, listed, _lead_first(mediators.get(hearing.id, []), listed), hearing.id in clashing
        )
        for hearing, title, listed in found
    )


def _held(booking: Booking, hearing: Hearing) -> Held:
    return Held(
        hearing_id=hearing.id,
        kind=BookingKind(booking.kind),
        ref=booking.ref,
        slot=Slot(booking.day, booking.start, booking.end),
        case_id=hearing.case_id,
        room_id=hearing.room_id,
        tentative=hearing.status == HearingStatus.TENTATIVE,
    )


def _mediators(bookings: Sequence[Booking]) -> dict[str, list[Booking]]:
    found: dict[str, list[Booking]] = {}
    for booking in bookings:
        if booking.kind == BookingKind.MEDIATOR:
            found.setdefault(booking.hearing_id, []).append(booking)
    return found


def _lead_first(mediators: list[Booking], listed: CaseListRow) -> list[Booking]:
    """In the order of the case; who was relieved since stands last."""
    place = {ref: at for at, ref in enumerate(listed.mediator_ids.split())}
    return sorted(mediators, key=lambda booking: (place.get(booking.ref, len(place)), booking.label))


def _row(
    hearing: Hearing, title: str, listed: CaseListRow, mediators: list[Booking], clashing: bool
) -> HearingRow:
    return HearingRow(
        id=hearing.id,
        case_id=hearing.case_id,
        case_number=listed.number,
        title=title,
        parties=listed.parties,
        kind=HearingKind(hearing.kind),
        day=hearing.day,
        start=hearing.start,
        end=hearing.end,
        room_id=hearing.room_id,
        place=hearing.place,
        mediators=tuple(booking.label for booking in mediators),
        mediator_ids=tuple(booking.ref for booking in mediators),
        status=HearingStatus(hearing.status),
        clashing=clashing,
    )
