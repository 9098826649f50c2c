"""The data file as a thing on disk: is it sound, is its audit whole, and when was it last copied."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.db import backup as copies
from app.db.sessions import make_engine
from app.domain.actor import Permission
from app.domain.progress import Progress
from app.models.exchange import AuditEntry
from app.services.attachments.upkeep import check_attachments
from app.services.kernel.unit_of_work import UnitOfWork, audit_hash
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import Unlocked

_STEPS = 2
_AT_ONCE = 1000  # entries of the audit held in memory


@dataclass(frozen=True, slots=True)
class DataFinding:
    """One thing wrong in the data file or beside it; it names nobody.

    `kind` is `cipher`, `structure`, `reference`, `audit` (`text` is the number of the first entry that does
    not continue the one before it), or `attachment` (`text` is the number of a case that has it).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished copy: its folder, its moment (UTC) and its size in bytes.

    `missing`: attachments the cases name that are gone from beside the data; `damaged`: attachments that are
    damaged here, of which the sound copy was kept.
    """

    folder: Path
    made: datetime
    size: int
    missing: int = 0
    damaged: int = 0


def check_data(unlocked: Unlocked) -> tuple[DataFinding, ...]:
    """Prove every page of the data file, the chain of its audit and all attachments; empty when all is sound.

    Refuses what opening the file refuses (NO_SUCH_PLACE, DAMAGED_DATA, IN_USE).
    """
    found = copies.check(unlocked.data_file, unlocked.key)
    if found:
        return tuple(DataFinding(finding.kind, finding.text) for finding in found)
    workspace = Workspace(make_engine(unlocked.data_file, unlocked.key), unlocked.data_file, unlocked.actor)
    try:
        broken = workspace.run(verify_audit).value
        damaged = workspace.run(check_attachments).value
    finally:
        workspace.close()
    entries = () if broken is None else (DataFinding("audit", str(broken)),)
    return (*entries, *(DataFinding("attachment", one.number) for one in damaged))


@use_case(needs=Permission.READ, writes=False)
def verify_audit(uow: UnitOfWork) -> int | None:
    """The number of the first audit entry that was changed, moved or follows a missing one; None when whole.

    Entries cut off at the end leave no gap here; the head of the audit in every package shows them.
    """
    entry = AuditEntry
    columns = (entry.n, entry.at, entry.user_id, entry.action, entry.object_id, entry.facts, entry.hash)
    previous = ""
    for row in uow.session.execute(select(*columns).order_by(entry.n)).yield_per(_AT_ONCE):
        told = (row.at, row.user_id, row.action, row.object_id, row.facts)
        if audit_hash(previous, told) != row.hash:
            return int(row.n)
        previous = row.hash
    return None


def backup_now(unlocked: Unlocked, folder: Path, progress: Progress) -> BackupMade:
    """Copy the office's data into its own folder in `folder` while work goes on, and prove the copy.

    Old copies of this office are thinned out; nothing else in `folder` is touched. The copy stays encrypted
    and carries its key slots. Refuses DISK_FULL, READ_ONLY_PLACE, NO_SUCH_PLACE and DAMAGED_DATA (path=); an
    unfinished copy is taken away again.
    """
    progress.step(0, _STEPS)
    now = datetime.now(UTC)
    own = copies.own_folder(folder, unlocked.data_file)
    moment = now.replace(tzinfo=None, microsecond=0)
    made = copies.backup(unlocked.data_file, unlocked.key, own, moment, progress)
    progress.step(1, _STEPS)
    copies.thin(own, unlocked.data_file, now.replace(tzinfo=None))
    progress.step(_STEPS, _STEPS)
    moment = made.made.replace(tzinfo=UTC)
    return BackupMade(made.folder, moment, made.size, made.missing, made.damaged)


def last_backup(folder: Path, data_file: Path) -> datetime | None:
    """The moment (UTC) of the newest finished copy of this data file in `folder`; None when none is seen."""
    try:
        moments = list(copies.backups_in(copies.own_folder(folder, data_file), data_file))
    except OSError:  # a drive that is there and cannot be read
        return None
    return moments[-1].replace(tzinfo=UTC) if moments else None
