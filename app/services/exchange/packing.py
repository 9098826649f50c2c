"""Makes a package: takes its number, writes the file from one unmoving view, notes what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import ColumnElement, Select, func, or_, select

from app import __version__
from app.db.blob_store import BlobStore
from app.domain.actor import NodeKind, Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.office.offices import org_of
from app.domain.packages import OutboxRow, OutboxState, PackageKind
from app.domain.progress import Progress
from app.models.base import new_id
from app.models.case import Case
from app.models.exchange import AuditEntry, CaseHead, Change, Package
from app.models.office import Peer
from app.services.exchange.arrivals import chunks
from app.services.exchange.body_check import check_body
from app.services.exchange.bundles import SCHEMA, bundle_of
from app.services.exchange.cargo import blobs, cargo_of, holders, staying_behind
from app.services.exchange.peers import county_of, own_keys
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.sync.manifest import AuditHead, Counts, Manifest, Sender, Stream
from app.sync.node_keys import NodeKeys
from app.sync.plan import Head, parents_after
from app.sync.records import Record
from app.sync.seal import Content, Sealed, write_package

OUT = "out"
LEFT_OUT = "left_out"  # in a package's counts: the cases that did not fit, id to number


@dataclass(frozen=True, slots=True)
class _Begun:
    package_id: str
    file_name: str
    case_ids: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A finished file: the revision of each case and how many papers it holds, and the cases left out."""

    sealed: Sealed
    heads: tuple[Head, ...]
    papers: int
    left_out: dict[str, str]


@use_case(needs=Permission.PACKAGE_SEND)
def begin_package(uow: UnitOfWork) -> _Begun:
    """Take the next package number and note which cases go in."""
    county = county_of(uow)
    if county is None:
        raise Refused(Reason.NO_COUNTY_CARD)
    base, behind = _acknowledged(uow, county)
    changed = list(uow.session.scalars(_changed_since(base)))
    case_ids = tuple(dict.fromkeys([*behind, *changed]))
    if not case_ids:
        raise Refused(Reason.NOTHING_TO_SEND)
    office = uow.office()
    package = Package(
        id=new_id(), direction=OUT, peer=county.node, inc=office.inc, seq=_next_seq(uow, county, office.inc),
        base=base, upto=uow.session.scalar(select(func.max(Change.n))) or 0, state=OutboxState.BUILDING,
        file_name="", cases=len(case_ids), counts={}, made_at=uow.now(),
    )  # fmt: skip
    package.file_name = _manifest(uow, package, Counts()).file_name
    uow.session.add(package)
    uow.session.flush()
    uow.note(package.id, seq=package.seq, cases=len(case_ids))
    uow.changed(Topic.PACKAGES)
    return _Begun(package.id, package.file_name, case_ids, _recipients(county, own_keys(office)))


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


def _acknowledged(uow: UnitOfWork, county: Peer) -> tuple[int, tuple[str, ...]]:
    """How far the county's receipts reach in the change log, and the cases that were left out until there."""
    last = uow.session.scalars(
        select(Package)
        .where(Package.direction == OUT, Package.peer == county.node, Package.state == OutboxState.ACKED)
        .order_by(Package.upto.desc())
        .limit(1)
    ).first()
    return (last.upto, tuple(last.counts.get(LEFT_OUT, ()))) if last else (0, ())


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
    uow: UnitOfWork, begun: _Begun, outbox: Path, store: BlobStore | None, progress: Progress
) -> _Written:
    """Write the package file from one unmoving view of the data; nothing is locked for others.

    Cases, papers, their counts and the manifest are read in this view: what is saved meanwhile goes into the
    next package. A case no county would take, one whose attachments are damaged and one for which there is no
    room are left out and named; refused CASE_TOO_LARGE (numbers=) when no other is left.
    """
    outbox.mkdir(parents=True, exist_ok=True)
    left_out = staying_behind(uow, begun.case_ids, store)
    while len(left_out) < len(begun.case_ids):
        case_ids = tuple(case_id for case_id in begun.case_ids if case_id not in left_out)
        try:
            return _write(uow, begun, outbox / begun.file_name, (case_ids, store, left_out), progress)
        except Refused as refused:
            if refused.reason == Reason.CASE_TOO_LARGE:
                left_out |= _too_large(uow, case_ids)
            elif refused.reason == Reason.ATTACHMENT_DAMAGED:
                left_out |= holders(uow, refused.details["sha256"], case_ids)
            else:
                raise
    raise Refused(Reason.CASE_TOO_LARGE, numbers="、".join(left_out.values()))


def _write(
    uow: UnitOfWork,
    begun: _Begun,
    target: Path,
    load: tuple[tuple[str, ...], BlobStore | None, dict[str, str]],
    progress: Progress,
) -> _Written:
    case_ids, store, left_out = load
    cargo = cargo_of(uow, case_ids)
    package = uow.get(Package, begun.package_id)
    heads: list[Head] = []
    content = Content(
        manifest=_manifest(uow, package, Counts(cases=len(case_ids), blobs=len(cargo.digests))),
        records=_records(uow, case_ids, heads),
        blobs=blobs(uow, cargo, store),
    )
    keys = own_keys(uow.office())
    sealed = write_package(target, content, keys, begun.recipients, progress)
    return _Written(sealed, tuple(heads), len(cargo.digests), left_out)


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
        record = _record(uow, case_id)
        heads.append(Head(record.id, record.owner, record.epoch, record.rev, record.h, record.parents))
        yield record
        uow.session.expunge_all()


