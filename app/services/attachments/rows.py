"""Rows of evidence and attachments as windows see them."""

from app.domain.papers.attachments import (
    AttachmentCategory,
    AttachmentRow,
    EvidenceKind,
    EvidenceRow,
    FileKind,
)
from app.models.work import Attachment, Evidence


def attachment_row(row: Attachment) -> AttachmentRow:
    """A stored file."""
    return AttachmentRow(
        id=row.id, case_id=row.case_id, category=AttachmentCategory(row.category), title=row.title,
        evidence_id=row.evidence_id, subject_id=row.subject_id, kind=FileKind(row.mime), sha256=row.sha256,
        size=row.size, pages=row.pages, added_at=row.added_at, added_by=row.added_by,
        supplement=row.supplement, row_version=row.row_version,
    )  # fmt: skip


def evidence_row(row: Evidence, names: dict[str, str], scans: int) -> EvidenceRow:
    """A line of the list of evidence; `names` are the parties' by id."""
    return EvidenceRow(
        id=row.id, seq=row.seq, name=row.name, kind=EvidenceKind(row.kind), party_id=row.party_id,
        source=row.source, from_whom=names.get(row.party_id or "", "") or row.source, copies=row.copies,
        pages=row.pages, original=row.original, checked_by=row.checked_by, purpose=row.purpose,
        received_on=row.received_on, receiver=row.receiver, returned_on=row.returned_on,
        returned_to=row.returned_to, scans=scans, row_version=row.row_version,
    )  # fmt: skip
