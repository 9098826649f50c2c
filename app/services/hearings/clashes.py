"""Check a time for collisions while it is chosen, and offer the next free ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.actor import Permission
from app.domain.cases import PartyRole
from app.domain.clashes import (
    SEARCH_DAYS,
    TRAVELLING,
    BookingKind,
    Clash,
    ClashQuery,
    ClashReport,
    Holding,
    Slot,
    held_span,
    is_echo,
    is_soft,
    next_free,
    slot_warnings,
)
from app.domain.errors import Problem, Reason, Refused
from app.domain.hearings import HearingStatus
from app.domain.office.settings import SettingKey
from app.domain.schedule.blocked import blocking, occurrences
from app.models.case import Case, Party, current_parties
from app.models.hearing import Booking, Hearing
from app.models.roster import Expert, Room
from app.services.hearings.blocked import active_blocks
from app.services.kernel.entries import entries_with
from app.services.kernel.rulebook import calendar
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

Place = TypeVar("Place", Room, Expert)
_OF_PEOPLE = (BookingKind.PARTY, BookingKind.AGENT, BookingKind.GUARDIAN)
_KIND_OF = {PartyRole.AGENT: BookingKind.AGENT, PartyRole.GUARDIAN: BookingKind.GUARDIAN}
BUSY_THEN = select(Booking.ref, Booking.day, Booking.start, Booking.end, Booking.hearing_id)
"""The only columns a check reads; all lie in `ix_booking_clash`."""


@use_case(needs=Permission.READ, writes=False)
def check_clashes(uow: UnitOfWork, query: ClashQuery) -> ClashReport:
    """What speaks against a time: rooms, mediators and people held elsewhere, blocked times, lunch, holidays.

    Domain reference 3.7. Refuses NOT_FOUND for an unknown case, INVALID for rooms, parties or experts that
    do not exist.
    """
    case = uow.get(Case, query.case_id)
    return report_on(uow, query, holdings_of(uow, case, query))


def report_on(uow: UnitOfWork, query: ClashQuery, holdings: tuple[Holding, ...]) -> ClashReport:
    """The same for what the hearing would hold."""
    hard, soft = find_clashes(uow, query, holdings)
    blocked = tuple(blocking(active_blocks(uow), query.slot, holdings, query.travel))
    return ClashReport(hard, soft, slot_warnings(query.slot, calendar(uow)), blocked)


@use_case(needs=Permission.READ, writes=False)
def free_times(uow: UnitOfWork, query: ClashQuery, count: int = 3) -> tuple[Slot, ...]:
    """The next times of the same length at which the room and everybody are free, from the asked time on.

    Never earlier than notice can be given, unless all agreed to come at once; see `next_free` for the hours.
    """
    case = uow.get(Case, query.case_id)
    holdings = holdings_of(uow, case, query)
    wanted = _not_before(query.slot, _earliest(uow, query.notice_waived))
    last = wanted.day + timedelta(days=SEARCH_DAYS)
    busy = _taken(uow, query, holdings, wanted.day, last)
    for day, slots in _blocked(uow, query, holdings, wanted.day, last).items():
        busy.setdefault(day, []).extend(slots)
    return next_free(wanted, busy, calendar(uow), count)


def _taken(
    uow: UnitOfWork, query: ClashQuery, holdings: tuple[Holding, ...], first: date, last: date
) -> dict[date, list[Slot]]:
    """When something the hearing needs is held, longer by the way there and back for those who travel."""
    kinds = {ref: held.kind for ref, held in _by_ref(uow, holdings).items()}
    found = uow.session.execute(
        BUSY_THEN.where(Booking.ref.in_(list(kinds)), Booking.day.between(first, last))
    )
    busy: dict[date, list[Slot]] = {}
    for row in found:
        if row.hearing_id != query.hearing_id:
            start, end = held_span(kinds[row.ref], row.start, row.end, query.travel)
            busy.setdefault(row.day, []).append(Slot(row.day, start, end))
    return busy


def _blocked(
    uow: UnitOfWork, query: ClashQuery, holdings: tuple[Holding, ...], first: date, last: date
) -> dict[date, list[Slot]]:
    """The blocked times of everybody and of those the hearing needs."""
    kinds = {held.ref: held.kind for held in holdings}
    mine = [block for block in active_blocks(uow) if block.ref is None or block.ref in kinds]
    busy: dict[date, list[Slot]] = {}
    for one in occurrences(mine, first, last):
        kind = kinds[one.ref] if one.ref else BookingKind.ROOM
        start, end = held_span(kind, one.blocked.start, one.blocked.end, query.travel)
        busy.setdefault(one.blocked.day, []).append(Slot(one.blocked.day, start, end))
    return busy


def earliest_day(uow: UnitOfWork) -> date:
    """The first day for which notice can still be given (guard G5)."""
    return uow.today() + timedelta(days=setting(uow, SettingKey.NOTICE_DAYS))


def _earliest(uow: UnitOfWork, notice_waived: bool) -> Slot:
    now = uow.now().astimezone(uow.zone)
    minute = now.hour * 60 + now.minute
    first = now.date() if notice_waived else earliest_day(uow)
    return Slot(first, minute if first == now.date() else 0, 0)


def _not_before(slot: Slot, earliest: Slot) -> Slot:
    if (slot.day, slot.start) >= (earliest.day, earliest.start):
        return slot
    return Slot(earliest.day, earliest.start, earliest.start + slot.end - slot.start)


def holdings_of(uow: UnitOfWork, case: Case, query: ClashQuery) -> tuple[Holding, ...]:
    """Everything the hearing would hold: its room, the mediators of the case, those invited. Each once."""
    found: dict[str, Holding] = {}
    for held in _holdings(uow, case, query):
        found.setdefault(held.ref, held)
    return tuple(found.values())


def _holdings(uow: UnitOfWork, case: Case, query: ClashQuery) -> Iterator[Holding]:
    if query.room_id is not None:
        room = _known(uow.session, Room, query.room_id, "room_id")
        yield Holding(BookingKind.ROOM, room.id, room.name)
    yield from mediator_holdings(case)
    for party in invited_parties(case, query.party_ids):
        kind = _KIND_OF.get(PartyRole(party.role), BookingKind.PARTY)
        yield Holding(kind, party.person_id or party.id, party.name)
    for expert_id in query.expert_ids:
        expert = _known(uow.session, Expert, expert_id, "expert_ids")
        yield Holding(BookingKind.EXPERT, expert.id, expert.name)


def mediator_holdings(case: Case) -> tuple[Holding, ...]:
    """The present mediators of a case."""
    present = [row for row in case.assignments if row.ended_on is None]
    return tuple(Holding(BookingKind.MEDIATOR, row.mediator_id, row.mediator_name) for row in present)


def _known(session: Session, kind: type[Place], row_id: str, field: str) -> Place:
    row = session.get(kind, row_id)
    if row is None or not row.active:
        raise Refused(Reason.INVALID, problems=(Problem(field, "unknown"),))
    return row


def invited_parties(case: Case, party_ids: tuple[str, ...]) -> tuple[Party, ...]:
    """The parties of the case with these ids, or all of them; refuses INVALID for an id of another case."""
    by_id = {party.id: party for party in current_parties(case)}
    if set(party_ids) - set(by_id):
        raise Refused(Reason.INVALID, problems=(Problem("party_ids", "unknown"),))
    return tuple(by_id[party_id] for party_id in dict.fromkeys(party_ids)) or tuple(by_id.values())


def find_clashes(
    uow: UnitOfWork, query: ClashQuery, holdings: tuple[Holding, ...]
) -> tuple[tuple[Clash, ...], tuple[Clash, ...]]:
    """The collisions of these holdings at that time: those that refuse it, and those that are only told.

    Told only: somebody who can be replaced, and a tentative hearing on either side. Not told at all: the same
    case in the same room, which is one matter written twice.
    """
    mine = _by_ref(uow, holdings)
    place = {ref: at for at, ref in enumerate(mine)}
    found = uow.session.execute(
        BUSY_THEN.where(
            Booking.ref.in_(list(mine)),
            Booking.day == query.day,
            Booking.start < query.end + query.travel,
            Booking.end > query.start - query.travel,
        )
    )
    rows = [row for row in found if row.hearing_id != query.hearing_id and _meets(row, mine[row.ref], query)]
    if not rows:
        return (), ()
    theirs = _details(uow, {row.hearing_id for row in rows}, {row.ref for row in rows})
    hard: list[Clash] = []
    soft: list[Clash] = []
    for row in sorted(rows, key=lambda row: (place[row.ref], row.start)):
        held, (kind, case, hearing) = mine[row.ref], theirs[row.hearing_id, row.ref]
        asked = (query.case_id, query.room_id, query.start, query.end)
        if is_echo(asked, (case.id, hearing.room_id, hearing.start, hearing.end)):
            continue
        tentative = hearing.status == HearingStatus.TENTATIVE
        clash = Clash(
            held.kind,
            held.label,
            row.hearing_id,
            case.id,
            case.number,
            row.day,
            row.start,
            row.end,
            tentative,
        )
        told = tentative or query.tentative or is_soft(held.kind, kind)
        (soft if told else hard).append(clash)
    return tuple(hard), tuple(soft)


def _by_ref(uow: UnitOfWork, holdings: tuple[Holding, ...]) -> dict[str, Holding]:
    """What is held by every id it may be booked under: people also under the entries made one with theirs."""
    found = {held.ref: held for held in holdings}
    one = entries_with(uow, [held.ref for held in holdings if held.kind in _OF_PEOPLE])
    by_kept = {one[ref]: held for ref, held in reversed(found.items()) if ref in one}
    for ref, kept in one.items():
        found.setdefault(ref, by_kept[kept])
    return found


def _meets(row: Any, held: Holding, query: ClashQuery) -> bool:
    """Whether a booking meets this holding: the statement asked for the widest span."""
    if held.kind in TRAVELLING:
        return True
    return bool(row.start < query.end and row.end > query.start)


def _details(
    uow: UnitOfWork, hearing_ids: set[str], refs: set[str]
) -> dict[tuple[str, str], tuple[BookingKind, Case, Hearing]]:
    """What the few colliding hearings are, read only once something collides."""
    found = uow.session.execute(
        select(Booking.ref, Booking.kind, Case, Hearing)
        .join(Case, Case.id == Booking.case_id)
        .join(Hearing, Hearing.id == Booking.hearing_id)
        .where(Booking.hearing_id.in_(hearing_ids), Booking.ref.in_(refs))
    )
    return {(hearing.id, ref): (BookingKind(kind), case, hearing) for ref, kind, case, hearing in found}
