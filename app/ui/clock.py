"""Now and today as the office reads them; the PC may be set to another zone."""

from datetime import UTC, date, datetime

from app.domain.values.office_clock import office_time


def office_now() -> datetime:
    """This moment on the office's clocks."""
    return office_time(datetime.now(UTC))


def office_today() -> date:
    """The office's day."""
    return office_now().date()
