"""The lines of the worklist as they are read, and how the date of one was counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.domain.actor import Permission
from app.domain.cases import DueDate
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseStatus, Step
from app.domain.life.codes import ReferralReply
from app.domain.office.drafts import DraftKind
from app.domain.today import WorkItem, WorkKey, WorkKind
from app.models.after import Receipt
from app.models.agreement import Agreement, Obligation, Signature
from app.models.case import Case, Party
from app.models.exchange import AuditEntry, Package
from app.models.flow import RecusalDecision, Referral, RiskReport
from app.models.hearing import Hearing
from app.models.office import Draft
from app.models.roster import Committee
from app.services.after.view import due_day
from app.services.cases.due import ROW
from app.services.exchange.outbox import view_outbox
from app.services.hearings.service import unserved
from app.services.kernel.deadlines import deadlines_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.rules.clock import committee_terms
from app.services.today.office_work import days_since


@use_case(needs=Permission.READ, writes=False)
def work_rows(uow: UnitOfWork, keys: Sequence[WorkKey]) -> tuple[WorkItem, ...]:
    """The lines of these keys in the order asked: who, since when, whom it concerns."""
    cases = _cases(uow, {key.sk for key in keys if key.sk})
    found = []
    for key in keys:
        if key.sk and key.sk not in cases:
            continue
        item = replace(cases[key.sk], key=key) if key.sk else WorkItem(key)
        tell = _TELL.get(key.kind)
        found.append(tell(uow, item) if tell else item)
    return tuple(found)


@use_case(needs=Permission.READ, writes=False)
def explain_work(uow: UnitOfWork, key: WorkKey) -> DueDate | None:
    """How the date of a line was counted; None where it was not counted. Refuses NOT_FOUND."""
    if key.kind is WorkKind.TERM:
        terms = committee_terms(uow, key.due_on)
        return next((term.due for term in terms if term.committee_id == key.subject), None)
    if not key.sk or not key.code:
        return None
    case = uow.session.scalars(select(Case).where(Case.sk == key.sk)).one_or_none()
    if case is None:
        raise Refused(Reason.NOT_FOUND)
    dates = [due for due in deadlines_of(uow, case) if due.code == key.code]
    same = [due for due in dates if due.due_on == key.due_on]
    return next(iter(same or dates), None)


def _cases(uow: UnitOfWork, sks: Iterable[int]) -> dict[int, WorkItem]:
    columns = (ROW.sk, ROW.case_id, ROW.number, ROW.parties, ROW.holder, ROW.status, ROW.step)
    rows = uow.session.execute(select(*columns).where(ROW.sk.in_(list(sks))))
    return {
        sk: WorkItem(
            key=WorkKey(WorkKind.IDLE, sk),
            case_id=case_id,
            number=number,
            parties=parties,
            holder=holder,
            status=CaseStatus(status),
            step=Step(step),
            record=case_id,
        )
        for sk, case_id, number, parties, holder, status, step in rows
    }


def _hearing(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    key = item.key
    found = select(Hearing).where(Hearing.case_id == item.case_id, Hearing.day == key.due_on)
    row = (
        uow.session.get(Hearing, key.subject)
        if key.subject
        else uow.session.scalars(found.order_by(Hearing.start)).first()
    )
    if row is None:
        return item
    names: tuple[str, ...] = ()
    if key.kind is WorkKind.UNSERVED:
        names = tuple(line.name for line in unserved(uow, row.id))
    return replace(item, note=row.place, minute=row.start, names=names, record=row.id)


def _payment(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    """Who owes what on that day; what was paid already is not asked for."""
    owed = select(Obligation).where(
        Obligation.case_id == item.case_id,
        Obligation.performed_on.is_(None),
        Obligation.released_on.is_(None),
    )
    rows = [row for row in uow.session.scalars(owed) if due_day(uow, row) == item.key.due_on]
    if not rows:
        return item
    names = _names(uow, {row.debtor_id for row in rows})
    acts = "；".join(row.act for row in rows if row.act)
    amounts = [row.amount_fen - _paid(uow, row) for row in rows if row.amount_fen]
    return replace(
        item, names=names, note=acts, amount_fen=sum(amounts) or None, count=len(rows), record=rows[0].id
    )


def _paid(uow: UnitOfWork, row: Obligation) -> int:
    paid = select(Receipt.amount_fen).where(Receipt.obligation_id == row.id, Receipt.void_reason.is_(None))
    return sum(amount or 0 for amount in uow.session.scalars(paid))


def _names(uow: UnitOfWork, ids: Iterable[str]) -> tuple[str, ...]:
    found = select(Party.name).where(Party.id.in_(list(ids))).order_by(Party.seat)
    return tuple(uow.session.scalars(found))


def _returned(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    row = _referral(uow, item, Referral.reply == ReferralReply.RETURNED)
    if row is None:
        return item
    return replace(item, names=(row.unit,), note=row.reply_note, since=row.replied_on)


def _answer(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    unanswered = or_(Referral.reply.is_(None), Referral.reply == ReferralReply.TAKEN)
    row = _referral(uow, item, unanswered)
    return item if row is None else replace(item, names=(row.unit,), since=row.sent_on)


def _referral(uow: UnitOfWork, item: WorkItem, condition: Any) -> Referral | None:
    found = select(Referral).where(Referral.case_id == item.case_id, condition)
    return uow.session.scalars(found.order_by(Referral.sent_on.desc(), Referral.id.desc())).first()


def _recusal(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    found = select(RecusalDecision.mediator_name).where(
        RecusalDecision.case_id == item.case_id, RecusalDecision.decided_on.is_(None)
    )
    return replace(item, names=tuple(dict.fromkeys(uow.session.scalars(found))))


def _risk(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    found = select(RiskReport).where(RiskReport.case_id == item.case_id, RiskReport.cleared_on.is_(None))
    row = uow.session.scalars(found.order_by(RiskReport.reported_at)).first()
    if row is None:
        return item
    return replace(item, names=(row.receiver,), since=row.reported_at.astimezone(uow.zone).date())


def _strike_off(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    case = uow.get(Case, item.case_id)
    return replace(item, names=(case.strike_proposed_by,), since=case.strike_proposed_on)


def _sign(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    found = (
        select(Signature.name)
        .join(Agreement, Agreement.id == Signature.agreement_id)
        .where(
            Signature.case_id == item.case_id,
            Signature.signed_on.is_(None),
            Agreement.effective_on.is_(None),
            Agreement.replaced_by_id.is_(None),
        )
        .order_by(Signature.seq)
    )
    return replace(item, names=tuple(dict.fromkeys(uow.session.scalars(found))))


def _record(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    row = uow.session.get(Hearing, item.key.subject)
    return item if row is None else replace(item, since=row.day, record=row.id)


def _idle(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    """Since when nobody did anything: the day of the case's last recorded act."""
    found = select(AuditEntry.at).where(AuditEntry.object_id == item.case_id)
    last = uow.session.scalar(found.order_by(AuditEntry.n.desc()).limit(1))
    return item if last is None else replace(item, since=last.astimezone(uow.zone).date())


