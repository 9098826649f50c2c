"""The files that travel with cases: printed papers out of the data file, attachments out of their store."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select

from app.db.blob_store import BlobStore
from app.domain.errors import Reason, Refused
from app.models.case import Case
from app.models.paper import Paper, PaperFile
from app.models.work import Attachment
from app.services.exchange.arrivals import chunks
from app.services.kernel.unit_of_work import UnitOfWork
from app.sync.envelope import Envelope
from app.sync.seal import Blob, Streamed

MOST_BYTES = 3 << 30
"""Attachments in one package: with all else it stays below the 4 GiB a stick formatted as usual can hold."""

_UNREADABLE = frozenset(
    {
        Reason.PACKAGE_DAMAGED, Reason.PACKAGE_TRUNCATED, Reason.PACKAGE_FOREIGN, Reason.PACKAGE_NOT_FOR_US,
        Reason.NO_SUCH_PLACE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cargo:
    """The digests of the papers and, with their sizes, of the attachments of some cases."""

    papers: frozenset[str]
    scans: dict[str, int]

    @property
    def digests(self) -> tuple[str, ...]:
        """All files, each once, in the order in which they are written."""
        return tuple(sorted(self.papers | self.scans.keys()))


def cargo_of(uow: UnitOfWork, case_ids: tuple[str, ...]) -> Cargo:
    """What travels with these cases."""
    papers: set[str] = set()
    scans: dict[str, int] = {}
    for part in chunks(case_ids):
        papers.update(uow.session.scalars(select(Paper.pdf_sha256).where(Paper.case_id.in_(part)).distinct()))
        found = select(Attachment.sha256, Attachment.size).where(Attachment.case_id.in_(part))
        scans.update((sha256, size) for sha256, size in uow.session.execute(found))
    return Cargo(frozenset(papers), scans)


def blobs(uow: UnitOfWork, cargo: Cargo, store: BlobStore | None) -> Iterator[tuple[str, Blob]]:
    """The files one after the other; attachments come in pieces and are never whole in memory.

    Refused ATTACHMENT_DAMAGED (sha256=) when one is not what it was.
    """
    for sha256 in cargo.digests:
        if sha256 in cargo.papers:
            yield sha256, uow.get(PaperFile, sha256).pdf
            uow.session.expunge_all()
        elif store is None:
            raise Refused(Reason.ATTACHMENT_DAMAGED, sha256=sha256)
        else:
            yield sha256, Streamed(cargo.scans[sha256], partial(_pieces, store, sha256))


def _pieces(store: BlobStore, sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    damaged = Refused(Reason.ATTACHMENT_DAMAGED, sha256=sha256)
    try:
        for piece in Envelope(store.path_of(sha256), [store.identity]).pieces():
            digest.update(piece)
            yield piece
    except Refused as refused:
        if refused.reason in _UNREADABLE:
            raise damaged from refused
        raise
    if digest.hexdigest() != sha256:
        raise damaged


def staying_behind(uow: UnitOfWork, case_ids: tuple[str, ...], store: BlobStore | None) -> dict[str, str]:
    """The cases whose attachments are missing or have no room in this package, with their numbers."""
    left: dict[str, str] = {}
    room = MOST_BYTES
    for part in chunks(case_ids):
        sizes = select(Attachment.case_id, func.sum(Attachment.size)).where(Attachment.case_id.in_(part))
        heavy = {case_id: size for case_id, size in uow.session.execute(sizes.group_by(Attachment.case_id))}
        for case_id in part:
            room -= heavy.get(case_id, 0)
            if room < 0 and case_id in heavy:
                room += heavy[case_id]
                left[case_id] = ""
        left.update((case_id, "") for case_id in _without_files(uow, list(heavy), store))
    return _numbers(uow, left)


def holders(uow: UnitOfWork, sha256: str, case_ids: tuple[str, ...]) -> dict[str, str]:
    """Those of the cases that have this attachment, with their numbers."""
    found = set(uow.session.scalars(select(Attachment.case_id).where(Attachment.sha256 == sha256)))
    return _numbers(uow, {case_id: "" for case_id in case_ids if case_id in found})


def _without_files(uow: UnitOfWork, case_ids: list[str], store: BlobStore | None) -> Iterator[str]:
    found = select(Attachment.case_id, Attachment.sha256).where(Attachment.case_id.in_(case_ids))
    for case_id, sha256 in uow.session.execute(found):
        if store is None or not store.has(sha256):
            yield case_id


def _numbers(uow: UnitOfWork, cases: dict[str, str]) -> dict[str, str]:
    for part in chunks(list(cases)):
        asked = select(Case.id, Case.number).where(Case.id.in_(part))
        cases.update((case_id, number) for case_id, number in uow.session.execute(asked))
    return cases
