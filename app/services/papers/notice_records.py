"""Gathers the notices and letters of a case: slip, refusal, termination, handing over, reply, demand."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.domain.agreements import ObligationKind
from app.domain.cases import DueDate, PartyRole, Refusal
from app.domain.confirming.confirmation import ConfirmationOutcome
from app.domain.deadlines import ExtensionNeed, RuleCode, due
from app.domain.errors import Reason, Refused
from app.domain.flow import MEDIATING, CaseStatus
from app.domain.life.codes import ReferralKind, Termination
from app.domain.papers.forms import PaperObligation
from app.domain.papers.notices import (
    DemandPaper,
    ExtensionPaper,
    ReceiptSlipPaper,
    ReferralPaper,
    RefusalPaper,
    ReplyPaper,
    ReplyResult,
    TerminationPaper,
)
from app.domain.values.office_clock import office_day
from app.models.after import Confirmation, Demand, Postponement, Receipt
from app.models.agreement import Agreement, Obligation
from app.models.case import Case
from app.models.flow import Extension, Referral
from app.services.agreements.standing import binding_of
from app.services.kernel.deadlines import deadlines_of
from app.services.kernel.rulebook import calendar, time_rules
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.papers.parties import paper_names, signers
from app.services.papers.wanted import Wanted, mediators_since

_PARTIES_AGREE = (ExtensionNeed.ALL_PARTIES, ExtensionNeed.BOTH_PARTIES)


def receipt_slip(wanted: Wanted) -> ReceiptSlipPaper:
    """The slip of G0."""
    case, office = wanted.case, wanted.uow.office()
    return ReceiptSlipPaper(
        number=case.number,
        committee=wanted.committee,
        received_on=office_day(case.received_at),
        parties=paper_names(case),
        matter="：".join(filter(None, (case.title, case.request.strip()))),
        registrar=case.registrar,
        first_contact=case.first_contact,
        phone=office.phone,
        address=office.address,
    )


def refusal_notice(wanted: Wanted) -> RefusalPaper:
    """F17, to the applicants; to everybody where nobody applied."""
    case = wanted.case
    people = signers(case, case.refused_on)
    applicants = [view for view in case.parties if view.role == PartyRole.APPLICANT and not view.left_on]
    asked = {wanted.person(party.id) for party in applicants}
    return RefusalPaper(
        number=wanted.number,
        committee=wanted.committee,
        case_number=case.number,
        applicants=tuple(one for one in people if one in asked) or people,
        applied_on=office_day(case.received_at),
        dispute=case.title,
        refusal=Refusal(case.refusal or Refusal.OTHER),
        reason=case.refusal_note,
        issued_on=wanted.on,
    )


def termination_notice(wanted: Wanted) -> TerminationPaper:
    """F18: of the whole mediation, or of what a partial agreement left open."""
    case = wanted.case
    ended_on = case.terminated_on or case.rest_ended_on
    if ended_on is None:
        raise Refused(Reason.NOT_FOUND)
    return TerminationPaper(
        number=wanted.number,
        committee=wanted.committee,
        case_number=case.number,
        parties=signers(case, ended_on),
        dispute=case.title,
        accepted_on=case.accepted_on,
        ended_on=ended_on,
        termination=Termination(case.termination or Termination.OTHER),
        reason=case.termination_note,
        mediators=mediators_since(case),
        rest_only=case.terminated_on is None,
        issued_on=wanted.on,
    )


def referral_letter(wanted: Wanted) -> ReferralPaper:
    """F22: one letter for each time the case was handed over."""
    case, row = wanted.case, wanted.uow.get(Referral, wanted.subject_id)
    contact, phone = wanted.contact()
    return ReferralPaper(
        number=wanted.number,
        committee=wanted.committee,
        kind=ReferralKind(row.kind),
        unit=row.unit,
        case_number=case.number,
        parties=paper_names(case),
        dispute=case.title,
        summary=case.summary,
        basis=row.basis,
        consented=row.consented,
        materials=row.materials,
        due_on=row.due_on,
        contact=row.contact or contact,
        contact_phone=phone,
        sent_on=row.sent_on,
    )


def reply_letter(wanted: Wanted) -> ReplyPaper:
    """F23: what came of a mediation another body entrusted."""
    case = wanted.case
    found = binding_of(wanted.uow, case.id)
    ended = case.terminated_on or case.rest_ended_on
    result = ReplyResult.FAILED if not found else ReplyResult.PARTLY if ended else ReplyResult.SETTLED
    contact, phone = wanted.contact()
    return ReplyPaper(
        number=wanted.number,
        committee=wanted.committee,
        unit=case.source_unit,
        letter_no=case.source_letter,
        case_number=case.number,
        parties=paper_names(case),
        dispute=case.title,
        result=result,
        agreement_no="、".join(row.number for row in found if row.number),
        agreed_on=found[0].agreed_on if found else None,
        issues=case.issues,
        undisputed=case.undisputed,
        termination=Termination(case.termination) if ended and case.termination else None,
        reason=case.termination_note if ended else "",
        contact=contact,
        contact_phone=phone,
        issued_on=wanted.on,
    )


def demand_notice(wanted: Wanted) -> DemandPaper:
    """F25, as things stood on the day of the demand: what came in since does not change it."""
    uow, row = wanted.uow, wanted.uow.get(Demand, wanted.subject_id)
    duty = uow.get(Obligation, row.obligation_id)
    agreement = uow.get(Agreement, duty.agreement_id)
    names = {party.id: party.name for party in wanted.case.parties}
    due_on = _due_on(uow, duty, row.on)
    contact, phone = wanted.contact()
    return DemandPaper(
        number=wanted.number,
        committee=wanted.committee,
        debtor=wanted.person(duty.debtor_id).name,
        dispute=wanted.case.title,
        agreement_no=agreement.number or "",
        agreed_on=agreement.agreed_on,
        duty=PaperObligation(
            debtor=names.get(duty.debtor_id, ""),
            creditor=names.get(duty.creditor_id, ""),
            act=duty.act,
            amount_fen=duty.amount_fen if duty.kind == ObligationKind.MONEY else None,
            manner=duty.manner,
            due_on=duty.due_on,
        ),
        due_on=due_on,
        overdue_days=max((row.on - due_on).days, 0),
        paid_fen=_paid_by(uow, duty, row.on),
        confirmed=_confirmed_by(uow, agreement, row.on),
        contact=contact,
        contact_phone=phone,
        demanded_on=row.on,
    )


def _due_on(uow: UnitOfWork, duty: Obligation, day: date) -> date:
    """The day that counted on `day`: the signed one, or the one it had been put off to by then."""
    moved = select(Postponement.to_on).where(
        Postponement.obligation_id == duty.id, Postponement.agreed_on <= day
    )
    last = moved.order_by(Postponement.agreed_on.desc(), Postponement.id.desc()).limit(1)
    return uow.session.scalars(last).first() or duty.due_on


def _paid_by(uow: UnitOfWork, duty: Obligation, day: date) -> int:
    found = select(Receipt.amount_fen).where(
        Receipt.obligation_id == duty.id, Receipt.void_reason.is_(None), Receipt.on <= day
    )
    return sum(amount or 0 for amount in uow.session.scalars(found))


def _confirmed_by(uow: UnitOfWork, agreement: Agreement, day: date) -> bool:
    found = select(Confirmation.id).where(
        Confirmation.agreement_id == agreement.id,
        Confirmation.outcome == ConfirmationOutcome.VALID,
        Confirmation.decided_on <= day,
    )
    return uow.session.scalars(found).first() is not None


def extension(wanted: Wanted) -> ExtensionPaper:
    """F19 of an extension granted, or to be filled in by hand for one to be asked for (subject: the case)."""
    case = wanted.case
    blank = ExtensionPaper(
        number=case.number,
        committee=wanted.committee,
        parties=signers(case, None),
        dispute=case.title,
        began_on=None,
        due_on=None,
    )
    if wanted.subject_id == case.id:
        limit = next(iter(extendable(wanted.uow, case)), None)
        if limit is None or limit.how is None:
            return blank
        return replace(blank, began_on=limit.how.start_on, due_on=limit.due_on)
    row = wanted.uow.get(Extension, wanted.subject_id)
    given = replace(
        blank,
        parties=signers(case, row.granted_on),
        reason=row.reason,
        approver=row.approver,
        document_no=row.document_no,
        granted_on=row.granted_on,
    )
    limit = extended_limits(wanted.uow, case).get(row.id)
    if limit is None or limit.how is None:
        return given
    return replace(
        given,
        began_on=limit.how.start_on,
        due_on=_before(wanted.uow, limit, row),
        until=limit.due_on,
    )


def _before(uow: UnitOfWork, limit: DueDate, row: Extension) -> date | None:
    """The last day the limit had without this extension."""
    how = limit.how
    if how is None:
        return None
    rule = replace(time_rules(uow)[RuleCode(row.rule)], amount=how.amount)
    left = max(how.extended - row.amount, 0)
    return due(rule, how.start_on, calendar(uow), extended=left, paused=how.paused).due_on


def extendable(uow: UnitOfWork, case: Case) -> list[DueDate]:
    """The limits running now that the parties may agree to make longer (NB15 27, SZ22 25)."""
    if CaseStatus(case.status) not in MEDIATING:
        return []
    rules = time_rules(uow)
    known = {str(code): rule for code, rule in rules.items()}
    return [
        limit
        for limit in deadlines_of(uow, case)
        if limit.code in known and known[limit.code].extension_needs in _PARTIES_AGREE
    ]


def extended_limits(uow: UnitOfWork, case: Case) -> dict[str, DueDate]:
    """The extensions that carry a limit running now, by id: the last of each rule."""
    rows = select(Extension).where(Extension.case_id == case.id).order_by(Extension.granted_on, Extension.id)
    last = {row.rule: row.id for row in uow.session.scalars(rows)}
    if not last:
        return {}
    return {last[limit.code]: limit for limit in extendable(uow, case) if limit.code in last}
