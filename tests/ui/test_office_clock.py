"""What the screens say of days and hours is the office's time, whatever zone the PC is set to."""

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.values.office_clock import office_day, office_time
from app.ui import clock, main_window
from app.ui.words.messages import shown

LATE = datetime(2026, 9, 1, 17, 30, tzinfo=UTC)  # half past one of the next day in the office


@pytest.fixture(params=["America/New_York", "Pacific/Auckland", "Asia/Shanghai"])
def foreign_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.usefixtures("foreign_zone")
def test_moments_are_shown_on_the_office_clock():
    assert shown(LATE) == "9月2日 01:30"
    assert office_day(LATE) == date(2026, 9, 2)
    assert main_window._when("{when}", LATE, "") == "9月2日"
    now = clock.office_now()
    assert abs((now - datetime.now(UTC)).total_seconds()) < 5
    assert now.utcoffset().total_seconds() == 8 * 3600
    assert clock.office_today() == office_day(datetime.now(UTC))


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="zone"):
        office_time(datetime(2026, 9, 1, 12, 0))


def test_no_screen_reads_the_clock_of_the_pc():
    bare = re.compile(r"\.astimezone\(\)|date\.today\(\)|datetime\.now\(\)|currentDate")
    root = Path(main_window.__file__).parent
    assert [str(path) for path in root.rglob("*.py") if bare.search(path.read_text("utf-8"))] == []
