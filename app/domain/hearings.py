"""Hearings and the records of what was said there: what is asked, what calendars and pages show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.clashes import MINUTES_OF_DAY
from app.domain.errors import Problem
from app.domain.flow import CaseStatus
from app.domain.values.limits import MAX_REASON, MAX_TEXT, each_limited, limited, text_problems


class HearingStatus(StrEnum):
    """Where a hearing stands."""

    TENTATIVE = "tentative"  # 暂定: asked for, not yet agreed with everybody
    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


PLANNED = frozenset({HearingStatus.TENTATIVE, HearingStatus.SCHEDULED})
MAX_TRAVEL = 240  # minutes each way


class HearingKind(StrEnum):
    """What kind of meeting it is (domain reference 3.7)."""

    MEDIATION = "mediation"  # 调解会
    HEARING = "hearing"  # 听证会
    CONFERENCE = "conference"  # 会诊
    VISIT = "visit"  # 上门、现场


class GuestKind(StrEnum):
    """Who is asked to come to a hearing."""

    PARTY = "party"
    EXPERT = "expert"
    NAMED = "named"  # somebody in no register: a neighbour, a village cadre


@dataclass(frozen=True, slots=True)
class HearingInput:
    """A hearing to be fixed. Minutes since midnight; no `party_ids` invites everybody of the case.

    `notice_waived`: all agreed to come at once. `open_agreed`: all agreed that it is open (PML 23).
    `override_reason`: why a collision is accepted. `travel`: minutes each way to a place that is no room of
    the office. `tentative`: not yet agreed with everybody. `change_reason`: why a hearing is moved.
    """

    case_id: str
    kind: HearingKind
    day: date
    start: int
    end: int
    room_id: str | None = None
    place: str = ""
    party_ids: tuple[str, ...] = ()
    expert_ids: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    recorder: str = ""
    open_to_public: bool = False
    open_agreed: bool = False
    notice_waived: bool = False
    override_reason: str = ""
    travel: int = 0
    tentative: bool = False
    change_reason: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited: a party or expert by id, or a name."""

    kind: GuestKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """When and where a hearing was to be before it was changed or called off, and why it was."""

    day: date
    start: int
    end: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class HearingRow:
    """A hearing as calendars show it; `clashing` when something it holds is held twice."""

    id: str
    case_id: str
    case_number: str
    title: str
    parties: str
    kind: HearingKind
    day: date
    start: int
    end: int
    room_id: str | None
    place: str
    mediators: tuple[str, ...]
    mediator_ids: tuple[str, ...]
    status: HearingStatus
    clashing: bool


@dataclass(frozen=True, slots=True)
class HearingView:
    """A hearing as its dialog and the case page show it."""

    id: str
    row_version: int
    case_id: str
    seq: int
    kind: HearingKind
    day: date
    start: int
    end: int
    room_id: str | None
    place: str
    open_to_public: bool
    open_agreed: bool
    status: HearingStatus
    recorder: str
    invited: tuple[Guest, ...]
    notice_waived: bool
    override_reason: str
    travel: int = 0
    cancel_reason: str = ""
    changes: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """A case for which a date must be found; `tentative_id` names the hearing that waits to be fixed."""

    case_id: str
    number: str
    title: str
    parties: str
    mediators: str
    status: CaseStatus
    due_on: date | None
    due_code: str
    tentative_id: str | None = None
    tentative_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room and its hearings of one day, by time."""

    room_id: str
    name: str
    hearings: tuple[HearingRow, ...]


def hearing_problems(wanted: HearingInput, accepted_on: date | None) -> Iterator[Problem]:
    """What keeps a hearing from being fixed, apart from collisions (guard G5)."""
    yield from span_problems(wanted.start, wanted.end)
    yield from limited(wanted, place=100, recorder=50, override_reason=MAX_REASON, change_reason=MAX_REASON)
    yield from each_limited("guests", wanted.guests, 50)
    if wanted.room_id is None and not wanted.place.strip():
        yield Problem("place", "required")
    if wanted.kind == HearingKind.VISIT and wanted.room_id is not None:
        yield Problem("room_id", "visit_in_room")
    if not 0 <= wanted.travel <= MAX_TRAVEL:
        yield Problem("travel", "out_of_range")
    elif wanted.travel and wanted.room_id is not None:
        yield Problem("travel", "travel_in_room")
    if accepted_on is not None and wanted.day < accepted_on:
        yield Problem("day", "before_acceptance")
    if wanted.open_to_public and not wanted.open_agreed:
        yield Problem("open_agreed", "required")


def span_problems(start: int, end: int) -> Iterator[Problem]:
    """What is wrong with a beginning and an end in minutes since midnight."""
    if not 0 <= start < MINUTES_OF_DAY:
        yield Problem("start", "out_of_range")
    elif not start < end:
        yield Problem("end", "time_order")
    elif end > MINUTES_OF_DAY:
        yield Problem("end", "out_of_range")


def clock(minutes: int) -> str:
    """Minutes since midnight as the office writes them: 540 as `09:00`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours:02d}:{rest:02d}"


