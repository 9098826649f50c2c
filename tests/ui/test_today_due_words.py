"""The next date of a case in words."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.domain.deadlines import RuleCode
from app.domain.flow import CaseStatus
from app.ui.theme import Tone
from app.ui.words.due_words import day_words, due_words, status_tone

TODAY = date(2026, 9, 3)


@dataclass(frozen=True)
class Row:
    due_on: date | None
    due_code: str = RuleCode.MEDIATE


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-3, "已逾期3天", Tone.BAD),
        (0, "今天", Tone.WARN),
        (1, "明天（剩1天）", Tone.WARN),
        (2, "9月5日（剩2天）", Tone.WARN),
        (4, "9月7日（剩4天）", None),
        (120, "2027年1月1日（剩120天）", None),
    ],
)
def test_a_limit_says_how_many_days_are_left(days: int, words: str, tone: Tone | None) -> None:
    assert due_words(Row(TODAY + timedelta(days=days)), TODAY) == (words, tone)


def test_a_hearing_of_today_tells_its_time() -> None:
    row = Row(TODAY, RuleCode.HEARING)
    assert due_words(row, TODAY, 14 * 60) == ("今天 14:00", Tone.INFO)
    assert due_words(row, TODAY) == ("今天", Tone.INFO)
    assert due_words(Row(TODAY - timedelta(days=2), RuleCode.HEARING), TODAY) == ("已过2天", Tone.BAD)


def test_a_case_without_a_date_says_nothing() -> None:
    assert due_words(Row(None, ""), TODAY) == ("", None)


def test_a_day_of_another_year_tells_the_year() -> None:
    assert day_words(date(2026, 12, 1), TODAY) == "12月1日"
    assert day_words(date(2025, 12, 1), TODAY) == "2025年12月1日"


def test_what_waits_for_the_office_is_amber() -> None:
    tones = {status: status_tone(status) for status in CaseStatus}
    assert tones[CaseStatus.REGISTERED] is Tone.WARN
    assert tones[CaseStatus.IN_SESSION] is Tone.INFO
    assert tones[CaseStatus.EFFECTIVE] is Tone.GOOD
