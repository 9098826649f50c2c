"""Gathers what recusal looks at, and keeps the relations between persons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS, PartyInput, PartyRole
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.people import PersonKind, RelationKind
from app.domain.recusal import (
    EarlierPart,
    Finding,
    RelationRow,
    Someone,
    Tie,
    findings_of,
    home_of,
    same_person,
)
from app.domain.values.identity import IdKind, Sex
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.case import Assignment, Case, Party
from app.models.people import Person, Relation
from app.models.roster import Mediator
from app.services.cases.people import keep_person
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_Sets = defaultdict[str, set[str]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known around a case, gathered once for all mediators."""

    parties: tuple[Someone, ...]
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    earlier: tuple[EarlierPart, ...]


def recusal_of(uow: UnitOfWork, case: Case, mediators: Iterable[Mediator]) -> dict[str, tuple[Finding, ...]]:
    """What ties each mediator (by id) to the people of a case, in five statements however many there are."""
    wanted = tuple(mediators)
    known = _known(uow, case, wanted)
    return {
        mediator.id: findings_of(
            _someone(mediator, known.people), mediator.id, known.parties, known.ties, known.earlier
        )
        for mediator in wanted
    }


def _known(uow: UnitOfWork, case: Case, mediators: tuple[Mediator, ...]) -> _Known:
    party_keys = {party.person_id for party in case.parties if party.person_id}
    return _Known(
        parties=tuple(_party(party) for party in case.parties),
        people=_namesakes(uow, mediators),
        ties=_ties(uow, party_keys),
        earlier=_earlier(uow, case, party_keys),
    )


def _namesakes(uow: UnitOfWork, mediators: tuple[Mediator, ...]) -> tuple[Person, ...]:
    """Those of the register who may be the mediators: same name or same number."""
    names = [mediator.name for mediator in mediators]
    numbers = [mediator.id_no for mediator in mediators if mediator.id_no]
    either = or_(Person.name.in_(names), Person.id_no.in_(numbers))
    return tuple(uow.session.scalars(select(Person).where(Person.kind == PersonKind.NATURAL, either)))


def _someone(mediator: Mediator, people: tuple[Person, ...]) -> Someone:
    bare = Someone(
        mediator.name, mediator.id_no or "", mediator.phone, mediator.birth, home_of("", mediator.address)
    )
    keys = frozenset(
        person.id
        for person in people
        if same_person(bare, Someone(person.name, person.id_no, person.phone, person.birth))
    )
    return Someone(bare.name, bare.id_no, bare.phone, bare.birth, bare.home, keys)


def _party(party: Party) -> Someone:
    natural = party.kind == PersonKind.NATURAL
    return Someone(
        name=party.name,
        id_no=party.id_no,
        phone=party.phone,
        birth=party.birth,
        home=home_of(party.village, party.address) if natural else "",
        keys=frozenset({party.person_id} if party.person_id else ()),
    )


def _ties(uow: UnitOfWork, keys: set[str]) -> tuple[Tie, ...]:
    rows = uow.session.scalars(
        select(Relation).where(or_(Relation.person_a.in_(keys), Relation.person_b.in_(keys)))
    )
    return tuple(Tie(row.person_a, row.person_b, RelationKind(row.kind)) for row in rows)


def _earlier(uow: UnitOfWork, case: Case, keys: set[str]) -> tuple[EarlierPart, ...]:
    ids = select(Party.case_id).where(Party.person_id.in_(keys), Party.case_id != case.id)
    parties = uow.session.execute(
        select(Case.id, Case.number, Party.person_id, Party.role)
        .join(Party, Party.case_id == Case.id)
        .where(Case.id.in_(ids), Party.person_id.is_not(None))
        .order_by(Case.sk.desc())
    ).all()
    mediated = uow.session.execute(
        select(Assignment.case_id, Assignment.mediator_id).where(Assignment.case_id.in_(ids))
    ).all()
    numbers = {case_id: number for case_id, number, _, _ in parties}
    principals, others, mediators = _Sets(set), _Sets(set), _Sets(set)
    for case_id, _, person_id, role in parties:
        (principals if PartyRole(role) in PRINCIPALS else others)[case_id].add(person_id or "")
    for case_id, mediator_id in mediated:
        mediators[case_id].add(mediator_id)
    return tuple(
        EarlierPart(
            number=number,
            people=frozenset(principals[case_id] | others[case_id]),
            parties=frozenset(principals[case_id]),
            agents=frozenset(others[case_id]),
            mediators=frozenset(mediators[case_id]),
        )
        for case_id, number in numbers.items()
    )


