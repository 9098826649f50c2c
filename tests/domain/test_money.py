"""Amounts: the table of the domain reference 12.3, typed forms, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.money import MAX_FEN, MoneyProblem, capitals, format_yuan, parse_yuan

TABLE = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "0.57": "伍角柒分",
    "1": "壹元整",
    "10": "壹拾元整",
    "10.5": "壹拾元伍角",
    "15": "壹拾伍元整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010": "壹万零壹拾元整",
    "10100": "壹万零壹佰元整",
    "100000": "壹拾万元整",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "200000": "贰拾万元整",
    "1000000": "壹佰万元整",
    "1000001": "壹佰万零壹元整",
    "20000000": "贰仟万元整",
    "30050020.03": "叁仟零伍万零贰拾元零叁分",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "1000010000": "壹拾亿零壹万元整",
    "100001000": "壹亿零壹仟元整",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("typed", "words"), TABLE.items())
def test_amounts_in_capitals(typed: str, words: str) -> None:
    fen = parse_yuan(typed)
    assert isinstance(fen, int)
    assert capitals(fen) == words


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12,300.50", 1_230_050),
        ("１２，３００．５０", 1_230_050),
        ("3.5万", 3_500_000),
        ("￥3.5万元", 3_500_000),
        ("人民币 300 元整", 30_000),
        ("1.234567万", 1_234_567),
        ("0.2亿", 2_000_000_000),
        ("5千", 500_000),
        ("12.", 1_200),
        (".5", 50),
        ("100.000", 10_000),
    ],
)
def test_typed_forms(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", MoneyProblem.BLANK),
        ("　元", MoneyProblem.BLANK),
        ("-1", MoneyProblem.NEGATIVE),
        ("−3.5万", MoneyProblem.NEGATIVE),
        ("0.001", MoneyProblem.TOO_FINE),
        ("12300.555", MoneyProblem.TOO_FINE),
        ("1.2345678万", MoneyProblem.TOO_FINE),
        ("NaN", MoneyProblem.NOT_A_NUMBER),
        ("Infinity", MoneyProblem.NOT_A_NUMBER),
        ("1e5", MoneyProblem.NOT_A_NUMBER),
        ("1,23", MoneyProblem.NOT_A_NUMBER),
        ("1.2.3", MoneyProblem.NOT_A_NUMBER),
        (".", MoneyProblem.NOT_A_NUMBER),
        ("三百", MoneyProblem.NOT_A_NUMBER),
        ("-", MoneyProblem.NOT_A_NUMBER),
        ("٣", MoneyProblem.NOT_A_NUMBER),
        ("1000000000000", MoneyProblem.TOO_LARGE),
        ("10000亿", MoneyProblem.TOO_LARGE),
        ("9" * 30, MoneyProblem.TOO_LARGE),
        ("9" * 5000, MoneyProblem.NOT_A_NUMBER),
    ],
)
def test_refused_forms(typed: str, problem: MoneyProblem) -> None:
    assert parse_yuan(typed) == problem


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_capitals_refuse_what_the_office_may_not_write(fen: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        capitals(fen)


@given(st.integers(0, MAX_FEN))
def test_what_is_shown_reads_back(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_problem(text: str) -> None:
    found = parse_yuan(text)
    assert isinstance(found, MoneyProblem) or 0 <= found <= MAX_FEN


def _read(words: str) -> int:
    """Read capitals back, independently of how they were written."""
    fen = section = digit = 0
    for char in words.removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[char]
            digit = 0
        elif char in "亿万元":
            fen += (section + digit) * {"亿": 10**10, "万": 10**6, "元": 100}[char]
            section = digit = 0
        else:
            fen += digit * {"角": 10, "分": 1}[char]
            digit = 0
    return fen


@given(st.integers(0, MAX_FEN))
def test_capitals_say_the_amount_and_never_stumble_on_zero(fen: int) -> None:
    words = capitals(fen)
    assert _read(words) == fen
    assert "零零" not in words
    assert not words.endswith("零")
    assert "零元" not in words or fen == 0
    assert words.endswith("整") == (fen % 100 == 0)
