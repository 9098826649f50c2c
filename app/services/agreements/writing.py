"""Write the settlement of a case down, change it until it is signed, give it its number."""

from app.domain.actor import Permission
from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    AgreementStatus,
    AgreementView,
    Finding,
    ObligationInput,
    ObligationKind,
    agreement_findings,
    least_copies,
    signers_of,
    total_of,
)
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.values.limits import MAX_REASON, text_problems
from app.domain.values.numbers import Series
from app.models.agreement import Agreement, Obligation, Signature
from app.models.case import Case
from app.services.agreements.proving import (
    check_draft,
    input_of,
    parties_of,
    refuse_blocked,
    session_facts,
)
from app.services.agreements.standing import (
    CHANGING,
    DRAFTED,
    agreements_of,
    current_of,
    leave_signing,
    pending,
    stands_for,
    take_effect,
)
from app.services.agreements.view import view_agreement
from app.services.hearings.scheduling import call_off_rest
from app.services.kernel.history import move, own_case, record
from app.services.kernel.numbering import take_number
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.READ, writes=False)
def check_agreement(uow: UnitOfWork, draft: AgreementInput) -> tuple[Finding, ...]:
    """What the check says of a settlement while it is written (domain reference 3.3); refuses NOT_FOUND."""
    case = uow.get(Case, draft.case_id)
    return agreement_findings(draft, parties_of(case), session_facts(uow, case))


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def save_agreement(uow: UnitOfWork, draft: AgreementInput) -> AgreementView:
    """Write down that the parties settled in writing (guard G7); its number comes with printing.

    Hearings still fixed are called off, unless only a part is settled (SZ22 26): the rest goes on. A change
    of an agreement in effect (`replaces_id`) is written beside it and moves no case (PML 33).

    Refuses INVALID, AGREEMENT_BLOCKED with what stands against it, WRONG_STATUS.
    """
    case = own_case(uow, draft.case_id, *_places_for(draft))
    check_draft(uow, case, draft, AgreementForm.WRITTEN)
    agreement = _begin(uow, case, draft, AgreementStatus.DRAFT)
    _ask_signatures(agreement, case, draft)
    if CaseStatus(case.status) in CHANGING:
        record(uow, case, CaseAction.AGREEMENT_CHANGED)
    elif case.status == CaseStatus.PARTIAL:
        record(uow, case, CaseAction.AGREED_IN_PART)
    elif draft.partial:
        move(uow, case, CaseStatus.PARTIAL, CaseAction.AGREED_IN_PART)
    else:
        move(uow, case, CaseStatus.AGREED_WRITTEN, CaseAction.AGREED)
        call_off_rest(uow, case)
    return _told(uow, agreement)


def _places_for(draft: AgreementInput) -> tuple[CaseStatus, ...]:
    """Where such an agreement can be begun."""
    places = [CaseStatus.IN_SESSION]
    if draft.replaces_id is not None:
        places += CHANGING
    if draft.partial:
        places.append(CaseStatus.PARTIAL)
    return tuple(places)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def amend_agreement(
    uow: UnitOfWork, agreement_id: str, draft: AgreementInput, row_version: int
) -> AgreementView:
    """Change a written agreement that has no effect yet.

    A printed one keeps its number, must be printed again, and everybody signs anew. Refuses what
    `save_agreement` refuses, and STALE.
    """
    agreement = uow.get(Agreement, agreement_id)
    case = own_case(uow, agreement.case_id)
    stands_for(case, agreement, CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING, CaseStatus.PARTIAL)
    refuse_stale(uow, agreement, row_version)
    check_draft(uow, case, draft, AgreementForm.WRITTEN, agreement)
    was_out = agreement.status == AgreementStatus.SIGNING
    _write(uow, agreement, case, draft)
    _ask_signatures(agreement, case, draft)
    agreement.status = AgreementStatus.DRAFT
    others_out = [row for row in agreements_of(uow, case.id) if row.status == AgreementStatus.SIGNING]
    if case.status == CaseStatus.SIGNING and was_out and not others_out:
        back = CaseStatus.PARTIAL if agreement.partial else CaseStatus.AGREED_WRITTEN
        move(uow, case, back, CaseAction.AGREED_IN_PART if agreement.partial else CaseAction.AGREED)
    else:
        record(uow, case, CaseAction.AGREEMENT_CHANGED if agreement.replaces_id else CaseAction.AGREED)
    return _told(uow, agreement)


