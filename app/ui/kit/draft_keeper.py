"""Keeps an unfinished form: saved by itself while one types, put back after a crash."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.drafts import DraftKind, DraftRow
from app.services.cases.drafts import drop_draft, list_drafts, save_draft
from app.ui.tasks import Tasks

PAUSE_MS = 700


class DraftKeeper(QObject):
    """Saves `snapshot()` under the present subject some moments after `touch`; tells `kept(moment)`."""

    kept = Signal(object)

    def __init__(
        self, tasks: Tasks, kind: DraftKind, snapshot: Callable[[], dict[str, Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kind = kind
        self._snapshot = snapshot
        self._subject: str | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._save)

    def open(self, subject: str, then: Callable[[DraftRow | None], object]) -> None:
        """Turn to another form and answer with its draft, if there is one."""
        self.flush()
        self._subject = subject

        def found(rows: tuple[DraftRow, ...]) -> None:
            then(next((row for row in rows if row.subject == subject), None))

        self._tasks.run(list_drafts, self._kind).then(found, owner=self)

    def touch(self) -> None:
        """Something was typed."""
        if self._subject is not None:
            self._soon.start()

    def flush(self) -> None:
        """Save now what is still waiting (the page is left)."""
        if self._soon.isActive():
            self._soon.stop()
            self._save()

    def drop(self) -> None:
        """Forget the draft: its form was saved."""
        self._soon.stop()
        if self._subject is not None:
            self._tasks.run(drop_draft, self._kind, self._subject).then(owner=self)

    def _save(self) -> None:
        if self._subject is not None:
            saved = self._tasks.run(save_draft, self._kind, self._subject, self._snapshot())
            saved.then(lambda row: self._tell(row.saved_at), owner=self)

    def _tell(self, at: datetime) -> None:
        self.kept.emit(at)
