"""Whether a time is free: what a hearing holds, what collides with it, when everybody is free."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from app.domain.values.calendar import DayKind, WorkCalendar


class BookingKind(StrEnum):
    """What a hearing holds while it lasts."""

    ROOM = "room"
    MEDIATOR = "mediator"
    PARTY = "party"
    GUARDIAN = "guardian"
    AGENT = "agent"
    EXPERT = "expert"


class BlockKind(StrEnum):
    """Why nothing should be fixed at a time."""

    MARKET = "market"  # 赶集日
    SEASON = "season"  # 农忙
    DUTY = "duty"  # 值班
    LEAVE = "leave"  # 请假、外出
    ROOM_CLOSED = "room_closed"
    OTHER = "other"


class SlotWarning(StrEnum):
    """What speaks against a time without forbidding it."""

    LUNCH = "lunch"
    HOLIDAY = "holiday"  # legal holiday; often the only days people are home
    REST_DAY = "rest_day"
    YEAR_UNKNOWN = "year_unknown"  # no holiday notice of that year: Monday to Friday was assumed


REPLACEABLE = frozenset({BookingKind.AGENT, BookingKind.EXPERT})
"""Who can be replaced: a collision of these is told, not refused (domain reference 3.7)."""

LUNCH = (12 * 60, 13 * 60 + 30)
TRAVELLING = frozenset({BookingKind.MEDIATOR, BookingKind.EXPERT})
"""Who is on the way before and after a hearing held elsewhere."""
OFFICE_HOURS = ((8 * 60 + 30, 12 * 60), (14 * 60, 17 * 60 + 30))
STEP = 30
MINUTES_OF_DAY = 24 * 60
SEARCH_DAYS = 60


@dataclass(frozen=True, slots=True)
class Holding:
    """One room or person a hearing needs; `ref` is the room's, mediator's, person's or expert's id."""

    kind: BookingKind
    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of one day; minutes since midnight, office clock."""

    day: date
    start: int
    end: int

    def overlaps(self, other: "Slot") -> bool:
        """Whether both want the same minute; one may begin when the other ends."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class ClashQuery:
    """A time somebody considers for a case.

    No `party_ids`: everybody of the case. `hearing_id` names the hearing being moved; it never collides
    with itself. `travel`: minutes each way for who travels; `tentative`: it holds its time softly.
    """

    case_id: str
    day: date
    start: int
    end: int
    room_id: str | None = None
    party_ids: tuple[str, ...] = ()
    expert_ids: tuple[str, ...] = ()
    hearing_id: str | None = None
    notice_waived: bool = False
    travel: int = 0
    tentative: bool = False

    @property
    def slot(self) -> Slot:
        """The time asked about."""
        return Slot(self.day, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clash:
    """Something the hearing needs that another hearing holds at that time; with the way there and back."""

    kind: BookingKind
    label: str
    hearing_id: str
    case_id: str
    case_number: str
    day: date
    start: int
    end: int
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """A time in which nothing should be fixed; `holder` names the mediator or room, "" for everybody.

    `hard`: it refuses a hearing without a written reason.
    """

    kind: BlockKind
    title: str
    holder: str
    day: date
    start: int
    end: int
    hard: bool


@dataclass(frozen=True, slots=True)
class ClashReport:
    """What is known about a time: `hard` refuses it without a written reason, the rest is only told.

    The same of `blocked`: those of a mediator or room refuse, those of everybody are told.
    """

    hard: tuple[Clash, ...]
    soft: tuple[Clash, ...]
    warnings: tuple[SlotWarning, ...]
    blocked: tuple[Blocked, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether a written reason is needed for this time."""
        return bool(self.hard) or any(block.hard for block in self.blocked)


@dataclass(frozen=True, slots=True)
class Held:
    """A holding of a hearing in its time, as the calendar compares them; `room_id`: where the hearing is."""

    hearing_id: str
    kind: BookingKind
    ref: str
    slot: Slot
    case_id: str = ""
    room_id: str | None = None
    tentative: bool = False


def is_soft(mine: BookingKind, theirs: BookingKind) -> bool:
    """Whether the collision of two holdings is only told: one of the two can be replaced."""
    return mine in REPLACEABLE or theirs in REPLACEABLE


Matter = tuple[str, str | None, int, int]  # case, room, from, to


def is_echo(one: Matter, other: Matter) -> bool:
    """Whether two hearings of a day are one matter written twice, same case, room and time: no collision."""
    return bool(one[0]) and one == other and one[1] is not None


def held_span(kind: BookingKind, start: int, end: int, travel: int) -> tuple[int, int]:
    """From when until when a hearing holds somebody: those who travel also on the way, within the day."""
    if kind not in TRAVELLING:
        return start, end
    return max(0, start - travel), min(MINUTES_OF_DAY, end + travel)


def slot_warnings(slot: Slot, calendar: WorkCalendar) -> tuple[SlotWarning, ...]:
    """What speaks against a time: lunch, a legal holiday, a day of rest (domain reference 3.7)."""
    return tuple(_warnings(slot, calendar))


def _warnings(slot: Slot, calendar: WorkCalendar) -> Iterator[SlotWarning]:
    if slot.overlaps(Slot(slot.day, *LUNCH)):
        yield SlotWarning.LUNCH
    kind = calendar.kind_of(slot.day)
    if kind in (DayKind.STATUTORY, DayKind.HOLIDAY):
        yield SlotWarning.HOLIDAY
    elif kind == DayKind.WEEKEND:
        yield SlotWarning.REST_DAY
    if not calendar.knows(slot.day.year):
        yield SlotWarning.YEAR_UNKNOWN


def clashing_hearings(holdings: Iterable[Held]) -> frozenset[str]:
    """The hearings of which something is held twice at once and cannot be replaced."""
    by_place: dict[tuple[str, date], list[Held]] = {}
    for held in holdings:
        by_place.setdefault((held.ref, held.slot.day), []).append(held)
    found: set[str] = set()
    for group in by_place.values():
        for one, other in combinations(group, 2):
            if one.slot.overlaps(other.slot) and not _harmless(one, other):
                found |= {one.hearing_id, other.hearing_id}
    return frozenset(found)


def _harmless(one: Held, other: Held) -> bool:
    return (
        one.hearing_id == other.hearing_id
        or one.tentative
        or other.tentative
        or is_soft(one.kind, other.kind)
        or is_echo(_matter(one), _matter(other))
    )


def _matter(held: Held) -> Matter:
    return held.case_id, held.room_id, held.slot.start, held.slot.end


def next_free(
    wanted: Slot, busy: Mapping[date, Iterable[Slot]], calendar: WorkCalendar, count: int
) -> tuple[Slot, ...]:
    """The first `count` times of the same length from `wanted` on in which nothing is busy.

    In office hours of working days, on the half hour, at most `SEARCH_DAYS` ahead; nothing when the meeting
    is longer than a morning.
    """
    found: list[Slot] = []
    for slot in _candidates(wanted, calendar):
        if not any(slot.overlaps(other) for other in busy.get(slot.day, ())):
            found.append(slot)
            if len(found) == count:
                break
    return tuple(found)


def _candidates(wanted: Slot, calendar: WorkCalendar) -> Iterator[Slot]:
    length = wanted.end - wanted.start
    for offset in range(SEARCH_DAYS):
        day = wanted.day + timedelta(days=offset)
        if not calendar.is_working_day(day):
            continue
        for opens, closes in OFFICE_HOURS:
            for start in range(opens, closes - length + 1, STEP):
                if offset or start >= wanted.start:
                    yield Slot(day, start, start + length)
