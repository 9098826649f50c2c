"""Shows, renames, saves and removes what was attached to a case."""

from dataclasses import dataclass
from pathlib import Path

from app.db.keys import write_safely
from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction
from app.domain.office.storage import told_of
from app.domain.papers.attachments import AttachmentInput, AttachmentRow
from app.models.case import Case
from app.models.work import Attachment
from app.services.attachments.adding import check_links
from app.services.attachments.rows import attachment_row
from app.services.attachments.vault import open_store
from app.services.journal.bin import discard
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.versions import refuse_stale
from app.services.kernel.workspace import Steps


@dataclass(frozen=True, slots=True)
class OpenedAttachment:
    """An attachment and its proved bytes, for showing from memory."""

    row: AttachmentRow
    data: bytes


@job(needs=Permission.READ)
def open_attachment(steps: Steps, attachment_id: str) -> OpenedAttachment:
    """The bytes of an attachment, proved against their digest; nobody waits while they are decrypted.

    Refuses NOT_FOUND, and ATTACHMENT_DAMAGED (title=) when the file is gone or damaged.
    """
    row = steps.run(find_attachment, attachment_id)
    return OpenedAttachment(row, _bytes(steps, row))


def _bytes(steps: Steps, row: AttachmentRow) -> bytes:
    store = open_store(steps)
    damaged = Refused(Reason.ATTACHMENT_DAMAGED, title=row.title)
    if store is None:
        raise damaged
    try:
        return store.read(row.sha256)
    except Refused as refused:
        if refused.reason is not Reason.DAMAGED_DATA:
            raise
        raise damaged from refused


@use_case(needs=Permission.READ, writes=False)
def find_attachment(uow: UnitOfWork, attachment_id: str) -> AttachmentRow:
    """What is known of an attachment without its bytes; refuses NOT_FOUND."""
    return attachment_row(uow.get(Attachment, attachment_id))


@job(needs=Permission.READ)
def save_attachment_copy(steps: Steps, attachment_id: str, target: Path) -> None:
    """Write a readable copy where the person said; the audit notes that a plain copy left the program.

    Refuses what `open_attachment` refuses, and what the disk is refused with.
    """
    opened = open_attachment(steps, attachment_id)
    with told_of(target):
        write_safely(target, opened.data)
    steps.run(note_copy, attachment_id)


@use_case(needs=Permission.READ)
def note_copy(uow: UnitOfWork, attachment_id: str) -> None:
    """Note that somebody took a plain copy of an attachment."""
    uow.note(attachment_id, case=uow.get(Attachment, attachment_id).case_id)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def change_attachment(
    uow: UnitOfWork, attachment_id: str, wanted: AttachmentInput, row_version: int
) -> AttachmentRow:
    """Give an attachment another title or heading, or link it to evidence or a paper; its bytes never change.

    Refuses INVALID, READ_ONLY_CASE, CASE_LOCKED, STALE.
    """
    row, _ = _own(uow, attachment_id, row_version)
    problems = tuple(wanted.problems())
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    check_links(uow, row.case_id, wanted.evidence_id, wanted.subject_id)
    row.title, row.category = wanted.title.strip(), wanted.category
    row.evidence_id, row.subject_id = wanted.evidence_id, wanted.subject_id
    uow.note(row.id, case=row.case_id)
    uow.changed(Topic.CASES)
    uow.session.flush()
    return attachment_row(row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def remove_attachment(uow: UnitOfWork, attachment_id: str, row_version: int) -> None:
    """Put an attachment into the bin; its file stays until the bin is emptied.

    Refuses READ_ONLY_CASE, CASE_LOCKED (nothing leaves a closed volume), STALE.
    """
    row, case = _own(uow, attachment_id, row_version)
    record(uow, case, CaseAction.REMOVED, row.title)
    uow.note(row.id, case=case.id, sha256=row.sha256)
    discard(uow, row, row.title)
    uow.changed(Topic.CASES)


def _own(uow: UnitOfWork, attachment_id: str, row_version: int) -> tuple[Attachment, Case]:
    row = uow.get(Attachment, attachment_id)
    case = own_case(uow, row.case_id)
    refuse_stale(uow, row, row_version)
    return row, case
