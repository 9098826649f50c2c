"""How every list words and colours the next date of a case, and colours its state."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.domain.deadlines import RuleCode, TimeRule
from app.domain.flow import CaseStatus
from app.domain.hearings import clock
from app.ui.theme import Tone

SOON_DAYS = 3
"""So few days before its date a case is coloured, unless its rule says otherwise."""
_SOON: dict[str, int] = {}

_STATUS_TONES = {
    CaseStatus.REGISTERED: Tone.WARN,
    CaseStatus.ACCEPTED: Tone.WARN,
    CaseStatus.ASSIGNED: Tone.WARN,
    CaseStatus.REJECTED: Tone.PLAIN,
    CaseStatus.EFFECTIVE: Tone.GOOD,
}


class HasDue(Protocol):
    """A row with a next date and what it comes from (a rule's code)."""

    @property
    def due_on(self) -> date | None:
        """The day."""

    @property
    def due_code(self) -> str:
        """The rule."""


def remind_by(rules: Iterable[TimeRule]) -> None:
    """Colour dates from now on as the office's rules say: so many days before the last one."""
    _SOON.clear()
    _SOON.update({rule.code: rule.warned_before for rule in rules})


def status_tone(status: CaseStatus) -> Tone:
    """Amber waits for the office, blue is under way, green has ended well."""
    return _STATUS_TONES.get(status, Tone.INFO)


def due_words(row: HasDue, today: date, start: int | None = None) -> tuple[str, Tone | None]:
    """The next date of a case in words, and its colour: `9月5日（剩2天）`, `今天 14:00`, `已逾期3天`.

    `start`: when its hearing of today begins, in minutes since midnight. Nothing for a case without a date.
    """
    if row.due_on is None:
        return "", None
    translate = QCoreApplication.translate
    left = (row.due_on - today).days
    heard = row.due_code == RuleCode.HEARING
    if left < 0:
        words = translate("due", "已过{days}天") if heard else translate("due", "已逾期{days}天")
        return words.format(days=-left), Tone.BAD
    tone = (Tone.INFO if heard else Tone.WARN) if left <= _SOON.get(row.due_code, SOON_DAYS) else None
    if left == 0:
        words = translate("due", "今天") if start is None else translate("due", "今天 {time}")
        return words.format(time=clock(start or 0)), tone
    day = translate("due", "明天") if left == 1 else day_words(row.due_on, today)
    return translate("due", "{day}（剩{days}天）").format(day=day, days=left), tone


def day_words(day: date, today: date) -> str:
    """A day near today without its year: 9月5日; with it in another year."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
