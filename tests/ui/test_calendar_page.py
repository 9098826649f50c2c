"""The calendar shows the week, puts overlaps side by side, and fixes dates by drag, mouse and keys."""

from datetime import date

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from app.domain.hearings import HearingKind
from app.domain.values.calendar import DayKind
from app.services.hearings.timetable import day_kinds
from app.ui.hearings.calendar_page import CalendarPage, Span
from app.ui.hearings.hearing_dialog import Wish
from app.ui.hearings.placement import hours_shown, place, wrapped
from app.ui.hearings.waiting_list import CASE_MIME
from app.ui.navigation import Place
from app.ui.theme import font
from tests.conftest import THE_DAY
from tests.services.stage import ELEVEN, FRIDAY, NINE, TEN, others


def test_the_week_of_today_is_told_with_its_days_of_rest(workspace):
    days = workspace.run(day_kinds).value
    assert [day.day for day in days if day.today] == [THE_DAY]
    assert days[0].day == date(2026, 8, 31)
    assert [day.kind for day in days[5:]] == [DayKind.WEEKEND, DayKind.WEEKEND]


def test_overlapping_hearings_share_the_width_and_others_do_not(stage, screen):
    first = stage.hearing(stage.case())
    second = stage.hearing(
        stage.case(others(), mediator=1), start=NINE + 30, end=ELEVEN, room_id=stage.rooms[1]
    )
    later = stage.hearing(stage.case(others()), start=ELEVEN, end=ELEVEN + 60)
    page = screen.page(CalendarPage)
    lanes = {one.row.id: (one.lane, one.lanes) for one in place(page.view.rows())}
    assert lanes == {first.id: (0, 2), second.id: (1, 2), later.id: (0, 1)}
    assert not page.view.box_of(first.id).intersects(page.view.box_of(second.id))
    assert page.header.title() == "日程"
    assert hours_shown(page.view.rows()) == (8, 18)


def test_a_clash_is_red_and_told_in_words(stage, screen):
    first = stage.hearing(stage.case())
    stage.hearing(stage.case(others(), mediator=1), start=NINE + 30, end=TEN, override_reason="同日处理")
    page = screen.page(CalendarPage)
    row = next(row for row in page.view.rows() if row.id == first.id)
    page.view.choose(row)
    assert row.clashing
    assert "时间冲突" in page.view.accessibleDescription()


