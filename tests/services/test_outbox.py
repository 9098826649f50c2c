"""The outbox: what is saved while a package is made, what fits into none, and which files stay."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import Reason
from app.domain.packages import OutboxState
from app.domain.papers.forms import FormId
from app.domain.progress import Silent
from app.services.cases.decisions import accept_case
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package
from app.services.exchange.outbox import (
    confirm_receipt,
    export_package,
    save_package,
    sweep_outbox,
    view_outbox,
    void_lost,
)
from app.services.exchange.packing import begin_package, finish_package, void_package, write_begun
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import print_paper
from app.sync import records
from tests.conftest import intake
from tests.services.stage import refusal
from tests.services.test_packages import enrol, send, stick

__all__ = ["stick"]


class Watched:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        """Keep the step."""
        self.steps.append((done, total))


def test_a_paper_printed_while_the_package_is_made_arrives_whole(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = workspace.run(register_case, intake()).value
    workspace.run(accept_case, case.id, True, False)
    begun = workspace.run(begin_package).value
    workspace.run(print_paper, case.id, FormId.ACCEPTANCE, case.id)
    written = workspace.run(write_begun, begun, workspace.outbox, None, Silent()).value
    row = workspace.run(finish_package, begun.package_id, written).value
    seen = county_workspace.run(import_package, workspace.outbox / row.file_name).value
    assert (seen.new_cases, seen.papers, row.papers) == (1, 1, 1)


def test_a_case_too_large_is_left_out_named_and_sent_once_it_fits(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    large = workspace.run(register_case, intake(request="请求赔偿。" * 300)).value
    usual = records.MAX_LINE
    monkeypatch.setattr(records, "MAX_LINE", 5500)
    refused = refusal(workspace, export_package)
    assert (refused.reason, refused.details["numbers"]) == (Reason.CASE_TOO_LARGE, large.number)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    assert (row.cases, row.left_out) == (1, (large.number,))
    assert workspace.run(view_outbox).value.waiting_cases == 1
    seen = county_workspace.run(import_package, workspace.outbox / row.file_name).value
    assert seen.new_cases == 1
    workspace.run(confirm_receipt, row.id, seen.receipt)
    monkeypatch.setattr(records, "MAX_LINE", usual)
    assert workspace.run(view_outbox).value.waiting_cases == 1
    row = workspace.run(export_package).value
    assert (row.cases, row.left_out) == (1, ())
    seen = county_workspace.run(import_package, workspace.outbox / row.file_name).value
    assert seen.changes[0].number == large.number


def test_files_go_as_soon_as_nobody_needs_to_carry_them(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    never_carried = workspace.run(export_package).value
    workspace.run(register_case, intake())
    carried = send(workspace, stick)
    assert [path.name for path in workspace.outbox.iterdir()] == [carried.name]
    assert never_carried.file_name != carried.name
    workspace.run(register_case, intake())
    newest = send(workspace, stick)
    assert len(list(workspace.outbox.iterdir())) == 2
    code = county_workspace.run(import_package, newest).value.receipt
    row = workspace.run(view_outbox).value.packages[0]
    assert workspace.run(confirm_receipt, row.id, code).value.state == OutboxState.ACKED
    assert list(workspace.outbox.iterdir()) == []
    assert refusal(workspace, save_package, row.id, stick).reason == Reason.NOT_FOUND


def test_the_sweep_leaves_folders_alone(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    (workspace.outbox / "copies").mkdir()
    (workspace.outbox / "stray.part").write_bytes(b"half")
    workspace.run(sweep_outbox)
    assert sorted(path.name for path in workspace.outbox.iterdir()) == sorted([row.file_name, "copies"])


def test_only_a_package_being_made_can_be_given_up(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    assert refusal(workspace, void_package, row.id).reason == Reason.NOT_FOUND
    workspace.run(save_package, row.id, stick)
    workspace.run(void_lost, (row.id,))
    assert workspace.run(view_outbox).value.packages[0].state == OutboxState.SENT
    begun = workspace.run(begin_package).value
    written = workspace.run(write_begun, begun, workspace.outbox, None, Silent()).value
    workspace.run(void_package, begun.package_id)
    assert refusal(workspace, finish_package, begun.package_id, written).reason == Reason.NOT_FOUND


def test_the_progress_of_an_import_ends_when_the_lists_are_written_too(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    for _ in range(3):
        workspace.run(register_case, intake())
    package = send(workspace, stick)
    monkeypatch.setattr("app.services.exchange.taking_in.TOGETHER", 1)
    watched = Watched()
    county_workspace.run(import_package, package, watched)
    assert watched.steps[-3:] == [(1, 3), (2, 3), (3, 3)]
    with county_workspace._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM case_list")).scalar() == 3
