"""What an action changed, field by field: the history of a field, undo and the bin read it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, inspect
from sqlalchemy.orm import Session, UOWTransaction, class_mapper

from app.models.base import Base, Identified, Moment, Synced, new_id
from app.models.case import Case, CaseEvent
from app.models.local import BinItem, BlockedTime, CalendarYear, JournalEntry, LimitRule
from app.models.paper import Paper
from app.models.people import Person, Relation
from app.models.roster import Committee, Expert, Mediator, Room

KEPT: tuple[type[Identified], ...] = (
    Case, Synced, Person, Relation, Committee, Mediator, Expert, Room, BlockedTime, LimitRule, CalendarYear,
    BinItem,
)  # fmt: skip
WRITTEN_ONCE = (CaseEvent, Paper)  # they are their own history
OWN_BUSINESS = frozenset({"row_version", "rev", "sk", "epoch", "owner", "id"})
Entry = tuple[str, str, str, str, Any, Any]  # case id, table, row id, field, before, after


class Journal:
    """Collects what each flush of one unit of work changes."""

    def __init__(self) -> None:
        self.action_id = new_id()
        self.entries: list[Entry] = []
        self._gone: set[str] = set()

    def see(self, session: Session, _: UOWTransaction | None, __: object) -> None:
        """Note what this flush is about to write."""
        for row in session.new:
            if _kept(row):
                self.entries.append((*_place(row), "", None, None))
        for row in session.dirty:
            if _kept(row):
                self.entries.extend(_changes(row))
        for row in session.deleted:
            self._went(row)

    def see_orphans(self, context: UOWTransaction) -> None:
        """Note the rows a flush removed because they left their list: no earlier event names them."""
        for state, (removed, listed_only) in list(context.states.items()):
            row = state.obj() if removed and not listed_only else None
            if row is not None:
                self._went(row)

    def row_ids(self) -> set[str]:
        """The rows this unit has tried to write so far."""
        return {entry[2] for entry in self.entries}

    def write(self, session: Session, action: str, undoable: bool, facts: tuple[datetime, str, str]) -> int:
        """Add the entries of the finished action to the journal and answer how many they are.

        `facts`: the moment, who by id and name.
        """
        at, user_id, user_name = facts
        entries = _joined(self.entries)
        for case_id, kind, row_id, field, before, after in entries:
            session.add(
                JournalEntry(
                    action_id=self.action_id,
                    action=action,
                    undoable=undoable,
                    case_id=case_id,
                    kind=kind,
                    row_id=row_id,
                    field=field,
                    before=before,
                    after=after,
                    at=at,
                    user_id=user_id,
                    user_name=user_name,
                )
            )
        return len(entries)

    def _went(self, row: Any) -> None:
        if _kept(row) and row.id not in self._gone:
            self._gone.add(row.id)
            self.entries.append((*_place(row), "", row_values(row), None))


def row_values(row: Any) -> dict[str, Any]:
    """All columns of a row as plain JSON values."""
    return {key: plain(getattr(row, key)) for key in class_mapper(type(row)).columns.keys()}  # noqa: SIM118


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def real(kind: type[Base], key: str, value: Any) -> Any:
    """A plain value as the column of that name holds it."""
    of = class_mapper(kind).columns[key].type
    if not isinstance(value, str):
        return value
    if isinstance(of, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(of, Date) else value


def _kept(row: Any) -> bool:
    return isinstance(row, KEPT) and not isinstance(row, WRITTEN_ONCE)


def _place(row: Any) -> tuple[str, str, str]:
    case_id = row.id if isinstance(row, Case) else getattr(row, "case_id", None)
    if row.id is None:  # the default is applied in the flush that follows
        row.id = new_id()
    return case_id or "", type(row).__tablename__, row.id


def _changes(row: Base) -> Iterator[Entry]:
    state = inspect(row)
    for key in class_mapper(type(row)).columns.keys():  # noqa: SIM118 - these are the names of attributes
        if key in OWN_BUSINESS:
            continue
        history = state.attrs[key].history
        if not history.has_changes():
            continue
        before, after = (plain(side[0]) if side else None for side in (history.deleted, history.added))
        if before != after:
            yield (*_place(row), key, before, after)


def _joined(entries: list[Entry]) -> list[Entry]:
    """One entry per field: several flushes of one action are one change; a row made and gone is none."""
    found: dict[tuple[str, str], Entry] = {}
    made: set[str] = set()
    for entry in entries:
        case_id, kind, row_id, field, before, after = entry
        came = field == "" and before is None
        if came:
            made.add(row_id)
        elif field == "" and row_id in made:
            found.pop((row_id, ""), None)
            continue
        elif row_id in made:
            continue
        key = (row_id, field)
        first = found.get(key)
        found[key] = entry if first is None else (case_id, kind, row_id, field, first[4], after)
    return [entry for entry in found.values() if not entry[3] or entry[4] != entry[5]]
