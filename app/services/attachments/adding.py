"""Takes files into a case: each looked into, encrypted, and then all entered at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db.blob_store import BlobStore
from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import LOCKED, CaseAction, CaseStatus
from app.domain.papers.attachments import (
    MAX_AT_ONCE,
    MAX_CASE_BYTES,
    AddOutcome,
    AttachmentInput,
    FilePlace,
    FileRefusal,
    NewFile,
)
from app.domain.progress import Progress, Silent
from app.models.case import Case
from app.models.paper import Paper
from app.models.work import Attachment, Evidence
from app.services.attachments.content import FileFacts, inspect_file, pieces_of
from app.services.attachments.rows import attachment_row
from app.services.attachments.vault import ready_store
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps

_OF_THE_FILE = frozenset(
    {
        Reason.FILE_TOO_LARGE, Reason.FILE_STRANGE, Reason.FILE_BROKEN, Reason.FILE_LOCKED,
        Reason.FILE_TOO_MANY_PIXELS, Reason.FILE_TOO_MANY_PAGES, Reason.FILE_PAGE_TOO_LARGE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file that is in the store and not yet in the case."""

    file: NewFile
    facts: FileFacts
    sha256: str


@job(needs=Permission.CASE_REGISTER)
def add_attachments(
    steps: Steps, place: FilePlace, files: Sequence[NewFile], progress: Progress | None = None
) -> AddOutcome:
    """Add scans and photographs to a case (4.22): those that can be kept are, the others are told one by one.

    What a file is, its content says. After the lock of the volume they count as supplements. Stopping adds
    none. Refuses READ_ONLY_CASE, NOT_FOUND, INVALID, FILES_TOO_MANY, and what a full disk is refused with; of
    a single file FILE_TOO_LARGE, FILE_STRANGE, FILE_BROKEN, FILE_LOCKED, FILE_TOO_MANY_PIXELS,
    FILE_TOO_MANY_PAGES, FILE_ALREADY, CASE_FILES_FULL, and that its own disk is gone.
    """
    watch = progress or Silent()
    if len(files) > MAX_AT_ONCE:
        raise Refused(Reason.FILES_TOO_MANY, most=MAX_AT_ONCE)
    steps.run(check_place, place, tuple(files))
    store = ready_store(steps)
    kept: list[_Kept] = []
    refused: list[FileRefusal] = []
    watch.step(0, len(files))
    for done, file in enumerate(files, 1):
        try:
            kept.append(_store(store, file))
        except Refused as refusal:
            if not _concerns(refusal, file):
                raise
            refused.append(FileRefusal(file.name, refusal))
        watch.step(done, len(files))
    if not kept:
        return AddOutcome((), tuple(refused))
    entered = steps.run(enter_attachments, place, tuple(kept))
    return AddOutcome(entered.added, (*refused, *entered.refused))


def _concerns(refusal: Refused, file: NewFile) -> bool:
    """Whether this is about the one file, and not about the store, where every other would fail as well."""
    return refusal.reason in _OF_THE_FILE or refusal.details.get("path") == file.source


def _store(store: BlobStore, file: NewFile) -> _Kept:
    facts = inspect_file(file.source)
    stored = store.put(pieces_of(file.source, facts.size))
    return _Kept(file, facts, stored.sha256)


@use_case(needs=Permission.CASE_REGISTER, writes=False)
def check_place(uow: UnitOfWork, place: FilePlace, files: tuple[NewFile, ...]) -> None:
    """Refuse before any file is read what would be refused afterwards."""
    _place(uow, place)
    for file in files:
        problems = tuple(AttachmentInput(file.title, place.category).problems())
        if problems:
            raise Refused(Reason.INVALID, problems=problems)


@use_case(needs=Permission.CASE_REGISTER)
def enter_attachments(uow: UnitOfWork, place: FilePlace, kept: tuple[_Kept, ...]) -> AddOutcome:
    """Enter stored files into the case, in one transaction.

    A file that is in the case already, and one for which there is no room left, is told and not entered.
    """
    case = _place(uow, place)
    locked = CaseStatus(case.status) in LOCKED
    here = {row.sha256: row for row in _of_case(uow, case.id)}
    room = MAX_CASE_BYTES - (
        uow.session.scalar(select(func.sum(Attachment.size)).where(Attachment.case_id == case.id)) or 0
    )
    added: list[Attachment] = []
    refused: list[FileRefusal] = []
    for one in kept:
        if one.sha256 in here:
            again = Refused(Reason.FILE_ALREADY, title=here[one.sha256].title)
            refused.append(FileRefusal(one.file.name, again))
        elif one.facts.size > room:
            full = Refused(Reason.CASE_FILES_FULL, most=MAX_CASE_BYTES >> 20)
            refused.append(FileRefusal(one.file.name, full))
        else:
            row = _row(uow, place, one)
            row.supplement = locked
            uow.session.add(row)
            here[one.sha256] = row
            room -= row.size
            added.append(row)
    uow.session.flush()
    if added:
        _tell(uow, case, added, locked)
    return AddOutcome(tuple(attachment_row(row) for row in added), tuple(refused))


def _tell(uow: UnitOfWork, case: Case, added: list[Attachment], locked: bool) -> None:
    for row in added:
        uow.note(row.id, case=case.id, sha256=row.sha256, category=row.category, supplement=locked)
    record(uow, case, CaseAction.ATTACHED, "、".join(row.title for row in added)[:200])
    uow.changed(Topic.CASES)


def _place(uow: UnitOfWork, place: FilePlace) -> Case:
    case = own_case(uow, place.case_id, *CaseStatus)
    check_links(uow, case.id, place.evidence_id, place.subject_id)
    return case


def check_links(uow: UnitOfWork, case_id: str, evidence_id: str | None, subject_id: str | None) -> None:
    """Evidence and papers a scan is linked to must be of the same case; refuses NOT_FOUND."""
    if evidence_id is not None and uow.get(Evidence, evidence_id).case_id != case_id:
        raise Refused(Reason.NOT_FOUND)
    paper = uow.session.get(Paper, subject_id) if subject_id else None
    if paper is not None and paper.case_id != case_id:
        raise Refused(Reason.INVALID, problems=(Problem("subject_id", "unknown"),))


def _of_case(uow: UnitOfWork, case_id: str) -> Sequence[Attachment]:
    return uow.session.scalars(select(Attachment).where(Attachment.case_id == case_id)).all()


def _row(uow: UnitOfWork, place: FilePlace, one: _Kept) -> Attachment:
    return Attachment(
        case_id=place.case_id, category=place.category, title=one.file.title.strip(),
        evidence_id=place.evidence_id, subject_id=place.subject_id, mime=one.facts.kind, sha256=one.sha256,
        size=one.facts.size, pages=one.facts.pages, added_at=uow.now(), added_by=uow.actor.name,
    )  # fmt: skip
