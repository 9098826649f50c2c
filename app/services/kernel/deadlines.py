"""The dates a case must keep, computed from the office's rules and the working-day calendar."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import select

from app.domain.cases import DueDate
from app.domain.deadlines import RULES, RuleCode, current_date, due
from app.domain.flow import BEFORE_DECISION, MEDIATING, SETTLED, CaseStatus
from app.domain.hearings import HearingStatus
from app.domain.values.calendar import WorkCalendar, load_holidays
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.hearing import Hearing
from app.runtime import resource
from app.services.kernel.unit_of_work import UnitOfWork


@cache
def calendar() -> WorkCalendar:
    """The working-day calendar shipped with the program."""
    return WorkCalendar(load_holidays(resource("data", "holidays.json").read_bytes()))


def deadlines_of(uow: UnitOfWork, case: Case) -> tuple[DueDate, ...]:
    """Every date this case must keep now, the nearest first."""
    found = [*_legal(uow, case), *_hearing_day(uow, case), *_duties(uow, case)]
    return tuple(sorted(found, key=lambda deadline: (deadline.due_on, deadline.code)))


def next_deadline(uow: UnitOfWork, case: Case, dates: tuple[DueDate, ...]) -> DueDate | None:
    """The date lists sort by, of all `dates`: what counts once settled, the fixed hearing, else the first.

    An open case keeps a limit that has passed: the duty stays.
    """
    status = CaseStatus(case.status)
    if status in SETTLED:
        return current_date(dates, uow.today())
    wanted = RuleCode.HEARING if status == CaseStatus.SCHEDULED else None
    return next((found for found in dates if wanted is None or found.code == wanted), None)


def _legal(uow: UnitOfWork, case: Case) -> Iterator[DueDate]:
    status = CaseStatus(case.status)
    if status in BEFORE_DECISION:
        yield due(RULES[RuleCode.ACKNOWLEDGE], case.received_at.astimezone(uow.zone).date(), calendar())
    if status in MEDIATING and case.accepted_on:
        yield due(RULES[RuleCode.MEDIATE], case.accepted_on, calendar())
    if status in SETTLED and case.effective_on:
        yield due(RULES[RuleCode.CONFIRM], case.effective_on, calendar())


def _hearing_day(uow: UnitOfWork, case: Case) -> Iterator[DueDate]:
    if case.status != CaseStatus.SCHEDULED:
        return
    days = select(Hearing.day).where(Hearing.case_id == case.id, Hearing.status == HearingStatus.SCHEDULED)
    for day in uow.session.scalars(days.order_by(Hearing.day).limit(1)):
        yield DueDate(RuleCode.HEARING, day, day, False)


def _duties(uow: UnitOfWork, case: Case) -> Iterator[DueDate]:
    if case.status not in SETTLED:
        return
    agreements = select(Agreement).where(Agreement.case_id == case.id, Agreement.effective_on.is_not(None))
    for agreement in uow.session.scalars(agreements):
        for obligation in agreement.obligations:
            yield DueDate(RuleCode.PERFORM, obligation.due_on, obligation.due_on, False)
