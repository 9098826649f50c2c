"""The way of an application for judicial confirmation: prepared, handed in, docketed, decided (PML 33)."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.confirming.confirmation import (
    ApplicationInput,
    ConfirmationCheck,
    ConfirmationOutcome,
    DecisionInput,
    DocketInput,
    Doubt,
    application_problems,
    decision_problems,
    docket_problems,
    pack_problems,
)
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction
from app.models.after import Confirmation
from app.models.agreement import Agreement
from app.models.case import Case
from app.services.confirmation.view import check_of, last_day
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_OUTCOMES = {
    ConfirmationOutcome.VALID: "裁定有效",
    ConfirmationOutcome.REJECTED: "裁定驳回",
    ConfirmationOutcome.NOT_ACCEPTED: "不予受理",
    ConfirmationOutcome.WITHDRAWN: "撤回申请",
}
"""As the history of the case says it."""


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def prepare_confirmation(
    uow: UnitOfWork, wanted: ApplicationInput, row_version: int | None = None
) -> ConfirmationCheck:
    """Keep what the papers for the court are printed from; nobody has applied by this yet.

    `row_version`: of the prepared application, None when there is none. Refuses INVALID (no court, one that
    may not be asked, a matter no court confirms), STALE, and what `apply_confirmation` refuses.
    """
    case, agreement = _ready(uow, wanted.agreement_id)
    check = check_of(uow, case, agreement)
    _refuse_invalid(tuple(pack_problems(wanted, check)))
    row = _write(uow, case, wanted, check, row_version)
    return _told(uow, case, row)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def apply_confirmation(
    uow: UnitOfWork, wanted: ApplicationInput, row_version: int | None = None
) -> ConfirmationCheck:
    """Write down that all parties of an agreement in effect applied together, on a day within the limit.

    What matters is the day the court was handed the application, not the day it is written down (CPL 85).
    Refuses CONFIRMATION_TOO_LATE after the last day (due=, effective=), CONFIRMATION_OPEN while an earlier
    application is open or was decided upon, NOT_EFFECTIVE, INVALID, STALE.
    """
    case, agreement = _ready(uow, wanted.agreement_id)
    check = check_of(uow, case, agreement)
    last = last_day(uow, agreement)
    if last is not None and wanted.applied_on is not None and wanted.applied_on > last.due_on:
        raise Refused(Reason.CONFIRMATION_TOO_LATE, due=last.due_on, effective=agreement.effective_on)
    _refuse_invalid(tuple(application_problems(wanted, check, uow.today())))
    row = _write(uow, case, wanted, check, row_version)
    row.applied_on = wanted.applied_on
    record(uow, case, CaseAction.CONFIRMATION_APPLIED, f"{row.court} {row.applied_on}")
    return _told(uow, case, row)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def docket_confirmation(
    uow: UnitOfWork, confirmation_id: str, wanted: DocketInput, row_version: int
) -> ConfirmationCheck:
    """Write down that the court took the application: its 30 days begin (CPL 187; T-CONF-R).

    Refuses INVALID, STALE, CONFIRMATION_OPEN when it was docketed or decided before.
    """
    row, case = _applied(uow, confirmation_id, row_version)
    if row.docketed_on is not None:
        raise Refused(Reason.CONFIRMATION_OPEN)
    _refuse_invalid(tuple(docket_problems(wanted, _day(row.applied_on), uow.today())))
    row.docket_no, row.docketed_on = wanted.docket_no.strip(), wanted.docketed_on
    record(uow, case, CaseAction.CONFIRMATION_DOCKETED, row.docket_no)
    return _told(uow, case, row)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def decide_confirmation(
    uow: UnitOfWork, confirmation_id: str, wanted: DecisionInput, row_version: int
) -> ConfirmationCheck:
    """Write down how the application ended (CPL 206).

    Confirmed, the agreement can be enforced; rejected or not taken, the parties may change it, mediate again
    or sue. Refuses INVALID, STALE, CONFIRMATION_OPEN when it was decided before.
    """
    row, case = _applied(uow, confirmation_id, row_version)
    begun = row.docketed_on or _day(row.applied_on)
    docketed = row.docketed_on is not None
    _refuse_invalid(tuple(decision_problems(wanted, docketed, begun, uow.today())))
    row.outcome, row.decided_on = wanted.outcome, wanted.decided_on
    row.document_no, row.note = wanted.document_no.strip(), wanted.note.strip()
    said = "：".join(text for text in (_OUTCOMES[wanted.outcome], row.document_no or row.note) if text)
    record(uow, case, CaseAction.CONFIRMATION_DECIDED, said)
    return _told(uow, case, row)


def _ready(uow: UnitOfWork, agreement_id: str) -> tuple[Case, Agreement]:
    """An agreement in effect for which nothing is under way."""
    agreement = uow.get(Agreement, agreement_id)
    case = own_case(uow, agreement.case_id)
    if agreement.effective_on is None or agreement.replaced_by_id is not None:
        raise Refused(Reason.NOT_EFFECTIVE)
    going = select(Confirmation).where(
        Confirmation.agreement_id == agreement.id, Confirmation.applied_on.is_not(None)
    )
    if any(_closes_the_way(row) for row in uow.session.scalars(going)):
        raise Refused(Reason.CONFIRMATION_OPEN)
    return case, agreement


def _closes_the_way(row: Confirmation) -> bool:
    """What is open or was ruled upon; not taken or withdrawn it may be tried again within the limit."""
    return row.outcome not in (ConfirmationOutcome.NOT_ACCEPTED, ConfirmationOutcome.WITHDRAWN)


def _write(
    uow: UnitOfWork, case: Case, wanted: ApplicationInput, check: ConfirmationCheck, version: int | None
) -> Confirmation:
    """The prepared row with what is wanted now; a new one where there is none."""
    rows = select(Confirmation).where(
        Confirmation.agreement_id == wanted.agreement_id, Confirmation.applied_on.is_(None)
    )
    row = uow.session.scalars(rows).first()
    if row is None:
        row = Confirmation(case_id=case.id, agreement_id=wanted.agreement_id)
        uow.session.add(row)
    else:
        refuse_stale(uow, row, version)
    row.court = wanted.court.strip()
    row.jurisdiction = wanted.jurisdiction
    row.applied_by = [key for key, _ in check.applicants if key in wanted.applied_by]
    row.materials = [str(material) for material in wanted.materials]
    found = [Doubt.WORDS] if check.words else []
    row.doubts = [str(doubt) for doubt in (*found, *wanted.doubts) if doubt is not Doubt.WORDS or check.words]
    row.override_reason = wanted.override_reason.strip()
    return row


def _applied(uow: UnitOfWork, confirmation_id: str, row_version: int) -> tuple[Confirmation, Case]:
    """An application that was handed in and is not decided."""
    row = uow.get(Confirmation, confirmation_id)
    case = own_case(uow, row.case_id)
    refuse_stale(uow, row, row_version)
    if row.applied_on is None:
        raise Refused(Reason.INVALID, problems=(Problem("applied_on", "required"),))
    if row.outcome is not None:
        raise Refused(Reason.CONFIRMATION_OPEN)
    return row, case


def _day(day: date | None) -> date:
    return day or date.min


def _refuse_invalid(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise Refused(Reason.INVALID, problems=problems)


def _told(uow: UnitOfWork, case: Case, row: Confirmation) -> ConfirmationCheck:
    uow.session.flush()
    uow.note(row.id, case=case.id, outcome=row.outcome)
    uow.changed(Topic.AGREEMENTS)
    return check_of(uow, case, uow.get(Agreement, row.agreement_id))
