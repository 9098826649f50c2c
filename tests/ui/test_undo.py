"""撤销: Ctrl+Z takes back the last deed and says which; the banner and the menu lead both ways."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from sqlalchemy import text

from app.domain.cases import CaseView
from app.services.cases.register import open_case
from app.services.journal import undo
from app.services.kernel.workspace import Workspace
from app.ui.cases.case_page import CasePage
from app.ui.cases.case_panels import event_note
from app.ui.journal.history_dialog import HistoryDialog
from app.ui.main_window import MainWindow
from app.ui.navigation import Context, Place
from app.ui.tasks import InlineTasks
from app.ui.words import journal as words
from tests.services.deeds import begin_investigation, change_visit, note_visit
from tests.services.stage import Stage
from tests.ui.office_window import context as office_context


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deeds of these tests are called something, as those of the program are."""
    for name, said in (("note_visit", "记录走访"), ("change_visit", "修改走访")):
        monkeypatch.setitem(words.ACTIONS, name, said)


@pytest.fixture
def context(stage: Stage) -> Context:
    return office_context(stage.workspace)


@pytest.fixture
def case(stage: Stage) -> CaseView:
    return stage.case()


@pytest.fixture
def window(context: Context, case: CaseView, qtbot: Any) -> MainWindow:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    context.navigator.goto(Place.CASE, case.id)
    qtbot.waitUntil(lambda: shown_page(made).case is not None)
    return made


def shown_page(window: MainWindow) -> CasePage:
    page = window.page()
    assert isinstance(page, CasePage)
    return page