def _draft(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    key = item.key
    row = uow.session.get(Draft, (uow.actor.user_id, key.code, key.subject))
    if row is None:
        return item
    record = key.subject.partition(":")[0]
    case = uow.session.get(Case, record)
    if case is None and (hearing := uow.session.get(Hearing, record)) is not None:
        case = uow.session.get(Case, hearing.case_id)
    told = WorkItem(key, holder=uow.actor.name, since=row.saved_at.astimezone(uow.zone).date())
    told = replace(told, draft=DraftKind(row.kind), record=record, note=key.subject.partition(":")[2])
    if case is None:
        return told
    shown = next(iter(_cases(uow, {case.sk}).values()), told)
    return replace(told, case_id=case.id, number=case.number, parties=shown.parties)


def _package(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    row = uow.session.get(Package, item.key.subject) if item.key.subject else None
    if row is not None:
        moment: datetime | None = row.sent_at or row.made_at
        count, note = row.cases, row.file_name
    else:
        outbox = view_outbox(uow)
        moment, count, note = outbox.last_sent_at, outbox.waiting_cases, ""
    since = moment.astimezone(uow.zone).date() if moment else None
    return replace(item, since=since, count=count, note=note)


def _term(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    row = uow.session.get(Committee, item.key.subject)
    return item if row is None else replace(item, names=(row.name,), since=row.term_start)


def _backup(uow: UnitOfWork, item: WorkItem) -> WorkItem:
    moment = datetime.fromisoformat(item.key.subject)
    return replace(item, since=moment.astimezone(uow.zone).date(), count=days_since(uow, moment))


_TELL: dict[WorkKind, Callable[[UnitOfWork, WorkItem], WorkItem]] = {
    WorkKind.HEARING: _hearing,
    WorkKind.TENTATIVE: _hearing,
    WorkKind.UNSERVED: _hearing,
    WorkKind.PAYMENT: _payment,
    WorkKind.RETURNED: _returned,
    WorkKind.ANSWER: _answer,
    WorkKind.RECUSAL: _recusal,
    WorkKind.RISK: _risk,
    WorkKind.STRIKE_OFF: _strike_off,
    WorkKind.SIGN: _sign,
    WorkKind.RECORD: _record,
    WorkKind.IDLE: _idle,
    WorkKind.DRAFT: _draft,
    WorkKind.PACKAGE: _package,
    WorkKind.UNACKED: _package,
    WorkKind.TERM: _term,
    WorkKind.BACKUP: _backup,
}
