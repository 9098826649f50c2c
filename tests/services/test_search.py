"""One box finds cases, people and mediators; nothing that holds the words is missed."""

import random

import pytest

from app.domain.search import SearchHits
from app.services.kernel.workspace import Workspace
from app.services.search.finding import find_everything
from tests.services.roster_data import mediator, registered


def found(workspace: Workspace, typed: str) -> SearchHits:
    return workspace.run(find_everything, typed).value


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    registered(workspace, "曾德旺", "单雄信", summary="因宅基地出水口朝向多次争执，请求调解。")
    registered(workspace, "赵强", "胡玉梅", summary="拖欠砖款一万二千元。")
    mediator(workspace, "曾国平", phone="13800001111")
    return workspace


@pytest.mark.parametrize("typed", ["曾", "zdw", "cdw", "德旺", "sxx", "dxx", "出水口", "宅基地 曾德"])
def test_every_way_to_type_it_finds_the_case(office: Workspace, typed: str) -> None:
    assert [row.parties for row in found(office, typed).cases] == ["曾德旺 与 单雄信"]


def test_people_and_mediators_stand_beside_the_cases(office: Workspace) -> None:
    hits = found(office, "z")
    assert {match.name for match in hits.people} == {"曾德旺", "赵强"}
    assert [hit.name for hit in hits.mediators] == ["曾国平"]
    assert [hit.name for hit in found(office, "0000111").mediators] == ["曾国平"]
    assert [hit.name for hit in found(office, "cgp").mediators] == ["曾国平"]


def test_nothing_typed_finds_nothing(office: Workspace) -> None:
    assert found(office, "  …") == SearchHits()


def test_a_case_number_or_a_part_of_it_finds_the_case(office: Workspace) -> None:
    (row,) = found(office, "出水口").cases
    for typed in (row.number, row.number[-5:], "(2026)第001号"):
        assert row in found(office, typed).cases


def test_the_newest_fifty_are_shown_and_that_there_are_more(workspace: Workspace) -> None:
    for index in range(52):
        registered(workspace, "赵强", "胡玉梅", summary=f"第{index}次因同一堵墙争执。")
    hits = found(workspace, "同一堵墙")
    assert len(hits.cases) == 50
    assert hits.more_cases
    assert [row.sk for row in hits.cases] == sorted((row.sk for row in hits.cases), reverse=True)


def test_a_house_number_is_found_in_the_text(workspace: Workspace) -> None:
    registered(workspace, "赵强", "胡玉梅", summary="门前18号路灯下，第2次争执。")
    registered(workspace, "赵强", "胡玉梅", summary="与前案无关。")
    for typed in ("18号", "第2次"):
        assert len(found(workspace, typed).cases) == 1, typed
    (row,) = found(workspace, "002号").cases
    assert found(workspace, "第002号").cases == (row,)


def test_the_latest_fifty_people_are_shown_and_that_there_are_more(workspace: Workspace) -> None:
    for index in range(26):
        registered(
            workspace, f"赵{'一二三四五六七八九十百千万甲乙丙丁戊己庚辛壬癸子丑寅'[index]}", f"赵强{index}"
        )
    hits = found(workspace, "赵")
    assert len(hits.people) == 50
    assert hits.more_people


def test_any_piece_of_the_text_finds_exactly_the_cases_that_hold_it(workspace: Workspace) -> None:
    rng = random.Random(7)  # noqa: S311
    letters = "东西南北墙水地界让宽窄"
    texts = ["".join(rng.choices(letters, k=24)) for _ in range(30)]
    for text in texts:
        registered(workspace, "赵强", "胡玉梅", summary=text)
    for _ in range(60):
        text = rng.choice(texts)
        at, length = rng.randrange(20), rng.randint(2, 5)
        piece = text[at : at + length]
        if len(piece) > 1:
            assert len(found(workspace, piece).cases) == sum(piece in one for one in texts), piece


def test_a_long_piece_is_compared_whole(workspace: Workspace) -> None:
    start = "双方因院墙出水口朝向问题自二〇二一年起多次争执"
    for end in ("后经村干部劝说未果", "且互不相让", "后经村干部劝说未果又起争执"):
        registered(workspace, "赵强", "胡玉梅", summary=start + end)
    assert len(found(workspace, start + "后经村干部劝说").cases) == 2
    assert found(workspace, "无此人甲").cases == ()
