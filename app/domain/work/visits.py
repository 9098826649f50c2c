"""The visit log and the records of investigation (F06): what is written down, and what a list says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.clashes import MINUTES_OF_DAY
from app.domain.errors import Problem
from app.domain.hearings import span_problems
from app.domain.values.identity import Sex
from app.domain.values.limits import MAX_TEXT, each_limited, limited

MAX_CONTENT = 5_000
MAX_NEXT = 500
MAX_AGE = 130
_NAME, _LINE = 50, 100


class VisitManner(StrEnum):
    """How a mediator met people between the sessions (log kinds of a village ledger, APP1)."""

    HOME = "home"  # 入户走访
    SITE = "site"  # 现场查看
    PHONE = "phone"
    WECHAT = "wechat"
    OFFICE = "office"  # 约到办公室谈话
    VILLAGE = "village"  # 村组协调
    OTHER = "other"


def day_problems(day: date | None, today: date, name: str = "day") -> Iterator[Problem]:
    """A day that is missing or still to come (12.6)."""
    if day is None:
        yield Problem(name, "required")
    elif day > today:
        yield Problem(name, "future_date")


@dataclass(frozen=True, slots=True)
class VisitInput:
    """One entry of the visit log; `start` in minutes since midnight, None where nobody noted it."""

    case_id: str
    day: date | None = None
    start: int | None = None
    method: VisitManner = VisitManner.HOME
    place: str = ""
    visited: str = ""
    visitors: str = ""
    content: str = ""
    next_action: str = ""

    def problems(self, today: date) -> Iterator[Problem]:
        """What cannot stay: no day, nobody visited or visiting, nothing said, a day to come, too long."""
        yield from day_problems(self.day, today)
        if self.start is not None and not 0 <= self.start < MINUTES_OF_DAY:
            yield Problem("start", "out_of_range")
        for name in ("visited", "visitors", "content"):
            if not getattr(self, name).strip():
                yield Problem(name, "required")
        yield from limited(
            self, place=_LINE, visited=_LINE, visitors=_LINE, content=MAX_CONTENT, next_action=MAX_NEXT
        )


@dataclass(frozen=True, slots=True)
class VisitRow:
    """An entry of the visit log as its list shows it."""

    id: str
    row_version: int
    case_id: str
    day: date
    start: int | None
    method: VisitManner
    place: str
    visited: str
    visitors: str
    content: str
    next_action: str


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Whom the mediators asked (F06): number or unit, as the form has it; `age` in years."""

    name: str = ""
    sex: Sex | None = None
    age: int | None = None
    id_no: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""

    def problems(self) -> Iterator[Problem]:
        """No name, an age nobody has, too long a text."""
        if not self.name.strip():
            yield Problem("name", "required")
        if self.age is not None and not 0 <= self.age <= MAX_AGE:
            yield Problem("age", "age_range")
        yield from limited(self, name=_NAME, id_no=40, unit=_LINE, address=_LINE, phone=40)


@dataclass(frozen=True, slots=True)
class InvestigationInput:
    """A record of investigation (F06, 4.7). Minutes since midnight; the body is questions and answers."""

    case_id: str
    day: date | None = None
    start: int | None = None
    end: int | None = None
    place: str = ""
    attendees: tuple[str, ...] = ()
    asked: AskedPerson = field(default_factory=AskedPerson)
    investigators: tuple[str, ...] = ()
    recorder: str = ""
    body: str = ""

    def problems(self, today: date) -> Iterator[Problem]:
        """What the form cannot do without, a day to come, hours the wrong way round, too long a text."""
        yield from day_problems(self.day, today)
        if self.start is None or self.end is None:
            yield from (Problem(name, "required") for name in ("start", "end") if getattr(self, name) is None)
        else:
            yield from span_problems(self.start, self.end)
        for name in ("place", "investigators", "recorder", "body"):
            value = getattr(self, name)
            if not (value.strip() if isinstance(value, str) else value):
                yield Problem(name, "required")
        yield from limited(self, place=_LINE, recorder=_NAME, body=MAX_TEXT)
        yield from each_limited("attendees", self.attendees, _NAME)
        yield from each_limited("investigators", self.investigators, _NAME)
        yield from (Problem(f"asked.{one.field}", one.code, one.details) for one in self.asked.problems())


@dataclass(frozen=True, slots=True)
class InvestigationRow:
    """A record of investigation; signed by the person asked it stays as it is."""

    id: str
    row_version: int
    case_id: str
    seq: int
    day: date
    start: int
    end: int
    place: str
    attendees: tuple[str, ...]
    asked: AskedPerson
    investigators: tuple[str, ...]
    recorder: str
    body: str
    signed_on: date | None
