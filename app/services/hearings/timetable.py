"""What calendars show: hearings of some days, the rooms of a day, cases that wait for a date."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.clashes import BookingKind, Held, Slot, clashing_hearings
from app.domain.flow import CaseStatus
from app.domain.hearings import (
    HearingKind,
    HearingRow,
    HearingStatus,
    RoomDay,
    SessionOutcome,
    WaitingCase,
)
from app.domain.values.calendar import OfficeDay
from app.models.case import Case, CaseListRow
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.roster import Room
from app.services.kernel.rulebook import calendar
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


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

    Those assigned, and those whose last session needs another; not those that have a date or have agreed.
    """
    planned = select(Hearing.case_id).where(Hearing.status == HearingStatus.SCHEDULED)
    found = uow.session.execute(
        select(CaseListRow, Case.title)
        .join(Case, Case.sk == CaseListRow.sk)
        .where(
            CaseListRow.status.in_([CaseStatus.ASSIGNED, CaseStatus.IN_SESSION]),
            CaseListRow.case_id.not_in(planned),
        )
        .order_by(CaseListRow.due_on.is_(None), CaseListRow.due_on, CaseListRow.sk)
    ).all()
    agreed = _agreed(uow, [row.case_id for row, _ in found])
    return tuple(_waiting(row, title) for row, title in found if row.case_id not in agreed)


def _waiting(row: CaseListRow, title: str) -> WaitingCase:
    return WaitingCase(
        case_id=row.case_id,
        number=row.number,
        title=title,
        parties=row.parties,
        mediators=row.mediators,
        status=CaseStatus(row.status),
        due_on=row.due_on,
        due_code=row.due_code,
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
    clashing = clashing_hearings(_held(booking) for booking in bookings)
    mediators = _mediators(bookings)
    return tuple(
        _row(
            hearing, title, listed, _lead_first(mediators.get(hearing.id, []), listed), hearing.id in clashing
        )
        for hearing, title, listed in found
    )


def _held(booking: Booking) -> Held:
    slot = Slot(booking.day, booking.start, booking.end)
    return Held(booking.hearing_id, BookingKind(booking.kind), booking.ref, slot)


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
