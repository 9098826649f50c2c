"""Places that take nothing, take no more, or are gone: one clear sentence each, and nothing changed."""

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Reason
from app.domain.office.drafts import DraftKind
from app.domain.progress import Silent
from app.services.cases.drafts import save_draft
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package, preview_package
from app.services.exchange.outbox import export_package, save_package, view_outbox
from app.services.exchange.peers import enrol_card, inspect_card, save_own_card
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import backup_now, check_data, verify_audit
from tests.conftest import PASSPHRASE, intake
from tests.services.test_packages import enrol, send
from tests.services.untouched import closed, everything, refused, rows, unlocked

__all__ = ["closed"]
ROOT = Path(__file__).resolve().parents[2]
CHARACTERS = [chr(code) for code in range(0x4E00, 0x9FA6)]


AS_NOBODY = """
import os, sys
from pathlib import Path
from app.domain.errors import Refused
from app.domain.progress import Silent
from app.db.keys import new_slot, Cost
new_slot.__defaults__ = ("", Cost(1, 1, 64))
from app.services.office import opening, sign_in, storage
from app.services.cases.register import register_case
from app.services.exchange.peers import save_own_card
from tests.conftest import PASSPHRASE, intake, township
import app.db.engine, app.db.schema, pyrage, cryptography.hazmat.primitives.kdf.argon2
import cryptography.hazmat.primitives.ciphers.aead
place, plain = Path(sys.argv[1]), Path(sys.argv[2])
opened = sign_in.unlock(plain / "office.db", "admin", PASSPHRASE)
workspace = opening.open_workspace(opened)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
data = place / "office.db"
for name, action in {
    "sign in": lambda: sign_in.unlock(data, "admin", PASSPHRASE),
    "sign in wrongly": lambda: sign_in.unlock(data, "admin", "not-the-passphrase"),
    "hold": lambda: sign_in.hold_instance(data),
    "new office": lambda: opening.create_office(place / "new" / "office.db", township()),
    "new office beside": lambda: opening.create_office(place / "other.db", township()),
    "backup": lambda: storage.backup_now(opened, place, Silent()),
    "card": lambda: workspace.run(save_own_card, place),
}.items():
    try:
        action()
        print(name, "done")
    except Refused as refusal:
        print(name, refusal.reason.value, refusal.details.get("path"), sep="|")
    except Exception as error:
        print(name, type(error).__name__, error, sep="|")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder anybody may reach: the test's own is the administrator's alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(folder)


class TestReadOnlyPlaces:
    """A folder that takes nothing."""

    def test_every_way_to_write_there_is_refused_by_name(self, closed: Path, open_folder: Path) -> None:
        place, plain = open_folder / "place", open_folder / "plain"
        for folder in (place, plain):
            shutil.copytree(closed.parent, folder)
            for path in folder.iterdir():
                path.chmod(0o444 if folder == place else 0o666)
        (place / "office.lock").unlink(missing_ok=True)
        place.chmod(0o555)
        plain.chmod(0o777)
        before = everything(place)
        told = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, place, plain], cwd=ROOT, capture_output=True,
            encoding="utf-8", timeout=60, check=True,
        ).stdout.splitlines()  # fmt: skip
        found = {line.split("|")[0]: line.split("|")[1] for line in told}
        assert found.pop("sign in wrongly") == Reason.WRONG_PASSPHRASE
        assert found == dict.fromkeys(
            ("sign in", "hold", "new office", "new office beside", "backup", "card"), Reason.READ_ONLY_PLACE
        ), told
        assert all(str(place) in line for line in told if not line.startswith("sign in wrongly"))
        assert everything(place) == before


LIMITED = """
import resource, sys
from pathlib import Path
from app.domain.errors import Refused
from app.domain.progress import Silent
from app.services.exchange.outbox import export_package, save_package
from app.services.exchange.peers import save_own_card
from app.services.office.storage import backup_now
from tests.conftest import ALL_TOWNSHIP_ROLES, PASSPHRASE, acting
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
data, what, size, place = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
opened = unlock(data, "admin", PASSPHRASE)
town = acting(open_workspace(opened), *ALL_TOWNSHIP_ROLES)
actions = {
    "export": lambda: town.run(export_package),
    "copy": lambda: town.run(save_package, sys.argv[5], place),
    "backup": lambda: backup_now(opened, place, Silent()),
    "card": lambda: town.run(save_own_card, place),
}
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    actions[what]()
    print("done")
except Refused as refusal:
    print(refusal.reason.value, refusal.details.get("path"))
"""


def limited(data_file: Path, what: str, size: int, place: Path, *more: str) -> str:
    """Let another process do something while no file may grow beyond `size` bytes."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(data_file), what, str(size), str(place), *more], cwd=ROOT,
        capture_output=True, encoding="utf-8", timeout=60, check=True,
    ).stdout.strip()  # fmt: skip


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def sending(workspace: Workspace, county_workspace: Workspace, stick: Path) -> Workspace:
    """A township with a case to send and paper enough to fill a small stick."""
    enrol(workspace, county_workspace, stick)
    for seed in range(30):
        chance = random.Random(seed)  # noqa: S311 - what no packer makes small
        workspace.run(register_case, intake(summary="".join(chance.choices(CHARACTERS, k=4900))))
    return workspace


