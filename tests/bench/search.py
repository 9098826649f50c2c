"""The search box: each class of query beside a page of the wide table, and compared with an oracle."""

import random
from collections.abc import Iterator
from statistics import quantiles
from time import thread_time
from typing import Any

from app.db.engine import open_connection
from app.domain.values.text import initials_of
from app.services.kernel.projection import initials
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.search.finding import find_everything
from tests.bench.generator import Dispute, disputes
from tests.bench.load import Loaded
from tests.bench.rows import Row

GOALS = {"search.two_chars": 12.0, "search.initials": 12.0, "search.number": 12.0, "search.narrative": 80.0}
QUERIES = 60
COMPARED = 15  # of each class against the oracle, which reads every text
_WIDE = 'SELECT * FROM "case" WHERE sk < ? ORDER BY sk DESC LIMIT 50'
_COMMON = ("纠纷", "调解", "邻里", "合同", "双方", "请求")


def search_rows(office: Loaded, rounds: int) -> list[Row]:
    """`search.*`: processor time of the 95th of a hundred queries; what is compared must be the oracle's."""
    unlocked = office.unlock()
    connection = open_connection(unlocked.data_file, unlocked.key)
    workspace = open_workspace(unlocked)
    sample = _sample(office.cases)
    try:
        page = _page_time(connection, rounds)
        return [
            _row(office, workspace, connection, (name, list(queries(sample))), page)
            for name, queries in _CLASSES.items()
        ]
    finally:
        connection.close()
        workspace.close()


def _sample(cases: int) -> list[Dispute]:
    """Cases spread over the whole file; few blocks, for each must be made whole."""
    rng = random.Random(11)  # noqa: S311
    found = list(disputes(min(cases, 2000)))
    return rng.sample(found, min(QUERIES, len(found)))


def _two_chars(sample: list[Dispute]) -> Iterator[str]:
    rng = random.Random(1)  # noqa: S311
    for at, one in enumerate(sample):
        start = rng.randrange(len(one.summary) - 2)
        yield (rng.choice(_COMMON), one.people[0].name[:2], one.summary[start : start + 2])[at % 3]


def _initials(sample: list[Dispute]) -> Iterator[str]:
    rng = random.Random(2)  # noqa: S311
    for at, one in enumerate(sample):
        reading = rng.choice(initials_of(one.people[at % len(one.people)].name, initials()))
        yield reading[: 1 + at % 3]


def _numbers(sample: list[Dispute]) -> Iterator[str]:
    for at, one in enumerate(sample):
        who = one.people[0]
        yield (who.phone, who.id_no, who.phone[-4:], who.id_no[-6:], one.number, one.number[-8:-1])[at % 6]


def _narratives(sample: list[Dispute]) -> Iterator[str]:
    rng = random.Random(4)  # noqa: S311
    for at, one in enumerate(sample):
        start, length = rng.randrange(len(one.summary) - 9), rng.randint(4, 8)
        piece = one.summary[start : start + length]
        yield (piece, one.people[0].name, f"{one.people[1].name} {rng.choice(_COMMON)}", "无人提及的话")[
            at % 4
        ]


_CLASSES = {
    "search.two_chars": _two_chars,
    "search.initials": _initials,
    "search.number": _numbers,
    "search.narrative": _narratives,
}


def _page_time(connection: Any, rounds: int) -> float:
    (middle,) = connection.execute('SELECT sk FROM "case" ORDER BY sk LIMIT 1 OFFSET 100').fetchone()
    taken = []
    for _ in range(rounds * 20):
        begun = thread_time()
        connection.execute(_WIDE, (middle,)).fetchall()
        taken.append((thread_time() - begun) * 1000)
    return sorted(taken)[len(taken) // 2]


def _row(
    office: Loaded, workspace: Workspace, connection: Any, what: tuple[str, list[str]], page: float
) -> Row:
    name, queries = what
    taken = []
    for typed in queries:
        workspace.run(find_everything, typed)
        begun = thread_time()
        workspace.run(find_everything, typed)
        taken.append((thread_time() - begun) * 1000)
    wrong = sum(not _as_the_oracle(workspace, connection, typed) for typed in queries[:COMPARED])
    note = f"{len(queries)} queries, median {sorted(taken)[len(taken) // 2]:.2g} ms; "
    note += f"{wrong} of {min(COMPARED, len(queries))} differ from reading every text"
    goal = GOALS[name] if not wrong else 0.0
    return Row(
        name, office.cases, quantiles(taken, n=20)[-1], "ms", "page of 50 wide", page, goal, None, note
    )


def _as_the_oracle(workspace: Workspace, connection: Any, typed: str) -> bool:
    """Whether the box gives the newest fifty that a walk through all folded texts and numbers gives."""
    hits = workspace.run(find_everything, typed).value.cases
    if "号" in typed:
        statement = "SELECT sk FROM case_list WHERE instr(number, ?) ORDER BY sk DESC LIMIT 50"
        rows = connection.execute(statement, (typed,)).fetchall()
        return {row.sk for row in hits} == {sk for (sk,) in rows}
    if len(typed) == 1:  # a letter stands in every text: only that each hit has such a name
        return all(typed in _readings(connection, row.id) for row in hits)
    terms = typed.lower().split()
    where = " AND ".join("instr(folded, ?)" for _ in terms)
    statement = f"SELECT sk FROM case_text WHERE {where} ORDER BY sk DESC LIMIT 50"  # noqa: S608
    expected = [sk for (sk,) in connection.execute(statement, terms)]
    return [row.sk for row in hits] == expected


def _readings(connection: Any, case_id: str) -> str:
    names = connection.execute("SELECT name FROM party WHERE case_id = ?", (case_id,)).fetchall()
    return " ".join(reading for (name,) in names for reading in initials_of(name, initials()))
