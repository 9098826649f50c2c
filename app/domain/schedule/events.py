"""A hearing as another calendar program takes it in."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.hearings import HearingStatus


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar file: no identity numbers, no phones of parties; aware moments.

    `uid` stays the same however often the hearing changes, `sequence` counts the changes.
    """

    uid: str
    sequence: int
    status: HearingStatus
    starts: datetime
    ends: datetime
    summary: str
    place: str
    description: str
