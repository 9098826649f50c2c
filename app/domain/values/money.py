"""Money as whole fen: reading what people type, showing it, and writing it in capitals on papers."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

MAX_FEN = 10**14 - 1
"""The largest amount: one fen below 10^12 yuan, above which the wording in capitals is disputed."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1))
_SECTIONS = (("亿", 10**8), ("万", 10**4), ("", 1))
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LONGEST = 40  # characters of a typed amount; more is a slip, and costly to count with
_TYPED = re.compile(r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?P<scale>[百千万亿]?)", re.ASCII)


class MoneyProblem(StrEnum):
    """Why typed text is no amount."""

    BLANK = "money_blank"
    NOT_A_NUMBER = "money_not_a_number"
    NEGATIVE = "money_negative"
    TOO_FINE = "money_too_fine"  # less than one fen
    TOO_LARGE = "money_too_large"


def parse_yuan(text: str) -> int | MoneyProblem:
    """Read a typed amount of yuan as fen: `12,300.50`, `３００元`, `￥3.5万`.

    Nothing is rounded: an amount finer than one fen is refused, as are negative ones and those of 10^12 yuan
    and more (domain reference 12.3).
    """
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    bare = bare.removeprefix("人民币").removeprefix("¥").removesuffix("整").removesuffix("元")
    if not bare:
        return MoneyProblem.BLANK
    negative = bare[0] in "-−"
    typed = _TYPED.fullmatch(bare[1:] if negative else bare)
    if typed is None or len(bare) > _LONGEST:
        return MoneyProblem.NOT_A_NUMBER
    if negative:
        return MoneyProblem.NEGATIVE
    fen = _exact_fen(typed["number"].replace(",", ""), _SCALES[typed["scale"]])
    if fen is None:
        return MoneyProblem.TOO_FINE
    return fen if fen <= MAX_FEN else MoneyProblem.TOO_LARGE


def _exact_fen(number: str, scale: int) -> int | None:
    whole, _, decimals = number.partition(".")
    # integers, not Decimal arithmetic: its context would round a very long number
    numerator = int((whole + decimals) or "0") * scale * 100
    fen, rest = divmod(numerator, 10 ** len(decimals))
    return None if rest else fen


def format_yuan(fen: int) -> str:
    """Show fen as yuan with groups of three and two decimals: 1230050 as `12,300.50`."""
    return f"{Decimal(fen).scaleb(-2):,.2f}"


def capitals(fen: int) -> str:
    """Write an amount in capitals as papers and cheques have it, without the word 人民币: `壹万元整`.

    ValueError for what the office may not write: negative amounts, 10^12 yuan and more (domain
    reference 12.3).
    """
    if not 0 <= fen <= MAX_FEN:
        raise ValueError("amount out of range")
    yuan, cents = divmod(fen, 100)
    if not cents:
        return (_capital_integer(yuan) or "零") + "元整"
    jiao, single = divmod(cents, 10)
    words = f"{_capital_integer(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{_DIGITS[single]}分" if single else "")


def _capital_integer(number: int) -> str:
    """Write a whole number below 10^12; empty for zero."""
    words = ""
    skipped = False
    for unit, size in _SECTIONS:
        section = number // size % 10_000
        if not section:
            skipped = True
            continue
        gap = skipped or section < 1000
        words += ("零" if words and gap else "") + _capital_section(section) + unit
        skipped = False
    return words


def _capital_section(section: int) -> str:
    """Write 1 to 9999; zeros between digits become one 零, zeros at the ends nothing."""
    words = ""
    skipped = False
    for unit, size in _PLACES:
        digit = section // size % 10
        if digit:
            words += ("零" if skipped and words else "") + _DIGITS[digit] + unit
        skipped = not digit
    return words
