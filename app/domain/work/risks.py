"""Reports of a risk that a dispute escalates (PML 25; guard G9; F26)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.cases import PartyView, RiskFlag
from app.domain.clashes import MINUTES_OF_DAY
from app.domain.errors import Problem
from app.domain.intake import needs_guardian
from app.domain.values.limits import limited, text_problems
from app.domain.work.visits import day_problems

MAX_FACTS = 5_000
MAX_NOTE = 1_000
_LINE = 100


class RiskLevel(StrEnum):
    """四色 (domain reference 1.3); what each colour obliges to differs by place."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"


class RiskReceiver(StrEnum):
    """Whom a risk is reported to (F26)."""

    POLICE = "police"
    JUSTICE = "justice"
    COUNTY = "county"
    OTHER = "other"


class ReportMethod(StrEnum):
    """How it was reported."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    WRITTEN = "written"
    WECHAT = "wechat"


def police_compulsory(flags: Iterable[RiskFlag], parties: Iterable[PartyView], today: date) -> bool:
    """Whether the police must be told: suspected violence, and a party who needs a guardian (DVL 14)."""
    return RiskFlag.DOMESTIC_VIOLENCE in flags and any(needs_guardian(one, today) for one in parties)


@dataclass(frozen=True, slots=True)
class RiskInput:
    """A report of a risk (F26, 4.20): what threatens, who, what was done, whom it was told to and when.

    `minute` since midnight, on the office's clock.
    """

    case_id: str
    flags: tuple[RiskFlag, ...] = ()
    level: RiskLevel = RiskLevel.RED
    facts: str = ""
    people: str = ""
    measures: str = ""
    receiver_kind: RiskReceiver = RiskReceiver.POLICE
    receiver: str = ""
    receiver_phone: str = ""
    method: ReportMethod = ReportMethod.PHONE
    day: date | None = None
    minute: int | None = None
    reported_by: str = ""

    def problems(self, now: datetime) -> Iterator[Problem]:
        """No sign, no facts, nobody told, a moment to come, too long a text; `now` on the office's clock."""
        if not self.flags:
            yield Problem("flags", "required")
        for name in ("facts", "receiver", "reported_by"):
            if not getattr(self, name).strip():
                yield Problem(name, "required")
        yield from day_problems(self.day, now.date())
        if self.minute is None:
            yield Problem("minute", "required")
        elif not 0 <= self.minute < MINUTES_OF_DAY:
            yield Problem("minute", "out_of_range")
        elif self.day == now.date() and self.minute > now.hour * 60 + now.minute:
            yield Problem("minute", "future_time")
        yield from limited(
            self, facts=MAX_FACTS, people=MAX_NOTE, measures=MAX_FACTS, receiver=_LINE, receiver_phone=40,
            reported_by=50,
        )  # fmt: skip


def feedback_problems(text: str) -> Iterator[Problem]:
    """What the receiver answered must be said, and not too long."""
    if not text.strip():
        yield Problem("feedback", "required")
    yield from text_problems("feedback", text, MAX_FACTS)


@dataclass(frozen=True, slots=True)
class ClearInput:
    """That a risk passed: on which day, and how one knows."""

    cleared_on: date | None = None
    note: str = ""

    def problems(self, reported_on: date, today: date) -> Iterator[Problem]:
        """Not before the report, not in days to come, and with a reason."""
        if self.cleared_on is None:
            yield Problem("cleared_on", "required")
        elif self.cleared_on > today:
            yield Problem("cleared_on", "future_date")
        elif self.cleared_on < reported_on:
            yield Problem("cleared_on", "cleared_before_report")
        if not self.note.strip():
            yield Problem("note", "required")
        yield from text_problems("note", self.note, MAX_NOTE)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A report of a risk; open until `cleared_on`."""

    id: str
    row_version: int
    case_id: str
    flags: tuple[RiskFlag, ...]
    level: RiskLevel
    facts: str
    people: str
    measures: str
    receiver_kind: RiskReceiver
    receiver: str
    receiver_phone: str
    method: ReportMethod
    reported_at: datetime
    reported_by: str
    feedback: str
    cleared_on: date | None
    cleared_by: str
    clear_note: str
