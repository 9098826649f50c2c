"""What goes wrong with disks, files and clocks: one clear sentence each, and nothing changed."""

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import Reason, Refused
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, give_slot, open_workspace, recover
from app.services.office.passphrases import prove_presence
from app.services.office.sign_in import Unlocked, hold_instance, logins, unlock
from app.services.office.storage import check_data, verify_audit
from app.ui.words.messages import sentence
from tests.conftest import PASSPHRASE, Clock, intake, township
from tests.services.untouched import closed, everything, refused, rows

__all__ = ["closed"]
ROOT = Path(__file__).resolve().parents[2]


class TestPassphrases:
    """Guessing is slow whatever the clock says."""

    def test_five_wrong_ones_then_a_wait_which_no_clock_shortens(self, closed: Path, clock: Clock) -> None:
        before = closed.read_bytes()

        def tried(passphrase: str) -> Refused:
            return refused(lambda: unlock(closed, "admin", passphrase, clock))

        left = []
        for _ in range(5):
            one = tried("not-the-passphrase")
            assert one.reason is Reason.WRONG_PASSPHRASE
            left.append(one.details["left"])
        assert left == [4, 3, 2, 1, 0]
        assert tried(PASSPHRASE).details == {"seconds": 32}
        for back in (timedelta(days=1), timedelta(days=3650)):
            clock.at -= back
            again = tried(PASSPHRASE)
            assert again.reason is Reason.THROTTLED
            assert 0 < again.details["seconds"] <= 32
        assert closed.read_bytes() == before
        clock.forward(seconds=33)
        entered = unlock(closed, "admin", PASSPHRASE, clock)
        assert entered.failures == 5
        workspace = open_workspace(entered, clock)
        with workspace._engine.connect() as connection:
            facts = connection.execute(text("SELECT action, facts FROM audit ORDER BY n DESC LIMIT 1")).one()
        assert facts[0] == "note_sign_in"
        assert json.loads(facts[1]) == {"failures": 5}
        workspace.close()

    def test_an_account_nobody_has_is_refused_in_the_same_words(self, closed: Path) -> None:
        nobody = refused(lambda: unlock(closed, "nobody", PASSPHRASE))
        wrong = refused(lambda: unlock(closed, "admin", "not-the-passphrase"))
        assert sentence(nobody) == sentence(wrong)

    def test_work_goes_on_after_the_clock_was_set_back(self, workspace: Workspace, clock: Clock) -> None:
        first = workspace.run(register_case, intake()).value
        clock.at -= timedelta(days=3650)
        second = workspace.run(register_case, intake(received_at=clock.at)).value
        clock.at += timedelta(days=3651)
        third = workspace.run(register_case, intake()).value
        assert len({first.number, second.number, third.number}) == 3
        assert workspace.run(verify_audit).value is None


