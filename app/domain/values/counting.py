"""How a time limit was counted: its start, its length, the days of rest it passed, what was not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.values.calendar import DayKind, Roll, Unit


class Trigger(StrEnum):
    """The event a time limit begins with; the day of the event itself is not counted (CIV 201)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    SIGNED_FOR = "signed_for"  # the mediator signed for the court's material (TY16)
    EFFECTIVE = "effective"
    DOCKETED = "docketed"
    OWED = "owed"  # the day written into the agreement
    PERFORMED = "performed"
    LEVEL = "level"  # the matter came to this level (SIJI)
    SENT = "sent"
    CLOSED = "closed"
    TERM = "term"  # a committee took office
    EXTENDED = "extended"  # the end of the limit that was made longer
    FIXED = "fixed"  # somebody set the day itself


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day of rest a limit passed over: what it is by the calendar and the name of the holiday, if any."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """The account of one date: enough to explain it without asking anything else.

    `amount`: of the rule; `extended`, `paused`: what was added to it, in the same unit. `rest`: days of rest
    passed over; `worked`: weekend days that count as working days by the notice (调休上班); `missing`: years
    whose notice is not known, so that Monday to Friday was assumed.
    """

    trigger: Trigger
    start_on: date
    amount: int = 0
    unit: Unit = Unit.DAY
    roll: Roll = Roll.NONE
    basis: str = ""
    extended: int = 0
    paused: int = 0
    rest: tuple[RestDay, ...] = ()
    worked: tuple[date, ...] = ()
    missing: tuple[int, ...] = ()
