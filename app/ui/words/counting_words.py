"""怎么算的: how a date was counted, in sentences anybody can check with a calendar."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.cases import DueDate
from app.domain.deadlines import RuleCode
from app.domain.values.calendar import DayKind, Roll, Unit
from app.domain.values.counting import Counting, RestDay, Trigger
from app.domain.values.office_clock import office_time
from app.ui.words.due_words import HasDue
from app.ui.words.labels import label

_WEEKDAYS: tuple[Any, ...] = (
    QT_TRANSLATE_NOOP("counting", "周一"),
    QT_TRANSLATE_NOOP("counting", "周二"),
    QT_TRANSLATE_NOOP("counting", "周三"),
    QT_TRANSLATE_NOOP("counting", "周四"),
    QT_TRANSLATE_NOOP("counting", "周五"),
    QT_TRANSLATE_NOOP("counting", "周六"),
    QT_TRANSLATE_NOOP("counting", "周日"),
)
_SPANS: dict[Unit, Any] = {
    Unit.DAY: QT_TRANSLATE_NOOP("counting", "{n}日"),
    Unit.WORKING_DAY: QT_TRANSLATE_NOOP("counting", "{n}个工作日"),
    Unit.MONTH: QT_TRANSLATE_NOOP("counting", "{n}个月"),
    Unit.YEAR: QT_TRANSLATE_NOOP("counting", "{n}年"),
}
_EXTENSION = re.compile(f"({'|'.join(RuleCode)}):(\\d{{1,4}}):({'|'.join(Unit)}):(.*)", re.DOTALL)

translate = QCoreApplication.translate


def explain(due: DueDate) -> str:
    """Where the date comes from: event, count, rest days, what was not known, legal basis."""
    how = due.how
    if how is None:
        return ""
    if how.amount + how.extended + how.paused == 0:
        said = [_written_down(due, how)]
    else:
        said = [*_counted(due, how), *_moved(due, how)]
    if how.missing:
        years = "、".join(str(year) for year in how.missing)
        said.append(
            translate("counting", "工作日历缺{years}年，按周末推算，导入后请核对。").format(years=years)
        )
    if how.basis:
        said.append(translate("counting", "依据：{basis}。").format(basis=how.basis))
    return "".join(said)


def due_tip(row: HasDue) -> str:
    """Which limit the date of a list row comes from, and the whole day; the case tells how it was counted."""
    if row.due_on is None:
        return ""
    text = translate("counting", "{rule}：{day}。怎么算的，见案件页“期限”。")
    return text.format(rule=label(RuleCode(row.due_code)), day=full_day(row.due_on))


def clock_words(now: datetime, last: datetime) -> str:
    """The PC's clock is behind the books, or months ahead of them: what that means and what to do."""
    behind = translate(
        "counting",
        "电脑时间可能不对：现在显示{now}，而{last}已有办理记录。期限和日期会算错，请先校准电脑的日期和时间。",
    )
    ahead = translate(
        "counting",
        "电脑时间可能不对：现在显示{now}，而上一次办理记录在{last}，相隔两个月以上。"
        "如果时间确实不对，请先校准，以免期限和日期算错。",
    )
    text = behind if now < last else ahead
    here, then = (office_time(moment) for moment in (now, last))
    return text.format(now=f"{here:%Y-%m-%d %H:%M}", last=f"{then:%Y-%m-%d %H:%M}")


def span_words(amount: int, unit: Unit) -> str:
    """A length of time: 30日, 5个工作日, 36个月."""
    return translate("counting", _SPANS[unit]).format(n=amount)


def extension_words(note: str) -> str:
    """An entry of the history about a longer limit; what another office wrote otherwise is shown as it is."""
    parts = _EXTENSION.fullmatch(note)
    if parts is None:
        return note
    code, amount, unit, reason = parts.groups()
    text = translate("counting", "{rule}延长{span}：{reason}")
    return text.format(rule=label(RuleCode(code)), span=span_words(int(amount), Unit(unit)), reason=reason)


