"""A hearing's own row and what it holds: written, freed again, told as plain values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.clashes import Holding, held_span
from app.domain.hearings import (
    Earlier,
    Guest,
    GuestKind,
    HearingInput,
    HearingKind,
    HearingStatus,
    HearingView,
    clock,
)
from app.models.case import Case, Party
from app.models.hearing import Booking, Hearing
from app.models.roster import Expert, Room
from app.services.hearings.clashes import invited_parties
from app.services.kernel.unit_of_work import UnitOfWork


def when_and_where(hearing: Hearing) -> str:
    """The time and place of a hearing as the history writes them."""
    return f"{hearing.day} {clock(hearing.start)}-{clock(hearing.end)} {hearing.place}"


def write_hearing(uow: UnitOfWork, hearing: Hearing, case: Case, wanted: HearingInput, reason: str) -> None:
    """Put what is wanted into the row; `reason`: why a collision is accepted."""
    room = uow.get(Room, wanted.room_id) if wanted.room_id else None
    hearing.kind = wanted.kind
    hearing.day = wanted.day
    hearing.start = wanted.start
    hearing.end = wanted.end
    hearing.room_id = wanted.room_id
    hearing.place = room.name if room else wanted.place.strip()
    hearing.recorder = wanted.recorder.strip()
    hearing.open_to_public = wanted.open_to_public
    hearing.open_agreed = wanted.open_to_public and wanted.open_agreed
    hearing.invited = _guests(uow, invited_parties(case, wanted.party_ids), wanted)
    hearing.notice_waived = wanted.notice_waived
    hearing.override_reason = reason
    hearing.travel = wanted.travel
    uow.session.add(hearing)
    uow.session.flush()


def _guests(uow: UnitOfWork, parties: tuple[Party, ...], wanted: HearingInput) -> list[dict[str, str]]:
    guests = [Guest(GuestKind.PARTY, party.id, party.name) for party in parties]
    guests += [Guest(GuestKind.EXPERT, key, uow.get(Expert, key).name) for key in wanted.expert_ids]
    guests += [Guest(GuestKind.NAMED, "", name.strip()) for name in wanted.guests if name.strip()]
    return [{"kind": guest.kind, "id": guest.id, "name": guest.name} for guest in guests]


def book(uow: UnitOfWork, hearing: Hearing, holdings: tuple[Holding, ...]) -> None:
    """Hold the time for everything the hearing needs, longer for those who travel."""
    for held in holdings:
        start, end = held_span(held.kind, hearing.start, hearing.end, hearing.travel)
        uow.session.add(
            Booking(
                case_id=hearing.case_id,
                hearing_id=hearing.id,
                kind=held.kind,
                ref=held.ref,
                label=held.label,
                day=hearing.day,
                start=start,
                end=end,
            )
        )


def release(uow: UnitOfWork, hearing: Hearing) -> None:
    """Free everything again."""
    for booking in _bookings(uow, hearing):
        uow.session.delete(booking)


def _bookings(uow: UnitOfWork, hearing: Hearing) -> Sequence[Booking]:
    return uow.session.scalars(select(Booking).where(Booking.hearing_id == hearing.id)).all()


def remember_change(hearing: Hearing, before: tuple[date, int, int, str], reason: str) -> None:
    """Keep when and where it was to be, for the notices of the change."""
    day, start, end, place = before
    entry = {"day": day.isoformat(), "start": start, "end": end, "place": place, "reason": reason.strip()}
    hearing.changes = [*hearing.changes, entry]


def told(hearing: Hearing) -> tuple[date, int, int, str]:
    """When and where the hearing is."""
    return hearing.day, hearing.start, hearing.end, hearing.place


def differs(before: tuple[date, int, int, str], hearing: Hearing) -> bool:
    """Whether a notice would say something else now; of the end it says nothing."""
    day, start, _, place = before
    return (day, start, place) != (hearing.day, hearing.start, hearing.place)


def earlier(entry: dict[str, Any]) -> Earlier:
    """A kept change as plain values."""
    return Earlier(
        date.fromisoformat(entry["day"]), entry["start"], entry["end"], entry["place"], entry["reason"]
    )


def input_of(hearing: Hearing) -> HearingInput:
    """The hearing as somebody would ask for it who changes nothing."""
    guests = [Guest(GuestKind(row["kind"]), row["id"], row["name"]) for row in hearing.invited]
    return HearingInput(
        case_id=hearing.case_id,
        kind=HearingKind(hearing.kind),
        day=hearing.day,
        start=hearing.start,
        end=hearing.end,
        room_id=hearing.room_id,
        place=hearing.place,
        party_ids=tuple(guest.id for guest in guests if guest.kind == GuestKind.PARTY),
        expert_ids=tuple(guest.id for guest in guests if guest.kind == GuestKind.EXPERT),
        guests=tuple(guest.name for guest in guests if guest.kind == GuestKind.NAMED),
        recorder=hearing.recorder,
        open_to_public=hearing.open_to_public,
        open_agreed=hearing.open_agreed,
        notice_waived=hearing.notice_waived,
        override_reason=hearing.override_reason,
        travel=hearing.travel,
        tentative=hearing.status == HearingStatus.TENTATIVE,
    )


def view_hearing(hearing: Hearing) -> HearingView:
    """A hearing as plain values."""
    return HearingView(
        id=hearing.id,
        row_version=hearing.row_version,
        case_id=hearing.case_id,
        seq=hearing.seq,
        kind=HearingKind(hearing.kind),
        day=hearing.day,
        start=hearing.start,
        end=hearing.end,
        room_id=hearing.room_id,
        place=hearing.place,
        open_to_public=hearing.open_to_public,
        open_agreed=hearing.open_agreed,
        status=HearingStatus(hearing.status),
        recorder=hearing.recorder,
        invited=tuple(Guest(GuestKind(row["kind"]), row["id"], row["name"]) for row in hearing.invited),
        notice_waived=hearing.notice_waived,
        override_reason=hearing.override_reason,
        travel=hearing.travel,
        cancel_reason=hearing.cancel_reason,
        changes=tuple(earlier(entry) for entry in hearing.changes),
    )
