"""A workbook is made in memory: names never lie in plain text on the disk."""

import tempfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.reports.excel.sheet import Column, Kind, Sheet, write


def test_no_file_is_made_while_a_workbook_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file on the disk")

    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(tempfile, "_mkstemp_inner", refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    columns = (Column("姓名", 12), Column("金额", 12, Kind.MONEY))
    rows = [(f"张{number}", number * 100) for number in range(3000)]
    made = write([Sheet("一", columns, rows, ("登记簿",)), Sheet("二", columns, (), ())])
    book = load_workbook(BytesIO(made))
    assert book.sheetnames == ["一", "二"]
    assert [cell.value for cell in book["一"][3002]] == ["张2999", 2999]
    assert [cell.value for cell in book["二"][1]] == ["姓名", "金额"]
    assert book["一"].freeze_panes == "A3"
