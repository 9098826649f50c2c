"""How hearings and days are put into words."""

from datetime import date
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clashes import Slot
from app.domain.hearings import HearingRow, HearingStatus
from app.ui.words.finding_words import short_day, span
from app.ui.words.labels import label

LONG_TITLE = 26  # characters that fit the field beside the check of the time
_WEEKDAYS: tuple[Any, ...] = (
    QT_TRANSLATE_NOOP("hearings", "周一"),
    QT_TRANSLATE_NOOP("hearings", "周二"),
    QT_TRANSLATE_NOOP("hearings", "周三"),
    QT_TRANSLATE_NOOP("hearings", "周四"),
    QT_TRANSLATE_NOOP("hearings", "周五"),
    QT_TRANSLATE_NOOP("hearings", "周六"),
    QT_TRANSLATE_NOOP("hearings", "周日"),
)


def weekday(day: date) -> str:
    """The day of the week: 周四."""
    return QCoreApplication.translate("hearings", _WEEKDAYS[day.weekday()])


def slot_words(slot: Slot) -> str:
    """A free time on its button: 9月7日 周一 09:00–10:00."""
    return f"{short_day(slot.day)} {weekday(slot.day)} {span(slot.start, slot.end)}"


def case_words(title: str, number: str) -> str:
    """A case in one line of a choice: its title, cut where it is long, and its number where there is room."""
    if len(title) > LONG_TITLE:
        return f"{title[:LONG_TITLE]}…"
    return f"{title}　{number}" if len(title) + len(number) <= LONG_TITLE + 8 else title


def place_words(row: HearingRow) -> str:
    """Where a hearing is; meetings on the spot say so."""
    return row.place or label(row.kind)


def hearing_words(row: HearingRow) -> str:
    """A hearing in full, for tool tips and screen readers."""
    lines = [
        f"{short_day(row.day)} {weekday(row.day)} {span(row.start, row.end)}　{label(row.kind)}",
        row.title,
        row.case_number,
        "　".join(part for part in (place_words(row), "、".join(row.mediators)) if part),
    ]
    if row.clashing:
        lines.append(QCoreApplication.translate("hearings", "与另一场时间冲突"))
    elif row.status is not HearingStatus.SCHEDULED:
        lines.append(label(row.status))
    return "\n".join(lines)