HOLDING = """
import sys, time
from pathlib import Path
from app.services.office.sign_in import hold_instance
lock = hold_instance(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


class TestSecondCopy:
    """One program at a time; a dead one holds nothing."""

    def test_the_second_copy_is_told_and_changes_nothing(self, closed: Path, tmp_path: Path) -> None:
        before = everything(closed.parent)
        with subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(closed)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as first:
            assert first.stdout is not None
            assert first.stdout.readline().strip() == "held"
            assert refused(lambda: hold_instance(closed)).reason is Reason.IN_USE
            command = subprocess.run(
                [sys.executable, "-m", "app", "export-package", "--data", closed, "--to", tmp_path],
                cwd=ROOT, env={**os.environ, "XIANGHE_PASSPHRASE": PASSPHRASE}, capture_output=True,
                encoding="utf-8", timeout=60, check=False,
            )  # fmt: skip
            assert command.returncode == 1
            assert "没有打开：数据正被另一个程序使用" in command.stderr
            first.kill()
        assert everything(closed.parent) == before
        hold_instance(closed).release()


def spoil(path: Path, how: str) -> None:
    data, chance = path.read_bytes(), random.Random(1)  # noqa: S311 - nothing secret
    changed = {
        "emptied": b"",
        "cut at a page": data[: len(data) // 8192 * 4096],
        "cut by three bytes": data[:-3],
        "cut by a sector": data[:-512],
        "cut anywhere": data[: len(data) // 2 + 77],
        "cut to a page": data[:4096],
        "a letter": "今天下午三点开会。".encode() * 900,
        "a plain database": b"SQLite format 3\0" + bytes(4080),
        "zeros": bytes(len(data)),
        "noise": chance.randbytes(8 * 4096),
        "odd noise": chance.randbytes(8 * 4096 + 7),
        "a flipped bit on every page": b"".join(
            data[at : at + 100] + bytes([data[at + 100] ^ 1]) + data[at + 101 : at + 4096]
            for at in range(0, len(data), 4096)
        ),
    }
    path.write_bytes(changed[how])


class TestSpoiltFiles:
    """What lies there is not what was left there."""

    @pytest.mark.parametrize(
        ("how", "reason"),
        [
            ("emptied", Reason.DAMAGED_DATA),
            ("cut at a page", Reason.DAMAGED_DATA),
            ("cut by three bytes", Reason.DAMAGED_DATA),
            ("cut by a sector", Reason.DAMAGED_DATA),
            ("cut anywhere", Reason.DAMAGED_DATA),
            ("cut to a page", Reason.DAMAGED_DATA),
            ("a letter", Reason.NOT_A_DATABASE),
            ("a plain database", Reason.NOT_A_DATABASE),
            ("zeros", Reason.NOT_A_DATABASE),
            ("noise", Reason.WRONG_KEY),
            ("odd noise", Reason.NOT_A_DATABASE),
            ("a flipped bit on every page", Reason.WRONG_KEY),
        ],
    )
    def test_a_data_file_that_is_none_or_not_whole(self, closed: Path, how: str, reason: Reason) -> None:
        spoil(closed, how)
        before = everything(closed.parent)
        assert refused(lambda: unlock(closed, "admin", PASSPHRASE)).reason is reason
        assert everything(closed.parent) == before

    @pytest.mark.parametrize("how", ["emptied", "cut at a page", "a letter"])
    def test_the_recovery_sheet_says_the_same(self, tmp_path: Path, how: str) -> None:
        made = create_office(tmp_path / "own" / "office.db", township())
        spoil(made.data_file, how)
        before = everything(made.data_file.parent)
        refusal = refused(lambda: recover(made.data_file, made.recovery_secret, "admin", "a-new-long-one-7"))
        assert refusal.reason is (Reason.NOT_A_DATABASE if how == "a letter" else Reason.DAMAGED_DATA)
        assert everything(made.data_file.parent) == before

    def test_a_page_damaged_while_at_work_is_damage_not_a_wrong_key(self, closed: Path) -> None:
        opened = unlock(closed, "admin", PASSPHRASE)
        data = bytearray(closed.read_bytes())
        for page in range(20, len(data) // 4096):
            data[page * 4096 + 100] ^= 1
        closed.write_bytes(data)
        assert refused(lambda: check_data(opened)).reason is Reason.DAMAGED_DATA
        assert refused(lambda: use_until_damage(opened)).reason is Reason.DAMAGED_DATA

    @pytest.mark.parametrize("text", [None, b"", b"[{}]", b"\xff\x00"])
    def test_key_slots_that_are_gone_or_spoilt(self, closed: Path, text: bytes | None) -> None:
        slots = closed.with_name("office.keyslots.json")
        if text is None:
            slots.unlink()
        else:
            slots.write_bytes(text)
        before = everything(closed.parent)
        wanted = Reason.NO_SUCH_PLACE if text is None else Reason.DAMAGED_DATA
        for action in (lambda: logins(closed), lambda: unlock(closed, "admin", PASSPHRASE)):
            assert refused(action).reason is wanted
        assert everything(closed.parent) == before

    def test_the_data_folder_is_gone(self, closed: Path) -> None:
        opened = unlock(closed, "admin", PASSPHRASE)
        shutil.rmtree(closed.parent)
        for action in (
            lambda: unlock(closed, "admin", PASSPHRASE),
            lambda: prove_presence(opened, PASSPHRASE),
            lambda: give_slot(opened, opened.actor.user_id, "admin", "another-long-one-7"),
        ):
            assert refused(action).reason is Reason.NO_SUCH_PLACE


def use_until_damage(opened: Unlocked) -> None:
    """Sign in and look at everything."""
    workspace = open_workspace(opened)
    try:
        rows(workspace)
        workspace.run(register_case, intake())
    finally:
        workspace.close()
