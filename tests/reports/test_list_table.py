"""Any list on paper and in Excel: what was shown is what comes out."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from app.domain.papers.lists import ListTable
from app.reports.excel.books.list_table import build_list
from app.reports.pdf.list_table import render_list

DAY = date(2026, 9, 3)


def a_list(rows: int) -> ListTable:
    lines = tuple((f"{at}", "张㛃与李䶮", "=1+1", "因宅基地出水口朝向多次争执，" * 4) for at in range(rows))
    return ListTable("案件", ("序号", "当事人", "备注", "情况"), (40, 120, 80, 300), lines, "调解中")


def test_every_row_is_on_paper_and_the_head_on_each_page() -> None:
    pages = PdfReader(BytesIO(render_list(a_list(60), "平乡镇依法治理中心", DAY))).pages
    assert len(pages) > 2
    texts = [page.extract_text() for page in pages]
    assert all("当事人" in text for text in texts)
    assert sum(text.count("张㛃与李䶮") for text in texts) == 60
    assert f"第 {len(pages)} 页 共 {len(pages)} 页" in texts[-1].replace("\n", "")
    assert "共60条" in texts[0].replace("\n", "")


def test_the_same_list_prints_the_same_bytes() -> None:
    assert render_list(a_list(3), "平乡镇", DAY) == render_list(a_list(3), "平乡镇", DAY)


def test_an_empty_list_has_its_head() -> None:
    (page,) = PdfReader(BytesIO(render_list(a_list(0), "平乡镇", DAY))).pages
    assert "当事人" in page.extract_text()


def test_what_looks_like_a_formula_stays_text_in_the_book() -> None:
    sheet = load_workbook(BytesIO(build_list(a_list(2), "平乡镇", DAY))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]][:3] == ["0", "张㛃与李䶮", "=1+1"]
    assert sheet["C4"].data_type == "s"
