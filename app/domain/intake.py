"""What must hold before a dispute is registered (guard G0) and accepted (guard G1)."""

from collections.abc import Iterator
from dataclasses import replace
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
from app.domain.catalogues import DISPUTE_TYPES_A, DISPUTE_TYPES_B
from app.domain.errors import Problem
from app.domain.identity import IdKind, age_on, check_id_number, check_uscc, name_problem, phone_problem
from app.domain.identity import IdNumber as IdNumber
from app.domain.people import PersonKind

ADULT_AGE = 18
MAX_SUMMARY = 5000
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
    return (*_party_list_problems(intake), *_matter_problems(intake, now), *_persons(intake, today))


def _persons(intake: CaseIntake, today: date) -> Iterator[Problem]:
    for party in intake.parties:
        for problem in party_problems(party, today):
            yield Problem(f"parties.{party.key}.{problem.field}", problem.code, problem.details)


def _party_list_problems(intake: CaseIntake) -> Iterator[Problem]:
    roles = [party.role for party in intake.parties]
    own_initiative = intake.source == CaseSource.OWN_INITIATIVE
    if PartyRole.APPLICANT not in roles and not own_initiative:
        yield Problem("parties", "no_applicant")
    if PartyRole.RESPONDENT not in roles:
        yield Problem("parties", "no_respondent")
    keys = {party.key for party in intake.parties if party.role in PRINCIPALS}
    for party in intake.parties:
        if party.role not in PRINCIPALS and not (set(party.represents) & keys):
            yield Problem(f"parties.{party.key}.represents", "required")


def _matter_problems(intake: CaseIntake, now: datetime) -> Iterator[Problem]:
    if not intake.summary.strip():
        yield Problem("summary", "required")
    elif len(intake.summary) > MAX_SUMMARY:
        yield Problem("summary", "too_long", (("most", MAX_SUMMARY),))
    if intake.type_a not in DISPUTE_TYPES_A:
        yield Problem("type_a", "required")
    if intake.type_b not in DISPUTE_TYPES_B:
        yield Problem("type_b", "required")
    if intake.received_at > now:
        yield Problem("received_at", "future_date")
    if not intake.first_contact.strip():
        yield Problem("first_contact", "required")
    if intake.source in _ENTRUSTED and not intake.source_unit.strip():
        yield Problem("source_unit", "required")
    if intake.amount_fen is not None and intake.amount_fen < 0:
        yield Problem("amount_fen", "bad_amount")
    if intake.people_count is not None and intake.people_count < len(intake.parties):
        yield Problem("people_count", "fewer_than_parties")


def party_problems(party: PartyInput, today: date) -> Iterator[Problem]:
    """What is wrong with one person's particulars; an absent number is no problem, a wrong one is."""
    if code := name_problem(party.name):
        yield Problem("name", code)
    if party.phone and (code := phone_problem(party.phone)):
        yield Problem("phone", code)
    if party.kind == PersonKind.LEGAL:
        if party.uscc and check_uscc(party.uscc) is not None:
            yield Problem("uscc", "bad_uscc")
        return
    yield from _identity_problems(party, today)
    if party.birth and party.birth > today:
        yield Problem("birth", "future_date")


def _identity_problems(party: PartyInput, today: date) -> Iterator[Problem]:
    if not party.id_no or party.id_kind not in (IdKind.RESIDENT, IdKind.RESIDENCE_PERMIT):
        return
    found = check_id_number(party.id_no, today)
    if not isinstance(found, IdNumber):
        yield Problem("id_no", found, (("length", len(party.id_no.strip())),))
        return
    if party.sex and party.sex != found.sex:
        yield Problem("sex", "not_as_id")
    if party.birth and party.birth != found.birth:
        yield Problem("birth", "not_as_id")


def filled_from_id(party: PartyInput, today: date) -> PartyInput:
    """The party with sex and birth date read from a valid resident number, and the number in its full form."""
    if not party.id_no or party.id_kind not in (IdKind.RESIDENT, IdKind.RESIDENCE_PERMIT):
        return party
    found = check_id_number(party.id_no, today)
    if not isinstance(found, IdNumber):
        return party
    return replace(party, id_no=found.number, sex=found.sex, birth=found.birth)


def consent_gaps(parties: tuple[PartyView, ...], own_initiative: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of those whose consent is missing, and of those who refused (PML 17; guard G1).

    A case the committee takes up itself needs everybody's consent; otherwise the applicants gave it by applying.
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


def guardian_gaps(parties: tuple[PartyView, ...], today: date) -> tuple[str, ...]:
    """Names of minors for whom no guardian is listed (MINOR; guard G5)."""
    cared_for = {key for party in parties if party.role == PartyRole.GUARDIAN for key in party.represents}
    return tuple(
        party.name
        for party in parties
        if party.role in PRINCIPALS
        and party.birth is not None
        and age_on(party.birth, today) < ADULT_AGE
        and party.id not in cared_for
    )


def may_sign_for(agent: PartyView) -> bool:
    """Whether this agent or guardian may sign papers for the party (domain reference 3.3, 5)."""
    return agent.role == PartyRole.GUARDIAN or AgentPower.SIGN in agent.agent_powers
