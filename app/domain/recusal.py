"""Whether a mediator stands too near to a party, and the fact that says so (guard G4).

The mediation law lets parties choose or accept their mediator (PML 23) but lists no grounds of recusal; the
grounds here are those of specially invited mediators (TY16 15): kinship, an interest, another close tie.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.people import RelationKind
from app.domain.values.text import fold, runs


class FindingKind(StrEnum):
    """What ties a mediator to a party."""

    SAME_PERSON = "same_person"
    SAME_HOUSEHOLD = "same_household"
    RELATED = "related"
    EARLIER_PARTY = "earlier_party"  # was a party in an earlier case of this party
    EARLIER_AGENT = "earlier_agent"  # acted for somebody in an earlier case of this party
    EARLIER_MEDIATOR = "earlier_mediator"  # mediated between these parties before


class Fact(StrEnum):
    """What was compared and found equal."""

    ID_NUMBER = "id_number"
    NAME_AND_PHONE = "name_and_phone"
    NAME_AND_BIRTH = "name_and_birth"
    ADDRESS = "address"
    EARLIER_CASE = "earlier_case"


HOUSEHOLD_KINDS = frozenset(
    {RelationKind.HOUSEHOLD, RelationKind.SPOUSE, RelationKind.PARENT_CHILD, RelationKind.SIBLING}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One tie, with what proves it: `fact` is a Fact or the kind of a recorded relation.

    `blocks` is false for what is only worth knowing.
    """

    kind: FindingKind
    party: str
    mediator: str
    fact: str
    blocks: bool
    case_number: str = ""

    @property
    def final(self) -> bool:
        """Whether no written reason helps: nobody mediates the own dispute, or acts for a party as well."""
        return self.kind is FindingKind.SAME_PERSON

    def as_text(self) -> str:
        """The finding as it is kept with the assignment; names hold no tabs."""
        return "\t".join((self.kind, self.party, self.mediator, self.fact, self.case_number))

    @classmethod
    def from_text(cls, text: str) -> "Finding":
        """The finding that `as_text` wrote; ValueError for anything else."""
        kind, party, mediator, fact, case_number = text.split("\t")
        known = FindingKind(kind)
        return cls(known, party, mediator, fact, known is not FindingKind.EARLIER_MEDIATOR, case_number)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as recusal looks at them; `keys` are their ids in the register of persons."""

    name: str
    id_no: str = ""
    phone: str = ""
    birth: date | None = None
    home: str = ""
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """A recorded relation between two persons of the register."""

    person_a: str
    person_b: str
    kind: RelationKind


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A recorded tie as a person's page shows it: the other person, and how they are tied."""

    id: str
    person_id: str
    name: str
    kind: RelationKind
    note: str


@dataclass(frozen=True, slots=True)
class EarlierPart:
    """Who took part in an earlier case: ids of the register of persons; of the roster for `mediators`.

    `agents` holds guardians too; `people` is both, parties and agents.
    """

    number: str
    people: frozenset[str]
    parties: frozenset[str]
    agents: frozenset[str]
    mediators: frozenset[str]


def findings_of(
    mediator: Someone,
    mediator_id: str,
    parties: Iterable[Someone],
    ties: Iterable[Tie],
    earlier: Iterable[EarlierPart],
) -> tuple[Finding, ...]:
    """Everything that ties a mediator to the parties, their agents and guardians, the strongest first."""
    everybody = tuple(parties)
    past = tuple(earlier)
    found = [finding for party in everybody for finding in _with_party(mediator, party, tuple(ties), past)]
    found.extend(_mediated_before(mediator, mediator_id, everybody, past))
    order = list(FindingKind)
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: order.index(finding.kind)))


def same_person(one: Someone, other: Someone) -> Fact | None:
    """By which fact two records are the same person: number, name and phone, or name and birth date.

    Two different numbers prove two persons, whatever else is equal.
    """
    if one.id_no and other.id_no:
        return Fact.ID_NUMBER if _plain(one.id_no) == _plain(other.id_no) else None
    if not one.name or runs(one.name) != runs(other.name):
        return None
    if one.phone and _plain(one.phone) == _plain(other.phone):
        return Fact.NAME_AND_PHONE
    return Fact.NAME_AND_BIRTH if one.birth is not None and one.birth == other.birth else None


def same_household(one: str, other: str) -> bool:
    """Whether two homes are one: the same place down to the house number.

    One may begin further up (镇, 县) than the other; a bare house number without its place proves nothing.
    """
    first, second = sorted((_home(one), _home(other)), key=len)
    return bool(_HOUSE.fullmatch(first)) and second.endswith(first)


def home_of(village: str, address: str) -> str:
    """Where somebody lives: the village, and the address unless it names the village itself."""
    return address if village and fold(village) in fold(address) else village + address


# At least two letters of place, then a house: 东街村12号, 东街村3组15号, 东街村十二号, 和平小区5-2-301
_HOUSE = re.compile(r"\D{2}.*(?:[0-9〇一二三四五六七八九十百]+(?:号|户|室|院)|[0-9]+)")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[^\w]+(?=[0-9])")
_OTHER_SIGNS = re.compile(r"[^\w-]+")


def _home(text: str) -> str:
    return _OTHER_SIGNS.sub("", _BETWEEN_DIGITS.sub("-", fold(text)))


def _plain(number: str) -> str:
    return "".join(runs(number))


def _with_party(
    mediator: Someone, party: Someone, ties: tuple[Tie, ...], past: tuple[EarlierPart, ...]
) -> Iterator[Finding]:
    fact = same_person(mediator, party)
    if fact is not None or mediator.keys & party.keys:
        yield Finding(FindingKind.SAME_PERSON, party.name, mediator.name, fact or Fact.ID_NUMBER, True)
        return
    if same_household(mediator.home, party.home):
        yield Finding(FindingKind.SAME_HOUSEHOLD, party.name, mediator.name, Fact.ADDRESS, True)
    yield from _related(mediator, party, ties)
    yield from _met_before(mediator, party, past)


def _related(mediator: Someone, party: Someone, ties: tuple[Tie, ...]) -> Iterator[Finding]:
    for tie in ties:
        ends = (tie.person_a, tie.person_b)
        if any(a in mediator.keys and b in party.keys for a, b in (ends, ends[::-1])):
            household = tie.kind in HOUSEHOLD_KINDS
            kind = FindingKind.SAME_HOUSEHOLD if household else FindingKind.RELATED
            yield Finding(kind, party.name, mediator.name, tie.kind, True)


def _met_before(mediator: Someone, party: Someone, past: tuple[EarlierPart, ...]) -> Iterator[Finding]:
    for case in past:
        if not case.people & party.keys:
            continue
        if case.parties & mediator.keys:
            kind = FindingKind.EARLIER_PARTY
        elif case.agents & mediator.keys:
            kind = FindingKind.EARLIER_AGENT
        else:
            continue
        yield Finding(kind, party.name, mediator.name, Fact.EARLIER_CASE, True, case.number)


def _mediated_before(
    mediator: Someone, mediator_id: str, everybody: tuple[Someone, ...], past: tuple[EarlierPart, ...]
) -> Iterator[Finding]:
    for case in past:
        met = [party.name for party in everybody if case.people & party.keys]
        if mediator_id in case.mediators and len(met) >= min(2, len(everybody)):
            names = "、".join(met)
            yield Finding(
                FindingKind.EARLIER_MEDIATOR, names, mediator.name, Fact.EARLIER_CASE, False, case.number
            )
