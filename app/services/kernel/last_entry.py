"""When something was last done here, by the audit: whether the PC's clock can be believed."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.models.exchange import AuditEntry
from app.services.kernel.unit_of_work import UnitOfWork

LEAP = timedelta(days=60)
"""So long an office may stand still; a clock further ahead of the last entry is asked about first."""


def last_entry(uow: UnitOfWork) -> datetime | None:
    """The moment of the last entry in the books; None in a file that was just made."""
    return uow.session.scalar(select(AuditEntry.at).order_by(AuditEntry.n.desc()).limit(1))


def clock_leapt(uow: UnitOfWork) -> bool:
    """Whether the clock may have run ahead by months: nothing is thrown away for its age then."""
    last = last_entry(uow)
    return last is not None and uow.now() - last >= LEAP
