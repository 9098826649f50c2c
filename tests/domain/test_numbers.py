"""Numbers of cases and papers: patterns, writing, reading back, and that two installations never collide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.numbers import (
    DEFAULT_PATTERNS,
    BadPattern,
    NumberParts,
    NumberPattern,
    PatternProblem,
    Series,
    org_of_node,
)


def _pattern(text: str) -> NumberPattern:
    found = NumberPattern.parse(text)
    assert isinstance(found, NumberPattern)
    return found


@pytest.mark.parametrize(
    ("series", "node", "text"),
    [
        (Series.CASE, "A", "平乡镇人调字〔2026〕第001号"),
        (Series.CASE, "B", "平乡镇人调字〔2026〕第B001号"),
        (Series.AGREEMENT, "A", "平乡镇人调协字〔2026〕第001号"),
        (Series.NOTICE, "C", "平乡镇人调通字〔2026〕第C001号"),
    ],
)
def test_shipped_patterns(series: Series, node: str, text: str) -> None:
    assert _pattern(DEFAULT_PATTERNS[series]).render(org="平乡镇", year=2026, node=node, seq=1) == text


def test_series_never_share_a_number() -> None:
    written = {
        _pattern(text).render(org="平乡镇", year=2026, node="A", seq=1) for text in DEFAULT_PATTERNS.values()
    }
    assert len(written) == len(Series)


def test_a_long_year_goes_past_three_digits() -> None:
    found = _pattern(DEFAULT_PATTERNS[Series.CASE]).render(org="", year=2026, node="A", seq=1234)
    assert found == "人调字〔2026〕第1234号"


@pytest.mark.parametrize(
    ("text", "problem", "fields"),
    [
        ("", PatternProblem.MISSING, ("year", "node", "seq")),
        ("{org}〔{year}〕{node}", PatternProblem.MISSING, ("seq",)),
        ("{year}{node}{seq}{kind}", PatternProblem.UNKNOWN, ("kind",)),
        ("{year}{node}{seq}{}", PatternProblem.UNKNOWN, ("",)),
        ("{year.real}{node}{seq}", PatternProblem.UNKNOWN, ("year.real",)),
        ("{year}{node}{seq}{seq:03d}", PatternProblem.REPEATED, ("seq",)),
        ("{year!r}{node}{seq}", PatternProblem.SYNTAX, ("year",)),
        ("{year:>9}{node}{seq}", PatternProblem.SYNTAX, ("year",)),
        ("{year}{node}{seq:03x}", PatternProblem.SYNTAX, ("seq",)),
        ("{year}{node}{seq", PatternProblem.SYNTAX, ()),
        ("}{year}{node}{seq}", PatternProblem.SYNTAX, ()),
    ],
)
def test_refused_patterns(text: str, problem: PatternProblem, fields: tuple[str, ...]) -> None:
    assert NumberPattern.parse(text) == BadPattern(problem, fields)


@pytest.mark.parametrize(
    "parts", [("a", 2026, 1), ("", 2026, 1), ("AB", 2026, 1), ("A", 26, 1), ("A", 2026, 0)], ids=str
)
def test_what_is_no_number_is_not_written(parts: tuple[str, int, int]) -> None:
    node, year, seq = parts
    with pytest.raises(ValueError, match="parts"):
        _pattern("{year}{node}{seq}").render(org="", year=year, node=node, seq=seq)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("平乡镇人调字〔2026〕第001号", NumberParts(2026, "A", 1)),
        ("人调字[2026]第B12号", NumberParts(2026, "B", 12)),
        (" 平乡镇人调字（２０２６）第1234号 ", NumberParts(2026, "A", 1234)),
        ("平乡镇人调字〔2026〕第1号附", None),
        ("平乡镇人调协字〔2026〕第1号", None),
        ("", None),
    ],
)
def test_reading(text: str, parts: NumberParts | None) -> None:
    assert _pattern(DEFAULT_PATTERNS[Series.CASE]).read(text) == parts


_literal = st.text(alphabet="AB人调字第号〔〕-09{}", max_size=4).map(
    lambda text: text.replace("{", "{{").replace("}", "}}")
)


@st.composite
def _patterns(draw: st.DrawFn) -> NumberPattern:
    fields = draw(
        st.permutations(["{org}", "{year}", "{node}", draw(st.sampled_from(["{seq}", "{seq:03d}"]))])
    )
    return _pattern("".join(draw(_literal) + field for field in fields) + draw(_literal))


_nodes = st.sampled_from("ABCZ")
_seqs = st.integers(1, 20_000)
_years = st.integers(2000, 2099)


@given(_patterns(), st.text(max_size=6), st.tuples(_years, _nodes, _seqs), st.tuples(_years, _nodes, _seqs))
def test_different_parts_never_write_one_number(
    pattern: NumberPattern, org: str, one: tuple[int, str, int], two: tuple[int, str, int]
) -> None:
    written = [pattern.render(org=org, year=year, node=node, seq=seq) for year, node, seq in (one, two)]
    assert (written[0] == written[1]) == (one == two)


@given(_years, st.sampled_from("ABYZ"), _seqs, st.sampled_from(list(Series)))
def test_what_is_written_reads_back(year: int, node: str, seq: int, series: Series) -> None:
    pattern = _pattern(DEFAULT_PATTERNS[series])
    written = pattern.render(org="平乡镇", year=year, node=node, seq=seq)
    assert pattern.read(written) == NumberParts(year, node, seq)


def test_the_office_of_an_installation() -> None:
    assert org_of_node("130532101-A") == "130532101"
    assert org_of_node("130532101") == "130532101"
