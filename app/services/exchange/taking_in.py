"""Writes what a proved package brings: papers and attachments first, then everything else at once."""

from collections.abc import Sequence

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.packages import InboxPreview, InboxRow, InboxState
from app.domain.progress import Progress
from app.models.case import Case
from app.models.exchange import Branch, CaseHead, ForeignRecord, Package
from app.models.paper import PaperFile
from app.services.attachments.vault import open_store, ready_store
from app.services.exchange.arrivals import IN, Opened, chunks, plan_of
from app.services.exchange.bundles import Places, apply_bundles
from app.services.exchange.older_bodies import body_of
from app.services.kernel.projection import project_cases
from app.services.kernel.recusal_review import review_arrivals
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Steps
from app.sync.manifest import receipt_code
from app.sync.plan import Head, Plan
from app.sync.records import Record
from app.sync.unseal import read_blobs

TOGETHER = 50  # cases whose rows are written at once
PAPER_BYTES = 8 << 20  # what is kept in one go
Papers = tuple[tuple[str, bytes], ...]


def refuse_missing_scans(steps: Steps, opened: Opened) -> None:
    """Refuse PACKAGE_DAMAGED when an attachment is neither in the package nor here."""
    wanted = sorted(opened.scans - opened.inspected.starts.keys())
    store = open_store(steps) if wanted else None
    for sha256 in wanted:
        if store is None or not store.has(sha256):
            raise Refused(Reason.PACKAGE_DAMAGED, at=f"blobs/{sha256}", why="missing")


def keep_files(steps: Steps, opened: Opened) -> None:
    """Keep the papers and attachments of a package by their digests, read before anything is locked.

    Attachments go into their store in pieces; papers are kept some megabytes at a time.
    """
    if not opened.inspected.starts:
        return
    store = ready_store(steps) if opened.scans else None
    some: list[tuple[str, bytes]] = []
    for sha256, pieces in read_blobs(opened.path, opened.keys.identities, opened.inspected):
        if sha256 in opened.papers:
            some.append((sha256, b"".join(pieces)))
            pieces = iter((some[-1][1],))
        if store is not None and sha256 in opened.scans and not store.proves(sha256):
            store.put(pieces)
        if sum(len(pdf) for _, pdf in some) >= PAPER_BYTES:
            steps.run(keep_papers, tuple(some))
            some.clear()
    if some:
        steps.run(keep_papers, tuple(some))


@use_case(needs=Permission.PACKAGE_RECEIVE, quiet=True)
def keep_papers(uow: UnitOfWork, papers: Papers) -> None:
    """Keep the bytes of papers under their digests; what is here already stays."""
    for part in chunks(papers):
        asked = select(PaperFile.sha256).where(PaperFile.sha256.in_([sha256 for sha256, _ in part]))
        here = set(uow.session.scalars(asked))
        uow.session.add_all(
            PaperFile(sha256=sha256, size=len(pdf), pdf=pdf) for sha256, pdf in part if sha256 not in here
        )
        uow.session.flush()


@use_case(needs=Permission.PACKAGE_RECEIVE)
def take_in(uow: UnitOfWork, opened: Opened, seen: InboxPreview, progress: Progress) -> InboxRow:
    """Write every case, head and branch of a package compared before, and the package itself."""
    uow.keeps_revisions = True
    decided = plan_of(uow, opened)
    package = _package_row(uow, opened, seen)
    uow.session.add(package)
    uow.session.flush()
    _take_cases(uow, opened, decided, progress)
    _take_forks(uow, opened, decided, package.id)
    for record in opened.records:
        if not record.known:
            uow.session.add(
                ForeignRecord(package_id=package.id, kind=record.kind, line=record.as_line().decode())
            )
    uow.note(package.id, sender=seen.sender, seq=seen.seq, new=seen.new_cases, changed=seen.changed_cases)
    uow.changed(Topic.CASES, Topic.PACKAGES)
    return inbox_row(package, seen.sender_name)


