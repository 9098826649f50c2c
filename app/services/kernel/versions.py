"""Refuses to save over what somebody else saved meanwhile, and says who, when and what."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Reason, Refused
from app.domain.office.journal import FieldName
from app.models.base import Versioned
from app.models.exchange import AuditEntry
from app.models.local import JournalEntry
from app.models.office import User
from app.services.kernel.unit_of_work import UnitOfWork

NAMED = 4  # fields of a change named in a sentence


def refuse_stale(uow: UnitOfWork, row: Versioned, row_version: int | None) -> None:
    """Refuse STALE unless the form was opened with the row as it is now."""
    if row.row_version != row_version:
        raise stale(uow.session, {row.id})


def stale(session: Session, row_ids: Collection[str]) -> Refused:
    """The refusal STALE: who= changed one of these rows last, when=, and what= (names of fields)."""
    last = session.scalars(
        select(JournalEntry).where(JournalEntry.row_id.in_(row_ids)).order_by(JournalEntry.n.desc()).limit(1)
    ).first()
    if last is None:
        return _from_audit(session, row_ids)
    fields = session.execute(
        select(JournalEntry.kind, JournalEntry.field)
        .where(JournalEntry.action_id == last.action_id, JournalEntry.row_id == last.row_id)
        .where(JournalEntry.field != "")
        .order_by(JournalEntry.n)
        .limit(NAMED)
    )
    what = tuple(FieldName(kind, field) for kind, field in fields)
    return Refused(Reason.STALE, who=last.user_name, when=last.at, what=what)


def _from_audit(session: Session, row_ids: Collection[str]) -> Refused:
    """Rows the journal does not keep (users, settings) are at least named in the audit."""
    found = session.execute(
        select(User.name, AuditEntry.at)
        .join(User, User.id == AuditEntry.user_id, isouter=True)
        .where(AuditEntry.object_id.in_(row_ids))
        .order_by(AuditEntry.n.desc())
        .limit(1)
    ).first()
    who, when = found or ("", None)
    return Refused(Reason.STALE, who=who or "", when=when)
