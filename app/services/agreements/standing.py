"""How the agreements of a case stand to each other: which binds, which waits, what one does in effect."""

from datetime import date

from sqlalchemy import select

from app.domain.agreements import AgreementStatus
from app.domain.errors import Reason, Refused
from app.domain.flow import BEFORE_AGREEMENT, CaseAction, CaseStatus
from app.models.agreement import Agreement
from app.models.case import Case
from app.services.kernel.history import move, record
from app.services.kernel.unit_of_work import UnitOfWork

DRAFTED = frozenset({CaseStatus.AGREED_WRITTEN, CaseStatus.PARTIAL})
CHANGING = frozenset({CaseStatus.EFFECTIVE, CaseStatus.PERFORMING})
"""An agreement in effect is changed in these states; the new one is signed beside it (PML 33)."""
_BESIDE = (
    BEFORE_AGREEMENT
    | CHANGING
    | {CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING, CaseStatus.PERFORMED, CaseStatus.BREACHED}
)
_PENDING = (AgreementStatus.DRAFT, AgreementStatus.SIGNING)
_CHANGED = "协议变更"


def agreements_of(uow: UnitOfWork, case_id: str) -> list[Agreement]:
    """Every agreement of a case in the order they were written."""
    rows = select(Agreement).where(Agreement.case_id == case_id).order_by(Agreement.seq, Agreement.id)
    return list(uow.session.scalars(rows))


def current_of(rows: list[Agreement]) -> Agreement | None:
    """The one worked on: the last that is neither replaced nor abandoned."""
    living = [row for row in rows if row.replaced_by_id is None and row.status != AgreementStatus.ABANDONED]
    return living[-1] if living else None


def binding_of(uow: UnitOfWork, case_id: str) -> list[Agreement]:
    """The agreements in effect that nothing has replaced."""
    return [
        row for row in agreements_of(uow, case_id) if row.effective_on is not None and not row.replaced_by_id
    ]


def pending(row: Agreement) -> bool:
    """Whether an agreement waits to be printed or signed."""
    return row.status in _PENDING


def stands_for(case: Case, agreement: Agreement, *usual: CaseStatus) -> None:
    """Refuse WRONG_STATUS unless the agreement can still be brought into effect in the case's state.

    A partial agreement and a change go their way beside the case; any other is the case's own step.
    """
    status = CaseStatus(case.status)
    own_way = agreement.partial or agreement.replaces_id is not None
    if not pending(agreement) or status not in (_BESIDE if own_way else usual):
        raise Refused(Reason.WRONG_STATUS, status=status)


def take_effect(uow: UnitOfWork, case: Case, agreement: Agreement, on: date) -> None:
    """Bring an agreement into effect: what it replaces is released; the case that waited for it goes on."""
    agreement.effective_on = on
    agreement.status = AgreementStatus.EFFECTIVE
    if agreement.replaces_id is not None:
        _replace(uow, agreement, on)
    uow.session.flush()
    if case.status == CaseStatus.SIGNING and leave_signing(uow, case):
        return
    if case.status == CaseStatus.AGREED_ORAL:
        case.effective_on = case.effective_on or on
        move(uow, case, CaseStatus.EFFECTIVE, CaseAction.EFFECTIVE, str(on))
        return
    case.effective_on = case.effective_on or on
    record(uow, case, CaseAction.EFFECTIVE, str(on))


def leave_signing(uow: UnitOfWork, case: Case) -> bool:
    """Bring a case on when nothing waits to be signed any more: into effect, or back to what is left open.

    The last agreement written says whether something is left open (SZ22 26). Says whether the case went on.
    """
    rows = agreements_of(uow, case.id)
    binding = [row for row in rows if row.effective_on is not None and not row.replaced_by_id]
    if not binding or any(map(pending, rows)):
        return False
    last = binding[-1]
    if last.partial and case.rest_ended_on is None:
        case.effective_on = case.effective_on or last.effective_on
        move(uow, case, CaseStatus.PARTIAL, CaseAction.EFFECTIVE, str(last.effective_on))
    else:
        round_on = max(row.effective_on for row in binding if row.effective_on is not None)
        case.effective_on = case.effective_on or round_on
        move(uow, case, CaseStatus.EFFECTIVE, CaseAction.EFFECTIVE, str(round_on))
    return True


def _replace(uow: UnitOfWork, agreement: Agreement, on: date) -> None:
    old = uow.get(Agreement, str(agreement.replaces_id))
    old.replaced_by_id = agreement.id
    for row in old.obligations:
        if row.performed_on is None and row.released_on is None:
            row.released_on = on
            row.release_note = _CHANGED
