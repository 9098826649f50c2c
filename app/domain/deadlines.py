"""Time limits as rules: what starts them, how long they run, what they rest on (domain reference 3.6)."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.domain.cases import DueDate
from app.domain.errors import Problem
from app.domain.values.calendar import Deadline, Roll, Unit, WorkCalendar
from app.domain.values.counting import Counting, RestDay, Trigger
from app.domain.values.limits import limited

LONGEST = 1000
"""Of a rule's amount, in its unit; a typing error would put the date into another century."""
FARTHEST_WARNING = 100
MAX_BASIS = 200


class RuleCode(StrEnum):
    """Which time limit a date comes from."""

    ACKNOWLEDGE = "T-ACK"
    MEDIATE = "T-MED"
    MEDIATE_LABOUR = "T-MED-LAB"
    MEDIATE_MEDICAL = "T-MED-MED"
    COURT_PRE = "T-MED-CT0"  # 委派, before docketing
    COURT_ORDINARY = "T-MED-CT1"  # 委托, ordinary procedure
    COURT_SIMPLE = "T-MED-CT1-S"  # 委托, simple procedure
    CONFIRM = "T-CONF"
    CONFIRM_RULING = "T-CONF-R"
    PERFORM = "T-PERF"
    FOLLOW_UP = "T-FU"
    LEVEL_1 = "T-LVL-1"
    LEVEL_2 = "T-LVL-2"
    LEVEL_3 = "T-LVL-3"
    LEVEL_4 = "T-LVL-4"
    WHISTLE = "T-WHISTLE"
    FEEDBACK = "T-FEEDBACK"  # the answer of an office a case was handed to (guard G3)
    PETITION_FORWARD = "T-PET-FWD"
    PETITION = "T-PET"
    PETITION_EXTENDED = "T-PET-EXT"
    PETITION_OBJECT = "T-PET-OBJ"
    REFILE = "T-REFILE"
    TERM = "T-TERM"
    HEARING = "hearing"


class ExtensionNeed(StrEnum):
    """What must be there before a limit may be made longer."""

    NONE = "none"  # it cannot be extended
    ALL_PARTIES = "all_parties"  # all parties agree and the chair approves (NB15 27, SZ22 25)
    BOTH_PARTIES = "both_parties"  # the parties agree (TY16, MED 38)
    CHAIR = "chair"
    COURT_PRESIDENT = "court_president"  # CPL 187


@dataclass(frozen=True, slots=True)
class TimeRule:
    """`amount` of `unit` after the starting day; `roll` says what a day of rest at the end does.

    `extension_amount`: at most so much longer in all, 0 where no most is set; `warn_days`: when to remind,
    relative to the last day (-7, -1, 1), yellow begins with the first; `law`: the office may not change how
    it is counted, only when it is reminded; `valid_from`: when the provision came into force.
    """

    code: RuleCode
    trigger: Trigger
    amount: int
    unit: Unit
    roll: Roll
    basis: str
    extension_amount: int = 0
    extension_needs: ExtensionNeed = ExtensionNeed.NONE
    warn_days: tuple[int, ...] = (-3, 0, 1)
    valid_from: date | None = None
    law: bool = False
    active: bool = True

    @property
    def warned_before(self) -> int:
        """So many days before its last day the date turns yellow."""
        return max(0, -min(self.warn_days, default=0))


Rules = Mapping[RuleCode, TimeRule]


@dataclass(frozen=True, slots=True)
class RuleInput:
    """What an office may say about a rule; see `TimeRule`."""

    amount: int
    unit: Unit
    roll: Roll
    extension_amount: int
    extension_needs: ExtensionNeed
    warn_days: tuple[int, ...]
    basis: str
    active: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the settings show it, and as the program came with it; `row_version` None: unchanged."""

    rule: TimeRule
    shipped: TimeRule
    row_version: int | None


@dataclass(frozen=True, slots=True)
class ExtensionInput:
    """A longer limit: `amount` in the rule's unit, who agreed (ids of parties), who granted it and why."""

    amount: int
    agreed_by: tuple[str, ...]
    approver: str
    document_no: str
    reason: str
    granted_on: date | None


@dataclass(frozen=True, slots=True)
class ExtendableLimit:
    """A date that may be moved: what it needs, how much longer it may still become (0: no most is set)."""

    due: DueDate
    needs: ExtensionNeed
    left: int
    unit: Unit


FIXED = frozenset({RuleCode.HEARING, RuleCode.PERFORM})
"""Dates nobody counts: they are written down as such."""
SETTLED = (RuleCode.CONFIRM, RuleCode.CONFIRM_RULING, RuleCode.FOLLOW_UP, RuleCode.PERFORM)
"""The dates of a settled case."""
_GRANTED = (ExtensionNeed.ALL_PARTIES, ExtensionNeed.CHAIR, ExtensionNeed.COURT_PRESIDENT)
PASSING = (RuleCode.CONFIRM, RuleCode.CONFIRM_RULING)
"""Chances and duties of others: once their day has passed nothing is left to do. Every other duty stays."""


def load_rules(data: bytes) -> dict[RuleCode, TimeRule]:
    """Read the rules shipped with the program (`resources/data/time_rules.toml`)."""
    raw = tomllib.loads(data.decode("utf-8"))
    found = [_read(RuleCode(code), entry) for code, entry in raw.items()]
    return {rule.code: rule for rule in found}


def _read(code: RuleCode, entry: Mapping[str, Any]) -> TimeRule:
    return TimeRule(
        code=code,
        trigger=Trigger(entry["trigger"]),
        amount=entry["amount"],
        unit=Unit(entry["unit"]),
        roll=Roll(entry["roll"]),
        basis=entry["basis"],
        extension_amount=entry.get("extension_amount", 0),
        extension_needs=ExtensionNeed(entry.get("extension_needs", "none")),
        warn_days=tuple(entry["warn_days"]),
        valid_from=entry.get("valid_from"),
        law=entry.get("law", False),
        active=entry.get("active", True),
    )