@use_case(needs=Permission.AGREEMENT_WRITE)
def record_oral_agreement(uow: UnitOfWork, draft: AgreementInput) -> AgreementView:
    """Register an oral settlement: it takes effect the day the parties agreed (PML 28, 30), with its number.

    It may be reached in a session or on the spot (PML 21). Hearings still fixed are called off, unless only a
    part is settled. An oral agreement in effect may be changed by another (`replaces_id`).

    Refuses INVALID, AGREEMENT_BLOCKED, WRONG_STATUS.
    """
    case = own_case(uow, draft.case_id, CaseStatus.ON_SPOT, *_places_for(draft))
    check_draft(uow, case, draft, AgreementForm.ORAL)
    before = CaseStatus(case.status)
    agreement = _begin(uow, case, draft, AgreementStatus.EFFECTIVE)
    agreement.number = take_number(uow, Series.AGREEMENT, agreement.id)
    if before in CHANGING:
        record(uow, case, CaseAction.AGREEMENT_CHANGED, agreement.number)
    elif draft.partial and before == CaseStatus.IN_SESSION:
        move(uow, case, CaseStatus.PARTIAL, CaseAction.AGREED_IN_PART, agreement.number)
    elif draft.partial:
        record(uow, case, CaseAction.AGREED_IN_PART, agreement.number)
    else:
        move(uow, case, CaseStatus.AGREED_ORAL, CaseAction.AGREED_ORALLY, agreement.number)
    take_effect(uow, case, agreement, draft.agreed_on)
    if case.status == CaseStatus.EFFECTIVE and before not in CHANGING:
        call_off_rest(uow, case)
    return _told(uow, agreement)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def abandon_agreement(uow: UnitOfWork, agreement_id: str, reason: str, row_version: int) -> AgreementView:
    """Give up an agreement nobody will sign: a change, or a part; its row and its number stay.

    Refuses INVALID without a reason, STALE, and WRONG_STATUS when the case waits for just this one: that is
    amended, or the mediation is ended.
    """
    agreement = uow.get(Agreement, agreement_id)
    case = own_case(uow, agreement.case_id)
    stands_for(case, agreement, CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING, CaseStatus.PARTIAL)
    refuse_stale(uow, agreement, row_version)
    problems = [*text_problems("reason", reason, MAX_REASON)]
    if not reason.strip():
        problems.append(Problem("reason", "required"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    agreement.status = AgreementStatus.ABANDONED
    uow.session.flush()
    _go_on_without(uow, case)
    record(uow, case, CaseAction.AGREEMENT_ABANDONED, reason.strip())
    return _told(uow, agreement)


def _go_on_without(uow: UnitOfWork, case: Case) -> None:
    """Let a case that waited for several agreements go on without one of them."""
    status = CaseStatus(case.status)
    if status not in (CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING):
        return
    waits = any(map(pending, agreements_of(uow, case.id)))
    if not waits and not (status == CaseStatus.SIGNING and leave_signing(uow, case)):
        raise Refused(Reason.WRONG_STATUS, status=status)


@use_case(needs=Permission.READ, writes=False)
def open_agreement(uow: UnitOfWork, agreement_id: str) -> AgreementView:
    """An agreement with its amounts in capitals; refuses NOT_FOUND."""
    return view_agreement(uow, uow.get(Agreement, agreement_id))


@use_case(needs=Permission.READ, writes=False)
def case_agreement(uow: UnitOfWork, case_id: str) -> AgreementView | None:
    """The agreement of a case that is worked on, or binds; None while there is none.

    Of several the last that is neither replaced nor given up.
    """
    found = current_of(agreements_of(uow, case_id))
    return None if found is None else view_agreement(uow, found)


@use_case(needs=Permission.READ, writes=False)
def case_agreements(uow: UnitOfWork, case_id: str) -> tuple[AgreementView, ...]:
    """Every agreement of a case in the order they were written, the replaced and the abandoned as well."""
    return tuple(view_agreement(uow, row) for row in agreements_of(uow, case_id))


def number_agreement(uow: UnitOfWork, agreement: Agreement) -> str:
    """Bring a written agreement to signing when it is printed; its number is taken once and stays.

    The text is checked again: parties and sessions may have changed since. Printing again changes nothing.
    Refuses AGREEMENT_BLOCKED, READ_ONLY_CASE, WRONG_STATUS.
    """
    if agreement.number is not None and agreement.status != AgreementStatus.DRAFT:
        return agreement.number
    case = own_case(uow, agreement.case_id)
    stands_for(case, agreement, CaseStatus.AGREED_WRITTEN, CaseStatus.PARTIAL, CaseStatus.SIGNING)
    refuse_blocked(uow, case, input_of(agreement))
    if agreement.number is None:
        agreement.number = take_number(uow, Series.AGREEMENT, agreement.id)
    agreement.status = AgreementStatus.SIGNING
    if CaseStatus(case.status) in DRAFTED:
        move(uow, case, CaseStatus.SIGNING, CaseAction.AGREEMENT_PRINTED, agreement.number)
    else:
        record(uow, case, CaseAction.AGREEMENT_PRINTED, agreement.number)
    uow.session.flush()
    uow.changed(Topic.AGREEMENTS, Topic.NUMBERS)
    return agreement.number


def _begin(uow: UnitOfWork, case: Case, draft: AgreementInput, status: AgreementStatus) -> Agreement:
    rows = agreements_of(uow, case.id)
    seq = max((row.seq for row in rows), default=0) + 1
    agreement = Agreement(case_id=case.id, form=draft.form, status=status, seq=seq)
    _write(uow, agreement, case, draft)
    return agreement


def _write(uow: UnitOfWork, agreement: Agreement, case: Case, draft: AgreementInput) -> None:
    agreement.partial = draft.partial
    agreement.replaces_id = draft.replaces_id
    agreement.stated_total_fen = draft.stated_total_fen
    agreement.facts = draft.facts.strip()
    agreement.terms = [term.strip() for term in draft.terms if term.strip()]
    agreement.breach = draft.breach.strip()
    agreement.total_fen = total_of(draft.obligations)
    agreement.copies = draft.copies or least_copies(parties_of(case))
    agreement.third_party_asked = draft.third_party_asked
    agreement.show_id_numbers = draft.show_id_numbers
    agreement.agreed_on = draft.agreed_on
    agreement.override_reason = draft.override_reason.strip()
    agreement.obligations = [
        _new_obligation(case, seq, item) for seq, item in enumerate(draft.obligations, start=1)
    ]
    uow.session.add(agreement)
    uow.session.flush()


def _new_obligation(case: Case, seq: int, item: ObligationInput) -> Obligation:
    return Obligation(
        case_id=case.id,
        seq=seq,
        kind=item.kind,
        debtor_id=item.debtor_id,
        creditor_id=item.creditor_id,
        amount_fen=item.amount_fen if item.kind == ObligationKind.MONEY else None,
        act=item.act.strip(),
        manner=item.manner.strip(),
        due_on=item.due_on,
    )


def _ask_signatures(agreement: Agreement, case: Case, draft: AgreementInput) -> None:
    """One place to sign per party, all undated: the list of signatures is the list of parties."""
    agreement.mediator_signed_on = agreement.sealed_on = None
    agreement.signatures = [
        Signature(case_id=case.id, seq=seq, party_id=party.id, signer_id=signer.id, name=signer.name)
        for seq, (party, signer) in enumerate(signers_of(draft, parties_of(case)), start=1)
    ]


def _told(uow: UnitOfWork, agreement: Agreement) -> AgreementView:
    uow.session.flush()
    uow.note(agreement.id, case=agreement.case_id, form=agreement.form, total_fen=agreement.total_fen)
    uow.changed(Topic.AGREEMENTS)
    return view_agreement(uow, agreement)
