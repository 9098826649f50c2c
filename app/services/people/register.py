"""Look through the register, open an entry, uncover its numbers, correct it."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, column, func, or_, select, table, text

from app.domain.actor import Permission
from app.domain.cases import PartyInput, PartyRole
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.intake import completed
from app.domain.people import Capacity, PersonKind
from app.domain.register import MergeRow, PersonInput, PersonQuery, PersonRow, PersonView, person_problems
from app.domain.values.identity import IdKind, Sex, age_on, mask_id, mask_phone
from app.domain.values.search_tokens import match_query, searched
from app.models.case import Case, Party
from app.models.local import PersonMerge
from app.models.people import Person
from app.services.cases.people import NO_SOUND, PARTICULARS, cases_of, sound
from app.services.kernel.entries import KEPT_ID, entries_with, kept_person
from app.services.kernel.projection import index_person, person_tokens
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale
from app.services.roster.recusal import relations_of

EDITED = tuple(field.name for field in fields(PersonInput))
_SEARCH = table("person_search", column("rowid"))


@use_case(needs=Permission.READ, writes=False)
def list_person_ids(uow: UnitOfWork, query: PersonQuery) -> "array[int]":
    """The row numbers of the entries asked for, the latest entered first; merged ones are left out."""
    match = match_query(searched(query.text))
    conditions: list[ColumnElement[bool]] = [Person.merged_into.is_(None)]
    if query.kind is not None:
        conditions.append(Person.kind == query.kind)
    if match.fts:
        hits = select(_SEARCH.c.rowid).where(text("person_search MATCH :match").bindparams(match=match.fts))
        conditions.append(Person.sk.in_(hits))
    if not match.verify:
        found = uow.session.scalars(select(Person.sk).where(*conditions).order_by(Person.sk.desc()))
        return array("q", found)
    people = uow.session.scalars(select(Person).where(*conditions).order_by(Person.sk.desc()))
    return array(
        "q",
        (one.sk for one in people if all(term in person_tokens(one).folded for term in match.verify)),
    )


@use_case(needs=Permission.READ, writes=False)
def person_rows(uow: UnitOfWork, sks: Sequence[int]) -> tuple[PersonRow, ...]:
    """These entries as lists show them, numbers covered, in the order asked."""
    found = {row.sk: row for row in uow.session.scalars(select(Person).where(Person.sk.in_(list(sks))))}
    counts = case_counts(uow, [row.id for row in found.values()])
    return tuple(row_of(found[sk], *counts.get(found[sk].id, (0, None))) for sk in sks if sk in found)


def row_of(person: Person, cases: int = 0, latest_on: date | None = None) -> PersonRow:
    """An entry as lists show it."""
    return PersonRow(
        id=person.id,
        kind=PersonKind(person.kind),
        name=person.name,
        sex=Sex(person.sex) if person.sex else None,
        birth=person.birth,
        number=mask_id(person.id_no) if person.id_no else person.uscc,
        phone=mask_phone(person.phone) if person.phone else "",
        village=person.village,
        cases=cases,
        latest_on=latest_on,
        sk=person.sk,
    )


def case_counts(uow: UnitOfWork, person_ids: Collection[str]) -> dict[str, tuple[int, date | None]]:
    """In how many cases each took part, under the own entry or one merged into it, and the last day."""
    rows = uow.session.execute(
        select(KEPT_ID, func.count(Case.id.distinct()), func.max(Case.received_at))
        .join(Party, Party.person_id == Person.id)
        .join(Case, Case.id == Party.case_id)
        .where(or_(Person.id.in_(person_ids), Person.merged_into.in_(person_ids)))
        .group_by(KEPT_ID)
    )
    return {one: (count, at.astimezone(uow.zone).date() if at else None) for one, count, at in rows}


@use_case(needs=Permission.READ, writes=False)
def open_person(uow: UnitOfWork, person_id: str) -> PersonView:
    """One entry with its relations, cases and what was merged into it; the numbers are covered.

    An entry that was merged opens the one it lies in. Refuses NOT_FOUND.
    """
    return view_person(uow, kept_person(uow, person_id), covered=True)


@use_case(needs=Permission.CASE_REGISTER)
def uncover_person(uow: UnitOfWork, person_id: str) -> PersonView:
    """One entry with its numbers in full; the audit says who looked (domain reference 9.1)."""
    person = kept_person(uow, person_id)
    uow.note(person.id, uncovered=True)
    return view_person(uow, person, covered=False)


@use_case(needs=Permission.READ)
def note_uncovered(uow: UnitOfWork, case_id: str) -> None:
    """Write into the audit that somebody had the numbers of a case's people shown in full."""
    uow.note(uow.get(Case, case_id).id, uncovered=True)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def save_person(uow: UnitOfWork, person_id: str, wanted: PersonInput, row_version: int) -> PersonView:
    """Correct an entry; the parties of old cases keep what was true on their day.

    A covered number that comes back unchanged stays as it is. Refuses INVALID, STALE, and TAKEN when another
    entry has the document number or credit code: those two are to be merged.
    """
    person = uow.get(Person, person_id)
    refuse_stale(uow, person, row_version)
    wanted = _settled(uow, _uncovered(person, wanted), PersonKind(person.kind))
    if problems := tuple(person_problems(wanted, PersonKind(person.kind), uow.today())):
        raise Refused(Reason.INVALID, problems=problems)
    _refuse_taken(uow, person, wanted)
    for name in EDITED:
        value = getattr(wanted, name)
        setattr(person, name, value.strip() if isinstance(value, str) else value)
    person.sound = sound(person.name) or NO_SOUND
    uow.session.flush()
    index_person(uow, person)
    uow.note(person.id)
    uow.changed(Topic.PEOPLE)
    return view_person(uow, person, covered=True)


