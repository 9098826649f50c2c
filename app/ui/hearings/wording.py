"""How hearings, clashes and days are put into words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clashes import Clash, Slot
from app.domain.hearings import HearingRow, HearingStatus, clock
from app.ui.labels import label

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


def short_day(day: date) -> str:
    """A day without its year: 9月3日."""
    return f"{day.month}月{day.day}日"


def span(start: int, end: int) -> str:
    """A time span: 09:00–10:30."""
    return f"{clock(start)}–{clock(end)}"


def slot_words(slot: Slot) -> str:
    """A free time on its button: 9月7日 周一 09:00–10:00."""
    return f"{short_day(slot.day)} {weekday(slot.day)} {span(slot.start, slot.end)}"


def clash_lines(clashes: Iterable[Clash]) -> list[str]:
    """One line for each hearing in the way: what it holds, its case, when."""
    words = QCoreApplication.translate("hearings", "{what} 已占用：{case}，{day} {time}")
    held: dict[str, list[Clash]] = {}
    for clash in clashes:
        held.setdefault(clash.hearing_id, []).append(clash)
    return [
        words.format(
            what="、".join(f"{label(one.kind)}“{one.label}”" for one in group),
            case=group[0].case_number,
            day=short_day(group[0].day),
            time=span(group[0].start, group[0].end),
        )
        for group in held.values()
    ]


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
