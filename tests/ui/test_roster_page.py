"""The roster: who mediates, whom to invite, where to meet, and what the committees lack."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.actor import Role
from app.domain.roster import (
    CommitteeInput,
    CommitteeRole,
    ExpertInput,
    ExpertPool,
    MediatorInput,
    MediatorStatus,
    RoomInput,
)
from app.domain.values.identity import Sex
from app.services.kernel.workspace import Workspace
from app.services.roster.entries import (
    list_committees,
    list_experts,
    list_mediators,
    list_rooms,
    save_committee,
    save_expert,
    save_mediator,
    save_room,
)
from app.ui.kit.row_view import RowView
from app.ui.roster.roster_page import RosterPage
from tests.conftest import THE_DAY, acting
from tests.services.stage import Stage, stage
from tests.ui.office_window import context, nameless

__all__ = ["stage"]


@pytest.fixture
def page(qtbot, workspace):
    """Makes the page of the workspace as it is now, shown."""

    def make() -> RosterPage:
        made = RosterPage(context(workspace))
        qtbot.addWidget(made)
        made.resize(1274, 700)
        made.show()
        QTest.qWait(1)
        return made

    return make


def column(view: RowView, at: int) -> list[str]:
    QTest.qWait(1)
    view.grab()
    QTest.qWait(1)
    return [view.table.index(row, at).data() for row in range(view.table.rowCount())]


def seated(workspace: Workspace, name: str, role: CommitteeRole, **fields: object) -> None:
    committee = workspace.run(list_committees).value[0]
    wanted = MediatorInput(name, committee.id, role, Sex.MALE, date(1970, 1, 1))
    workspace.run(save_mediator, replace(wanted, **fields))


def test_mediators_are_shown_with_their_load(page, stage: Stage):
    stage.hearing(stage.case())
    shown = page()
    table = shown.mediators.table
    assert column(table, 0) == ["赵春梅", "周国平"]
    assert column(table, 1) == ["聘任调解员"] * 2
    assert column(table, 3) == ["兼职"] * 2
    assert column(table, 7) == ["在岗"] * 2
    assert column(table, 8) == ["0", "1"]
    assert column(table, 9) == ["0", "1"]


def test_specialities_and_terms_are_words(page, workspace):
    seated(workspace, "周国平", CommitteeRole.CHAIR, specialities=("02", "04"), term_end=date(2026, 9, 2))
    seated(workspace, "赵春梅", CommitteeRole.VICE, term_start=date(2025, 1, 1))
    shown = page()
    assert column(shown.mediators.table, 4) == ["", "邻里纠纷、合同纠纷"]
    assert column(shown.mediators.table, 6) == ["2025年1月1日起", "2026年9月2日届满"]


@pytest.mark.parametrize("typed", ["赵春", "zcm", "ZC"])
def test_a_mediator_is_found_by_name_and_initials(page, stage, typed):
    shown = page()
    shown.mediators.search.setText(typed)
    shown.mediators.search.returnPressed.emit()
    assert column(shown.mediators.table, 0) == ["赵春梅"]


def test_the_list_sorts_by_load(page, stage: Stage):
    stage.case()
    shown = page()
    shown.mediators.table.sort_by("open_cases", descending=True)
    shown.mediators.table.sort_changed.emit("open_cases", True)
    assert column(shown.mediators.table, 0) == ["周国平", "赵春梅"]


def test_a_mediator_is_entered_and_changed(page, workspace):
    shown = page()
    shown.edit_mediator(None)
    form = shown.dialog.form
    form.field("name").setText("孙丽")
    form.field("id_no").setText("130599198001010126")
    form.field("languages").setText("普通话，本地话")
    form.field("specialities").set_value(("02",))
    assert form.field("committee_id").value() is not None
    shown.dialog.submit()
    (row,) = workspace.run(list_mediators).value
    assert (row.name, row.birth, row.sex) == ("孙丽", date(1980, 1, 1), Sex.FEMALE)
    assert row.languages == ("普通话", "本地话")
    assert column(shown.mediators.table, 0) == ["孙丽"]
    shown.edit_mediator(row)
    shown.dialog.form.field("phone").setText("13800002222")
    shown.dialog.submit()
    (again,) = workspace.run(list_mediators).value
    assert (again.phone, again.specialities) == ("13800002222", ("02",))


def test_a_problem_stands_at_its_field(page, workspace):
    shown = page()
    shown.edit_mediator(None)
    shown.dialog.form.field("name").setText("孙丽")
    shown.dialog.submit()
    assert shown.dialog.isVisible()
    assert shown.dialog.form.field("birth").accessibleDescription() == "必填，请填写。"
    assert workspace.run(list_mediators).value == ()


def test_a_mediator_is_suspended_taken_back_and_let_go(page, stage: Stage):
    stage.case()
    shown = page()
    tab = shown.mediators
    tab.table.selectRow(1)
    _, pause, leave = tab.deed_buttons()
    assert pause.text() == "暂停"
    pause.click()
    assert "还有 1 件没有办结" in shown.dialog.body.itemAt(0).widget().text()
    shown.dialog.submit_button.click()
    assert column(tab.table, 7) == ["在岗", "暂停"]
    assert shown.banner.text() == "周国平已暂停。"
    assert pause.text() == "恢复"
    pause.click()
    assert column(tab.table, 7) == ["在岗", "在岗"]
    leave.click()
    shown.dialog.submit_button.click()
    assert column(tab.table, 7) == ["在岗", "离任"]
    assert not leave.isEnabled()
    tab.statuses.set_value(MediatorStatus.LEFT)
    tab.statuses.chosen.emit(MediatorStatus.LEFT)
    assert column(tab.table, 0) == ["周国平"]


def test_the_pools_are_segments(page, workspace):
    workspace.run(save_expert, ExpertInput(ExpertPool.LAWYERS, "权律真", unit="示例律师事务所"))
    workspace.run(save_expert, ExpertInput(ExpertPool.GENTRY, "林谦和"))
    shown = page()
    assert column(shown.experts.table, 0) == ["权律真", "林谦和"]
    shown.experts.pools.set_value(ExpertPool.GENTRY)
    shown.experts.pools.chosen.emit(ExpertPool.GENTRY)
    assert column(shown.experts.table, 0) == ["林谦和"]
    shown.experts.new_asked.emit(ExpertPool.GENTRY)
    assert shown.dialog.form.field("pool").value() is ExpertPool.GENTRY
    shown.dialog.form.field("name").setText("穆慈云")
    shown.dialog.submit()
    assert {row.name for row in workspace.run(list_experts, ExpertPool.GENTRY).value} == {"林谦和", "穆慈云"}


def test_rooms_are_entered_and_put_in_order(page, workspace):
    for at, name in enumerate(("接待区", "听证室")):
        workspace.run(save_room, RoomInput(name, seats=6, position=at))
    shown = page()
    shown.edit_room(None)
    shown.dialog.form.field("name").setText("好人调解室")
    shown.dialog.submit()
    assert column(shown.rooms.table, 1) == ["接待区", "听证室", "好人调解室"]
    shown.rooms.table.selectRow(2)
    up, down, _ = shown.rooms.deed_buttons()
    assert not down.isEnabled()
    up.click()
    assert [row.name for row in workspace.run(list_rooms).value] == ["接待区", "好人调解室", "听证室"]
    assert column(shown.rooms.table, 1) == ["接待区", "好人调解室", "听证室"]


def test_what_a_committee_lacks_is_said_with_its_remedy(page, workspace):
    shown = page()
    shown.tabs.setCurrentWidget(shown.committees)
    QTest.qWait(1)
    said = shown.committees.said()
    assert "委员只有 0 名，应为 3 至 9 名。" in said
    assert "在“调解员”里新增委员，或把聘任调解员改为委员。" in said
    assert shown.tabs.tabText(3) == "调委会（1 个要完善）"


def test_a_complete_committee_is_praised(page, workspace):
    row = workspace.run(list_committees).value[0]
    wanted = CommitteeInput(row.name, row.kind, date(2025, 1, 1))
    workspace.run(save_committee, wanted, row.id, row.row_version)
    seated(workspace, "周国平", CommitteeRole.CHAIR)
    seated(workspace, "赵春梅", CommitteeRole.VICE, sex=Sex.FEMALE)
    seated(workspace, "孙丽", CommitteeRole.MEMBER, sex=Sex.FEMALE)
    shown = page()
    assert column(shown.committees.table, 4) == ["符合要求"]
    assert "组成和任期符合人民调解法的要求。" in shown.committees.said()
    assert shown.tabs.tabText(3) == "调委会"


def test_whoever_may_only_look_has_no_buttons(page, workspace):
    acting(workspace, Role.MEDIATOR)
    shown = page()
    assert shown.mediators.deed_buttons() == []
    assert "只能查看" in shown.header.findChild(object, "pageContext").text()


def test_the_roster_is_written_into_a_book(page, stage, tmp_path):
    shown = page()
    shown.write_book(tmp_path / "roster.xlsx")
    QTest.qWait(1)
    cells = [cell.value for row in load_workbook(tmp_path / "roster.xlsx").active for cell in row]
    assert {"周国平", "赵春梅"} <= set(cells)
    assert shown.banner.text() == "已导出 2 人到 roster.xlsx，不含身份证号。"


def test_every_control_has_a_name_for_screen_readers(page, stage):
    shown = page()
    assert nameless(shown) == []
    shown.edit_mediator(None)
    assert nameless(shown.dialog) == []


def test_enter_opens_the_form(page, stage):
    shown = page()
    shown.mediators.table.selectRow(0)
    QTest.keyClick(shown.mediators.table, Qt.Key.Key_Return)
    assert shown.dialog.form.field("name").value() == "赵春梅"
    assert shown._today == THE_DAY
