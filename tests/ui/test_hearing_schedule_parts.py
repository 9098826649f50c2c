"""Tentative dates, blocked times, the load of a month and service of notices, as the window shows them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.cases import PartyRole
from app.domain.clashes import BlockKind
from app.domain.hearings import HearingKind, HearingStatus
from app.domain.office.settings import SettingKey
from app.domain.schedule.blocked import BlockInput, BlockPattern
from app.domain.schedule.service import ServiceMethod
from app.services.hearings.blocked import list_blocks, save_block
from app.services.hearings.scheduling import open_hearing
from app.services.hearings.service import unserved
from app.services.kernel.settings import change_settings
from app.services.sessions.records import case_sessions
from app.ui.hearings.calendar_page import CalendarPage
from app.ui.hearings.hearing_dialog import HearingDialog, Wish
from app.ui.hearings.session_page import SessionPage
from app.ui.roster.blocked_tab import BlockDialog
from app.ui.roster.roster_page import RosterPage
from tests.conftest import THE_DAY
from tests.services.stage import FRIDAY, NINE, TEN, others

MARKET = BlockInput(BlockKind.MARKET, "石门大集", BlockPattern.LAST_DIGITS, days=(4, 9), end=12 * 60)


def opened(screen, wish):
    holder = QWidget()
    holder.resize(1366, 700)
    screen.keep(holder)
    dialog = HearingDialog(screen.context, wish, parent=holder)
    dialog.open()
    dialog.saved_hearings = []
    dialog.saved.connect(dialog.saved_hearings.append)
    dialog._check()
    return dialog


def test_a_tentative_date_is_kept_and_fixed_later(stage, screen):
    case = stage.case()
    dialog = opened(screen, Wish(case.id, FRIDAY, NINE))
    dialog.form.field("tentative").setChecked(True)
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].status is HearingStatus.TENTATIVE
    page = screen.page(CalendarPage)
    assert page.waiting.case_ids() == [case.id]
    page._ask_waiting(case.id)
    form = page.dialog.form
    assert form.field("tentative").isVisibleTo(page.dialog)
    assert form.field("tentative").value()
    form.field("tentative").setChecked(False)
    page.dialog.submit_button.click()
    assert page.waiting.case_ids() == []
    assert "请打印通知书" in page.banner.text()
    assert page.view.rows()[0].status is HearingStatus.SCHEDULED
    page._edit(stage.workspace.run(open_hearing, page.view.rows()[0].id).value)
    assert not page.dialog.form.field("tentative").isVisibleTo(page.dialog)


def test_the_way_is_suggested_for_what_is_held_elsewhere(stage, screen):
    stage.workspace.run(change_settings, {SettingKey.TRAVEL_VISIT: 45, SettingKey.TRAVEL_OUTSIDE: 20})
    dialog = opened(screen, Wish(stage.case().id, FRIDAY, NINE))
    travel = dialog.form.field("travel")
    assert not travel.isVisibleTo(dialog)
    dialog.form.field("room_id").set_value(None)
    assert (travel.isVisibleTo(dialog), travel.value()) == (True, 20)
    dialog.form.field("kind").set_value(HearingKind.VISIT)
    assert travel.value() == 45
    dialog.form.field("place").setText("石门村")
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].travel == 45


def test_blocked_times_are_told_and_a_leave_asks_for_a_reason(stage, screen):
    stage.workspace.run(save_block, MARKET)
    leave = BlockInput(
        BlockKind.LEAVE, "请假", BlockPattern.SPAN, stage.mediators[0], from_on=FRIDAY, to_on=FRIDAY
    )
    stage.workspace.run(save_block, leave)
    dialog = opened(screen, Wish(stage.case().id, FRIDAY, NINE))
    assert dialog.panel.sentences() == ["周国平 请假：9月4日", "石门大集：9月4日 00:00–12:00"]
    dialog.submit_button.click()
    assert "周国平 请假" in dialog.banner.text()
    assert dialog.form.field("override_reason").isVisibleTo(dialog)
    dialog.form.field("override_reason").setText("本人同意")
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].override_reason == "本人同意"
    page = screen.page(CalendarPage)
    assert page.view._tip(page.view.point_of(FRIDAY, 17 * 60)).splitlines() == [
        "石门大集：9月4日 00:00–12:00",
        "周国平 请假：9月4日",
    ]


def test_the_month_tells_its_days_and_is_worked_by_keys(stage, screen, qtbot):
    stage.workspace.run(save_block, MARKET)
    stage.hearing(stage.case(others(), mediator=1))
    dialog = opened(screen, Wish(stage.case().id, FRIDAY, TEN))
    month = dialog.month
    assert month.accessibleDescription() == "9月4日 周五　1场会　石门大集"
    month.setFocus()
    qtbot.keyClick(month, Qt.Key.Key_Down)
    assert month.at() == date(2026, 9, 11)
    assert dialog.form.field("day").value() == FRIDAY
    qtbot.keyClick(month, Qt.Key.Key_PageDown)
    assert month.accessibleDescription() == "10月11日 周日"
    qtbot.keyClick(month, Qt.Key.Key_Up)
    qtbot.keyClick(month, Qt.Key.Key_Up)
    qtbot.keyClick(month, Qt.Key.Key_Right)
    qtbot.keyClick(month, Qt.Key.Key_Return)
    assert dialog.form.field("day").value() == date(2026, 9, 28)
    where = month.rect_of(date(2026, 9, 14)).center().toPoint()
    qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=where)
    assert dialog.form.field("day").value() == date(2026, 9, 14)


def test_moving_what_was_served_asks_why_and_service_is_proved(stage, screen):
    hearing = stage.hearing(stage.case())
    dialog = opened(screen, Wish(hearing.case_id, hearing=hearing))
    assert not dialog.form.field("change_reason").isVisibleTo(dialog)
    dialog._open_service()
    service = dialog.service
    assert [row.open for row in service.list.records()] == [True, True]
    service.submit_button.click()
    assert "还有 1 人没有送达" in service.banner.text()
    assert service.chosen().name == "李䶮"
    service.form.field("method").set_value(ServiceMethod.LEFT)
    service.submit_button.click()
    assert service.form.field("refused_note").property("bad")
    service.form.field("refused_note").setText("拒绝签收，村委会孙某见证")
    service.submit_button.click()
    assert "全部送达" in service.banner.text()
    assert stage.workspace.run(unserved, hearing.id).value == ()
    service.reject()
    dialog.form.field("day").setText("2026-9-7")
    assert dialog.form.field("change_reason").isVisibleTo(dialog)
    dialog.submit_button.click()
    assert dialog.form.field("change_reason").property("bad")
    dialog.form.field("change_reason").setText("李䶮住院")
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].changes[0].reason == "李䶮住院"
    assert len(stage.workspace.run(unserved, hearing.id).value) == 2


def test_who_stayed_away_without_reason_is_kept_and_told(stage, screen):
    case = stage.case()
    li = next(one.id for one in case.parties if one.role is PartyRole.RESPONDENT)
    for hour in (6, 7):
        hearing = stage.hearing(case, day=THE_DAY, start=hour * 60, end=hour * 60 + 30, notice_waived=True)
        page = screen.page(SessionPage, hearing.id)
        box, reason = page.form.field("absent").row(li)
        box.setChecked(False)
        reason.setText("没有说明")
        page.form.field("absent").excused(li).setChecked(False)
        page.form.set_values(
            {"open_to_public": False, "identity_checked": True, "rights_told": True, "body": "李䶮未到场。"}
        )
        page.form.field("outcome").set_value("another_session")
        page.save()
    assert [one.absent[0].excused for one in stage.workspace.run(case_sessions, case.id).value] == [False] * 2
    assert "李䶮已2次无正当理由缺席" in page._absences.text()


@pytest.mark.parametrize("size", [(1274, 700), (819, 486)])
def test_the_week_fits_with_its_blocked_times(stage, screen, size):
    stage.workspace.run(save_block, MARKET)
    page = screen.page(CalendarPage, None, size)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= size[0]
    plain = page.view.point_of(FRIDAY, NINE).y()
    page.go(date(2026, 9, 21))
    page.go(date(2026, 8, 24))
    page.view.show_days(page._days, (), ())
    assert page.view.point_of(date(2026, 8, 28), NINE).y() < plain


def test_blocked_times_are_entered_changed_and_removed(stage, screen):
    page = screen.page(RosterPage)
    page.edit_block(None)
    form = page.dialog.form
    assert form.field("digits").isVisibleTo(page.dialog)
    assert not form.field("ref").isVisibleTo(page.dialog)
    page.dialog.submit_button.click()
    assert form.field("title").value() == ""
    assert page.dialog.isVisible()
    form.field("title").setText("石门大集")
    form.field("digits").set_value((3, 8))
    page.dialog.submit_button.click()
    (row,) = stage.workspace.run(list_blocks).value
    assert (row.title, row.days, row.whole_day) == ("石门大集", (3, 8), True)
    assert page.blocked._days(row) == "逢3、8"
    page.edit_block(row)
    page.dialog.form.field("kind").set_value(BlockKind.DUTY)
    page.dialog.form.field("ref").set_value(stage.mediators[1])
    page.dialog.form.field("pattern").set_value(BlockPattern.WEEKDAYS)
    page.dialog.form.field("weekdays").set_value((0, 4))
    page.dialog.form.field("start").setText("8:30")
    page.dialog.form.field("end").setText("12:00")
    page.dialog.submit_button.click()
    (row,) = stage.workspace.run(list_blocks).value
    assert (row.holder, page.blocked._days(row), page.blocked._time(row)) == (
        "赵春梅",
        "每周一、五",
        "08:30–12:00",
    )
    page.remove_block(row)
    assert stage.workspace.run(list_blocks).value == ()
    assert "可以用“撤销”恢复" in page.banner.text()


def test_a_leave_is_of_a_mediator_and_a_closed_room_of_a_room(stage, screen):
    page = screen.page(RosterPage)
    page.edit_block(None)
    dialog: BlockDialog = page.dialog
    dialog.form.field("kind").set_value(BlockKind.ROOM_CLOSED)
    assert dialog.form.field("ref").value() == stage.rooms[0]
    dialog.form.field("kind").set_value(BlockKind.LEAVE)
    assert dialog.form.field("ref").value() in stage.mediators
    dialog.form.field("pattern").set_value(BlockPattern.SPAN)
    dialog.form.field("from_on").setText("2026-9-7")
    dialog.submit_button.click()
    (row,) = stage.workspace.run(list_blocks).value
    assert (row.title, row.from_on, row.to_on) == ("请假、外出", date(2026, 9, 7), date(2026, 9, 7))
