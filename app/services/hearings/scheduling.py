"""Fix hearings, move them, call them off."""

from dataclasses import replace

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS
from app.domain.changes import Topic
from app.domain.clashes import ClashQuery
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import (
    PLANNED,
    HearingInput,
    HearingStatus,
    HearingView,
    hearing_problems,
)
from app.domain.intake import guardian_gaps
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.case import Case
from app.models.flow import Suspension
from app.models.hearing import Hearing, ServiceProof, SessionRecord
from app.models.paper import Paper
from app.services.cases.view import view_party
from app.services.hearings.clashes import earliest_day, holdings_of, invited_parties, report_on
from app.services.hearings.rows import (
    book,
    differs,
    input_of,
    release,
    remember_change,
    told,
    view_hearing,
    when_and_where,
    write_hearing,
)
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_LATE = "（补登）"
_TENTATIVE = "（暂定）"
_SETTLED = "已达成协议"

_MAY_BE_FIXED = (
    CaseStatus.ASSIGNED, CaseStatus.INVESTIGATING, CaseStatus.SCHEDULED, CaseStatus.IN_SESSION,
    CaseStatus.SUSPENDED, CaseStatus.PARTIAL,
)  # fmt: skip


@use_case(needs=Permission.HEARING_WRITE)
def schedule_hearing(uow: UnitOfWork, wanted: HearingInput) -> HearingView:
    """Fix a meeting of a case (guard G5): people, room and notice checked; the time is held from now on.

    A suspended case goes on from today. A tentative meeting holds its time softly, needs no notice yet, and
    leaves the case where it is. Refuses INVALID, NO_LEAD without a mediator, TOO_SHORT_NOTICE unless all
    agreed to come at once, CLASH when room, mediator or party is held elsewhere and no written reason is
    given. A past day (paper work done late) needs that agreement too, lies after acceptance, and is marked in
    the history.
    """
    case = own_case(uow, wanted.case_id, *_MAY_BE_FIXED)
    _check_guard(uow, case, wanted)
    query = _query(wanted)
    reason = _checked_override(uow, case, query, wanted.override_reason)
    last = uow.session.scalar(select(func.max(Hearing.seq)).where(Hearing.case_id == case.id))
    status = HearingStatus.TENTATIVE if wanted.tentative else HearingStatus.SCHEDULED
    hearing = Hearing(case_id=case.id, seq=(last or 0) + 1, status=status, changes=[])
    write_hearing(uow, hearing, case, wanted, reason)
    book(uow, hearing, holdings_of(uow, case, query))
    _enter(uow, case, hearing)
    return _told(uow, hearing)


@use_case(needs=Permission.HEARING_WRITE)
def reschedule_hearing(
    uow: UnitOfWork, hearing_id: str, wanted: HearingInput, row_version: int
) -> HearingView:
    """Move or change a hearing that has not been held; the old time stays in the case's history.

    A tentative one that is wanted fixed is fixed. Once notices were printed or served, another time or place
    needs its reason, and those told need new notices. Refuses what `schedule_hearing` refuses, WRONG_STATUS
    once the case is settled, and STALE when somebody changed it after `row_version` was read.
    """
    hearing, case = _planned(uow, hearing_id)
    return _change(uow, hearing, case, replace(wanted, case_id=case.id), row_version)


@use_case(needs=Permission.HEARING_WRITE)
def confirm_hearing(
    uow: UnitOfWork, hearing_id: str, row_version: int, override_reason: str = ""
) -> HearingView:
    """Fix a tentative hearing as it stands; from now on the case is scheduled and its notices can be printed.

    Refuses what `schedule_hearing` refuses, WRONG_STATUS when it is not tentative, STALE.
    """
    hearing, case = _planned(uow, hearing_id)
    if hearing.status != HearingStatus.TENTATIVE:
        raise Refused(Reason.WRONG_STATUS, status=HearingStatus(hearing.status))
    reason = override_reason or hearing.override_reason
    wanted = replace(input_of(hearing), tentative=False, override_reason=reason)
    return _change(uow, hearing, case, wanted, row_version)