class SessionOutcome(StrEnum):
    """How a session ended."""

    AGREED = "agreed"
    ANOTHER_SESSION = "another_session"
    NO_AGREEMENT = "no_agreement"


SESSION_PROMPTS: tuple[str, ...] = (
    "告知当事人的权利和义务",
    "说明调解原则，介绍调解员",
    "各方当事人依次陈述",
    "核对调查了解到的情况",
    "讲解法律规定，提示风险",
    "提出调解方案，各方发表意见",
    "达成的协议内容，或未达成的原因和已告知的其他途径",
    "当事人阅读或听读记录，确认无误",
)
"""What the text of a record should speak of, in the order of a session (domain reference 4.9)."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A party, agent or guardian who was invited and did not come, and why; `excused`: with good reason."""

    party_id: str
    reason: str
    excused: bool = True


@dataclass(frozen=True, slots=True)
class SessionInput:
    """The record of one session. Minutes since midnight, office clock.

    `open_to_public` must be chosen; `open_agreed` says that all parties want it so (PML 23). `participants`:
    relatives, neighbours, experts who came (PML 20), never parties, mediators or the recorder;
    `participants_agreed` says that the parties accept them.
    """

    day: date
    start: int
    end: int
    place: str
    outcome: SessionOutcome
    body: str
    result: str = ""
    open_to_public: bool | None = None
    identity_checked: bool = False
    rights_told: bool = False
    participants: tuple[str, ...] = ()
    participants_agreed: bool = False
    absent: tuple[Absence, ...] = ()
    recorder: str = ""
    open_agreed: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Who was absent, and why."""

    party_id: str
    name: str
    reason: str
    excused: bool = True


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session record as pages and papers show it; `seq` counts the records of the case from 1."""

    id: str
    row_version: int
    case_id: str
    hearing_id: str
    kind: HearingKind
    seq: int
    day: date
    start: int
    end: int
    place: str
    outcome: SessionOutcome
    body: str
    result: str
    open_to_public: bool
    open_agreed: bool
    identity_checked: bool
    rights_told: bool
    participants: tuple[str, ...]
    participants_agreed: bool
    absent: tuple[AbsenceView, ...]
    mediators: tuple[str, ...]
    recorder: str
    signed_on: date | None


def session_problems(record: SessionInput, accepted_on: date | None, now: datetime) -> Iterator[Problem]:
    """What keeps the record from being written (G6, domain reference 12.6); `now` on the office's clock."""
    yield from span_problems(record.start, record.end)
    yield from _day_problems(record, accepted_on, now)
    yield from limited(record, place=100, recorder=50, body=MAX_TEXT, result=MAX_TEXT)
    yield from each_limited("participants", record.participants, 50)
    for field in ("place", "body"):
        if not str(getattr(record, field)).strip():
            yield Problem(field, "required")
    if record.outcome != SessionOutcome.ANOTHER_SESSION and not record.result.strip():
        yield Problem("result", "required")
    yield from _guard_problems(record)


def _day_problems(record: SessionInput, accepted_on: date | None, now: datetime) -> Iterator[Problem]:
    if accepted_on is not None and record.day < accepted_on:
        yield Problem("day", "before_acceptance")
    if record.day > now.date():
        yield Problem("day", "future_date")
    elif record.day == now.date() and record.end > now.hour * 60 + now.minute:
        yield Problem("end", "future_time")


def _guard_problems(record: SessionInput) -> Iterator[Problem]:
    if not record.identity_checked:
        yield Problem("identity_checked", "required")
    if record.open_to_public is None:
        yield Problem("open_to_public", "required")
    if record.open_to_public and not record.open_agreed:
        yield Problem("open_agreed", "required")
    if record.participants and not record.participants_agreed:
        yield Problem("participants_agreed", "required")
    for at, participant in enumerate(record.participants):
        if not participant.strip():
            yield Problem(f"participants.{at}", "required")
    for at, absence in enumerate(record.absent):
        yield from text_problems(f"absent.{at}.reason", absence.reason, MAX_REASON)
        if not absence.reason.strip():
            yield Problem(f"absent.{at}.reason", "required")
