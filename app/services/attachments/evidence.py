"""The list of evidence (F07): what was brought, by whom, and when an original went back."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import LOCKED, CaseAction, CaseStatus
from app.domain.papers.attachments import CaseFiles, EvidenceInput, EvidenceRow, return_problems
from app.models.case import Case
from app.models.paper import Paper
from app.models.work import Attachment, Evidence
from app.services.attachments.rows import attachment_row, evidence_row
from app.services.journal.bin import discard
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.READ, writes=False)
def case_files(uow: UnitOfWork, case_id: str) -> CaseFiles:
    """All evidence and attachments of a case, in their order, and what they may be linked to."""
    case = uow.get(Case, case_id)
    attachments = uow.session.scalars(
        select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)
    ).all()
    scans = Counter(row.evidence_id for row in attachments if row.evidence_id)
    names = {party.id: party.name for party in case.parties}
    evidence = uow.session.scalars(
        select(Evidence).where(Evidence.case_id == case_id).order_by(Evidence.seq, Evidence.id)
    )
    papers = uow.session.execute(
        select(Paper.id, Paper.title, Paper.dated_on).where(Paper.case_id == case_id).order_by(Paper.id)
    )
    ours = case.owner == uow.office().node
    return CaseFiles(
        case_id=case.id,
        number=case.number,
        title=case.title,
        writable=ours and CaseStatus(case.status) not in LOCKED,
        addable=ours,
        evidence=tuple(evidence_row(row, names, scans[row.id]) for row in evidence),
        attachments=tuple(attachment_row(row) for row in attachments),
        parties=tuple(names.items()),
        papers=tuple((row.id, f"{row.title} {row.dated_on:%Y-%m-%d}") for row in papers),
    )


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def save_evidence(
    uow: UnitOfWork, wanted: EvidenceInput, evidence_id: str | None = None, row_version: int | None = None
) -> EvidenceRow:
    """Write down a piece of evidence, or correct its line (F07, 4.8).

    Refuses INVALID, READ_ONLY_CASE, CASE_LOCKED, STALE; NOT_FOUND for a line of another case.
    """
    case = own_case(uow, wanted.case_id)
    names = {party.id: party.name for party in case.parties}
    problems = [*wanted.problems(uow.today())]
    if wanted.party_id is not None and wanted.party_id not in names:
        problems.append(Problem("party_id", "unknown"))
    if evidence_id is None:
        row = Evidence(case_id=case.id, seq=_next_seq(uow, case.id))
    else:
        row = _line(uow, evidence_id, row_version)
        if row.case_id != case.id:
            raise Refused(Reason.NOT_FOUND)
        if row.returned_on and wanted.received_on and wanted.received_on > row.returned_on:
            problems.append(Problem("received_on", "returned_before_received"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    _write(row, wanted)
    uow.session.add(row)
    uow.session.flush()
    if evidence_id is None:
        record(uow, case, CaseAction.EVIDENCE_TAKEN, row.name)
    return _told(uow, row, names)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def return_original(
    uow: UnitOfWork, evidence_id: str, returned_on: date | None, returned_to: str, row_version: int
) -> EvidenceRow:
    """Note that an original went back, on which day and to whom (4.8).

    Refuses INVALID (also for a copy, and one that went back before), READ_ONLY_CASE, CASE_LOCKED, STALE.
    """
    row = _line(uow, evidence_id, row_version)
    case = own_case(uow, row.case_id)
    problems = [*return_problems(row.received_on, returned_on, returned_to, uow.today())]
    if not row.original or row.returned_on is not None:
        problems.append(Problem("returned_on", "not_to_return"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    row.returned_on, row.returned_to = returned_on, returned_to.strip()
    record(uow, case, CaseAction.EVIDENCE_RETURNED, f"{row.name} → {row.returned_to}")
    uow.session.flush()
    return _told(uow, row, {party.id: party.name for party in case.parties})


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def remove_evidence(uow: UnitOfWork, evidence_id: str, row_version: int) -> None:
    """Move a line of the list into the bin; its scans stay among the attachments of the case.

    Refuses READ_ONLY_CASE, CASE_LOCKED, STALE.
    """
    row = _line(uow, evidence_id, row_version)
    case = own_case(uow, row.case_id)
    scans = uow.session.scalars(select(Attachment).where(Attachment.evidence_id == row.id)).all()
    for scan in scans:
        scan.evidence_id = None
    record(uow, case, CaseAction.REMOVED, row.name)
    uow.note(row.id, case=case.id)
    discard(uow, row, row.name, [scan.id for scan in scans])
    uow.changed(Topic.CASES)


def _line(uow: UnitOfWork, evidence_id: str, row_version: int | None) -> Evidence:
    row = uow.get(Evidence, evidence_id)
    refuse_stale(uow, row, row_version)
    return row


def _next_seq(uow: UnitOfWork, case_id: str) -> int:
    last = uow.session.scalar(select(func.max(Evidence.seq)).where(Evidence.case_id == case_id))
    return (last or 0) + 1


def _write(row: Evidence, wanted: EvidenceInput) -> None:
    assert wanted.received_on is not None  # noqa: S101 - `problems` asked for it
    row.name, row.kind = wanted.name.strip(), wanted.kind
    row.party_id = wanted.party_id
    row.source = "" if wanted.party_id else wanted.source.strip()
    row.copies, row.pages, row.original = wanted.copies, wanted.pages, wanted.original
    row.checked_by, row.purpose = wanted.checked_by.strip(), wanted.purpose.strip()
    row.received_on, row.receiver = wanted.received_on, wanted.receiver.strip()


def _told(uow: UnitOfWork, row: Evidence, names: dict[str, str]) -> EvidenceRow:
    uow.note(row.id, case=row.case_id)
    uow.changed(Topic.CASES)
    linked = select(func.count()).select_from(Attachment).where(Attachment.evidence_id == row.id)
    return evidence_row(row, names, uow.session.scalar(linked) or 0)
