"""Settle a dispute at once, where the people stand (PML 21, 28): who mediates, what was told, who agreed."""

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS, CaseView, Consent
from app.domain.casework.inputs import HARD, OnSpotInput
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import BEFORE_DECISION, CaseAction, CaseStatus, Deed
from app.domain.recusal import Finding
from app.domain.roster import AssignmentRole, ChosenBy, MediatorStatus, may_mediate
from app.models.case import Assignment, Case, current_parties
from app.models.roster import Mediator
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.ways import refuse_hindered
from app.services.kernel.history import enter_triage, move, own_case, record
from app.services.kernel.recusal_review import overrule, principal_ids
from app.services.kernel.ties import recusal_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.CASE_DECIDE)
def settle_on_spot(uow: UnitOfWork, case_id: str, wanted: OnSpotInput) -> CaseView:
    """Take the case and mediate it there and then: all are here, agree and know their rights (PML 17).

    Statistics count it as accepted today. What is agreed is registered as an oral agreement next. Refuses
    INVALID (also a mediator kept in spite of a tie without the consent of all), HINDERED while somebody
    refuses, MEDIATOR_NOT_ACTIVE, MEDIATOR_IS_PARTY, RECUSAL without a written reason, WRONG_STATUS.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_invalid(wanted.problems(case.difficulty in HARD))
    refuse_hindered(uow, case, Deed.SETTLE_ON_SPOT)
    enter_triage(uow, case)
    _assign(uow, case, wanted)
    today = uow.today()
    for party in current_parties(case):
        if party.role in PRINCIPALS:
            party.consent, party.consent_on = Consent.PRESENT, today
    case.rights_told_on = case.rights_told_on or today
    case.accepted_on = today
    names = "、".join(row.mediator_name for row in case.assignments if row.ended_on is None)
    move(uow, case, CaseStatus.ON_SPOT, CaseAction.ON_SPOT, names)
    record(uow, case, CaseAction.RIGHTS_TOLD)
    return finished(uow, case, lead=wanted.lead_id, co=list(wanted.co_ids))


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def not_on_spot(uow: UnitOfWork, case_id: str) -> CaseView:
    """Note that it could not be settled at once after all: the case is sorted like any other.

    Nobody is assigned and nothing accepted any more. Refuses WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.ON_SPOT)
    for row in case.assignments:
        row.ended_on = row.ended_on or uow.today()
    case.accepted_on = None
    move(uow, case, CaseStatus.TRIAGE, CaseAction.NOT_ON_SPOT)
    return finished(uow, case)


def _assign(uow: UnitOfWork, case: Case, wanted: OnSpotInput) -> None:
    mediators = [_fit_mediator(uow, mediator_id) for mediator_id in (wanted.lead_id, *wanted.co_ids)]
    ties = recusal_of(uow, case, mediators)
    _refuse_ties([tie for found in ties.values() for tie in found], wanted)
    for seat, mediator in enumerate(mediators):
        found = ties[mediator.id]
        blocking = tuple(tie for tie in found if tie.blocks)
        everybody = tuple(sorted(principal_ids(case))) if blocking else ()
        row = Assignment(
            case_id=case.id,
            seat=seat,
            mediator_id=mediator.id,
            mediator_name=mediator.name,
            role=AssignmentRole.CO if seat else AssignmentRole.LEAD,
            chosen_by=ChosenBy.PARTIES,
            assigned_on=uow.today(),
            findings=[tie.as_text() for tie in found],
            override_reason=wanted.override_reason.strip() if blocking else "",
            consented=list(everybody),
        )
        case.assignments.append(row)
        if blocking:
            overrule(uow, case, row, blocking, everybody)


def _fit_mediator(uow: UnitOfWork, mediator_id: str) -> Mediator:
    row = uow.get(Mediator, mediator_id)
    if not may_mediate(MediatorStatus(row.status), row.term_start, row.term_end, uow.today()):
        raise Refused(Reason.MEDIATOR_NOT_ACTIVE, mediator=row.name)
    return row


def _refuse_ties(ties: list[Finding], wanted: OnSpotInput) -> None:
    for tie in ties:
        if tie.final:
            raise Refused(Reason.MEDIATOR_IS_PARTY, mediator=tie.mediator)
    if not any(tie.blocks for tie in ties):
        return
    if not wanted.override_reason.strip():
        raise Refused(Reason.RECUSAL, findings=tuple(ties))
    if not wanted.all_keep:
        raise Refused(Reason.INVALID, problems=(Problem("all_keep", "all_must_consent"),))
