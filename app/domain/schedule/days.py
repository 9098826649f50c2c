"""What a day already brings, shown while a date is chosen."""

from dataclasses import dataclass
from datetime import date

from app.domain.clashes import Blocked
from app.domain.values.calendar import DayKind


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day: its hearings (`tentative` of them not fixed yet), dates due on it, everybody's blocked times.

    `deadlines` counts cases whose next date falls on it, hearings left out. `known` is false when the holiday
    notice of its year is missing.
    """

    day: date
    hearings: int
    tentative: int
    deadlines: int
    blocked: tuple[Blocked, ...]
    kind: DayKind
    known: bool
    today: bool
