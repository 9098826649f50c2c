"""Expert consultations (会诊, F28): who sat together, what each one thought, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.errors import Problem
from app.domain.hearings import span_problems
from app.domain.values.limits import MAX_TEXT, limited, text_problems
from app.domain.work.visits import day_problems

MAX_MEMBERS = 30
MAX_OPINION = 2_000
_NAME, _LINE = 50, 100


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who took part: name, unit, and what they thought ("" where nothing was said)."""

    name: str
    unit: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class ConferenceInput:
    """A consultation (F28, 4.20). Minutes since midnight."""

    case_id: str
    title: str = ""
    day: date | None = None
    start: int | None = None
    end: int | None = None
    place: str = ""
    chair: str = ""
    recorder: str = ""
    members: tuple[Member, ...] = ()
    summary: str = ""
    legal_basis: str = ""
    conclusion: str = ""
    proposal: str = ""

    def problems(self, today: date) -> Iterator[Problem]:
        """What the form cannot do without, a day to come, hours the wrong way round, too long a text."""
        yield from day_problems(self.day, today)
        if self.start is None or self.end is None:
            yield from (Problem(name, "required") for name in ("start", "end") if getattr(self, name) is None)
        else:
            yield from span_problems(self.start, self.end)
        for name in ("title", "place", "chair", "summary", "conclusion"):
            if not getattr(self, name).strip():
                yield Problem(name, "required")
        yield from limited(
            self, title=_LINE, place=_LINE, chair=_NAME, recorder=_NAME, summary=MAX_TEXT,
            legal_basis=MAX_TEXT, conclusion=MAX_TEXT, proposal=MAX_TEXT,
        )  # fmt: skip
        yield from self._member_problems()

    def _member_problems(self) -> Iterator[Problem]:
        if not self.members:
            yield Problem("members", "required")
        if len(self.members) > MAX_MEMBERS:
            yield Problem("members", "too_many", (("most", MAX_MEMBERS),))
        for at, one in enumerate(self.members):
            if not one.name.strip():
                yield Problem(f"members.{at}.name", "required")
            yield from text_problems(f"members.{at}.name", one.name, _NAME)
            yield from text_problems(f"members.{at}.unit", one.unit, _LINE)
            yield from text_problems(f"members.{at}.opinion", one.opinion, MAX_OPINION)


@dataclass(frozen=True, slots=True)
class ConferenceRow:
    """A consultation as its list and form show it."""

    id: str
    row_version: int
    case_id: str
    title: str
    day: date
    start: int
    end: int
    place: str
    chair: str
    recorder: str
    members: tuple[Member, ...]
    summary: str
    legal_basis: str
    conclusion: str
    proposal: str
