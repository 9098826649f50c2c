"""Make up and lock the volume of a case, add to a locked one, enter its filing (guards G13, G14)."""

from dataclasses import asdict

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.casework.inputs import ArchiveInput, ReportInput, SupplementInput
from app.domain.casework.volume import VolumePiece, digest_of, index_of
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import LOCKED, CaseAction, CaseStatus, Deed
from app.domain.life.codes import VolumeItem
from app.domain.values.numbers import Series
from app.models.case import Case
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.contents import pieces_of
from app.services.flow.ways import archive_hindrances, refuse_hindered
from app.services.kernel.history import move, own_case, record
from app.services.kernel.numbering import take_number
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.CASE_ARCHIVE)
def archive_case(uow: UnitOfWork, case_id: str, wanted: ArchiveInput) -> CaseView:
    """Make up the volume and lock the case (G13): complete, pages numbered, digest taken; read only from now.

    What lies in the paper volume only is named with its pages. A success is struck off first. Refuses
    HINDERED with every item that is missing, INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.CLOSED, CaseStatus.STRUCK_OFF, CaseStatus.REOPENED)
    refuse_invalid((*wanted.problems(), *_unknown_items(wanted)))
    on_paper = tuple(VolumePiece(VolumeItem(item), "", pages) for item, pages in wanted.on_paper)
    hindrances = archive_hindrances(uow, case, frozenset(piece.item for piece in on_paper))
    if hindrances:
        raise Refused(Reason.HINDERED, hindrances=hindrances)
    note = wanted.note.strip()
    remarks = (VolumePiece(VolumeItem.NOTE, "", 1),) if note else ()
    entries = index_of((*pieces_of(uow, case), *on_paper, *remarks))
    case.volume_no = take_number(uow, Series.VOLUME, case.id)
    case.retention = wanted.retention
    case.volume = {
        "made_by": wanted.made_by.strip() or uow.actor.name,
        "checked_by": wanted.checked_by.strip(),
        "note": note,
        "entries": [asdict(entry) for entry in entries],
    }
    case.volume_digest = digest_of(case.volume_no, case.retention, entries)
    case.archived_on = uow.today()
    move(uow, case, CaseStatus.ARCHIVED, CaseAction.ARCHIVED, case.volume_no)
    uow.changed(Topic.NUMBERS)
    return finished(uow, case, volume=case.volume_no, digest=case.volume_digest)


def _unknown_items(wanted: ArchiveInput) -> tuple[Problem, ...]:
    known = {str(item) for item in VolumeItem} - {VolumeItem.BACK}
    return tuple(Problem("on_paper", "unknown") for item, _ in wanted.on_paper if item not in known)[:1]


@use_case(needs=Permission.CASE_ARCHIVE)
def add_supplement(uow: UnitOfWork, case_id: str, wanted: SupplementInput) -> CaseView:
    """Say something of a locked volume, with its own date; nothing in the volume changes (3.1).

    Refuses INVALID, WRONG_STATUS while the volume is not locked.
    """
    case = own_case(uow, case_id, *LOCKED)
    refuse_invalid(wanted.problems())
    record(uow, case, CaseAction.SUPPLEMENTED, wanted.note.strip())
    return finished(uow, case)


@use_case(needs=Permission.CASE_ARCHIVE)
def report_case(uow: UnitOfWork, case_id: str, wanted: ReportInput) -> CaseView:
    """Enter the number under which the county filed the archived case (G14).

    Refuses HINDERED until the county acknowledged a package with it, INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.ARCHIVED)
    refuse_hindered(uow, case, Deed.REPORT)
    refuse_invalid((*wanted.problems(uow.today()), *_before_archiving(case, wanted)))
    case.filing_no = wanted.filing_no.strip()
    case.reported_on = wanted.on or uow.today()
    move(uow, case, CaseStatus.REPORTED, CaseAction.REPORTED, case.filing_no)
    return finished(uow, case, filing=case.filing_no)


def _before_archiving(case: Case, wanted: ReportInput) -> tuple[Problem, ...]:
    early = wanted.on is not None and case.archived_on is not None and wanted.on < case.archived_on
    return (Problem("on", "before_archiving"),) if early else ()
