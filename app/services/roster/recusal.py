"""What ties a mediator to a case, and the relations between persons it is told from."""

from sqlalchemy import or_, select

from app.domain.actor import Permission
from app.domain.cases import PartyInput, PartyRole
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.people import RelationKind
from app.domain.recusal import Finding, RelationRow
from app.domain.values.identity import IdKind, Sex
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.case import Case
from app.models.people import Person, Relation
from app.models.roster import Mediator
from app.services.cases.people import keep_person
from app.services.kernel.entries import entries_with, kept_person
from app.services.kernel.ties import mediator_as_someone, namesakes, recusal_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.READ, writes=False)
def check_recusal(uow: UnitOfWork, case_id: str, mediator_id: str) -> tuple[Finding, ...]:
    """What ties a mediator to the people of a case, each with the fact that proves it."""
    mediator = uow.get(Mediator, mediator_id)
    return recusal_of(uow, uow.get(Case, case_id), [mediator])[mediator_id]


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def relate_people(
    uow: UnitOfWork, person_a: str, person_b: str, kind: RelationKind, note: str = ""
) -> tuple[RelationRow, ...]:
    """Write down how two persons of the register are tied; the relations of the first one are given back.

    Refuses INVALID for a person tied to itself, TAKEN for a tie already there, NOT_FOUND.
    """
    _relate(uow, kept_person(uow, person_a), kept_person(uow, person_b), kind, note)
    return relations_of(uow, person_a)


@use_case(needs=Permission.CASE_REGISTER)
def relate_mediator(
    uow: UnitOfWork, mediator_id: str, person_id: str, kind: RelationKind, note: str = ""
) -> tuple[RelationRow, ...]:
    """Write down how a mediator is tied to a person; the mediator enters the register of persons for it."""
    mediator = uow.get(Mediator, mediator_id)
    other = kept_person(uow, person_id)
    person = _person_of(uow, mediator)
    _relate(uow, person, other, kind, note)
    return relations_of(uow, person.id)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def drop_relation(uow: UnitOfWork, relation_id: str) -> None:
    """Strike out a relation that was written down by mistake or is over."""
    relation = uow.get(Relation, relation_id)
    uow.session.delete(relation)
    uow.note(relation_id, kind=relation.kind)
    uow.changed(Topic.PEOPLE)


@use_case(needs=Permission.READ, writes=False)
def list_relations(uow: UnitOfWork, person_id: str) -> tuple[RelationRow, ...]:
    """The recorded ties of a person, those of entries merged into it among them."""
    return relations_of(uow, person_id)


def _person_of(uow: UnitOfWork, mediator: Mediator) -> Person:
    """The register's entry of a mediator; made when there is none."""
    people = namesakes(uow, (mediator,))
    keys = mediator_as_someone(mediator, people).keys
    for person in people:
        if person.id in keys:
            return kept_person(uow, person.id)
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
    if any(row.person_id == other.id and row.kind is kind for row in relations_of(uow, one.id)):
        raise Refused(Reason.TAKEN, what=other.name)
    relation = Relation(person_a=one.id, person_b=other.id, kind=kind, note=note.strip())
    uow.session.add(relation)
    uow.session.flush()
    uow.note(relation.id, kind=kind)
    uow.changed(Topic.PEOPLE)


def relations_of(uow: UnitOfWork, person_id: str) -> tuple[RelationRow, ...]:
    """The recorded ties of a person in the order they were written down, under whichever entry.

    Others are named by the entry they were merged into; a tie between two entries now one is not told.
    """
    mine = entries_with(uow, (person_id,)) or {person_id: person_id}
    rows = uow.session.scalars(
        select(Relation)
        .where(or_(Relation.person_a.in_(mine), Relation.person_b.in_(mine)))
        .order_by(Relation.id)
    )
    found: dict[tuple[str, str], RelationRow] = {}
    for row in rows.all():
        other = kept_person(uow, row.person_b if row.person_a in mine else row.person_a)
        if other.id not in mine:
            tie = RelationRow(row.id, other.id, other.name, RelationKind(row.kind), row.note)
            found.setdefault((other.id, row.kind), tie)
    return tuple(found.values())
