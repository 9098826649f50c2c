"""The inbox: a package is proved, shown, and then taken in whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.domain.actor import Permission
from app.domain.cases import PartyRole, joined_parties
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.packages import (
    CardKind,
    CaseChange,
    InboxPreview,
    InboxRow,
    InboxState,
    SenderRow,
    missing_numbers,
)
from app.domain.progress import Progress, Silent
from app.models.case import Case
from app.models.exchange import Branch, CaseHead, ForeignRecord, Package
from app.models.office import Peer
from app.models.paper import PaperFile
from app.services.exchange.bundles import apply_bundle
from app.services.exchange.peers import keyring, own_keys, peer_row
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.sync.manifest import receipt_code
from app.sync.plan import Head, Plan, head_of, plan
from app.sync.records import Record, read_body
from app.sync.unseal import Inspected, inspect_package, read_blobs, read_records

IN = "in"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Keys:
    identities: tuple[str, ...]
    us: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A proved package with its records in memory; blobs are read again from the file."""

    path: Path
    keys: _Keys
    inspected: Inspected
    records: tuple[Record, ...]

    @property
    def cases(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == "case")


@job(needs=Permission.PACKAGE_RECEIVE)
def preview_package(steps: Steps, path: Path, progress: Progress | None = None) -> InboxPreview:
    """Prove a package and say what importing it would do; nothing is changed.

    Refused with the reason a damaged, truncated, forged, foreign, newer or repeated-number package has.
    """
    opened = steps.run(open_package, path, progress or Silent())
    return steps.run(compare_package, opened)


@job(needs=Permission.PACKAGE_RECEIVE)
def import_package(steps: Steps, path: Path, progress: Progress | None = None) -> InboxPreview:
    """Take a package in, in one transaction; the same one again changes nothing and says so (`already`)."""
    opened = steps.run(open_package, path, progress or Silent())
    seen = steps.run(compare_package, opened)
    if not seen.already:
        steps.run(take_in, opened, seen, progress or Silent())
    return seen


@use_case(needs=Permission.PACKAGE_RECEIVE, writes=False)
def open_package(uow: UnitOfWork, path: Path, progress: Progress) -> _Opened:
    """Decrypt, prove and read the records; every record is checked against the signed sums."""
    if not path.is_file():
        raise Refused(Reason.NO_SUCH_PLACE, path=path)
    office = uow.office()
    keys = _Keys((own_keys(office).age_identity,), office.node)
    inspected = inspect_package(path, keys.identities, keyring(uow), keys.us)
    total = inspected.manifest.counts.cases
    records: list[Record] = []
    for record in read_records(path, keys.identities, inspected):
        records.append(record)
        progress.step(min(len(records), total), total)
    return _Opened(path, keys, inspected, tuple(records))


@use_case(needs=Permission.PACKAGE_RECEIVE, writes=False)
def compare_package(uow: UnitOfWork, opened: _Opened) -> InboxPreview:
    """What importing would do: new, changed and unchanged cases, forks, and packages that never arrived."""
    manifest, stream = opened.inspected.manifest, opened.inspected.manifest.stream
    known = _known(uow, manifest.sender.node, stream.inc)
    same = known.get(stream.seq)
    if same is not None and same.sums_sha256 != opened.inspected.sums_sha256:
        raise Refused(Reason.PACKAGE_CLONE, sender=manifest.sender.node, seq=stream.seq)
    decided = _plan(uow, opened)
    if decided.rejected:
        raise Refused(Reason.PACKAGE_FORGED, at="owner")
    peer = uow.session.scalars(select(Peer).where(Peer.node == manifest.sender.node)).one()
    forward = [step.head for step in decided.fast_forwards]
    return InboxPreview(
        sender=manifest.sender.node,
        sender_name=peer.name,
        seq=stream.seq,
        made_at=manifest.created,
        already=same is not None,
        new_cases=len(decided.inserts),
        changed_cases=len(forward),
        unchanged_cases=len(decided.already_contained),
        forks=len(decided.forks),
        rejected=len(decided.rejected),
        papers=manifest.counts.blobs,
        missing=missing_numbers(list(known), stream.seq - 1) if same is None else (),
        receipt=receipt_code(opened.inspected.sums_sha256),
        changes=tuple(_changes(opened, decided))[:SHOWN],
    )


def _known(uow: UnitOfWork, sender: str, inc: int) -> dict[int, Package]:
    rows = select(Package).where(Package.direction == IN, Package.peer == sender, Package.inc == inc)
    return {row.seq: row for row in uow.session.scalars(rows)}


def _plan(uow: UnitOfWork, opened: _Opened) -> Plan:
    incoming = [head_of(record) for record in opened.cases]
    ids = [head.id for head in incoming]
    return plan(incoming, _local_heads(uow, ids), opened.inspected.manifest.sender.node)


def _local_heads(uow: UnitOfWork, case_ids: list[str]) -> Iterator[Head]:
    for start in range(0, len(case_ids), 500):
        part = case_ids[start : start + 500]
        for row in uow.session.scalars(select(CaseHead).where(CaseHead.case_id.in_(part))):
            yield Head(row.case_id, row.owner, row.epoch, row.rev, row.h, tuple(row.parents))
        for branch in uow.session.scalars(select(Branch).where(Branch.case_id.in_(part))):
            yield Head(
                branch.case_id, branch.owner, branch.epoch, branch.rev, branch.h, tuple(branch.parents)
            )


