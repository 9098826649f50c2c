"""What a settlement must be before it is written, printed or signed: fields, findings, parties of now."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    Finding,
    FindingCode,
    ObligationInput,
    ObligationKind,
    SessionFacts,
    SignerInput,
    agreement_findings,
    agreement_problems,
    principals_of,
)
from app.domain.cases import PRINCIPALS, Consent, PartyView
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import BEFORE_AGREEMENT, CaseStatus
from app.domain.life.codes import Procedure
from app.models.agreement import Agreement
from app.models.case import Case, current_parties
from app.models.hearing import SessionRecord
from app.services.agreements.standing import agreements_of, binding_of, pending
from app.services.cases.view import view_party
from app.services.kernel.recusal_review import refuse_undecided
from app.services.kernel.unit_of_work import UnitOfWork

_IN_WRITING = (Procedure.LABOUR, Procedure.MEDICAL)
"""Procedures whose agreement the law wants in writing (LAB 14, MED 39)."""


def parties_of(case: Case) -> tuple[PartyView, ...]:
    """The parties of now as the rules read them."""
    return tuple(view_party(party) for party in current_parties(case))


def session_facts(uow: UnitOfWork, case: Case) -> SessionFacts:
    """The last day of the sessions, and which records nobody has signed yet."""
    rows = uow.session.scalars(
        select(SessionRecord).where(SessionRecord.case_id == case.id).order_by(SessionRecord.seq)
    ).all()
    last: date | None = max((row.day for row in rows), default=None)
    unsigned = tuple(row.seq for row in rows if row.signed_on is None)
    return SessionFacts(last, unsigned, needed=not _settled_on_spot(case))


def _settled_on_spot(case: Case) -> bool:
    """Whether no session is needed: all stand here now (PML 21), or an agreement is in effect already."""
    return case.status == CaseStatus.ON_SPOT or case.effective_on is not None


def check_draft(
    uow: UnitOfWork,
    case: Case,
    draft: AgreementInput,
    form: AgreementForm,
    agreement: Agreement | None = None,
) -> None:
    """Refuse what keeps a settlement from being written down (G7): recusal, consent, fields, findings."""
    refuse_undecided(uow, case)
    refused = [
        party.name for party in current_parties(case)
        if party.role in PRINCIPALS and party.consent == Consent.REFUSED
    ]  # fmt: skip
    if refused:  # nobody is mediated against the own will (PML 17)
        raise Refused(Reason.CONSENT_REFUSED, parties=refused)
    problems = [*agreement_problems(draft, parties_of(case), case.accepted_on, uow.today())]
    received_on = case.received_at.astimezone(uow.zone).date()
    if case.accepted_on is None and draft.agreed_on < received_on:
        problems.append(Problem("agreed_on", "before_receipt"))
    if draft.form != form:
        problems.append(Problem("form", "bad_value"))
    if draft.case_id != case.id:
        problems.append(Problem("case_id", "bad_value"))
    if draft.partial and case.status == CaseStatus.ON_SPOT:
        problems.append(Problem("partial", "bad_value"))
    if form == AgreementForm.ORAL and case.procedure in _IN_WRITING:
        problems.append(Problem("form", "written_by_law"))
    problems += _change_problems(uow, case, draft, agreement)
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    refuse_blocked(uow, case, draft)


def _change_problems(
    uow: UnitOfWork, case: Case, draft: AgreementInput, agreement: Agreement | None
) -> Iterator[Problem]:
    """An agreement in effect is changed by one other at a time, and in writing if it was written."""
    if draft.replaces_id is None:
        yield from _doubling(uow, case, draft, agreement)
        return
    rows = agreements_of(uow, case.id)
    old = next((row for row in rows if row.id == draft.replaces_id), None)
    if old is None or old.effective_on is None or old.replaced_by_id is not None:
        yield Problem("replaces_id", "unknown")
    elif any(row.replaces_id == old.id and pending(row) and row is not agreement for row in rows):
        yield Problem("replaces_id", "change_pending")
    elif draft.form == AgreementForm.ORAL and old.form == AgreementForm.WRITTEN:
        yield Problem("form", "change_in_writing")


def _doubling(
    uow: UnitOfWork, case: Case, draft: AgreementInput, agreement: Agreement | None
) -> Iterator[Problem]:
    """After a new mediation the new agreement takes the place of the broken one, or both would be owed."""
    bound = [row for row in binding_of(uow, case.id) if not row.partial and row is not agreement]
    if bound and not draft.partial and case.status in BEFORE_AGREEMENT | {CaseStatus.AGREED_WRITTEN}:
        yield Problem("replaces_id", "must_replace")


def refuse_outdated(uow: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """Refuse AGREEMENT_BLOCKED when its places to sign are no longer the parties of now (G8, 3.3 item 5).

    Somebody came in or left, or now needs a guardian: the agreement is to be corrected and printed again.
    """
    placed = {row.party_id for row in agreement.signatures}
    if placed != {party.id for party in principals_of(parties_of(case))}:
        raise Refused(Reason.AGREEMENT_BLOCKED, findings=(Finding(FindingCode.NOT_A_PRINCIPAL, block=True),))
    refuse_blocked(uow, case, input_of(agreement))


def refuse_blocked(uow: UnitOfWork, case: Case, draft: AgreementInput) -> None:
    """Refuse AGREEMENT_BLOCKED with everything that stands against the settlement."""
    findings = agreement_findings(draft, parties_of(case), session_facts(uow, case))
    if blocking := tuple(finding for finding in findings if finding.block):
        raise Refused(Reason.AGREEMENT_BLOCKED, findings=blocking)


def input_of(agreement: Agreement) -> AgreementInput:
    """An agreement as it would be typed again: the rules judge it by the same words."""
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
        stated_total_fen=agreement.stated_total_fen,
        partial=agreement.partial,
        replaces_id=agreement.replaces_id,
    )