def _change(
    uow: UnitOfWork, hearing: Hearing, case: Case, wanted: HearingInput, row_version: int
) -> HearingView:
    refuse_stale(uow, hearing, row_version)
    was_tentative = hearing.status == HearingStatus.TENTATIVE
    if wanted.tentative and not was_tentative:
        raise Refused(Reason.INVALID, problems=(Problem("tentative", "already_fixed"),))
    _check_guard(uow, case, wanted)
    query = replace(_query(wanted), hearing_id=hearing.id)
    reason = _checked_override(uow, case, query, wanted.override_reason)
    before, told_before = when_and_where(hearing), told(hearing)
    write_hearing(uow, hearing, case, wanted, reason)
    if differs(told_before, hearing):
        if not wanted.change_reason.strip() and _announced(uow, hearing):
            raise Refused(Reason.INVALID, problems=(Problem("change_reason", "required"),))
        remember_change(hearing, told_before, wanted.change_reason)
    release(uow, hearing)
    book(uow, hearing, holdings_of(uow, case, query))
    if was_tentative and not wanted.tentative:
        hearing.status = HearingStatus.SCHEDULED
        _enter(uow, case, hearing)
    else:
        late = _LATE if hearing.day < uow.today() else ""
        why = f"：{wanted.change_reason.strip()}" if wanted.change_reason.strip() else ""
        record(uow, case, CaseAction.RESCHEDULED, f"{before} → {when_and_where(hearing)}{late}{why}")
    return _told(uow, hearing)


def _announced(uow: UnitOfWork, hearing: Hearing) -> bool:
    """Whether somebody may have been told: a notice was printed, or one was served."""
    printed = select(Paper.id).where(
        Paper.case_id == hearing.case_id, Paper.subject_id.startswith(f"{hearing.id}:")
    )
    served = select(ServiceProof.id).where(ServiceProof.subject_id == hearing.id)
    return any(uow.session.scalars(found.limit(1)).first() is not None for found in (printed, served))


def _enter(uow: UnitOfWork, case: Case, hearing: Hearing) -> None:
    """Write a new date into the case's history; a fixed one makes the case scheduled and ends a pause."""
    note = when_and_where(hearing)
    if hearing.status == HearingStatus.TENTATIVE:
        record(uow, case, CaseAction.SCHEDULED, f"{note}{_TENTATIVE}")
        return
    if hearing.day < uow.today():
        note += _LATE
    if case.status == CaseStatus.SUSPENDED:
        _resume(uow, case)
    if case.status == CaseStatus.SCHEDULED:
        record(uow, case, CaseAction.SCHEDULED, note)
    else:
        move(uow, case, CaseStatus.SCHEDULED, CaseAction.SCHEDULED, note)


def _resume(uow: UnitOfWork, case: Case) -> None:
    """End the pause of a mediation today."""
    paused = select(Suspension).where(Suspension.case_id == case.id, Suspension.to_on.is_(None))
    for pause in uow.session.scalars(paused):
        pause.to_on = uow.today()
    record(uow, case, CaseAction.RESUMED)


@use_case(needs=Permission.HEARING_WRITE)
def cancel_hearing(uow: UnitOfWork, hearing_id: str, reason: str) -> HearingView:
    """Call a hearing off, with the reason; its room and people are free again, those told must be told.

    With no other hearing fixed the case waits for a date again. Refuses INVALID without a reason,
    WRONG_STATUS when it was held or called off before.
    """
    hearing = uow.get(Hearing, hearing_id)
    case = own_case(uow, hearing.case_id)
    _refuse_unplanned(hearing)
    problems = tuple(text_problems("reason", reason, MAX_REASON))
    if not reason.strip():
        problems = (Problem("reason", "required"),)
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    was_fixed = hearing.status == HearingStatus.SCHEDULED
    _call_off(uow, hearing, reason.strip())
    note = f"{when_and_where(hearing)}：{reason.strip()}"
    if was_fixed and case.status == CaseStatus.SCHEDULED and not _other_fixed(uow, hearing):
        back = CaseStatus.IN_SESSION if _was_heard(uow, case) else CaseStatus.ASSIGNED
        move(uow, case, back, CaseAction.HEARING_CANCELLED, note)
    else:
        record(uow, case, CaseAction.HEARING_CANCELLED, note)
    return _told(uow, hearing)


