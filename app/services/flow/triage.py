"""Sort a registered dispute, raise it a level, let its applicant go (domain reference 3.1, 3.4)."""

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.casework.inputs import CorrectInput, TriageInput, WithdrawInput
from app.domain.flow import BEFORE_DECISION, CaseAction, CaseStatus, Deed, states_offering
from app.models.case import Case, current_parties
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.ways import refuse_hindered
from app.services.kernel.history import day_problems, enter_triage, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def triage_case(uow: UnitOfWork, case_id: str, wanted: TriageInput) -> CaseView:
    """Write down how the case was sorted: how hard it is, under which procedure, what is in issue.

    A case the county sent back is sorted anew. Refuses INVALID (疑难 and 重大 need a reason), WRONG_STATUS.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION, CaseStatus.RETURNED)
    refuse_invalid(wanted.problems())
    if case.status == CaseStatus.TRIAGE:
        record(uow, case, CaseAction.TRIAGED, wanted.note.strip())
    else:
        move(uow, case, CaseStatus.TRIAGE, CaseAction.TRIAGED, wanted.note.strip())
    case.triaged_on = uow.today()
    case.difficulty = wanted.difficulty
    case.difficulty_reason = wanted.difficulty_reason.strip()
    case.procedure = wanted.procedure
    case.issues = wanted.issues.strip()
    case.triage_note = wanted.note.strip()
    if wanted.level is not None and wanted.level != case.level:
        _set_level(uow, case, wanted.level)
    return finished(uow, case, procedure=wanted.procedure, difficulty=wanted.difficulty)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def raise_level(uow: UnitOfWork, case_id: str) -> CaseView:
    """Hand the case one level up (四级七天); the days of the new level are counted from today (SIJI).

    Refuses HINDERED on the last level, above which stands the county, and WRONG_STATUS.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_hindered(uow, case, Deed.RAISE_LEVEL)
    _set_level(uow, case, case.level + 1)
    return finished(uow, case, level=case.level)


def _set_level(uow: UnitOfWork, case: Case, level: int) -> None:
    record(uow, case, CaseAction.LEVEL_RAISED, f"{case.level} → {level}")
    case.level = level
    case.level_since = uow.today()


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def withdraw_case(uow: UnitOfWork, case_id: str, wanted: WithdrawInput) -> CaseView:
    """Note that who applied wants no mediation any more (PML 3); after acceptance that ends a mediation.

    Refuses INVALID, WRONG_STATUS once the case is accepted: it is then terminated.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_invalid(
        tuple(dict.fromkeys((*wanted.problems(uow.today()), *day_problems(uow, case, "on", wanted.on))))
    )
    enter_triage(uow, case)
    case.withdrawn_on = wanted.on or uow.today()
    move(uow, case, CaseStatus.WITHDRAWN, CaseAction.WITHDRAWN, wanted.reason.strip())
    return finished(uow, case)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def correct_case(uow: UnitOfWork, case_id: str, wanted: CorrectInput) -> CaseView:
    """Put right what is written about the matter, until its volume is locked.

    Refuses INVALID, STALE when somebody changed it after the form was opened, CASE_LOCKED, WRONG_STATUS while
    another office has it.
    """
    own_case(uow, case_id)
    case = own_case(uow, case_id, *states_offering(Deed.CORRECT))
    refuse_stale(uow, case, wanted.row_version)
    refuse_invalid(wanted.problems(len(current_parties(case))))
    for field in ("title", "summary", "request", "place", "difficulty_reason"):
        setattr(case, field, getattr(wanted, field).strip())
    for field in ("type_a", "type_b", "amount_fen", "people_count", "difficulty"):
        setattr(case, field, getattr(wanted, field))
    record(uow, case, CaseAction.CORRECTED)
    return finished(uow, case)
