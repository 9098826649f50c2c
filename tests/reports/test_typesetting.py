"""Lines of Chinese: what may begin and end them, and that nothing is lost."""

import random

import pytest

from app.reports.pdf import fonts
from app.reports.pdf.cjk import break_lines, make_boxes, place
from app.reports.pdf.text import Run, chinese_ordinal, groups_of, typed_lines

NOT_FIRST = set("，。、；：？！）】》〉」』〕”’…—·%")
NOT_LAST = set("（【《〈「『〔“‘￥第")
BETWEEN = [*"，。、；（）《》“ ", "”。", "——", "……", "12,300.00元", "2026年"]
SIZE = 14.0


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    fonts.register()


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same texts in every run


def _random_text(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randint(1, 60)):
        pieces.append("".join(chance.choices("张㛃李䶮王𬭎调解协议书人民委员会", k=chance.randint(1, 9))))
        pieces.append(chance.choice(BETWEEN))
    return "".join(pieces)


def _lines(text: str, room: float = 415.0):
    return break_lines(make_boxes([Run(text)], fonts.BODY, SIZE, room), room, 2 * SIZE, SIZE)


@pytest.mark.parametrize("seed", range(150))
def test_no_line_begins_or_ends_with_a_forbidden_mark_or_runs_over(seed: int) -> None:
    chance = _chance(seed)
    text = _random_text(chance)
    lines = _lines(text, chance.choice([120.0, 195.0, 300.0, 415.0]))
    assert "".join(box.text for line in lines for box in line.boxes) == text
    for line in lines[1:]:
        assert line.boxes[0].text[0] not in NOT_FIRST
    for line in lines[:-1]:
        assert line.boxes[-1].text[-1] not in NOT_LAST
    for line in lines:
        marks = sum(1 for box in line.boxes if box.text in NOT_FIRST | NOT_LAST)
        assert -line.room <= marks * SIZE / 2 + 0.1


def test_squeezed_and_stretched_lines_end_at_the_margin() -> None:
    for seed in range(40):
        for line in _lines(_random_text(_chance(seed)))[:-1]:
            if line.room > 0.1 * SIZE * (len(line.boxes) - 1):
                continue
            placed = place(line, SIZE, "justify")
            last = placed.segments[-1]
            end = last.x + fonts.width(last.text, last.font, SIZE) + last.gap * (len(last.text) - 1)
            closing = line.boxes[-1].text[0] in NOT_FIRST
            assert end <= 415.0 + (SIZE / 2 if closing else 0.1)


def test_a_word_wider_than_the_line_is_cut_and_dashes_stay_together() -> None:
    assert [len(line.boxes) for line in _lines("A" * 100, 100.0)] != [1]
    assert "".join(box.text for line in _lines("A" * 100, 100.0) for box in line.boxes) == "A" * 100
    assert [box.text for line in _lines("甲——乙……2026-A") for box in line.boxes] == [
        "甲",
        "——",
        "乙",
        "……",
        "2026-A",
    ]


def test_marks_alone_neither_loop_nor_vanish() -> None:
    for text in ("。" * 200, "（" * 200, " " * 200, "第" * 99, ""):
        assert "".join(box.text for line in _lines(text) for box in line.boxes) == text


def test_missing_glyphs_are_named_once_and_private_use_is_missing() -> None:
    assert fonts.missing_glyphs(["张㛃李䶮王𬭎喆堃犇", "·—…“”■□／ \n\t"]) == ()
    assert fonts.missing_glyphs(["王\ue123\ue123", "李\U0001f600", "赵\u202e", "钱\U000f0001"]) == (
        "\ue123",
        "\U0001f600",
        "\u202e",
        "\U000f0001",
    )


def test_small_texts() -> None:
    assert [chinese_ordinal(number) for number in (1, 9, 10, 11, 20, 23, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十三",
        "九十九",
    ]
    assert groups_of("abcdefg", 3) == ["abc", "def", "g"]
    assert typed_lines(" 甲\r\n\n\t乙 ") == ["甲", "乙"]
    assert typed_lines(" \n") == ["／"]
