"""Pause a mediation, go out to investigate, and end it without an agreement (G10; PML 3, 26)."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.agreements import AgreementStatus
from app.domain.cases import CaseView
from app.domain.casework.inputs import SuspendInput, TerminateInput
from app.domain.changes import Topic
from app.domain.errors import Problem
from app.domain.flow import BEFORE_AGREEMENT, CaseAction, CaseStatus
from app.models.after import Breach
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.flow import Suspension
from app.services.flow.answers import finished, refuse_invalid
from app.services.hearings.scheduling import call_off_rest
from app.services.kernel.history import day_problems, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_PENDING = (AgreementStatus.DRAFT, AgreementStatus.SIGNING)
_ENDABLE = (*BEFORE_AGREEMENT, CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def suspend_case(uow: UnitOfWork, case_id: str, wanted: SuspendInput) -> CaseView:
    """Pause the mediation after a session; an appraisal stops the clock of a medical dispute (MED 38).

    It goes on with the next hearing. Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.IN_SESSION)
    refuse_invalid(wanted.problems())
    uow.session.add(
        Suspension(case_id=case.id, reason=wanted.reason, note=wanted.note.strip(), from_on=uow.today())
    )
    move(uow, case, CaseStatus.SUSPENDED, CaseAction.SUSPENDED, wanted.note.strip())
    call_off_rest(uow, case)
    return finished(uow, case, reason=wanted.reason)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def start_investigation(uow: UnitOfWork, case_id: str) -> CaseView:
    """Note that the mediators look into the facts before a hearing is fixed (F06). Refuses WRONG_STATUS."""
    case = own_case(uow, case_id, CaseStatus.ASSIGNED)
    move(uow, case, CaseStatus.INVESTIGATING, CaseAction.INVESTIGATING)
    return finished(uow, case)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def end_investigation(uow: UnitOfWork, case_id: str, note: str = "") -> CaseView:
    """Note that the facts are known; a hearing is to be fixed. Refuses WRONG_STATUS."""
    case = own_case(uow, case_id, CaseStatus.INVESTIGATING)
    move(uow, case, CaseStatus.ASSIGNED, CaseAction.INVESTIGATED, note.strip())
    return finished(uow, case)


@use_case(needs=Permission.HEARING_WRITE)
def terminate_case(uow: UnitOfWork, case_id: str, wanted: TerminateInput) -> CaseView:
    """End the mediation without an agreement (G10): reason, remedies told, issues and undisputed facts kept.

    Possible at any time before an agreement takes effect, for nobody can be kept in a mediation (PML 3). What
    is fixed is called off, an agreement nobody signed falls. Where nothing but a partial agreement came into
    effect yet and it was never breached, only the rest ends and that agreement is performed (SZ22 26); a
    mediation that was taken up after a breach fails as a whole. Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, *_ENDABLE)
    early = wanted.on is not None and case.accepted_on is not None and wanted.on < case.accepted_on
    before = (Problem("on", "before_acceptance"),) if early else ()
    refuse_invalid((*wanted.problems(), *day_problems(uow, case, "on", wanted.on), *before))
    day, note = wanted.on or uow.today(), wanted.note.strip()
    case.termination = wanted.reason
    case.termination_note = note
    case.remedies_told_on = day
    case.issues = wanted.issues.strip() or case.issues
    case.undisputed = wanted.undisputed.strip() or case.undisputed
    if _drop_pending(uow, case) and case.rest_ended_on is None:
        _end_rest(uow, case, day, note)
    else:
        case.terminated_on = day
        move(uow, case, CaseStatus.TERMINATED, CaseAction.TERMINATED, note)
    call_off_rest(uow, case)
    uow.changed(Topic.AGREEMENTS)
    return finished(uow, case, reason=wanted.reason, rest=case.terminated_on is None)


def _drop_pending(uow: UnitOfWork, case: Case) -> bool:
    """Let fall what waits to be signed; says whether only the rest beside a partial agreement is open."""
    rows = uow.session.scalars(select(Agreement).where(Agreement.case_id == case.id)).all()
    for row in rows:
        if row.status in _PENDING:
            row.status = AgreementStatus.ABANDONED
    came = [row for row in rows if row.effective_on is not None]
    breached = select(Breach.id).where(Breach.case_id == case.id).limit(1)
    partial = bool(came) and all(row.partial for row in came)
    return partial and uow.session.scalars(breached).first() is None


def _end_rest(uow: UnitOfWork, case: Case, day: date, note: str) -> None:
    case.rest_ended_on = day
    if case.status == CaseStatus.PARTIAL:
        record(uow, case, CaseAction.TERMINATED, note)
    else:
        move(uow, case, CaseStatus.PARTIAL, CaseAction.TERMINATED, note)
    move(uow, case, CaseStatus.EFFECTIVE, CaseAction.EFFECTIVE, str(case.effective_on))
