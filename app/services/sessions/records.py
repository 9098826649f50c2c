"""Write down a session, correct the record until it is signed, sign it."""

from datetime import date, datetime

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Deed
from app.domain.hearings import (
    AbsenceView,
    GuestKind,
    HearingKind,
    HearingStatus,
    SessionInput,
    SessionOutcome,
    SessionView,
    session_problems,
)
from app.domain.schedule.service import ABSENCES_THAT_END, AbsenceHint
from app.models.case import Case
from app.models.hearing import Hearing, SessionRecord
from app.services.flow.ways import refuse_hindered
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.HEARING_WRITE)
def hold_session(uow: UnitOfWork, hearing_id: str, wanted: SessionInput) -> SessionView:
    """Write the record of a hearing that took place (guard G6; PML 27); the case is in session from now on.

    Refuses RIGHTS_NOT_TOLD unless the parties knew their rights by that day, INVALID, WRONG_STATUS when the
    hearing was held or called off before, HINDERED while a recusal is undecided, a hard case has
    one mediator only or somebody comes without the guardian the law asks for (G4, G5).
    """
    hearing = uow.get(Hearing, hearing_id)
    case = own_case(uow, hearing.case_id, CaseStatus.SCHEDULED, CaseStatus.IN_SESSION)
    if hearing.status != HearingStatus.SCHEDULED:
        raise Refused(Reason.WRONG_STATUS, status=HearingStatus(hearing.status))
    refuse_hindered(uow, case, Deed.SESSION)
    _check_guard(uow, case, hearing, wanted)
    last = uow.session.scalar(select(func.max(SessionRecord.seq)).where(SessionRecord.case_id == case.id))
    session = SessionRecord(case_id=case.id, hearing_id=hearing.id, seq=(last or 0) + 1)
    session.mediators = [
        {"id": row.mediator_id, "name": row.mediator_name} for row in case.assignments if row.ended_on is None
    ]
    _write(uow, session, hearing, case, wanted)
    hearing.status = HearingStatus.HELD
    action = CaseAction.VISITED if hearing.kind == HearingKind.VISIT else CaseAction.SESSION_HELD
    if case.status == CaseStatus.SCHEDULED:
        move(uow, case, CaseStatus.IN_SESSION, action, wanted.result.strip())
    else:
        record(uow, case, action, wanted.result.strip())
    return _told(uow, session, hearing)


@use_case(needs=Permission.HEARING_WRITE)
def save_session(uow: UnitOfWork, session_id: str, wanted: SessionInput, row_version: int) -> SessionView:
    """Correct a record nobody has signed yet; the same guards as when it was written.

    Refuses INVALID (`signed` once it is signed), RIGHTS_NOT_TOLD, STALE.
    """
    session, hearing, case = _unsigned(uow, session_id)
    refuse_stale(uow, session, row_version)
    _check_guard(uow, case, hearing, wanted)
    _write(uow, session, hearing, case, wanted)
    uow.changed(Topic.CASES)
    return _told(uow, session, hearing)


@use_case(needs=Permission.HEARING_WRITE)
def sign_session(uow: UnitOfWork, session_id: str, day: date) -> SessionView:
    """Enter the day on which everybody signed the record; from then on it stays as it is.

    Refuses INVALID for a day before the session, in the future, or when it was signed before.
    """
    session, hearing, case = _unsigned(uow, session_id)
    if day < session.day:
        raise Refused(Reason.INVALID, problems=(Problem("signed_on", "before_session"),))
    if day > uow.today():
        raise Refused(Reason.INVALID, problems=(Problem("signed_on", "future_date"),))
    session.signed_on = day
    record(uow, case, CaseAction.SIGNED, f"{session.day} {session.seq}")
    return _told(uow, session, hearing)


@use_case(needs=Permission.READ, writes=False)
def open_session(uow: UnitOfWork, session_id: str) -> SessionView:
    """One session record; refuses NOT_FOUND."""
    session = uow.get(SessionRecord, session_id)
    return _view(session, uow.get(Hearing, session.hearing_id))


@use_case(needs=Permission.READ, writes=False)
def case_sessions(uow: UnitOfWork, case_id: str) -> tuple[SessionView, ...]:
    """The session records of a case in their order."""
    rows = uow.session.execute(
        select(SessionRecord, Hearing)
        .join(Hearing, Hearing.id == SessionRecord.hearing_id)
        .where(SessionRecord.case_id == case_id)
        .order_by(SessionRecord.seq)
    )
    return tuple(_view(session, hearing) for session, hearing in rows)


