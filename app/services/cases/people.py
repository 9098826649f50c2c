"""The register of persons: kept while cases are registered, offered while names are typed."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, text

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS, CaseIntake, EarlierCase, PartyInput, PartyRole
from app.domain.flow import CaseStatus
from app.domain.people import PersonKind, PersonMatch
from app.domain.register import Repeat
from app.domain.values.identity import IdKind, Sex
from app.domain.values.search_tokens import match_query
from app.domain.values.text import sound_of
from app.models.case import Case, Party, current_parties
from app.models.people import Particulars, Person
from app.services.kernel.entries import KEPT_ID, entries_with, kept_person, one_with
from app.services.kernel.projection import index_person, initials, person_tokens
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

PARTICULARS = tuple(Particulars.__annotations__)
NO_SOUND = "-"  # nothing of the name can be read aloud
OFFERED = 8
EARLIER = 20
SAME_DISPUTE_DAYS = 365
_SHORT = (Case.id, Case.number, Case.type_a, Case.status, Case.received_at)


def keep_person(uow: UnitOfWork, party: PartyInput) -> Person:
    """The register's entry for this party: the chosen one, the one with the same number, or a new one.

    Later particulars complete or replace earlier ones; nothing known is lost to a blank. An entry that was
    merged gives them to the one it lies in, which keeps its name.
    """
    known = _known(uow, party)
    merged = known is not None and known.merged_into is not None
    person = kept_person(uow, known.id) if known is not None else Person(sk=_next_sk(uow))
    for name in PARTICULARS:
        value = getattr(party, name)
        if merged and name == "name":
            continue
        if value not in ("", None) or getattr(person, name, None) is None:
            setattr(person, name, value)
    person.sound = sound(person.name) or NO_SOUND
    uow.session.add(person)
    uow.session.flush()
    index_person(uow, person)
    return person


def sound(name: str) -> str:
    """How a name sounds, without tones: the register finds those alike by it."""
    return sound_of(name, initials())[:60]


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
    return find_people(uow, typed, OFFERED)


def find_people(uow: UnitOfWork, typed: str, most: int) -> tuple[PersonMatch, ...]:
    """The latest entries whose names, initials, numbers or home contain what is typed, at most `most`."""
    match = match_query(typed)
    if not match.fts:
        return ()
    rows = uow.session.execute(
        text("SELECT rowid FROM person_search WHERE person_search MATCH :q ORDER BY rowid DESC LIMIT :most"),
        {"q": match.fts, "most": most * 4 if match.verify else most},
    )
    found = uow.session.scalars(select(Person).where(Person.sk.in_([row[0] for row in rows])))
    people = sorted(found, key=lambda person: -person.sk)
    offered = [person for person in people if _holds(person, match.verify)][:most]
    parts = _parts_of(uow, [person.id for person in offered])
    return tuple(_match(person, *parts.get(person.id, (0, ""))) for person in offered)


def _parts_of(uow: UnitOfWork, person_ids: list[str]) -> dict[str, tuple[int, str]]:
    """In how many cases each person took part, and the number of the latest."""
    counted = (
        select(KEPT_ID.label("kept"), func.count(Case.id.distinct()), func.max(Case.sk).label("latest"))
        .join(Party, Party.person_id == Person.id)
        .join(Case, Case.id == Party.case_id)
        .where(or_(Person.id.in_(person_ids), Person.merged_into.in_(person_ids)))
        .group_by(KEPT_ID)
        .subquery()
    )
    rows = uow.session.execute(select(counted, Case.number).join(Case, Case.sk == counted.c.latest))
    return {person_id: (count, number) for person_id, count, _, number in rows}


def _holds(person: Person, terms: tuple[str, ...]) -> bool:
    folded = person_tokens(person).folded
    return all(term in folded for term in terms)


def _match(person: Person, cases: int, latest: str) -> PersonMatch:
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
        cases=cases,
        latest=latest,
    )


@use_case(needs=Permission.READ, writes=False)
def earlier_cases(uow: UnitOfWork, person_id: str) -> tuple[EarlierCase, ...]:
    """The latest twenty cases a person took part in, shown beside the form while a new one is written."""
    return cases_of(uow, person_id)


def cases_of(uow: UnitOfWork, person_id: str) -> tuple[EarlierCase, ...]:
    """The latest twenty cases of an entry and of those made one with it, each once."""
    mine = select(Person.id).where(one_with(Person.id == person_id))
    rows = uow.session.execute(
        select(*_SHORT, Party.role)
        .join(Party, Party.case_id == Case.id)
        .where(Party.person_id.in_(mine))
        .order_by(Case.sk.desc(), Party.seat)
        .limit(EARLIER * 2)
    )
    found: dict[str, EarlierCase] = {}
    for row in rows:
        found.setdefault(row.id, _short(uow, row))
    return tuple(found.values())[:EARLIER]


@use_case(needs=Permission.READ, writes=False)
def repeat_parties(uow: UnitOfWork, case_id: str) -> tuple[Repeat, ...]:
    """The parties now in a case who were in other cases received within twelve months before it."""
    case = uow.get(Case, case_id)
    since = case.received_at - timedelta(days=SAME_DISPUTE_DAYS)
    parties = [party for party in current_parties(case) if party.person_id and party.role in PRINCIPALS]
    kept = entries_with(uow, [party.person_id for party in parties if party.person_id])
    rows = uow.session.execute(
        select(*_SHORT, Party.role, Party.person_id)
        .join(Party, Party.case_id == Case.id)
        .where(Party.person_id.in_(kept), Case.id != case.id, Case.received_at >= since)
        .where(Case.received_at <= case.received_at, Party.role.in_(PRINCIPALS))
        .order_by(Case.sk.desc(), Party.seat)
    )
    found: dict[str, dict[str, EarlierCase]] = {}
    for row in rows:
        found.setdefault(kept[row.person_id], {}).setdefault(row.id, _short(uow, row))
    return tuple(
        Repeat(party.id, party.name, tuple(found[entry].values()))
        for party in parties
        if party.person_id and (entry := kept.get(party.person_id, "")) in found
    )


@use_case(needs=Permission.READ, writes=False)
def similar_cases(uow: UnitOfWork, intake: CaseIntake) -> tuple[EarlierCase, ...]:
    """Disputes of the same type in which two of these parties met within twelve months: perhaps this one.

    A party is known by the person chosen, the number or, without a number, the name. The role is the one the
    first of them has there. The newest first, at most twenty (guard G0).
    """
    seats = _seats(uow, intake)
    since = uow.now() - timedelta(days=SAME_DISPUTE_DAYS)
    rows = uow.session.execute(
        select(*_SHORT, Party.role, Party.person_id)
        .join(Party, Party.case_id == Case.id)
        .where(Party.person_id.in_(seats), Case.type_a == intake.type_a, Case.received_at >= since)
        .order_by(Case.sk.desc(), Party.seat)
    )
    met: dict[str, set[str]] = {}
    found: dict[str, EarlierCase] = {}
    for row in rows:
        met.setdefault(row.id, set()).update(seats[row.person_id])
        found.setdefault(row.id, _short(uow, row))
    return tuple(case for case in found.values() if len(met[case.id]) > 1)[:EARLIER]


def _seats(uow: UnitOfWork, intake: CaseIntake) -> dict[str, set[str]]:
    """Which parties of the form each person of the register may be; their keys by the person's id."""
    found: dict[str, set[str]] = {}
    for party in intake.parties:
        if party.role in PRINCIPALS:
            alike = select(Person.id).where(_may_be(party)).limit(OFFERED)
            for person_id in entries_with(uow, uow.session.scalars(alike)):
                found.setdefault(person_id, set()).add(party.key)
    return found


def _may_be(party: PartyInput) -> ColumnElement[bool]:
    legal = party.kind == PersonKind.LEGAL
    number, column = (party.uscc, Person.uscc) if legal else (party.id_no, Person.id_no)
    same = column == number if number else Person.name == party.name
    return or_(same, Person.id == party.person_id) if party.person_id else same


def _short(uow: UnitOfWork, row: Any) -> EarlierCase:
    """A row of `_SHORT` and the role somebody has in it."""
    day = row.received_at.astimezone(uow.zone).date()
    return EarlierCase(row.id, row.number, PartyRole(row.role), row.type_a, CaseStatus(row.status), day)
