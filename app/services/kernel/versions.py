"""Refuses to save over what somebody else saved meanwhile."""

from sqlalchemy import select

from app.domain.errors import Reason, Refused
from app.models.base import Versioned
from app.models.exchange import AuditEntry
from app.models.office import User
from app.services.kernel.unit_of_work import UnitOfWork


def refuse_stale(uow: UnitOfWork, row: Versioned, row_version: int | None) -> None:
    """Refuse STALE, with who changed it and when, unless the form was opened with the row as it is now."""
    if row.row_version == row_version:
        return
    last = uow.session.execute(
        select(User.name, AuditEntry.at)
        .join(User, User.id == AuditEntry.user_id, isouter=True)
        .where(AuditEntry.object_id == row.id)
        .order_by(AuditEntry.n.desc())
        .limit(1)
    ).first()
    who, when = last or ("", None)
    raise Refused(Reason.STALE, who=who or "", when=when)