def test_text_is_cut_at_whole_lines(screen):
    metrics = QFontMetrics(font(12))
    lines = wrapped("河北省邢台市平乡县石门农业机械专业合作社", metrics, 80, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(metrics.horizontalAdvance(line) <= 80 for line in lines)
    assert len(wrapped("张㛃与李䶮", metrics, 1, 3)) == 3


def test_dragging_a_waiting_case_in_asks_with_that_time(stage, screen):
    case = stage.case()
    page = screen.page(CalendarPage)
    assert page.waiting.case_ids() == [case.id]
    carried = QMimeData()
    carried.setData(CASE_MIME, case.id.encode())
    where = page.view.point_of(FRIDAY, TEN + 5)
    page.view.dropEvent(
        QDropEvent(
            where,
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    form = page.dialog.form
    assert (form.field("day").text(), form.field("start").text()) == ("2026年9月4日", "10:00")
    page.dialog.submit_button.click()
    assert [row.case_id for row in page.view.rows()] == [case.id]
    assert page.waiting.case_ids() == []
    assert "已排期" in page.banner.text()
    next(part for part in page.banner.findChildren(QAbstractButton) if part.text() == "打印通知书").click()
    assert screen.went == [(Place.PAPERS, case.id)]


def test_enter_on_a_waiting_case_and_the_id_of_a_case_ask_as_well(stage, screen, qtbot):
    case = stage.case()
    page = screen.page(CalendarPage)
    page.waiting.setCurrentRow(0)
    qtbot.keyClick(page.waiting, Qt.Key.Key_Return)
    assert page.dialog.form.field("case_id").value() == case.id
    page.dialog.close()
    page = screen.page(CalendarPage, case.id)
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert page.dialog.form.field("case_id").value() == case.id


def test_arrows_choose_and_enter_opens(stage, screen, qtbot):
    stage.hearing(stage.case())
    held = stage.session(stage.case(others()))
    page = screen.page(CalendarPage)
    view = page.view
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen().id == held.hearing_id
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert screen.went == [(Place.SESSION, held.hearing_id)]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.chosen().day == FRIDAY
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.dialog.form.field("case_id").value() == view.chosen().case_id


def test_weeks_days_and_the_list(stage, screen, qtbot):
    hearing = stage.hearing(stage.case())
    page = screen.page(CalendarPage)
    page._on.click()
    assert "9月7日" in page.header._context.text()
    assert page.view.rows() == []
    page._now.click()
    assert [row.id for row in page.view.rows()] == [hearing.id]
    page.span.set_value(Span.DAY)
    page._change_span(Span.DAY)
    assert page.header._context.text() == "2026年9月3日 周四"
    page._on.click()
    assert [row.id for row in page.view.rows()] == [hearing.id]
    page.span.set_value(Span.LIST)
    page._change_span(Span.LIST)
    assert [row.id for row in page.list.records()] == [hearing.id]
    QApplication.processEvents()


def test_unticked_rooms_and_mediators_are_left_out(stage, screen):
    first = stage.hearing(stage.case())
    visit = stage.hearing(
        stage.case(others(), mediator=1), room_id=None, place="石门村", kind=HearingKind.VISIT
    )
    page = screen.page(CalendarPage)
    page.filters.box(stage.rooms[0]).setChecked(False)
    assert [row.id for row in page.view.rows()] == [visit.id]
    page.filters.box(stage.mediators[1]).setChecked(False)
    assert page.view.rows() == []
    page.reload()
    assert page.view.rows() == []
    page.filters.box(stage.rooms[0]).setChecked(True)
    assert [row.id for row in page.view.rows()] == [first.id]


def test_a_double_click_on_an_empty_time_asks_with_it(stage, screen, qtbot):
    stage.case()
    page = screen.page(CalendarPage)
    where = page.view.point_of(FRIDAY, 15 * 60 + 10)
    qtbot.mouseDClick(
        page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(where.x()), int(where.y()))
    )
    assert page.dialog.form.field("start").text() == "15:00"


def test_everything_is_read_aloud(stage, screen):
    stage.hearing(stage.case())
    page = screen.page(CalendarPage)
    for part in page.findChildren(QAbstractButton):
        if part.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name), part
    assert QPointF(page.view.point_of(FRIDAY, NINE)).y() > 0


def test_a_year_without_its_holiday_notice_is_told(stage, screen):
    page = screen.page(CalendarPage)
    page.go(date(2031, 3, 3))
    assert "没有2031年的放假通知" in page.header._context.text()


def test_the_week_of_a_new_hearing_is_turned_to(stage, screen):
    case = stage.case()
    page = screen.page(CalendarPage)
    page._on.click()
    assert page.view.rows() == []
    page._ask(Wish(case_id=case.id, day=FRIDAY, start=TEN))
    page.dialog.submit_button.click()
    assert [row.case_id for row in page.view.rows()] == [case.id]


def test_rooms_mediators_and_waiting_cases_share_a_low_window(stage, screen, qtbot):
    stage.case()
    page = screen.page(CalendarPage)
    page.filters.offer(
        [(f"r{n}", f"第{n}调解室") for n in range(20)], [(f"m{n}", f"调解员{n}") for n in range(20)]
    )
    page.resize(819, 486)
    QApplication.processEvents()
    for names in page.filters.findChildren(QScrollArea):
        assert names.height() >= 40
        assert page.rect().contains(names.mapTo(page, names.rect().bottomLeft()))
    assert page.waiting.height() >= 54