class TestFullDisks:
    """No room for a save, a package, its copy, a backup."""

    def test_a_save_on_a_full_disk_changes_nothing_and_can_be_repeated(self, workspace: Workspace) -> None:
        workspace.run(register_case, intake())
        before = rows(workspace)
        with workspace._engine.connect() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={used}")
        large = intake(summary="长" * 4_900)
        for action in (
            lambda: workspace.run(register_case, large),
            lambda: workspace.run(save_draft, DraftKind.INTAKE, "one", {"summary": "长" * 200_000}),
        ):
            full = refused(action)
            assert full.reason is Reason.DISK_FULL
            assert full.details["path"] == workspace.folder
        assert rows(workspace) == before
        workspace._engine.dispose()  # a new connection finds room again
        assert workspace.run(register_case, large).value.number
        assert workspace.run(verify_audit).value is None
        assert check_data(unlocked(workspace)) == ()

    def test_no_room_for_a_package_leaves_no_half_of_one(self, sending: Workspace, stick: Path) -> None:
        data_file = sending.folder / "office.db"
        sending.close()
        said = limited(data_file, "export", 200_000, stick)
        assert said.startswith(Reason.DISK_FULL)
        assert "office.outbox" in said
        again = open_workspace(unlocked(sending))
        again.actor = sending.actor
        assert list(again.outbox.iterdir()) == []
        assert again.run(view_outbox).value.packages == ()
        assert again.run(view_outbox).value.waiting_cases == 30
        assert again.run(export_package).value.seq == 1
        again.close()

    def test_a_full_stick_keeps_the_package_waiting(self, sending: Workspace, stick: Path) -> None:
        row = sending.run(export_package).value
        sending.close()
        kept = everything(stick)
        said = limited(sending.folder / "office.db", "copy", 100_000, stick, row.id)
        assert said.split() == [Reason.DISK_FULL, str(stick / row.file_name)]
        assert everything(stick) == kept
        again = open_workspace(unlocked(sending))
        again.actor = sending.actor
        assert again.run(save_package, row.id, stick).value.sent_at is not None
        again.close()

    def test_a_card_on_a_full_stick_leaves_nothing(self, sending: Workspace, stick: Path) -> None:
        sending.close()
        kept = everything(stick)
        said = limited(sending.folder / "office.db", "card", 100, stick)
        assert said.startswith(f"{Reason.DISK_FULL} {stick}")
        assert everything(stick) == kept

    def test_no_room_for_a_backup(
        self, closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, target = everything(closed.parent), tmp_path / "copies"
        opened = unlock(closed, "admin", PASSPHRASE)
        usage = shutil.disk_usage(tmp_path)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=closed.stat().st_size))
        full = refused(lambda: backup_now(opened, target, Silent()))
        assert full.reason is Reason.DISK_FULL
        assert str(full.details["path"]).startswith(str(target))
        assert everything(target) == {}
        assert everything(closed.parent) == before

    def test_a_backup_cut_off_in_the_middle_leaves_nothing(self, closed: Path, tmp_path: Path) -> None:
        target = tmp_path / "copies"
        said = limited(closed, "backup", 100_000, target)
        assert said.split()[0] in (Reason.DISK_FULL, Reason.STORAGE)
        assert everything(target) == {}
        assert check_data(unlock(closed, "admin", PASSPHRASE)) == ()


class TestPulledSticks:
    """The folder is there when one begins and not when one ends."""

    def test_nothing_is_marked_as_sent(self, sending: Workspace, stick: Path) -> None:
        row = sending.run(export_package).value
        before = rows(sending)
        gone = refused(lambda: sending.run(save_package, row.id, stick / "gone"))
        assert gone.reason is Reason.NO_SUCH_PLACE
        assert gone.details["path"] == stick / "gone" / row.file_name
        shutil.rmtree(stick)
        assert refused(lambda: sending.run(save_package, row.id, stick)).reason is Reason.NO_SUCH_PLACE
        card = refused(lambda: sending.run(save_own_card, stick))
        assert card.reason is Reason.NO_SUCH_PLACE
        assert str(stick) in str(card.details["path"])
        assert rows(sending) == before

    def test_a_stick_pulled_while_a_package_is_copied(
        self, sending: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = sending.run(export_package).value
        before = rows(sending)

        class Pulling:
            """Takes the stick away at the second report."""

            told = 0

            def step(self, _: int, __: int) -> None:
                self.told += 1
                if self.told == 1:
                    shutil.rmtree(stick)

        gone = refused(lambda: sending.run(save_package, row.id, stick, Pulling()))
        assert gone.reason is Reason.NO_SUCH_PLACE
        assert rows(sending) == before
        stick.mkdir()
        assert sending.run(save_package, row.id, stick).value.sent_at is not None

    def test_a_package_that_is_no_longer_there(
        self, sending: Workspace, county_workspace: Workspace, stick: Path
    ) -> None:
        package = send(sending, stick)
        before = rows(county_workspace)
        package.unlink()
        for use_case in (preview_package, import_package):
            gone = refused(lambda use_case=use_case: county_workspace.run(use_case, package))
            assert gone.reason is Reason.NO_SUCH_PLACE
            assert gone.details["path"] == package
        card = stick / "130532-A.card"
        card.unlink()
        for action in (lambda: sending.run(inspect_card, card), lambda: sending.run(enrol_card, card, "")):
            assert refused(action).details["path"] == card
        assert rows(county_workspace) == before
