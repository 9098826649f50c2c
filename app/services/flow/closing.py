"""Close a case, and let two persons strike a closed one off (guards G10, G11, G12)."""

from datetime import date

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.casework.inputs import MAX_NOTE, CloseInput, StrikeOffInput
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Deed, Outcome
from app.domain.values.limits import text_problems
from app.models.after import FollowUp
from app.models.case import Case
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.ways import refuse_hindered
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

OUTCOME_OF: dict[CaseStatus, Outcome] = {
    CaseStatus.REJECTED: Outcome.REJECTED,
    CaseStatus.WITHDRAWN: Outcome.WITHDRAWN,
    CaseStatus.MERGED: Outcome.MERGED,
    CaseStatus.TERMINATED: Outcome.FAILED,
    CaseStatus.BREACHED: Outcome.BREACHED,
    CaseStatus.FOLLOWED_UP: Outcome.PERFORMED,
}
"""How a case ended that is closed where it stands; those elsewhere are closed by the answer."""


@use_case(needs=Permission.CASE_CLOSE, undoable=True)
def close_case(uow: UnitOfWork, case_id: str, wanted: CloseInput) -> CaseView:
    """Close a case that has come to its end (3.1); how it ended follows from where it stands.

    Refuses HINDERED while the remedies of a failed case were not told (G10) or no way was taken after a
    breach, INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, *OUTCOME_OF)
    refuse_hindered(uow, case, Deed.CLOSE)
    refuse_invalid((*wanted.problems(uow.today()), *_too_early(uow, case, wanted.on)))
    outcome = OUTCOME_OF[CaseStatus(case.status)]
    if outcome == Outcome.FAILED and case.effective_on is not None:
        outcome = Outcome.BREACHED  # mediated again after a breach, in vain: the agreement still binds
    close_as(uow, case, outcome, wanted.on or uow.today(), wanted.note, CaseAction.CLOSED)
    return finished(uow, case, outcome=outcome)


def close_as(uow: UnitOfWork, case: Case, outcome: Outcome, on: date, note: str, action: CaseAction) -> None:
    """Close the case with its outcome; the volume is to be made up next."""
    case.outcome = outcome
    case.closed_on = on
    case.close_note = note.strip()
    move(uow, case, CaseStatus.CLOSED, action, note.strip())


def _too_early(uow: UnitOfWork, case: Case, on: date | None) -> tuple[Problem, ...]:
    """The day a case is closed lies after everything that ended it, and after its reception (12.6).

    A performed case is closed after the visit that looked after it (G11).
    """
    visited = select(func.max(FollowUp.day)).where(FollowUp.case_id == case.id)
    before = (
        case.received_at.astimezone(uow.zone).date(), case.refused_on, case.withdrawn_on, case.terminated_on,
        case.effective_on, case.performed_on, uow.session.scalar(visited),
    )  # fmt: skip
    last = max((day for day in before if day is not None), default=None)
    return (Problem("on", "before_ending"),) if on and last and on < last else ()


@use_case(needs=Permission.CASE_CLOSE, undoable=True)
def propose_strike_off(uow: UnitOfWork, case_id: str, wanted: StrikeOffInput) -> CaseView:
    """Propose to strike a closed case off (G12): performed or a lawful way taken, the applicant told.

    Somebody else decides on it. Refuses HINDERED, INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.CLOSED)
    refuse_hindered(uow, case, Deed.STRIKE_OFF)
    if case.strike_proposed_on is not None:
        raise Refused(Reason.TAKEN, what="")
    refuse_invalid(wanted.problems(case.closed_on or uow.today(), uow.today()))
    case.told_applicant_on = wanted.told_applicant_on
    case.strike_proposed_on = uow.today()
    case.strike_proposed_by = uow.actor.name
    case.strike_proposed_by_id = uow.actor.user_id
    record(uow, case, CaseAction.STRIKE_OFF_PROPOSED, wanted.note.strip())
    return finished(uow, case)


@use_case(needs=Permission.CASE_DECIDE)
def strike_off_case(uow: UnitOfWork, case_id: str) -> CaseView:
    """Strike the case off as proposed (G12); neither who registered nor who proposed it may decide.

    Refuses HINDERED (also for the same person), WRONG_STATUS, NOT_FOUND when nothing is proposed.
    """
    case = own_case(uow, case_id, CaseStatus.CLOSED)
    _refuse_unproposed(case)
    refuse_hindered(uow, case, Deed.STRIKE_OFF, soft_too=True)
    case.struck_off_on = uow.today()
    case.struck_off_by = uow.actor.name
    move(uow, case, CaseStatus.STRUCK_OFF, CaseAction.STRUCK_OFF)
    return finished(uow, case)


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def decline_strike_off(uow: UnitOfWork, case_id: str, reason: str) -> CaseView:
    """Send the proposal back with the reason; it may be proposed again.

    Refuses INVALID without a reason, WRONG_STATUS, NOT_FOUND when nothing is proposed.
    """
    case = own_case(uow, case_id, CaseStatus.CLOSED)
    _refuse_unproposed(case)
    needed = () if reason.strip() else (Problem("reason", "required"),)
    refuse_invalid((*text_problems("reason", reason, MAX_NOTE), *needed))
    case.strike_proposed_on = None
    case.strike_proposed_by = ""
    case.strike_proposed_by_id = None
    record(uow, case, CaseAction.STRIKE_OFF_DECLINED, reason.strip())
    return finished(uow, case)


def _refuse_unproposed(case: Case) -> None:
    if case.strike_proposed_on is None:
        raise Refused(Reason.NOT_FOUND)