def _record(uow: UnitOfWork, case_id: str) -> Record:
    """The case as one record, held to the county's own check: what that refused, it would refuse always."""
    case = uow.get(Case, case_id)
    record = Record(
        kind="case", id=case.id, owner=case.owner, epoch=case.epoch, rev=case.rev,
        parents=(), schema=SCHEMA, by=uow.actor.user_id,
        at=uow.now().isoformat(), body=bundle_of(uow, case),
    )  # fmt: skip
    record = replace(record, parents=_parents(uow, case, record.h))
    try:
        record.as_line()
        check_body(record.body, case.id)
    except (ValueError, Refused) as error:
        raise Refused(Reason.CASE_TOO_LARGE, numbers=case.number) from error
    return record


def _too_large(uow: UnitOfWork, case_ids: tuple[str, ...]) -> dict[str, str]:
    """The cases that fit into no package, with their numbers."""
    found = {}
    for case_id in case_ids:
        try:
            _record(uow, case_id)
        except Refused as refused:
            found[case_id] = str(refused.details["numbers"])
        uow.session.expunge_all()
    return found


def _parents(uow: UnitOfWork, case: Case, h: str) -> tuple[str, ...]:
    """What this revision continues: the same as when it was sent before, or the last one sent.

    One that was sent by an older program has other bytes now: it continues what that one wrote.
    """
    head = uow.session.get(CaseHead, case.id)
    if head is None:
        return ()
    if (head.epoch, head.rev, head.h) == (case.epoch, case.rev, h):
        return tuple(head.parents)
    return parents_after(Head(case.id, head.owner, head.epoch, head.rev, head.h, tuple(head.parents)))


@use_case(needs=Permission.PACKAGE_SEND)
def finish_package(uow: UnitOfWork, package_id: str, written: _Written) -> OutboxRow:
    """Note that the file is whole and which revision of each case it holds; refused when it was given up."""
    package = uow.get(Package, package_id)
    if package.state != OutboxState.BUILDING:
        raise Refused(Reason.NOT_FOUND)
    sealed = written.sealed
    package.state = OutboxState.READY
    package.sums_sha256, package.file_sha256, package.size = (
        sealed.sums_sha256,
        sealed.file_sha256,
        sealed.size,
    )
    package.cases, package.papers = len(written.heads), written.papers
    package.counts = {LEFT_OUT: written.left_out} if written.left_out else {}
    known = _known_heads(uow, [head.id for head in written.heads])
    for head in written.heads:
        row = known.get(head.id) or CaseHead(case_id=head.id)
        row.owner, row.epoch, row.rev = head.owner, head.epoch, head.rev
        row.h, row.parents = head.h, list(head.parents)
        uow.session.add(row)
    supersede(uow, package, (OutboxState.READY,))
    uow.note(package.id, sha256=sealed.file_sha256, left_out=sorted(written.left_out))
    uow.changed(Topic.PACKAGES)
    return outbox_row(package)


def _known_heads(uow: UnitOfWork, case_ids: list[str]) -> dict[str, CaseHead]:
    """The heads kept of these cases, by a few questions: nobody else can save while they are asked."""
    found: dict[str, CaseHead] = {}
    for part in chunks(case_ids):
        asked = select(CaseHead).where(CaseHead.case_id.in_(part))
        found.update((row.case_id, row) for row in uow.session.scalars(asked))
    return found


def supersede(uow: UnitOfWork, package: Package, states: tuple[OutboxState, ...]) -> None:
    """A package holds everything an older one held that the county has not confirmed."""
    older = select(Package).where(
        Package.direction == OUT, Package.state.in_(states), Package.peer == package.peer,
        Package.inc == package.inc, Package.seq < package.seq,
    )  # fmt: skip
    for row in uow.session.scalars(older):
        row.state = OutboxState.SUPERSEDED


@use_case(needs=Permission.PACKAGE_SEND)
def void_package(uow: UnitOfWork, package_id: str) -> None:
    """Give up a package whose file is not finished, and no other; its number is taken again."""
    package = uow.get(Package, package_id)
    if package.state != OutboxState.BUILDING:
        raise Refused(Reason.NOT_FOUND)
    package.state = OutboxState.VOID
    uow.note(package_id)
    uow.changed(Topic.PACKAGES)


def outbox_row(package: Package) -> OutboxRow:
    """A package made here as windows show it."""
    return OutboxRow(
        package.id, package.file_name, package.seq, OutboxState(package.state), package.cases, package.papers,
        package.size, package.made_at, package.sent_at, package.acked_at,
        tuple(package.counts.get(LEFT_OUT, {}).values()),
    )  # fmt: skip