def with_input(rule: TimeRule, wanted: RuleInput) -> TimeRule:
    """The rule as the office keeps it; of the law's own limits only the reminders change."""
    warn_days = tuple(sorted(set(wanted.warn_days)))
    if rule.law:
        return replace(rule, warn_days=warn_days)
    return replace(
        rule,
        amount=wanted.amount,
        unit=wanted.unit,
        roll=wanted.roll,
        extension_amount=wanted.extension_amount,
        extension_needs=wanted.extension_needs,
        warn_days=warn_days,
        basis=wanted.basis.strip(),
        active=wanted.active,
    )


def input_of(rule: TimeRule) -> RuleInput:
    """The rule as its form shows it."""
    return RuleInput(
        rule.amount, rule.unit, rule.roll, rule.extension_amount, rule.extension_needs, rule.warn_days,
        rule.basis, rule.active,
    )  # fmt: skip


def rule_problems(rule: TimeRule, wanted: RuleInput) -> Iterator[Problem]:
    """Why the office cannot keep a rule so; the law's own limits stay as they are but for the reminders."""
    if any(abs(day) > FARTHEST_WARNING for day in wanted.warn_days):
        yield Problem("warn_days", "warning_too_far", (("most", FARTHEST_WARNING),))
    if rule.law:
        changed = replace(with_input(replace(rule, law=False), wanted), warn_days=rule.warn_days, law=True)
        if changed != rule:
            yield Problem("amount", "limit_of_law", (("basis", rule.basis),))
        return
    if not 1 <= wanted.amount <= LONGEST and rule.code not in FIXED:
        yield Problem("amount", "out_of_range")
    if not 0 <= wanted.extension_amount <= LONGEST:
        yield Problem("extension_amount", "out_of_range")
    if not wanted.basis.strip():
        yield Problem("basis", "required")
    yield from limited(wanted, basis=MAX_BASIS)


def due(
    rule: TimeRule,
    start: date,
    calendar: WorkCalendar,
    *,
    extended: int = 0,
    paused: int = 0,
    trigger: Trigger | None = None,
) -> DueDate:
    """The last day of `rule` when it starts on `start`; that day itself is not counted (CIV 201).

    An extension and the time the clock stood still lengthen the limit before its end is moved to a working
    day. `trigger`: the event it was really counted from, when that is not the rule's own.
    """
    found = calendar.deadline(start, rule.amount + extended + paused, rule.unit, rule.roll)
    how = Counting(
        trigger=trigger or rule.trigger,
        start_on=start,
        amount=rule.amount,
        unit=rule.unit,
        roll=rule.roll,
        basis=rule.basis,
        extended=extended,
        paused=paused,
        rest=tuple(RestDay(day, kind, calendar.name_of(day)) for day, kind in found.steps),
        worked=_worked(rule, start, found, calendar),
        missing=found.missing_years,
    )
    return DueDate(
        rule.code, found.rolled, found.raw, bool(found.missing_years), how, warned(rule, found.rolled)
    )


def fixed(rule: TimeRule, day: date, *, was: date | None = None, trigger: Trigger = Trigger.FIXED) -> DueDate:
    """A day somebody wrote down; `was`: the day it was before it was put off."""
    how = Counting(trigger=trigger, start_on=was or day, basis=rule.basis)
    return DueDate(rule.code, day, day, False, how, warned(rule, day))


def warned(rule: TimeRule, day: date) -> date:
    """The day from which the date is yellow."""
    return day - timedelta(days=rule.warned_before)


def _worked(rule: TimeRule, start: date, found: Deadline, calendar: WorkCalendar) -> tuple[date, ...]:
    first = start + timedelta(days=1) if rule.unit is Unit.WORKING_DAY else found.raw
    return tuple(calendar.adjusted_between(first, found.rolled)) if rule.roll is not Roll.NONE else ()


def current_date(dates: Iterable[DueDate], today: date) -> DueDate | None:
    """The date that counts on `today`: the earliest, but for chances that passed unused.

    A duty whose day has passed stays the date of its case until it is done.
    """
    counting = [found for found in dates if found.due_on >= today or found.code not in PASSING]
    return min(counting, key=lambda found: (found.due_on, found.code), default=None)


def extension_problems(
    needs: ExtensionNeed, left: int, wanted: ExtensionInput, principals: Mapping[str, str], today: date
) -> Iterator[Problem]:
    """What is missing for a longer limit. `principals`: names of the parties of the case by id.

    `left`: how much longer the limit may still become, 0 where no most is set.
    """
    if not 1 <= wanted.amount <= (left or LONGEST):
        yield Problem("amount", "extension_too_long", (("most", left or LONGEST),))
    if needs in (ExtensionNeed.ALL_PARTIES, ExtensionNeed.BOTH_PARTIES):
        silent = tuple(name for key, name in principals.items() if key not in wanted.agreed_by)
        if silent:
            yield Problem("agreed_by", "extension_not_agreed", (("names", silent),))
    if needs in _GRANTED and not wanted.approver.strip():
        yield Problem("approver", "required")
    if needs is ExtensionNeed.COURT_PRESIDENT and not wanted.document_no.strip():
        yield Problem("document_no", "required")
    if not wanted.reason.strip():
        yield Problem("reason", "required")
    if wanted.granted_on is None:
        yield Problem("granted_on", "required")
    elif wanted.granted_on > today:
        yield Problem("granted_on", "future_date")
    yield from limited(wanted, approver=50, document_no=80, reason=MAX_BASIS)
