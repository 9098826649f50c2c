"""Time limits as rules: what starts them, how long they run, what they rest on (domain reference 3.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar import Unit, WorkCalendar, deadline
from app.domain.cases import Deadline


class RuleCode(StrEnum):
    """Which time limit a date comes from."""

    ACKNOWLEDGE = "T-ACK"
    MEDIATE = "T-MED"
    CONFIRM = "T-CONF"
    PERFORM = "T-PERF"
    HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class TimeRule:
    """`amount` of `unit` after the starting day; `roll` moves a rest day to the next working day."""

    code: RuleCode
    amount: int
    unit: Unit
    roll: bool
    basis: str


RULES: dict[RuleCode, TimeRule] = {
    RuleCode.ACKNOWLEDGE: TimeRule(RuleCode.ACKNOWLEDGE, 3, Unit.WORK_DAY, False, "practice"),
    RuleCode.MEDIATE: TimeRule(RuleCode.MEDIATE, 30, Unit.CAL_DAY, True, "MJR02 33"),
    RuleCode.CONFIRM: TimeRule(RuleCode.CONFIRM, 30, Unit.CAL_DAY, True, "PML 33; CPL 205"),
}


def due(rule: TimeRule, start: date, calendar: WorkCalendar) -> Deadline:
    """The last day of `rule` when it starts on `start`; that day itself is not counted (CIV 201)."""
    found = deadline(start, rule.amount, rule.unit, calendar, roll=rule.roll)
    return Deadline(rule.code, found.rolled, found.raw, bool(found.missing_years))
