"""The search index against a plain substring search, in a real FTS5 table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.domain.values.search_tokens import (
    TYPED,
    Match,
    SearchTokens,
    match_query,
    searched,
    sort_rowid,
    tokens,
)
from app.domain.values.text import is_han, name_runs, runs

_COLUMNS = "name, ini, num, txt, content='', contentless_delete=1, tokenize='ascii'"
_TABLE = f"CREATE VIRTUAL TABLE f USING fts5({_COLUMNS})"


@dataclass(frozen=True)
class Doc:
    """What is indexed of one case."""

    names: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""

    def tokens(self) -> SearchTokens:
        return tokens(
            [run for name in self.names for run in name_runs(name)], self.initials, self.numbers, self.text
        )

    def all_runs(self) -> tuple[str, ...]:
        written = " ".join(filter(_is_written, self.numbers))
        return tuple(
            run
            for text in (*map(" ".join, map(name_runs, self.names)), written, self.text)
            for run in runs(text)
        )

    def codes(self) -> tuple[str, ...]:
        return tuple("".join(runs(number)) for number in self.numbers if not _is_written(number))


def _is_written(number: str) -> bool:
    return any(map(is_han, number))


@pytest.fixture
def index() -> Iterator[dbapi2.Connection]:
    connection = dbapi2.connect(":memory:")
    connection.execute(_TABLE)
    yield connection
    connection.close()


def _fill(index: dbapi2.Connection, docs: Iterable[Doc]) -> None:
    index.execute("DELETE FROM f")
    for rowid, doc in enumerate(docs):
        made = doc.tokens()
        index.execute(
            "INSERT INTO f(rowid, name, ini, num, txt) VALUES (?, ?, ?, ?, ?)",
            (rowid, made.name, made.ini, made.num, made.txt),
        )


def _search(index: dbapi2.Connection, docs: list[Doc], typed: str) -> set[int]:
    match = match_query(typed)
    found = {row for (row,) in index.execute("SELECT rowid FROM f WHERE f MATCH ?", (match.fts,))}
    return {row for row in found if all(term in docs[row].tokens().folded for term in match.verify)}


def _holds(doc: Doc, term: str) -> bool:
    """Say by plain comparison whether a term must be found in a document."""
    numbers = [*doc.codes(), *(part for run in doc.all_runs() for part in _digit_runs(run))]
    if len(term) in (11, 18) and set(term) <= set("0123456789"):
        return term in numbers
    in_numbers = any(term in number for number in numbers if len(term) >= 4 or len(number) <= 4)
    if set(term) <= set("0123456789"):
        return in_numbers
    in_initials = any(term in reading for reading in doc.initials)
    if len(term) == 1:
        return in_initials or any(term in run for name in doc.names for run in name_runs(name))
    return in_initials or any(term in run for run in doc.all_runs()) or (term.isascii() and in_numbers)


def _digit_runs(run: str) -> list[str]:
    return "".join(char if char in "0123456789" else " " for char in run).split()


_char = st.sampled_from("张三丰甲𬭎ab12")
_words = st.text(alphabet=st.sampled_from("张三丰甲𬭎ab12 ,·"), max_size=14)
_docs = st.builds(
    Doc,
    names=st.lists(_words, max_size=3).map(tuple),
    initials=st.lists(st.text(alphabet="abz", min_size=1, max_size=9), max_size=2).map(tuple),
    numbers=st.lists(
        st.text(alphabet="12b-", max_size=20) | st.text(alphabet="人2号〔", max_size=8), max_size=3
    ).map(tuple),
    text=_words,
)


@given(st.lists(_docs, min_size=1, max_size=6), st.lists(st.text(_char, min_size=1, max_size=9), max_size=3))
def test_search_finds_what_a_plain_comparison_finds(docs: list[Doc], terms: list[str]) -> None:
    connection = dbapi2.connect(":memory:")
    connection.execute(_TABLE)
    _fill(connection, docs)
    drawn = [
        run[:size] for doc in docs for run in (*doc.all_runs(), *doc.codes()) for size in (1, 2, 3, 5, 20)
    ]
    drawn += [run[start:] for doc in docs for run in (*doc.initials, *doc.all_runs()) for start in (0, 1, 2)]
    queries = {*terms, *filter(None, drawn)}
    if terms:
        queries.add(" ".join(terms))
    for typed in queries:
        expected = {row for row, doc in enumerate(docs) if all(_holds(doc, term) for term in runs(typed))}
        assert _search(connection, docs, typed) == expected, typed
    connection.close()


CASE = Doc(
    names=("张㛃", "阿不都·热合曼"),
    initials=("zj", "abdrhm"),
    numbers=(
        "平乡镇人调字〔2026〕第B001号",
        "13800001111",
        "0319-1234567",
        "13059919800101002X",
        "E12345678",
    ),
    text="2023年5月在平乡镇3号院因宅基地起纠纷,赔偿12300元",
)


@pytest.mark.parametrize(
    "typed",
    [
        "张㛃", "张", "㛃", "zj", "z", "热合曼", "阿不都·热合曼", "阿不都热合曼", "不都热", "abdrhm", "bdr",
        "平乡镇人调字〔2026〕第B001号", "第b001号", "001", "2026", "13800001111", "1111", "8000011",
        "0319-1234567",
        "03191234567", "13059919800101002x", "130599", "19800101", "002X", "e12345678", "E1234", "12345678",
        "2023年5月", "3号", "号院", "5月", "宅基地起纠纷", "１２３００元", "12300", "张㛃 宅基地 2023",
        "ZJ 1111",
    ],
)  # fmt: skip
def test_a_case_is_found(index: dbapi2.Connection, typed: str) -> None:
    _fill(index, [CASE])
    assert _search(index, [CASE], typed) == {0}


@pytest.mark.parametrize(
    "typed",
    [
        "张三", "㛃阿", "zjab", "镇号", "2023年6月", "999", "380", "13800001112", "宅基地 李",
        "曼张", "起纠纷赔偿",
    ],
)  # fmt: skip
def test_a_case_is_not_found(index: dbapi2.Connection, typed: str) -> None:
    _fill(index, [CASE])
    assert _search(index, [CASE], typed) == set()


@pytest.mark.parametrize("typed", ["", " ,。 ", "·-", '"*()'])
def test_nothing_to_search_filters_nothing(typed: str) -> None:
    assert match_query(typed) == Match("")


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_valid_search(typed: str) -> None:
    connection = dbapi2.connect(":memory:")
    connection.execute(_TABLE)
    _fill(connection, [CASE])
    match = match_query(typed)
    if match.fts:
        connection.execute("SELECT rowid FROM f WHERE f MATCH ?", (match.fts,)).fetchall()
    connection.close()


def test_a_long_term_is_compared_whole(index: dbapi2.Connection) -> None:
    long = "甲乙丙丁戊己庚辛壬癸" * 3
    docs = [Doc(text=long), Doc(text=long[:-1] + "子")]
    _fill(index, docs)
    assert match_query(long).verify == (long,)
    assert _search(index, docs, long) == {0}


@pytest.mark.parametrize("typed", ["1" * 100_000, " " * 9_000 + "张" * 100_000, "1 " * 50_000])
def test_of_a_pasted_page_only_the_beginning_is_searched(typed: str) -> None:
    assert len(searched(typed)) <= TYPED
    assert match_query(typed) == match_query(searched(typed))
    assert all(len(term) <= TYPED for term in match_query(typed).verify)


def test_half_a_character_separates() -> None:
    assert searched("张\ud800李") == "张 李"


def test_rows_stand_by_day_then_place() -> None:
    day = date(2026, 11, 21)
    assert sort_rowid(date(1990, 1, 1), 0) == 0
    assert sort_rowid(day, 3) < sort_rowid(day, 4) < sort_rowid(day + timedelta(days=1), 0)
    assert sort_rowid(day, 16_383) + 1 == sort_rowid(day + timedelta(days=1), 0)


@pytest.mark.parametrize("seq", [-1, 16_384])
def test_a_day_has_16384_places(seq: int) -> None:
    with pytest.raises(ValueError, match="place"):
        sort_rowid(date(2026, 1, 1), seq)
