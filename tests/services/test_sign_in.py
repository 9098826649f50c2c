"""Signing in: one account however it is spelled, and what is counted of wrong tries."""

import json
from pathlib import Path

import pytest

from app.db.sign_in import FREE_FAILURES, signin_path
from app.domain.errors import Reason, Refused
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, recover
from app.services.office.passphrases import prove_presence
from app.services.office.sign_in import unlock
from tests.conftest import PASSPHRASE, Clock, township

SPELLINGS = ("admin", "Admin", "ADMIN", "ａdmin", " admin ", "aDmIn")


@pytest.fixture
def data_file(workspace: Workspace) -> Path:
    return workspace.folder / "office.db"


def reason_of(data_file: Path, login: str, passphrase: str, clock: Clock) -> Reason:
    with pytest.raises(Refused) as caught:
        unlock(data_file, login, passphrase, clock)
    return caught.value.reason


def counted(data_file: Path) -> dict[str, int]:
    path = signin_path(data_file)
    return {login: one["n"] for login, one in json.loads(path.read_bytes()).items()} if path.exists() else {}


def test_another_spelling_brings_no_further_tries(data_file: Path, clock: Clock) -> None:
    reasons = [reason_of(data_file, login, "wrong", clock) for login in SPELLINGS * 2]
    assert reasons == [Reason.WRONG_PASSPHRASE] * FREE_FAILURES + [Reason.THROTTLED] * 7
    assert counted(data_file) == {"admin": FREE_FAILURES}
    assert reason_of(data_file, "Admin", PASSPHRASE, clock) is Reason.THROTTLED


@pytest.mark.parametrize("login", SPELLINGS)
def test_every_spelling_signs_the_same_account_in(login: str, data_file: Path, clock: Clock) -> None:
    reason_of(data_file, "ADMIN", "wrong", clock)
    opened = unlock(data_file, login, PASSPHRASE, clock)
    assert (opened.actor.name, opened.failures) == (township().admin_name, 1)
    assert counted(data_file) == {}


@pytest.mark.parametrize("login", ["nobody", "my secret passphrase 7", "\ud800", "x" * 10_000, ""])
def test_what_is_no_account_is_written_down_nowhere(login: str, data_file: Path, clock: Clock) -> None:
    assert [reason_of(data_file, login, "wrong", clock) for _ in range(7)] == [Reason.WRONG_PASSPHRASE] * 7
    assert counted(data_file) == {}


def test_an_unknown_account_costs_the_same_work(
    data_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived = []
    monkeypatch.setattr("app.db.keys._derive", lambda slot, _: derived.append(slot.cost) or bytes(32))
    for login in ("admin", "nobody"):
        reason_of(data_file, login, "wrong", clock)
    assert len(derived) == 2
    assert derived[0] == derived[1]


def test_recovering_an_account_forgets_its_wrong_tries(tmp_path: Path, clock: Clock) -> None:
    made = create_office(tmp_path / "own" / "office.db", township(), clock)
    for _ in range(FREE_FAILURES):
        reason_of(made.data_file, "admin", "wrong", clock)
    recover(made.data_file, made.recovery_secret, "Admin", "fresh-start-phrase-9")
    assert unlock(made.data_file, "admin", "fresh-start-phrase-9", clock).actor.name == township().admin_name


def test_a_disk_that_takes_no_count_still_says_what_was_wrong(
    data_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    opened = unlock(data_file, "admin", PASSPHRASE, clock)
    monkeypatch.setattr("app.db.sign_in.write_safely", full)
    assert reason_of(data_file, "admin", "wrong", clock) is Reason.WRONG_PASSPHRASE
    with pytest.raises(Refused) as caught:
        prove_presence(opened, "wrong", clock)
    assert caught.value.reason is Reason.WRONG_PASSPHRASE
    assert unlock(data_file, "admin", PASSPHRASE, clock).actor == opened.actor
