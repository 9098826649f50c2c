"""A package that arrived: decrypted, proved, every body checked, and compared with what is here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import PartyRole, joined_parties
from app.domain.errors import Reason, Refused
from app.domain.packages import CaseChange, InboxPreview, missing_numbers
from app.domain.papers.attachments import FileKind, kind_of
from app.domain.progress import Progress
from app.models.case import Case
from app.models.exchange import Branch, CaseHead, Package
from app.models.office import Peer
from app.models.paper import PaperFile
from app.services.exchange.body_check import check_body
from app.services.exchange.older_bodies import body_of
from app.services.exchange.peers import keyring, own_keys
from app.services.kernel.case_rows import PARTS
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.sync.manifest import receipt_code
from app.sync.plan import Head, Plan, head_of, plan
from app.sync.records import Record
from app.sync.unseal import Inspected, inspect_package, read_records

Item = TypeVar("Item")
IN = "in"
SHOWN = 200
CHUNK = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class _Keys:
    identities: tuple[str, ...]
    us: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A proved package with its checked records in memory; blobs are read again from the file.

    `files` are the digests of all its cases name; `scans` those of attachments, `papers` those of printed
    papers; a file may be both.
    """

    path: Path
    keys: _Keys
    inspected: Inspected
    records: tuple[Record, ...]
    files: frozenset[str]
    papers: frozenset[str]
    scans: frozenset[str]

    @property
    def cases(self) -> tuple[Record, ...]:
        """The records of cases."""
        return tuple(record for record in self.records if record.kind == "case")


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """The items, a few at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


@use_case(needs=Permission.PACKAGE_RECEIVE, writes=False)
def open_package(uow: UnitOfWork, path: Path, progress: Progress) -> Opened:
    """Decrypt, prove and read the records; every one is checked against the signed sums and by its content.

    What a sender signed may still be wrong: PACKAGE_DAMAGED names the case, before any row is touched.
    """
    if not path.is_file():
        raise Refused(Reason.NO_SUCH_PLACE, path=path)
    office = uow.office()
    keys = _Keys((own_keys(office).age_identity,), office.node)
    inspected = inspect_package(path, keys.identities, keyring(uow), keys.us)
    total = inspected.manifest.counts.cases
    records: list[Record] = []
    content = _Content()
    for record in read_records(path, keys.identities, inspected):
        if record.kind == "case":
            content.add(record)
        records.append(record)
        progress.step(min(len(records), total), total)
    content.compare_blobs(inspected)
    papers = frozenset(content.files - content.scans.keys() | content.papers)
    return Opened(
        path, keys, inspected, tuple(records), frozenset(content.files), papers, frozenset(content.scans)
    )


class _Content:
    """Checks body after body, and what several have in common: no case and no row stands there twice."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.papers: set[str] = set()
        self.scans: dict[str, set[FileKind]] = {}
        self._cases: set[str] = set()
        self._rows: set[str] = set()

    def add(self, record: Record) -> None:
        """Take one case; refused PACKAGE_DAMAGED when it cannot be what an honest program wrote."""
        body = check_body(record.body, record.id, record.schema)
        rows = [row["id"] for part, _ in PARTS for row in body[part]]
        if record.id in self._cases or not self._rows.isdisjoint(rows):
            raise _damaged(record.id, "twice")
        self._cases.add(record.id)
        self._rows.update(rows)
        self.files.update(one["sha256"] for one in body["files"])
        self.papers.update(row["pdf_sha256"] for row in body["papers"])
        for row in body["attachments"]:
            self.scans.setdefault(row["sha256"], set()).add(FileKind(row["mime"]))

    def compare_blobs(self, inspected: Inspected) -> None:
        """Only papers and attachments of these cases may be inside, and each must begin like what it is."""
        for sha256, start in inspected.starts.items():
            kinds = set(self.scans.get(sha256, {FileKind.PDF}))
            if sha256 in self.papers:
                kinds.add(FileKind.PDF)
            if sha256 not in self.files or kinds != {kind_of(start)}:
                raise Refused(Reason.PACKAGE_DAMAGED, at=f"blobs/{sha256}")


def _damaged(case_id: str, why: str) -> Refused:
    return Refused(Reason.PACKAGE_DAMAGED, at=f"case {case_id}", why=why)


