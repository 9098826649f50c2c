"""Write the settlement of a case down, change it until it is signed, give it its number."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    AgreementStatus,
    AgreementView,
    Finding,
    ObligationInput,
    ObligationKind,
    SessionFacts,
    SignerInput,
    agreement_findings,
    agreement_problems,
    least_copies,
    signers_of,
    total_of,
)
from app.domain.cases import PartyView
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.values.numbers import Series
from app.models.agreement import Agreement, Obligation, Signature
from app.models.case import Case
from app.models.hearing import SessionRecord
from app.services.agreements.view import view_agreement
from app.services.cases.view import view_party
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
    return agreement_findings(draft, _parties(case), _sessions(uow, case))


@use_case(needs=Permission.AGREEMENT_WRITE)
def save_agreement(uow: UnitOfWork, draft: AgreementInput) -> AgreementView:
    """Write down that the parties settled in writing (guard G7); its number comes with printing.

    Hearings still fixed are called off.

    Refuses INVALID, AGREEMENT_BLOCKED with what stands against it, WRONG_STATUS.
    """
    case = own_case(uow, draft.case_id, CaseStatus.IN_SESSION)
    _check(uow, case, draft, AgreementForm.WRITTEN)
    agreement = Agreement(case_id=case.id, form=draft.form, status=AgreementStatus.DRAFT)
    _write(uow, agreement, case, draft)
    _ask_signatures(agreement, case, draft)
    move(uow, case, CaseStatus.AGREED_WRITTEN, CaseAction.AGREED)
    call_off_rest(uow, case)
    return _told(uow, agreement)


@use_case(needs=Permission.AGREEMENT_WRITE)
def amend_agreement(
    uow: UnitOfWork, agreement_id: str, draft: AgreementInput, row_version: int
) -> AgreementView:
    """Change a written agreement that has no effect yet.

    A printed one keeps its number, must be printed again, and everybody signs anew. Refuses what
    `save_agreement` refuses, and STALE.
    """
    agreement = uow.get(Agreement, agreement_id)
    case = own_case(uow, agreement.case_id, CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING)
    refuse_stale(uow, agreement, row_version)
    _check(uow, case, draft, AgreementForm.WRITTEN)
    _write(uow, agreement, case, draft)
    _ask_signatures(agreement, case, draft)
    agreement.status = AgreementStatus.DRAFT
    if case.status == CaseStatus.SIGNING:
        move(uow, case, CaseStatus.AGREED_WRITTEN, CaseAction.AGREED)
    else:
        record(uow, case, CaseAction.AGREED)
    return _told(uow, agreement)


@use_case(needs=Permission.AGREEMENT_WRITE)
def record_oral_agreement(uow: UnitOfWork, draft: AgreementInput) -> AgreementView:
    """Register an oral settlement: it takes effect the day the parties agreed (PML 28, 30), with its number.

    Hearings still fixed are called off.

    Refuses INVALID, AGREEMENT_BLOCKED, WRONG_STATUS.
    """
    case = own_case(uow, draft.case_id, CaseStatus.IN_SESSION)
    _check(uow, case, draft, AgreementForm.ORAL)
    agreement = Agreement(case_id=case.id, form=draft.form, status=AgreementStatus.EFFECTIVE)
    _write(uow, agreement, case, draft)
    agreement.number = take_number(uow, Series.AGREEMENT, agreement.id)
    agreement.effective_on = case.effective_on = draft.agreed_on
    move(uow, case, CaseStatus.AGREED_ORAL, CaseAction.AGREED_ORALLY, agreement.number)
    move(uow, case, CaseStatus.EFFECTIVE, CaseAction.EFFECTIVE, str(draft.agreed_on))
    call_off_rest(uow, case)
    return _told(uow, agreement)


@use_case(needs=Permission.READ, writes=False)
def open_agreement(uow: UnitOfWork, agreement_id: str) -> AgreementView:
    """An agreement with its amounts in capitals; refuses NOT_FOUND."""
    return view_agreement(uow, uow.get(Agreement, agreement_id))


@use_case(needs=Permission.READ, writes=False)
def case_agreement(uow: UnitOfWork, case_id: str) -> AgreementView | None:
    """The agreement of a case, or None while there is none."""
    found = uow.session.scalars(select(Agreement).where(Agreement.case_id == case_id)).first()
    return None if found is None else view_agreement(uow, found)


def number_agreement(uow: UnitOfWork, agreement: Agreement) -> str:
    """Bring a written agreement to signing when it is printed; its number is taken once and stays.

    The text is checked again: parties and sessions may have changed since. Printing again changes nothing.
    Refuses AGREEMENT_BLOCKED, READ_ONLY_CASE.
    """
    if agreement.number is not None and agreement.status != AgreementStatus.DRAFT:
        return agreement.number
    case = own_case(uow, agreement.case_id, CaseStatus.AGREED_WRITTEN)
    _refuse_blocked(uow, case, _input_of(agreement))
    if agreement.number is None:
        agreement.number = take_number(uow, Series.AGREEMENT, agreement.id)
    agreement.status = AgreementStatus.SIGNING
    move(uow, case, CaseStatus.SIGNING, CaseAction.AGREEMENT_PRINTED, agreement.number)
    uow.session.flush()
    uow.changed(Topic.AGREEMENTS, Topic.NUMBERS)
    return agreement.number


def _parties(case: Case) -> tuple[PartyView, ...]:
    return tuple(view_party(party) for party in case.parties)


def _sessions(uow: UnitOfWork, case: Case) -> SessionFacts:
    rows = uow.session.scalars(
        select(SessionRecord).where(SessionRecord.case_id == case.id).order_by(SessionRecord.seq)
    ).all()
    last: date | None = max((row.day for row in rows), default=None)
    return SessionFacts(last, tuple(row.seq for row in rows if row.signed_on is None))


def _check(uow: UnitOfWork, case: Case, draft: AgreementInput, form: AgreementForm) -> None:
    problems = [*agreement_problems(draft, _parties(case), case.accepted_on, uow.today())]
    if draft.form != form:
        problems.append(Problem("form", "bad_value"))
    if draft.case_id != case.id:
        problems.append(Problem("case_id", "bad_value"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    _refuse_blocked(uow, case, draft)


def _refuse_blocked(uow: UnitOfWork, case: Case, draft: AgreementInput) -> None:
    findings = agreement_findings(draft, _parties(case), _sessions(uow, case))
    if blocking := tuple(finding for finding in findings if finding.block):
        raise Refused(Reason.AGREEMENT_BLOCKED, findings=blocking)


def _write(uow: UnitOfWork, agreement: Agreement, case: Case, draft: AgreementInput) -> None:
    agreement.facts = draft.facts.strip()
    agreement.terms = [term.strip() for term in draft.terms if term.strip()]
    agreement.breach = draft.breach.strip()
    agreement.total_fen = total_of(draft.obligations)
    agreement.copies = draft.copies or least_copies(_parties(case))
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
        for seq, (party, signer) in enumerate(signers_of(draft, _parties(case)), start=1)
    ]


def _input_of(agreement: Agreement) -> AgreementInput:
    return AgreementInput(
        case_id=agreement.case_id,
        form=AgreementForm(agreement.form),
        facts=agreement.facts,
        terms=tuple(agreement.terms),
        obligations=tuple(
            ObligationInput(
                kind=ObligationKind(row.kind),
                debtor_id=row.debtor_id,
                creditor_id=row.creditor_id,
                amount_fen=row.amount_fen,
                act=row.act,
                manner=row.manner,
                due_on=row.due_on,
            )
            for row in agreement.obligations
        ),
        agreed_on=agreement.agreed_on,
        breach=agreement.breach,
        signers=tuple(
            SignerInput(row.party_id, row.signer_id)
            for row in agreement.signatures
            if row.signer_id != row.party_id
        ),
        copies=agreement.copies,
        third_party_asked=agreement.third_party_asked,
        show_id_numbers=agreement.show_id_numbers,
        override_reason=agreement.override_reason,
    )


def _told(uow: UnitOfWork, agreement: Agreement) -> AgreementView:
    uow.session.flush()
    uow.note(agreement.id, case=agreement.case_id, form=agreement.form, total_fen=agreement.total_fen)
    uow.changed(Topic.AGREEMENTS)
    return view_agreement(uow, agreement)
