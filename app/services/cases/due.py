"""Which of its dates a case shows on a day: days pass without anybody changing the case."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.domain.deadlines import SETTLED, RuleCode
from app.models.case import CaseDue, CaseListRow
from app.services.kernel.unit_of_work import UnitOfWork

ROW: Any = CaseListRow.__table__.c
DUE: Any = CaseDue.__table__.c


def shown_date(today: date) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Day and rule a list row shows on `today`: of a settled case `deadlines.current_date`, else its own."""
    return _shown(DUE.due_on, ROW.due_on, today), _shown(DUE.code, ROW.due_code, today)


def _shown(wanted: Any, kept: Any, today: date) -> ColumnElement[Any]:
    counts = or_(DUE.due_on >= today, DUE.code == RuleCode.PERFORM)
    coming_first = (DUE.due_on < today, case((DUE.due_on >= today, DUE.due_on)), DUE.due_on.desc(), DUE.code)
    found = select(wanted).where(DUE.sk == ROW.sk, counts).order_by(*coming_first).limit(1)
    current = func.coalesce(found.correlate(CaseListRow.__table__).scalar_subquery(), kept)
    return case((ROW.open == 1, kept), else_=current).label(None)


def coming(first: date, last: date, wanted: list[ColumnElement[bool]]) -> Select[tuple[int, date]]:
    """Row number and next date of every settled case that has one from `first` to `last`."""
    between = and_(DUE.code.in_(SETTLED), DUE.due_on.between(first, last))
    found = select(DUE.sk, func.min(DUE.due_on).label("due_on")).where(between, *_of_rows(wanted))
    return found.group_by(DUE.sk)


def owed(today: date, wanted: list[ColumnElement[bool]]) -> Select[tuple[int]]:
    """The settled cases in which something was promised, by the date they show on `today`."""
    next_on = func.min(case((DUE.due_on >= today, DUE.due_on)))
    last_promise = func.max(case((DUE.code == RuleCode.PERFORM, DUE.due_on)))
    found = select(DUE.sk).where(DUE.code.in_(SETTLED), *_of_rows(wanted)).group_by(DUE.sk)
    return found.having(last_promise.is_not(None)).order_by(func.coalesce(next_on, last_promise), DUE.sk)


def count_owed(uow: UnitOfWork, last: date, wanted: list[ColumnElement[bool]]) -> tuple[int, int, int]:
    """Settled cases with promises: all, those with one from today to `last`, those with one past its day."""
    today, cases = uow.today(), func.count(DUE.sk.distinct())
    found = select(
        cases, cases.filter(DUE.due_on.between(today, last)), cases.filter(DUE.due_on < today)
    ).where(DUE.code == RuleCode.PERFORM, *_of_rows(wanted))
    all_cases, this_week, past = uow.session.execute(found).one()
    return all_cases, this_week, past


def roll_due_dates(uow: UnitOfWork) -> None:
    """Bring the rows of settled cases whose date has passed to the date that counts today.

    Lists are sorted by what the rows keep; no case is changed by it.
    """
    due_on, code = shown_date(uow.today())
    passed = select(ROW.sk, due_on, code).where(ROW.open == 0, ROW.due_on < uow.today())
    for sk, day, rule in uow.session.execute(passed).all():
        row = uow.session.get_one(CaseListRow, sk)
        if (row.due_on, row.due_code) != (day, rule):
            row.due_on, row.due_code = day, rule


def _of_rows(wanted: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    return [DUE.sk.in_(select(ROW.sk).where(*wanted))] if wanted else []