def call_off_rest(uow: UnitOfWork, case: Case, reason: str = _SETTLED) -> None:
    """Call off what is still planned for a case that is settled or ended; rooms and people are free again."""
    planned = select(Hearing).where(Hearing.case_id == case.id, Hearing.status.in_(PLANNED))
    for hearing in uow.session.scalars(planned.order_by(Hearing.seq)).all():
        _call_off(uow, hearing, reason)
        record(uow, case, CaseAction.HEARING_CANCELLED, f"{when_and_where(hearing)}：{reason}")
        uow.changed(Topic.HEARINGS)


def _call_off(uow: UnitOfWork, hearing: Hearing, reason: str) -> None:
    hearing.status = HearingStatus.CANCELLED
    hearing.cancel_reason = reason
    remember_change(hearing, told(hearing), reason)
    release(uow, hearing)


@use_case(needs=Permission.READ, writes=False)
def open_hearing(uow: UnitOfWork, hearing_id: str) -> HearingView:
    """A hearing with everything its dialog shows; refuses NOT_FOUND."""
    return view_hearing(uow.get(Hearing, hearing_id))


@use_case(needs=Permission.READ, writes=False)
def case_hearings(uow: UnitOfWork, case_id: str) -> tuple[HearingView, ...]:
    """Every hearing of a case, the ones called off as well, in the order they were fixed."""
    rows = uow.session.scalars(select(Hearing).where(Hearing.case_id == case_id).order_by(Hearing.seq))
    return tuple(view_hearing(row) for row in rows)


def _query(wanted: HearingInput) -> ClashQuery:
    return ClashQuery(
        case_id=wanted.case_id,
        day=wanted.day,
        start=wanted.start,
        end=wanted.end,
        room_id=wanted.room_id,
        party_ids=wanted.party_ids,
        expert_ids=wanted.expert_ids,
        notice_waived=wanted.notice_waived,
        travel=wanted.travel,
        tentative=wanted.tentative,
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
    if wanted.tentative and wanted.day < uow.today():
        problems.append(Problem("day", "tentative_past"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    if wanted.tentative:  # nobody is told yet
        return
    first = earliest_day(uow)
    if wanted.day < first and not wanted.notice_waived:
        raise Refused(Reason.TOO_SHORT_NOTICE, days=(first - uow.today()).days)


def _checked_override(uow: UnitOfWork, case: Case, query: ClashQuery, reason: str) -> str:
    """The reason to keep with the hearing: empty when nothing refuses it."""
    report = report_on(uow, query, holdings_of(uow, case, query))
    if report.refuses and not reason.strip():
        blocked = tuple(block for block in report.blocked if block.hard)
        raise Refused(Reason.CLASH, clashes=(*report.hard, *blocked))
    return reason.strip() if report.refuses else ""


def _planned(uow: UnitOfWork, hearing_id: str) -> tuple[Hearing, Case]:
    """A hearing still to come, of a case that may have one."""
    hearing = uow.get(Hearing, hearing_id)
    case = own_case(uow, hearing.case_id, *_MAY_BE_FIXED)
    _refuse_unplanned(hearing)
    return hearing, case


def _refuse_unplanned(hearing: Hearing) -> None:
    if hearing.status not in PLANNED:
        raise Refused(Reason.WRONG_STATUS, status=HearingStatus(hearing.status))


def _other_fixed(uow: UnitOfWork, hearing: Hearing) -> bool:
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
