"""Whether a mediator stands too near to a party, and the fact that says so (guard G4).

The mediation law lets parties choose or accept their mediator (PML 23) but lists no grounds of recusal; the
grounds here are those of specially invited mediators (TY16 15): kinship, an interest, another close tie.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import Problem
from app.domain.people import RelationKind
from app.domain.values.limits import MAX_REASON, limited
from app.domain.values.text import fold, runs


class FindingKind(StrEnum):
    """What ties a mediator to a party."""

    SAME_PERSON = "same_person"
    NAMESAKE = "namesake"  # the same name in the same village: probably the same person
    SAME_HOUSEHOLD = "same_household"
    RELATED = "related"
    EARLIER_PARTY = "earlier_party"  # was a party in an earlier case of this party
    EARLIER_AGAINST = "earlier_against"  # acted for the other side in an earlier case of this party
    EARLIER_AGENT = "earlier_agent"  # acted for somebody in an earlier case of this party
    SAME_EMPLOYER = "same_employer"
    EARLIER_MEDIATOR = "earlier_mediator"  # mediated between these parties before
    SAME_VILLAGE = "same_village"


WEAK = frozenset({FindingKind.SAME_EMPLOYER, FindingKind.EARLIER_MEDIATOR, FindingKind.SAME_VILLAGE})
"""Ties only worth knowing: in a township everybody has some of them."""


class Fact(StrEnum):
    """What was compared and found equal."""

    ID_NUMBER = "id_number"
    NAME_AND_PHONE = "name_and_phone"
    NAME_AND_BIRTH = "name_and_birth"
    NAME_AND_VILLAGE = "name_and_village"
    ADDRESS = "address"
    HOUSEHOLD_NUMBER = "household_number"
    EMPLOYER = "employer"
    VILLAGE = "village"
    EARLIER_CASE = "earlier_case"


_NAMED = 4  # parties of a weak tie told by name

HOUSEHOLD_KINDS = frozenset(
    {RelationKind.HOUSEHOLD, RelationKind.SPOUSE, RelationKind.PARENT_CHILD, RelationKind.SIBLING}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One tie, with what proves it: `fact` is a Fact or the kind of a recorded relation.

    `blocks` is false for what is only worth knowing. `year`: of the earlier case, 0 when there is none.
    """

    kind: FindingKind
    party: str
    mediator: str
    fact: str
    blocks: bool
    case_number: str = ""
    year: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same tie when the check is run again."""
        return (self.kind, self.party, self.mediator, self.fact, self.case_number)

    @property
    def final(self) -> bool:
        """Whether no written reason helps: nobody mediates the own dispute, or acts for a party as well."""
        return self.kind is FindingKind.SAME_PERSON

    def as_text(self) -> str:
        """The finding as it is kept with the assignment; names hold no tabs."""
        return "\t".join((*self.key, str(self.year)) if self.year else self.key)

    @classmethod
    def from_text(cls, text: str) -> "Finding":
        """The finding that `as_text` wrote; ValueError for anything else."""
        kind, party, mediator, fact, case_number, *year = text.split("\t")
        known = FindingKind(kind)
        return cls(known, party, mediator, fact, known not in WEAK, case_number, int(year[0]) if year else 0)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person or body as recusal looks at them; `keys` are their ids in the register, and their numbers.

    `households` are the numbers of the household books, `employers` the names of those they work for.
    """

    name: str
    id_no: str = ""
    phone: str = ""
    birth: date | None = None
    home: str = ""
    keys: frozenset[str] = frozenset()
    village: str = ""
    households: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()


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
    """Who took part in an earlier case: keys of `Someone`; ids of the roster for `mediators`.

    `agents` holds guardians too; `people` is both, parties and agents. `stood_for` pairs who acted with whom
    they acted for.
    """

    number: str
    people: frozenset[str]
    parties: frozenset[str]
    agents: frozenset[str]
    mediators: frozenset[str]
    year: int = 0
    stood_for: frozenset[tuple[str, str]] = frozenset()


class RecusalVerdict(StrEnum):
    """What became of a tie found, or of a party's wish that a mediator leave."""

    OPEN = "open"
    KEPT = "kept"  # all parties know of it and want the mediator all the same (TY16 15)
    REPLACED = "replaced"
    NOT_FOUNDED = "not_founded"
    MOOT = "moot"  # the tie or the mediator is gone, or the case is over


