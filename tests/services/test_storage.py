"""Copies of the office's file in a folder people use for other things as well."""

from pathlib import Path

from app.domain.progress import Silent
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import Unlocked, unlock
from app.services.office.storage import backup_now, last_backup
from tests.conftest import PASSPHRASE, Clock


def opened(workspace: Workspace, clock: Clock) -> Unlocked:
    return unlock(workspace.folder / "office.db", "admin", PASSPHRASE, clock)


def test_a_backup_touches_nothing_else_on_the_stick(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    for name in ("20240101-101010", "20240101-111111"):
        (stick / name).mkdir(parents=True)
        (stick / name / "photo.jpg").write_bytes(b"x")
    (stick / "20230101-111111").write_bytes(b"x")
    data_file = workspace.folder / "office.db"
    assert last_backup(stick, data_file) is None
    made = backup_now(opened(workspace, clock), stick, Silent())
    backup_now(opened(workspace, clock), stick, Silent())
    assert last_backup(stick, data_file) is not None
    assert made.folder.parent.parent == stick
    assert len(list(stick.iterdir())) == 4
    assert all((stick / name / "photo.jpg").exists() for name in ("20240101-101010", "20240101-111111"))


def test_a_folder_that_is_gone_has_no_copy(workspace: Workspace, tmp_path: Path) -> None:
    assert last_backup(tmp_path / "gone", workspace.folder / "office.db") is None
