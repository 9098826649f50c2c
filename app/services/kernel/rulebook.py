"""Time limits and working-day calendar of this office: those of the program, and what it changed."""

from functools import cache
from typing import Any, cast

from sqlalchemy import select

from app.domain.deadlines import (
    ExtensionNeed,
    RuleCode,
    RuleInput,
    TimeRule,
    load_rules,
    with_input,
)
from app.domain.values.calendar import HolidayYear, Roll, Unit, WorkCalendar, holiday_year, load_holidays
from app.models.local import CalendarYear, LimitRule
from app.runtime import resource
from app.services.kernel.unit_of_work import UnitOfWork

_RULES, _CALENDAR = "time_rules", "work_calendar"


@cache
def shipped_rules() -> dict[RuleCode, TimeRule]:
    """The rules as the program came with them (domain reference 3.6)."""
    return load_rules(resource("data", "time_rules.toml").read_bytes())


@cache
def shipped_years() -> dict[int, HolidayYear]:
    """The holiday notices the program came with."""
    return load_holidays(resource("data", "holidays.json").read_bytes())


@cache
def shipped_calendar() -> WorkCalendar:
    """The working-day calendar of those notices alone."""
    return WorkCalendar(shipped_years())


def time_rules(uow: UnitOfWork) -> dict[RuleCode, TimeRule]:
    """The rules this office keeps; read once per unit of work."""
    return cast("dict[RuleCode, TimeRule]", _kept(uow, _RULES, _read_rules))


def calendar(uow: UnitOfWork) -> WorkCalendar:
    """The working-day calendar: shipped notices and imported ones, which go before; read once per unit."""
    return cast("WorkCalendar", _kept(uow, _CALENDAR, _read_calendar))


def forget_rulebook(uow: UnitOfWork) -> None:
    """Read rules and calendar anew: this unit has just changed them."""
    uow.session.flush()
    for key in (_RULES, _CALENDAR):
        uow.session.info.pop(key, None)


def input_of_row(row: LimitRule) -> RuleInput:
    """What the office said about a rule."""
    return RuleInput(
        row.amount, Unit(row.unit), Roll(row.roll), row.extension_amount, ExtensionNeed(row.extension_needs),
        tuple(row.warn_days), row.basis, row.active,
    )  # fmt: skip


def _kept(uow: UnitOfWork, key: str, read: Any) -> Any:
    if key not in uow.session.info:
        uow.session.info[key] = read(uow)
    return uow.session.info[key]


def _read_rules(uow: UnitOfWork) -> dict[RuleCode, TimeRule]:
    rules = dict(shipped_rules())
    for row in uow.session.scalars(select(LimitRule)):
        code = RuleCode(row.code)
        rules[code] = with_input(rules[code], input_of_row(row))
    return rules


def _read_calendar(uow: UnitOfWork) -> WorkCalendar:
    imported = {
        year: holiday_year(year, body)
        for year, body in uow.session.execute(select(CalendarYear.year, CalendarYear.body))
    }
    return WorkCalendar(shipped_years() | imported) if imported else shipped_calendar()