def _changes(opened: _Opened, decided: Plan) -> Iterator[CaseChange]:
    bodies = {record.id: record.body for record in opened.cases}
    steps = [(head, True) for head in decided.inserts]
    steps += [(step.head, False) for step in decided.fast_forwards]
    for head, new in steps:
        body = _body(bodies[head.id], head.id)
        yield CaseChange(head.id, body["case"]["number"], _parties(body["parties"]), new)


def _body(text: bytes, case_id: str) -> dict[str, Any]:
    try:
        body = read_body(text)
        if body["case"]["id"] != case_id:
            raise ValueError("another case")
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Reason.PACKAGE_DAMAGED, at=f"case {case_id}") from error
    return body


def _parties(rows: Iterable[dict[str, str]]) -> str:
    seats = list(rows)

    def names(role: PartyRole) -> list[str]:
        return [row["name"] for row in seats if row["role"] == role]

    return joined_parties(names(PartyRole.APPLICANT), names(PartyRole.RESPONDENT))


@use_case(needs=Permission.PACKAGE_RECEIVE)
def take_in(uow: UnitOfWork, opened: _Opened, seen: InboxPreview, progress: Progress) -> InboxRow:
    """Write everything a proved package brings: papers, cases, heads, branches, and the package itself."""
    uow.keeps_revisions = True
    decided = _plan(uow, opened)
    records = {record.h: record for record in opened.cases}
    package = _package_row(uow, opened, seen)
    uow.session.add(package)
    uow.session.flush()
    _take_papers(uow, opened)
    steps = [*decided.inserts, *(step.head for step in decided.fast_forwards)]
    for done, head in enumerate(steps, 1):
        _take_case(uow, records[head.h], head)
        progress.step(done, len(steps))
    for fork in decided.forks:
        _take_fork(uow, records, fork.head, fork.main, package.id)
    for record in opened.records:
        if not record.known:
            uow.session.add(
                ForeignRecord(package_id=package.id, kind=record.kind, line=record.as_line().decode())
            )
    uow.note(package.id, sender=seen.sender, seq=seen.seq, new=seen.new_cases, changed=seen.changed_cases)
    uow.changed(Topic.CASES, Topic.PACKAGES)
    return _row(package, seen.sender_name)


def _package_row(uow: UnitOfWork, opened: _Opened, seen: InboxPreview) -> Package:
    stream = opened.inspected.manifest.stream
    return Package(
        id=opened.inspected.manifest.id, direction=IN, peer=seen.sender, inc=stream.inc, seq=stream.seq,
        base=stream.base, upto=stream.upto, state=InboxState.IMPORTED, file_name=opened.path.name[:120],
        sums_sha256=opened.inspected.sums_sha256, file_sha256=opened.inspected.file_sha256,
        size=opened.inspected.size, cases=len(opened.cases), papers=seen.papers,
        counts={"new": seen.new_cases, "changed": seen.changed_cases, "forks": seen.forks}, made_at=uow.now(),
    )  # fmt: skip


def _take_papers(uow: UnitOfWork, opened: _Opened) -> None:
    for sha256, pieces in read_blobs(opened.path, opened.keys.identities, opened.inspected):
        pdf = b"".join(pieces)
        if uow.session.get(PaperFile, sha256) is None:
            uow.session.add(PaperFile(sha256=sha256, size=len(pdf), pdf=pdf))
    uow.session.flush()


def _take_case(uow: UnitOfWork, record: Record, head: Head) -> Case:
    try:
        case = apply_bundle(uow, record.body, (head.id, head.owner, head.epoch, head.rev))
    except (ValueError, KeyError, TypeError, IntegrityError) as error:
        raise Refused(Reason.PACKAGE_DAMAGED, at=f"case {record.id}") from error
    row = uow.session.get(CaseHead, head.id) or CaseHead(case_id=head.id)
    row.owner, row.epoch, row.rev, row.h = head.owner, head.epoch, head.rev, head.h
    row.parents, row.body = list(head.parents), record.body.decode()
    uow.session.add(row)
    return case


def _take_fork(uow: UnitOfWork, records: dict[str, Record], head: Head, main: Head, package_id: str) -> None:
    """Two offices went on apart: the higher head leads, the other is kept whole for a person to decide."""
    old = uow.session.get(CaseHead, head.id)
    if head == main and old is not None:
        loser = Head(head.id, old.owner, old.epoch, old.rev, old.h, tuple(old.parents))
        body = old.body or ""
        _take_case(uow, records[head.h], head)
    else:
        loser, body = head, records[head.h].body.decode()
    uow.session.add(
        Branch(
            case_id=loser.id, owner=loser.owner, epoch=loser.epoch, rev=loser.rev, h=loser.h,
            parents=list(loser.parents), body=body, package_id=package_id,
        )
    )  # fmt: skip


@use_case(needs=Permission.READ, writes=False)
def list_inbox(uow: UnitOfWork) -> tuple[InboxRow, ...]:
    """The packages imported here, the newest first."""
    names = {peer.node: peer.name for peer in uow.session.scalars(select(Peer))}
    rows = select(Package).where(Package.direction == IN).order_by(Package.made_at.desc(), Package.id.desc())
    return tuple(_row(row, names.get(row.peer, row.peer)) for row in uow.session.scalars(rows))


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


def _row(package: Package, sender_name: str) -> InboxRow:
    return InboxRow(
        package.id, package.peer, sender_name, package.seq, package.file_name, package.counts.get("new", 0),
        package.counts.get("changed", 0), package.papers, receipt_code(package.sums_sha256), package.made_at,
    )  # fmt: skip
