"""Forms a person has not finished: saved by themselves, there again after a crash."""

from typing import Any

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import joined_parties
from app.domain.changes import Topic
from app.domain.intake_draft import IntakeDraft
from app.domain.office.drafts import DraftKind, DraftRow
from app.models.case import Case
from app.models.hearing import Hearing
from app.models.office import Draft
from app.services.journal.bin import discard_draft
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.READ, quiet=True)
def save_draft(uow: UnitOfWork, kind: DraftKind, subject: str, body: dict[str, Any]) -> DraftRow:
    """Keep the form as it stands; `subject` is what it is about, or the draft's own id for a new case."""
    row = uow.session.get(Draft, (uow.actor.user_id, kind, subject))
    if row is None:
        row = Draft(user_id=uow.actor.user_id, kind=kind, subject=subject)
        uow.changed(Topic.DRAFTS)
    row.body = body
    row.saved_at = uow.now()
    uow.session.add(row)
    return _row(row)


@use_case(needs=Permission.READ, quiet=True)
def drop_draft(uow: UnitOfWork, kind: DraftKind, subject: str) -> None:
    """Forget a draft: its form was saved."""
    row = uow.session.get(Draft, (uow.actor.user_id, kind, subject))
    if row is not None:
        uow.session.delete(row)
        uow.changed(Topic.DRAFTS)


@use_case(needs=Permission.READ)
def throw_draft(uow: UnitOfWork, kind: DraftKind, subject: str, title: str = "") -> None:
    """Give a draft up: it goes to the bin for 90 days; `title` names it there, else what it is about does."""
    row = uow.session.get(Draft, (uow.actor.user_id, kind, subject))
    if row is not None:
        discard_draft(uow, row, title or _title(uow, row))
        uow.changed(Topic.DRAFTS)


def _title(uow: UnitOfWork, row: Draft) -> str:
    """The parties of a case not yet registered, or the number of the case the form is about."""
    told = _row(row)
    if told.kind is DraftKind.INTAKE:
        applicants, respondents = IntakeDraft.from_body(row.body).sides()
        return joined_parties(list(applicants), list(respondents))
    case = uow.session.get(Case, told.record)
    if case is None and (hearing := uow.session.get(Hearing, told.record)) is not None:
        case = uow.session.get(Case, hearing.case_id)
    return case.number if case else ""


@use_case(needs=Permission.READ, writes=False)
def list_drafts(uow: UnitOfWork, kind: DraftKind | None = None) -> tuple[DraftRow, ...]:
    """The signed-in person's unfinished forms, the latest first."""
    rows = select(Draft).where(Draft.user_id == uow.actor.user_id).order_by(Draft.saved_at.desc())
    if kind is not None:
        rows = rows.where(Draft.kind == kind)
    return tuple(_row(row) for row in uow.session.scalars(rows))


def _row(row: Draft) -> DraftRow:
    return DraftRow(DraftKind(row.kind), row.subject, row.body, row.saved_at)
