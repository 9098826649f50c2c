"""回收站 shows what was removed and puts it back; a dialog left unsaved offers what was typed."""

from typing import Any

import pytest

from app.domain.drafts import DraftKind, deed_subject
from app.services.cases.drafts import list_drafts, save_draft, throw_draft
from app.services.journal.bin import list_bin
from app.ui.journal.bin_page import BinPage
from app.ui.navigation import Place
from tests.services.deeds import note_visit
from tests.services.stage import Stage
from tests.services.test_bin import remove
from tests.ui.office_window import Went, context, nameless


@pytest.fixture
def page(stage: Stage, qtbot: Any) -> BinPage:
    made = BinPage(context(stage.workspace))
    qtbot.addWidget(made)
    made.resize(1270, 690)
    made.show()
    return made


def rows(page: BinPage) -> list[tuple[str, ...]]:
    columns = page.table.table.columns
    return [tuple(column.text(row) for column in columns[:4]) for row in page.table.records()]


def test_an_empty_bin_says_so_and_offers_nothing(page: BinPage, qtbot: Any) -> None:
    qtbot.wait(20)
    assert rows(page) == []
    assert not page.restore_button.isEnabled()
    assert nameless(page) == []


def test_what_was_removed_is_shown_and_put_back(page: BinPage, stage: Stage, qtbot: Any) -> None:
    case = stage.case()
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    stage.workspace.run(remove, "visit", visit, "走访张㛃")
    page.load()
    qtbot.waitUntil(lambda: bool(rows(page)))
    assert rows(page) == [("走访", "走访张㛃", case.number, stage.workspace.actor.name)]
    went = Went(page.navigator)
    page.table.selectRow(0)
    qtbot.waitUntil(page.restore_button.isEnabled)
    page.restore_button.click()
    qtbot.waitUntil(lambda: rows(page) == [])
    assert page.banner.text() == "已恢复：走访 走访张㛃"
    page.banner._actions[0].click()
    assert went.places == [(Place.CASE, case.id)]


def test_a_draft_put_back_is_gone_on_with(page: BinPage, stage: Stage, qtbot: Any) -> None:
    case = stage.case()
    subject = deed_subject(case.id, "visit")
    stage.workspace.run(save_draft, DraftKind.DEED, subject, {"forms": []})
    stage.workspace.run(throw_draft, DraftKind.DEED, subject)
    page.load()
    qtbot.waitUntil(lambda: bool(rows(page)))
    assert rows(page)[0][:2] == ("没有保存的表单", case.number)
    went = Went(page.navigator)
    page.table.selectRow(0)
    qtbot.waitUntil(page.restore_button.isEnabled)
    page.restore()
    qtbot.waitUntil(lambda: "已恢复" in page.banner.text())
    page.banner._actions[0].click()
    assert went.places == [(Place.CASE, case.id)]
    assert len(stage.workspace.run(list_drafts).value) == 1
    assert stage.workspace.run(list_bin).value == ()
