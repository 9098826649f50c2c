"""Hearings: kinds, states, what is asked when one is fixed, and what calendars show."""

from enum import StrEnum


class HearingStatus(StrEnum):
    """Where a hearing stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
