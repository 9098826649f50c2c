"""Time limits as data: the table of domain reference 12.4, extensions, pauses, what an office may change."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases import DueDate
from app.domain.deadlines import (
    PASSING,
    ExtensionInput,
    ExtensionNeed,
    RuleCode,
    RuleInput,
    current_date,
    due,
    extension_problems,
    fixed,
    input_of,
    load_rules,
    rule_problems,
    with_input,
)
from app.domain.values.calendar import DayKind, Roll, Unit, WorkCalendar, load_holidays
from app.domain.values.counting import RestDay, Trigger

DATA = Path(__file__).parents[2] / "resources" / "data"
CALENDAR = WorkCalendar(load_holidays((DATA / "holidays.json").read_bytes()))
RULES = load_rules((DATA / "time_rules.toml").read_bytes())
WORKDAYS_ONLY = WorkCalendar({})


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_every_rule_is_shipped_with_its_basis() -> None:
    assert set(RULES) == set(RuleCode)
    assert all(rule.basis and rule.warn_days for rule in RULES.values())


@pytest.mark.parametrize(
    ("code", "amount", "unit", "extension"),
    [
        ("T-ACK", 3, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-MED", 30, Unit.DAY, ExtensionNeed.ALL_PARTIES),
        ("T-MED-LAB", 15, Unit.DAY, ExtensionNeed.NONE),
        ("T-MED-MED", 30, Unit.WORKING_DAY, ExtensionNeed.BOTH_PARTIES),
        ("T-MED-CT0", 30, Unit.DAY, ExtensionNeed.BOTH_PARTIES),
        ("T-MED-CT1", 15, Unit.DAY, ExtensionNeed.BOTH_PARTIES),
        ("T-MED-CT1-S", 7, Unit.DAY, ExtensionNeed.BOTH_PARTIES),
        ("T-CONF", 30, Unit.DAY, ExtensionNeed.NONE),
        ("T-CONF-R", 30, Unit.DAY, ExtensionNeed.COURT_PRESIDENT),
        ("T-FU", 30, Unit.DAY, ExtensionNeed.NONE),
        ("T-LVL-1", 1, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-LVL-2", 2, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-LVL-3", 2, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-LVL-4", 2, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-WHISTLE", 2, Unit.WORKING_DAY, ExtensionNeed.CHAIR),
        ("T-PET-FWD", 15, Unit.DAY, ExtensionNeed.NONE),
        ("T-PET", 60, Unit.DAY, ExtensionNeed.CHAIR),
        ("T-PET-EXT", 30, Unit.DAY, ExtensionNeed.NONE),
        ("T-PET-OBJ", 5, Unit.WORKING_DAY, ExtensionNeed.NONE),
        ("T-REFILE", 30, Unit.DAY, ExtensionNeed.NONE),
        ("T-TERM", 36, Unit.MONTH, ExtensionNeed.NONE),
    ],
)
def test_the_rules_are_those_of_the_law(code: str, amount: int, unit: Unit, extension: ExtensionNeed) -> None:
    rule = RULES[RuleCode(code)]
    assert (rule.amount, rule.unit, rule.extension_needs) == (amount, unit, extension)


TABLE = [
    ("2026-03-02", 30, Unit.DAY, "2026-04-01", "2026-04-01", False),
    ("2026-03-05", 30, Unit.DAY, "2026-04-04", "2026-04-07", False),
    ("2026-01-30", 30, Unit.DAY, "2026-03-01", "2026-03-02", False),
    ("2026-09-10", 30, Unit.DAY, "2026-10-10", "2026-10-10", False),
    ("2026-09-01", 30, Unit.DAY, "2026-10-01", "2026-10-08", False),
    ("2026-06-01", 60, Unit.DAY, "2026-07-31", "2026-07-31", False),
    ("2026-08-31", 6, Unit.MONTH, "2027-02-28", "2027-03-01", True),
    ("2025-08-30", 6, Unit.MONTH, "2026-02-28", "2026-02-28", False),
    ("2026-11-30", 3, Unit.MONTH, "2027-02-28", "2027-03-01", True),
    ("2026-01-31", 1, Unit.MONTH, "2026-02-28", "2026-02-28", False),
    ("2026-08-07", 3, Unit.WORKING_DAY, "2026-08-12", "2026-08-12", False),
    ("2026-08-07", 5, Unit.WORKING_DAY, "2026-08-14", "2026-08-14", False),
    ("2026-08-07", 7, Unit.WORKING_DAY, "2026-08-18", "2026-08-18", False),
]


@pytest.mark.parametrize(("start", "amount", "unit", "raw", "rolled", "missing"), TABLE)
def test_the_table_of_deadlines(
    start: str, amount: int, unit: Unit, raw: str, rolled: str, missing: bool
) -> None:
    rule = replace(RULES[RuleCode.CONFIRM], amount=amount, unit=unit)
    found = due(rule, day(start), CALENDAR)
    assert (found.raw_on, found.due_on, found.uncertain) == (day(raw), day(rolled), missing)


@pytest.mark.parametrize(("start", "naive"), [("2026-09-10", "2026-10-12"), ("2025-08-30", "2026-03-02")])
def test_weekdays_alone_would_be_wrong_where_a_weekend_is_worked(start: str, naive: str) -> None:
    months = start.startswith("2025")
    rule = replace(
        RULES[RuleCode.CONFIRM], amount=6 if months else 30, unit=Unit.MONTH if months else Unit.DAY
    )
    guessed, right = (due(rule, day(start), known) for known in (WORKDAYS_ONLY, CALENDAR))
    assert (guessed.due_on, guessed.uncertain) == (day(naive), True)
    assert (right.due_on, right.how and right.how.worked) == (right.raw_on, (right.raw_on,))


def test_a_date_tells_which_holiday_it_passed_over() -> None:
    found = due(RULES[RuleCode.CONFIRM], day("2026-09-01"), CALENDAR)
    assert found.how is not None
    assert found.how.rest[0] == RestDay(day("2026-10-01"), DayKind.STATUTORY, "国庆节")
    assert (found.how.start_on, found.how.trigger) == (day("2026-09-01"), Trigger.EFFECTIVE)


def test_an_extension_and_a_pause_lengthen_the_count_before_it_is_rolled() -> None:
    rule = RULES[RuleCode.MEDIATE]
    assert due(rule, day("2026-08-01"), CALENDAR, extended=30).raw_on == day("2026-09-30")
    assert due(rule, day("2026-08-01"), CALENDAR, extended=30, paused=1).due_on == day("2026-10-08")


_days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
_codes = st.sampled_from(sorted(set(RuleCode) - {RuleCode.HEARING, RuleCode.PERFORM}))


@given(_days, _codes, st.integers(0, 60), st.integers(0, 60))
def test_no_date_goes_back_and_longer_is_never_sooner(
    start: date, code: RuleCode, less: int, more: int
) -> None:
    rule = RULES[code]
    found = due(rule, start, CALENDAR, extended=less)
    assert start < found.raw_on <= found.due_on
    assert found.warn_on is not None
    assert found.warn_on <= found.due_on
    assert due(rule, start, CALENDAR, extended=less + more).due_on >= found.due_on
    if rule.roll is Roll.NEXT_WORKING_DAY:
        assert CALENDAR.is_working_day(found.due_on)


@given(st.lists(st.tuples(st.sampled_from(sorted(RuleCode)), _days), max_size=8), _days)
def test_a_duty_past_its_day_stays_and_a_chance_does_not(
    dates: list[tuple[RuleCode, date]], today: date
) -> None:
    found = [DueDate(code, on, on, False) for code, on in dates]
    current = current_date(found, today)
    staying = [one.due_on for one in found if one.code not in PASSING or one.due_on >= today]
    assert (current.due_on if current else None) == min(staying, default=None)


def test_a_written_day_is_yellow_a_week_before() -> None:
    promised = fixed(RULES[RuleCode.PERFORM], day("2026-09-30"), was=day("2026-09-10"), trigger=Trigger.OWED)
    assert (promised.due_on, promised.warn_on) == (day("2026-09-30"), day("2026-09-23"))
    assert promised.how is not None
    assert promised.how.start_on == day("2026-09-10")


def test_follow_up_is_yellow_from_the_fifteenth_day() -> None:
    found = due(RULES[RuleCode.FOLLOW_UP], day("2026-09-10"), CALENDAR)
    assert (found.warn_on, found.due_on) == (day("2026-09-25"), day("2026-10-10"))


def changed(code: RuleCode, **fields: object) -> dict[str, str]:
    wanted: RuleInput = replace(input_of(RULES[code]), **fields)
    return {one.field: one.code for one in rule_problems(RULES[code], wanted)}


def test_of_a_limit_of_the_law_only_the_reminders_change() -> None:
    assert changed(RuleCode.CONFIRM, warn_days=(-10, 0)) == {}
    for fields in ({"amount": 31}, {"unit": Unit.MONTH}, {"active": False}, {"basis": "本单位规定"}):
        assert changed(RuleCode.CONFIRM, **fields) == {"amount": "limit_of_law"}
        wanted = replace(input_of(RULES[RuleCode.CONFIRM]), **fields)
        assert with_input(RULES[RuleCode.CONFIRM], wanted) == RULES[RuleCode.CONFIRM]


def test_an_office_sets_its_own_limits() -> None:
    assert changed(RuleCode.FOLLOW_UP, amount=20, active=False, basis="本镇回访办法") == {}
    assert changed(RuleCode.FOLLOW_UP, amount=0) == {"amount": "out_of_range"}
    assert changed(RuleCode.FOLLOW_UP, amount=10**9) == {"amount": "out_of_range"}
    assert changed(RuleCode.FOLLOW_UP, basis=" ") == {"basis": "required"}
    assert changed(RuleCode.FOLLOW_UP, basis="长" * 201) == {"basis": "too_long"}
    assert changed(RuleCode.MEDIATE, extension_amount=-1) == {"extension_amount": "out_of_range"}
    assert changed(RuleCode.CONFIRM, warn_days=(-1000,)) == {"warn_days": "warning_too_far"}


TODAY = day("2026-09-20")
GRANT = ExtensionInput(10, ("a", "b"), "主任甲", "", "双方还在筹款", TODAY)
PARTIES = {"a": "张㛃", "b": "李䶮"}


def missing(needs: ExtensionNeed, left: int = 30, **fields: object) -> dict[str, str]:
    found = extension_problems(needs, left, replace(GRANT, **fields), PARTIES, TODAY)
    return {one.field: one.code for one in found}


def test_an_extension_needs_what_the_law_asks() -> None:
    assert missing(ExtensionNeed.ALL_PARTIES) == {}
    assert missing(ExtensionNeed.ALL_PARTIES, agreed_by=("a",)) == {"agreed_by": "extension_not_agreed"}
    assert missing(ExtensionNeed.ALL_PARTIES, approver=" ") == {"approver": "required"}
    assert missing(ExtensionNeed.BOTH_PARTIES, approver="") == {}
    assert missing(ExtensionNeed.BOTH_PARTIES, agreed_by=()) == {"agreed_by": "extension_not_agreed"}
    assert missing(ExtensionNeed.CHAIR, agreed_by=()) == {}
    assert missing(ExtensionNeed.COURT_PRESIDENT, agreed_by=()) == {"document_no": "required"}
    assert missing(ExtensionNeed.COURT_PRESIDENT, agreed_by=(), document_no="(2026)冀0532调确1号") == {}
    assert missing(ExtensionNeed.CHAIR, reason="") == {"reason": "required"}
    assert missing(ExtensionNeed.CHAIR, granted_on=None) == {"granted_on": "required"}
    tomorrow = TODAY + timedelta(days=1)
    assert missing(ExtensionNeed.CHAIR, granted_on=tomorrow) == {"granted_on": "future_date"}


@given(st.integers(-5, 1005), st.integers(0, 400))
def test_an_extension_is_never_longer_than_allowed(amount: int, left: int) -> None:
    refused = "amount" in missing(ExtensionNeed.CHAIR, left, amount=amount)
    assert refused == (not 1 <= amount <= (left or 1000))
