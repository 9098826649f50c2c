"""Turns an agreement's rows into the record its page shows."""

from app.domain.agreements import (
    AgreementForm,
    AgreementStatus,
    AgreementView,
    ObligationKind,
    ObligationView,
    SignatureView,
    SignPlace,
)
from app.domain.values.money import capitals
from app.models.agreement import Agreement, Obligation, Signature
from app.models.case import Case
from app.services.kernel.unit_of_work import UnitOfWork


def view_agreement(uow: UnitOfWork, agreement: Agreement) -> AgreementView:
    """The whole agreement as plain values; amounts in capitals are computed here."""
    case = uow.get(Case, agreement.case_id)
    names = {party.id: party.name for party in case.parties}
    return AgreementView(
        id=agreement.id,
        row_version=agreement.row_version,
        case_id=agreement.case_id,
        case_number=case.number,
        number=agreement.number,
        form=AgreementForm(agreement.form),
        status=AgreementStatus(agreement.status),
        facts=agreement.facts,
        terms=tuple(agreement.terms),
        obligations=tuple(_obligation(row, names) for row in agreement.obligations),
        breach=agreement.breach,
        total_fen=agreement.total_fen,
        total_capitals=_capitals(agreement.total_fen),
        copies=agreement.copies,
        third_party_asked=agreement.third_party_asked,
        show_id_numbers=agreement.show_id_numbers,
        agreed_on=agreement.agreed_on,
        override_reason=agreement.override_reason,
        signatures=tuple(_signature(row, names) for row in agreement.signatures),
        mediator_signed_on=agreement.mediator_signed_on,
        sealed_on=agreement.sealed_on,
        effective_on=agreement.effective_on,
        missing=missing_signatures(agreement),
        seq=agreement.seq,
        partial=agreement.partial,
        stated_total_fen=agreement.stated_total_fen,
        replaces_id=agreement.replaces_id,
        replaced_by_id=agreement.replaced_by_id,
    )


def missing_signatures(agreement: Agreement) -> tuple[str | SignPlace, ...]:
    """Who has not signed yet: names, the mediator, the seal; nobody for an oral agreement (PML 29-30)."""
    if agreement.form == AgreementForm.ORAL:
        return ()
    missing: list[str | SignPlace] = [row.name for row in agreement.signatures if row.signed_on is None]
    if agreement.mediator_signed_on is None:
        missing.append(SignPlace.MEDIATOR)
    if agreement.sealed_on is None:
        missing.append(SignPlace.SEAL)
    return tuple(missing)


def _obligation(row: Obligation, names: dict[str, str]) -> ObligationView:
    return ObligationView(
        id=row.id,
        kind=ObligationKind(row.kind),
        debtor_id=row.debtor_id,
        debtor=names.get(row.debtor_id, ""),
        creditor_id=row.creditor_id,
        creditor=names.get(row.creditor_id, ""),
        amount_fen=row.amount_fen,
        capitals=_capitals(row.amount_fen),
        act=row.act,
        manner=row.manner,
        due_on=row.due_on,
    )


def _signature(row: Signature, names: dict[str, str]) -> SignatureView:
    return SignatureView(
        party_id=row.party_id,
        party=names.get(row.party_id, ""),
        signer_id=row.signer_id,
        signer=row.name,
        signed_on=row.signed_on,
    )


def _capitals(fen: int | None) -> str:
    return "" if fen is None else capitals(fen)
