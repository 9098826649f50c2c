"""Enter what was performed, put off or waived, and bring the case to where that leaves it (PML 31)."""

from datetime import date

from app.domain.actor import Permission
from app.domain.after.performance import (
    OWING,
    DemandInput,
    PerformanceView,
    PerformedInput,
    PostponementInput,
    ReceiptInput,
    ReleaseInput,
    day_problems,
    postponement_problems,
    receipt_problems,
    release_problems,
)
from app.domain.agreements import ObligationKind
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import BEFORE_AGREEMENT, CaseAction, CaseStatus
from app.domain.values.limits import MAX_REASON, MAX_TEXT, limited, text_problems
from app.domain.values.money import format_yuan
from app.models.after import Demand, Postponement, Receipt
from app.models.agreement import Agreement, Obligation
from app.models.case import Case
from app.services.after.view import breached_still, due_day, received_of, sum_of, view_performance
from app.services.agreements.standing import binding_of
from app.services.hearings.scheduling import call_off_rest
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def record_receipt(uow: UnitOfWork, wanted: ReceiptInput) -> PerformanceView:
    """Enter money paid in fen, or an act done; parts add up, and the last one ends the obligation (PML 31).

    The first entry begins the performance of the case, the last ends it; late performance ends a breach.
    Refuses INVALID: more than is owed, a day before the agreement or to come; WRONG_STATUS.
    """
    row, agreement, case = _owed(uow, wanted.obligation_id)
    received = sum_of(received_of(uow, row))
    money = row.kind == ObligationKind.MONEY
    left = (row.amount_fen or 0) - received if money else None
    _refuse_invalid(*receipt_problems(wanted, left, agreement.agreed_on, uow.today()))
    on = _day(wanted.on)
    uow.session.add(
        Receipt(
            case_id=case.id,
            obligation_id=row.id,
            on=on,
            amount_fen=wanted.amount_fen if money else None,
            manner=wanted.manner.strip(),
            proof=wanted.proof.strip(),
            note=wanted.note.strip(),
            recorded_by=uow.actor.name,
        )
    )
    uow.session.flush()
    if left is None or wanted.amount_fen == left:
        row.performed_on = max(one.on for one in received_of(uow, row))
    _begin(uow, case, CaseAction.RECEIVED, _what(row, wanted.amount_fen))
    return _told(uow, case, row.id)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def void_receipt(uow: UnitOfWork, receipt_id: str, reason: str) -> PerformanceView:
    """Strike an entry made by mistake; it stays with its reason, and what it paid is owed again.

    A case that was performed goes back to performance. Refuses INVALID without a reason or when it was voided
    before, WRONG_STATUS once the case was followed up.
    """
    receipt = uow.get(Receipt, receipt_id)
    case = own_case(uow, receipt.case_id, *OWING, CaseStatus.PERFORMED)
    row = uow.get(Obligation, receipt.obligation_id)
    problems = [*text_problems("reason", reason, MAX_REASON)]
    if not reason.strip():
        problems.append(Problem("reason", "required"))
    if receipt.void_reason is not None:
        problems.append(Problem("reason", "already_voided"))
    _refuse_invalid(*problems)
    receipt.void_reason = reason.strip()
    row.performed_on = None
    if uow.get(Agreement, row.agreement_id).replaced_by_id is not None:
        row.released_on = row.released_on or uow.today()
    note = f"{_what(row, receipt.amount_fen)}：{reason.strip()}"
    if case.status == CaseStatus.PERFORMED and row.released_on is None:
        case.performed_on = None
        move(uow, case, CaseStatus.PERFORMING, CaseAction.RECEIPT_VOIDED, note)
    else:
        record(uow, case, CaseAction.RECEIPT_VOIDED, note)
    uow.session.flush()
    if case.status == CaseStatus.PERFORMING and breached_still(uow, case):
        move(uow, case, CaseStatus.BREACHED, CaseAction.BREACHED)
    return _told(uow, case, receipt.id)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def postpone_obligation(uow: UnitOfWork, wanted: PostponementInput) -> PerformanceView:
    """Move the day of an obligation, as both its sides agreed (T-PERF); the signed text stays as it is.

    Refuses INVALID: no agreement of both, a day not later than the one that counts now; WRONG_STATUS.
    """
    row, agreement, case = _owed(uow, wanted.obligation_id)
    due_on = due_day(uow, row)
    _refuse_invalid(*postponement_problems(wanted, due_on, agreement.agreed_on, uow.today()))
    to_on = _day(wanted.to_on)
    uow.session.add(
        Postponement(
            case_id=case.id,
            obligation_id=row.id,
            from_on=due_on,
            to_on=to_on,
            agreed_on=_day(wanted.agreed_on),
            reason=wanted.reason.strip(),
        )
    )
    record(uow, case, CaseAction.POSTPONED, f"{_what(row, row.amount_fen)}：{due_on} → {to_on}")
    _go_on(uow, case)
    return _told(uow, case, row.id)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def release_obligation(uow: UnitOfWork, wanted: ReleaseInput) -> PerformanceView:
    """Write down that the creditor waives what is still owed; when nothing is left, the case is performed.

    Refuses INVALID without a day and a reason, WRONG_STATUS.
    """
    row, agreement, case = _owed(uow, wanted.obligation_id)
    _refuse_invalid(*release_problems(wanted, agreement.agreed_on, uow.today()))
    row.released_on = _day(wanted.on)
    row.release_note = wanted.note.strip()
    _finish(uow, case, CaseAction.RELEASED, f"{_what(row, row.amount_fen)}：{row.release_note}")
    return _told(uow, case, row.id)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def perform_at_once(uow: UnitOfWork, case_id: str, wanted: PerformedInput) -> PerformanceView:
    """Enter in one step that everything still owed was performed on one day (即时履行).

    Also what ends an agreement in effect that owes nothing any more. Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, *OWING)
    agreements = binding_of(uow, case.id)
    if not agreements:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    first = max((row.agreed_on for row in agreements), default=uow.today())
    _refuse_invalid(
        *day_problems("on", wanted.on, first, uow.today()), *limited(wanted, manner=100, proof=100)
    )
    on = _day(wanted.on)
    for row in _open(agreements):
        money = row.kind == ObligationKind.MONEY
        left = (row.amount_fen or 0) - sum_of(received_of(uow, row)) if money else None
        uow.session.add(
            Receipt(
                case_id=case.id,
                obligation_id=row.id,
                on=on,
                amount_fen=left,
                manner=wanted.manner.strip() or row.manner,
                proof=wanted.proof.strip(),
                note="" if money else row.act,
                recorded_by=uow.actor.name,
            )
        )
        row.performed_on = on
    _begin(uow, case, CaseAction.RECEIVED, str(on))
    return _told(uow, case, case.id)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def record_demand(uow: UnitOfWork, wanted: DemandInput) -> PerformanceView:
    """Write down that the committee urged somebody to perform, how, and the answer (PML 31; F25).

    Refuses INVALID, WRONG_STATUS.
    """
    row, agreement, case = _owed(uow, wanted.obligation_id)
    _refuse_invalid(
        *day_problems("on", wanted.on, agreement.agreed_on, uow.today()), *limited(wanted, answer=MAX_TEXT)
    )
    uow.session.add(
        Demand(
            case_id=case.id,
            obligation_id=row.id,
            on=_day(wanted.on),
            method=wanted.method,
            answer=wanted.answer.strip(),
            demanded_by=uow.actor.name,
        )
    )
    record(uow, case, CaseAction.DEMANDED, _what(row, row.amount_fen))
    return _told(uow, case, row.id)


def _owed(uow: UnitOfWork, obligation_id: str) -> tuple[Obligation, Agreement, Case]:
    """An obligation something can still be entered for; refuses WRONG_STATUS, INVALID: nothing is owed."""
    row = uow.get(Obligation, obligation_id)
    case = own_case(uow, row.case_id, *OWING)
    agreement = uow.get(Agreement, row.agreement_id)
    if agreement.effective_on is None:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    if row.performed_on is not None or row.released_on is not None:
        raise Refused(Reason.INVALID, problems=(Problem("obligation_id", "nothing_owed"),))
    return row, agreement, case


def _begin(uow: UnitOfWork, case: Case, action: CaseAction, note: str) -> None:
    """Write the entry down; the first one moves the case to its performance."""
    if case.status == CaseStatus.EFFECTIVE:
        move(uow, case, CaseStatus.PERFORMING, action, note)
    else:
        record(uow, case, action, note)
    _go_on(uow, case)


def _finish(uow: UnitOfWork, case: Case, action: CaseAction, note: str) -> None:
    """Write down what ends an obligation without performance; the case follows only when nothing is left."""
    left = bool(_open(binding_of(uow, case.id)))
    if not left and case.status == CaseStatus.EFFECTIVE:
        move(uow, case, CaseStatus.PERFORMING, action, note)
    else:
        record(uow, case, action, note)
    _go_on(uow, case)


def _go_on(uow: UnitOfWork, case: Case) -> None:
    """Let the case follow its ledger: a breach that is made good, a debt paid in full while mediated anew."""
    uow.session.flush()
    if case.status == CaseStatus.BREACHED and not breached_still(uow, case):
        move(uow, case, CaseStatus.PERFORMING, CaseAction.RECEIVED)
    agreements = binding_of(uow, case.id)
    if _open(agreements):
        return
    if case.status in BEFORE_AGREEMENT and agreements and not any(one.partial for one in agreements):
        call_off_rest(uow, case)
        move(uow, case, CaseStatus.PERFORMING, CaseAction.RECEIVED)
    if case.status != CaseStatus.PERFORMING:
        return
    ended = [row.performed_on or row.released_on for one in agreements for row in one.obligations]
    case.performed_on = max((day for day in ended if day is not None), default=case.effective_on)
    move(uow, case, CaseStatus.PERFORMED, CaseAction.PERFORMED, str(case.performed_on))


def _open(agreements: list[Agreement]) -> list[Obligation]:
    rows = (row for agreement in agreements for row in agreement.obligations)
    return [row for row in rows if row.performed_on is None and row.released_on is None]


def _what(row: Obligation, amount_fen: int | None) -> str:
    """An obligation as the history writes it: its place, and the money."""
    money = "" if amount_fen is None else f" {format_yuan(amount_fen)} 元"
    return f"第{row.seq}项{money}"


def _day(day: date | None) -> date:
    """A day that was asked for before."""
    if day is None:
        raise ValueError("the day is checked first")
    return day


def _refuse_invalid(*problems: Problem) -> None:
    if problems:
        raise Refused(Reason.INVALID, problems=problems)


def _told(uow: UnitOfWork, case: Case, object_id: str) -> PerformanceView:
    uow.session.flush()
    uow.note(object_id, case=case.id, status=case.status)
    uow.changed(Topic.AGREEMENTS)
    return view_performance(uow, case)
