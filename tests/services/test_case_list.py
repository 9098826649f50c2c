"""Lists of cases: what is found, in which order, by which index."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from app.domain.cases import CaseRow, CaseView, PartyRole, RiskFlag
from app.domain.flow import CaseStatus, Step
from app.domain.lists import CaseQuery, CaseSort
from app.domain.roster import AssignInput
from app.domain.values.text import initials_of, name_runs, runs
from app.services.cases.listing import case_counts, case_rows, list_case_ids
from app.services.kernel.projection import initials
from app.services.kernel.workspace import Workspace
from app.services.roster.assignments import assign_mediators
from tests.conftest import Clock, person
from tests.services.roster_data import accepted, mediator, registered


@contextmanager
def statements(workspace: Workspace) -> Iterator[list[tuple[str, object]]]:
    """The statements that run meanwhile, with their parameters."""
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(workspace._engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(workspace._engine, "before_cursor_execute", note)


def rows(workspace: Workspace, query: CaseQuery) -> tuple[CaseRow, ...]:
    return workspace.run(case_rows, workspace.run(list_case_ids, query).value).value


def numbers(workspace: Workspace, **query: object) -> list[str]:
    return [row.number[-4:-1] for row in rows(workspace, CaseQuery(**query))]


@pytest.fixture
def office(workspace: Workspace, clock: Clock) -> Workspace:
    """Five cases of three days: 001 to 005."""
    registered(workspace, "赵强", "胡玉梅", amount_fen=None, type_a="04")
    clock.forward(days=1)
    two = accepted(workspace, "陈秀兰", "陈建军", amount_fen=500, received_at=clock.at)
    registered(
        workspace, "张㛃", "李䶮", amount_fen=90_000, received_at=clock.at, risk_flags=(RiskFlag.BRAWL,)
    )
    clock.forward(days=1)
    accepted(workspace, "安小红", "王𬭎", amount_fen=70, received_at=clock.at, place="恒兴建材城")
    registered(workspace, "冯建华", "邓涛", amount_fen=None, received_at=clock.at, type_a="16")
    workspace.run(assign_mediators, AssignInput(two.id, mediator(workspace, "周国平").id))
    return workspace


def test_a_row_says_what_lists_show(office: Workspace) -> None:
    row = next(row for row in rows(office, CaseQuery()) if row.number.endswith("002号"))
    assert row.parties == "陈秀兰 与 陈建军"
    assert (row.status, row.step, row.mediators) == (CaseStatus.ASSIGNED, Step.SCHEDULE, "周国平")
    assert (row.type_a, row.amount_fen, row.received_on) == ("02", 500, date(2026, 9, 4))
    assert (row.open, row.risky, row.org, row.due_code) == (True, False, "130532101", "T-MED")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["005", "004", "003", "002", "001"]),
        ({"descending": False}, ["001", "002", "003", "004", "005"]),
        ({"sort": CaseSort.NUMBER, "descending": False}, ["001", "002", "003", "004", "005"]),
        ({"sort": CaseSort.AMOUNT}, ["003", "002", "004", "005", "001"]),
        ({"sort": CaseSort.AMOUNT, "descending": False}, ["004", "002", "003", "001", "005"]),
        ({"sort": CaseSort.TYPE}, ["005", "001", "004", "003", "002"]),
        ({"sort": CaseSort.STATUS, "descending": False}, ["001", "003", "005", "004", "002"]),
        ({"sort": CaseSort.STATUS}, ["002", "004", "005", "003", "001"]),
        ({"sort": CaseSort.MEDIATORS}, ["002", "005", "004", "003", "001"]),
        ({"statuses": frozenset({CaseStatus.ACCEPTED})}, ["004"]),
        ({"statuses": frozenset({CaseStatus.ACCEPTED}), "sort": CaseSort.STATUS}, ["004"]),
        ({"type_a": "16"}, ["005"]),
        ({"org": "130532101"}, ["005", "004", "003", "002", "001"]),
        ({"org": "130532102"}, []),
        ({"risky_only": True}, ["003"]),
        ({"received_from": date(2026, 9, 4), "received_to": date(2026, 9, 4)}, ["003", "002"]),
        ({"received_to": date(2026, 9, 3)}, ["001"]),
        ({"text": "陈"}, ["002"]),
        ({"text": "zj"}, ["003", "001"]),  # 张㛃, and 赵强 as in 倔强
        ({"text": "cxl"}, ["002"]),
        ({"text": "恒兴建材"}, ["004"]),
        ({"text": "陈秀兰 建军"}, ["002"]),
        ({"text": "陈秀兰 邓涛"}, []),
        ({"text": "〔2026〕第003号"}, ["003"]),
        ({"text": "(2026)第003"}, ["003"]),
        ({"text": "平乡镇人调字〔2026〕第00"}, ["005", "004", "003", "002", "001"]),
        ({"text": "第004号"}, ["004"]),
        ({"text": "004号"}, ["004"]),
        ({"text": "〔2025〕第003号"}, []),
        ({"text": "…"}, ["005", "004", "003", "002", "001"]),
    ],
)
def test_what_is_listed_and_in_which_order(
    office: Workspace, query: dict[str, object], expected: list[str]
) -> None:
    assert numbers(office, **query) == expected


def test_a_mediators_cases_and_the_open_ones(office: Workspace) -> None:
    (mine,) = [row for row in rows(office, CaseQuery()) if row.mediators]
    with office._engine.connect() as connection:
        mediator_id = connection.execute(text("SELECT id FROM mediator")).scalar_one()
    assert rows(office, CaseQuery(mediator_id=mediator_id)) == (mine,)
    assert rows(office, CaseQuery(mediator_id="nobody")) == ()
    assert len(rows(office, CaseQuery(open_only=True))) == 5


def test_the_nearest_date_comes_first_and_none_last(office: Workspace) -> None:
    dates = [row.due_on for row in rows(office, CaseQuery(sort=CaseSort.DUE, descending=False))]
    assert dates == sorted(dates)


def test_rows_come_in_the_order_asked_by_one_statement(office: Workspace) -> None:
    ids = list(office.run(list_case_ids, CaseQuery()).value)
    asked = [ids[3], ids[0], 12345, ids[4]]
    with statements(office) as seen:
        found = office.run(case_rows, asked).value
    assert [row.sk for row in found] == [ids[3], ids[0], ids[4]]
    assert len([one for one, _ in seen if not one.startswith("BEGIN")]) == 1


def test_cases_are_counted_by_state(office: Workspace) -> None:
    counts = office.run(case_counts).value
    assert set(counts) == set(CaseStatus)
    assert {status: count for status, count in counts.items() if count} == {
        CaseStatus.REGISTERED: 3,
        CaseStatus.ACCEPTED: 1,
        CaseStatus.ASSIGNED: 1,
    }


def plans(workspace: Workspace, query: CaseQuery) -> list[str]:
    """How the file is read for a list."""
    with statements(workspace) as seen:
        workspace.run(list_case_ids, query)
    found = []
    with workspace._engine.connect() as connection:
        for statement, parameters in seen:
            if not statement.startswith("SELECT") or "office" in statement:
                continue
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.append("\n".join(step[3] for step in steps))
    return found


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", list(CaseSort))
def test_every_order_is_an_index(workspace: Workspace, sort: CaseSort, descending: bool) -> None:
    found = plans(workspace, CaseQuery(sort=sort, descending=descending))
    assert len(found) == (len(CaseStatus) if sort is CaseSort.STATUS else 1)
    for plan in found:
        assert "TEMP B-TREE" not in plan
        assert "COVERING INDEX" in plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (CaseQuery(open_only=True, sort=CaseSort.DUE, descending=False), "ix_case_list_open_due"),
        (CaseQuery(received_from=date(2026, 9, 1)), "ix_case_list_received_on"),
        (CaseQuery(text="平乡镇人调字〔2026〕第0", sort=CaseSort.NUMBER), "ix_case_list_number"),
        (CaseQuery(text="陈秀兰"), "INTEGER PRIMARY KEY"),
        (CaseQuery(mediator_id="x"), "ix_assignment_mediator_id"),
    ],
)
def test_filters_are_searched_not_scanned(workspace: Workspace, query: CaseQuery, index: str) -> None:
    (plan, *_) = plans(workspace, query)[-1:]
    assert index in plan
    assert "SCAN case_list" not in plan.replace("SCAN case_list USING COVERING", "")


SURNAMES = "张王李赵陈刘杨黄周吴单曾"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超㛃䶮𬭎"
WORDS = [
    "宅基地",
    "屋檐滴水",
    "3号楼",
    "5月12日",
    "彩礼",
    "工资",
    "ABC公司",
    "２０２５年",
    "承包地",
    "院墙",
    "树木",
]


def _dispute(workspace: Workspace, dice: random.Random) -> CaseView:
    def name() -> str:
        return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice([1, 2, 2])))

    parties = (
        person("a", PartyRole.APPLICANT, name(), phone=f"138{dice.randrange(10**8):08d}"),
        person("b", PartyRole.RESPONDENT, dice.choice([name(), "阿不都·热合曼"])),
    )
    summary = "，".join(dice.choices(WORDS, k=4)) + "。"
    return registered(workspace, parties=parties, summary=summary, place=dice.choice(WORDS))


def _runs_of(case: CaseView) -> tuple[list[str], list[str], list[str]]:
    """Runs of words, readings of names, numbers."""
    names = [party.name for party in case.parties]
    words = [run for name in names for run in name_runs(name)]
    words += [run for part in (case.title, case.summary, case.request, case.place) for run in runs(part)]
    readings = [reading for name in names for reading in initials_of(name, initials())]
    written = [case.number, *(party.phone for party in case.parties if party.phone)]
    digits = ["".join(runs(number)) for number in written]
    return words, readings, digits


def _holds(case: CaseView, term: str) -> bool:
    words, readings, codes = _runs_of(case)
    return any(term in run for run in (*words, *readings, *codes))


def _terms(cases: list[CaseView], dice: random.Random) -> Iterator[str]:
    while True:
        words, readings, codes = _runs_of(dice.choice(cases))
        whole = dice.choice([*words, *words, dice.choice(readings), codes[-1]])
        start = dice.randrange(len(whole))
        piece = whole[start : start + dice.randint(2, 7)]
        if len(piece) < 2 or (piece.isdigit() and len(piece) < 4) or "号" in piece:
            continue  # short numbers and case numbers follow rules of their own
        yield piece


def test_a_search_finds_exactly_what_contains_it(workspace: Workspace) -> None:
    dice = random.Random(20260903)  # noqa: S311 - the same disputes every run
    cases = [_dispute(workspace, dice) for _ in range(60)]
    terms = _terms(cases, dice)
    for _ in range(500):
        wanted = [next(terms) for _ in range(dice.choice([1, 1, 2]))]
        found = {row.number for row in rows(workspace, CaseQuery(text=" ".join(wanted)))}
        assert found == {case.number for case in cases if all(_holds(case, term) for term in wanted)}, wanted


def test_lists_hold_more_than_a_page(workspace: Workspace, clock: Clock) -> None:
    for day in range(12):
        registered(workspace, "赵强", "胡玉梅", received_at=clock.at - timedelta(days=day))
    ids = workspace.run(list_case_ids, CaseQuery()).value
    assert ids.typecode == "q"
    assert list(ids) == sorted(ids, reverse=True)
    assert len(ids) == 12


@pytest.mark.parametrize(
    "typed", ["1" * 100_000, "〔2026〕" + "1" * 100_000, "1" * 100_000 + "号", "第1\ud800号"]
)
def test_a_pasted_page_reaches_no_statement(office: Workspace, typed: str) -> None:
    with statements(office) as seen:
        assert numbers(office, text=typed) == []
    assert max(len(str(parameters)) for _, parameters in seen) < 5_000
