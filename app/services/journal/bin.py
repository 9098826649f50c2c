"""The bin: what somebody removed, kept for 90 days and put back when asked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction
from app.domain.office.drafts import DraftKind
from app.domain.office.journal import KEPT_IN_BIN, BinRow
from app.models.base import Synced
from app.models.case import Case
from app.models.local import BinItem
from app.models.office import Draft
from app.models.work import Attachment
from app.services.journal.returning import fitted
from app.services.journal.rows import TABLES, add_row
from app.services.kernel.history import own_case, record
from app.services.kernel.journal import row_values
from app.services.kernel.last_entry import clock_leapt
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

DRAFT = "draft"
LISTED = 500
_WITH = "_with"  # the rows that go and come with the row: [table, values]
_SCANS = "_scans"  # the attachments that were linked to it
_TITLE = 200
_WRITERS = (Permission.CASE_REGISTER, Permission.HEARING_WRITE, Permission.ROSTER_WRITE)


def discard(uow: UnitOfWork, row: Any, title: str, scans: Sequence[str] = ()) -> None:
    """Remove a row, and what it holds, into the bin; `title` is what people will look for it by.

    `scans`: the attachments that stay and are linked to it again when it comes back.

    A step of other use cases, which have asked for the right to do so and write the case's history.
    """
    body = row_values(row)
    held = [one for one, *_ in inspect(row).mapper.cascade_iterator("delete", inspect(row))]
    if held:
        body[_WITH] = [[type(one).__tablename__, row_values(one)] for one in held]
    if scans:
        body[_SCANS] = list(scans)
    case_id = row.case_id if isinstance(row, Synced) else None
    _put(uow, type(row).__tablename__, title, body, case_id)
    uow.session.delete(row)


def discard_draft(uow: UnitOfWork, draft: Draft, title: str) -> None:
    """Move an unfinished form somebody gave up into the bin."""
    body = {"kind": draft.kind, "subject": draft.subject, "body": draft.body}
    _put(uow, DRAFT, title, body, None)
    uow.session.delete(draft)
    uow.session.flush()


def _put(uow: UnitOfWork, kind: str, title: str, body: dict[str, Any], case_id: str | None) -> None:
    case = uow.session.get(Case, case_id) if case_id else None
    uow.session.add(
        BinItem(
            kind=kind,
            case_id=case_id,
            title=title[:_TITLE],
            body=body,
            note=case.number if case else "",
            at=uow.now(),
            user_id=uow.actor.user_id,
            user_name=uow.actor.name,
        )
    )
    uow.changed(Topic.DRAFTS)


@use_case(needs=Permission.READ, writes=False)
def list_bin(uow: UnitOfWork) -> tuple[BinRow, ...]:
    """What lies in the bin, the latest first: one's own drafts, and what anybody removed from the cases."""
    items = uow.session.scalars(
        select(BinItem)
        .where((BinItem.kind != DRAFT) | (BinItem.user_id == uow.actor.user_id))
        .where(BinItem.at > uow.now() - KEPT_IN_BIN)
        .order_by(BinItem.at.desc(), BinItem.id.desc())
        .limit(LISTED)
    )
    return tuple(_row(item) for item in items)


@use_case(needs=Permission.READ)
def restore_item(uow: UnitOfWork, item_id: str) -> BinRow:
    """Put something back where it was; a draft that was begun again meanwhile takes its place in the bin.

    Refuses NOT_FOUND, NOT_PERMITTED (another's draft; a row, to somebody who may only read), READ_ONLY_CASE,
    CASE_LOCKED, RESTORE_ALONE (what it belonged to is gone itself: what=).
    """
    item = uow.get(BinItem, item_id)
    told = _row(item)
    if item.kind == DRAFT:
        _restore_draft(uow, item)
    else:
        _restore_row(uow, item)
    uow.session.delete(item)
    uow.note(item.case_id or "", kind=item.kind)
    uow.changed(Topic.DRAFTS)
    return told


@use_case(needs=Permission.READ, quiet=True)
def purge_bin(uow: UnitOfWork) -> int:
    """Empty the bin of what has lain in it for 90 days; done at sign-in, by nobody in particular.

    Nothing goes while the clock is months ahead of the last entry in the books: it may be wrong.
    """
    if clock_leapt(uow):
        return 0
    old = uow.session.scalars(select(BinItem).where(BinItem.at <= uow.now() - KEPT_IN_BIN)).all()
    for item in old:
        uow.session.delete(item)
    if old:
        uow.changed(Topic.DRAFTS)
    return len(old)


def _restore_draft(uow: UnitOfWork, item: BinItem) -> None:
    if item.user_id != uow.actor.user_id:
        raise Refused(Reason.NOT_PERMITTED)
    body = item.body
    key = (uow.actor.user_id, DraftKind(body["kind"]), body["subject"])
    if (begun := uow.session.get(Draft, key)) is not None:
        discard_draft(uow, begun, item.title)
    user_id, kind, subject = key
    uow.session.add(Draft(user_id=user_id, kind=kind, subject=subject, body=body["body"], saved_at=uow.now()))


def _restore_row(uow: UnitOfWork, item: BinItem) -> None:
    if not any(map(uow.actor.may, _WRITERS)):
        raise Refused(Reason.NOT_PERMITTED, permission=Permission.CASE_REGISTER)
    case = own_case(uow, item.case_id) if item.case_id else None
    values = {key: value for key, value in item.body.items() if key not in (_WITH, _SCANS)}
    for table, one in [(item.kind, values), *item.body.get(_WITH, [])]:
        if uow.session.get(TABLES[table], one["id"]) is None:  # an undo may have brought it back already
            add_row(uow, table, fitted(uow, table, one))
    _link_scans(uow, item.body["id"], item.body.get(_SCANS, []))
    if case is not None:
        record(uow, case, CaseAction.RESTORED, item.title)


def _link_scans(uow: UnitOfWork, evidence_id: str, scans: list[str]) -> None:
    """Its scans that belong to no other line meanwhile."""
    for scan in uow.session.scalars(select(Attachment).where(Attachment.id.in_(scans))):
        scan.evidence_id = scan.evidence_id or evidence_id


def _row(item: BinItem) -> BinRow:
    return BinRow(
        id=item.id,
        kind=item.kind,
        draft=DraftKind(item.body["kind"]) if item.kind == DRAFT else None,
        title=item.title,
        number=item.note,
        case_id=item.case_id,
        at=item.at,
        until=item.at + KEPT_IN_BIN,
        who=item.user_name,
        record=item.body["subject"].partition(":")[0] if item.kind == DRAFT else "",
    )
