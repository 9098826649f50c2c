"""Scans in a backup: brought once, listed with every copy, back after a restore, gone with the last."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db.backup import Backup, backup, thin
from app.db.blob_store import store_folder
from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.progress import Cancelled, Silent
from app.models.work import Attachment
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files
from app.services.attachments.keeping import open_attachment
from app.services.attachments.upkeep import check_attachments
from app.services.cases.register import register_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import backup_now
from tests.conftest import PASSPHRASE, Clock, intake
from tests.services.scans import jpeg, new_file, place

FIRST = datetime(2026, 9, 1, 8)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def attach(workspace: Workspace, *shades: int) -> str:
    case_id = workspace.run(register_case, intake()).value.id
    files = [new_file(jpeg(shade=shade), str(shade)) for shade in shades]
    assert workspace.run(add_attachments, place(case_id), files).value.refused == ()
    return case_id


def copied(workspace: Workspace, target: Path, made: datetime) -> Backup:
    data_file = workspace.folder / "office.db"
    key = unlock(data_file, "admin", PASSPHRASE, workspace._clock).key
    return backup(data_file, key, target, made)


def listed(copy: Backup) -> list[str]:
    return (copy.folder / "office.files.txt").read_text().split()


def kept(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "office.files").iterdir())


@use_case(needs=Permission.READ)
def forget_attachments(uow: UnitOfWork) -> None:
    """As if the bin had been emptied of them."""
    for row in uow.session.scalars(select(Attachment)):
        uow.session.delete(row)


def test_every_scan_is_brought_once_and_comes_back_with_the_copy(
    workspace: Workspace, target: Path, tmp_path: Path, clock: Clock
) -> None:
    case_id = attach(workspace, 1, 2)
    first = copied(workspace, target, FIRST)
    before = {path: path.stat().st_ino for path in (target / "office.files").iterdir()}
    attach(workspace, 3)
    second = copied(workspace, target, FIRST + timedelta(hours=1))
    assert (len(listed(first)), len(listed(second)), len(kept(target))) == (2, 3, 3)
    assert {path: path.stat().st_ino for path in before} == before
    place_again = tmp_path / "again"
    shutil.copytree(second.folder, place_again)
    shutil.copytree(target / "office.files", place_again / "office.files")
    opened = open_workspace(unlock(place_again / "office.db", "admin", PASSPHRASE, clock), clock)
    try:
        assert opened.run(check_attachments).value == ()
        row = opened.run(case_files, case_id).value.attachments[0]
        assert opened.run(open_attachment, row.id).value.data == jpeg(shade=1)
    finally:
        opened.close()


def test_a_scan_goes_with_the_last_copy_that_needs_it(workspace: Workspace, target: Path) -> None:
    attach(workspace, 1)
    old = copied(workspace, target, FIRST - timedelta(days=10))
    workspace.run(forget_attachments)
    (gone,) = workspace.files.iterdir()
    gone.unlink()
    attach(workspace, 2)
    new = [copied(workspace, target, FIRST - timedelta(days=10, hours=-n)) for n in range(1, 6)]
    new += [copied(workspace, target, FIRST - timedelta(days=n)) for n in (1, 0)]
    assert kept(target) == sorted({*listed(old), *listed(new[-1])})
    assert thin(target, workspace.folder / "office.db", FIRST) == (old.folder,)
    assert kept(target) == listed(new[-1])


def test_a_healed_scan_is_brought_again(workspace: Workspace, target: Path) -> None:
    attach(workspace, 1)
    copied(workspace, target, FIRST)
    (path,) = (target / "office.files").iterdir()
    path.write_bytes(b"x" * path.stat().st_size)
    os.utime(path, (1000, 1000))
    copied(workspace, target, FIRST + timedelta(hours=1))
    (sound,) = workspace.files.iterdir()
    assert path.read_bytes() == sound.read_bytes()


def test_a_full_stick_and_a_stopped_copy_leave_no_half_one(
    workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, tmp_path: Path
) -> None:
    attach(workspace, 1, 2)

    copy = shutil.copyfile

    def full(source: Path, place: Path) -> None:
        if source.parent == workspace.files:
            raise OSError(28, "No space left on device")
        copy(source, place)

    with monkeypatch.context() as patch:
        patch.setattr("app.db.file_copies.shutil.copyfile", full)
        with pytest.raises(Refused) as caught:
            copied(workspace, target, FIRST)
    assert caught.value.reason is Reason.DISK_FULL
    assert [path.name for path in target.iterdir()] == ["office.files"]
    assert kept(target) == []

    class Stopped:
        def step(self, done: int, total: int) -> None:
            if (done, total) == (1, 2):
                raise Cancelled

    unlocked = unlock(workspace.folder / "office.db", "admin", PASSPHRASE, clock)
    with pytest.raises(Cancelled):
        backup_now(unlocked, tmp_path / "stick", Stopped())
    (own,) = (tmp_path / "stick").iterdir()
    assert len(kept(own)) == 1
    assert backup_now(unlocked, tmp_path / "stick", Silent()).folder.is_dir()
    assert len(kept(own)) == 2


def test_an_office_without_scans_makes_copies_as_before(workspace: Workspace, target: Path) -> None:
    copy = copied(workspace, target, FIRST)
    assert listed(copy) == []
    assert not store_folder(target / "office.db").exists()


def test_a_damaged_scan_does_not_take_the_place_of_a_sound_copy(workspace: Workspace, target: Path) -> None:
    attach(workspace, 1)
    copied(workspace, target, FIRST)
    (path,) = workspace.files.iterdir()
    (sound,) = (target / "office.files").iterdir()
    before = sound.read_bytes()
    for damage in (b"", b"x" * len(before)):
        path.write_bytes(damage)
        os.utime(path, None)
        os.utime(sound, (1000, 1000))
        again = copied(workspace, target, FIRST + timedelta(hours=len(damage) + 1))
        assert sound.read_bytes() == before
        assert (again.missing, again.damaged) == (0, 1)


def test_scans_that_are_gone_here_stay_in_the_copies_and_are_told(workspace: Workspace, target: Path) -> None:
    attach(workspace, 1, 2)
    first = copied(workspace, target, FIRST)
    shutil.rmtree(workspace.files)
    for days in (1, 2, 20, 400):
        made = copied(workspace, target, FIRST + timedelta(days=days))
        thin(target, workspace.folder / "office.db", FIRST + timedelta(days=days))
        assert made.missing == 2
        assert listed(made) == kept(target) != []
    assert first.folder.exists()  # seven copies stay whatever their age


def test_a_damaged_list_lets_no_scan_go(workspace: Workspace, target: Path) -> None:
    attach(workspace, 1)
    first = copied(workspace, target, FIRST)
    (gone,) = workspace.files.iterdir()
    gone.unlink()
    for damage in (b"\xff\xfe\x00rot", b"3f2a"):
        (first.folder / "office.files.txt").write_bytes(damage)
        assert thin(target, workspace.folder / "office.db", FIRST) == ()
        assert len(kept(target)) == 1
