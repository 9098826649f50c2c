"""Accept or refuse a registered dispute; record consent (guards G1 and G2)."""

from datetime import date

from app.domain.actor import Permission
from app.domain.cases import CaseSource, CaseView, Consent, Refusal
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.intake import consent_gaps
from app.domain.values.limits import text_problems
from app.models.case import Case, Party
from app.services.cases.view import view_case
from app.services.kernel.history import enter_triage, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

MAX_NOTE = 2000


@use_case(needs=Permission.CASE_REGISTER)
def record_consent(
    uow: UnitOfWork, case_id: str, party_id: str, consent: Consent, on: date | None = None
) -> CaseView:
    """Write down how a party agreed to mediation, or that it clearly refused (PML 17).

    Possible until the case is accepted; afterwards a party ends mediation another way (PML 23).
    """
    case = own_case(uow, case_id, CaseStatus.REGISTERED, CaseStatus.TRIAGE)
    party = _party(case, party_id)
    day = on or uow.today()
    if day > uow.today():
        raise Refused(Reason.INVALID, problems=(Problem("consent_on", "future_date"),))
    party.consent = consent
    party.consent_on = None if consent == Consent.UNASKED else day
    record(uow, case, CaseAction.CONSENT_RECORDED, note=f"{party.role}:{consent}")
    uow.note(case.id, party=party.id, consent=consent)
    uow.session.flush()
    return view_case(uow, case)


def _party(case: Case, party_id: str) -> Party:
    for party in case.parties:
        if party.id == party_id:
            return party
    raise Refused(Reason.NOT_FOUND)


@use_case(needs=Permission.CASE_DECIDE)
def accept_case(uow: UnitOfWork, case_id: str, competent: bool, excluded: bool) -> CaseView:
    """Take the case (G1): all agreed, nobody refused, the committee is competent, no organ has it.

    `competent`: the dispute arose here or a party lives here, or it is handled jointly (NB15 18, MJR02 27).
    `excluded`: reserved by law, or a court, the police or an administrative organ already has it (MJR02 22).
    """
    case = own_case(uow, case_id, CaseStatus.REGISTERED, CaseStatus.TRIAGE)
    missing, refused = consent_gaps(view_case(uow, case).parties, case.source == CaseSource.OWN_INITIATIVE)
    if refused:
        raise Refused(Reason.CONSENT_REFUSED, parties=refused)
    if missing:
        raise Refused(Reason.CONSENT_MISSING, parties=missing)
    if not competent:
        raise Refused(Reason.NO_COMPETENCE)
    if excluded:
        raise Refused(Reason.EXCLUDED_MATTER)
    enter_triage(uow, case)
    case.accepted_on = uow.today()
    move(uow, case, CaseStatus.ACCEPTED, CaseAction.ACCEPTED)
    uow.note(case.id)
    uow.session.flush()
    return view_case(uow, case)


@use_case(needs=Permission.CASE_DECIDE)
def refuse_case(uow: UnitOfWork, case_id: str, reason: Refusal, note: str, remedy_told: bool) -> CaseView:
    """Decline the case (G2): with its reason, and only after the other ways were told (PML 26)."""
    case = own_case(uow, case_id, CaseStatus.REGISTERED, CaseStatus.TRIAGE)
    problems = [*text_problems("note", note, MAX_NOTE)]
    if reason == Refusal.OTHER and not note.strip():
        problems.append(Problem("note", "required"))
    if not remedy_told:
        problems.append(Problem("remedy_told", "required"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    enter_triage(uow, case)
    case.refused_on = uow.today()
    case.refusal = reason
    case.refusal_note = note.strip()
    move(uow, case, CaseStatus.REJECTED, CaseAction.REJECTED, note.strip())
    uow.note(case.id, reason=reason)
    uow.session.flush()
    return view_case(uow, case)


@use_case(needs=Permission.HEARING_WRITE)
def record_rights_told(uow: UnitOfWork, case_id: str, on: date | None = None) -> CaseView:
    """Write down that the parties were told their rights, orally or by the signed notice (MJR02 30)."""
    case = own_case(uow, case_id)
    if case.accepted_on is None:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    day = on or uow.today()
    if day > uow.today():
        raise Refused(Reason.INVALID, problems=(Problem("rights_told_on", "future_date"),))
    case.rights_told_on = day
    record(uow, case, CaseAction.RIGHTS_TOLD)
    uow.note(case.id)
    uow.session.flush()
    return view_case(uow, case)
