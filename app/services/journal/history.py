"""The history of every field: who changed it, when, from what to what."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from app.domain.actor import Permission
from app.domain.office.journal import ActionName, ChangesPage, FieldChange, FieldName
from app.domain.values.identity import mask_id, mask_phone
from app.models.case import Case, Party
from app.models.hearing import Hearing
from app.models.local import BinItem, JournalEntry
from app.models.people import Person
from app.models.roster import Mediator, Room
from app.models.work import Evidence
from app.services.journal.rows import TABLES
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

PAGE = 200
_ID_FIELDS = frozenset({"id_no", "uscc"})
_PHONES = frozenset({"phone", "receiver_phone"})
_NAMES = ("name", "title", "mediator_name", "visited", "label")  # by which people know a row
_NAMED: tuple[tuple[type[Any], str], ...] = (
    (Party, "name"),
    (Person, "name"),
    (Mediator, "name"),
    (Room, "name"),
    (Evidence, "name"),
    (Case, "number"),
)
_UNSEEN = frozenset({BinItem.__tablename__, "booking"})  # follow from what is shown


@use_case(needs=Permission.READ, writes=False)
def field_history(uow: UnitOfWork, row_id: str, field: str | None = None) -> tuple[FieldChange, ...]:
    """What happened to one row, or to one field of it, the latest first; at most two hundred changes.

    Numbers of persons are covered.
    """
    where = [JournalEntry.row_id == row_id]
    if field is not None:
        where.append(JournalEntry.field.in_((field, "")))
    return _page(uow, where, covered=True).changes


@use_case(needs=Permission.READ, writes=False)
def case_changes(uow: UnitOfWork, case_id: str, below: int | None = None) -> ChangesPage:
    """All changes of a case and its rows, the latest first, two hundred at a time; numbers are covered.

    `below` is the `more` of the page before.
    """
    return _page(uow, _of_case(case_id, below), covered=True)


@use_case(needs=Permission.CASE_REGISTER)
def reveal_changes(uow: UnitOfWork, case_id: str, below: int | None = None) -> ChangesPage:
    """The same with the numbers uncovered; the audit notes who looked."""
    uow.note(case_id, revealed="changes")
    return _page(uow, _of_case(case_id, below), covered=False)


def _of_case(case_id: str, below: int | None) -> list[ColumnElement[bool]]:
    where = [JournalEntry.case_id == case_id, JournalEntry.kind.not_in(_UNSEEN)]
    return [*where, JournalEntry.n < below] if below is not None else where


def _page(uow: UnitOfWork, where: Iterable[ColumnElement[bool]], *, covered: bool) -> ChangesPage:
    found = uow.session.scalars(
        select(JournalEntry).where(*where).order_by(JournalEntry.n.desc()).limit(PAGE + 1)
    ).all()
    entries = found[:PAGE]
    rows = _rows(uow, entries)
    names = _names(uow, [value for entry in entries for value in (entry.before, entry.after)])
    changes = tuple(_change(entry, rows, names, covered) for entry in entries)
    return ChangesPage(changes, entries[-1].n if len(found) > PAGE else None)


def _change(
    entry: JournalEntry, rows: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], covered: bool
) -> FieldChange:
    whole = not entry.field
    return FieldChange(
        n=entry.n,
        at=entry.at,
        who=entry.user_name,
        action=ActionName(entry.action),
        name=FieldName(entry.kind, entry.field),
        row_id=entry.row_id,
        row=_called(rows.get(entry.row_id, {})),
        before=None if whole else _said(entry.field, entry.before, names, covered),
        after=None if whole else _said(entry.field, entry.after, names, covered),
        came=whole and entry.before is None,
        went=whole and entry.before is not None,
        undone=entry.undone_by is not None and entry.undoable,
    )


def _rows(uow: UnitOfWork, entries: Iterable[JournalEntry]) -> dict[str, Mapping[str, Any]]:
    """What is known of each row: as it is now, or as it was when it went."""
    wanted: dict[str, set[str]] = {}
    known: dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        wanted.setdefault(entry.kind, set()).add(entry.row_id)
        if not entry.field and entry.before is not None:
            known.setdefault(entry.row_id, entry.before)
    for kind, ids in wanted.items():
        table = TABLES[kind]
        for row in uow.session.scalars(select(table).where(table.id.in_(ids))):
            known[row.id] = {key: getattr(row, key) for key in _NAMES if hasattr(row, key)}
    return known


def _called(row: Mapping[str, Any]) -> str:
    return next((str(row[key]) for key in _NAMES if row.get(key)), "")


def _names(uow: UnitOfWork, values: Iterable[Any]) -> dict[str, str]:
    """The names of the people and things whose ids stand in the values."""
    ids = {one for value in values for one in _ids(value)}
    found: dict[str, str] = {}
    if ids:
        for kind, key in _NAMED:
            asked = select(kind.id, getattr(kind, key)).where(kind.id.in_(ids))
            found.update({row_id: name for row_id, name in uow.session.execute(asked)})
        for hearing_id, day in uow.session.execute(
            select(Hearing.id, Hearing.day).where(Hearing.id.in_(ids))
        ):
            found[hearing_id] = day.isoformat()
    return found


def _ids(value: Any) -> Iterable[str]:
    items = value if isinstance(value, list) else [value]
    return [one for one in items if isinstance(one, str) and _is_id(one)]


def _is_id(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4


def _said(field: str, value: Any, names: Mapping[str, str], covered: bool) -> Any:
    if isinstance(value, list):
        return [_said(field, one, names, covered) for one in value]
    if isinstance(value, dict):
        return {key: _said(key, one, names, covered) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    if covered and field in _ID_FIELDS:
        return mask_id(value)
    if covered and field in _PHONES:
        return mask_phone(value)
    return names.get(value, "…") if _is_id(value) else value
