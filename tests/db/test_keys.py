"""Key slots: what opens, what never opens, and what a crash leaves behind."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.db.keys import (
    STANDARD_COST,
    Cost,
    KeySlots,
    key_slots_path,
    make_recovery_identity,
    new_data_key,
    new_slot,
    open_recovery,
    open_slot,
    recovery_path,
    seal_recovery,
    write_safely,
)
from app.db.sign_in import PassphraseProblem, SignInLog, delay_after, passphrase_problem, signin_path
from app.domain.errors import Reason, Refused

QUICK = Cost(iterations=1, lanes=1, memory_cost=64)
PHRASE = "青砖老屋门前一棵槐树"
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def key() -> bytes:
    return new_data_key()


@pytest.fixture
def slots(key: bytes) -> KeySlots:
    first = new_slot(key, "u-1", "wang", PHRASE, "db-1", QUICK)
    return KeySlots((first, new_slot(key, "u-2", "Li", "another long phrase", "db-1", QUICK)))


def test_each_user_opens_the_same_key_with_the_own_passphrase(slots: KeySlots, key: bytes) -> None:
    assert open_slot(slots, "wang", PHRASE) == key
    assert open_slot(slots, " ＬＩ ", "another long phrase") == key
    assert slots.logins == ("wang", "Li")


def test_wrong_passphrase_or_account_opens_nothing(slots: KeySlots) -> None:
    assert open_slot(slots, "wang", PHRASE + "。") is None
    assert open_slot(slots, "wang", "another long phrase") is None
    assert open_slot(slots, "nobody", PHRASE) is None


def test_full_width_typing_is_the_same_passphrase(key: bytes) -> None:
    slots = KeySlots((new_slot(key, "u", "a", "abc 123 long", cost=QUICK),))
    assert open_slot(slots, "a", "ａｂｃ　１２３ long") == key


def test_default_cost_is_the_one_of_the_design(key: bytes) -> None:
    slot = new_slot(key, "u", "a", PHRASE, cost=STANDARD_COST)
    assert (slot.cost.iterations, slot.cost.lanes, slot.cost.memory_cost) == (3, 4, 65536)
    assert open_slot(KeySlots((slot,)), "a", PHRASE) == key


def test_slot_file_round_trip(slots: KeySlots, tmp_path: Path, key: bytes) -> None:
    path = key_slots_path(tmp_path / "office.db")
    slots.save(path)
    assert path.name == "office.keyslots.json"
    assert KeySlots.load(path) == slots
    assert key.hex() not in path.read_text()
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("field", ["user", "login", "db", "salt", "nonce", "ct", "iterations", "memory_cost"])
def test_a_tampered_slot_opens_nothing(field: str, slots: KeySlots, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    slots.save(path)
    written = json.loads(path.read_text())
    old = written[0][field]
    if isinstance(old, int):
        written[0][field] = old + 1
    else:
        written[0][field] = ("B" if old[0] != "B" else "C") + old[1:]
    path.write_text(json.dumps(written))
    changed = KeySlots.load(path)
    assert open_slot(changed, changed.slots[0].login, PHRASE) is None


@pytest.mark.parametrize(
    "cost",
    [
        Cost(0, 1, 64),
        Cost(17, 1, 64),
        Cost(1, 0, 64),
        Cost(1, 17, 64 * 17),
        Cost(1, 1, 7),
        Cost(1, 1, 2 << 20),
        Cost(1, 1, -1),
    ],
)
def test_unbearable_cost_is_refused_before_any_work(cost: Cost, slots: KeySlots) -> None:
    bad = KeySlots((replace(slots.slots[0], cost=cost),))
    assert open_slot(bad, "wang", PHRASE) is None


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "[{}]", "[" * 100_000, '[{"v":2}]', "\x00\xff", '[{"v":1,"kdf":"argon2id"}]']
)
def test_a_file_that_is_no_slot_file_is_damaged(text: str, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(Refused) as caught:
        KeySlots.load(path)
    assert caught.value.reason is Reason.DAMAGED_DATA


def test_a_missing_slot_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        KeySlots.load(tmp_path / "none.json")
    assert caught.value.reason is Reason.NO_SUCH_PLACE


def test_changing_a_passphrase_replaces_the_slot(slots: KeySlots, key: bytes) -> None:
    later = slots.with_slot(new_slot(key, "u-1", "wang", "a newer passphrase", "db-1", QUICK))
    assert later.logins == ("wang", "Li")
    assert open_slot(later, "wang", PHRASE) is None
    assert open_slot(later, "wang", "a newer passphrase") == key
    assert later.without_user("u-1").logins == ("Li",)


def test_renaming_an_account_leaves_one_slot(slots: KeySlots, key: bytes) -> None:
    assert slots.with_slot(new_slot(key, "u-1", "LI", PHRASE, cost=QUICK)).logins == ("LI",)


def test_recovery_opens_with_its_sheet_and_with_the_public_tool(key: bytes, tmp_path: Path) -> None:
    secret, recipient = make_recovery_identity()
    other, other_recipient = make_recovery_identity()
    sealed = seal_recovery(key, [recipient, other_recipient])
    assert open_recovery(sealed, f" {secret.lower()}\n") == key
    assert open_recovery(sealed, other) == key
    assert open_recovery(sealed, make_recovery_identity()[0]) is None
    assert open_recovery(sealed, "no key") is None
    assert open_recovery(sealed[:-1], secret) is None
    recovery_path(tmp_path / "office.db").write_bytes(sealed)
    (tmp_path / "sheet.key").write_text(secret + "\n")
    done = subprocess.run(
        ["age", "-d", "-i", tmp_path / "sheet.key", tmp_path / "office.recovery.age"],
        capture_output=True,
        check=True,
    )
    assert done.stdout == key


def test_a_recipient_that_is_none_is_refused(key: bytes) -> None:
    with pytest.raises(Refused) as caught:
        seal_recovery(key, ["age1nonsense"])
    assert caught.value.reason is Reason.CARD_DAMAGED


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.json"
    write_safely(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="full"):
        write_safely(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("short", PassphraseProblem.TOO_SHORT),
        ("a b c d", PassphraseProblem.TOO_SHORT),
        ("马 到 成 功 了", None),
        ("青砖老屋门前一棵槐树", None),
        ("Tr0ubadour-Kiln", None),
        ("1234567890", PassphraseProblem.COMMON),
        ("9876543210", PassphraseProblem.COMMON),
        ("aaaaaaaaaaaa", PassphraseProblem.COMMON),
        ("Password1234", PassphraseProblem.COMMON),
        ("qwertyuiop", PassphraseProblem.COMMON),
        ("administrator", PassphraseProblem.COMMON),
        ("correct horse battery staple", PassphraseProblem.COMMON),
    ],
)
def test_weak_passphrases(text: str, problem: PassphraseProblem | None) -> None:
    assert passphrase_problem(text) is problem


def test_delay_grows_and_stops_growing() -> None:
    assert [delay_after(n) for n in (0, 4, 5, 6, 9, 10, 5000)] == [0, 0, 32, 64, 512, 900, 900]


def test_five_failures_then_a_wait_that_passes(tmp_path: Path) -> None:
    log = SignInLog(signin_path(tmp_path / "office.db"))
    assert [log.failed("wang", NOW) for _ in range(5)] == [4, 3, 2, 1, 0]
    again = SignInLog(signin_path(tmp_path / "office.db"))
    assert again.seconds_left("wang", NOW + timedelta(seconds=2)) == 30
    assert again.seconds_left("wang", NOW + timedelta(seconds=32)) == 0
    assert again.seconds_left("li", NOW) == 0
    assert again.succeeded("wang") == 5
    assert again.succeeded("wang") == 0


def test_a_clock_set_back_does_not_lock_a_person_out_for_years(tmp_path: Path) -> None:
    log = SignInLog(tmp_path / "signin.json")
    for _ in range(5):
        log.failed("wang", NOW)
    back = NOW - timedelta(days=3650)
    assert log.seconds_left("wang", back) == 32
    assert log.seconds_left("wang", back + timedelta(seconds=33)) == 0


def test_a_damaged_count_starts_again(tmp_path: Path) -> None:
    (tmp_path / "signin.json").write_bytes(b"\xff{")
    assert SignInLog(tmp_path / "signin.json").seconds_left("wang", NOW) == 0


def test_the_sign_in_window_loads_no_database_toolkit() -> None:
    probe = (
        "import sys, app.db.keys, app.db.sign_in; "
        "print([m for m in ('sqlalchemy','sqlcipher3','alembic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
