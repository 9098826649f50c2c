"""Making an office: nothing a killed program or a bad disk leaves behind is in the way of the next try."""

import os
from pathlib import Path

import pytest

from app.domain.errors import Reason, Refused
from app.services.office import opening
from app.services.office.opening import create_office
from app.services.office.passphrases import has_office
from app.services.office.sign_in import unlock
from tests.conftest import PASSPHRASE, Clock, township

STEPS = ("open_connection", "migrate", "write_safely", "KeySlots.save")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to be killed in the middle")
@pytest.mark.parametrize("step", STEPS)
def test_a_first_start_that_was_killed_can_be_done_again(step: str, tmp_path: Path, clock: Clock) -> None:
    data_file = tmp_path / "data" / "office.db"
    child = os.fork()
    if child == 0:
        owner, _, name = step.rpartition(".")
        setattr(getattr(opening, owner) if owner else opening, name, lambda *_, **__: os._exit(9))
        create_office(data_file, township(), clock)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not has_office(data_file)
    before = sorted(file.name for file in data_file.parent.iterdir())
    create_office(data_file, township(), clock)
    assert unlock(data_file, "admin", PASSPHRASE, clock).office.name == township().name
    aside = [file.name for file in data_file.parent.iterdir() if ".unfinished-" in file.name]
    assert len(aside) == len(before)


def test_the_slow_work_is_done_before_anything_is_written(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_file = tmp_path / "data" / "office.db"
    seen = []
    derive = opening.new_slot

    def noted(*arguments: object, **named: object) -> object:
        seen.append(data_file.exists())
        return derive(*arguments, **named)

    monkeypatch.setattr(opening, "new_slot", noted)
    create_office(data_file, township(), clock)
    assert seen == [False]


def test_an_office_is_never_made_over_another(tmp_path: Path, clock: Clock) -> None:
    made = create_office(tmp_path / "office.db", township(), clock)
    before = made.data_file.read_bytes()
    with pytest.raises(Refused) as caught:
        create_office(made.data_file, township(), clock)
    assert caught.value.reason is Reason.EXISTS
    assert made.data_file.read_bytes() == before


def test_a_place_that_takes_no_folder_is_named(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(Path, "mkdir", read_only)
    with pytest.raises(Refused) as caught:
        create_office(tmp_path / "new" / "office.db", township(), clock)
    assert caught.value.reason is Reason.READ_ONLY_PLACE


def test_a_disk_that_fills_up_while_the_slots_are_written_leaves_nothing(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("app.db.keys.os.replace", full)
    with pytest.raises(Refused) as caught:
        create_office(tmp_path / "office.db", township(), clock)
    assert caught.value.reason is Reason.DISK_FULL
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []
