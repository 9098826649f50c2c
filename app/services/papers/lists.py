"""Prints any list of the window, or takes it into Excel; the audit says which and how many rows."""

from datetime import date

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.papers.lists import MOST_PRINTED, ListTable
from app.domain.progress import Progress, Silent
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps


@job(needs=Permission.PAPER_PRINT)
def print_list(steps: Steps, table: ListTable, progress: Progress | None = None) -> bytes:
    """The list as PDF bytes, A4 across; refuses LIST_TOO_LONG (most=) and MISSING_GLYPH (characters=)."""
    from app.reports.pdf.fonts import missing_glyphs
    from app.reports.pdf.list_table import render_list

    if len(table.rows) > MOST_PRINTED:
        raise Refused(Reason.LIST_TOO_LONG, most=MOST_PRINTED)
    missing = missing_glyphs(text for row in table.rows for text in row)
    if missing:
        raise Refused(Reason.MISSING_GLYPH, characters=missing)
    office, on = steps.run(list_cover)
    (progress or Silent()).step(0, 1)
    made = render_list(table, office, on)
    steps.run(note_list, len(table.rows), printed=True)
    return made


@job(needs=Permission.EXCEL_EXPORT)
def export_list(steps: Steps, table: ListTable, progress: Progress | None = None) -> bytes:
    """The list as .xlsx bytes; what looks like a number or a formula stays text."""
    from app.reports.excel.books.list_table import build_list

    office, on = steps.run(list_cover)
    (progress or Silent()).step(0, 1)
    made = build_list(table, office, on)
    steps.run(note_list, len(table.rows), printed=False)
    return made


@use_case(needs=Permission.READ, writes=False)
def list_cover(uow: UnitOfWork) -> tuple[str, date]:
    """The office's name and the day, as they stand on a list."""
    return uow.office().name, uow.today()


@use_case(needs=Permission.READ)
def note_list(uow: UnitOfWork, rows: int, printed: bool) -> None:
    """Write into the audit that a list left the office on paper or as a file, and how many rows it has."""
    uow.note("", rows=rows, printed=printed)
