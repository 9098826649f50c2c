"""The office's wall clock: one zone for the whole country, whatever zone the PC is set to."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def office_time(moment: datetime) -> datetime:
    """An aware moment as the office's clocks show it (UTC+8)."""
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment.astimezone(CHINA)


def office_day(moment: datetime) -> date:
    """The day an aware moment belongs to on the office's calendar."""
    return office_time(moment).date()
