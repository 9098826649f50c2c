"""An amount paid in parts: equal sums on days a month or some days apart, together exactly the amount."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

MAX_PARTS = 120
_YUAN = 100


class Every(StrEnum):
    """How far two instalments lie apart."""

    MONTH = "month"
    DAYS = "days"


class Rest(StrEnum):
    """Which instalment takes what equal parts leave over."""

    FIRST = "first"
    LAST = "last"


def split_amount(total_fen: int, parts: int, rest: Rest = Rest.LAST) -> tuple[int, ...]:
    """`parts` sums in fen that make exactly `total_fen`: whole yuan each, what is left over in one of them.

    Amounts too small for whole yuan are split by the fen. ValueError when a part would be nothing.
    """
    if not 1 <= parts <= MAX_PARTS or total_fen < parts:
        raise ValueError("cannot be split so")
    each = total_fen // parts
    if each >= _YUAN:
        each -= each % _YUAN
    sums = [each] * parts
    sums[0 if rest is Rest.FIRST else -1] += total_fen - each * parts
    return tuple(sums)


def instalment_days(first: date, parts: int, every: Every = Every.MONTH, days: int = 30) -> tuple[date, ...]:
    """The day of each instalment from `first` on; a month too short for the day has its last day."""
    if every is Every.DAYS:
        return tuple(first + timedelta(days=at * days) for at in range(parts))
    return tuple(_months_later(first, at) for at in range(parts))


def _months_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
