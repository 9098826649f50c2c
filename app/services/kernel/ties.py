"""Gathers what recusal looks at: the people of a case, their relations, their earlier cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select

from app.domain.cases import PRINCIPALS, PartyRole
from app.domain.people import PersonKind, RelationKind
from app.domain.recusal import EarlierPart, Finding, Someone, Tie, findings_of, home_of, same_person
from app.domain.values.text import fold
from app.models.case import Assignment, Case, Party, current_parties
from app.models.people import Person, Relation
from app.models.roster import Mediator
from app.services.kernel.entries import one_with
from app.services.kernel.unit_of_work import UnitOfWork

_Sets = defaultdict[str, set[str]]
_NUMBER = "no:"  # before an identity number among the keys of somebody: a person may stand there twice


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known around a case, gathered once for all mediators."""

    parties: tuple[Someone, ...]
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    earlier: tuple[EarlierPart, ...]


def recusal_of(uow: UnitOfWork, case: Case, mediators: Iterable[Mediator]) -> dict[str, tuple[Finding, ...]]:
    """What ties each mediator (by id) to those now in a case, in six statements however many there are."""
    wanted = tuple(mediators)
    known = _known(uow, case, wanted)
    return {
        mediator.id: findings_of(
            mediator_as_someone(mediator, known.people), mediator.id, known.parties, known.ties, known.earlier
        )
        for mediator in wanted
    }


def _known(uow: UnitOfWork, case: Case, mediators: tuple[Mediator, ...]) -> _Known:
    rows = current_parties(case)
    people = namesakes(uow, mediators, rows)
    parties = tuple(_party(row, people) for row in rows)
    keys = {key for party in parties for key in party.keys}
    numbers = {key.removeprefix(_NUMBER) for key in keys if key.startswith(_NUMBER)}
    keys = {key for key in keys if not key.startswith(_NUMBER)}
    return _Known(parties, people, _ties(uow, keys), _earlier(uow, case, keys, numbers))


def namesakes(
    uow: UnitOfWork, mediators: Sequence[Mediator], parties: Sequence[Party] = ()
) -> tuple[Person, ...]:
    """Those of the register who may be these mediators or parties: same name, same number, or same entry.

    With them all entries that were made one with one of these.
    """
    rows: tuple[Mediator | Party, ...] = (*mediators, *parties)
    names = {row.name for row in rows}
    numbers = {row.id_no for row in rows if row.id_no}
    entries = {party.person_id for party in parties if party.person_id}
    either = or_(Person.name.in_(names), Person.id_no.in_(numbers), Person.id.in_(entries))
    return tuple(uow.session.scalars(select(Person).where(one_with(either))))


def mediator_as_someone(mediator: Mediator, people: Iterable[Person]) -> Someone:
    """A mediator as recusal looks at them, with all their entries of the register."""
    bare = Someone(
        mediator.name, mediator.id_no or "", mediator.phone, mediator.birth, home_of("", mediator.address)
    )
    known = tuple(people)
    return _registered(bare, _with_merged(known, [person for person in known if _same(bare, person)]))


def _party(party: Party, people: Iterable[Person]) -> Someone:
    natural = party.kind == PersonKind.NATURAL
    bare = Someone(
        name=party.name,
        id_no=party.id_no,
        phone=party.phone,
        birth=party.birth,
        home=home_of(party.village, party.address) if natural else "",
        village=party.village if natural else "",
    )
    own = frozenset({party.person_id} if party.person_id else ())
    known = tuple(people)
    entries = [person for person in known if person.id in own or (natural and _same(bare, person))]
    found = _registered(bare, _with_merged(known, entries))
    return replace(found, keys=found.keys | own)


def _with_merged(people: tuple[Person, ...], entries: list[Person]) -> list[Person]:
    """These entries and those made one with them."""
    kept = {person.merged_into or person.id for person in entries}
    return [person for person in people if (person.merged_into or person.id) in kept]


def _same(bare: Someone, person: Person) -> bool:
    if person.kind != PersonKind.NATURAL:
        return False
    return bool(same_person(bare, Someone(person.name, person.id_no, person.phone, person.birth)))


def _registered(bare: Someone, entries: Iterable[Person]) -> Someone:
    """Somebody with what the register knows: ids, numbers, household book, employer."""
    people = tuple(entries)
    numbers = {bare.id_no, *(person.id_no for person in people)} - {""}
    ids = {one for person in people for one in (person.id, person.merged_into) if one}
    return replace(
        bare,
        keys=frozenset(ids | {_NUMBER + number.upper() for number in numbers}),
        village=bare.village or next((person.village for person in people if person.village), ""),
        households=frozenset(fold(person.household) for person in people if person.household),
        employers=frozenset(fold(person.employer) for person in people if person.employer),
    )


def _ties(uow: UnitOfWork, keys: set[str]) -> tuple[Tie, ...]:
    rows = uow.session.scalars(
        select(Relation).where(or_(Relation.person_a.in_(keys), Relation.person_b.in_(keys)))
    )
    return tuple(Tie(row.person_a, row.person_b, RelationKind(row.kind)) for row in rows)


def _earlier(uow: UnitOfWork, case: Case, keys: set[str], numbers: set[str]) -> tuple[EarlierPart, ...]:
    """The other cases these people took part in; known by entry or number, for other offices have theirs."""
    theirs = or_(Party.person_id.in_(keys), Party.id_no.in_(numbers))
    ids = select(Party.case_id).where(theirs, Party.case_id != case.id)
    rows = uow.session.execute(
        select(
            Case.id, Case.number, Case.received_at, Party.id.label("party"), Party.person_id, Party.id_no,
            Party.role, Party.represents,
        )
        .join(Party, Party.case_id == Case.id)
        .where(Case.id.in_(ids))
        .order_by(Case.sk.desc())
    ).all()  # fmt: skip
    mediated = uow.session.execute(
        select(Assignment.case_id, Assignment.mediator_id).where(Assignment.case_id.in_(ids))
    ).all()
    by_case: dict[str, list[Any]] = {}
    for row in rows:
        by_case.setdefault(row.id, []).append(row)
    mediators = _Sets(set)
    for case_id, mediator_id in mediated:
        mediators[case_id].add(mediator_id)
    years = {row.id: row.received_at.astimezone(uow.zone).year for row in rows}
    return tuple(_part(parts, years[case_id], mediators[case_id]) for case_id, parts in by_case.items())


def _part(rows: Sequence[Any], year: int, mediators: set[str]) -> EarlierPart:
    principals: set[str] = set()
    others: set[str] = set()
    known: dict[str, set[str]] = {}
    for row in rows:
        mine = {row.person_id, _NUMBER + row.id_no.upper() if row.id_no else None} - {None}
        known[row.party] = mine
        (principals if PartyRole(row.role) in PRINCIPALS else others).update(mine)
    stood_for = {
        (actor, served)
        for row in rows
        if PartyRole(row.role) not in PRINCIPALS
        for actor in known[row.party]
        for party_id in row.represents
        for served in known.get(party_id, ())
    }
    return EarlierPart(
        number=rows[0].number,
        people=frozenset(principals | others),
        parties=frozenset(principals),
        agents=frozenset(others),
        mediators=frozenset(mediators),
        year=year,
        stood_for=frozenset(stood_for),
    )
