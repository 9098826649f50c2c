"""Find entries that may be one person, make two one, and part them again at any time."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.progress import Progress, Silent
from app.domain.register import Double, DoubleReason, PersonView
from app.models.local import PersonMerge, PersonPair
from app.models.people import Person
from app.services.cases.people import NO_SOUND, sound
from app.services.kernel.entries import kept_person
from app.services.kernel.projection import forget_person, index_person
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.people.completing import NUMBERS, complete, differing, rewrite
from app.services.people.register import case_counts, row_of, view_person

MOST = 200
_AT_ONCE = 2000


@use_case(needs=Permission.CASE_REGISTER, quiet=True)
def fill_sounds(uow: UnitOfWork) -> int:
    """Note how the names of entries sound that an earlier program wrote; how many are still to be done."""
    silent = Person.sound == ""
    for row in uow.session.scalars(select(Person).where(silent).limit(_AT_ONCE)).all():
        row.sound = sound(row.name) or NO_SOUND
    uow.session.flush()
    return uow.session.scalar(select(func.count()).select_from(Person).where(silent)) or 0


@use_case(needs=Permission.READ, writes=False)
def list_doubles(uow: UnitOfWork, progress: Progress | None = None) -> tuple[Double, ...]:
    """Pairs of entries that may be one person, the surest first; at most two hundred.

    The same number, the same phone, the same name in one village, names that sound alike in one village or
    with one day of birth. Pairs somebody looked at and left apart are not shown again.
    """
    reasons: dict[tuple[str, str], list[DoubleReason]] = {}
    people: dict[str, Person] = {}
    alike = _alike()
    for at, (reason, same) in enumerate(alike):
        (progress or Silent()).step(at, len(alike))
        for one, other in uow.session.execute(_pairs(same)):
            people[one.id], people[other.id] = one, other
            reasons.setdefault((one.id, other.id), []).append(reason)
    first = list(reasons.items())[:MOST]
    counts = case_counts(uow, {person_id for pair, _ in first for person_id in pair})
    rows = {one: row_of(people[one], *counts.get(one, (0, None))) for pair, _ in first for one in pair}
    return tuple(
        Double(rows[one], rows[other], tuple(dict.fromkeys(found)), differing(people[one], people[other]))
        for (one, other), found in first
    )


_ONE, _OTHER = aliased(Person), aliased(Person)


def _equal(name: str) -> ColumnElement[bool]:
    return and_(getattr(_ONE, name) != "", getattr(_ONE, name) == getattr(_OTHER, name))


def _alike() -> tuple[tuple[DoubleReason, ColumnElement[bool]], ...]:
    home = or_(_equal("village"), _ONE.birth == _OTHER.birth)
    heard = and_(_equal("sound"), _ONE.sound != NO_SOUND, _ONE.name != _OTHER.name)
    return (
        (DoubleReason.NUMBER, _equal("id_no")),
        (DoubleReason.NUMBER, _equal("uscc")),
        (DoubleReason.PHONE, _equal("phone")),
        (DoubleReason.NAME_VILLAGE, and_(_equal("name"), _equal("village"))),
        (DoubleReason.SOUND, and_(heard, home)),
    )


def _pairs(same: ColumnElement[bool]) -> Select[Person, Person]:
    """Two entries of one kind for which this holds, unless two documents or somebody said they are two."""
    seen = exists().where(PersonPair.person_a == _ONE.id, PersonPair.person_b == _OTHER.id)
    numbers = [(getattr(_ONE, name), getattr(_OTHER, name)) for name in NUMBERS]
    proved = [and_(one != "", other != "", one != other) for one, other in numbers]
    return (
        select(_ONE, _OTHER)
        .where(_ONE.id < _OTHER.id, _ONE.merged_into.is_(None), _OTHER.merged_into.is_(None))
        .where(_ONE.kind == _OTHER.kind, same, ~or_(*proved), ~seen)
        .limit(MOST)
    )


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
    with itself or of another kind, and for two different document numbers or credit codes (`two_numbers`).
    """
    kept, gone = kept_person(uow, kept_id), kept_person(uow, gone_id)
    if code := _hindrance(kept, gone):
        raise Refused(Reason.INVALID, problems=(Problem("gone", code),))
    merge = PersonMerge(kept_id=kept.id, gone_id=gone.id, snapshot={}, at=uow.now(), by=uow.actor.name)
    uow.session.add(merge)
    merge.snapshot = complete(kept, gone)
    gone.merged_into = kept.id
    for below in uow.session.scalars(select(Person).where(Person.merged_into == gone.id)).all():
        below.merged_into = kept.id
    uow.session.flush()
    forget_person(uow, gone)
    index_person(uow, kept)
    uow.note(kept.id, gone=gone.id)
    uow.changed(Topic.PEOPLE, Topic.CASES)
    return view_person(uow, kept, covered=True)


def _hindrance(kept: Person, gone: Person) -> str:
    if kept.id == gone.id:
        return "same_person"
    if kept.kind != gone.kind:
        return "other_kind"
    numbers = [(getattr(kept, name), getattr(gone, name)) for name in NUMBERS]
    return "two_numbers" if any(one and other and one != other for one, other in numbers) else ""


@use_case(needs=Permission.CASE_REGISTER)
def part_people(uow: UnitOfWork, merge_id: str) -> PersonView:
    """Take an entry out of the one it was merged into; what came from it goes with it.

    A field somebody has changed since stays as it is. What had been merged into the parted entry before
    stays with it; further merges stay too. Gives back the entry it lay in; refuses NOT_FOUND for a merge
    undone before.
    """
    merge = uow.get(PersonMerge, merge_id)
    if merge.undone_at is not None:
        raise Refused(Reason.NOT_FOUND)
    kept, gone = uow.get(Person, merge.kept_id), uow.get(Person, merge.gone_id)
    merge.undone_at = uow.now()
    uow.session.flush()
    _stand_alone(uow, gone)
    _take_back(uow, kept, merge)
    shown = kept_person(uow, kept.id)
    uow.session.flush()
    for person in (shown, gone):
        index_person(uow, person)
    uow.note(shown.id, parted=gone.id)
    uow.changed(Topic.PEOPLE, Topic.CASES)
    return view_person(uow, shown, covered=True)


def _active(uow: UnitOfWork, person: Person) -> list[PersonMerge]:
    """The merges into an entry, the first one first."""
    found = select(PersonMerge).where(PersonMerge.kept_id == person.id, PersonMerge.undone_at.is_(None))
    return list(uow.session.scalars(found.order_by(PersonMerge.id)))


def _stand_alone(uow: UnitOfWork, person: Person) -> None:
    """Let an entry be its own again, and what was merged into it lie in it."""
    person.merged_into = None
    below = _active(uow, person)
    while below:
        one = uow.get(Person, below.pop().gone_id)
        one.merged_into = person.id
        below.extend(_active(uow, one))


def _take_back(uow: UnitOfWork, kept: Person, parted: PersonMerge | None) -> None:
    """Write an entry anew from what it was and what is still merged into it, and those it lies in."""
    staying = _active(uow, kept)
    told = sorted([*staying, parted] if parted else staying, key=lambda merge: merge.id)
    sources = [(merge.snapshot, uow.get(Person, merge.gone_id), merge is not parted) for merge in told]
    for merge, snapshot in zip(told, rewrite(kept, sources), strict=True):
        merge.snapshot = snapshot
    above = select(PersonMerge).where(PersonMerge.gone_id == kept.id, PersonMerge.undone_at.is_(None))
    for merge in uow.session.scalars(above).all():
        _take_back(uow, uow.get(Person, merge.kept_id), None)