def full_day(day: date) -> str:
    """A day with its year and weekday: 2026年3月2日（周一）."""
    return f"{day.year}年{day.month}月{day.day}日（{translate('counting', _WEEKDAYS[day.weekday()])}）"


def _written_down(due: DueDate, how: Counting) -> str:
    if due.code == RuleCode.PERFORM and how.start_on != due.due_on:
        text = translate("counting", "协议原定{was}，当事人同意延到{day}。")
        return text.format(was=full_day(how.start_on), day=full_day(due.due_on))
    if how.trigger is Trigger.OWED:
        return translate("counting", "协议写明{day}前履行。").format(day=full_day(due.due_on))
    return translate("counting", "日期是直接定下的：{day}。").format(day=full_day(due.due_on))


def _counted(due: DueDate, how: Counting) -> Iterator[str]:
    event = label(how.trigger)
    text = translate("counting", "{event}是{start}，当天不算，从次日起算{span}")
    yield text.format(event=event, start=full_day(how.start_on), span=span_words(how.amount, how.unit))
    if how.extended:
        text = translate("counting", "，经批准或同意延长{span}")
        yield text.format(span=span_words(how.extended, how.unit))
    if how.paused:
        yield translate("counting", "，鉴定期间不计、另加{span}").format(
            span=span_words(how.paused, how.unit)
        )
    if how.unit in (Unit.MONTH, Unit.YEAR) and due.raw_on.day != how.start_on.day:
        yield translate("counting", "，当月没有对应日，以月末为准")
    yield translate("counting", "，算到{day}。").format(day=full_day(due.raw_on))


def _moved(due: DueDate, how: Counting) -> Iterator[str]:
    if how.unit is Unit.WORKING_DAY:
        if how.rest:
            yield translate("counting", "其间不算：{days}。").format(days=_rest_words(how.rest))
        if how.worked:
            days = "、".join(f"{day.month}月{day.day}日" for day in how.worked)
            yield translate("counting", "{days}虽是周末，按放假通知调休上班，计入。").format(days=days)
        return
    if due.raw_on in how.worked:
        yield translate("counting", "这一天虽是周末，按放假通知调休上班，不顺延。")
    if how.rest:
        text = translate("counting", "{rest}，顺延到{day}。")
        yield text.format(rest=_why_rest(how.rest), day=full_day(due.due_on))
    elif how.roll is Roll.NEXT_WORKING_DAY and due.raw_on not in how.worked:
        yield translate("counting", "这一天是工作日，不顺延。")
    elif how.roll is Roll.NONE:
        yield translate("counting", "逢休息日不顺延。")


def _why_rest(rest: tuple[RestDay, ...]) -> str:
    """Why the counted day cannot be the last: 遇国庆节放假（10月1日至10月7日）."""
    holidays = [day for day in rest if day.kind in (DayKind.STATUTORY, DayKind.HOLIDAY)]
    if not holidays:
        return translate("counting", "遇周末休息")
    name = next((day.name for day in holidays if day.name), "")
    first, last = (f"{day.day.month}月{day.day.day}日" for day in (rest[0], rest[-1]))
    days = first if first == last else translate("counting", "{first}至{last}").format(first=first, last=last)
    return translate("counting", "遇法定节假日{name}放假（{days}）").format(name=name, days=days)


def _rest_words(rest: tuple[RestDay, ...]) -> str:
    """The days of rest within a count, by what they are: 周末4天、国庆节7天."""
    weekend, other = label(DayKind.WEEKEND), translate("counting", "放假")
    counts = Counter(weekend if day.kind is DayKind.WEEKEND else day.name or other for day in rest)
    text = translate("counting", "{what}{n}天")
    return "、".join(text.format(what=what, n=n) for what, n in counts.items())
