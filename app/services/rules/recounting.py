"""Counts the dates of all cases anew when not a case has changed but a rule or the calendar."""

from sqlalchemy import or_, select

from app.models.case import Case, CaseDue, CaseListRow
from app.services.kernel.projection import project_dates
from app.services.kernel.unit_of_work import UnitOfWork

_AT_ONCE = 200


def recount_dates(uow: UnitOfWork) -> None:
    """Rewrite the dates of every case that has or may have some; no revision changes, nothing is sent."""
    dated = select(CaseDue.sk).distinct()
    wanted = select(CaseListRow.case_id).where(or_(CaseListRow.open, CaseListRow.sk.in_(dated)))
    ids = list(uow.session.scalars(wanted.order_by(CaseListRow.sk)))
    for first in range(0, len(ids), _AT_ONCE):
        for case in uow.session.scalars(select(Case).where(Case.id.in_(ids[first : first + _AT_ONCE]))).all():
            project_dates(uow, case)
        uow.session.flush()
