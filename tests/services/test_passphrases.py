"""Passphrases: who may give one to whom, and that the audit says so each time."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.keys import KeySlots, key_slots_path
from app.domain.actor import Role
from app.domain.errors import Reason, Refused
from app.domain.office.users import UserChange, UserInput, UserRow
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, give_slot, open_workspace, recover, take_slot
from app.services.office.passphrases import prove_presence
from app.services.office.sign_in import Unlocked, unlock
from app.services.office.users import change_user, create_user
from tests.conftest import PASSPHRASE, Clock, township

OTHER = "another-long-pass-1"


@pytest.fixture
def unlocked(workspace: Workspace, clock: Clock) -> Unlocked:
    return unlock(workspace.folder / "office.db", "admin", PASSPHRASE, clock)


@pytest.fixture
def clerk(workspace: Workspace) -> UserRow:
    return workspace.run(create_user, UserInput("reg1", "刘会兰", frozenset({Role.REGISTRAR}))).value


def entries(workspace: Workspace, action: str) -> list[tuple[str, str]]:
    with workspace._engine.connect() as connection:
        asked = text("SELECT object_id, facts FROM audit WHERE action = :action ORDER BY n")
        return [tuple(row) for row in connection.execute(asked, {"action": action})]


def slots_of(unlocked: Unlocked) -> KeySlots:
    return KeySlots.load(key_slots_path(unlocked.data_file))


def test_every_change_of_a_passphrase_is_in_the_audit(
    workspace: Workspace, unlocked: Unlocked, clerk: UserRow, clock: Clock
) -> None:
    give_slot(unlocked, clerk.id, "reg1", OTHER, clock)
    assert unlock(unlocked.data_file, "reg1", OTHER, clock).actor.user_id == clerk.id
    take_slot(unlocked, clerk.id, clock)
    assert entries(workspace, "note_passphrase_changed") == [
        (clerk.id, '{"how":"given"}'),
        (clerk.id, '{"how":"taken"}'),
    ]


def test_no_slot_under_somebody_elses_account_code(
    unlocked: Unlocked, workspace: Workspace, clerk: UserRow, clock: Clock
) -> None:
    give_slot(unlocked, clerk.id, "reg1", OTHER, clock)
    before = slots_of(unlocked)
    for user_id, login in ((unlocked.actor.user_id, "reg1"), (clerk.id, "admin"), ("nobody", "reg1")):
        with pytest.raises(Refused) as caught:
            give_slot(unlocked, user_id, login, "hijack-long-pass-77", clock)
        assert caught.value.reason is Reason.NOT_PERMITTED
    assert slots_of(unlocked) == before


def test_a_barred_user_gets_no_slot(
    unlocked: Unlocked, workspace: Workspace, clerk: UserRow, clock: Clock
) -> None:
    workspace.run(change_user, clerk.id, UserChange(clerk.row_version, clerk.name, clerk.roles, active=False))
    with pytest.raises(Refused) as caught:
        give_slot(unlocked, clerk.id, "reg1", OTHER, clock)
    assert caught.value.reason is Reason.NOT_PERMITTED


def test_slots_that_cannot_be_written_leave_no_entry(
    unlocked: Unlocked, workspace: Workspace, clerk: UserRow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("app.db.keys.os.replace", full)
    with pytest.raises(Refused) as caught:
        give_slot(unlocked, clerk.id, "reg1", OTHER, clock)
    assert caught.value.reason is Reason.DISK_FULL
    assert entries(workspace, "note_passphrase_changed") == []


def test_a_wrong_passphrase_at_the_locked_window_is_in_the_audit(
    workspace: Workspace, unlocked: Unlocked, clock: Clock
) -> None:
    with pytest.raises(Refused) as caught:
        prove_presence(unlocked, "wrong", clock)
    assert caught.value.reason is Reason.WRONG_PASSPHRASE
    prove_presence(unlocked, PASSPHRASE, clock)
    assert entries(workspace, "note_presence_failed") == [(unlocked.actor.user_id, "{}")]


def test_a_recovery_is_in_the_audit(tmp_path: Path, clock: Clock) -> None:
    made = create_office(tmp_path / "own" / "office.db", township(), clock)
    recover(made.data_file, made.recovery_secret, "ADMIN", OTHER, clock)
    workspace = open_workspace(unlock(made.data_file, "admin", OTHER, clock), clock)
    assert entries(workspace, "note_passphrase_changed") == [(workspace.actor.user_id, '{"how":"recovered"}')]
    workspace.close()
