"""Writes workbooks: the sheets of books and lists."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from gzip import GzipFile
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from typing_extensions import override

Value = str | int | date | None
"""What a row may hold: text, a whole number, an amount in fen, a day, or nothing."""

_A4 = 9
_HAIR = Side(style="thin", color="808080")
_FRAME = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_LONGEST_TEXT = 32_767  # what a cell can hold
_LONGEST_TITLE = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Kind(StrEnum):
    """What a column holds: numbers that are names (ID numbers, phones) are TEXT."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"  # fen in the row, yuan in the cell
    INT = "int"


_FORMATS = {Kind.TEXT: "@", Kind.DATE: "yyyy-mm-dd", Kind.MONEY: "#,##0.00", Kind.INT: "0"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, what it holds."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `headings` are the lines above the table (the first is its title)."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    headings: Sequence[str] = ()


class _Rows:
    """What a sheet's rows become, kept small in memory: openpyxl would put them into a readable file."""

    def __init__(self) -> None:
        self._kept = BytesIO()
        self._packed = GzipFile(fileobj=self._kept, mode="wb", compresslevel=1)

    def write(self, text: bytes) -> int:
        """Take the next piece."""
        return self._packed.write(text)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def pour(self, archive: ZipFile, name: str) -> None:
        """Put everything into the workbook."""
        self._packed.close()
        self._kept.seek(0)
        with GzipFile(fileobj=self._kept) as packed, archive.open(name, "w") as entry:
            shutil.copyfileobj(packed, entry)


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """Puts the workbook together without a file beside it."""

    @override
    def write_worksheet(self, ws: Any) -> None:
        ws.close()
        ws._rels = ws._writer._rels  # noqa: SLF001 - what its own method does
        ws._writer.out.pour(self._archive, ws.path[1:])  # noqa: SLF001
        self.manifest.append(ws)


def _text_cell(sheet: Any, text: str) -> Any:
    """Text stays text: what looks like a formula or a number is not read as one."""
    cell = WriteOnlyCell(sheet, value="")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _number(value: Value, kind: Kind) -> Any:
    if kind is Kind.MONEY and isinstance(value, int):
        return Decimal(value).scaleb(-2)
    return value


def _cell(sheet: Any, value: Value, kind: Kind) -> Any:
    if isinstance(value, str):
        cell = _text_cell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, value=_number(value, kind))
        cell.number_format = _FORMATS[kind]
    right = kind in (Kind.MONEY, Kind.INT)
    cell.alignment = Alignment(horizontal="right" if right else "left", vertical="center", wrap_text=True)
    cell.border = _FRAME
    return cell


def _heading(sheet: Any, text: str, size: float) -> Any:
    cell = _text_cell(sheet, text)
    cell.font = Font(bold=True, size=size)
    return cell


def _column_head(sheet: Any, text: str) -> Any:
    cell = _text_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _FRAME
    return cell


def _set_up(sheet: Any, plan: Sheet) -> None:
    """Frozen head, A4 across, as wide as the page, numbered pages; must precede the first row."""
    head = len(plan.headings) + 1
    for number, column in enumerate(plan.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _fill(sheet: Any, plan: Sheet) -> None:
    for number, text in enumerate(plan.headings):
        sheet.append([_heading(sheet, text, 10 if number else 16)])
    sheet.append([_column_head(sheet, column.title) for column in plan.columns])
    for row in plan.rows:
        pairs = zip(row, plan.columns, strict=True)
        sheet.append([_cell(sheet, value, column.kind) for value, column in pairs])


def write(sheets: Sequence[Sheet]) -> bytes:
    """The workbook; rows are taken one by one, so that a long register needs little memory.

    Nothing is written to the disk meanwhile: the rows hold names and addresses.
    """
    book = Workbook(write_only=True)
    for plan in sheets:
        sheet: Any = book.create_sheet(plan.title.translate(_NOT_IN_TITLES)[:_LONGEST_TITLE])
        _set_up(sheet, plan)
        sheet._writer = WorksheetWriter(sheet, _Rows())  # noqa: SLF001 - the one way in for another target
        sheet._writer.write_top()  # noqa: SLF001
        _fill(sheet, plan)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(book, archive).write_data()
    return out.getvalue()
