"""The clock of this PC against what is written in the books, and the terms of the committees."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import DueDate
from app.domain.deadlines import RuleCode, due
from app.models.roster import Committee
from app.services.kernel.last_entry import clock_leapt, last_entry
from app.services.kernel.rulebook import calendar, time_rules
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

TOLERANCE = timedelta(minutes=10)
"""So far a clock may go wrong and be set right again without anybody being told."""


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """The PC says it is `now`, but something was last done at `last`, later or long ago: one may be wrong."""

    now: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class CommitteeTerm:
    """The end of a committee's three years (PML 9)."""

    committee_id: str
    committee: str
    due: DueDate


@use_case(needs=Permission.READ, writes=False)
def clock_warning(uow: UnitOfWork) -> ClockWarning | None:
    """Whether the PC's clock is behind the last action in the books, or two months and more ahead of it.

    Dates computed now would be wrong; nothing is thrown away for its age meanwhile.
    """
    last = last_entry(uow)
    if last is None or (uow.now() >= last - TOLERANCE and not clock_leapt(uow)):
        return None
    return ClockWarning(uow.now(), last)


@use_case(needs=Permission.READ, writes=False)
def committee_terms(uow: UnitOfWork, until: date | None = None) -> tuple[CommitteeTerm, ...]:
    """The terms that end until a day, those past included, the earliest first.

    Without `until`: those for which the rule's reminder has begun (60 days before, unless the office says
    otherwise). Nothing when the office does not use the rule.
    """
    rule = time_rules(uow)[RuleCode.TERM]
    if not rule.active:
        return ()
    last = until or uow.today() + timedelta(days=rule.warned_before)
    began = select(Committee).where(Committee.term_start.is_not(None)).order_by(Committee.name)
    found = [
        CommitteeTerm(row.id, row.name, due(rule, row.term_start, calendar(uow)))
        for row in uow.session.scalars(began)
        if row.term_start is not None
    ]
    ending = [term for term in found if term.due.due_on <= last]
    return tuple(sorted(ending, key=lambda term: term.due.due_on))
