"""The Excel books read back with two other readers."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from app.domain.papers.books import BookId, CaseRegisterRow, RosterRow
from app.reports import EXCEL_BOOKS, write_book
from app.reports.excel.sheet import Column, Kind, Sheet, write

FORMULA_LIKE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "#N/A", "TRUE", "1e5"]
TODAY = date(2026, 8, 7)
CASE = CaseRegisterRow(
    "平乡镇人调字〔2026〕第A001号",
    date(2026, 7, 20),
    "张㛃",
    "李䶮、王𬭎",
    "宅基地",
    "当事人申请",
    "石门村",
    "周国平",
    "书面",
    1_280_050,
    "已生效",
)
MEDIATOR = RosterRow(
    "张堃",
    "男",
    "汉族",
    date(1970, 1, 2),
    "990532197001020011",
    "大专",
    "013800002233",
    "平乡镇人民调解委员会",
    "委员",
    "专职",
    "邻里、宅基地",
    "普通话",
    "0012",
    date(2024, 1, 1),
    date(2026, 12, 31),
    3,
    "在任",
)


def _read(data: bytes):
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def _calamine(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def test_every_book_is_registered() -> None:
    assert set(EXCEL_BOOKS) == set(BookId)


def test_register_has_title_head_rows_and_print_set_up() -> None:
    data = write_book(BookId.CASE_REGISTER, iter([CASE, replace(CASE, amount_fen=None)]), "平乡镇", TODAY)
    sheet = _read(data)
    assert sheet["A1"].value == "平乡镇案件台账"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    row = _calamine(data)[3]
    assert row[:6] == [1, CASE.number, date(2026, 7, 20), "张㛃", "李䶮、王𬭎", "宅基地"]
    assert row[10] == 12800.5
    assert sheet["K4"].number_format == "#,##0.00"
    assert sheet["K5"].value is None


def test_numbers_that_are_names_stay_text() -> None:
    data = write_book(BookId.ROSTER, [MEDIATOR], "平乡镇", TODAY)
    cells = {cell.value: cell for cell in _read(data)[4]}
    for text in ("990532197001020011", "013800002233", "0012"):
        assert cells[text].data_type == "s"
        assert cells[text].number_format == "@"
        assert text in _calamine(data)[3]


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    data = write_book(BookId.CASE_REGISTER, [replace(CASE, applicants=text)], text, TODAY)
    cell = _read(data)["D4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert _calamine(data)[3][3] == text
    assert _read(data)["A1"].data_type == "s"


def test_what_a_cell_cannot_hold_is_cut_and_titles_are_made_fit() -> None:
    data = write(
        [
            Sheet(
                "台账/[一]:" + "长" * 40,
                [Column("文", 10), Column("数", 5, Kind.INT)],
                [("甲\x00乙" + "长" * 40_000, 2)],
            )
        ]
    )
    sheet = _read(data)
    assert sheet.title.startswith("台账")
    assert len(sheet.title) == 31
    assert sheet["A2"].value.startswith("甲乙")
    assert len(sheet["A2"].value) == 32_767
