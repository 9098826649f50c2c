"""The inbox: a package is proved, shown, and then taken in whole or not at all."""

from pathlib import Path

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.packages import CardKind, InboxPreview, InboxRow, SenderRow, missing_numbers
from app.domain.progress import Progress, Silent
from app.models.case import Case
from app.models.exchange import Package
from app.models.office import Peer
from app.services.exchange.arrivals import IN, compare_package, open_package
from app.services.exchange.peers import peer_row
from app.services.exchange.taking_in import (
    inbox_row,
    keep_files,
    refuse_missing_scans,
    review_imported,
    take_in,
)
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps


@job(needs=Permission.PACKAGE_RECEIVE)
def preview_package(steps: Steps, path: Path, progress: Progress | None = None) -> InboxPreview:
    """Prove a package and say what importing it would do; nothing is changed.

    Refused with the reason a damaged, truncated, forged, foreign, newer or repeated-number package has.
    """
    opened = steps.run(open_package, path, progress or Silent())
    seen = steps.run(compare_package, opened)
    refuse_missing_scans(steps, opened)
    return seen


@job(needs=Permission.PACKAGE_RECEIVE)
def import_package(steps: Steps, path: Path, progress: Progress | None = None) -> InboxPreview:
    """Take a package in, in one transaction; the same one again changes nothing and says so (`already`).

    Nobody waits while the file is decrypted and proved: what is written under the lock was read before. The
    bytes of papers and attachments are stored first, by digest; without their cases nobody meets them.
    """
    opened = steps.run(open_package, path, progress or Silent())
    seen = steps.run(compare_package, opened)
    refuse_missing_scans(steps, opened)
    if not seen.already:
        keep_files(steps, opened)
        steps.run(take_in, opened, seen, progress or Silent())
        steps.run(review_imported, opened)
    return seen


@use_case(needs=Permission.READ, writes=False)
def list_inbox(uow: UnitOfWork) -> tuple[InboxRow, ...]:
    """The packages imported here, the newest first."""
    names = {peer.node: peer.name for peer in uow.session.scalars(select(Peer))}
    rows = select(Package).where(Package.direction == IN).order_by(Package.made_at.desc(), Package.id.desc())
    return tuple(inbox_row(row, names.get(row.peer, row.peer)) for row in uow.session.scalars(rows))


@use_case(needs=Permission.READ, writes=False)
def list_senders(uow: UnitOfWork) -> tuple[SenderRow, ...]:
    """The townships enrolled here: their cases, their last package, and the numbers that never came."""
    owned = select(Case.owner, func.count()).group_by(Case.owner)
    cases = {owner: count for owner, count in uow.session.execute(owned)}
    peers = select(Peer).where(Peer.kind == CardKind.TOWNSHIP).order_by(Peer.node)
    return tuple(_sender(uow, peer, cases.get(peer.node, 0)) for peer in uow.session.scalars(peers))


def _sender(uow: UnitOfWork, peer: Peer, cases: int) -> SenderRow:
    came = uow.session.scalars(
        select(Package)
        .where(Package.direction == IN, Package.peer == peer.node)
        .order_by(Package.inc, Package.seq)
    ).all()
    if not came:
        return SenderRow(peer_row(peer), cases, None, None, ())
    newest = came[-1]
    numbers = [row.seq for row in came if row.inc == newest.inc]
    last_at = max(row.made_at for row in came)
    return SenderRow(peer_row(peer), cases, newest.seq, last_at, missing_numbers(numbers, newest.seq))
