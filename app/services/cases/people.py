"""The register of persons: kept while cases are registered, offered while names are typed."""

from sqlalchemy import func, select, text

from app.domain.actor import Permission
from app.domain.cases import CaseStatus, EarlierCase, PartyInput, PartyRole
from app.domain.people import PersonKind, PersonMatch
from app.domain.values.identity import IdKind, Sex
from app.domain.values.search_tokens import match_query
from app.models.case import Case, Party
from app.models.people import Particulars, Person
from app.services.kernel.projection import index_person, person_tokens
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

PARTICULARS = tuple(Particulars.__annotations__)
OFFERED = 8


def keep_person(uow: UnitOfWork, party: PartyInput) -> Person:
    """The register's entry for this party: the chosen one, the one with the same number, or a new one.

    Later particulars complete or replace earlier ones; nothing known is lost to a blank.
    """
    person = _known(uow, party) or Person(sk=_next_sk(uow))
    for name in PARTICULARS:
        value = getattr(party, name)
        if value not in ("", None) or getattr(person, name, None) is None:
            setattr(person, name, value)
    uow.session.add(person)
    uow.session.flush()
    index_person(uow, person)
    return person


def _known(uow: UnitOfWork, party: PartyInput) -> Person | None:
    if party.id_no:
        found = select(Person).where(Person.id_no == party.id_no, Person.id_kind == party.id_kind)
        return uow.session.scalars(found).first() or _chosen(uow, party, without_number=True)
    if party.uscc:
        return uow.session.scalars(select(Person).where(Person.uscc == party.uscc)).first() or _chosen(
            uow, party
        )
    return _chosen(uow, party)


def _chosen(uow: UnitOfWork, party: PartyInput, *, without_number: bool = False) -> Person | None:
    person = uow.session.get(Person, party.person_id) if party.person_id else None
    if person is None or person.name != party.name or (without_number and person.id_no):
        return None
    return person


def _next_sk(uow: UnitOfWork) -> int:
    return (uow.session.scalar(select(func.max(Person.sk))) or 0) + 1


@use_case(needs=Permission.READ, writes=False)
def suggest_people(uow: UnitOfWork, typed: str) -> tuple[PersonMatch, ...]:
    """Earlier persons whose name, pinyin initials or number contain what is typed; at most eight."""
    match = match_query(typed)
    if not match.fts:
        return ()
    rows = uow.session.execute(
        text("SELECT rowid FROM person_search WHERE person_search MATCH :q ORDER BY rowid DESC LIMIT :most"),
        {"q": match.fts, "most": OFFERED * 4},
    )
    found = uow.session.scalars(select(Person).where(Person.sk.in_([row[0] for row in rows])))
    people = sorted(found, key=lambda person: -person.sk)
    return tuple(_match(uow, person) for person in people if _holds(person, match.verify))[:OFFERED]


def _holds(person: Person, terms: tuple[str, ...]) -> bool:
    folded = person_tokens(person).folded
    return all(term in folded for term in terms)


def _match(uow: UnitOfWork, person: Person) -> PersonMatch:
    cases = _earlier(uow, person.id)
    return PersonMatch(
        id=person.id,
        kind=PersonKind(person.kind),
        name=person.name,
        sex=Sex(person.sex) if person.sex else None,
        birth=person.birth,
        id_kind=IdKind(person.id_kind),
        id_no=person.id_no,
        phone=person.phone,
        nation=person.nation,
        occupation=person.occupation,
        village=person.village,
        address=person.address,
        uscc=person.uscc,
        legal_representative=person.legal_representative,
        representative_post=person.representative_post,
        cases=len(cases),
        latest=cases[0].number if cases else "",
    )


def _earlier(uow: UnitOfWork, person_id: str) -> list[EarlierCase]:
    """The cases a person took part in, the newest first."""
    rows = uow.session.execute(
        select(Case, Party.role)
        .join(Party, Party.case_id == Case.id)
        .where(Party.person_id == person_id)
        .order_by(Case.sk.desc())
    )
    return [
        EarlierCase(
            case.id,
            case.number,
            PartyRole(role),
            case.type_a,
            CaseStatus(case.status),
            case.received_at.astimezone(uow.zone).date(),
        )
        for case, role in rows
    ]


@use_case(needs=Permission.READ, writes=False)
def earlier_cases(uow: UnitOfWork, person_id: str) -> tuple[EarlierCase, ...]:
    """The cases a person took part in, shown beside the form while a new one is written."""
    return tuple(_earlier(uow, person_id))
