"""回收站 shows what was removed and puts it back; a dialog left unsaved offers what was typed."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.domain.office.drafts import DraftKind, deed_subject
from app.services.cases.drafts import list_drafts, save_draft, throw_draft
from app.services.journal.bin import list_bin
from app.ui.journal.bin_page import BinPage
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, Form
from app.ui.navigation import Place
from app.ui.tasks import InlineTasks, Tasks
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


@dataclass(frozen=True)
class Words:
    """What the dialog of these tests asks for."""

    content: str = ""
    place: str = ""


class VisitDialog(Dialog):
    def __init__(self, tasks: Tasks, case_id: str, qtbot: Any) -> None:
        super().__init__("记录走访", "保存", tasks=tasks)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.form = Form(Words, [Field("content", "走访内容", TextEditor), Field("place", "地点")])
        self.add(self.form)
        self.draft = DialogDraft(self, tasks, case_id, "visit")
        qtbot.addWidget(self)
        self.open()

    def type(self, text: str) -> None:
        self.form.field("content").setFocus()
        self.form.field("content").insertPlainText(text)

    def press(self, name: str, qtbot: Any) -> None:
        qtbot.waitUntil(lambda: name in [made.text() for made in self.banner._actions])
        next(made for made in self.banner._actions if made.text() == name).click()


def drafts(stage: Stage) -> list[str]:
    return [row.body["forms"][0]["content"] for row in stage.workspace.run(list_drafts).value]


def test_a_dialog_left_unsaved_offers_what_was_typed(stage: Stage, qtbot: Any) -> None:
    case, tasks = stage.case(), InlineTasks(stage.workspace)
    first = VisitDialog(tasks, case.id, qtbot)
    qtbot.wait(20)
    assert first.banner.text() == ""
    first.type("双方都在家")
    first.reject()
    qtbot.waitUntil(lambda: drafts(stage) == ["双方都在家"])
    second = VisitDialog(tasks, case.id, qtbot)
    qtbot.waitUntil(lambda: second.banner.text() != "")
    assert second.banner.text().startswith("上次没有保存的内容，9月3日 ")
    assert second.banner.text().endswith("：走访内容")
    second.press("恢复", qtbot)
    assert second.form.value() == Words("双方都在家")
    second.accept()
    qtbot.waitUntil(lambda: drafts(stage) == [])
    assert stage.workspace.run(list_bin).value == ()


@pytest.mark.parametrize("by", ["放弃", "typing on"])
def test_a_draft_not_wanted_goes_to_the_bin(stage: Stage, qtbot: Any, by: str) -> None:
    case, tasks = stage.case(), InlineTasks(stage.workspace)
    first = VisitDialog(tasks, case.id, qtbot)
    qtbot.wait(20)
    first.type("先写的")
    first.reject()
    qtbot.waitUntil(lambda: drafts(stage) == ["先写的"])
    second = VisitDialog(tasks, case.id, qtbot)
    qtbot.waitUntil(lambda: second.banner.text() != "")
    if by == "放弃":
        second.press(by, qtbot)
    else:
        second.type("后写的")
    qtbot.waitUntil(lambda: [row.title for row in stage.workspace.run(list_bin).value] == [case.number])
    second.reject()
    qtbot.waitUntil(lambda: drafts(stage) == ([] if by == "放弃" else ["后写的"]))


def test_each_deed_has_its_own_draft(stage: Stage, qtbot: Any) -> None:
    case, tasks = stage.case(), InlineTasks(stage.workspace)
    stage.workspace.run(
        save_draft, DraftKind.DEED, deed_subject(case.id, "refuse"), {"forms": [{"content": "别的"}]}
    )
    dialog = VisitDialog(tasks, case.id, qtbot)
    qtbot.wait(50)
    assert dialog.banner.text() == ""
    assert stage.workspace.run(list_drafts).value[0].record == case.id
