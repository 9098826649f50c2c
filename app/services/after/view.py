"""The ledger of a case: every obligation with what was done of it, and the visits that followed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.after.performance import (
    BreachView,
    BreachWay,
    DemandMethod,
    DemandView,
    DutyRow,
    FollowUpView,
    PerformanceView,
    PostponementView,
    ReceiptView,
    Satisfaction,
    VisitMethod,
    duty_state,
)
from app.domain.agreements import AgreementForm, ObligationKind
from app.domain.cases import PRINCIPALS
from app.domain.flow import CaseStatus
from app.models.after import Breach, Demand, FollowUp, Postponement, Receipt
from app.models.agreement import Agreement, Obligation
from app.models.base import Synced
from app.models.case import Case
from app.services.agreements.standing import agreements_of, binding_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

Row = TypeVar("Row", bound=Synced)


@use_case(needs=Permission.READ, writes=False)
def open_performance(uow: UnitOfWork, case_id: str) -> PerformanceView:
    """What became of the agreements of a case in effect, the replaced ones as well; refuses NOT_FOUND."""
    return view_performance(uow, uow.get(Case, case_id))


def view_performance(uow: UnitOfWork, case: Case) -> PerformanceView:
    """The ledger of a case as plain values, in the order of the agreements."""
    agreements = [row for row in agreements_of(uow, case.id) if row.effective_on is not None]
    principals = [row for row in case.parties if row.role in PRINCIPALS]
    breaches = select(Breach).where(Breach.case_id == case.id).order_by(Breach.on, Breach.id)
    visits = select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.day, FollowUp.id)
    names = {party.id: party.name for party in case.parties}
    return PerformanceView(
        case_id=case.id,
        case_number=case.number,
        title=case.title,
        status=CaseStatus(case.status),
        writable=case.owner == uow.office().node,
        duties=_duties(uow, case, agreements),
        breaches=tuple(_breach(row) for row in uow.session.scalars(breaches)),
        follow_ups=tuple(_follow_up(row, names) for row in uow.session.scalars(visits)),
        parties=tuple((row.id, row.name) for row in principals),
        performed_on=case.performed_on,
        no_follow_up=case.no_follow_up,
        may_skip_follow_up=performed_on_the_spot(uow, case),
        today=uow.today(),
    )


def performed_on_the_spot(uow: UnitOfWork, case: Case) -> bool:
    """Whether a visit may be left out: all was agreed orally, or done the day it was agreed (G11)."""
    return all(
        agreement.form == AgreementForm.ORAL
        or all(
            row.released_on is not None or row.performed_on == agreement.agreed_on
            for row in agreement.obligations
        )
        for agreement in binding_of(uow, case.id)
    )


def due_day(uow: UnitOfWork, obligation: Obligation) -> date:
    """The day that counts now: the signed one, or the one it was last put off to."""
    moved = select(Postponement.to_on).where(Postponement.obligation_id == obligation.id)
    last = moved.order_by(Postponement.id.desc()).limit(1)  # the last entered: each begins where one ended
    return uow.session.scalars(last).first() or obligation.due_on


def breached_still(uow: UnitOfWork, case: Case) -> bool:
    """Whether anything the last breach names is still overdue: not performed, released or put off."""
    breach = uow.session.scalars(
        select(Breach).where(Breach.case_id == case.id).order_by(Breach.id.desc()).limit(1)
    ).first()
    if breach is None or breach.way == BreachWay.REMEDIATE:
        return False
    rows = uow.session.scalars(select(Obligation).where(Obligation.id.in_(breach.obligation_ids)))
    return any(
        row.performed_on is None and row.released_on is None and due_day(uow, row) < uow.today()
        for row in rows
    )


def received_of(uow: UnitOfWork, obligation: Obligation) -> list[Receipt]:
    """The entries that count, the oldest first."""
    rows = select(Receipt).where(Receipt.obligation_id == obligation.id, Receipt.void_reason.is_(None))
    return list(uow.session.scalars(rows.order_by(Receipt.on, Receipt.id)))


def _duties(uow: UnitOfWork, case: Case, agreements: list[Agreement]) -> tuple[DutyRow, ...]:
    names = {party.id: party.name for party in case.parties}
    receipts = _grouped(uow, Receipt, case.id)
    moves = _grouped(uow, Postponement, case.id)
    demands = _grouped(uow, Demand, case.id)
    found = []
    for agreement in agreements:
        for row in agreement.obligations:
            entries = tuple(sorted(receipts[row.id], key=lambda one: (one.on, one.id)))
            moved = sorted(moves[row.id], key=lambda one: one.id)
            urged = sorted(demands[row.id], key=lambda one: (one.on, one.id))
            found.append(_duty(row, agreement, names, entries, (moved, urged), uow.today()))
    return tuple(found)


def _grouped(uow: UnitOfWork, kind: type[Row], case_id: str) -> dict[str, list[Row]]:
    """The rows of a case by the obligation they belong to."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in uow.session.scalars(select(kind).where(kind.case_id == case_id)):
        found[getattr(row, "obligation_id")].append(row)  # noqa: B009 - a column of each of these tables
    return found


def _duty(
    row: Obligation,
    agreement: Agreement,
    names: dict[str, str],
    receipts: tuple[Receipt, ...],
    followed: tuple[list[Postponement], list[Demand]],
    today: date,
) -> DutyRow:
    moved, urged = followed
    counted = [one for one in receipts if one.void_reason is None]
    due_on = moved[-1].to_on if moved else row.due_on
    state = duty_state(bool(counted), due_on, (row.performed_on, row.released_on), today)
    ended = row.performed_on or row.released_on
    return DutyRow(
        id=row.id,
        agreement_id=agreement.id,
        agreement_number=agreement.number or "",
        seq=row.seq,
        kind=ObligationKind(row.kind),
        debtor=names.get(row.debtor_id, ""),
        creditor=names.get(row.creditor_id, ""),
        act=row.act,
        amount_fen=row.amount_fen,
        received_fen=sum_of(counted),
        manner=row.manner,
        agreed_due_on=row.due_on,
        due_on=due_on,
        state=state,
        days_late=0 if ended else max((today - due_on).days, 0),
        performed_on=row.performed_on,
        released_on=row.released_on,
        release_note=row.release_note,
        receipts=tuple(_receipt(one) for one in receipts),
        postponements=tuple(
            PostponementView(one.from_on, one.to_on, one.agreed_on, one.reason) for one in moved
        ),
        demands=tuple(
            DemandView(one.id, one.on, DemandMethod(one.method), one.answer, one.demanded_by) for one in urged
        ),
    )


def sum_of(receipts: Iterable[Receipt]) -> int:
    """What some entries come to, in fen."""
    return sum(one.amount_fen or 0 for one in receipts)


def _receipt(row: Receipt) -> ReceiptView:
    return ReceiptView(
        row.id, row.on, row.amount_fen, row.manner, row.proof, row.note, row.recorded_by, row.void_reason
    )


def _breach(row: Breach) -> BreachView:
    way = BreachWay(row.way) if row.way else None
    return BreachView(row.id, tuple(row.obligation_ids), row.on, row.facts, way, row.way_on, row.way_note)


def _follow_up(row: FollowUp, names: dict[str, str]) -> FollowUpView:
    return FollowUpView(
        id=row.id,
        party=names.get(row.party_id, ""),
        day=row.day,
        method=VisitMethod(row.method),
        performance=row.performance,
        satisfaction=Satisfaction(row.satisfaction),
        new_dispute=row.new_dispute,
        risks=row.risks,
        measures=row.measures,
        visitors=row.visitors,
        next_on=row.next_on,
    )
