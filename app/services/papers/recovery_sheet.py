"""The recovery sheet: made with the office, printed once, kept in the safe and nowhere else."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.office.offices import NewOffice, node_of
from app.domain.papers.forms import FormId, RecoverySheetPaper
from app.domain.progress import Progress
from app.reports import render_paper
from app.services.office.opening import Created, create_office

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
    paper = RecoverySheetPaper(office.name.strip(), node, secret, on)
    return render_paper(FormId.RECOVERY_SHEET, paper, on).pdf


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
