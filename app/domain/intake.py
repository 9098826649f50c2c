"""What must hold before a dispute is registered (guard G0) and accepted (guard G1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.cases import (
    PRINCIPALS,
    AgentPower,
    CaseIntake,
    CaseSource,
    Consent,
    PartyInput,
    PartyRole,
    PartyView,
)
from app.domain.errors import Problem
from app.domain.people import Capacity, PersonKind
from app.domain.values.catalogues import DISPUTE_TYPES_A, DISPUTE_TYPES_B
from app.domain.values.identity import (
    IdFault,
    IdKind,
    IdNumber,
    age_on,
    check_id_number,
    check_name,
    check_phone,
    check_uscc,
)
from app.domain.values.limits import MAX_REASON, limited
from app.domain.values.money import MAX_FEN, MoneyProblem
from app.domain.values.office_clock import CHINA

ADULT_AGE = 18
MOST_REPRESENTATIVES = 5
"""Of many parties on one side, at most so many speak for the rest (NB15 20)."""
MAX_SUMMARY = 5000
ACCEPTANCE_CHECKED = "competent;not_excluded"
"""What the history keeps of the two questions of an acceptance; who accepts has answered both so."""
MAX_PEOPLE = 100_000
EARLIEST = datetime(1990, 1, 1, tzinfo=CHINA)
"""Before this day no committee of today had a register; such a date is a slip."""

_MATTER = {
    "title": 100, "summary": MAX_SUMMARY, "request": MAX_SUMMARY, "source_unit": 100, "source_letter": 80,
    "place": 200, "first_contact": 50,
}  # fmt: skip
_PARTICULARS = {
    "id_no": 40, "phone": 40, "nation": 20, "occupation": 50, "village": 50, "address": 200, "uscc": 18,
    "legal_representative": 50, "representative_post": 30,
}  # fmt: skip
_RESIDENT = frozenset({IdKind.RESIDENT_ID, IdKind.RESIDENCE_PERMIT})
_ENTRUSTED = frozenset(
    {
        CaseSource.COURT,
        CaseSource.POLICE,
        CaseSource.PROCURATORATE,
        CaseSource.PETITION_OFFICE,
        CaseSource.OTHER_DEPARTMENT,
    }
)


def intake_problems(intake: CaseIntake, now: datetime, today: date) -> tuple[Problem, ...]:
    """Everything that keeps `intake` from being registered, field by field (G0, domain reference 12.6)."""
    listed = parties_problems(intake.parties, own_initiative=intake.source == CaseSource.OWN_INITIATIVE)
    people = (problem for party in intake.parties for problem in person_problems(party, today))
    return (*listed, *_matter_problems(intake, now), *people)


def person_problems(party: PartyInput, today: date) -> Iterator[Problem]:
    """What is wrong with one person of a form, each at that person's field."""
    for problem in party_problems(party, today):
        yield Problem(f"parties.{party.key}.{problem.field}", problem.code, problem.details)


def parties_problems(parties: tuple[PartyInput, ...], *, own_initiative: bool) -> Iterator[Problem]:
    """What is wrong with the list of parties: both sides are there, everybody who stands for one names whom.

    A case the committee takes up itself may have no applicant. Nobody is a party twice.
    """
    roles = [party.role for party in parties]
    if PartyRole.APPLICANT not in roles and not own_initiative:
        yield Problem("parties", "no_applicant")
    if PartyRole.RESPONDENT not in roles:
        yield Problem("parties", "no_respondent")
    keys = {party.key for party in parties if party.role in PRINCIPALS}
    for party in parties:
        if party.role not in PRINCIPALS and not (set(party.represents) & keys):
            yield Problem(f"parties.{party.key}.represents", "required")
    yield from _twice_a_party(parties)


