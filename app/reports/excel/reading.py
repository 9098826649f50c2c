"""Reads the first sheet of a workbook somebody brings: few rows, values only, no formulas followed."""

import zlib
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 20 * 1024 * 1024
"""Unpacked: a small file may hold a very large one."""
MOST_COLUMNS = 50


class UnreadableSheetError(ValueError):
    """The bytes are no workbook this program reads."""


def read_first_sheet(data: bytes, most_rows: int) -> list[tuple[object, ...]]:
    """The cells of the first sheet, at most `most_rows` rows; UnreadableSheetError for anything else."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnreadableSheetError("too large")
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
            return [tuple(row) for row in islice(rows, most_rows)]
        finally:
            book.close()
    except UnreadableSheetError:
        raise
    except _UNREADABLE as cause:
        raise UnreadableSheetError("no workbook") from cause


# what a damaged or forged workbook makes the reader stumble over
_UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # among them the errors of the XML parser
    TypeError,
    ValueError,
    zlib.error,
)
