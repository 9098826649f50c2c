"""What is printed before it has a shape: runs of text, strokes for blanks, days and times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

BLANK = "／"
_TO_BE_DATED = "\u3000\u3000年\u3000\u3000月\u3000\u3000日"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `filled` marks a value written into the form, which is underlined."""

    text: str
    filled: bool = False


def typed_lines(text: str) -> list[str]:
    """The lines a person typed, without empty ones; a stroke where they typed nothing."""
    lines = [line.replace("\t", " ").strip() for line in text.splitlines()]
    return [line for line in lines if line] or [BLANK]


def or_blank(text: str) -> str:
    """A value on one line; an optional field left empty prints a stroke."""
    return " ".join(typed_lines(text))


def boxes(choices: Iterable[tuple[str, bool]]) -> str:
    """Choices in a row, those that hold with a full box."""
    return "\u3000".join(("■" if holds else "□") + word for word, holds in choices)


def day(on: date | None) -> str:
    """2026年8月7日, or blanks to be filled in by hand."""
    return _TO_BE_DATED if on is None else f"{on.year}年{on.month}月{on.day}日"


def clock(at: time) -> str:
    """9时30分."""
    return f"{at.hour}时{at.minute:02d}分"


def chinese_ordinal(number: int) -> str:
    """一, 十, 十二, 二十三: 1 to 99, as records of several sessions are numbered."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else digits[tens]) + ("十" if tens else "")
    return words + (digits[ones] if ones or not tens else "")


def groups_of(code: str, size: int) -> list[str]:
    """Cut a code into groups of `size` characters for reading aloud."""
    return [code[start : start + size] for start in range(0, len(code), size)]
