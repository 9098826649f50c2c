"""What one search box finds: cases, people and mediators."""

from dataclasses import dataclass
from typing import Any

from app.domain.cases import CaseRow
from app.domain.people import PersonMatch


@dataclass(frozen=True, slots=True)
class MediatorHit:
    """A mediator of the roster, and how many open cases that person has."""

    id: str
    name: str
    phone: str
    active: bool
    open_cases: int


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What was found, newest first; `more_…` when there are more than shown."""

    cases: tuple[CaseRow, ...] = ()
    more_cases: bool = False
    people: tuple[PersonMatch, ...] = ()
    more_people: bool = False
    mediators: tuple[MediatorHit, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A filter somebody kept: `body` is what the list was asked, as plain values."""

    id: str
    name: str
    body: dict[str, Any]
