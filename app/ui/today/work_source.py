"""Where the rows of the worklist come from: every thing to be done, cut to the part asked for."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from app.domain.today import WorkItem, WorkKey, WorkPart, counts_of, part_of
from app.services.today.first_page import work_ids
from app.services.today.rows import work_rows
from app.ui.clock import office_today
from app.ui.tasks import Request, Tasks


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """What is looked for in which part."""

    part: WorkPart = WorkPart.ALL
    typed: str = ""


class WorkSource(QObject):
    """All keys at once, and the lines of a page; the answer to an earlier question is dropped.

    Tells `counted(lines of each part)` whenever the keys came; another part is cut without asking again.
    """

    counted = Signal(object)

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        super().__init__(owner)
        self.today: date = office_today()
        self.backup_at: datetime | None = None
        self._tasks = tasks
        self._owner = owner
        self._asked: Request[Any] | None = None
        self._keys: tuple[WorkKey, ...] | None = None
        self._typed = ""

    def begin(self, query: WorkQuery, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Another part of what is known already, else everything anew."""
        if self._keys is not None and query.typed == self._typed:
            then(part_of(self._keys, query.part))
        else:
            self.ids(query, then)

    def ids(self, query: WorkQuery, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Ask what is to be done now."""
        if self._asked is not None:
            self._asked.drop()

        def take(keys: tuple[WorkKey, ...]) -> None:
            self._keys, self._typed = keys, query.typed
            self.counted.emit(counts_of(keys))
            then(part_of(keys, query.part))

        self._asked = self._tasks.run(work_ids, query.typed, self.backup_at)
        self._asked.then(take, owner=self._owner)

    def rows(self, ids: Sequence[Hashable], then: Callable[[Sequence[WorkItem]], None]) -> None:
        """Ask for one page of lines."""
        self._tasks.run(work_rows, cast("Sequence[WorkKey]", ids)).then(then, owner=self._owner)
