"""Dates, times and texts as people type and paste them."""

import re
import unicodedata
from datetime import date, time

_DATE = re.compile(
    r"(?P<y>\d{4})(?:[-/.年\s]+(?P<m>\d{1,2})(?:[-/.月\s]+(?P<d>\d{1,2})[日号]?)|(?P<m2>\d\d)(?P<d2>\d\d))"
)
_TIME = re.compile(
    r"(?P<half>上午|早上|中午|下午|晚上)?(?:(?P<h>\d{1,2})[:点时.](?P<m>\d{1,2}|半)?分?|(?P<h2>\d{1,2})(?P<m2>\d\d))"
)
_AFTERNOON = {"下午", "晚上"}
NOON = 12
_UNSEEN = {"Cc", "Cf", "Cs"}


def read_date(text: str) -> date | None:
    """Read `2026-3-1`, `2026/3/1`, `20260301`, `2026年3月1日`; None when it is no date."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Read `9:30`, `0930`, `9点半`, `下午2:30`; None when it is no time of day."""
    found = _TIME.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        return None
    hour, minutes = int(found["h"] or found["h2"]), found["m"] or found["m2"] or "0"
    if found["half"] in _AFTERNOON and hour < NOON:
        hour += NOON
    try:
        return time(hour, 30 if minutes == "半" else int(minutes))
    except ValueError:
        return None


def plain(text: str) -> str:
    """Pasted text without what nobody sees: control characters, zero widths, marks of direction."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)
