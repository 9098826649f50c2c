"""Time in which nothing should be fixed: market days, the busy season, duty, leave, a closed room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.clashes import MINUTES_OF_DAY, Blocked, BlockKind, BookingKind, Holding, Slot
from app.domain.errors import Problem
from app.domain.values.limits import limited

MAX_TITLE = 50
OF_A_MEDIATOR = frozenset({BlockKind.LEAVE, BlockKind.DUTY})
WEEKDAYS = range(7)  # Monday is 0
LAST_DIGITS = range(10)


class BlockPattern(StrEnum):
    """How a blocked time repeats, always by the common calendar (decision 17)."""

    SPAN = "span"  # from a day to a day
    LAST_DIGITS = "last_digits"  # 逢三、逢八: by the last digit of the day of the month
    WEEKDAYS = "weekdays"
    YEARLY = "yearly"  # the same days every year: the busy season


@dataclass(frozen=True, slots=True)
class BlockInput:
    """A blocked time as typed. Minutes since midnight; `ref` is a mediator or a room, None is everybody.

    `days`: weekdays from Monday 0, or last digits 0 to 9. `from_on` and `to_on` are the days themselves for a
    span and a yearly one (there the year does not count), else the days from and until which it repeats.
    """

    kind: BlockKind
    title: str
    pattern: BlockPattern
    ref: str | None = None
    days: tuple[int, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    start: int = 0
    end: int = MINUTES_OF_DAY

    def problems(self) -> Iterator[Problem]:
        """What keeps it from being kept."""
        yield from limited(self, title=MAX_TITLE)
        if not self.title.strip():
            yield Problem("title", "required")
        yield from self._time_problems()
        yield from self._day_problems()
        if self.kind in (BlockKind.LEAVE, BlockKind.ROOM_CLOSED) and self.ref is None:
            yield Problem("ref", "required")

    def _time_problems(self) -> Iterator[Problem]:
        if not 0 <= self.start < MINUTES_OF_DAY:
            yield Problem("start", "out_of_range")
        elif not self.start < self.end <= MINUTES_OF_DAY:
            yield Problem("end", "time_order")

    def _day_problems(self) -> Iterator[Problem]:
        if self.pattern in (BlockPattern.SPAN, BlockPattern.YEARLY):
            for field in ("from_on", "to_on"):
                if getattr(self, field) is None:
                    yield Problem(field, "required")
        else:
            allowed = WEEKDAYS if self.pattern == BlockPattern.WEEKDAYS else LAST_DIGITS
            if not self.days:
                yield Problem("days", "required")
            elif not set(self.days) <= set(allowed):
                yield Problem("days", "out_of_range")
        backwards = self.from_on and self.to_on and self.from_on > self.to_on
        if backwards and self.pattern != BlockPattern.YEARLY:  # a season may go over the turn of the year
            yield Problem("to_on", "day_order")


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A blocked time that is kept; `holder` names the mediator or room it is of, "" for everybody."""

    id: str
    row_version: int
    kind: BlockKind
    title: str
    ref: str | None
    holder: str
    pattern: BlockPattern
    days: tuple[int, ...]
    from_on: date | None
    to_on: date | None
    start: int
    end: int

    @property
    def whole_day(self) -> bool:
        """Whether it lasts from midnight to midnight."""
        return self.start == 0 and self.end == MINUTES_OF_DAY

    def covers(self, day: date) -> bool:
        """Whether that day is one of its days."""
        if self.pattern == BlockPattern.YEARLY:
            return self._in_season(day)
        if (self.from_on and day < self.from_on) or (self.to_on and day > self.to_on):
            return False
        if self.pattern == BlockPattern.WEEKDAYS:
            return day.weekday() in self.days
        if self.pattern == BlockPattern.LAST_DIGITS:
            return day.day % 10 in self.days
        return True

    def _in_season(self, day: date) -> bool:
        if self.from_on is None or self.to_on is None:
            return False
        first, last = ((on.month, on.day) for on in (self.from_on, self.to_on))
        now = (day.month, day.day)
        return first <= now <= last if first <= last else now >= first or now <= last

    def on(self, day: date) -> Blocked:
        """What it blocks on that day; a mediator's or room's own time is taken with a written reason only."""
        return Blocked(
            self.kind, self.title, self.holder, day, self.start, self.end, hard=self.ref is not None
        )


@dataclass(frozen=True, slots=True)
class BlockedDay:
    """One day of a blocked time, as the calendar draws it."""

    block_id: str
    ref: str | None
    blocked: Blocked


def occurrences(blocks: Iterable[BlockRow], first: date, last: date) -> Iterator[BlockedDay]:
    """Every blocked day from `first` to `last`, both included, by day; everybody's first."""
    ordered = sorted(blocks, key=lambda block: (block.ref is not None, block.start, block.title))
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        yield from (BlockedDay(block.id, block.ref, block.on(day)) for block in ordered if block.covers(day))


def blocking(
    blocks: Iterable[BlockRow], slot: Slot, holdings: Iterable[Holding], travel: int
) -> Iterator[Blocked]:
    """The blocked times a hearing would fall into; who travels is on the way before and after it."""
    kinds = {held.ref: held.kind for held in holdings}
    for block in blocks:
        if not block.covers(slot.day) or (block.ref is not None and block.ref not in kinds):
            continue
        on_the_way = travel if block.ref and kinds[block.ref] == BookingKind.MEDIATOR else 0
        if slot.start - on_the_way < block.end and block.start < slot.end + on_the_way:
            yield block.on(slot.day)
