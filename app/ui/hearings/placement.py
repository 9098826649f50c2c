"""Where hearings stand in the calendar: side by side when they overlap, text cut at whole lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.domain.hearings import HearingRow

ELLIPSIS = "…"
FIRST_HOUR, LAST_HOUR = 8, 18


@dataclass(frozen=True, slots=True)
class Placed:
    """A hearing with its lane of `lanes` side by side in its day."""

    row: HearingRow
    lane: int
    lanes: int


def place(rows: Sequence[HearingRow]) -> list[Placed]:
    """Give every hearing a lane; those that overlap, directly or through others, share the width."""
    placed: list[Placed] = []
    ordered = sorted(rows, key=lambda row: (row.day, row.start, -row.end, row.id))
    for _, day in groupby(ordered, key=lambda row: row.day):
        cluster: list[HearingRow] = []
        for row in day:
            if cluster and row.start >= max(one.end for one in cluster):
                placed += _lanes(cluster)
                cluster = []
            cluster.append(row)
        placed += _lanes(cluster)
    return placed


def _lanes(cluster: Sequence[HearingRow]) -> list[Placed]:
    ends: list[int] = []
    lanes: list[int] = []
    for row in cluster:
        free = next((lane for lane, end in enumerate(ends) if end <= row.start), len(ends))
        if free == len(ends):
            ends.append(row.end)
        else:
            ends[free] = row.end
        lanes.append(free)
    return [Placed(row, lane, len(ends)) for row, lane in zip(cluster, lanes, strict=True)]


def hours_shown(rows: Sequence[HearingRow]) -> tuple[int, int]:
    """The first and last hour of the day to draw: office hours, more when somebody meets outside them."""
    first = min((row.start // 60 for row in rows), default=FIRST_HOUR)
    last = max((-(-row.end // 60) for row in rows), default=LAST_HOUR)
    return min(first, FIRST_HOUR), max(last, LAST_HOUR)


def wrapped(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Break a text into at most `most` lines of `width` pixels; the last is elided when there is more."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        if len(lines) == most - 1 and width > metrics.horizontalAdvance(rest[0] + ELLIPSIS):
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        taken = 1
        while taken < len(rest) and metrics.horizontalAdvance(rest[: taken + 1]) <= width:
            taken += 1
        lines.append(rest[:taken])
        rest = rest[taken:].lstrip()
    return lines