def _settled(uow: UnitOfWork, wanted: PersonInput, kind: PersonKind) -> PersonInput:
    """The particulars as intake would store them: numbers and phone in their one form."""
    party = PartyInput(key="", role=PartyRole.APPLICANT, kind=kind)
    names = [name for name in PARTICULARS if name != "kind"]
    party = completed(replace(party, **{name: getattr(wanted, name) for name in names}), uow.today())
    return replace(wanted, **{name: getattr(party, name) for name in names})


def _uncovered(person: Person, wanted: PersonInput) -> PersonInput:
    kept: dict[str, Any] = {}
    if person.id_no and wanted.id_no == mask_id(person.id_no):
        kept["id_no"] = person.id_no
    if person.phone and wanted.phone == mask_phone(person.phone):
        kept["phone"] = person.phone
    return replace(wanted, **kept)


def _refuse_taken(uow: UnitOfWork, person: Person, wanted: PersonInput) -> None:
    for number, held in ((wanted.id_no.strip(), Person.id_no), (wanted.uscc.strip(), Person.uscc)):
        if not number:
            continue
        same = select(Person.name).where(held == number, Person.id != person.id, Person.merged_into.is_(None))
        other = uow.session.scalars(same).first()
        if other is not None:
            raise Refused(Reason.TAKEN, what=other)


def view_person(uow: UnitOfWork, person: Person, *, covered: bool) -> PersonView:
    """The entry as its page shows it."""
    values = {name: getattr(person, name) for name in EDITED}
    values["sex"] = Sex(person.sex) if person.sex else None
    values["id_kind"], values["capacity"] = IdKind(person.id_kind), Capacity(person.capacity)
    if covered:
        values["id_no"] = mask_id(person.id_no) if person.id_no else ""
        values["phone"] = mask_phone(person.phone) if person.phone else ""
    return PersonView(
        id=person.id,
        sk=person.sk,
        row_version=person.row_version,
        kind=PersonKind(person.kind),
        input=PersonInput(**values),
        covered=covered,
        age=age_on(person.birth, uow.today()) if person.birth else None,
        relations=relations_of(uow, person.id),
        cases=cases_of(uow, person.id),
        merged=_merged(uow, person.id),
    )


def _merged(uow: UnitOfWork, person_id: str) -> tuple[MergeRow, ...]:
    """What lies in an entry, also through another one."""
    rows = uow.session.execute(
        select(PersonMerge, Person.name)
        .join(Person, Person.id == PersonMerge.gone_id)
        .where(PersonMerge.kept_id.in_(entries_with(uow, (person_id,))), PersonMerge.undone_at.is_(None))
        .order_by(PersonMerge.id.desc())
    )
    return tuple(MergeRow(row.id, name, row.at, row.by) for row, name in rows)