@use_case(needs=Permission.PACKAGE_RECEIVE)
def review_imported(uow: UnitOfWork, opened: Opened) -> None:
    """Check the mediators of the own cases whose people came with a package as well (TY16 15)."""
    for part in chunks([record.id for record in opened.cases]):
        review_arrivals(uow, part)


def _package_row(uow: UnitOfWork, opened: Opened, seen: InboxPreview) -> Package:
    stream = opened.inspected.manifest.stream
    return Package(
        id=opened.inspected.manifest.id, direction=IN, peer=seen.sender, inc=stream.inc, seq=stream.seq,
        base=stream.base, upto=stream.upto, state=InboxState.IMPORTED, file_name=opened.path.name[:120],
        sums_sha256=opened.inspected.sums_sha256, file_sha256=opened.inspected.file_sha256,
        size=opened.inspected.size, cases=len(opened.cases), papers=seen.papers,
        counts={"new": seen.new_cases, "changed": seen.changed_cases, "forks": seen.forks}, made_at=uow.now(),
    )  # fmt: skip


def _take_cases(uow: UnitOfWork, opened: Opened, decided: Plan, progress: Progress) -> None:
    """Write cases some at a time, each with its list row, so that the progress shown is all the work done."""
    records = {record.h: record for record in opened.cases}
    heads = [*decided.inserts, *(step.head for step in decided.fast_forwards)]
    places = Places(uow)
    done = 0
    for part in chunks(heads, TOGETHER):
        cases = _write(uow, [(records[head.h], head) for head in part], places)
        with uow.session.no_autoflush:  # all rows are flushed; their list rows go in together
            project_cases(uow, uow.touched_cases())
        del cases  # held until here: the session itself would forget them and read each again
        uow.session.expunge_all()
        done += len(part)
        progress.step(done, len(heads))


def _write(uow: UnitOfWork, arrivals: Sequence[tuple[Record, Head]], places: Places) -> list[Case]:
    cases = apply_bundles(uow, [(body_of(record), head) for record, head in arrivals], places)
    ids = [head.id for _, head in arrivals]
    known = {
        row.case_id: row for row in uow.session.scalars(select(CaseHead).where(CaseHead.case_id.in_(ids)))
    }
    for record, head in arrivals:
        row = known.get(head.id) or CaseHead(case_id=head.id)
        row.owner, row.epoch, row.rev, row.h = head.owner, head.epoch, head.rev, head.h
        row.parents, row.body = list(head.parents), record.body.decode()
        uow.session.add(row)
    uow.session.flush()
    return cases


def _take_forks(uow: UnitOfWork, opened: Opened, decided: Plan, package_id: str) -> None:
    records = {record.h: record for record in opened.cases}
    for fork in decided.forks:
        _take_fork(uow, records, (fork.head, fork.main), package_id)


def _take_fork(
    uow: UnitOfWork, records: dict[str, Record], heads: tuple[Head, Head], package_id: str
) -> None:
    """Two offices went on apart: the higher head leads, the other is kept whole for a person to decide."""
    head, main = heads
    old = uow.session.get(CaseHead, head.id)
    if head == main and old is not None:
        loser = Head(head.id, old.owner, old.epoch, old.rev, old.h, tuple(old.parents))
        body = old.body or ""
        _write(uow, [(records[head.h], head)], Places(uow))
    else:
        loser, body = head, records[head.h].body.decode()
    uow.session.add(
        Branch(
            case_id=loser.id, owner=loser.owner, epoch=loser.epoch, rev=loser.rev, h=loser.h,
            parents=list(loser.parents), body=body, package_id=package_id,
        )
    )  # fmt: skip


def inbox_row(package: Package, sender_name: str) -> InboxRow:
    """An imported package as windows show it."""
    return InboxRow(
        package.id, package.peer, sender_name, package.seq, package.file_name, package.counts.get("new", 0),
        package.counts.get("changed", 0), package.papers, receipt_code(package.sums_sha256), package.made_at,
    )  # fmt: skip
