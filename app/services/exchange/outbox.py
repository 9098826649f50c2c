"""The outbox: changed cases become one sealed package that waits until it is carried to the county."""

import contextlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.packages import OutboxRow, OutboxState, OutboxView, read_code
from app.domain.progress import Progress, Silent
from app.models.exchange import Change, Package
from app.services.attachments.vault import open_store
from app.services.exchange.packing import (
    LEFT_OUT,
    OUT,
    begin_package,
    finish_package,
    outbox_row,
    supersede,
    void_package,
    write_begun,
)
from app.services.exchange.peers import county_of, peer_row
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.sync.manifest import receipt_code
from app.sync.seal import copy_package

_OPEN = (OutboxState.READY, OutboxState.SENT)
_SETTLED = (OutboxState.ACKED, OutboxState.SUPERSEDED)


@job(needs=Permission.PACKAGE_SEND)
def export_package(steps: Steps, progress: Progress | None = None) -> OutboxRow:
    """Seal every case changed since the county's last receipt into one package in the outbox.

    The row is committed before the file is made, and marked ready after the file reads back whole; others
    work on meanwhile. A case too large for any package is left out, named on the row and tried again with the
    next. Refuses NO_COUNTY_CARD, NOTHING_TO_SEND, CASE_TOO_LARGE, and what the disk is refused with.
    """
    begun = steps.run(begin_package)
    try:
        store = open_store(steps)
        written = steps.run(write_begun, begun, steps.outbox, store, progress or Silent())
    except BaseException:
        steps.run(void_package, begun.package_id)
        raise
    row = steps.run(finish_package, begun.package_id, written)
    _remove_settled(steps)
    return row


def _remove_settled(steps: Steps) -> None:
    """Take the files away that need not be carried any more; one in use goes at the next start."""
    for name in steps.run(_settled_files):
        with contextlib.suppress(OSError):
            (steps.outbox / name).unlink(missing_ok=True)


@use_case(needs=Permission.PACKAGE_SEND, writes=False)
def _settled_files(uow: UnitOfWork) -> tuple[str, ...]:
    names = select(Package.file_name).where(Package.direction == OUT, Package.state.in_(_SETTLED))
    return tuple(uow.session.scalars(names))


@job(needs=Permission.PACKAGE_SEND)
def save_package(steps: Steps, package_id: str, folder: Path, progress: Progress | None = None) -> OutboxRow:
    """Copy a ready package to a folder or stick, read it back, and mark it sent.

    When the stick is full or pulled, the package stays in the outbox and nothing half is left behind.
    """
    name, sha256 = steps.run(_ready_file, package_id)
    copy_package(steps.outbox / name, folder / name, sha256, progress)
    return steps.run(mark_sent, package_id)


@use_case(needs=Permission.PACKAGE_SEND, writes=False)
def _ready_file(uow: UnitOfWork, package_id: str) -> tuple[str, str]:
    package = uow.get(Package, package_id)
    if OutboxState(package.state) not in _OPEN:
        raise Refused(Reason.NOT_FOUND)
    return package.file_name, package.file_sha256


@use_case(needs=Permission.PACKAGE_SEND)
def mark_sent(uow: UnitOfWork, package_id: str) -> OutboxRow:
    """Note that a copy left the office; delivered it is only once the county's receipt is here."""
    package = uow.get(Package, package_id)
    if package.state == OutboxState.READY:
        package.state = OutboxState.SENT
    package.sent_at = uow.now()
    uow.note(package.id)
    uow.changed(Topic.PACKAGES)
    return outbox_row(package)


@job(needs=Permission.PACKAGE_SEND)
def confirm_receipt(steps: Steps, package_id: str, code: str) -> OutboxRow:
    """Enter the receipt code the county read out: what the package held need not be sent again (回执码).

    Its file and those of the packages before it are taken away. Refuses WRONG_RECEIPT.
    """
    row = steps.run(settle_package, package_id, code)
    _remove_settled(steps)
    return row