@use_case(needs=Permission.READ, writes=False)
def check_recusal(uow: UnitOfWork, case_id: str, mediator_id: str) -> tuple[Finding, ...]:
    """What ties a mediator to the people of a case, each with the fact that proves it."""
    mediator = uow.get(Mediator, mediator_id)
    return recusal_of(uow, uow.get(Case, case_id), [mediator])[mediator_id]


@use_case(needs=Permission.CASE_REGISTER)
def relate_people(
    uow: UnitOfWork, person_a: str, person_b: str, kind: RelationKind, note: str = ""
) -> tuple[RelationRow, ...]:
    """Write down how two persons of the register are tied; the relations of the first one are given back.

    Refuses INVALID for a person tied to itself, TAKEN for a tie already there, NOT_FOUND.
    """
    _relate(uow, uow.get(Person, person_a), uow.get(Person, person_b), kind, note)
    return _relations(uow, person_a)


@use_case(needs=Permission.CASE_REGISTER)
def relate_mediator(
    uow: UnitOfWork, mediator_id: str, person_id: str, kind: RelationKind, note: str = ""
) -> tuple[RelationRow, ...]:
    """Write down how a mediator is tied to a person; the mediator enters the register of persons for it."""
    mediator = uow.get(Mediator, mediator_id)
    other = uow.get(Person, person_id)
    person = _person_of(uow, mediator)
    _relate(uow, person, other, kind, note)
    return _relations(uow, person.id)


@use_case(needs=Permission.CASE_REGISTER)
def drop_relation(uow: UnitOfWork, relation_id: str) -> None:
    """Strike out a relation that was written down by mistake or is over."""
    relation = uow.get(Relation, relation_id)
    uow.session.delete(relation)
    uow.note(relation_id, kind=relation.kind)
    uow.changed(Topic.PEOPLE)


@use_case(needs=Permission.READ, writes=False)
def list_relations(uow: UnitOfWork, person_id: str) -> tuple[RelationRow, ...]:
    """The recorded ties of a person."""
    return _relations(uow, person_id)


def _person_of(uow: UnitOfWork, mediator: Mediator) -> Person:
    """The register's entry of a mediator; made when there is none."""
    people = _namesakes(uow, (mediator,))
    keys = _someone(mediator, people).keys
    for person in people:
        if person.id in keys:
            return person
    return keep_person(
        uow,
        PartyInput(
            key="mediator",
            role=PartyRole.THIRD,
            name=mediator.name,
            sex=Sex(mediator.sex) if mediator.sex else None,
            birth=mediator.birth,
            id_kind=IdKind.RESIDENT_ID if mediator.id_no else IdKind.NONE,
            id_no=mediator.id_no or "",
            phone=mediator.phone,
            nation=mediator.nation,
            address=mediator.address,
        ),
    )


def _relate(uow: UnitOfWork, one: Person, other: Person, kind: RelationKind, note: str) -> None:
    if one.id == other.id:
        raise Refused(Reason.INVALID, problems=(Problem("person_b", "same_person"),))
    if problems := tuple(text_problems("note", note, MAX_REASON)):
        raise Refused(Reason.INVALID, problems=problems)
    if any(row.person_id == other.id and row.kind is kind for row in _relations(uow, one.id)):
        raise Refused(Reason.TAKEN, what=other.name)
    relation = Relation(person_a=one.id, person_b=other.id, kind=kind, note=note.strip())
    uow.session.add(relation)
    uow.session.flush()
    uow.note(relation.id, kind=kind)
    uow.changed(Topic.PEOPLE)


def _relations(uow: UnitOfWork, person_id: str) -> tuple[RelationRow, ...]:
    rows = uow.session.scalars(
        select(Relation)
        .where(or_(Relation.person_a == person_id, Relation.person_b == person_id))
        .order_by(Relation.id)
    )
    found = []
    for row in rows:
        other = uow.get(Person, row.person_b if row.person_a == person_id else row.person_a)
        found.append(RelationRow(row.id, other.id, other.name, RelationKind(row.kind), row.note))
    return tuple(found)
