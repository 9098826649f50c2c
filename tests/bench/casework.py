"""One case: opening it, saving it, and checking a time for collisions, beside the same by plain SQL."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from app.db.engine import open_connection
from app.domain.cases import Consent
from app.domain.clashes import ClashQuery
from app.services.cases.decisions import record_consent
from app.services.cases.register import open_case
from app.services.hearings.clashes import check_clashes
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from tests.bench.load import Loaded
from tests.bench.rows import Row, alternate

OPEN_GOAL, SAVE_GOAL, CLASH_GOAL = 5.0, 10.0, 1.0
OPENED, SAVED = 40, 60
_FOUR = (
    'SELECT * FROM "case" WHERE id = ?',
    "SELECT * FROM party WHERE case_id = ? ORDER BY seat",
    "SELECT * FROM hearing WHERE case_id = ? ORDER BY seq",
    "SELECT * FROM case_event WHERE case_id = ? ORDER BY at",
)
_WIDE = 'SELECT * FROM "case" WHERE sk < ? ORDER BY sk DESC LIMIT 50'
_SOME = 'SELECT id FROM "case" WHERE owner = ? AND status = ? ORDER BY id LIMIT ?'
_ANY = "INSERT INTO setting (key, value) VALUES (?, '1')"


def case_rows(office: Loaded, rounds: int) -> list[Row]:
    """`case.open`, `case.save`, `clash.check`."""
    unlocked = office.unlock()
    connection = open_connection(unlocked.data_file, unlocked.key)
    workspace = open_workspace(unlocked)
    node = unlocked.office.node
    try:
        settled = _ids(connection, node, "effective", OPENED)
        waiting = _ids(connection, node, "registered", SAVED)
        opened = alternate(_opener(workspace, settled), _plain_opener(connection, settled), rounds, OPENED)
        clash = alternate(
            _checker(workspace, _ids(connection, node, "assigned", 1)[0]), _pager(connection), rounds, OPENED
        )
        saved = _saves(workspace, connection, waiting)
    finally:
        connection.close()
        workspace.close()
    cases = office.cases
    note = f"by the clock; 19 of 20 saves below {saved[2]:.1f} ms"
    return [
        Row("case.open", cases, opened[0], "ms", "four plain queries", opened[1], OPEN_GOAL),
        Row("case.save", cases, saved[0], "ms", "one-row insert", saved[1], SAVE_GOAL, None, note),
        Row("clash.check", cases, clash[0], "ms", "page of 50 wide", clash[1], CLASH_GOAL),
    ]


def _ids(connection: Any, node: str, status: str, most: int) -> list[str]:
    return [case_id for (case_id,) in connection.execute(_SOME, (node, status, most))]


def _opener(workspace: Workspace, ids: list[str]) -> Callable[[], object]:
    rng = random.Random(5)  # noqa: S311
    return lambda: workspace.run(open_case, rng.choice(ids)).value


def _plain_opener(connection: Any, ids: list[str]) -> Callable[[], object]:
    rng = random.Random(5)  # noqa: S311

    def read() -> object:
        case_id = rng.choice(ids)
        return [connection.execute(statement, (case_id,)).fetchall() for statement in _FOUR]

    return read


def _checker(workspace: Workspace, case_id: str) -> Callable[[], object]:
    rng = random.Random(7)  # noqa: S311
    first = date(2026, 1, 5)

    def check() -> object:
        start = rng.choice((510, 540, 600, 840, 900))
        query = ClashQuery(case_id, first + timedelta(days=rng.randrange(300)), start, start + 60)
        return workspace.run(check_clashes, query).value

    return check


def _pager(connection: Any) -> Callable[[], object]:
    (middle,) = connection.execute('SELECT sk FROM "case" ORDER BY sk LIMIT 1 OFFSET 100').fetchone()
    return lambda: connection.execute(_WIDE, (middle,)).fetchall()


def _saves(workspace: Workspace, connection: Any, ids: list[str]) -> tuple[float, float, float]:
    """Milliseconds by the clock: the median save, the median one-row commit, and the slowest twentieth."""
    parties = [(case_id, workspace.run(open_case, case_id).value.parties[1].id) for case_id in ids]
    ours, plain = [], []
    for turn, (case_id, party_id) in enumerate(parties):
        consent = Consent.WRITTEN if turn % 2 else Consent.PRESENT
        begun = perf_counter()
        workspace.run(record_consent, case_id, party_id, consent)
        ours.append((perf_counter() - begun) * 1000)
        begun = perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_ANY, (f"bench.{turn}.{begun}",))
        connection.execute("COMMIT")
        plain.append((perf_counter() - begun) * 1000)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM setting WHERE key LIKE 'bench.%'")
    connection.execute("COMMIT")
    return median(ours), median(plain), sorted(ours)[int(len(ours) * 0.95)]
