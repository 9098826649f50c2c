"""Any list of the window as a book: every cell is text, as it was shown."""

from datetime import date

from app.domain.papers.lists import ListTable
from app.reports.excel.sheet import Column, Sheet, write

_PIXELS_OF_A_CHARACTER = 8


def build_list(table: ListTable, office: str, on: date) -> bytes:
    """The list of `office` as it stood on a day."""
    columns = [
        Column(title, max(8, width / _PIXELS_OF_A_CHARACTER))
        for title, width in zip(table.headings, table.widths, strict=True)
    ]
    headings = (f"{office}{table.title}", f"导出日期：{on.isoformat()}　{table.asked}".strip())
    return write([Sheet(table.title, columns, table.rows, headings)])
