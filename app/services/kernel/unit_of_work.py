"""One user action: its session, its actor, its clock, and the books it must close."""

import hashlib
import json
from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.domain.actor import Actor
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.values.office_clock import CHINA, office_day
from app.models.base import Base, Synced
from app.models.case import Case
from app.models.exchange import AuditEntry, Change
from app.models.office import Office
from app.services.kernel.journal import Entry, Journal

Row = TypeVar("Row", bound=Base)
_KEPT = 64


class UnitOfWork:
    """What a use case works with. It never commits; `Workspace` ends the transaction."""

    def __init__(self, session: Session, actor: Actor, clock: Callable[[], datetime]) -> None:
        self.session = session
        self.actor = actor
        self.topics: set[Topic] = set()
        self.zone = CHINA
        self.keeps_revisions = False  # an import stores the revisions it was given
        self._clock = clock
        self._notes: list[tuple[str, dict[str, Any]]] = []
        self._touched: set[str] = set()
        # the session forgets rows nobody holds, and would read them again
        self._kept: deque[Base] = deque(maxlen=_KEPT)
        self._office: Office | None = None
        self._journal = Journal()
        event.listen(session, "before_flush", self._journal.see)
        event.listen(session, "after_flush", self._see_flush)
        event.listen(session, "do_orm_execute", _refuse_bulk)

    def now(self) -> datetime:
        """This moment, aware, UTC."""
        return self._clock().astimezone(UTC)

    def today(self) -> date:
        """The day on the office's wall calendar."""
        return office_day(self._clock())

    def office(self) -> Office:
        """The one office of this file."""
        if self._office is None:
            self._office = self.session.scalars(select(Office)).one()
        return self._office

    @property
    def action_id(self) -> str:
        """What the journal knows this action by."""
        return self._journal.action_id

    def journalled(self) -> tuple[Entry, ...]:
        """What the flushes of this action changed so far, field by field."""
        return tuple(self._journal.entries)

    def written_rows(self) -> set[str]:
        """The rows this action has tried to write so far."""
        return self._journal.row_ids()

    def get(self, kind: type[Row], row_id: str) -> Row:
        """The row with this id; refuses NOT_FOUND."""
        row = self.session.get(kind, row_id)
        if row is None:
            raise Refused(Reason.NOT_FOUND)
        self._kept.append(row)
        return row

    def note(self, object_id: str, **facts: Any) -> None:
        """Put `facts` (codes, ids and numbers, never names) about `object_id` into the audit entry."""
        self._notes.append((object_id, facts))

    def changed(self, *topics: Topic) -> None:
        """Tell the windows which kinds of things changed."""
        self.topics.update(topics)

    def touched_cases(self) -> set[str]:
        """Flush, and name the cases any of whose rows changed since this was last asked."""
        self.session.flush()
        touched, self._touched = self._touched, set()
        return touched

    def close_books(self, action: str, case_ids: set[str], undoable: bool) -> bool:
        """Write the audit entry of this action, its journal, and the change log of the cases it touched.

        Answers whether the journal holds anything of it.
        """
        written = 0
        if not self.keeps_revisions:
            for case_id in sorted(case_ids):
                self.session.add(Change(kind="case", object_id=case_id))
            by = (self.now(), self.actor.user_id, self.actor.name)
            written = self._journal.write(self.session, action, undoable, by)
        for object_id, facts in self._notes or [("", {})]:
            self._write_audit(action, object_id, facts)
        return written > 0

    def _write_audit(self, action: str, object_id: str, facts: dict[str, Any]) -> None:
        last = self.session.scalars(select(AuditEntry.hash).order_by(AuditEntry.n.desc()).limit(1)).first()
        at = self.now()
        digest = audit_hash(last or "", (at, self.actor.user_id, action, object_id, facts))
        self.session.add(
            AuditEntry(
                at=at,
                user_id=self.actor.user_id,
                action=action,
                object_id=object_id,
                facts=facts,
                hash=digest,
            )
        )
        self.session.flush()

    def _see_flush(self, session: Session, context: UOWTransaction) -> None:
        self._journal.see_orphans(context)
        for row in [*session.new, *session.dirty, *session.deleted]:
            if isinstance(row, Synced):
                self._touched.add(row.case_id)
            elif isinstance(row, Case):
                self._touched.add(row.id)


def audit_hash(previous: str, entry: tuple[datetime, str, str, str, dict[str, Any]]) -> str:
    """The link of the audit chain: SHA-256 over the previous link and this entry's canonical text."""
    at, user_id, action, object_id, facts = entry
    text = json.dumps(
        [at.isoformat(), user_id, action, object_id, facts], ensure_ascii=False, sort_keys=True, default=str
    )
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _refuse_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete or state.is_insert) and not state.is_relationship_load:
        raise AssertionError("bulk statements leave no trace: change rows through the session")