def _twice_a_party(parties: tuple[PartyInput, ...]) -> Iterator[Problem]:
    """Nobody is in dispute with himself: a number stands for one party only."""
    seen: set[tuple[str, str]] = set()
    for party in parties:
        legal = party.kind == PersonKind.LEGAL
        field, number = ("uscc", party.uscc) if legal else ("id_no", party.id_no)
        known = (field if legal else str(party.id_kind), number.strip().upper())
        if party.role not in PRINCIPALS or not known[1]:
            continue
        if known in seen:
            yield Problem(f"parties.{party.key}.{field}", "duplicate")
        seen.add(known)


def _matter_problems(intake: CaseIntake, now: datetime) -> Iterator[Problem]:
    yield from limited(intake, **_MATTER)
    if not intake.summary.strip():
        yield Problem("summary", "required")
    if intake.type_a not in DISPUTE_TYPES_A:
        yield Problem("type_a", "required")
    if intake.type_b not in DISPUTE_TYPES_B:
        yield Problem("type_b", "required")
    yield from _received_problems(intake.received_at, now)
    if not intake.first_contact.strip():
        yield Problem("first_contact", "required")
    if intake.source in _ENTRUSTED and not intake.source_unit.strip():
        yield Problem("source_unit", "required")
    yield from _count_problems(intake)


def _received_problems(received_at: datetime, now: datetime) -> Iterator[Problem]:
    if received_at.tzinfo is None:
        yield Problem("received_at", "bad_date")
    elif received_at > now:
        yield Problem("received_at", "future_date")
    elif received_at < EARLIEST:
        yield Problem("received_at", "out_of_range")


def _count_problems(intake: CaseIntake) -> Iterator[Problem]:
    if intake.amount_fen is not None and intake.amount_fen < 0:
        yield Problem("amount_fen", "bad_amount")
    elif intake.amount_fen is not None and intake.amount_fen > MAX_FEN:
        yield Problem("amount_fen", MoneyProblem.TOO_LARGE)
    if intake.people_count is not None and intake.people_count < len(intake.parties):
        yield Problem("people_count", "fewer_than_parties")
    elif intake.people_count is not None and intake.people_count > MAX_PEOPLE:
        yield Problem("people_count", "out_of_range")


def party_problems(party: PartyInput, today: date) -> Iterator[Problem]:
    """What is wrong with one person's particulars; an absent number is no problem, a wrong one is."""
    yield from limited(party, **_PARTICULARS)
    checked: dict[str, object] = {"name": check_name(party.name)}
    if party.phone:
        checked["phone"] = check_phone(party.phone)
    if party.kind == PersonKind.LEGAL and party.uscc:
        checked["uscc"] = check_uscc(party.uscc)
    yield from (fault.at(field) for field, fault in checked.items() if isinstance(fault, IdFault))
    if party.consent_on and party.consent_on > today:
        yield Problem("consent_on", "future_date")
    if party.kind == PersonKind.LEGAL:
        return
    yield from _identity_problems(party, today)
    if party.birth and party.birth > today:
        yield Problem("birth", "future_date")


def _identity_problems(party: PartyInput, today: date) -> Iterator[Problem]:
    found = _checked_number(party, today)
    if isinstance(found, IdFault):
        yield found.at("id_no")
    elif found is not None:
        sex, birth = party.sex, party.birth
        yield from (fault.at("sex") for fault in found.contradictions(sex, None))
        yield from (fault.at("birth") for fault in found.contradictions(None, birth))


def _checked_number(party: PartyInput, today: date) -> IdNumber | IdFault | None:
    """The resident number checked; None when there is none, or the paper is of another kind."""
    if not party.id_no.strip() or party.id_kind not in _RESIDENT:
        return None
    return check_id_number(party.id_no, today)


