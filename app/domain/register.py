"""The register of persons as its page shows it: entries, doubles, what was merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.cases import EarlierCase
from app.domain.errors import Problem
from app.domain.people import Capacity, PersonKind
from app.domain.recusal import RelationRow
from app.domain.values.identity import IdKind, Sex, age_on
from app.domain.values.limits import MAX_TEXT, limited

CHILD_AGE, ADULT_AGE = 14, 18


class DoubleReason(StrEnum):
    """Why two entries may be one person (domain reference 9.1; the search for doubles)."""

    NUMBER = "number"  # the same document number or credit code
    PHONE = "phone"
    NAME_VILLAGE = "name_village"
    SOUND = "sound"  # names that sound alike, of one village or one day of birth


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """Which entries: what is typed, and persons or organisations only."""

    text: str = ""
    kind: PersonKind | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An entry as lists show it; numbers are covered."""

    id: str
    kind: PersonKind
    name: str
    sex: Sex | None
    birth: date | None
    number: str
    phone: str
    village: str
    cases: int
    latest_on: date | None
    sk: int = 0  # its place in lists


@dataclass(frozen=True, slots=True)
class PersonInput:
    """What is corrected in an entry. The document number is shown only after it was uncovered."""

    name: str
    sex: Sex | None = None
    birth: date | None = None
    id_kind: IdKind = IdKind.RESIDENT_ID
    id_no: str = ""
    phone: str = ""
    nation: str = ""
    occupation: str = ""
    village: str = ""
    address: str = ""
    uscc: str = ""
    legal_representative: str = ""
    representative_post: str = ""
    capacity: Capacity = Capacity.FULL
    former_names: str = ""
    household: str = ""
    employer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MergeRow:
    """An entry that was merged into the one shown; it can be taken out again at any time."""

    id: str
    name: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """An entry as its page shows it; `input` holds covered numbers until they are uncovered."""

    id: str
    sk: int
    row_version: int
    kind: PersonKind
    input: PersonInput
    covered: bool
    age: int | None
    relations: tuple[RelationRow, ...]
    cases: tuple[EarlierCase, ...]
    merged: tuple[MergeRow, ...]

    @property
    def minor(self) -> bool:
        """Whether a guardian must take part (MINOR 103; domain reference 2.5)."""
        return self.age is not None and self.age < ADULT_AGE

    @property
    def child(self) -> bool:
        """Whether the stricter protection of children holds (PIPL 28)."""
        return self.age is not None and self.age < CHILD_AGE


@dataclass(frozen=True, slots=True)
class Double:
    """Two entries that may be one person, and why; `differ` names the particulars both have otherwise."""

    one: PersonRow
    other: PersonRow
    reasons: tuple[DoubleReason, ...]
    differ: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Repeat:
    """A party of a case who was a party of others within twelve months."""

    party_id: str
    name: str
    cases: tuple[EarlierCase, ...]


def person_problems(wanted: PersonInput, kind: PersonKind, today: date) -> Iterator[Problem]:
    """What cannot stay in an entry; numbers are only warned of elsewhere, for old documents exist."""
    if not wanted.name.strip():
        yield Problem("name", "required")
    yield from limited(
        wanted, name=50, id_no=40, phone=40, nation=20, occupation=50, village=50, address=200, uscc=18,
        legal_representative=50, representative_post=30, former_names=100, household=40, employer=100,
        note=MAX_TEXT,
    )  # fmt: skip
    if wanted.birth is not None and wanted.birth > today:
        yield Problem("birth", "future_date")
    elif wanted.birth is not None and age_on(wanted.birth, today) > 130:
        yield Problem("birth", "out_of_range")
    for name in ("id_no", "phone"):
        if "*" in getattr(wanted, name):
            yield Problem(name, "still_covered")
    if kind is PersonKind.LEGAL and wanted.birth is not None:
        yield Problem("birth", "bad_value")