def press(window: MainWindow, key: Qt.Key, qtbot: Any) -> None:
    """Press Ctrl and a key, the window being the active one."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def banner(window: MainWindow) -> str:
    return shown_page(window).banner.text()


def banner_buttons(window: MainWindow) -> dict[str, QPushButton]:
    found = shown_page(window).banner.findChildren(QPushButton)
    return {made.text(): made for made in found if made.isVisible()}


def content(workspace: Workspace, visit: str) -> str | None:
    with workspace._engine.connect() as connection:
        asked = text("SELECT content FROM visit WHERE id = :id")
        return connection.execute(asked, {"id": visit}).scalar()


def noted(context: Context, case: CaseView, qtbot: Any) -> str:
    """A visit noted from the window."""
    told: list[str] = []
    context.tasks.run(note_visit, case.id, "上门").then(told.append, owner=context.tasks)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_each_deed_is_offered_to_be_taken_back(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    assert banner(window) == "已完成：记录走访"
    banner_buttons(window)["撤销“记录走访”"].click()
    qtbot.waitUntil(lambda: "已撤销" in banner(window))
    assert banner(window) == f"已撤销“记录走访”　{case.number}"
    assert content(stage.workspace, visit) is None
    banner_buttons(window)["恢复"].click()
    qtbot.waitUntil(lambda: "已恢复" in banner(window))
    assert content(stage.workspace, visit) == "上门"
    assert "撤销" in banner_buttons(window)


def test_what_the_page_says_stays_beside_the_offer(window, context, case, qtbot) -> None:
    shown_page(window).say("走访已记入")
    noted(context, case, qtbot)
    assert banner(window) == "走访已记入"
    qtbot.waitUntil(lambda: list(banner_buttons(window)) == ["撤销“记录走访”"])


def test_ctrl_z_and_ctrl_y_go_back_and_forth(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    context.tasks.run(change_visit, visit, content="电话").then(owner=context.tasks)
    qtbot.waitUntil(lambda: content(stage.workspace, visit) == "电话")
    for key, expected in (("Z", "上门"), ("Z", None), ("Y", "上门"), ("Y", "电话")):
        window.page().banner.hide()
        press(window, getattr(Qt.Key, f"Key_{key}"), qtbot)
        qtbot.waitUntil(lambda: banner(window) != "")
        assert content(stage.workspace, visit) == expected
    assert banner(window).startswith("已恢复“修改走访”")


def test_a_text_field_keeps_its_own_undo(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(20)
    assert field.text() == ""
    assert content(stage.workspace, visit) == "上门"


def test_with_nothing_to_take_back_it_says_so(window, qtbot) -> None:
    press(window, Qt.Key.Key_Z, qtbot)
    qtbot.waitUntil(lambda: banner(window) == "今天没有可以撤销的操作。")


def test_a_locked_window_takes_nothing_back(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    window.lock()
    window.undo.undo_last()
    qtbot.wait(20)
    assert content(stage.workspace, visit) == "上门"


def test_what_stands_in_the_way_is_said(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    stage.workspace.run(change_visit, visit, content="电话")
    first = stage.workspace.run(undo.last_actions).value[-1]
    window.undo.undo(first.id)
    qtbot.waitUntil(lambda: "修改走访" in banner(window))
    assert banner(window).startswith("没有执行：这以后内容又有变动（管理员甲")


def test_the_menu_lists_the_last_deeds_with_their_names(window, context, case, stage, qtbot) -> None:
    visit = noted(context, case, qtbot)
    stage.workspace.run(change_visit, visit, content="电话")
    stage.workspace.run(undo.undo_action, stage.workspace.run(undo.last_actions).value[0].id)
    window.undo.show_menu()
    qtbot.waitUntil(lambda: window.undo.menu is not None and window.undo.menu.isVisible())
    menu = window.undo.menu
    said = [entry.text().partition("\t")[0] for entry in menu.actions() if entry.text()]
    assert said == [f"恢复“修改走访”　{case.number}", f"撤销“记录走访”　{case.number}", "回收站"]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "已恢复" in banner(window))
    assert content(stage.workspace, visit) == "电话"


def test_the_case_page_tells_what_was_taken_back(window, context, case, stage, qtbot) -> None:
    noted(context, case, qtbot)
    window.undo.undo_last()
    qtbot.waitUntil(lambda: "已撤销" in banner(window))
    last = stage.workspace.run(open_case, case.id).value.events[-1]
    assert last.note == "note_visit"
    assert event_note(last) == "记录走访"


def test_the_history_shows_every_field_in_words(window, case, stage, qtbot) -> None:
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    stage.workspace.run(change_visit, visit, content="很长的走访内容，" * 40, start=570)
    stage.workspace.run(begin_investigation, case.id)
    shown_page(window).show_changes()
    dialog = shown_page(window).dialog
    assert isinstance(dialog, HistoryDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.records()))
    rows = {
        tuple(column.text(record) for column in dialog.table.table.columns[3:]): record
        for record in dialog.table.records()
    }
    assert any(key[0].endswith("案件状态") and key[2] == "调查中" for key in rows)
    assert any(key == ("走访 张㛃　开始时间", "（空）", "09:30") for key in rows)
    assert any(key[:2] == ("走访 张㛃　走访内容", "上门") and key[2].endswith("…") for key in rows)
    dialog.close()


def test_numbers_in_the_history_are_covered_until_asked_for(window, case, qtbot) -> None:
    shown_page(window).show_changes()
    dialog = shown_page(window).dialog
    qtbot.waitUntil(lambda: bool(dialog.table.records()))
    assert dialog.reveal_button.isVisible()
    dialog.reveal_button.click()
    qtbot.waitUntil(lambda: not dialog.reveal_button.isVisible() and bool(dialog.table.records()))
    dialog.close()


def test_the_menu_opens_above_its_button(window, qtbot) -> None:
    window.undo.show_menu()
    qtbot.waitUntil(lambda: window.undo.menu is not None and window.undo.menu.isVisible())
    menu = window.undo.menu
    assert menu.y() < window.undo.button.mapToGlobal(QPoint(0, 0)).y()
    assert isinstance(window._context.tasks, InlineTasks)
    menu.close()
