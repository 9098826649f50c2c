"""Keeps the store of attachments in order: what nobody names goes, what is damaged or missing is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.db.blob_store import BlobStore
from app.domain.actor import Permission
from app.domain.progress import Progress, Silent
from app.models.case import Case
from app.models.exchange import Branch
from app.models.local import BinItem
from app.models.work import Attachment
from app.services.attachments.vault import open_store
from app.services.kernel.last_entry import clock_leapt
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.sync.records import reread_body

STRAY_FOR = timedelta(days=7)
"""How long a file nobody names stays: an older data file may just have been put back beside it."""


@dataclass(frozen=True, slots=True)
class DamagedAttachment:
    """An attachment whose file is gone or no longer what it was, by its case and digest, never by name."""

    number: str
    sha256: str
    missing: bool


@job(needs=Permission.READ)
def sweep_attachments(steps: Steps, progress: Progress | None = None) -> int:
    """At start: take away unfinished files, and those a rolled-back action or an emptied bin left behind.

    Returns how many are gone.
    """
    watch = progress or Silent()
    watch.step(0, 1)
    store = open_store(steps)
    gone = 0
    if store is not None:
        wanted, before = steps.run(wanted_files)
        gone = store.sweep(wanted, before)
    watch.step(1, 1)
    return gone


@use_case(needs=Permission.READ, writes=False)
def wanted_files(uow: UnitOfWork) -> tuple[frozenset[str], float]:
    """The digests of all files that must stay: of cases, in the bin, in heads set aside.

    And the moment (seconds since the epoch) before which others are strays: never, while the clock is months
    ahead of the last entry in the books.
    """
    found = set(uow.session.scalars(select(Attachment.sha256).distinct()))
    bodies = uow.session.scalars(select(BinItem.body).where(BinItem.kind == Attachment.__tablename__))
    found.update(str(body["sha256"]) for body in bodies)
    for text in uow.session.scalars(select(Branch.body).where(Branch.body != "")):
        found.update(file["sha256"] for file in reread_body(text.encode())["files"])
    return frozenset(found), 0.0 if clock_leapt(uow) else (uow.now() - STRAY_FOR).timestamp()


@job(needs=Permission.READ)
def check_attachments(steps: Steps, progress: Progress | None = None) -> tuple[DamagedAttachment, ...]:
    """Read every attachment and prove it; the ones that are missing or damaged."""
    watch = progress or Silent()
    known = steps.run(known_files)
    store = open_store(steps)
    return tuple(_damaged(store, known, watch))


def _damaged(
    store: BlobStore | None, known: tuple[tuple[str, str], ...], watch: Progress
) -> Iterator[DamagedAttachment]:
    for done, (sha256, number) in enumerate(known, 1):
        if store is None or not store.proves(sha256):
            yield DamagedAttachment(number, sha256, missing=store is None or not store.has(sha256))
        watch.step(done, len(known))


@use_case(needs=Permission.READ, writes=False)
def known_files(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """The digest of every attachment, once, with the number of a case that has it."""
    rows = uow.session.execute(
        select(Attachment.sha256, Case.number).join(Case, Case.id == Attachment.case_id).order_by(Case.sk)
    )
    return tuple({sha256: number for sha256, number in rows}.items())
