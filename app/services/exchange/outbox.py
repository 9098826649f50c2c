"""The outbox: changed cases become one sealed package that waits until it is carried to the county."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Select, func, or_, select

from app import __version__
from app.domain.actor import NodeKind, Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.office.offices import org_of
from app.domain.packages import (
    OutboxRow,
    OutboxState,
    OutboxView,
    PackageKind,
    read_code,
)
from app.domain.progress import Progress, Silent
from app.models.base import new_id
from app.models.case import Case
from app.models.exchange import AuditEntry, CaseHead, Change, Package
from app.models.office import Peer
from app.models.paper import Paper, PaperFile
from app.services.exchange.bundles import SCHEMA, bundle_of
from app.services.exchange.peers import county_of, own_keys, peer_row
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.sync.manifest import AuditHead, Counts, Manifest, Sender, Stream, receipt_code
from app.sync.node_keys import NodeKeys
from app.sync.plan import Head, parents_after
from app.sync.records import Record
from app.sync.seal import Content, Sealed, copy_package, write_package

OUT = "out"
CHUNK = 500  # ids in one question
_OPEN = (OutboxState.READY, OutboxState.SENT)


@dataclass(frozen=True, slots=True)
class _Begun:
    package_id: str
    manifest: Manifest
    case_ids: tuple[str, ...]
    blobs: tuple[str, ...]
    recipients: tuple[str, ...]


@job(needs=Permission.PACKAGE_SEND)
def export_package(steps: Steps, progress: Progress | None = None) -> OutboxRow:
    """Seal every case changed since the county's last receipt into one package in the outbox.

    The row is committed before the file is made, and marked ready after the file reads back whole; others
    work on meanwhile. Refuses NO_COUNTY_CARD, NOTHING_TO_SEND, and what the disk is refused with.
    """
    begun = steps.run(begin_package)
    try:
        sealed, heads = steps.run(write_begun, begun, steps.outbox, progress or Silent())
    except BaseException:
        steps.run(void_package, begun.package_id)
        raise
    return steps.run(finish_package, begun.package_id, sealed, heads)


@use_case(needs=Permission.PACKAGE_SEND)
def begin_package(uow: UnitOfWork) -> _Begun:
    """Take the next package number and note what goes in."""
    county = county_of(uow)
    if county is None:
        raise Refused(Reason.NO_COUNTY_CARD)
    base = _acknowledged(uow, county)
    case_ids = tuple(uow.session.scalars(_changed_since(base)))
    if not case_ids:
        raise Refused(Reason.NOTHING_TO_SEND)
    office = uow.office()
    package = Package(
        id=new_id(), direction=OUT, peer=county.node, inc=office.inc, seq=_next_seq(uow, county, office.inc),
        base=base, upto=uow.session.scalar(select(func.max(Change.n))) or 0, state=OutboxState.BUILDING,
        file_name="", cases=len(case_ids), counts={}, made_at=uow.now(),
    )  # fmt: skip
    papers = select(Paper.pdf_sha256).where(Paper.case_id.in_(case_ids)).distinct().order_by(Paper.pdf_sha256)
    blobs = tuple(uow.session.scalars(papers))
    manifest = _manifest(uow, package, Counts(cases=len(case_ids), blobs=len(blobs)))
    package.file_name, package.papers = manifest.file_name, len(blobs)
    uow.session.add(package)
    uow.session.flush()
    uow.note(package.id, seq=package.seq, cases=len(case_ids))
    uow.changed(Topic.PACKAGES)
    return _Begun(package.id, manifest, case_ids, blobs, _recipients(county, own_keys(office)))


def _recipients(county: Peer, own: NodeKeys) -> tuple[str, ...]:
    """Who may open the package: the county, its recovery safe, and this office itself."""
    spare = (county.recovery_recipient,) if county.recovery_recipient else ()
    return (county.age_recipient, *spare, own.age_recipient)


def _changed_since(base: int) -> Select[str]:
    return (
        select(Change.object_id)
        .where(Change.n > base)
        .group_by(Change.object_id)
        .order_by(func.max(Change.n))
    )


def _acknowledged(uow: UnitOfWork, county: Peer) -> int:
    upto = uow.session.scalar(
        select(func.max(Package.upto)).where(
            Package.direction == OUT, Package.peer == county.node, Package.state == OutboxState.ACKED
        )
    )
    return upto or 0


def _counts() -> ColumnElement[bool]:
    """Whether a package's number is spent: a file that was never whole cannot have left the office."""
    return or_(Package.state != OutboxState.VOID, Package.sums_sha256 != "")


