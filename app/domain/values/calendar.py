"""Working days by the yearly holiday notice, and time limits counted with them."""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.domain.errors import Problem

_DAY = timedelta(days=1)
_YEARS = range(2000, 2101)
_LONGEST_HOLIDAY = 31
_NAME_MOST = 20
_SOURCE_MOST = 200


class Unit(StrEnum):
    """In what a time limit is counted."""

    DAY = "day"  # calendar days
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


class Roll(StrEnum):
    """What happens when the last day is a day of rest."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"


class DayKind(StrEnum):
    """What a day is in the calendar of offices."""

    WORKDAY = "workday"
    ADJUSTED_WORKDAY = "adjusted_workday"  # a weekend day worked by 调休
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # off by the notice
    STATUTORY = "statutory"  # off by law


class HolidayTableError(ValueError):
    """The bytes are no holiday table; `problem` says what is wrong and where."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.problem = Problem("file", code, tuple(details.items()))


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The notice of one year: days off and their names, weekend days worked, which days off are statutory."""

    year: int
    off: frozenset[date]
    working: frozenset[date]
    statutory: frozenset[date]
    source: str = ""
    names: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a time limit.

    `raw`: counted; `rolled`: moved to a working day where that is the rule; `missing_years`: years whose
    notice is not known, so that Monday to Friday was assumed; `steps`: the days of rest passed over, and why.
    """

    raw: date
    rolled: date
    missing_years: tuple[int, ...] = ()
    steps: tuple[tuple[date, DayKind], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day as calendars head it; `known` is false when the holiday notice of its year is missing."""

    day: date
    kind: DayKind
    known: bool
    today: bool


def add_months(start: date, months: int) -> date:
    """Give the corresponding day `months` later, or the last of that month where it has none (CIV 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def load_holidays(data: bytes) -> dict[int, HolidayYear]:
    """Read the notices of several years (the shape of `resources/data/holidays.json`).

    Days are `YYYY-MM-DD` or `first/last`. HolidayTableError when a day is unreadable, outside its year (from
    the December before, where 元旦 may begin), worked and off at once, or a worked day is no weekend day.
    """
    try:
        raw = json.loads(data)
        return {int(year): holiday_year(int(year), entry) for year, entry in raw.items()}
    except HolidayTableError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as cause:
        raise HolidayTableError("calendar_unreadable") from cause


def holiday_year(year: int, entry: Mapping[str, Any]) -> HolidayYear:
    """Read the notice of one year; see `load_holidays`."""
    off = frozenset(_days(entry["off"]))
    working = frozenset(_days(entry["working"]))
    statutory = frozenset(_days(entry["statutory"]))
    if year not in _YEARS:
        raise HolidayTableError("calendar_year", year=year)
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for day in sorted(off | working | statutory):
        if not first <= day <= last:
            raise HolidayTableError("calendar_outside", year=year, day=day)
        if (day in off and day in working) or (day in statutory and day not in off):
            raise HolidayTableError("calendar_contradiction", day=day)
        if day in working and day.weekday() < 5:
            raise HolidayTableError("calendar_no_weekend", day=day)
    names = {
        day: str(name)[:_NAME_MOST] for days, name in entry.get("names", {}).items() for day in _days([days])
    }
    source = str(entry.get("source", ""))[:_SOURCE_MOST]
    return HolidayYear(
        year, off, working, statutory, source, {day: names[day] for day in sorted(names) if day in off}
    )


def plain_year(notice: HolidayYear) -> dict[str, Any]:
    """The notice as `holiday_year` reads it."""
    return {
        "source": notice.source,
        "off": [day.isoformat() for day in sorted(notice.off)],
        "working": [day.isoformat() for day in sorted(notice.working)],
        "statutory": [day.isoformat() for day in sorted(notice.statutory)],
        "names": {day.isoformat(): name for day, name in notice.names.items()},
    }


def _days(entries: Iterable[str]) -> Iterable[date]:
    if isinstance(entries, str):
        raise HolidayTableError("calendar_unreadable")
    for entry in entries:
        first_text, _, last_text = entry.partition("/")
        first = date.fromisoformat(first_text)
        last = date.fromisoformat(last_text) if last_text else first
        if not 0 <= (last - first).days <= _LONGEST_HOLIDAY:
            raise HolidayTableError("calendar_span", day=first)
        for offset in range((last - first).days + 1):
            yield first + offset * _DAY


@dataclass(slots=True)
class _Walk:
    """Counts on from a day and remembers what it met."""

    calendar: "WorkCalendar"
    day: date
    missing: set[int] = field(default_factory=set)
    steps: list[tuple[date, DayKind]] = field(default_factory=list)

    def rests(self) -> bool:
        """Look at the day: whether it is a day of rest (then it is noted)."""
        if not self.calendar.knows(self.day.year):
            self.missing.add(self.day.year)
        kind = self.calendar.kind_of(self.day)
        if kind in _WORKED:
            return False
        self.steps.append((self.day, kind))
        return True

    def to_working_day(self) -> date:
        """Go on to the first working day, from today on."""
        while self.rests():
            self.day += _DAY
        return self.day


_WORKED = frozenset({DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY})


class WorkCalendar:
    """The office's calendar: the notices known; other years are Monday to Friday and say so."""

    def __init__(self, years: Mapping[int, HolidayYear]) -> None:
        self._years = dict(years)
        self._off = frozenset[date]().union(*(year.off for year in years.values()))
        self._working = frozenset[date]().union(*(year.working for year in years.values()))
        self._statutory = frozenset[date]().union(*(year.statutory for year in years.values()))
        self._names = {day: name for year in years.values() for day, name in year.names.items()}

    @property
    def years(self) -> tuple[HolidayYear, ...]:
        """The notices known, oldest first."""
        return tuple(self._years[year] for year in sorted(self._years))

    def knows(self, year: int) -> bool:
        """Whether the notice of a year is known."""
        return year in self._years

    def kind_of(self, day: date) -> DayKind:
        """What a day is; the notice goes before the day of the week."""
        if day in self._statutory:
            return DayKind.STATUTORY
        if day in self._off:
            return DayKind.HOLIDAY
        if day in self._working:
            return DayKind.ADJUSTED_WORKDAY
        return DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND

    def name_of(self, day: date) -> str:
        """The name of the holiday a day off belongs to, "" when the notice does not say."""
        return self._names.get(day, "")

    def adjusted_between(self, first: date, last: date) -> list[date]:
        """The weekend days worked by the notices from `first` to `last`, both included (调休上班)."""
        return sorted(day for day in self._working if first <= day <= last and day not in self._off)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day."""
        return self.kind_of(day) in _WORKED

    def add_days(self, start: date, days: int, roll: Roll = Roll.NEXT_WORKING_DAY) -> Deadline:
        """Count calendar days; the day after `start` is the first (CIV 201, CPL 85)."""
        return self._ending(start + days * _DAY, roll)

    def add_months(self, start: date, months: int, roll: Roll = Roll.NEXT_WORKING_DAY) -> Deadline:
        """Count months to the corresponding day (CIV 202)."""
        return self._ending(add_months(start, months), roll)

    def add_working_days(self, start: date, days: int) -> Deadline:
        """Count working days; the first working day after `start` is the first (APL 85, ACL 69)."""
        if days < 0:
            raise ValueError("a time limit runs forward")
        walk = _Walk(self, start)
        for _ in range(days):
            walk.day += _DAY
            walk.to_working_day()
        return Deadline(walk.day, walk.day, tuple(sorted(walk.missing)), tuple(walk.steps))

    def deadline(self, start: date, amount: int, unit: Unit, roll: Roll = Roll.NEXT_WORKING_DAY) -> Deadline:
        """End a limit of `amount` units after the event on `start` (domain reference 2.6)."""
        if unit is Unit.WORKING_DAY:
            return self.add_working_days(start, amount)
        if unit is Unit.DAY:
            return self.add_days(start, amount, roll)
        return self.add_months(start, amount * (12 if unit is Unit.YEAR else 1), roll)

    def next_working_day(self, day: date) -> date:
        """Give the day itself when offices work on it, or the first working day after it."""
        return _Walk(self, day).to_working_day()

    def count_working_days(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; 0 when `end` is not later."""
        return len(self.working_days(start, end))

    def working_days(self, start: date, end: date) -> list[date]:
        """The working days after `start` up to and with `end`; none when `end` is not later."""
        days = (start + offset * _DAY for offset in range(1, (end - start).days + 1))
        return [day for day in days if self.is_working_day(day)]

    def _ending(self, raw: date, roll: Roll) -> Deadline:
        if roll is Roll.NONE:
            return Deadline(raw, raw)
        walk = _Walk(self, raw)
        return Deadline(raw, walk.to_working_day(), tuple(sorted(walk.missing)), tuple(walk.steps))
