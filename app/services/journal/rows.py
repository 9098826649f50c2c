"""The rows of one action in the journal, and putting them back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import class_mapper

from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.models.agreement import Agreement, Obligation, Signature
from app.models.base import Identified
from app.models.case import Assignment, Case, CaseEvent, Party
from app.models.hearing import Booking, Hearing, ServiceProof, SessionRecord
from app.models.local import BinItem, BlockedTime, CalendarYear, JournalEntry, LimitRule
from app.models.people import Person, Relation
from app.models.roster import Committee, Expert, Mediator, Room
from app.models.tables import Base  # with every table loaded
from app.models.work import Attachment, Conference, Evidence, Investigation, Visit
from app.services.kernel.journal import OWN_BUSINESS, plain, real
from app.services.kernel.projection import forget_person, index_person
from app.services.kernel.unit_of_work import UnitOfWork

TABLES: dict[str, type[Any]] = {
    str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Identified)
}
_ORDER = {table.name: at for at, table in enumerate(Base.metadata.sorted_tables)}  # parents first
_TOPICS: dict[type[Any], Topic] = {
    Hearing: Topic.HEARINGS, Booking: Topic.HEARINGS, SessionRecord: Topic.HEARINGS,
    BlockedTime: Topic.HEARINGS, Agreement: Topic.AGREEMENTS, Obligation: Topic.AGREEMENTS,
    Signature: Topic.AGREEMENTS, Person: Topic.PEOPLE, Relation: Topic.PEOPLE, Committee: Topic.ROSTER,
    Mediator: Topic.ROSTER, Expert: Topic.ROSTER, Room: Topic.ROSTER, LimitRule: Topic.SETTINGS,
    CalendarYear: Topic.SETTINGS, BinItem: Topic.DRAFTS,
}  # fmt: skip

_HARMLESS = frozenset(
    table.__tablename__
    for table in (Attachment, CaseEvent, Conference, Evidence, Investigation, ServiceProof, Visit)
)
"""Tables of a case on which no step of it rests: what is noted there may be taken back at any time."""

_PEOPLE_OF_CASES = (Assignment.__tablename__, Party.__tablename__)


@dataclass(frozen=True, slots=True)
class Act:
    """One action with its entries in the order they were written."""

    id: str
    entries: tuple[JournalEntry, ...]

    @classmethod
    def of(cls, uow: UnitOfWork, action_id: str) -> Act:
        """The action with this id; refuses NOT_FOUND."""
        found = select(JournalEntry).where(JournalEntry.action_id == action_id).order_by(JournalEntry.n)
        entries = tuple(uow.session.scalars(found))
        if not entries:
            raise Refused(Reason.NOT_FOUND)
        return cls(action_id, entries)

    @property
    def name(self) -> str:
        """The use case."""
        return self.entries[0].action

    @property
    def undoable(self) -> bool:
        """Whether it is made to be taken back."""
        return self.entries[0].undoable

    @property
    def undone_by(self) -> str | None:
        """The action that took it back."""
        return self.entries[0].undone_by

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.entries[0].at

    @property
    def user_id(self) -> str:
        """Who did it."""
        return self.entries[0].user_id

    @property
    def user_name(self) -> str:
        """Who did it, by name."""
        return self.entries[0].user_name

    @property
    def first_n(self) -> int:
        """The place of its first entry."""
        return self.entries[0].n

    @property
    def last_n(self) -> int:
        """The place of its last entry."""
        return self.entries[-1].n

    @property
    def case_ids(self) -> list[str]:
        """The cases it concerns."""
        return sorted({entry.case_id for entry in self.entries if entry.case_id})

    @property
    def case_id(self) -> str:
        """The first case it names, "" for none."""
        return next((entry.case_id for entry in self.entries if entry.case_id), "")

    @property
    def row_ids(self) -> list[str]:
        """The rows it wrote."""
        return sorted({entry.row_id for entry in self.entries})

    @property
    def came(self) -> list[JournalEntry]:
        """The rows it made."""
        return [entry for entry in self.entries if not entry.field and entry.before is None]

    @property
    def went(self) -> list[JournalEntry]:
        """The rows it removed."""
        return [entry for entry in self.entries if not entry.field and entry.before is not None]

    def fields(self) -> Iterable[JournalEntry]:
        """The changed fields of rows that are still there."""
        gone = {entry.row_id for entry in self.went}
        return [entry for entry in self.entries if entry.field and entry.row_id not in gone]

    def made_a_case(self) -> bool:
        """Whether a case came of it: its number is taken for ever."""
        return any(entry.kind == Case.__tablename__ for entry in self.came)

    def moved_the_case(self) -> bool:
        """Whether a case stands elsewhere since."""
        return any(entry.kind == Case.__tablename__ and entry.field == "status" for entry in self.entries)

    def harmless(self) -> bool:
        """Whether no step of a case may rest on it."""
        return all(entry.kind in _HARMLESS for entry in self.entries)

    def people_came_or_went(self) -> bool:
        """Whether it changed who mediates the case or takes part in it."""
        return any(
            entry.kind in _PEOPLE_OF_CASES and entry.field in ("", "ended_on", "left_on")
            for entry in self.entries
        )

    def meets(self, later: JournalEntry) -> bool:
        """Whether a later entry concerns a row as a whole, the same field, or a case that was moved."""
        own = {entry.field for entry in self.entries if entry.row_id == later.row_id}
        if "" in own or (own and not later.field) or later.field in own:
            return True
        return self.moved_the_case() and later.case_id in self.case_ids


def values_hold(uow: UnitOfWork, act: Act) -> bool:
    """Whether everything still is as the action left it."""
    for entry in act.entries:
        row = uow.session.get(TABLES[entry.kind], entry.row_id)
        gone = not entry.field and entry.before is not None
        if (row is None) != gone and not entry.field:
            return False
    return all(_holds(uow, entry) for entry in act.fields())


def _holds(uow: UnitOfWork, entry: JournalEntry) -> bool:
    row = uow.session.get(TABLES[entry.kind], entry.row_id)
    return row is not None and bool(plain(getattr(row, entry.field)) == entry.after)


def put_back(uow: UnitOfWork, act: Act) -> None:
    """Make every row as it was before the action, except its version, which only grows."""
    for entry in act.fields():
        _set(uow.get(TABLES[entry.kind], entry.row_id), entry.field, entry.before)
    uow.session.flush()
    for entry in sorted(act.came, key=lambda one: -_ORDER[one.kind]):
        _remove_row(uow, uow.get(TABLES[entry.kind], entry.row_id))
    for entry in sorted(act.went, key=lambda one: _ORDER[one.kind]):
        own = {one.field: one.before for one in act.entries if one.row_id == entry.row_id and one.field}
        add_row(uow, entry.kind, {**entry.before, **own})
    _refresh(uow, act)


def _remove_row(uow: UnitOfWork, row: Any) -> None:
    """Delete a row whose children are gone already, whatever its lists still remember."""
    relations = class_mapper(type(row)).relationships.keys()
    if relations:
        uow.session.expire(row, relations)
    if isinstance(row, Person):
        forget_person(uow, row)
    uow.session.delete(row)
    uow.session.flush()
    _tell(uow, type(row))


def add_row(uow: UnitOfWork, table: str, values: Mapping[str, Any]) -> Any:
    """Bring a row back from its plain values, at once: rows that follow may refer to it."""
    kind = TABLES[table]
    columns = class_mapper(kind).columns
    known = {key: real(kind, key, value) for key, value in values.items() if key in columns}
    row = kind(
        **{key: value for key, value in known.items() if key not in OWN_BUSINESS or key in ("id", "sk")}
    )
    uow.session.add(row)
    uow.session.flush()
    _forget_lists(uow)
    if isinstance(row, Person):
        index_person(uow, row)
    _tell(uow, kind)
    return row


def _forget_lists(uow: UnitOfWork) -> None:
    """Let lists of rows (parties of a case, duties of an agreement) be read anew."""
    for row in list(uow.session):
        relations = class_mapper(type(row)).relationships.keys()
        if relations:
            uow.session.expire(row, relations)


def _set(row: Any, field: str, value: Any) -> None:
    setattr(row, field, real(type(row), field, value))


def _refresh(uow: UnitOfWork, act: Act) -> None:
    uow.session.flush()
    _forget_lists(uow)
    for entry in act.entries:
        _tell(uow, TABLES[entry.kind])
        if entry.kind == Person.__tablename__ and (found := uow.session.get(Person, entry.row_id)):
            index_person(uow, found)


def _tell(uow: UnitOfWork, kind: type[Any]) -> None:
    uow.changed(_TOPICS.get(kind, Topic.CASES))