@dataclass(frozen=True, slots=True)
class RecusalInput:
    """The decision on one mediator; `consented` holds the ids of the parties who want the mediator to stay.

    `replacement_id`: who mediates instead; without one the others go on alone.
    """

    verdict: RecusalVerdict
    reason: str = ""
    consented: tuple[str, ...] = ()
    replacement_id: str = ""

    def problems(self, principals: tuple[str, ...]) -> tuple[Problem, ...]:
        """What cannot stay: a mediator is kept only when all parties now in the case consent (TY16 15)."""
        found = [*limited(self, reason=MAX_REASON)]
        if self.verdict in (RecusalVerdict.OPEN, RecusalVerdict.MOOT):
            found.append(Problem("verdict", "required"))
        if not self.reason.strip():
            found.append(Problem("reason", "required"))
        if self.verdict is RecusalVerdict.KEPT and not set(principals) <= set(self.consented):
            found.append(Problem("consented", "all_must_consent"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RecusalView:
    """A tie or a wish, and what was decided. `asked_by` names the party who asked; "" means the check did."""

    id: str
    row_version: int
    mediator_id: str
    mediator: str
    active: bool
    findings: tuple[Finding, ...]
    asked_by: str
    asked_by_name: str
    wish: str
    verdict: RecusalVerdict
    reason: str
    consented: tuple[str, ...]
    decided_on: date | None
    decided_by: str


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
    tied = {finding.party for finding in found}
    found.extend(_same_village(mediator, tuple(party for party in everybody if party.name not in tied)))
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
    if _namesakes(mediator, party):
        yield Finding(FindingKind.NAMESAKE, party.name, mediator.name, Fact.NAME_AND_VILLAGE, True)
    if same_household(mediator.home, party.home):
        yield Finding(FindingKind.SAME_HOUSEHOLD, party.name, mediator.name, Fact.ADDRESS, True)
    if mediator.households & party.households:
        yield Finding(FindingKind.SAME_HOUSEHOLD, party.name, mediator.name, Fact.HOUSEHOLD_NUMBER, True)
    yield from _related(mediator, party, ties)
    yield from _met_before(mediator, party, past)
    yield from _at_work(mediator, party)


def _namesakes(mediator: Someone, party: Someone) -> bool:
    """Whether the names are equal, the villages too, and nothing says that they are two."""
    if not mediator.name or runs(mediator.name) != runs(party.name):
        return False
    two = (mediator.id_no and party.id_no) or (mediator.birth and party.birth)
    return not two and _lives_in(mediator, party.village)


def _lives_in(someone: Someone, village: str) -> bool:
    known = fold(village)
    return len(known) > 1 and (known in fold(someone.home) or known == fold(someone.village))


def _at_work(mediator: Someone, party: Someone) -> Iterator[Finding]:
    """The mediator works for a party, or both for the same."""
    if fold(party.name) in mediator.employers:
        yield Finding(FindingKind.RELATED, party.name, mediator.name, Fact.EMPLOYER, True)
    elif mediator.employers & party.employers:
        yield Finding(FindingKind.SAME_EMPLOYER, party.name, mediator.name, Fact.EMPLOYER, False)


def _same_village(mediator: Someone, others: tuple[Someone, ...]) -> Iterator[Finding]:
    """One finding for all neighbours nothing else ties to the mediator."""
    near = [party.name for party in others if _lives_in(mediator, party.village)]
    if near:
        yield Finding(FindingKind.SAME_VILLAGE, _together(near), mediator.name, Fact.VILLAGE, False)


def _together(names: list[str]) -> str:
    """Some names and how many they are: of two hundred villagers nobody reads all."""
    if len(names) <= _NAMED:
        return "、".join(names)
    return "、".join(names[:_NAMED]) + f"等{len(names)}人"


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
            kind = _acted(mediator, party, case)
        else:
            continue
        yield Finding(kind, party.name, mediator.name, Fact.EARLIER_CASE, True, case.number, case.year)


def _acted(mediator: Someone, party: Someone, case: EarlierPart) -> FindingKind:
    """Whether the mediator acted for the other side of this party, or for its own."""
    served = {who for actor, who in case.stood_for if actor in mediator.keys}
    against = served and not served & party.keys and case.parties & party.keys
    return FindingKind.EARLIER_AGAINST if against else FindingKind.EARLIER_AGENT


def _mediated_before(
    mediator: Someone, mediator_id: str, everybody: tuple[Someone, ...], past: tuple[EarlierPart, ...]
) -> Iterator[Finding]:
    for case in past:
        met = [party.name for party in everybody if case.people & party.keys]
        if mediator_id in case.mediators and len(met) >= min(2, len(everybody)):
            kind, fact = FindingKind.EARLIER_MEDIATOR, Fact.EARLIER_CASE
            yield Finding(kind, _together(met), mediator.name, fact, False, case.number, case.year)
