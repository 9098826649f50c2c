"""Moves a case from state to state and writes its history."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import LOCKED, MOVES, CaseAction, CaseStatus
from app.models.case import Case, CaseEvent
from app.models.flow import Suspension
from app.services.kernel.unit_of_work import UnitOfWork


def own_case(uow: UnitOfWork, case_id: str, *allowed: CaseStatus) -> Case:
    """The case, for changing it.

    Refuses READ_ONLY_CASE when another office owns it, CASE_LOCKED when its volume is closed and the use case
    does not name that state, WRONG_STATUS when it stands elsewhere.
    """
    case = uow.get(Case, case_id)
    if case.owner != uow.office().node:
        raise Refused(Reason.READ_ONLY_CASE, owner=case.owner)
    if not allowed and CaseStatus(case.status) in LOCKED:
        raise Refused(Reason.CASE_LOCKED)
    if allowed and CaseStatus(case.status) not in allowed:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    return case


def move(uow: UnitOfWork, case: Case, to: CaseStatus, action: CaseAction, note: str = "") -> None:
    """Bring the case to another state, with its entry in the history; refuses a way the law does not know."""
    before = CaseStatus(case.status)
    if to not in MOVES[before]:
        raise Refused(Reason.WRONG_STATUS, status=before)
    case.status = to
    record(uow, case, action, note, before)
    if before == CaseStatus.SUSPENDED:
        _end_pause(uow, case)


def _end_pause(uow: UnitOfWork, case: Case) -> None:
    """A case that goes on is not paused any more: its clock runs again from this day (MED 38)."""
    open_pauses = select(Suspension).where(Suspension.case_id == case.id, Suspension.to_on.is_(None))
    for pause in uow.session.scalars(open_pauses):
        pause.to_on = uow.today()


def day_problems(uow: UnitOfWork, case: Case, field: str, day: date | None) -> Iterator[Problem]:
    """A day on which something happened in a case: not to come, not before the case came in (12.6)."""
    if day is None:
        return
    if day > uow.today():
        yield Problem(field, "future_date")
    elif day < case.received_at.astimezone(uow.zone).date():
        yield Problem(field, "before_received")


def enter_triage(uow: UnitOfWork, case: Case) -> None:
    """Bring a case that was only registered into triage: every decision on it is one of triage (3.1)."""
    if case.status == CaseStatus.REGISTERED:
        case.triaged_on = uow.today()
        move(uow, case, CaseStatus.TRIAGE, CaseAction.TRIAGED)


def record(
    uow: UnitOfWork, case: Case, action: CaseAction, note: str = "", before: CaseStatus | None = None
) -> None:
    """Write one entry of the case's history."""
    uow.session.add(
        CaseEvent(
            case_id=case.id,
            at=uow.now(),
            actor_id=uow.actor.user_id,
            actor_name=uow.actor.name,
            action=action,
            from_status=before,
            to_status=case.status if before else None,
            note=note,
        )
    )
    uow.changed(Topic.CASES)
