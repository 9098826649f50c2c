"""What keeps the program fast, as facts that no noise of a machine can change."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from app.db.engine import open_connection
from app.domain.lists import CaseQuery, CaseSort
from app.domain.values.identity import IdNumber, check_id_number
from app.services.cases.listing import case_rows, list_case_ids
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.today.first_page import work_ids
from tests.bench.generator import BLOCK, TODAY, disputes
from tests.bench.load import Loaded, loaded

CASES = 300
HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab")


@pytest.fixture
def office(tmp_path: Path) -> Loaded:
    return loaded(tmp_path, CASES, changed=10)


@pytest.fixture
def opened(office: Loaded) -> Iterator[Workspace]:
    workspace = open_workspace(office.unlock())
    yield workspace
    workspace.close()


@contextmanager
def statements(workspace: Workspace) -> Iterator[list[tuple[str, object]]]:
    """The statements that run meanwhile, with their parameters."""
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    event.listen(workspace._engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(workspace._engine, "before_cursor_execute", note)


def test_the_generator_gives_the_same_cases_twice_and_few_are_the_beginning_of_many() -> None:
    short = list(disputes(BLOCK))
    assert short == list(disputes(BLOCK))
    assert short == list(disputes(2 * BLOCK))[:BLOCK]
    assert short != list(disputes(BLOCK, seed=1))


def test_generated_people_have_numbers_that_hold_and_ids_in_no_order() -> None:
    cases = list(disputes(50))
    for someone in (who for one in cases for who in one.people):
        assert isinstance(check_id_number(someone.id_no, TODAY), IdNumber)
    by_day = sorted(cases, key=lambda one: one.received_on)
    assert sorted(one.id for one in cases) != [one.id for one in by_day]


def test_the_file_holds_every_case_once_and_finds_it(office: Loaded, opened: Workspace) -> None:
    assert len(opened.run(list_case_ids, CaseQuery()).value) == CASES
    wanted = next(disputes(1))
    found = opened.run(list_case_ids, CaseQuery(text=wanted.people[0].id_no)).value
    (row,) = opened.run(case_rows, list(found)).value
    assert row.number == wanted.number


@pytest.mark.parametrize("sort", [sort for sort in CaseSort if sort is not CaseSort.STATUS])
def test_a_list_is_one_statement_that_reads_an_index_in_order(
    office: Loaded, opened: Workspace, sort: CaseSort
) -> None:
    with statements(opened) as seen:
        opened.run(list_case_ids, CaseQuery(sort=sort))
    ((statement, parameters),) = seen
    assert "OFFSET" not in statement
    plan = _plan(office, statement, parameters)
    assert "COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_the_worklist_reads_no_whole_table(office: Loaded, opened: Workspace) -> None:
    with statements(opened) as seen:
        opened.run(work_ids)
    plan = _plan(office, *seen[-1])
    assert "OFFSET" not in seen[-1][0]
    assert "SCAN case_list" not in plan.replace("SCAN case_list USING COVERING INDEX", "")


def test_a_page_of_rows_is_one_statement_by_number(office: Loaded, opened: Workspace) -> None:
    sks = list(opened.run(list_case_ids, CaseQuery()).value)[:50]
    with statements(opened) as seen:
        opened.run(case_rows, sks)
    ((statement, parameters),) = seen
    plan = _plan(office, statement, parameters)
    assert "SEARCH case_list USING INTEGER PRIMARY KEY" in plan
    assert "SCAN" not in plan


def _plan(office: Loaded, statement: str, parameters: object) -> str:
    """How SQLite would run it; a walk over the wide table never belongs there."""
    connection = open_connection(office.data_file, office.unlock().key)
    try:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    finally:
        connection.close()
    plan = "\n".join(step[3] for step in steps)
    assert "SCAN case\n" not in plan + "\n"
    return plan


STARTED = f"""
import sys
from PySide6.QtWidgets import QApplication
from pathlib import Path
from app import bootstrap
app = QApplication(["guard"])
bootstrap.dress(app)
program = bootstrap.Program(Path(sys.argv[1]))
bootstrap.load_heavy = lambda progress=None: None
program.start()
program.entrance.painted.connect(app.quit)
app.exec()
print([name for name in {HEAVY!r} if name in sys.modules])
program.close()
"""


def test_nothing_heavy_is_loaded_when_the_sign_in_window_is_painted(office: Loaded, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    said = subprocess.run(
        [sys.executable, "-c", STARTED, str(replace(office).folder)],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == "[]"
