"""What collides, what is only told, which times are free."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clashes import (
    OFFICE_HOURS,
    BookingKind,
    Held,
    Slot,
    SlotWarning,
    clashing_hearings,
    is_soft,
    next_free,
    slot_warnings,
)
from app.domain.values.calendar import WorkCalendar, load_holidays

DATA = Path(__file__).parents[2] / "resources" / "data" / "holidays.json"
CALENDAR = WorkCalendar(load_holidays(DATA.read_bytes()))
FRIDAY, MONDAY = date(2026, 9, 4), date(2026, 9, 7)


def held(hearing: str, start: int, end: int, kind: BookingKind = BookingKind.ROOM, ref: str = "r") -> Held:
    return Held(hearing, kind, ref, Slot(FRIDAY, start, end))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [((540, 600), (600, 660), False), ((540, 600), (599, 660), True), ((540, 660), (570, 580), True)],
)
def test_one_may_begin_when_the_other_ends(
    one: tuple[int, int], other: tuple[int, int], overlap: bool
) -> None:
    assert Slot(FRIDAY, *one).overlaps(Slot(FRIDAY, *other)) is overlap
    assert Slot(FRIDAY, *other).overlaps(Slot(FRIDAY, *one)) is overlap
    assert not Slot(FRIDAY, *one).overlaps(Slot(MONDAY, *other))


def test_only_agents_and_experts_can_be_replaced() -> None:
    assert is_soft(BookingKind.AGENT, BookingKind.PARTY)
    assert is_soft(BookingKind.MEDIATOR, BookingKind.EXPERT)
    assert not is_soft(BookingKind.PARTY, BookingKind.GUARDIAN)


def test_the_hearings_in_collision_are_found_whichever_comes_first() -> None:
    rows = [held("a", 540, 600), held("b", 590, 650), held("c", 650, 700), held("d", 540, 600, ref="other")]
    assert clashing_hearings(rows) == clashing_hearings(reversed(rows)) == {"a", "b"}
    agents = [held("a", 540, 600, BookingKind.AGENT), held("b", 540, 600, BookingKind.AGENT)]
    assert clashing_hearings(agents) == frozenset()


def test_a_day_off_and_lunch_are_named() -> None:
    holiday = Slot(date(2026, 10, 1), 13 * 60, 14 * 60)
    assert slot_warnings(holiday, CALENDAR) == (SlotWarning.LUNCH, SlotWarning.HOLIDAY)
    assert slot_warnings(Slot(FRIDAY, 13 * 60 + 30, 15 * 60), CALENDAR) == ()


def test_the_weekend_and_the_holidays_are_passed_over() -> None:
    wanted = Slot(FRIDAY, 17 * 60, 18 * 60)
    assert next_free(wanted, {}, CALENDAR, 1) == (Slot(MONDAY, 510, 570),)
    before_the_feast = Slot(date(2026, 9, 30), 17 * 60, 18 * 60)
    assert next_free(before_the_feast, {}, CALENDAR, 1)[0].day == date(2026, 10, 8)


def test_a_meeting_longer_than_a_morning_has_no_free_time() -> None:
    assert next_free(Slot(FRIDAY, 510, 510 + 211), {}, CALENDAR, 3) == ()
    assert next_free(Slot(FRIDAY, 510, 720), {}, CALENDAR, 1) == (Slot(FRIDAY, 510, 720),)


_MINUTES = st.integers(0, 47).map(lambda half_hours: half_hours * 30)


@given(
    start=_MINUTES,
    length=st.sampled_from([30, 60, 90, 120]),
    taken=st.lists(st.tuples(_MINUTES, st.sampled_from([30, 60, 240])), max_size=8),
)
def test_free_times_are_free_in_order_and_in_office_hours(
    start: int, length: int, taken: list[tuple[int, int]]
) -> None:
    busy = {FRIDAY: [Slot(FRIDAY, at, at + span) for at, span in taken]}
    found = next_free(Slot(FRIDAY, start, start + length), busy, CALENDAR, 3)
    assert len(found) == 3
    assert list(found) == sorted(found, key=lambda slot: (slot.day, slot.start))
    for slot in found:
        assert slot.end - slot.start == length
        assert slot.day != FRIDAY or slot.start >= start
        assert not any(slot.overlaps(other) for other in busy.get(slot.day, ()))
        assert any(opens <= slot.start and slot.end <= closes for opens, closes in OFFICE_HOURS)
