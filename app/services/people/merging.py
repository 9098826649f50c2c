"""Find entries that may be one person, make two one, and part them again at any time."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.orm import aliased

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.register import Double, DoubleReason, PersonInput, PersonView
from app.models.local import PersonMerge, PersonPair
from app.models.people import Person
from app.services.cases.people import sound
from app.services.kernel.journal import plain, row_values
from app.services.kernel.projection import index_person
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.people.register import kept_person, row_of, view_person

MOST = 200
_AT_ONCE = 2000
_FILLED = tuple(field.name for field in fields(PersonInput) if field.name != "name")
_EMPTY: tuple[Any, ...] = ("", None)
_NO_SEARCH = text("DELETE FROM person_search WHERE rowid = :sk")


@use_case(needs=Permission.CASE_REGISTER, quiet=True)
def fill_sounds(uow: UnitOfWork) -> int:
    """Note how the names of entries sound that an earlier program wrote; how many are still to be done."""
    rows = uow.session.scalars(select(Person).where(Person.sound == "", Person.name != "").limit(_AT_ONCE))
    done = 0
    for row in rows.all():
        row.sound = sound(row.name) or "-"
        done += 1
    return done


@use_case(needs=Permission.READ, writes=False)
def list_doubles(uow: UnitOfWork) -> tuple[Double, ...]:
    """Pairs of entries that may be one person, the surest first; at most two hundred.

    The same number, the same phone, the same name in one village, names that sound alike in one village or
    with one day of birth. Pairs somebody looked at and left apart are not shown again.
    """
    reasons: dict[tuple[str, str], list[DoubleReason]] = {}
    people: dict[str, Person] = {}
    for reason, pairs in _pairs(uow):
        for one, other in pairs:
            first, second = sorted((one, other), key=lambda person: person.id)
            people[first.id], people[second.id] = first, second
            reasons.setdefault((first.id, second.id), []).append(reason)
    apart = {
        tuple(sorted(pair)) for pair in uow.session.execute(select(PersonPair.person_a, PersonPair.person_b))
    }
    return tuple(
        Double(row_of(people[one]), row_of(people[other]), tuple(found))
        for (one, other), found in reasons.items()
        if (one, other) not in apart
    )[:MOST]


def _pairs(uow: UnitOfWork) -> Iterator[tuple[DoubleReason, list[tuple[Person, Person]]]]:
    one, other = aliased(Person), aliased(Person)
    alike: tuple[tuple[DoubleReason, ColumnElement[bool]], ...] = (
        (
            DoubleReason.NUMBER,
            or_(
                and_(one.id_no != "", one.id_no == other.id_no),
                and_(one.uscc != "", one.uscc == other.uscc),
            ),
        ),
        (DoubleReason.PHONE, and_(one.phone != "", one.phone == other.phone, one.kind == other.kind)),
        (
            DoubleReason.NAME_VILLAGE,
            and_(one.name == other.name, one.village != "", one.village == other.village),
        ),
        (
            DoubleReason.SOUND,
            and_(
                one.sound == other.sound, one.sound != "", one.sound != "-", one.name != other.name,
                or_(and_(one.village != "", one.village == other.village), one.birth == other.birth),
            ),
        ),
    )  # fmt: skip
    for reason, same in alike:
        # Two documents prove two people, however alike the rest is.
        differ = and_(one.id_no != "", other.id_no != "", one.id_no != other.id_no)
        rows = uow.session.execute(
            select(one, other)
            .where(one.id < other.id, one.merged_into.is_(None), other.merged_into.is_(None), same, ~differ)
            .limit(MOST)
        )
        yield reason, [(a, b) for a, b in rows]


@use_case(needs=Permission.CASE_REGISTER)
def leave_apart(uow: UnitOfWork, person_a: str, person_b: str) -> None:
    """Note that two entries are two persons: they are not offered for merging again."""
    one, other = sorted((uow.get(Person, person_a).id, uow.get(Person, person_b).id))
    uow.session.add(PersonPair(person_a=one, person_b=other, by=uow.actor.name, at=uow.now()))
    uow.note(one, other=other)
    uow.changed(Topic.PEOPLE)


@use_case(needs=Permission.CASE_REGISTER)
def merge_people(uow: UnitOfWork, kept_id: str, gone_id: str) -> PersonView:
    """Make two entries one: the kept one is completed, cases of both are shown with it.

    Parties of cases are left as they are, so that nothing of a case changes. Refuses INVALID for an entry
    with itself or of another kind, and for two different document numbers (`two_numbers`).
    """
    kept, gone = kept_person(uow, kept_id), kept_person(uow, gone_id)
    if kept.id == gone.id:
        raise Refused(Reason.INVALID, problems=(Problem("gone", "same_person"),))
    if kept.kind != gone.kind:
        raise Refused(Reason.INVALID, problems=(Problem("gone", "other_kind"),))
    if kept.id_no and gone.id_no and kept.id_no != gone.id_no:
        raise Refused(Reason.INVALID, problems=(Problem("gone", "two_numbers"),))
    before = row_values(kept)
    merge = PersonMerge(kept_id=kept.id, gone_id=gone.id, snapshot=before, at=uow.now(), by=uow.actor.name)
    uow.session.add(merge)
    _complete(kept, gone)
    gone.merged_into = kept.id
    for below in uow.session.scalars(select(Person).where(Person.merged_into == gone.id)).all():
        below.merged_into = kept.id
    uow.session.flush()
    merge.snapshot = {"before": before, "after": {name: plain(getattr(kept, name)) for name in _FILLED}}
    uow.session.connection().execute(_NO_SEARCH, {"sk": gone.sk})
    index_person(uow, kept)
    uow.note(kept.id, gone=gone.id)
    uow.changed(Topic.PEOPLE, Topic.CASES)
    return view_person(uow, kept, covered=True)


def _complete(kept: Person, gone: Person) -> None:
    for name in _FILLED:
        if getattr(kept, name) in _EMPTY and getattr(gone, name) not in _EMPTY:
            setattr(kept, name, getattr(gone, name))
    if gone.name != kept.name and gone.name not in kept.former_names:
        kept.former_names = "、".join(filter(None, (kept.former_names, gone.name)))[:100]


@use_case(needs=Permission.CASE_REGISTER)
def part_people(uow: UnitOfWork, merge_id: str) -> PersonView:
    """Take an entry out of the one it was merged into; what came from it goes with it.

    A field somebody has changed since stays as it is. Refuses NOT_FOUND for a merge undone before.
    """
    merge = uow.get(PersonMerge, merge_id)
    if merge.undone_at is not None:
        raise Refused(Reason.NOT_FOUND)
    kept, gone = uow.get(Person, merge.kept_id), uow.get(Person, merge.gone_id)
    before, after = merge.snapshot["before"], merge.snapshot["after"]
    for name in _FILLED:
        if before[name] != after[name] and plain(getattr(kept, name)) == after[name]:
            column = Person.__table__.c[name]
            value = before[name]
            if value is not None and column.type.python_type.__name__ == "date":
                value = column.type.python_type.fromisoformat(value)
            setattr(kept, name, value)
    gone.merged_into = None
    merge.undone_at = uow.now()
    uow.session.flush()
    for person in (kept, gone):
        index_person(uow, person)
    uow.note(kept.id, parted=gone.id)
    uow.changed(Topic.PEOPLE, Topic.CASES)
    return view_person(uow, kept, covered=True)
