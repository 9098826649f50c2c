"""Enter who has signed an agreement, and bring it into effect once nothing is missing."""

from collections.abc import Iterator
from datetime import date

from app.domain.actor import Permission
from app.domain.agreements import AgreementStatus, AgreementView, SigningInput, effective_day
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.models.agreement import Agreement
from app.services.agreements.proving import refuse_outdated
from app.services.agreements.standing import stands_for, take_effect
from app.services.agreements.view import missing_signatures, view_agreement
from app.services.kernel.history import own_case, record
from app.services.kernel.recusal_review import refuse_undecided
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.AGREEMENT_WRITE)
def record_signatures(uow: UnitOfWork, agreement_id: str, signing: SigningInput) -> AgreementView:
    """Enter the days of signatures and seal; with the last of them the agreement takes effect (PML 29; G8).

    A case with a part still open goes back to it (SZ22 26); a change replaces what it changes (PML 33).
    Refuses SIGNATURES_MISSING with who is missing unless `partial`, INVALID for unknown parties and for days
    before the agreement or in the future, AGREEMENT_BLOCKED when parties have changed since it was printed,
    WRONG_STATUS while it is not out for signing.
    """
    agreement = uow.get(Agreement, agreement_id)
    case = own_case(uow, agreement.case_id)
    stands_for(case, agreement, CaseStatus.SIGNING)
    if agreement.status != AgreementStatus.SIGNING:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    refuse_undecided(uow, case)
    refuse_outdated(uow, case, agreement)
    if problems := tuple(_problems(agreement, signing, uow.today())):
        raise Refused(Reason.INVALID, problems=problems)
    _write(agreement, signing)
    missing = missing_signatures(agreement)
    if missing and not signing.partial:
        raise Refused(Reason.SIGNATURES_MISSING, who=missing)
    days = tuple(row.signed_on for row in agreement.signatures)
    effective_on = effective_day(days, agreement.mediator_signed_on, agreement.sealed_on)
    if effective_on is None:
        record(uow, case, CaseAction.SIGNED)
    else:
        take_effect(uow, case, agreement, effective_on)
    uow.session.flush()
    uow.note(agreement.id, case=case.id, missing=len(missing), effective=effective_on is not None)
    uow.changed(Topic.AGREEMENTS)
    return view_agreement(uow, agreement)


def _problems(agreement: Agreement, signing: SigningInput, today: date) -> Iterator[Problem]:
    known = {row.party_id for row in agreement.signatures}
    if {party_id for party_id, _ in signing.signed} - known:
        yield Problem("signed", "unknown")
    days = [(f"signed.{party_id}", day) for party_id, day in signing.signed]
    days += [("mediator_signed_on", signing.mediator_signed_on), ("sealed_on", signing.sealed_on)]
    for field, day in days:
        if day is None:
            continue
        if day > today:
            yield Problem(field, "future_date")
        elif day < agreement.agreed_on:
            yield Problem(field, "before_agreement")


def _write(agreement: Agreement, signing: SigningInput) -> None:
    days = dict(signing.signed)
    for row in agreement.signatures:
        row.signed_on = days.get(row.party_id)
    agreement.mediator_signed_on = signing.mediator_signed_on
    agreement.sealed_on = signing.sealed_on
