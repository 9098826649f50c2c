"""Where the rows of the worklist come from."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.domain.cases import CaseRow
from app.domain.deadlines import RuleCode
from app.domain.lists import NEAR_DAYS, WorkFilter
from app.services.cases.listing import case_rows
from app.services.office.today import work_ids
from app.ui.clock import office_today
from app.ui.tasks import Request, Tasks


class Narrow(Enum):
    """A part of the worklist told by its dates: it stands at the head of the whole list."""

    HEARD = auto()  # a hearing today, still to be held
    NEAR = auto()  # a date within seven days, or past


Part = WorkFilter | Narrow


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """What is looked for in which part."""

    part: Part = WorkFilter.ALL
    typed: str = ""


class WorkSource:
    """Row numbers of a part by deadline, and their rows; the answer to an earlier question is dropped."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self.today = office_today()
        self.near = 0  # how many rows at the head of the list are near
        self._tasks = tasks
        self._owner = owner
        self._asked: Request[Any] | None = None

    def begin(self, query: WorkQuery, then: Callable[[Sequence[Hashable]], None]) -> None:
        """All row numbers at once: what is due is a short list."""
        self.ids(query, then)

    def ids(self, query: WorkQuery, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Ask for the row numbers of a query."""
        if isinstance(query.part, Narrow):
            head = partial(self._narrow, query.part, then)
            self._ask(self._tasks.run(work_ids, WorkFilter.ALL, query.typed), head)
        else:
            self._ask(self._tasks.run(work_ids, query.part, query.typed), then)

    def rows(self, ids: Sequence[Hashable], then: Callable[[Sequence[CaseRow]], None]) -> None:
        """Ask for one page of rows."""
        self._tasks.run(case_rows, [int(str(sk)) for sk in ids]).then(then, owner=self._owner)

    def _narrow(self, part: Narrow, then: Callable[[Sequence[int]], None], ids: Sequence[int]) -> None:
        """Keep the rows at the head of the list whose date is near, or is a hearing of today."""
        head = list(ids[: self.near])

        def sort_out(rows: Sequence[CaseRow]) -> None:
            then([row.sk for row in rows if self._belongs(part, row)])

        self._ask(self._tasks.run(case_rows, head), sort_out)

    def _belongs(self, part: Narrow, row: CaseRow) -> bool:
        if row.due_on is None:
            return False
        if part is Narrow.HEARD:
            return row.due_on == self.today and row.due_code == RuleCode.HEARING
        return row.due_on <= self.today + timedelta(days=NEAR_DAYS)

    def _ask(self, request: Request[Any], then: Callable[[Any], object]) -> None:
        if self._asked is not None:
            self._asked.drop()
        self._asked = request
        request.then(then, owner=self._owner)