@use_case(needs=Permission.READ, writes=False)
def repeated_absences(uow: UnitOfWork, case_id: str) -> tuple[AbsenceHint, ...]:
    """The parties who stayed away twice or more without good reason (domain reference 3.7).

    Mediation is voluntary: the case may then be ended because a party refuses.
    """
    counted: dict[str, AbsenceHint] = {}
    records = select(SessionRecord.absent).where(SessionRecord.case_id == case_id)
    for absent in uow.session.scalars(records.order_by(SessionRecord.seq)):
        for row in absent:
            if not row.get("excused", True):
                before = counted.get(row["id"])
                counted[row["id"]] = AbsenceHint(row["id"], row["name"], before.times + 1 if before else 1)
    return tuple(hint for hint in counted.values() if hint.times >= ABSENCES_THAT_END)


def _unsigned(uow: UnitOfWork, session_id: str) -> tuple[SessionRecord, Hearing, Case]:
    session = uow.get(SessionRecord, session_id)
    case = own_case(uow, session.case_id)
    if session.signed_on is not None:
        raise Refused(Reason.INVALID, problems=(Problem("signed_on", "signed"),))
    return session, uow.get(Hearing, session.hearing_id), case


def _check_guard(uow: UnitOfWork, case: Case, hearing: Hearing, wanted: SessionInput) -> None:
    problems = [*session_problems(wanted, case.accepted_on, _office_clock(uow))]
    invited = {guest["id"] for guest in hearing.invited if guest["kind"] == GuestKind.PARTY}
    if {absence.party_id for absence in wanted.absent} - invited:
        problems.append(Problem("absent", "unknown"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    told_before = case.rights_told_on is not None and case.rights_told_on <= wanted.day
    if not told_before and not wanted.rights_told:
        raise Refused(Reason.RIGHTS_NOT_TOLD)


def _office_clock(uow: UnitOfWork) -> datetime:
    return uow.now().astimezone(uow.zone)


def _write(
    uow: UnitOfWork, session: SessionRecord, hearing: Hearing, case: Case, wanted: SessionInput
) -> None:
    names = {party.id: party.name for party in case.parties}
    session.day = wanted.day
    session.start = wanted.start
    session.end = wanted.end
    session.place = wanted.place.strip()
    session.participants = [name.strip() for name in wanted.participants]
    session.participants_agreed = wanted.participants_agreed
    session.absent = [
        {
            "id": row.party_id,
            "name": names[row.party_id],
            "reason": row.reason.strip(),
            "excused": row.excused,
        }
        for row in wanted.absent
    ]
    session.identity_checked = wanted.identity_checked
    session.rights_told = wanted.rights_told
    session.body = wanted.body.strip()
    session.outcome = wanted.outcome
    session.result = wanted.result.strip()
    session.recorder = wanted.recorder.strip() or hearing.recorder
    hearing.open_to_public = bool(wanted.open_to_public)
    hearing.open_agreed = bool(wanted.open_to_public) and wanted.open_agreed
    uow.session.add(session)
    if wanted.rights_told and case.rights_told_on is None:
        case.rights_told_on = wanted.day
        record(uow, case, CaseAction.RIGHTS_TOLD)


def _told(uow: UnitOfWork, session: SessionRecord, hearing: Hearing) -> SessionView:
    uow.session.flush()
    uow.note(session.id, case=session.case_id, outcome=session.outcome, signed=session.signed_on is not None)
    uow.changed(Topic.HEARINGS)
    return _view(session, hearing)


def _view(session: SessionRecord, hearing: Hearing) -> SessionView:
    return SessionView(
        id=session.id,
        row_version=session.row_version,
        case_id=session.case_id,
        hearing_id=session.hearing_id,
        kind=HearingKind(hearing.kind),
        seq=session.seq,
        day=session.day,
        start=session.start,
        end=session.end,
        place=session.place,
        outcome=SessionOutcome(session.outcome),
        body=session.body,
        result=session.result,
        open_to_public=hearing.open_to_public,
        open_agreed=hearing.open_agreed,
        identity_checked=session.identity_checked,
        rights_told=session.rights_told,
        participants=tuple(session.participants),
        participants_agreed=session.participants_agreed,
        absent=tuple(
            AbsenceView(row["id"], row["name"], row["reason"], row.get("excused", True))
            for row in session.absent
        ),
        mediators=tuple(row["name"] for row in session.mediators),
        recorder=session.recorder,
        signed_on=session.signed_on,
    )
