"""Every list: columns chosen and remembered, copied, printed, taken into Excel; filters kept by name."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication

from app.domain.flow import CaseStatus
from app.services.search.filters import list_filters
from app.ui.cases.case_list_page import UNDER_WAY, CaseListPage
from app.ui.lists import list_tools
from app.ui.lists.list_tools import ListTools
from tests.ui.case_office import CaseOffice, made_office  # noqa: F401 - a fixture
from tests.ui.test_case_pages import shown, three


def action(menu, words: str):
    return next(one for one in menu.actions() if one.text().startswith(words))


def test_a_column_taken_away_stays_away(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    number = [column.title for column in page.table.table.columns].index("案号")
    assert not page.table.isColumnHidden(number)
    action(page.tools.columns_menu(), "案号").setChecked(False)
    assert page.table.isColumnHidden(number)
    again = office.page(CaseListPage)
    assert again.table.isColumnHidden(number)
    assert not action(again.tools.columns_menu(), "案号").isChecked()
    assert not action(again.tools.columns_menu(), "当事人").isEnabled()


def test_the_list_is_printed_as_it_is_shown(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    shown(page, qtbot)
    action(page.tools.columns_menu(), "案号").setChecked(False)
    page.tools.print()
    text = page.tools.preview.view.text()
    assert all(name in text for name in ("张㛃 与 李䶮", "王大山 与 恒兴建材店", "纠纷类型"))
    assert "案号" not in text
    page.tools.preview.close()


def test_any_list_goes_into_excel_as_text(office: CaseOffice, qtbot, monkeypatch, tmp_path: Path) -> None:
    three(office)
    page = office.page(CaseListPage)
    shown(page, qtbot)
    tools = ListTools(page, page.table, "清单")
    monkeypatch.setattr(list_tools, "save_as", lambda *asked: asked[-1](tmp_path / "清单.xlsx"))
    tools.export()
    sheet = load_workbook(BytesIO((tmp_path / "清单.xlsx").read_bytes())).active
    assert sheet is not None
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "张㛃 与 李䶮" in values
    assert "已导出" in page.banner.text()


def test_a_row_is_copied_from_the_menu(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    shown(page, qtbot)
    page.table.setCurrentIndex(page.table.table.index(2, 0))
    action(page.tools.menu(), "复制").trigger()
    assert "张㛃 与 李䶮" in QGuiApplication.clipboard().text()


def test_a_filter_is_kept_taken_up_again_and_forgotten(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    page.states.chosen.emit(UNDER_WAY)
    page.risky.setChecked(True)
    page.kept.keep()
    page.kept.dialog.form.set_values({"name": "有风险的"})
    page.kept.dialog.submit()
    assert [row.name for row in office.workspace.run(list_filters, "cases").value] == ["有风险的"]
    again = office.page(CaseListPage)
    assert len(shown(again, qtbot)) == 3
    action(again.kept.menu, "有风险的").trigger()
    assert shown(again, qtbot) == ["王大山 与 恒兴建材店"]
    assert again.risky.isChecked()
    assert again.states.value() == UNDER_WAY
    again.kept._remove(again.kept.rows[0])
    assert office.workspace.run(list_filters, "cases").value == ()
    again.banner._actions[0].click()
    assert [row.name for row in office.workspace.run(list_filters, "cases").value] == ["有风险的"]


def test_one_state_alone_can_be_asked_for(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    page.status.set_value(CaseStatus.REJECTED)
    page.status.edited.emit()
    assert shown(page, qtbot) == ["赵强 与 胡玉梅"]
