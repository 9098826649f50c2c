"""What the program holds of a volume: printed papers, scans, and what the rows themselves record."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.domain.casework.volume import ITEM_OF_CATEGORY, ITEM_OF_FORM, VolumePiece
from app.domain.life.codes import VolumeItem
from app.domain.papers.attachments import AttachmentCategory
from app.models.case import Case
from app.models.paper import Paper
from app.models.work import Attachment
from app.services.kernel.unit_of_work import UnitOfWork


def pieces_of(uow: UnitOfWork, case: Case) -> tuple[VolumePiece, ...]:
    """The pieces in the order they came; a signed and scanned paper stands in place of the printed one."""
    papers = _latest_papers(uow, case)
    scans = uow.session.scalars(
        select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.added_at, Attachment.id)
    ).all()
    signed = {scan.subject_id for scan in scans if scan.category == AttachmentCategory.SIGNED_PAPER}
    printed = (
        VolumePiece(_item_of(paper), paper.title, paper.pages, paper.pdf_sha256)
        for paper in papers.values()
        if paper.id not in signed
    )
    return (*printed, *_scanned(scans, papers))


def _latest_papers(uow: UnitOfWork, case: Case) -> dict[tuple[str, str], Paper]:
    """The last printing of each paper, by form and what it is for."""
    rows = uow.session.scalars(
        select(Paper).where(Paper.case_id == case.id).order_by(Paper.made_at, Paper.id)
    )
    return {(paper.form, paper.subject_id): paper for paper in rows}


def _scanned(scans: Sequence[Attachment], papers: dict[tuple[str, str], Paper]) -> Iterator[VolumePiece]:
    of_paper = {paper.id: _item_of(paper) for paper in papers.values()}
    for scan in scans:
        usual = ITEM_OF_CATEGORY.get(AttachmentCategory(scan.category), VolumeItem.NOTE)
        item = of_paper.get(scan.subject_id or "", usual)
        yield VolumePiece(item, scan.title, scan.pages, scan.sha256)


def _item_of(paper: Paper) -> VolumeItem:
    return ITEM_OF_FORM.get(paper.form, VolumeItem.NOTE)
