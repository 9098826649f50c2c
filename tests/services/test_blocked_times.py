"""Market days, busy season, duty, leave and closed rooms: kept, told, drawn, avoided."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actor import Role
from app.domain.clashes import BlockKind, ClashQuery, Slot
from app.domain.errors import Reason
from app.domain.hearings import HearingKind
from app.domain.schedule.blocked import BlockInput, BlockPattern, BlockRow
from app.domain.values.calendar import DayKind
from app.services.hearings.blocked import blocks_between, list_blocks, remove_block, save_block
from app.services.hearings.clashes import check_clashes, free_times
from app.services.hearings.scheduling import schedule_hearing
from app.services.hearings.timetable import day_loads
from tests.conftest import THE_DAY, acting
from tests.services.stage import FRIDAY, NINE, TEN, Stage, others, problems, refusal, stage

__all__ = ["stage"]

MARKET = BlockInput(BlockKind.MARKET, "石门大集", BlockPattern.LAST_DIGITS, days=(4, 9), start=0, end=12 * 60)
LEAVE = BlockInput(BlockKind.LEAVE, "请假", BlockPattern.SPAN, from_on=FRIDAY, to_on=FRIDAY)


def asked(stage: Stage, case_id: str, **fields: object) -> ClashQuery:
    return replace(ClashQuery(case_id, FRIDAY, NINE, TEN, stage.rooms[0]), **fields)


def test_a_market_day_is_told_but_refuses_nothing(stage: Stage) -> None:
    kept = stage.workspace.run(save_block, MARKET).value
    case = stage.case()
    report = stage.workspace.run(check_clashes, asked(stage, case.id)).value
    assert [(block.title, block.hard, block.end) for block in report.blocked] == [("石门大集", False, 720)]
    assert not report.refuses
    assert stage.hearing(case).override_reason == ""
    other = stage.case(others(), mediator=1)
    afternoon = asked(stage, other.id, start=14 * 60, end=15 * 60)
    assert stage.workspace.run(check_clashes, afternoon).value.blocked == ()
    found = stage.workspace.run(free_times, asked(stage, other.id), 1).value
    assert found == (Slot(FRIDAY, 14 * 60, 15 * 60),)
    stage.workspace.run(remove_block, kept.id, kept.row_version)
    assert stage.workspace.run(list_blocks).value == ()
    assert stage.workspace.run(free_times, asked(stage, other.id, room_id=stage.rooms[1]), 1).value == (
        Slot(FRIDAY, NINE, TEN),
    )


def test_a_mediators_leave_refuses_until_a_reason_is_written(stage: Stage) -> None:
    stage.workspace.run(save_block, replace(LEAVE, ref=stage.mediators[0]))
    case = stage.case()
    refused = refusal(stage.workspace, schedule_hearing, stage.wanted(case))
    assert refused.reason == Reason.CLASH
    assert [(block.holder, block.hard) for block in refused.details["clashes"]] == [("周国平", True)]
    assert stage.hearing(case, override_reason="本人同意销假").override_reason == "本人同意销假"
    other = stage.case(others(), mediator=1)
    assert stage.workspace.run(check_clashes, asked(stage, other.id, start=600, end=660)).value.blocked == ()


def test_who_is_back_at_ten_cannot_be_in_a_village_at_ten(stage: Stage) -> None:
    duty = BlockInput(BlockKind.DUTY, "窗口值班", BlockPattern.WEEKDAYS, stage.mediators[0], (4,), end=TEN)
    stage.workspace.run(save_block, duty)
    case = stage.case()
    there = asked(stage, case.id, room_id=None, start=TEN, end=TEN + 60, travel=30)
    assert [block.title for block in stage.workspace.run(check_clashes, there).value.blocked] == ["窗口值班"]
    assert stage.workspace.run(check_clashes, replace(there, travel=0)).value.blocked == ()
    assert stage.workspace.run(free_times, there, 1).value[0].start >= TEN + 30


def test_a_closed_room_refuses_only_those_who_want_it(stage: Stage) -> None:
    closed = BlockInput(
        BlockKind.ROOM_CLOSED, "检修", BlockPattern.SPAN, stage.rooms[0], from_on=FRIDAY, to_on=FRIDAY
    )
    stage.workspace.run(save_block, closed)
    case = stage.case()
    assert stage.workspace.run(check_clashes, asked(stage, case.id)).value.refuses
    assert not stage.workspace.run(check_clashes, asked(stage, case.id, room_id=stage.rooms[1])).value.refuses


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (replace(MARKET, title=" "), {"title": "required"}),
        (replace(MARKET, days=()), {"days": "required"}),
        (replace(MARKET, days=(10,)), {"days": "out_of_range"}),
        (replace(MARKET, pattern=BlockPattern.WEEKDAYS, days=(7,)), {"days": "out_of_range"}),
        (replace(MARKET, start=600, end=600), {"end": "time_order"}),
        (replace(LEAVE, to_on=None, ref=None), {"to_on": "required", "ref": "required"}),
        (replace(LEAVE, ref="nobody"), {"ref": "unknown"}),
        (replace(MARKET, from_on=FRIDAY, to_on=THE_DAY), {"to_on": "day_order"}),
    ],
)
def test_what_a_blocked_time_cannot_be(stage: Stage, wanted: BlockInput, found: dict[str, str]) -> None:
    assert problems(stage.workspace, save_block, wanted) == found


def test_a_leave_is_a_mediators_and_a_closed_room_is_a_room(stage: Stage) -> None:
    assert problems(stage.workspace, save_block, replace(LEAVE, ref=stage.rooms[0])) == {"ref": "unknown"}
    closed = replace(LEAVE, kind=BlockKind.ROOM_CLOSED, ref=stage.mediators[0])
    assert problems(stage.workspace, save_block, closed) == {"ref": "unknown"}


def test_changing_a_blocked_time_refuses_what_somebody_else_changed(stage: Stage) -> None:
    kept = stage.workspace.run(save_block, MARKET).value
    changed = stage.workspace.run(save_block, replace(MARKET, title="大集"), kept.id, kept.row_version).value
    assert changed.title == "大集"
    assert refusal(stage.workspace, save_block, MARKET, kept.id, kept.row_version).reason == Reason.STALE
    assert refusal(stage.workspace, remove_block, kept.id, kept.row_version).reason == Reason.STALE
    acting(stage.workspace, Role.MEDIATOR)
    assert refusal(stage.workspace, save_block, MARKET).reason == Reason.NOT_PERMITTED
    assert len(stage.workspace.run(list_blocks).value) == 1


def _row(wanted: BlockInput) -> BlockRow:
    return BlockRow(
        "b", 1, wanted.kind, wanted.title, wanted.ref, "", wanted.pattern, wanted.days, wanted.from_on,
        wanted.to_on, wanted.start, wanted.end,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        (MARKET, [date(2026, 9, 4), date(2026, 9, 29)], [date(2026, 9, 5), date(2026, 9, 30)]),
        (replace(MARKET, days=(0, 1)), [date(2026, 10, 31), date(2026, 10, 30)], [date(2026, 10, 29)]),
        (
            replace(MARKET, pattern=BlockPattern.WEEKDAYS, days=(0,), from_on=FRIDAY),
            [date(2026, 9, 7)],
            [date(2026, 8, 31), FRIDAY],
        ),
        (
            replace(LEAVE, pattern=BlockPattern.YEARLY, from_on=date(2026, 6, 1), to_on=date(2026, 6, 20)),
            [date(2030, 6, 20), date(2027, 6, 1)],
            [date(2030, 6, 21)],
        ),
        (
            replace(LEAVE, pattern=BlockPattern.YEARLY, from_on=date(2026, 12, 20), to_on=date(2026, 1, 10)),
            [date(2028, 12, 31), date(2029, 1, 1)],
            [date(2029, 1, 11), date(2028, 12, 19)],
        ),
        (LEAVE, [FRIDAY], [THE_DAY]),
    ],
)
def test_how_a_blocked_time_repeats(wanted: BlockInput, inside: list[date], outside: list[date]) -> None:
    row = _row(wanted)
    assert all(row.covers(day) for day in inside)
    assert not any(row.covers(day) for day in outside)


def test_the_calendar_gets_each_blocked_day_and_everybodys_first(stage: Stage) -> None:
    stage.workspace.run(save_block, replace(LEAVE, ref=stage.mediators[0]))
    stage.workspace.run(save_block, MARKET)
    days = stage.workspace.run(blocks_between, THE_DAY, date(2026, 9, 9)).value
    assert [(one.blocked.day.day, one.blocked.title) for one in days] == [
        (4, "石门大集"),
        (4, "请假"),
        (9, "石门大集"),
    ]


def test_the_load_of_each_day_is_told(stage: Stage) -> None:
    stage.workspace.run(save_block, MARKET)
    stage.workspace.run(save_block, replace(LEAVE, ref=stage.mediators[0]))
    stage.case()  # waits: its time limit ends on 8 October
    stage.hearing(stage.case(others(), mediator=1))
    visit = {"kind": HearingKind.VISIT, "room_id": None, "place": "石门村"}
    stage.hearing(stage.case(others(), mediator=1), start=15 * 60, end=16 * 60, tentative=True, **visit)
    loads = {load.day: load for load in stage.workspace.run(day_loads, THE_DAY, date(2026, 10, 8)).value}
    assert len(loads) == 36
    friday = loads[FRIDAY]
    assert (friday.hearings, friday.tentative, friday.deadlines) == (2, 1, 0)
    assert [block.title for block in friday.blocked] == ["石门大集"]
    assert (loads[THE_DAY].today, loads[THE_DAY].blocked, friday.today) == (True, (), False)
    assert loads[date(2026, 10, 8)].deadlines == 2
    assert loads[date(2026, 10, 1)].kind == DayKind.STATUTORY
