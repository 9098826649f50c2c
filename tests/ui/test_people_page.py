"""人员: the register in the window, and what a case's page tells of its people."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.cases import CaseView, PartyRole
from app.domain.people import PersonKind, RelationKind
from app.services.people.register import open_person, save_person
from app.services.roster.recusal import relate_people
from app.ui.cases.case_page import CasePage
from app.ui.kit.chip import Chip
from app.ui.main_window import MainWindow
from app.ui.navigation import Place
from app.ui.people.people_page import PeoplePage
from tests.conftest import person
from tests.ui.case_office import CaseOffice, made_office  # noqa: F401 - a fixture
from tests.ui.office_window import context, nameless

NUMBER, PHONE = "13059919800101002X", "13800001111"


def settle() -> None:
    """Let the rows of the tables arrive."""
    for _ in range(5):
        QApplication.processEvents()


def came(office: CaseOffice, name: str, **fields: Any) -> CaseView:
    """A case of somebody against a firm known by its code."""
    firm = person(
        "b", PartyRole.RESPONDENT, "石门建材有限公司", kind=PersonKind.LEGAL, uscc="91130599MA0ABCDE6H"
    )
    return office.case(parties=(person("a", PartyRole.APPLICANT, name, **fields), firm))


def shown(office: CaseOffice, item: str | None = None, *roles: Role) -> PeoplePage:
    page = office.page(PeoplePage, item, *roles)
    settle()
    return page


def said(window: QWidget) -> str:
    """All visible words of a window."""
    labels = [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    buttons = [part.text() or part.accessibleName() for part in window.findChildren(QPushButton)]
    return "\n".join([*labels, *buttons])


def pressed(window: QWidget, name: str) -> None:
    """Press the one visible button of this name."""
    (found,) = [
        part
        for part in window.findChildren(QPushButton)
        if part.isVisible() and name in (part.text(), part.accessibleName())
    ]
    found.click()
    settle()


def names(page: PeoplePage) -> list[str]:
    rows = range(page.table.table.rowCount())
    records = (page.table.table.record(row) for row in rows)
    return [record.name for record in records if record is not None]


def audited(office: CaseOffice, action: str) -> int:
    with office.workspace._engine.connect() as connection:
        asked = text("SELECT count(*) FROM audit WHERE action = :a")
        return int(connection.execute(asked, {"a": action}).scalar_one())


def two(office: CaseOffice) -> tuple[CaseView, CaseView]:
    return (
        came(office, "张玮", id_no=NUMBER, phone=PHONE, village="石门村"),
        came(office, "章伟", phone=PHONE, village="石门村", address="三组19号"),
    )


def test_an_empty_register_says_how_it_fills(office: CaseOffice) -> None:
    page = shown(office)
    assert names(page) == []
    assert page.panel.nothing.isVisible()
    assert not page.panel.particulars.isVisible()


def test_typing_initials_and_choosing_kinds_narrow_the_list(office: CaseOffice, qtbot: Any) -> None:
    two(office)
    page = shown(office)
    assert sorted(names(page)) == ["张玮", "石门建材有限公司", "章伟"]
    qtbot.keyClicks(page.search, "zw")
    qtbot.waitUntil(lambda: sorted(names(page)) == ["张玮", "章伟"])
    page.kinds.chosen.emit(PersonKind.LEGAL)
    settle()
    assert names(page) == []
    page.search.clear()
    qtbot.waitUntil(lambda: names(page) == ["石门建材有限公司"])


def test_numbers_are_covered_until_asked_for_and_each_look_is_audited(office: CaseOffice) -> None:
    first, _ = two(office)
    page = shown(office, first.parties[0].person_id)
    assert NUMBER not in said(page)
    assert "138****1111" in said(page)
    pressed(page.panel, "显示号码")
    assert NUMBER in said(page)
    assert PHONE in said(page)
    assert audited(office, "uncover_person") == 1
    pressed(page.panel, "遮住号码")
    assert NUMBER not in said(page)
    assert audited(office, "uncover_person") == 1


def test_going_through_the_list_shows_each_entry(office: CaseOffice, qtbot: Any) -> None:
    two(office)
    page = shown(office)
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    settle()
    assert page.panel.person is not None
    assert page.panel.person.input.name == names(page)[0]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    settle()
    assert page.panel.person.input.name == names(page)[1]


@pytest.mark.parametrize(
    ("birth", "chip"),
    [(date(2010, 1, 1), "未成年"), (date(2014, 1, 1), "未满14周岁"), (date(1990, 1, 1), "")],
)
def test_minors_are_marked_and_their_guardian_is_asked_for(
    office: CaseOffice, birth: date, chip: str
) -> None:
    case = office.case(
        parties=(
            person("a", PartyRole.APPLICANT, "李小", birth=birth),
            person("b", PartyRole.RESPONDENT, "赵强"),
            person("g", PartyRole.GUARDIAN, "李大", represents=("a",)),
        )
    )
    page = shown(office, case.parties[0].person_id)
    chips = [one.text() for one in page.panel.findChildren(Chip) if one.isVisible()]
    assert chips == ([chip] if chip else [])
    assert ("法定代理人" in said(page.panel)) == bool(chip)


def test_an_entry_is_corrected_and_a_covered_number_stays(office: CaseOffice) -> None:
    first, _ = two(office)
    page = shown(office, first.parties[0].person_id)
    pressed(page.panel, "修改")
    page.dialog.form.field("employer").setText("石门小学")
    page.dialog.submit_button.click()
    settle()
    assert "石门小学" in said(page.panel)
    pressed(page.panel, "显示号码")
    assert NUMBER in said(page.panel)


def test_a_stale_or_impossible_correction_is_refused_in_the_dialog(office: CaseOffice) -> None:
    first, _ = two(office)
    page = shown(office, first.parties[0].person_id)
    pressed(page.panel, "修改")
    page.dialog.form.field("phone").setText("138****2222")
    page.dialog.submit_button.click()
    settle()
    assert page.dialog.isVisible()
    assert "星号" in said(page.dialog)
    one = office.workspace.run(open_person, page.panel.person.id).value
    elsewhere = replace(one.input, note="耳背")
    office.workspace.run(save_person, one.id, elsewhere, one.row_version)
    page.dialog.form.field("phone").setText("13800002222")
    page.dialog.submit_button.click()
    settle()
    assert page.dialog.isVisible()
    assert "已被修改" in page.dialog.banner.text()
    page.dialog.reject()


def test_a_relation_is_found_by_search_and_can_be_dropped(office: CaseOffice, qtbot: Any) -> None:
    first, second = two(office)
    page = shown(office, first.parties[0].person_id)
    pressed(page.panel, "添加关系")
    dialog = page.dialog
    dialog.submit_button.click()
    settle()
    assert "再从候选里选择一人" in said(dialog)
    box = dialog.form.field("person_b")
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    box.setFocus()
    qtbot.keyClicks(box, "zw")
    qtbot.waitUntil(lambda: [match.name for match in dialog.offered.offered()] == ["章伟"])
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert dialog.other == second.parties[0].person_id
    dialog.form.field("kind").set_value(RelationKind.KIN)
    dialog.form.field("note").setText("表兄弟")
    dialog.submit_button.click()
    settle()
    assert "其他亲属（表兄弟）" in said(page.panel)
    pressed(page.panel, "移除与章伟的关系")
    assert "表兄弟" not in said(page.panel)


def test_cases_and_related_persons_lead_on(office: CaseOffice) -> None:
    first, second = two(office)
    one, other = first.parties[0].person_id, second.parties[0].person_id
    office.workspace.run(relate_people, one, other, RelationKind.SIBLING)
    page = shown(office, one)
    pressed(page.panel, first.number)
    assert office.went[-1] == (Place.CASE, first.id)
    pressed(page.panel, "章伟")
    assert page.panel.person.id == other


def test_a_pair_is_compared_merged_and_parted_again(office: CaseOffice) -> None:
    first, second = two(office)
    page = shown(office)
    assert page.doubles_button.text() == "疑似重复（1）"
    page.show_doubles()
    settle()
    told = said(page.doubles)
    assert "电话相同" in told
    assert "不同" in told
    assert NUMBER not in told
    assert page.doubles.stays.value() == first.parties[0].person_id
    pressed(page, "合并")
    assert "已把“章伟”并入“张玮”" in page.banner.text()
    assert page.doubles.pairs == ()
    pressed(page.banner, "撤销")
    assert len(page.doubles.pairs) == 1
    page.doubles.stays.set_value(second.parties[0].person_id)
    pressed(page, "合并")
    page.show_list()
    page.open_item(first.parties[0].person_id)
    settle()
    assert page.panel.person.input.name == "章伟"
    assert "张玮" not in names(page)
    pressed(page.panel, "拆分 张玮")
    assert sorted(names(page)) == ["张玮", "石门建材有限公司", "章伟"]


def test_a_pair_is_put_off_or_left_apart(office: CaseOffice) -> None:
    two(office)
    came(office, "王芳", village="东街村")
    came(office, "王方", village="东街村")
    page = shown(office)
    page.show_doubles()
    settle()
    before = page.doubles.double
    pressed(page.doubles, "以后再说")
    assert page.doubles.double not in (None, before)
    assert page.doubles.pairs[-1] == before
    pressed(page.doubles, "不是同一人")
    assert page.doubles.pairs == (before,)


def test_who_may_only_read_changes_nothing(office: CaseOffice) -> None:
    first, _ = two(office)
    page = shown(office, first.parties[0].person_id, Role.LEADER)
    page.show_doubles()
    settle()
    told = [part.text() for part in page.findChildren(QPushButton) if part.isVisible()]
    assert not {"合并", "不是同一人"} & set(told)
    page.show_list()
    told = [part.text() for part in page.findChildren(QPushButton) if part.isVisible()]
    assert not {"修改", "显示号码", "添加关系"} & set(told)


def test_the_list_is_copied_and_printed_with_covered_numbers(office: CaseOffice) -> None:
    two(office)
    page = shown(office)
    page.table.selectAll()
    page.table.setCurrentIndex(page.table.table.index(names(page).index("张玮"), 0))
    page.table.copy()
    copied = QApplication.clipboard().text()
    assert "130599********002X" in copied
    assert NUMBER not in copied
    assert any("打印" in action.text() for action in page.tools.menu().actions())


def test_every_control_has_a_name_and_the_page_is_in_the_rail(office: CaseOffice, qtbot: Any) -> None:
    first, _ = two(office)
    page = shown(office, first.parties[0].person_id)
    assert nameless(page) == []
    page.show_doubles()
    settle()
    assert nameless(page) == []
    window = MainWindow(context(office.workspace))
    qtbot.addWidget(window)
    assert Place.PEOPLE in [entry.place for entry in window._rail_entries()]


def test_the_case_page_tells_of_other_disputes_and_opens_them(office: CaseOffice) -> None:
    old = came(office, "张玮", id_no=NUMBER)
    new = came(office, "张玮", id_no=NUMBER)
    page = office.page(CasePage, new.id)
    settle()
    warnings = [part for part in page.parties.findChildren(QLabel) if "12个月内另有1件" in part.text()]
    assert len(warnings) == 2
    assert all("〔2026〕" in warning.text() for warning in warnings)
    warnings[0].linkActivated.emit(old.id)
    assert office.went[-1] == (Place.CASE, old.id)


def test_uncovering_on_the_case_page_is_audited(office: CaseOffice) -> None:
    case = came(office, "张玮", id_no=NUMBER)
    page = office.page(CasePage, case.id)
    settle()
    page.parties.uncover.click()
    settle()
    assert NUMBER in said(page.parties)
    assert audited(office, "note_uncovered") == 1
    page.parties.uncover.click()
    assert NUMBER not in said(page.parties)
    assert audited(office, "note_uncovered") == 1
