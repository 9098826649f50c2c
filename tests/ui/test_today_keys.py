"""A line of 今日 under the keys: opened, settled, explained, printed, cut to a part."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.flow import CaseStatus, Deed
from app.domain.office.drafts import DraftKind, deed_subject
from app.domain.today import WorkKind, WorkPart
from app.services.cases.drafts import save_draft
from app.services.hearings.scheduling import case_hearings
from app.ui.after.case_dialogs import FollowUpDialog
from app.ui.after.duty_dialogs import ReceiptDialog
from app.ui.cases.flow.closing_dialogs import StrikeOffDialog
from app.ui.cases.flow.halting_dialogs import TerminateDialog
from app.ui.hearings.service_dialog import ServiceDialog
from app.ui.navigation import Place
from app.ui.today.today_page import TodayPage
from app.ui.words.labels import label
from tests.services import flow_stage as go
from tests.services.flow_stage import life
from tests.services.stage import others, stage
from tests.ui.office_window import Went, context, nameless

__all__ = ["life", "stage"]
_S = CaseStatus


@pytest.fixture
def page(qtbot, workspace):
    """Makes the page of the workspace as it is now, shown."""

    def make() -> TodayPage:
        made = TodayPage(context(workspace))
        qtbot.addWidget(made)
        made.resize(1274, 700)
        made.show()
        settle(made)
        return made

    return make


def settle(page: TodayPage) -> None:
    QTest.qWait(1)
    page.worklist.table.grab()
    QTest.qWait(1)


def choose(page: TodayPage, kind: WorkKind):
    """Make the first line of a kind the current one."""
    settle(page)
    table = page.worklist.table
    for row in range(table.table.rowCount()):
        record = table.table.record(row)
        if record is not None and record.key.kind is kind:
            table.setFocus()
            table.setCurrentIndex(table.table.index(row, 0))
            return record
    raise LookupError(kind)


def press(page: TodayPage, key: Qt.Key) -> None:
    QTest.keyClick(page.worklist.table, key)
    settle(page)


def kinds(page: TodayPage) -> set[str]:
    settle(page)
    model = page.worklist.table.table
    return {model.index(row, 0).data() for row in range(model.rowCount())}


def test_space_enters_what_was_paid_and_the_line_goes(page, life, clock):
    life.bring(_S.EFFECTIVE)
    clock.forward(days=2)
    shown = page()
    choose(shown, WorkKind.PAYMENT)
    for _ in range(3):
        press(shown, Qt.Key.Key_Space)
        dialog = shown.doer.dialog
        assert isinstance(dialog, ReceiptDialog)
        dialog.submit()
        settle(shown)
        if label(WorkKind.PAYMENT) not in kinds(shown):
            break
        choose(shown, WorkKind.PAYMENT)
    assert label(WorkKind.PAYMENT) not in kinds(shown)
    assert label(WorkKind.FOLLOW_UP) in kinds(shown)


def test_space_opens_the_dialog_that_settles_each_kind(page, life):
    for status in (_S.PERFORMED, _S.CLOSED):
        case = life.bring(status)
    go.propose(life, case)
    hearing = life.stage.hearing(life.stage.case(others(), mediator=1))
    shown = page()
    for kind, expected in (
        (WorkKind.FOLLOW_UP, FollowUpDialog),
        (WorkKind.STRIKE_OFF, StrikeOffDialog),
        (WorkKind.UNSERVED, ServiceDialog),
    ):
        item = choose(shown, kind)
        press(shown, Qt.Key.Key_Space)
        assert isinstance(shown.doer.dialog, expected), kind
        shown.doer.dialog.reject()
        assert shown.doer.dialog is None
    assert item.record == hearing.id


def test_space_begins_the_next_step_of_a_case_with_a_limit(page, life):
    case = life.bring(_S.ASSIGNED)
    shown = page()
    went = Went(shown.navigator)
    choose(shown, WorkKind.DEADLINE)
    press(shown, Qt.Key.Key_Space)
    assert went.places == [(Place.CALENDAR, case.id)]


def test_enter_leads_to_where_the_line_lies(page, life):
    life.bring(_S.SCHEDULED)
    draft = life.bring(_S.ASSIGNED)
    life.run(save_draft, DraftKind.DEED, deed_subject(draft.id, Deed.TERMINATE), {})
    written = life.bring(_S.AGREED_WRITTEN)
    shown = page()
    went = Went(shown.navigator)
    hearing = choose(shown, WorkKind.HEARING)
    for kind in (WorkKind.HEARING, WorkKind.DRAFT, WorkKind.SIGN):
        choose(shown, kind)
        press(shown, Qt.Key.Key_Return)
    assert went.places == [
        (Place.SESSION, life.run(case_hearings, hearing.case_id)[0].id),
        (Place.CASE, draft.id),
        (Place.PAPERS, written.id),
    ]


def test_space_goes_on_with_the_dialog_a_draft_belongs_to(page, life):
    case = life.bring(_S.IN_SESSION)
    life.run(save_draft, DraftKind.DEED, deed_subject(case.id, Deed.TERMINATE), {})
    shown = page()
    assert [one.text.splitlines()[0] for one in shown.reminders.links()][:2] == [
        f"{label(Deed.TERMINATE)}没有填完", "放弃的草稿可恢复 90 天",
    ]  # fmt: skip
    went = Went(shown.navigator)
    shown.reminders.links()[1].link.click()
    assert went.places == [(Place.BIN, None)]
    choose(shown, WorkKind.DRAFT)
    press(shown, Qt.Key.Key_Space)
    assert isinstance(shown.doer.dialog, TerminateDialog)
    shown.doer.dialog.reject()


def test_f2_says_how_a_date_was_counted(page, life):
    life.bring(_S.REGISTERED)
    shown = page()
    choose(shown, WorkKind.DEADLINE)
    press(shown, Qt.Key.Key_F2)
    said = shown.banner.text()
    assert "受理期限：收到申请之日是2026年9月3日（周四），当天不算，从次日起算3个工作日" in said
    assert "依据：" in said


def test_ctrl_p_prints_what_the_list_shows(page, life):
    life.bring(_S.REGISTERED)
    life.bring(_S.TAKEN_OVER)
    shown = page()
    shown.worklist.parts.set_value(WorkPart.IDLE)
    shown.worklist.ask()
    settle(shown)
    shown.tools.print()
    settle(shown)
    assert shown.tools.preview.isVisible()
    assert shown.worklist.asked_words() == "无下一步"
    shown.tools.preview.reject()


def test_f5_asks_anew_and_the_keys_are_shown(page, life):
    shown = page()
    life.bring(_S.REGISTERED)
    assert kinds(shown) == set()
    QTest.keyClick(shown, Qt.Key.Key_F5)
    assert kinds(shown) == {label(WorkKind.DEADLINE)}
    for key in ("Enter", "Space", "F2", "F3", "F5", "Ctrl+P"):
        assert key in shown.worklist.foot.text()


def test_every_part_names_its_number_to_a_screen_reader(page, life):
    life.bring(_S.TAKEN_OVER)
    shown = page()
    settle(shown)
    assert shown.worklist.parts.text(WorkPart.IDLE) == "无下一步 1"
    assert nameless(shown) == []
