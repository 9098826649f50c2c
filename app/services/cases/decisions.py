"""Accept or refuse a registered dispute; record consent (guards G1 and G2)."""

from datetime import date

from app.domain.actor import Permission
from app.domain.cases import CaseSource, CaseView, Consent, Refusal
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Deed, states_offering
from app.domain.intake import ACCEPTANCE_CHECKED, consent_gaps
from app.domain.values.limits import text_problems
from app.models.case import Case, Party
from app.services.cases.view import view_case
from app.services.kernel.history import day_problems, enter_triage, move, own_case, record
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
    if problems := tuple(day_problems(uow, case, "consent_on", day)):
        raise Refused(Reason.INVALID, problems=problems)
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
def accept_case(
    uow: UnitOfWork, case_id: str, competent: bool, excluded: bool, on: date | None = None
) -> CaseView:
    """Take the case (G1): all agreed, nobody refused, the committee is competent, no organ has it.

    `competent`: the dispute arose here or a party lives here, or it is handled jointly (NB15 18, MJR02 27).
    `excluded`: reserved by law, or a court, the police or an administrative organ already has it (MJR02 22).
    `on`: the day it was decided, today if not told. Both answers stay in the history of the case.
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
    if problems := tuple(day_problems(uow, case, "accepted_on", on)):
        raise Refused(Reason.INVALID, problems=problems)
    enter_triage(uow, case)
    case.accepted_on = on or uow.today()
    move(uow, case, CaseStatus.ACCEPTED, CaseAction.ACCEPTED, ACCEPTANCE_CHECKED)
    uow.note(case.id)
    uow.session.flush()
    return view_case(uow, case)


@use_case(needs=Permission.CASE_DECIDE)
def refuse_case(
    uow: UnitOfWork, case_id: str, reason: Refusal, note: str, remedy_told: bool, on: date | None = None
) -> CaseView:
    """Decline the case (G2): with its reason, and only after the other ways were told (PML 26).

    `on`: the day it was decided and told, today if not told.
    """
    case = own_case(uow, case_id, CaseStatus.REGISTERED, CaseStatus.TRIAGE)
    problems = [*text_problems("note", note, MAX_NOTE), *day_problems(uow, case, "refused_on", on)]
    if reason == Refusal.OTHER and not note.strip():
        problems.append(Problem("note", "required"))
    if not remedy_told:
        problems.append(Problem("remedy_told", "required"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    enter_triage(uow, case)
    case.refused_on = case.remedies_told_on = on or uow.today()
    case.refusal = reason
    case.refusal_note = note.strip()
    move(uow, case, CaseStatus.REJECTED, CaseAction.REJECTED, note.strip())
    uow.note(case.id, reason=reason)
    uow.session.flush()
    return view_case(uow, case)


@use_case(needs=Permission.HEARING_WRITE)
def record_rights_told(uow: UnitOfWork, case_id: str, on: date | None = None) -> CaseView:
    """Write down that the parties were told their rights, orally or by the signed notice (MJR02 30)."""
    case = own_case(uow, case_id, *states_offering(Deed.RIGHTS))
    day = on or uow.today()
    if problems := tuple(day_problems(uow, case, "rights_told_on", day)):
        raise Refused(Reason.INVALID, problems=problems)
    case.rights_told_on = day
    record(uow, case, CaseAction.RIGHTS_TOLD)
    uow.note(case.id)
    uow.session.flush()
    return view_case(uow, case)