def _next_seq(uow: UnitOfWork, county: Peer, inc: int) -> int:
    last = uow.session.scalar(
        select(func.max(Package.seq)).where(
            Package.direction == OUT, Package.peer == county.node, Package.inc == inc, _counts()
        )
    )
    return (last or 0) + 1


@use_case(needs=Permission.PACKAGE_SEND, writes=False)
def write_begun(
    uow: UnitOfWork, begun: _Begun, outbox: Path, progress: Progress
) -> tuple[Sealed, tuple[Head, ...]]:
    """Write the package file from one unmoving view of the data; nothing is locked for others."""
    outbox.mkdir(parents=True, exist_ok=True)
    heads: list[Head] = []
    content = Content(
        manifest=begun.manifest,
        records=_records(uow, begun.case_ids, heads),
        blobs=_blobs(uow, begun.blobs),
    )
    keys = own_keys(uow.office())
    sealed = write_package(outbox / begun.manifest.file_name, content, keys, begun.recipients, progress)
    return sealed, tuple(heads)


def _manifest(uow: UnitOfWork, package: Package, counts: Counts) -> Manifest:
    office = uow.office()
    previous = uow.session.scalars(
        select(Package.sums_sha256).where(
            Package.direction == OUT, Package.peer == package.peer, Package.inc == package.inc,
            Package.seq == package.seq - 1, _counts(),
        )
    ).first()  # fmt: skip
    last = uow.session.scalars(select(AuditEntry).order_by(AuditEntry.n.desc()).limit(1)).one()
    return Manifest(
        id=package.id,
        kind=PackageKind.CASES,
        sender=Sender(
            org_of(NodeKind(office.kind), office.division_code), office.node, own_keys(office).key_id
        ),
        to=[package.peer],
        stream=Stream(package.inc, package.seq, package.base, package.upto, previous or None),
        audit=AuditHead(last.n, last.hash),
        schema=SCHEMA,
        app=__version__,
        created=package.made_at.astimezone(uow.zone).isoformat(),
        counts=counts,
    )


def _records(uow: UnitOfWork, case_ids: tuple[str, ...], heads: list[Head]) -> Iterator[Record]:
    for case_id in case_ids:
        case = uow.get(Case, case_id)
        record = Record(
            kind="case", id=case.id, owner=case.owner, epoch=case.epoch, rev=case.rev,
            parents=_parents(uow, case), schema=SCHEMA, by=uow.actor.user_id,
            at=uow.now().isoformat(), body=bundle_of(uow, case),
        )  # fmt: skip
        heads.append(Head(record.id, record.owner, record.epoch, record.rev, record.h, record.parents))
        yield record
        uow.session.expunge_all()


def _parents(uow: UnitOfWork, case: Case) -> tuple[str, ...]:
    """What this revision continues: the same as when it was sent before, or the last one sent."""
    head = uow.session.get(CaseHead, case.id)
    if head is None:
        return ()
    if (head.epoch, head.rev) == (case.epoch, case.rev):
        return tuple(head.parents)
    return parents_after(Head(case.id, head.owner, head.epoch, head.rev, head.h, tuple(head.parents)))


def _blobs(uow: UnitOfWork, digests: tuple[str, ...]) -> Iterator[tuple[str, bytes | Path]]:
    for sha256 in digests:
        yield sha256, uow.get(PaperFile, sha256).pdf
        uow.session.expunge_all()


@use_case(needs=Permission.PACKAGE_SEND)
def finish_package(uow: UnitOfWork, package_id: str, sealed: Sealed, heads: tuple[Head, ...]) -> OutboxRow:
    """Note that the file is whole and which revision of each case it holds."""
    package = uow.get(Package, package_id)
    package.state = OutboxState.READY
    package.sums_sha256, package.file_sha256, package.size = (
        sealed.sums_sha256,
        sealed.file_sha256,
        sealed.size,
    )
    known = _known_heads(uow, [head.id for head in heads])
    for head in heads:
        row = known.get(head.id) or CaseHead(case_id=head.id)
        row.owner, row.epoch, row.rev = head.owner, head.epoch, head.rev
        row.h, row.parents = head.h, list(head.parents)
        uow.session.add(row)
    _supersede(uow, package, (OutboxState.READY,))
    uow.note(package.id, sha256=sealed.file_sha256)
    uow.changed(Topic.PACKAGES)
    return _row(package)