@use_case(needs=Permission.PACKAGE_SEND)
def settle_package(uow: UnitOfWork, package_id: str, code: str) -> OutboxRow:
    """Note that the county has the package, when the code is the one of what was signed."""
    package = uow.get(Package, package_id)
    if not package.sums_sha256 or read_code(code) != receipt_code(package.sums_sha256):
        raise Refused(Reason.WRONG_RECEIPT)
    supersede(uow, package, (OutboxState.READY, OutboxState.SENT))
    package.state = OutboxState.ACKED
    package.acked_at = uow.now()
    uow.note(package.id)
    uow.changed(Topic.PACKAGES)
    return outbox_row(package)


@use_case(needs=Permission.READ, writes=False)
def view_outbox(uow: UnitOfWork) -> OutboxView:
    """The county, the cases waiting to be packed, and the packages, the newest first."""
    county = county_of(uow)
    packages = uow.session.scalars(
        select(Package)
        .where(Package.direction == OUT, Package.state != OutboxState.VOID)
        .order_by(Package.seq.desc())
    ).all()
    sent: list[datetime] = [row.sent_at for row in packages if row.sent_at]
    return OutboxView(
        peer_row(county) if county else None,
        _waiting(uow, max(packages, key=lambda row: row.upto, default=None)),
        max(sent, default=None),
        tuple(outbox_row(row) for row in packages),
    )


def _waiting(uow: UnitOfWork, newest: Package | None) -> int:
    """The cases no package holds: those that changed since the newest, and those it left out."""
    behind = set(newest.counts.get(LEFT_OUT, ())) if newest else set()
    changed = Change.n > (newest.upto if newest else 0)
    count = uow.session.scalar(select(func.count(func.distinct(Change.object_id))).where(changed)) or 0
    if behind:
        both = select(Change.object_id).where(changed, Change.object_id.in_(behind)).distinct()
        count += len(behind) - len(uow.session.scalars(both).all())
    return count


@job(needs=Permission.READ)
def sweep_outbox(steps: Steps, progress: Progress | None = None) -> None:
    """At start: packages a crash left unfinished are void, files nobody knows are taken away.

    So is a waiting package whose file somebody deleted: its cases wait to be packed again. Folders in the
    outbox are none of ours and stay.
    """
    watch = progress or Silent()
    outbox = steps.outbox
    files = (
        frozenset(path.name for path in outbox.iterdir() if not path.is_dir())
        if outbox.is_dir()
        else frozenset[str]()
    )
    kept, lost = steps.run(_sort_files, files)
    if lost:
        steps.run(void_lost, lost)
    strays = sorted(files - kept)
    for done, name in enumerate(strays, 1):
        (outbox / name).unlink(missing_ok=True)
        watch.step(done, len(strays))


@use_case(needs=Permission.READ, writes=False)
def _sort_files(uow: UnitOfWork, files: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of the files that stay, and the packages that are void because theirs is not whole."""
    kept, lost = set(), []
    for package in uow.session.scalars(select(Package).where(Package.direction == OUT)):
        state = OutboxState(package.state)
        if state == OutboxState.BUILDING or (state == OutboxState.READY and package.file_name not in files):
            lost.append(package.id)
        elif state in _OPEN:
            kept.add(package.file_name)
    return frozenset(kept), tuple(lost)


@use_case(needs=Permission.READ)
def void_lost(uow: UnitOfWork, package_ids: tuple[str, ...]) -> None:
    """Give up packages without a whole file; whoever signs in first after a crash does it by signing in.

    One that left the office or was settled stays what it is.
    """
    for package_id in package_ids:
        package = uow.get(Package, package_id)
        if package.direction == OUT and package.state in (OutboxState.BUILDING, OutboxState.READY):
            package.state = OutboxState.VOID
            uow.note(package_id)
    uow.changed(Topic.PACKAGES)
