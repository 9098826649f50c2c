"""Reads a holiday notice in the shapes offices have it: our own JSON, a list of days as JSON, a table."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from app.domain.values.calendar import HolidayTableError, HolidayYear, holiday_year, load_holidays

MOST_ROWS = 400
DECEMBER = 12
_OFF, _STATUTORY, _WORKED = "off", "statutory", "working"
_KINDS = {
    "放假": _OFF, "休息": _OFF, "休": _OFF, "off": _OFF,
    "法定": _STATUTORY, "法定节日": _STATUTORY, "法定节假日": _STATUTORY, "statutory": _STATUTORY,
    "上班": _WORKED, "调休上班": _WORKED, "班": _WORKED, "working": _WORKED,
}  # fmt: skip
_COLUMNS = ("日期", "类型", "名称")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_holiday_text(data: bytes) -> dict[int, HolidayYear]:
    """Read JSON or CSV; HolidayTableError says what cannot be understood.

    JSON: years as in `resources/data/holidays.json`, or one year as a list of days:
    `{"year": 2027, "days": [{"date": "2027-01-01", "name": "元旦", "isOffDay": true}]}`.
    CSV (UTF-8 or GB18030): see `read_holiday_rows`.
    """
    text = _decoded(data).strip()
    if not text:
        raise HolidayTableError("calendar_empty")
    if text[0] not in "{[":
        try:
            return read_holiday_rows(csv.reader(io.StringIO(text, newline="")))
        except csv.Error as cause:
            raise HolidayTableError("calendar_unreadable") from cause
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise HolidayTableError("calendar_unreadable") from cause
    found = _listed(raw) if isinstance(raw, dict) and "days" in raw else load_holidays(text.encode())
    if not found:
        raise HolidayTableError("calendar_empty")
    return found


def read_holiday_rows(rows: Iterable[Sequence[object]]) -> dict[int, HolidayYear]:
    """Read a table: 日期 (one day, or first至last), 类型 (放假, 法定, 上班), 名称 (may be empty).

    One year a table; it may begin with days of the December before. 法定 days are days off by law.
    """
    lines = list(islice(rows, MOST_ROWS + 2))
    if len(lines) > MOST_ROWS + 1:
        raise HolidayTableError("calendar_long", most=MOST_ROWS)
    if not lines:
        raise HolidayTableError("calendar_empty")
    heads = [_cell(value) for value in lines[0]]
    if any(name not in heads for name in _COLUMNS[:2]):
        raise HolidayTableError("calendar_columns")
    places = [heads.index(name) if name in heads else None for name in _COLUMNS]
    found = [_line(at, line, places) for at, line in enumerate(lines[1:], 2) if any(_cell(v) for v in line)]
    if not found:
        raise HolidayTableError("calendar_empty")
    return _year_of(found)


_Line = tuple[int, date, date, str, str]


def _line(at: int, line: Sequence[object], places: Sequence[int | None]) -> _Line:
    day, kind, name = (line[place] if place is not None and place < len(line) else "" for place in places)
    first, last = _span(at, day)
    known = _KINDS.get(_cell(kind).lower())
    if known is None:
        raise HolidayTableError("calendar_kind", line=at)
    return at, first, last, known, _cell(name)


def _span(at: int, value: object) -> tuple[date, date]:
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    text = _cell(value)
    found = list(_DAY.finditer(text))
    if not 1 <= len(found) <= 2 or _DAY.sub("", text).strip(" 至到/~—－-"):
        raise HolidayTableError("calendar_day", line=at)
    try:
        days = [date(*(int(part) for part in one.groups())) for one in found]
    except ValueError as cause:
        raise HolidayTableError("calendar_day", line=at) from cause
    return days[0], days[-1]


def _year_of(lines: Sequence[_Line]) -> dict[int, HolidayYear]:
    year = max(last.year for _, _, last, _, _ in lines)
    entry: dict[str, Any] = {_OFF: [], _STATUTORY: [], _WORKED: [], "names": {}}
    for at, first, last, kind, name in lines:
        if first.year != year and (first.year, first.month) != (year - 1, DECEMBER):
            raise HolidayTableError("calendar_years", line=at)
        span = f"{first.isoformat()}/{last.isoformat()}"
        entry[kind].append(span)
        if kind == _STATUTORY:
            entry[_OFF].append(span)
        if name and kind != _WORKED:
            entry["names"][span] = name
    return {year: holiday_year(year, entry)}


def _listed(raw: Mapping[str, Any]) -> dict[int, HolidayYear]:
    """A list of days each said to be off or worked; which of them are statutory it does not tell."""
    try:
        year, days = int(raw["year"]), list(raw["days"])
        if len(days) > MOST_ROWS:
            raise HolidayTableError("calendar_long", most=MOST_ROWS)
        entry = {
            _OFF: [str(day["date"]) for day in days if day["isOffDay"]],
            _WORKED: [str(day["date"]) for day in days if not day["isOffDay"]],
            _STATUTORY: [],
            "names": {str(day["date"]): str(day.get("name", "")) for day in days if day["isOffDay"]},
        }
        return {year: holiday_year(year, entry)}
    except HolidayTableError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise HolidayTableError("calendar_unreadable") from cause


def _decoded(data: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise HolidayTableError("calendar_unreadable")


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()
