"""Folding, runs, pinyin initials and name order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.text import (
    MAX_READINGS,
    InitialsTable,
    fold,
    initials_of,
    is_han,
    load_initials,
    name_runs,
    runs,
    sort_key,
)

DATA = Path(__file__).parents[2] / "resources" / "data"


@pytest.fixture(scope="module")
def table() -> InitialsTable:
    return load_initials((DATA / "pinyin_initials.json").read_bytes())


def test_width_and_case_are_folded() -> None:
    assert fold("ＡＢＣ１２３（平乡）Ⅲ") == "abc123(平乡)iii"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_runs_hold_no_separator_and_stay_runs(text: str) -> None:
    for run in runs(text):
        assert runs(run) == (run,)
        assert all(char.isalnum() or is_han(char) for char in run)


def test_text_is_cut_at_signs() -> None:
    assert runs("平乡镇人调字〔2026〕第A001号,张三 (13800001111)") == (
        "平乡镇人调字",
        "2026",
        "第a001号",
        "张三",
        "13800001111",
    )


def test_dotted_names_are_found_with_and_without_the_dot() -> None:
    assert name_runs("阿不都·热合曼") == ("阿不都", "热合曼", "阿不都热合曼")
    assert name_runs("张三") == ("张三",)


@pytest.mark.parametrize("char", "㛃䶮𬭎〇张䲟𪟝\U000323af")
def test_rare_name_characters_are_han(char: str) -> None:
    assert is_han(char)
    assert runs(char + "a") == (char + "a",)


@pytest.mark.parametrize("char", "a1·,Ж ")
def test_other_characters_are_not_han(char: str) -> None:
    assert not is_han(char)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", {"zs"}),
        ("曾国华", {"zgh", "cgh"}),
        ("单雄信", {"sxx", "dxx", "cxx"}),
        ("仇和", {"qh", "ch"}),
        ("解晓东", {"xxd", "jxd"}),
        ("尉迟恭", {"ycg", "wcg"}),
        ("万俟卨", {"mqx", "wqx"}),
        ("张㛃", {"zj"}),
        ("李䶮", {"ly"}),
        ("王𬭎", {"wh"}),
        ("阿不都·热合曼", {"abdrhm"}),
        ("A1公司", {"a1gs"}),
    ],
)
def test_every_reading_is_found(table: InitialsTable, name: str, expected: set[str]) -> None:
    assert expected <= set(initials_of(name, table))


@pytest.mark.parametrize(
    ("name", "first"), [("曾单", "z"), ("单于明", "c"), ("单于", "s"), ("单雄信", "s"), ("万俟卨", "mqx")]
)
def test_the_surname_reading_comes_first(table: InitialsTable, name: str, first: str) -> None:
    assert initials_of(name, table)[0].startswith(first)


def test_readings_are_limited_and_the_surname_keeps_both(table: InitialsTable) -> None:
    found = initials_of("单曾仇解查单曾仇", table)
    assert len(found) == MAX_READINGS
    assert {"s", "d"} <= {reading[0] for reading in found}


@given(st.text(max_size=12))
def test_initials_are_distinct_and_of_one_length(table: InitialsTable, name: str) -> None:
    found = initials_of(name, table)
    assert len(set(found)) == len(found) <= MAX_READINGS
    assert {len(reading) for reading in found} <= {len("".join(runs(name)))}


def test_the_national_list_is_covered(table: InitialsTable) -> None:
    assert len(table.readings) > 20_902
    assert all(table.letters[char][0] == syllable[0] for char, syllable in table.readings.items())


def test_names_stand_in_pinyin_order(table: InitialsTable) -> None:
    names = ["赵六", "曾三", "查二", "单雄信", "张三", "仇和", "陈一", "李四", "解晓东"]
    expected = ["陈一", "李四", "仇和", "单雄信", "解晓东", "曾三", "查二", "张三", "赵六"]
    assert sorted(names, key=lambda name: sort_key(name, table)) == expected


def test_an_empty_name_has_no_initials(table: InitialsTable) -> None:
    assert initials_of(" · ", table) == ()
    assert sort_key("", table) == ""
