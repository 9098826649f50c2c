"""Reckons a limit without a data file: the shipped rules, the shipped calendar and a file beside it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.cases import DueDate
from app.domain.deadlines import FIXED, LONGEST, RuleCode, due
from app.domain.values.calendar import Unit, WorkCalendar
from app.services.kernel.rulebook import shipped_rules, shipped_years
from app.services.rules.calendars import read_calendar_file


def countable() -> tuple[RuleCode, ...]:
    """The limits that are counted from an event."""
    return tuple(code for code in RuleCode if code not in FIXED)


def reckon(
    code: RuleCode,
    start: date,
    calendar_file: Path | None = None,
    *,
    amount: int | None = None,
    unit: str | None = None,
) -> DueDate:
    """The last day of a limit that begins on `start`; the years of the file go before the shipped ones.

    `amount`, `unit`: another length than the rule's. Refuses as `read_calendar_file`. ValueError for a length
    no limit has, OverflowError past the end of all calendars.
    """
    brought = read_calendar_file(calendar_file) if calendar_file else {}
    rule = shipped_rules()[code]
    rule = replace(rule, amount=rule.amount if amount is None else amount, unit=Unit(unit or rule.unit))
    if not 1 <= rule.amount <= LONGEST:
        raise ValueError("not a length of a limit")
    return due(rule, start, WorkCalendar(shipped_years() | brought))