def completed(party: PartyInput, today: date) -> PartyInput:
    """The party as it is stored: name, phone and numbers in their one form, sex and birth as the number says.

    What cannot be put right stays as typed, so that `party_problems` can name it.
    """
    name, phone = check_name(party.name), check_phone(party.phone)
    uscc, number = check_uscc(party.uscc), _checked_number(party, today)
    party = replace(
        party,
        name=party.name if isinstance(name, IdFault) else name.name,
        phone=party.phone.strip() if isinstance(phone, IdFault) else phone,
        uscc=party.uscc.strip() if isinstance(uscc, IdFault) else uscc,
    )
    if isinstance(number, IdNumber):
        kind, sex, birth = number.kind, party.sex or number.sex, party.birth or number.birth
        party = replace(party, id_no=number.number, id_kind=kind, sex=sex, birth=birth)
    return party


def consent_gaps(
    parties: tuple[PartyView, ...], own_initiative: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of those whose consent is missing, and of those who refused (PML 17; guard G1).

    A case the committee takes up itself needs everybody's consent; else applicants gave it by applying.
    """
    asked = [
        party
        for party in parties
        if party.role in PRINCIPALS and (own_initiative or party.role != PartyRole.APPLICANT)
    ]
    missing = tuple(party.name for party in asked if party.consent == Consent.UNASKED)
    refused = tuple(
        party.name for party in parties if party.role in PRINCIPALS and party.consent == Consent.REFUSED
    )
    return missing, refused


def is_minor(party: PartyView, today: date) -> bool:
    """Whether a natural person is under eighteen on that day."""
    return (
        party.kind == PersonKind.NATURAL
        and party.birth is not None
        and age_on(party.birth, today) < ADULT_AGE
    )


def needs_guardian(party: PartyView, today: date) -> bool:
    """Whether somebody must act for this party: a minor, or an adult without full capacity (MINOR)."""
    if party.role not in PRINCIPALS:
        return False
    incapable = party.kind == PersonKind.NATURAL and party.capacity != Capacity.FULL
    return incapable or is_minor(party, today)


def guardian_gaps(parties: tuple[PartyView, ...], today: date) -> tuple[str, ...]:
    """Names of minors and others in need of one for whom no guardian is listed (MINOR; guard G5)."""
    cared_for = {key for party in parties if party.role == PartyRole.GUARDIAN for key in party.represents}
    return tuple(
        party.name for party in parties if needs_guardian(party, today) and party.id not in cared_for
    )


def may_sign_for(agent: PartyView) -> bool:
    """Whether this agent or guardian may sign papers for the party (domain reference 3.3, 5)."""
    return agent.role == PartyRole.GUARDIAN or AgentPower.SIGN in agent.agent_powers


@dataclass(frozen=True, slots=True)
class PartyLeave:
    """Somebody is no longer in the case: since when, and why."""

    on: date
    reason: str = ""

    def problems(self, received_on: date, today: date) -> tuple[Problem, ...]:
        """What cannot stay: no reason, a day to come, a day before the case came in."""
        found = [*limited(self, reason=MAX_REASON)]
        if not self.reason.strip():
            found.append(Problem("reason", "required"))
        if self.on > today:
            found.append(Problem("on", "future_date"))
        elif self.on < received_on:
            found.append(Problem("on", "before_received"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RepresentativesInput:
    """Who speaks for the others of one side, with which powers; nobody ends it (NB15 20)."""

    role: PartyRole
    chosen: tuple[str, ...] = ()
    powers: tuple[AgentPower, ...] = ()

    def problems(self, side: tuple[str, ...]) -> tuple[Problem, ...]:
        """What cannot stay; `side` holds the ids of the parties now on that side."""
        if len(set(self.chosen)) > MOST_REPRESENTATIVES:
            return (Problem("chosen", "too_many_representatives", (("most", MOST_REPRESENTATIVES),)),)
        if self.role not in PRINCIPALS or not set(self.chosen) <= set(side):
            return (Problem("chosen", "unknown"),)
        if self.chosen and len(set(self.chosen)) >= len(side):
            return (Problem("chosen", "nobody_represented"),)
        return ()
