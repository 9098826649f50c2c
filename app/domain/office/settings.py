"""Choices an office makes once, and what they may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.values.numbers import DEFAULT_PATTERNS, BadPattern, NumberPattern, Series


class SettingKey(StrEnum):
    """What an office may choose."""

    CASE_PATTERN = "case_pattern"
    AGREEMENT_PATTERN = "agreement_pattern"
    NOTICE_PATTERN = "notice_pattern"
    VOLUME_PATTERN = "volume_pattern"
    NOTICE_DAYS = "notice_days"
    TRAVEL_VISIT = "travel_visit"
    TRAVEL_OUTSIDE = "travel_outside"
    LOCK_MINUTES = "lock_minutes"
    LARGE_PRINT = "large_print"
    PRINT_ID_NUMBERS = "print_id_numbers"
    BACKUP_FOLDER = "backup_folder"
    PHRASES = "phrases"  # the office's own, as records


PATTERN_OF: dict[Series, SettingKey] = {
    Series.CASE: SettingKey.CASE_PATTERN,
    Series.AGREEMENT: SettingKey.AGREEMENT_PATTERN,
    Series.NOTICE: SettingKey.NOTICE_PATTERN,
    Series.VOLUME: SettingKey.VOLUME_PATTERN,
}
DEFAULTS: dict[SettingKey, Any] = {
    **{key: DEFAULT_PATTERNS[series] for series, key in PATTERN_OF.items()},
    SettingKey.NOTICE_DAYS: 1,
    SettingKey.TRAVEL_VISIT: 30,
    SettingKey.TRAVEL_OUTSIDE: 30,
    SettingKey.LOCK_MINUTES: 10,
    SettingKey.LARGE_PRINT: False,
    SettingKey.PRINT_ID_NUMBERS: False,
    SettingKey.BACKUP_FOLDER: "",
    SettingKey.PHRASES: [],
}
PATTERN_MOST = 60
"""Characters of a number's pattern; a number has to fit on a line of a form."""

_ANY_YEAR, _LAST_SEQ = 2026, 999_999_999
_TRAVEL = (0, 240)  # minutes, each way
_RANGES = {
    SettingKey.NOTICE_DAYS: (0, 15),
    SettingKey.TRAVEL_VISIT: _TRAVEL,
    SettingKey.TRAVEL_OUTSIDE: _TRAVEL,
    SettingKey.LOCK_MINUTES: (1, 120),
}


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """All choices at once."""

    values: dict[SettingKey, Any]


def setting_problem(key: SettingKey, value: Any) -> str | None:
    """Why `value` cannot be chosen, as a problem code; None when it can."""
    if key in PATTERN_OF.values():
        if len(str(value)) > PATTERN_MOST:
            return "pattern_long"
        return None if not isinstance(NumberPattern.parse(str(value)), BadPattern) else "bad_pattern"
    if key in _RANGES:
        low, high = _RANGES[key]
        return None if isinstance(value, int) and low <= value <= high else "out_of_range"
    return None if isinstance(value, type(DEFAULTS[key])) else "bad_value"


def equal_patterns(patterns: Mapping[SettingKey, str], org: str, node: str) -> frozenset[SettingKey]:
    """The patterns by which this installation would write the same number as by another of them.

    What is compared is a number long enough that no leading zeros tell two patterns apart.
    """
    written: dict[str, set[SettingKey]] = {}
    for key, text in patterns.items():
        pattern = NumberPattern.parse(text)
        if isinstance(pattern, NumberPattern):
            number = pattern.render(org=org, year=_ANY_YEAR, node=node, seq=_LAST_SEQ)
            written.setdefault(number, set()).add(key)
    return frozenset(key for keys in written.values() if len(keys) > 1 for key in keys)
