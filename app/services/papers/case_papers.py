"""The notices, letters and records a case can have: when each can be made, and from what (3.2, section 4)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.cases import CaseSource, PartyRole
from app.domain.flow import ENDED, LOCKED, SETTLED, CaseStatus, Outcome
from app.domain.papers.forms import FormId, PaperRecord
from app.domain.values.office_clock import office_day
from app.models.after import Demand, FollowUp
from app.models.case import Case, current_parties
from app.models.flow import Referral, RiskReport
from app.models.work import Conference, Evidence, Investigation
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.papers import notice_records as notices
from app.services.papers import work_records as works
from app.services.papers.notice_records import extendable, extended_limits
from app.services.papers.wanted import Wanted

Offer = tuple[FormId, str, str]
NUMBERED_FORMS = (
    FormId.REFUSAL_NOTICE,
    FormId.TERMINATION_NOTICE,
    FormId.REFERRAL_LETTER,
    FormId.REPLY_LETTER,
    FormId.DEMAND_NOTICE,
)
"""The forms with a number of the series of notices, taken when they are printed."""
_OWN = (CaseSource.APPLICATION, CaseSource.OWN_INITIATIVE)
_MEDIATED = (Outcome.PERFORMED, Outcome.FAILED, Outcome.BREACHED)
_GATHER: dict[FormId, Callable[[Wanted], PaperRecord]] = {
    FormId.RECEIPT_SLIP: notices.receipt_slip,
    FormId.APPLICATION: works.application,
    FormId.AUTHORITY: works.authority,
    FormId.INVESTIGATION: works.investigation,
    FormId.EVIDENCE_LIST: works.evidence_list,
    FormId.CONFERENCE: works.conference,
    FormId.RISK_REPORT: works.risk_report,
    FormId.EXTENSION: notices.extension,
    FormId.UNDISPUTED_FACTS: works.undisputed_facts,
    FormId.TERMINATION_NOTICE: notices.termination_notice,
    FormId.DEMAND_NOTICE: notices.demand_notice,
    FormId.FOLLOW_UP: works.follow_up,
    FormId.CLOSING_REPORT: works.closing_report,
    FormId.REFUSAL_NOTICE: notices.refusal_notice,
    FormId.REFERRAL_LETTER: notices.referral_letter,
    FormId.REPLY_LETTER: notices.reply_letter,
}
CASE_FORMS = tuple(_GATHER)


def case_paper(uow: UnitOfWork, case: Case, what: tuple[FormId, str, str], on: date) -> PaperRecord:
    """The record of one of these papers; `what`: form, subject, number."""
    form, subject_id, number = what
    return _GATHER[form](Wanted(uow, case, subject_id, number, on))


def case_papers(uow: UnitOfWork, case: Case) -> Iterator[Offer]:
    """What can be made now: form, subject (the case or the row it is about), what tells them apart.

    Nothing of a locked volume: what is printed there stays as it is.
    """
    if CaseStatus(case.status) in LOCKED:
        return
    yield from _of_the_case(uow, case)
    yield from _extensions(uow, case)
    for form, model, detail in _ROWS:
        rows = select(model).where(model.case_id == case.id).order_by(model.id)
        yield from ((form, row.id, detail(case, row)) for row in uow.session.scalars(rows))
    for party in current_parties(case):
        if party.role == PartyRole.AGENT and party.represents:
            yield FormId.AUTHORITY, party.id, party.name


def _of_the_case(uow: UnitOfWork, case: Case) -> Iterator[Offer]:
    status = CaseStatus(case.status)
    outcome = Outcome(case.outcome) if case.outcome else None
    failed = status == CaseStatus.TERMINATED or outcome == Outcome.FAILED
    answered = status in SETTLED | {CaseStatus.TERMINATED} or outcome in _MEDIATED
    evidence = select(Evidence.id).where(Evidence.case_id == case.id).limit(1)
    holds = {
        FormId.RECEIPT_SLIP: True,
        FormId.APPLICATION: case.source == CaseSource.APPLICATION,
        FormId.EVIDENCE_LIST: uow.session.scalars(evidence).first() is not None,
        FormId.UNDISPUTED_FACTS: bool(case.undisputed.strip()),
        FormId.TERMINATION_NOTICE: failed or case.rest_ended_on is not None,
        FormId.CLOSING_REPORT: status in ENDED and outcome in _MEDIATED,
        FormId.REFUSAL_NOTICE: status == CaseStatus.REJECTED or outcome == Outcome.REJECTED,
        FormId.REPLY_LETTER: answered and CaseSource(case.source) not in _OWN,
    }
    yield from ((form, case.id, "") for form, there in holds.items() if there)


def _extensions(uow: UnitOfWork, case: Case) -> Iterator[Offer]:
    """What was granted and carries a limit that runs; and one to fill in by hand, to be signed first."""
    for row_id, limit in extended_limits(uow, case).items():
        yield FormId.EXTENSION, row_id, f"延长至{_day(limit.due_on)}"
    if extendable(uow, case):
        yield FormId.EXTENSION, case.id, "待签"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _name_of(case: Case, party_id: str) -> str:
    return next((party.name for party in case.parties if party.id == party_id), "")


_ROWS: tuple[tuple[FormId, Any, Callable[[Case, Any], str]], ...] = (
    (FormId.INVESTIGATION, Investigation, lambda _, row: f"{row.asked.get('name', '')} {_day(row.day)}"),
    (FormId.CONFERENCE, Conference, lambda _, row: _day(row.day)),
    (FormId.RISK_REPORT, RiskReport, lambda _, row: _day(office_day(row.reported_at))),
    (FormId.DEMAND_NOTICE, Demand, lambda _, row: _day(row.on)),
    (FormId.FOLLOW_UP, FollowUp, lambda case, row: f"{_name_of(case, row.party_id)} {_day(row.day)}"),
    (FormId.REFERRAL_LETTER, Referral, lambda _, row: f"{row.unit} {_day(row.sent_on)}"),
)
"""The forms printed once for each row: the rows, and what tells them apart."""
