"""The first page: numbers, the worklist by deadline, the day, what must not be forgotten."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.actor import Role
from app.domain.lists import HearingSlot
from app.domain.office.drafts import DraftKind
from app.domain.today import WorkPart
from app.services.cases.drafts import save_draft
from app.services.cases.register import register_case
from app.ui.navigation import Place
from app.ui.today.day_strip import DayStrip, side_by_side, twice_held
from app.ui.today.today_page import TodayPage
from tests.conftest import THE_DAY, acting, intake
from tests.services.stage import TEN, Stage, others, stage
from tests.ui.office_window import Went, context, nameless

__all__ = ["stage"]


@pytest.fixture
def page(qtbot, workspace):
    """Makes the page of the workspace as it is now, shown."""

    def make(width: int = 1274, height: int = 700) -> TodayPage:
        made = TodayPage(context(workspace))
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        return made

    return make


def settle(page: TodayPage) -> None:
    QTest.qWait(1)
    page.worklist.table.grab()
    QTest.qWait(1)


def column(page: TodayPage, at: int) -> list[str]:
    settle(page)
    model = page.worklist.table.table
    return [model.index(row, at).data() for row in range(model.rowCount())]


def parties(page: TodayPage) -> list[str]:
    return column(page, 2)


def registered(stage: Stage, wanted=None):
    return stage.workspace.run(register_case, wanted or intake()).value


def test_a_fresh_office_is_shown_how_to_begin(page, workspace):
    shown = page()
    settle(shown)
    assert shown.front.currentWidget() is shown.welcome
    assert shown.reminders.texts()[0].startswith("平乡镇人民调解委员会：委员只有 0 名")


def test_the_first_case_ends_the_beginning(page, stage):
    shown = page()
    settle(shown)
    assert shown.front.currentWidget() is shown.welcome
    shown.tasks.run(register_case, intake()).then(owner=shown)
    settle(shown)
    assert shown.front.currentWidget() is shown.worklist
    assert set(parties(shown)) == {"张㛃 与 李䶮"}


def test_the_numbers_say_why_they_matter(page, stage):
    registered(stage)
    stage.hearing(stage.case(others()), day=THE_DAY, start=14 * 60, end=15 * 60, notice_waived=True)
    shown = page()
    settle(shown)
    reason = shown.counters.reason
    assert reason(WorkPart.DECIDE) == "最早：9月3日登记"
    assert reason(WorkPart.TODAY) == "调解会：上午0场　下午1场"
    assert reason(WorkPart.LATE) == "近期没有到期的事项"
    assert reason(WorkPart.AFTER) == "没有待履行的协议"
    assert shown.counters.counter(WorkPart.DECIDE).accessibleName() == "待受理 1"
    assert shown.worklist.parts.text(WorkPart.IDLE) == "无下一步 0"
    assert shown.worklist.parts.text(WorkPart.TODAY) == "今天 1"
    assert parties(shown)[0] == "孙长贵 与 钱有才"
    assert column(shown, 0)[0] == "调解会"
    assert column(shown, 3)[0] == "听证室，待召开"
    assert column(shown, 4)[0] == "今天 14:00"
    assert column(shown, 5)[0] == "周国平"


def test_a_limit_gone_by_is_told_in_red_and_in_words(page, stage, clock):
    registered(stage)
    clock.forward(days=8)
    shown = page()
    at = column(shown, 3).index("受理期限已过，没有办完：决定是否受理")
    assert column(shown, 4)[at] == "已逾期3天"
    assert column(shown, 0)[at] == "期限"


def test_a_click_on_a_number_shows_its_part(page, stage, clock):
    registered(stage)
    stage.hearing(stage.case(others()), day=THE_DAY, start=14 * 60, end=15 * 60, notice_waived=True)
    shown = page()
    for part, expected in (
        (WorkPart.DECIDE, ["张㛃 与 李䶮"]),
        (WorkPart.TODAY, ["孙长贵 与 钱有才"]),
        (WorkPart.LATE, []),
        (WorkPart.AFTER, []),
    ):
        shown.counters.counter(part).click()
        assert parties(shown) == expected, part
        assert shown.worklist.parts.value() == part


@pytest.mark.parametrize("typed", ["钱有才", "scg", "第002号"])
def test_a_case_is_found_by_name_initials_and_number(page, stage, typed):
    registered(stage)
    registered(stage, others())
    shown = page()
    shown.worklist.search.setText(typed)
    shown.worklist.search.returnPressed.emit()
    assert set(parties(shown)) == {"孙长贵 与 钱有才"}


def test_enter_opens_the_case_and_n_begins_a_new_one(page, stage):
    case = registered(stage)
    shown = page()
    went = Went(shown.navigator)
    settle(shown)
    shown.worklist.enter()
    QTest.keyClick(shown.worklist.table, Qt.Key.Key_Return)
    QTest.keyClick(shown.worklist.table, Qt.Key.Key_N)
    assert went.places == [(Place.CASE, case.id), (Place.INTAKE, None)]


def test_whoever_may_only_look_is_offered_nothing_to_do(page, workspace):
    acting(workspace, Role.LEADER)
    shown = page()
    went = Went(shown.navigator)
    shown.register()
    assert went.places == []
    assert shown.reminders.texts() != []


def test_an_unfinished_form_is_gone_on_with(page, workspace):
    workspace.run(save_draft, DraftKind.INTAKE, "draft-1", {})
    shown = page()
    settle(shown)
    went = Went(shown.navigator)
    first = shown.reminders.links()[0]
    assert first.text.startswith("案件登记没有填完")
    first.link.click()
    assert went.places == [(Place.INTAKE, "draft-1")]


def test_the_office_is_told_what_waits_for_the_county(page, stage):
    registered(stage)
    shown = page()
    settle(shown)
    went = Went(shown.navigator)
    told = next(one for one in shown.reminders.links() if "报送" in one.text)
    assert told.text == "还没有向县中心报送过\n待报送 1 件"
    told.link.click()
    assert went.places == [(Place.PACKAGES, None)]


def test_the_header_names_the_day(page, workspace, clock):
    shown = page()
    assert "2026年9月3日　星期四" in shown.header.findChild(object, "pageContext").text()
    clock.at = datetime(2026, 9, 5, 1, 0, tzinfo=UTC)
    shown.load()
    assert "2026年9月5日　星期六　周末" in shown.header.findChild(object, "pageContext").text()


def test_a_narrow_window_shows_the_list_or_the_day(page, stage):
    registered(stage)
    shown = page(819, 486)
    assert shown.main.isVisible()
    assert not shown.side.isVisible()
    shown.turn.click()
    assert shown.side.isVisible()
    assert not shown.main.isVisible()
    shown.resize(1274, 700)
    assert shown.side.isVisible()
    assert shown.main.isVisible()


def test_every_control_has_a_name_for_screen_readers(page, stage):
    registered(stage)
    shown = page()
    settle(shown)
    assert nameless(shown) == []


def slot(key: str, start: int, end: int, room: str | None = "r1") -> HearingSlot:
    return HearingSlot(key, f"case-{key}", start, end, room, "听证室", "张㛃 与 李䶮", "周国平", False)


def test_hearings_at_one_time_stand_side_by_side():
    placed = side_by_side([slot("a", 540, 600), slot("b", 570, 630, "r2"), slot("c", 660, 700)])
    assert [(one.hearing_id, lane, lanes) for one, lane, lanes in placed] == [
        ("a", 0, 2), ("b", 1, 2), ("c", 0, 1),
    ]  # fmt: skip


def test_a_room_held_twice_is_noticed():
    one, two, third = slot("a", 540, 600), slot("b", 570, 630), slot("c", 570, 630, "r2")
    assert twice_held([one, two, third]) == {"a", "b"}
    assert twice_held([one, replace(two, start=600)]) == set()
    assert twice_held([replace(one, room_id=None), replace(two, room_id=None)]) == set()


def test_the_strip_is_walked_and_opened_with_keys(qtbot):
    strip = DayStrip()
    qtbot.addWidget(strip)
    strip.resize(270, 400)
    strip.show_slots([slot("b", TEN, 660), slot("a", 540, 600)])
    strip.show_now(600)
    strip.show()
    strip.grab()
    with qtbot.waitSignal(strip.opened) as told:
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
            QTest.keyClick(strip, key)
    assert told.args == ["case-a"]
    assert "09:00–10:00　听证室" in strip.accessibleDescription()
