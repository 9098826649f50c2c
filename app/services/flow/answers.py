"""How every way of a case begins and ends: refuse what cannot stay, say what was done."""

from typing import Any

from app.domain.cases import CaseView
from app.domain.errors import Problem, Reason, Refused
from app.models.case import Case
from app.services.cases.view import view_case
from app.services.kernel.unit_of_work import UnitOfWork


def refuse_invalid(problems: tuple[Problem, ...]) -> None:
    """Refuse INVALID with the problems, if there are any."""
    if problems:
        raise Refused(Reason.INVALID, problems=problems)


def finished(uow: UnitOfWork, case: Case, **facts: Any) -> CaseView:
    """The case as it is now; `facts` (codes and numbers only) go into the audit."""
    uow.session.flush()
    uow.note(case.id, **facts)
    return view_case(uow, case)
