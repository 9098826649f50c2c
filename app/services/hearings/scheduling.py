"""Fix hearings, move them, call them off."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS
from app.domain.changes import Topic
from app.domain.clashes import ClashQuery, Holding
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import (
    Guest,
    GuestKind,
    HearingInput,
    HearingKind,
    HearingStatus,
    HearingView,
    clock,
    hearing_problems,
)
from app.domain.intake import guardian_gaps
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.case import Case, Party
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.roster import Expert, Room
from app.services.cases.view import view_party
from app.services.hearings.clashes import earliest_day, find_clashes, holdings_of, invited_parties
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_LATE = "（补登）"
_SETTLED = "已达成协议"

_MAY_BE_FIXED = (
    CaseStatus.ASSIGNED, CaseStatus.INVESTIGATING, CaseStatus.SCHEDULED, CaseStatus.IN_SESSION,
    CaseStatus.SUSPENDED, CaseStatus.PARTIAL,
)  # fmt: skip


@use_case(needs=Permission.HEARING_WRITE)
def schedule_hearing(uow: UnitOfWork, wanted: HearingInput) -> HearingView:
    """Fix a meeting of a case (guard G5): people, room and notice checked; the time is held from now on.

    Refuses INVALID, NO_LEAD without a mediator, TOO_SHORT_NOTICE unless all agreed to come at once, CLASH
    when room, mediator or party is held elsewhere and no written reason is given. A past day (paper work
    done late) needs that agreement too, lies after acceptance, and is marked in the history.
    """
    case = own_case(uow, wanted.case_id, *_MAY_BE_FIXED)
    _check_guard(uow, case, wanted)
    query = _query(wanted)
    reason = _checked_override(uow, case, query, wanted.override_reason)
    last = uow.session.scalar(select(func.max(Hearing.seq)).where(Hearing.case_id == case.id))
    hearing = Hearing(case_id=case.id, seq=(last or 0) + 1, status=HearingStatus.SCHEDULED)
    _write(uow, hearing, case, wanted, reason)
    _book(uow, hearing, holdings_of(uow, case, query))
    note = f"{when_and_where(hearing)}{_LATE if hearing.day < uow.today() else ''}"
    if case.status == CaseStatus.SCHEDULED:
        record(uow, case, CaseAction.SCHEDULED, note)
    else:
        move(uow, case, CaseStatus.SCHEDULED, CaseAction.SCHEDULED, note)
    return _told(uow, hearing)


@use_case(needs=Permission.HEARING_WRITE)
def reschedule_hearing(
    uow: UnitOfWork, hearing_id: str, wanted: HearingInput, row_version: int
) -> HearingView:
    """Move or change a hearing that has not been held; the old time stays in the case's history.

    Refuses what `schedule_hearing` refuses, WRONG_STATUS once the case is settled, and STALE when somebody
    changed it after `row_version` was read.
    """
    hearing, case = _planned(uow, hearing_id, CaseStatus.SCHEDULED, CaseStatus.IN_SESSION)
    refuse_stale(uow, hearing, row_version)
    wanted = replace(wanted, case_id=case.id)
    _check_guard(uow, case, wanted)
    query = replace(_query(wanted), hearing_id=hearing.id)
    reason = _checked_override(uow, case, query, wanted.override_reason)
    before = when_and_where(hearing)
    _write(uow, hearing, case, wanted, reason)
    _release(uow, hearing)
    _book(uow, hearing, holdings_of(uow, case, query))
    late = _LATE if hearing.day < uow.today() else ""
    record(uow, case, CaseAction.RESCHEDULED, f"{before} → {when_and_where(hearing)}{late}")
    return _told(uow, hearing)


@use_case(needs=Permission.HEARING_WRITE)
def cancel_hearing(uow: UnitOfWork, hearing_id: str, reason: str) -> HearingView:
    """Call a hearing off, with the reason; its room and people are free again.

    With no other hearing fixed the case waits for a date again. Refuses INVALID without a reason,
    WRONG_STATUS when it was held or called off before.
    """
    hearing, case = _planned(uow, hearing_id)
    problems = tuple(text_problems("reason", reason, MAX_REASON))
    if not reason.strip():
        problems = (Problem("reason", "required"),)
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    hearing.status = HearingStatus.CANCELLED
    _release(uow, hearing)
    note = f"{when_and_where(hearing)}：{reason.strip()}"
    if case.status == CaseStatus.SCHEDULED and not _other_planned(uow, hearing):
        back = CaseStatus.IN_SESSION if _was_heard(uow, case) else CaseStatus.ASSIGNED
        move(uow, case, back, CaseAction.HEARING_CANCELLED, note)
    else:
        record(uow, case, CaseAction.HEARING_CANCELLED, note)
    return _told(uow, hearing)


def call_off_rest(uow: UnitOfWork, case: Case) -> None:
    """Call off what is still fixed for a case that is settled; rooms and people are free again."""
    planned = select(Hearing).where(Hearing.case_id == case.id, Hearing.status == HearingStatus.SCHEDULED)
    for hearing in uow.session.scalars(planned.order_by(Hearing.seq)).all():
        hearing.status = HearingStatus.CANCELLED
        _release(uow, hearing)
        record(uow, case, CaseAction.HEARING_CANCELLED, f"{when_and_where(hearing)}：{_SETTLED}")
        uow.changed(Topic.HEARINGS)


@use_case(needs=Permission.READ, writes=False)
def open_hearing(uow: UnitOfWork, hearing_id: str) -> HearingView:
    """A hearing with everything its dialog shows; refuses NOT_FOUND."""
    return view_hearing(uow.get(Hearing, hearing_id))


@use_case(needs=Permission.READ, writes=False)
def case_hearings(uow: UnitOfWork, case_id: str) -> tuple[HearingView, ...]:
    """Every hearing of a case, the ones called off as well, in the order they were fixed."""
    rows = uow.session.scalars(select(Hearing).where(Hearing.case_id == case_id).order_by(Hearing.seq))
    return tuple(view_hearing(row) for row in rows)


def when_and_where(hearing: Hearing) -> str:
    """The time and place of a hearing as the history writes them."""
    return f"{hearing.day} {clock(hearing.start)}-{clock(hearing.end)} {hearing.place}"


def _query(wanted: HearingInput) -> ClashQuery:
    return ClashQuery(
        case_id=wanted.case_id,
        day=wanted.day,
        start=wanted.start,
        end=wanted.end,
        room_id=wanted.room_id,
        party_ids=wanted.party_ids,
        expert_ids=wanted.expert_ids,
    )


def _check_guard(uow: UnitOfWork, case: Case, wanted: HearingInput) -> None:
    if not any(row.ended_on is None for row in case.assignments):
        raise Refused(Reason.NO_LEAD)
    problems = [*hearing_problems(wanted, case.accepted_on)]
    invited = tuple(view_party(party) for party in invited_parties(case, wanted.party_ids))
    if not any(party.role in PRINCIPALS for party in invited):
        problems.append(Problem("party_ids", "required"))
    if names := guardian_gaps(invited, wanted.day):
        problems.append(Problem("party_ids", "guardian_missing", (("names", names),)))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    first = earliest_day(uow)
    if wanted.day < first and not wanted.notice_waived:
        raise Refused(Reason.TOO_SHORT_NOTICE, days=(first - uow.today()).days)


def _checked_override(uow: UnitOfWork, case: Case, query: ClashQuery, reason: str) -> str:
    """The reason to keep with the hearing: empty when nothing collides."""
    hard, _ = find_clashes(uow, query, holdings_of(uow, case, query))
    if hard and not reason.strip():
        raise Refused(Reason.CLASH, clashes=hard)
    return reason.strip() if hard else ""


def _write(uow: UnitOfWork, hearing: Hearing, case: Case, wanted: HearingInput, reason: str) -> None:
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
    uow.session.add(hearing)
    uow.session.flush()


def _guests(uow: UnitOfWork, parties: tuple[Party, ...], wanted: HearingInput) -> list[dict[str, str]]:
    guests = [Guest(GuestKind.PARTY, party.id, party.name) for party in parties]
    guests += [Guest(GuestKind.EXPERT, key, uow.get(Expert, key).name) for key in wanted.expert_ids]
    guests += [Guest(GuestKind.NAMED, "", name.strip()) for name in wanted.guests if name.strip()]
    return [{"kind": guest.kind, "id": guest.id, "name": guest.name} for guest in guests]


def _book(uow: UnitOfWork, hearing: Hearing, holdings: tuple[Holding, ...]) -> None:
    for held in holdings:
        uow.session.add(
            Booking(
                case_id=hearing.case_id,
                hearing_id=hearing.id,
                kind=held.kind,
                ref=held.ref,
                label=held.label,
                day=hearing.day,
                start=hearing.start,
                end=hearing.end,
            )
        )


def _release(uow: UnitOfWork, hearing: Hearing) -> None:
    for booking in _bookings(uow, hearing):
        uow.session.delete(booking)


def _bookings(uow: UnitOfWork, hearing: Hearing) -> Sequence[Booking]:
    return uow.session.scalars(select(Booking).where(Booking.hearing_id == hearing.id)).all()


def _planned(uow: UnitOfWork, hearing_id: str, *allowed: CaseStatus) -> tuple[Hearing, Case]:
    hearing = uow.get(Hearing, hearing_id)
    case = own_case(uow, hearing.case_id, *allowed)
    if hearing.status != HearingStatus.SCHEDULED:
        raise Refused(Reason.WRONG_STATUS, status=HearingStatus(hearing.status))
    return hearing, case


def _other_planned(uow: UnitOfWork, hearing: Hearing) -> bool:
    others = select(Hearing.id).where(
        Hearing.case_id == hearing.case_id,
        Hearing.id != hearing.id,
        Hearing.status == HearingStatus.SCHEDULED,
    )
    return uow.session.scalars(others).first() is not None


def _was_heard(uow: UnitOfWork, case: Case) -> bool:
    return (
        uow.session.scalars(select(SessionRecord.id).where(SessionRecord.case_id == case.id)).first()
        is not None
    )


def _told(uow: UnitOfWork, hearing: Hearing) -> HearingView:
    uow.session.flush()
    uow.note(hearing.id, case=hearing.case_id, kind=hearing.kind, override=bool(hearing.override_reason))
    uow.changed(Topic.HEARINGS)
    return view_hearing(hearing)


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
    )
