"""A copy put back in the place of the file issues nothing twice, and the county takes what it sends."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.backup import Backup, backup
from app.domain.values.numbers import Series
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package
from app.services.kernel.numbering import void_number
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from tests.conftest import ALL_TOWNSHIP_ROLES, PASSPHRASE, Clock, intake
from tests.services.stage import audited, others
from tests.services.test_packages import enrol, send

PutBack = Callable[..., Workspace]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def put_back(tmp_path: Path, clock: Clock) -> Iterator[PutBack]:
    """Copy a backup's files over a folder and open it as the office's."""
    opened: list[Workspace] = []

    def make(copy: Backup, folder: Path) -> Workspace:
        for file in copy.folder.iterdir():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(file, folder / file.name)
        workspace = reopened(folder / "office.db", clock)
        opened.append(workspace)
        return workspace

    yield make
    for workspace in opened:
        workspace.close()


def reopened(data_file: Path, clock: Clock) -> Workspace:
    workspace = open_workspace(unlock(data_file, "admin", PASSPHRASE, clock), clock)
    workspace.actor = replace(workspace.actor, roles=ALL_TOWNSHIP_ROLES)
    return workspace


def copied(workspace: Workspace, clock: Clock, tmp_path: Path) -> Backup:
    data_file = workspace.folder / "office.db"
    return backup(data_file, unlock(data_file, "admin", PASSPHRASE, clock).key, tmp_path / "copies", clock())


def state(workspace: Workspace) -> tuple[int, list[tuple[str, int, int]]]:
    with workspace._engine.connect() as connection:
        inc = connection.execute(text("SELECT inc FROM office")).scalar_one()
        return inc, [tuple(row) for row in connection.execute(text("SELECT * FROM series ORDER BY 1, 2"))]


def number(workspace: Workspace) -> str:
    return workspace.run(register_case, others()).value.number


def test_a_restored_copy_repeats_no_number_and_the_county_takes_its_packages(
    workspace: Workspace, county_workspace: Workspace, stick: Path, clock: Clock, tmp_path: Path,
    put_back: PutBack,
) -> None:  # fmt: skip
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    county_workspace.run(import_package, send(workspace, stick))
    copy = copied(workspace, clock, tmp_path)
    lost = [
        number(workspace),
        number(workspace),
        workspace.run(void_number, Series.NOTICE, "写坏").value.text,
    ]
    county_workspace.run(import_package, send(workspace, stick))
    workspace.close()
    clock.forward(hours=3)
    again = put_back(copy, workspace.folder)
    new = [number(again), number(again), again.run(void_number, Series.NOTICE, "写坏").value.text]
    assert not set(lost) & set(new)
    assert county_workspace.run(import_package, send(again, stick)).value.new_cases == 2
    number(again)
    seen = county_workspace.run(import_package, send(again, stick)).value
    assert (seen.seq, seen.new_cases, seen.missing) == (2, 1, ())
    assert [action for action, _ in audited(again)].count("begin_again") == 1


def test_the_original_goes_on_as_if_no_copy_was_made(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    number(workspace)
    before = state(workspace)
    copied(workspace, clock, tmp_path)
    workspace.close()
    again = reopened(workspace.folder / "office.db", clock)
    assert state(again) == before
    assert "begin_again" not in [action for action, _ in audited(again)]
    again.close()


def test_a_restored_copy_begins_again_once(
    workspace: Workspace, clock: Clock, tmp_path: Path, put_back: PutBack
) -> None:
    number(workspace)
    copy = copied(workspace, clock, tmp_path)
    workspace.close()
    again = put_back(copy, workspace.folder)
    once = state(again)
    again.close()
    again = reopened(workspace.folder / "office.db", clock)
    assert state(again) == once
    again.close()


def test_the_same_copy_put_back_twice_begins_two_times_differently(
    workspace: Workspace, clock: Clock, tmp_path: Path, put_back: PutBack
) -> None:
    copy = copied(workspace, clock, tmp_path)
    workspace.close()
    first = put_back(copy, workspace.folder)
    lost, (inc, _) = {number(first), number(first)}, state(first)
    first.close()
    second = put_back(copy, workspace.folder)
    assert number(second) not in lost
    assert state(second)[0] > inc
    second.close()
    clock.forward(hours=2)
    elsewhere = put_back(copy, tmp_path / "other-pc")
    assert state(elsewhere)[0] > state(second)[0]


def test_a_copy_of_last_year_repeats_no_number_of_this_year(
    workspace: Workspace, clock: Clock, tmp_path: Path, put_back: PutBack
) -> None:
    clock.forward(days=118)  # 30 December
    number(workspace)
    copy = copied(workspace, clock, tmp_path)
    clock.forward(days=5)
    lost = [number(workspace) for _ in range(3)]
    workspace.close()
    again = put_back(copy, workspace.folder)
    assert number(again) not in lost
