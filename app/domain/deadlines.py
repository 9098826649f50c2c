"""Time limits as rules: what starts them, how long they run, what they rest on (domain reference 3.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import DueDate
from app.domain.values.calendar import Roll, Unit, WorkCalendar


class RuleCode(StrEnum):
    """Which time limit a date comes from."""

    ACKNOWLEDGE = "T-ACK"
    MEDIATE = "T-MED"
    CONFIRM = "T-CONF"
    PERFORM = "T-PERF"
    HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class TimeRule:
    """`amount` of `unit` after the starting day; `roll` says what a day of rest at the end does."""

    code: RuleCode
    amount: int
    unit: Unit
    roll: Roll
    basis: str


RULES: dict[RuleCode, TimeRule] = {
    RuleCode.ACKNOWLEDGE: TimeRule(RuleCode.ACKNOWLEDGE, 3, Unit.WORKING_DAY, Roll.NONE, "practice"),
    RuleCode.MEDIATE: TimeRule(RuleCode.MEDIATE, 30, Unit.DAY, Roll.NEXT_WORKING_DAY, "MJR02 33"),
    RuleCode.CONFIRM: TimeRule(RuleCode.CONFIRM, 30, Unit.DAY, Roll.NEXT_WORKING_DAY, "PML 33; CPL 205"),
}


SETTLED = (RuleCode.CONFIRM, RuleCode.PERFORM)
"""The dates of a settled case. The chance to have it confirmed passes by; what was promised stays owed."""


def current_date(dates: tuple[DueDate, ...], today: date) -> DueDate | None:
    """The date of a settled case that counts on `today`: the next one, else the last promise past its day."""
    coming = [found for found in dates if found.due_on >= today]
    promised = [found for found in dates if found.code == RuleCode.PERFORM]
    if coming:
        return min(coming, key=lambda found: (found.due_on, found.code))
    return max(promised, key=lambda found: found.due_on, default=None)


def due(rule: TimeRule, start: date, calendar: WorkCalendar) -> DueDate:
    """The last day of `rule` when it starts on `start`; that day itself is not counted (CIV 201)."""
    found = calendar.deadline(start, rule.amount, rule.unit, rule.roll)
    return DueDate(rule.code, found.rolled, found.raw, bool(found.missing_years))