def _known_heads(uow: UnitOfWork, case_ids: list[str]) -> dict[str, CaseHead]:
    """The heads kept of these cases, by a few questions: nobody else can save while they are asked."""
    found: dict[str, CaseHead] = {}
    for start in range(0, len(case_ids), CHUNK):
        asked = select(CaseHead).where(CaseHead.case_id.in_(case_ids[start : start + CHUNK]))
        found.update((row.case_id, row) for row in uow.session.scalars(asked))
    return found


def _supersede(uow: UnitOfWork, package: Package, states: tuple[OutboxState, ...]) -> None:
    """A package holds everything an older one held that the county has not confirmed."""
    older = select(Package).where(
        Package.direction == OUT, Package.state.in_(states), Package.peer == package.peer,
        Package.inc == package.inc, Package.seq < package.seq,
    )  # fmt: skip
    for row in uow.session.scalars(older):
        row.state = OutboxState.SUPERSEDED


@use_case(needs=Permission.PACKAGE_SEND)
def void_package(uow: UnitOfWork, package_id: str) -> None:
    """Give up a package whose file was not finished; its number is taken again."""
    uow.get(Package, package_id).state = OutboxState.VOID
    uow.note(package_id)
    uow.changed(Topic.PACKAGES)


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
    if OutboxState(package.state) not in (*_OPEN, OutboxState.ACKED):
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
    return _row(package)


@use_case(needs=Permission.PACKAGE_SEND)
def confirm_receipt(uow: UnitOfWork, package_id: str, code: str) -> OutboxRow:
    """Enter the receipt code the county read out: what the package held need not be sent again (回执码)."""
    package = uow.get(Package, package_id)
    if not package.sums_sha256 or read_code(code) != receipt_code(package.sums_sha256):
        raise Refused(Reason.WRONG_RECEIPT)
    _supersede(uow, package, (OutboxState.READY, OutboxState.SENT))
    package.state = OutboxState.ACKED
    package.acked_at = uow.now()
    uow.note(package.id)
    uow.changed(Topic.PACKAGES)
    return _row(package)


@use_case(needs=Permission.READ, writes=False)
def view_outbox(uow: UnitOfWork) -> OutboxView:
    """The county, the cases waiting to be packed, and the packages, the newest first."""
    county = county_of(uow)
    packages = uow.session.scalars(
        select(Package)
        .where(Package.direction == OUT, Package.state != OutboxState.VOID)
        .order_by(Package.seq.desc())
    ).all()
    packed = max((row.upto for row in packages), default=0)
    waiting = uow.session.scalar(select(func.count(func.distinct(Change.object_id))).where(Change.n > packed))
    sent: list[datetime] = [row.sent_at for row in packages if row.sent_at]
    return OutboxView(
        peer_row(county) if county else None,
        waiting or 0,
        max(sent, default=None),
        tuple(_row(row) for row in packages),
    )


@job(needs=Permission.READ)
def sweep_outbox(steps: Steps, progress: Progress | None = None) -> None:
    """At start: packages a crash left unfinished are void, files nobody knows are taken away.

    So is a waiting package whose file somebody deleted: its cases wait to be packed again.
    """
    watch = progress or Silent()
    outbox = steps.outbox
    files = frozenset(path.name for path in outbox.iterdir()) if outbox.is_dir() else frozenset[str]()
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
        elif state not in (OutboxState.VOID, OutboxState.SUPERSEDED):
            kept.add(package.file_name)
    return frozenset(kept), tuple(lost)


@use_case(needs=Permission.READ)
def void_lost(uow: UnitOfWork, package_ids: tuple[str, ...]) -> None:
    """Give up packages without a whole file; whoever signs in first after a crash does it by signing in."""
    for package_id in package_ids:
        uow.get(Package, package_id).state = OutboxState.VOID
        uow.note(package_id)
    uow.changed(Topic.PACKAGES)


def _row(package: Package) -> OutboxRow:
    return OutboxRow(
        package.id, package.file_name, package.seq, OutboxState(package.state), package.cases, package.papers,
        package.size, package.made_at, package.sent_at, package.acked_at,
    )  # fmt: skip