@use_case(needs=Permission.PACKAGE_RECEIVE, writes=False)
def compare_package(uow: UnitOfWork, opened: Opened) -> InboxPreview:
    """What importing would do: new, changed and unchanged cases, forks, and packages that never arrived."""
    manifest, stream = opened.inspected.manifest, opened.inspected.manifest.stream
    known = _known(uow, manifest.sender.node, stream.inc)
    same = known.get(stream.seq)
    if same is not None and same.sums_sha256 != opened.inspected.sums_sha256:
        raise Refused(Reason.PACKAGE_CLONE, sender=manifest.sender.node, seq=stream.seq)
    decided = plan_of(uow, opened)
    if decided.rejected:
        raise Refused(Reason.PACKAGE_FORGED, at="owner")
    _refuse_rows_of_others(uow, opened)
    _refuse_missing_papers(uow, opened)
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
        changes=tuple(_changes(opened, decided)),
    )


def _known(uow: UnitOfWork, sender: str, inc: int) -> dict[int, Package]:
    rows = select(Package).where(Package.direction == IN, Package.peer == sender, Package.inc == inc)
    return {row.seq: row for row in uow.session.scalars(rows)}


def plan_of(uow: UnitOfWork, opened: Opened) -> Plan:
    """What to do with each case, as the heads stand here now."""
    incoming = [head_of(record) for record in opened.cases]
    ids = [head.id for head in incoming]
    return plan(incoming, _local_heads(uow, ids), opened.inspected.manifest.sender.node)


def _local_heads(uow: UnitOfWork, case_ids: list[str]) -> Iterator[Head]:
    for part in chunks(case_ids):
        for row in uow.session.scalars(select(CaseHead).where(CaseHead.case_id.in_(part))):
            yield Head(row.case_id, row.owner, row.epoch, row.rev, row.h, tuple(row.parents))
        for branch in uow.session.scalars(select(Branch).where(Branch.case_id.in_(part))):
            yield Head(
                branch.case_id, branch.owner, branch.epoch, branch.rev, branch.h, tuple(branch.parents)
            )


def _refuse_rows_of_others(uow: UnitOfWork, opened: Opened) -> None:
    """An id gives nobody a row: one that is here must be of the same case; so with the case's number."""
    for part in chunks(opened.cases):
        bodies = [body_of(record) for record in part]
        numbers = {body["case"]["number"]: body["case"]["id"] for body in bodies}
        owner = opened.inspected.manifest.sender.node
        used = select(Case.number, Case.id).where(Case.owner == owner, Case.number.in_(list(numbers)))
        taken = [number for number, case_id in uow.session.execute(used) if numbers[number] != case_id]
        if taken or len(numbers) < len(bodies):
            raise Refused(Reason.TAKEN, what="、".join(taken))
        for name, kind in PARTS:
            rows = {row["id"]: row["case_id"] for body in bodies for row in body[name]}
            for ids in chunks(list(rows)):
                for row_id, case_id in uow.session.execute(
                    select(kind.id, kind.case_id).where(kind.id.in_(ids))
                ):
                    if rows[row_id] != case_id:
                        raise _damaged(rows[row_id], f"{name}.id")


def _refuse_missing_papers(uow: UnitOfWork, opened: Opened) -> None:
    wanted = sorted(opened.papers - opened.inspected.starts.keys())
    for part in chunks(wanted):
        here = set(uow.session.scalars(select(PaperFile.sha256).where(PaperFile.sha256.in_(part))))
        for sha256 in part:
            if sha256 not in here:
                raise Refused(Reason.PACKAGE_DAMAGED, at=f"blobs/{sha256}", why="missing")


def _changes(opened: Opened, decided: Plan) -> Iterator[CaseChange]:
    records = {record.id: record for record in opened.cases}
    steps = [(head, True) for head in decided.inserts]
    steps += [(step.head, False) for step in decided.fast_forwards]
    for head, new in steps[:SHOWN]:
        body = body_of(records[head.id])
        yield CaseChange(head.id, body["case"]["number"], _parties(body["parties"]), new)


def _parties(rows: Iterable[dict[str, Any]]) -> str:
    seats = sorted(rows, key=lambda row: row["seat"])

    def names(role: PartyRole) -> list[str]:
        return [row["name"] for row in seats if row["role"] == role]

    return joined_parties(names(PartyRole.APPLICANT), names(PartyRole.RESPONDENT))
