"""Holiday table 12.5, time limits 12.4, and what is said of years without a notice."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.calendar import (
    DayKind,
    Deadline,
    HolidayTableError,
    Roll,
    Unit,
    WorkCalendar,
    add_months,
    load_holidays,
)

DATA = Path(__file__).parents[2] / "resources" / "data" / "holidays.json"
CALENDAR = WorkCalendar(load_holidays(DATA.read_bytes()))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "raw", "rolled", "missing"),
    [
        ("2026-03-02", 30, Unit.DAY, "2026-04-01", "2026-04-01", ()),
        ("2026-03-05", 30, Unit.DAY, "2026-04-04", "2026-04-07", ()),
        ("2026-01-30", 30, Unit.DAY, "2026-03-01", "2026-03-02", ()),
        ("2026-09-10", 30, Unit.DAY, "2026-10-10", "2026-10-10", ()),
        ("2026-09-01", 30, Unit.DAY, "2026-10-01", "2026-10-08", ()),
        ("2026-06-01", 60, Unit.DAY, "2026-07-31", "2026-07-31", ()),
        ("2026-08-31", 6, Unit.MONTH, "2027-02-28", "2027-03-01", (2027,)),
        ("2025-08-30", 6, Unit.MONTH, "2026-02-28", "2026-02-28", ()),
        ("2026-11-30", 3, Unit.MONTH, "2027-02-28", "2027-03-01", (2027,)),
        ("2026-01-31", 1, Unit.MONTH, "2026-02-28", "2026-02-28", ()),
        ("2026-08-07", 3, Unit.WORKING_DAY, "2026-08-12", "2026-08-12", ()),
        ("2026-08-07", 5, Unit.WORKING_DAY, "2026-08-14", "2026-08-14", ()),
        ("2026-08-07", 7, Unit.WORKING_DAY, "2026-08-18", "2026-08-18", ()),
        ("2024-02-29", 2, Unit.YEAR, "2026-02-28", "2026-02-28", ()),
        ("2026-12-30", 2, Unit.WORKING_DAY, "2027-01-01", "2027-01-01", (2027,)),
    ],
)
def test_time_limits(
    start: str, amount: int, unit: Unit, raw: str, rolled: str, missing: tuple[int, ...]
) -> None:
    found = CALENDAR.deadline(date.fromisoformat(start), amount, unit)
    assert (found.raw.isoformat(), found.rolled.isoformat(), found.missing_years) == (raw, rolled, missing)


def test_a_limit_tells_which_days_it_passed_over() -> None:
    assert CALENDAR.add_days(date(2026, 3, 5), 30).steps == (
        (date(2026, 4, 4), DayKind.HOLIDAY),
        (date(2026, 4, 5), DayKind.STATUTORY),
        (date(2026, 4, 6), DayKind.HOLIDAY),
    )


def test_a_limit_without_roll_stays_on_the_day_of_rest() -> None:
    day = date(2026, 10, 1)
    assert CALENDAR.add_days(date(2026, 9, 1), 30, Roll.NONE) == Deadline(day, day)


def test_the_2026_notice() -> None:
    off = [day for day in _days_of(2026) if CALENDAR.kind_of(day) in (DayKind.HOLIDAY, DayKind.STATUTORY)]
    assert len(off) == 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert sum(CALENDAR.kind_of(day) is DayKind.STATUTORY for day in off) == 13
    adjusted = [day for day in _days_of(2026) if CALENDAR.kind_of(day) is DayKind.ADJUSTED_WORKDAY]
    assert [f"{day:%m-%d}" for day in adjusted] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert not any(CALENDAR.is_working_day(day) for day in off)


def _days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=offset) for offset in range(365)]


def test_a_year_without_notice_is_monday_to_friday() -> None:
    assert not CALENDAR.knows(2027)
    assert CALENDAR.is_working_day(date(2027, 10, 1))
    assert CALENDAR.kind_of(date(2027, 10, 2)) is DayKind.WEEKEND
    assert [year.year for year in CALENDAR.years] == [2026]


_days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(_days, st.integers(0, 60))
def test_working_days_are_counted_back_the_same(start: date, amount: int) -> None:
    end = CALENDAR.add_working_days(start, amount)
    assert CALENDAR.count_working_days(start, end.raw) == amount
    assert amount == 0 or CALENDAR.is_working_day(end.raw)
    assert all(not CALENDAR.is_working_day(day) for day, _ in end.steps)


@given(_days, st.integers(0, 400), st.sampled_from([Unit.DAY, Unit.MONTH]))
def test_a_rolled_day_is_the_first_working_day_from_the_raw_one(start: date, amount: int, unit: Unit) -> None:
    found = CALENDAR.deadline(start, amount % 40 if unit is Unit.MONTH else amount, unit)
    assert CALENDAR.is_working_day(found.rolled)
    assert CALENDAR.next_working_day(found.raw) == found.rolled
    assert len(found.steps) == (found.rolled - found.raw).days
    assert (2028 in found.missing_years) >= (found.raw.year == 2028)


@given(_days, st.integers(-36, 36))
def test_months_keep_the_day_or_end_the_month(start: date, months: int) -> None:
    found = add_months(start, months)
    assert (found.year - start.year) * 12 + found.month - start.month == months
    assert found.day == start.day or (found + timedelta(days=1)).day == 1


def test_a_limit_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2026, 1, 5), -1)


def _table(**changes: list[str]) -> bytes:
    entry = {"off": ["2027-01-01/2027-01-03"], "working": [], "statutory": ["2027-01-01"]} | changes
    return json.dumps({"2027": entry}).encode()


def test_a_new_notice_is_read() -> None:
    known = WorkCalendar(load_holidays(_table(off=["2026-12-31/2027-01-03"])))
    assert known.kind_of(date(2026, 12, 31)) is DayKind.HOLIDAY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}x",
        b'{"2027": {}}',
        b'{"2027": []}',
        _table(off=["2027-02-30"]),
        _table(off=["2028-01-01"], statutory=[]),
        _table(working=["2027-01-02"]),
        _table(working=["2027-01-04"]),
        _table(statutory=["2027-01-09"]),
    ],
)
def test_a_wrong_notice_is_refused(data: bytes) -> None:
    with pytest.raises(HolidayTableError):
        load_holidays(data)
