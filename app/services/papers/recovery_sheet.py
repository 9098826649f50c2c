"""The recovery sheet: made with the office or anew, printed once, kept in the safe and nowhere else."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.db.keys import make_recovery_identity, recovery_path, seal_recovery, write_safely
from app.domain.actor import NodeKind, Permission
from app.domain.errors import Reason, Refused
from app.domain.office.offices import NewOffice, node_of
from app.domain.papers.forms import FormId, RecoverySheetPaper
from app.domain.progress import Progress
from app.reports import render_paper
from app.services.exchange.peers import county_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.services.office.opening import Created, create_office
from app.services.office.sign_in import Unlocked

_STEPS = 3
_LOOKS_LIKE_A_KEY = "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class OfficeMade:
    """A new office and its recovery sheet as PDF bytes; the sheet is stored by nobody."""

    created: Created
    sheet: bytes = field(repr=False)


def print_recovery_sheet(office: NewOffice, secret: str, on: date) -> bytes:
    """The sheet for the safe as PDF bytes; refuses MISSING_GLYPH (characters=)."""
    node = node_of(office.kind, office.division_code, office.node_letter)
    return _sheet(office.name.strip(), node, secret, on)


def _sheet(name: str, node: str, secret: str, on: date) -> bytes:
    return render_paper(FormId.RECOVERY_SHEET, RecoverySheetPaper(name, node, secret, on), on).pdf


def make_office(progress: Progress, data_file: Path, office: NewOffice, on: date) -> OfficeMade:
    """Make the office's file and its recovery sheet.

    The sheet is tried before the file is made: an office whose sheet cannot be printed would lose its only
    recovery secret. Refuses what `create_office` refuses, and MISSING_GLYPH; nothing is left behind then.
    """
    print_recovery_sheet(office, _LOOKS_LIKE_A_KEY, on)
    progress.step(1, _STEPS)
    created = create_office(data_file, office)
    sheet = print_recovery_sheet(office, created.recovery_secret, on)
    progress.step(_STEPS, _STEPS)
    return OfficeMade(created, sheet)


@dataclass(frozen=True, slots=True)
class RecoveryHolders:
    """Whose secrets open the recovery file: the office's own sheet, and the county's when it is known."""

    name: str
    node: str
    own: str
    county: tuple[str, ...]
    today: date


@job(needs=Permission.USER_ADMIN)
def renew_recovery_sheet(steps: Steps, unlocked: Unlocked, progress: Progress | None = None) -> bytes:
    """Make a new recovery sheet after the old one was used or lost; the old one opens nothing afterwards.

    Answers the sheet as PDF bytes, stored by nobody. Until the last step both keys open the recovery file, so
    that a crash leaves one that is known. Refuses NOT_PERMITTED for a county, whose recovery key stands on
    the card that every township has enrolled, and what the disk is refused with.
    """
    holders = steps.run(recovery_holders)
    secret, recipient = make_recovery_identity()
    sheet = _sheet(holders.name, holders.node, secret, holders.today)
    path = recovery_path(unlocked.data_file)
    write_safely(path, seal_recovery(unlocked.key, [holders.own, recipient, *holders.county]))
    steps.run(keep_recovery_recipient, recipient)
    write_safely(path, seal_recovery(unlocked.key, [recipient, *holders.county]))
    if progress is not None:
        progress.step(1, 1)
    return sheet


@use_case(needs=Permission.USER_ADMIN, writes=False)
def recovery_holders(uow: UnitOfWork) -> RecoveryHolders:
    """Who can open the recovery file now; refuses NOT_PERMITTED for a county."""
    office = uow.office()
    if office.kind == NodeKind.COUNTY:
        raise Refused(Reason.NOT_PERMITTED)
    county = county_of(uow)
    spare = (county.recovery_recipient,) if county is not None and county.recovery_recipient else ()
    return RecoveryHolders(office.name, office.node, office.recovery_recipient, spare, uow.today())


@use_case(needs=Permission.USER_ADMIN)
def keep_recovery_recipient(uow: UnitOfWork, recipient: str) -> None:
    """Write down the public half of the new recovery key, for the next time the file is sealed."""
    office = uow.office()
    office.recovery_recipient = recipient
    uow.note(office.id)
