"""Which of its dates a case shows on a day: days pass without anybody changing the case."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from app.domain.deadlines import PASSING, RuleCode
from app.domain.flow import CaseStatus
from app.models.case import Case, CaseDue, CaseListRow
from app.services.kernel.projection import idle_of
from app.services.kernel.unit_of_work import UnitOfWork

ROW: Any = CaseListRow.__table__.c
DUE: Any = CaseDue.__table__.c


def shown_date(today: date) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Day and rule a list row shows on `today`: of an ended case `deadlines.current_date`, else its own."""
    code = func.coalesce(_shown(DUE.code, ROW.due_code, today), "").label(None)
    return _shown(DUE.due_on, ROW.due_on, today), code


def _shown(wanted: Any, kept: Any, today: date) -> ColumnElement[Any]:
    found = select(wanted).where(DUE.sk == ROW.sk, _counts(today)).order_by(DUE.due_on, DUE.code).limit(1)
    current = found.correlate(CaseListRow.__table__).scalar_subquery()
    return case((ROW.due_code.not_in(PASSING), kept), else_=current).label(None)


def _counts(today: date) -> ColumnElement[bool]:
    """A duty stays until it is done; a chance that has passed does not count."""
    return or_(DUE.due_on >= today, DUE.code.not_in(PASSING))


def count_owed(uow: UnitOfWork, last: date, wanted: list[ColumnElement[bool]]) -> tuple[int, int, int]:
    """Settled cases with promises: all, those with one from today to `last`, those with one past its day."""
    today, cases = uow.today(), func.count(DUE.sk.distinct())
    found = select(
        cases, cases.filter(DUE.due_on.between(today, last)), cases.filter(DUE.due_on < today)
    ).where(DUE.code == RuleCode.PERFORM, *_of_rows(wanted))
    all_cases, this_week, past = uow.session.execute(found).one()
    return all_cases, this_week, past


def roll_due_dates(uow: UnitOfWork) -> None:
    """Bring the rows of cases whose chance has passed to the date that counts today.

    Lists are sorted by what the rows keep; no case is changed by it.
    """
    due_on, code = shown_date(uow.today())
    passed = select(ROW.sk, due_on, code).where(ROW.due_code.in_(PASSING), ROW.due_on < uow.today())
    for sk, day, rule in uow.session.execute(passed).all():
        row = uow.session.get_one(CaseListRow, sk)
        if (row.due_on, row.due_code) != (day, rule):
            row.due_on, row.due_code = day, rule or ""
            owner = uow.session.scalars(select(Case.owner).where(Case.sk == sk)).one()
            row.idle = idle_of(uow, owner, CaseStatus(row.status), day)


def _of_rows(wanted: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    return [DUE.sk.in_(select(ROW.sk).where(*wanted))] if wanted else []
