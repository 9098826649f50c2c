"""The encrypted file: what opens it, what every failure is called, and the copies."""

import errno
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from app.db.backup import backup, backups_in, check, own_folder, surplus, thin
from app.db.engine import on_local_disk, open_connection, refusal_of, unlock
from app.db.keys import Cost, KeySlots, key_slots_path, new_data_key, new_slot
from app.db.sessions import make_engine, write_back
from app.domain.errors import Reason, Refused

MADE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
MARKER = "张无名住在槐树下"


@pytest.fixture
def key() -> bytes:
    return new_data_key()


@pytest.fixture
def office(tmp_path: Path, key: bytes) -> Path:
    path = tmp_path / "office.db"
    connection = open_connection(path, key, create=True)
    connection.execute("CREATE TABLE t(n INTEGER PRIMARY KEY, x TEXT)")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO t(x) VALUES (?)", [(MARKER * 20,)] * 500)
    connection.execute("COMMIT")
    connection.close()
    return path


def reason_of(path: Path, key: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        open_connection(path, key)
    return caught.value.reason


def test_pragmas_are_set(office: Path, key: bytes) -> None:
    connection = open_connection(office, key)
    got = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "busy_timeout",
            "secure_delete",
            "temp_store",
        )
    }
    connection.close()
    assert got == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_nothing_readable_lies_in_the_folder(office: Path, key: bytes) -> None:
    connection = open_connection(office, key)
    connection.execute("INSERT INTO t(x) VALUES (?)", (MARKER,))
    for file in office.parent.iterdir():
        data = file.read_bytes()
        assert MARKER.encode() not in data
        assert key not in data
        assert not data.startswith(b"SQLite format 3")
    connection.close()


def test_wrong_key(office: Path) -> None:
    before = office.read_bytes()
    assert reason_of(office, new_data_key()) is Reason.WRONG_KEY
    assert office.read_bytes() == before


@pytest.mark.parametrize("offset", [20, 3000])
def test_a_damaged_first_page_is_damage_not_a_wrong_key(offset: int, office: Path, key: bytes) -> None:
    data = bytearray(office.read_bytes())
    data[offset] ^= 1
    office.write_bytes(data)
    assert reason_of(office, key) is Reason.DAMAGED_DATA


def test_a_file_that_is_no_database(tmp_path: Path, key: bytes) -> None:
    places = {"text": b"nothing here\n" * 512, "odd": os.urandom(5000), "zero": bytes(8192)}
    for name, data in places.items():
        (tmp_path / name).write_bytes(data)
        assert reason_of(tmp_path / name, key) is Reason.NOT_A_DATABASE
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE t(x)")
    plain.commit()
    plain.close()
    assert reason_of(tmp_path / "plain.db", key) is Reason.NOT_A_DATABASE


def test_an_emptied_file_is_refused_by_every_door_and_stays_empty(
    office: Path, key: bytes, tmp_path: Path
) -> None:
    office.write_bytes(b"")
    assert reason_of(office, key) is Reason.DAMAGED_DATA
    for use in (lambda: check(office, key), lambda: backup(office, key, tmp_path / "copies", MADE)):
        with pytest.raises(Refused) as caught:
            use()
        assert caught.value.reason is Reason.DAMAGED_DATA
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["office.db"]
    assert office.stat().st_size == 0


def test_places_that_are_not_there(tmp_path: Path, key: bytes, office: Path) -> None:
    assert reason_of(tmp_path / "none.db", key) is Reason.NO_SUCH_PLACE
    with pytest.raises(Refused) as caught:
        open_connection(tmp_path / "no" / "x.db", key, create=True)
    assert caught.value.reason is Reason.NO_SUCH_PLACE
    with pytest.raises(Refused) as caught:
        open_connection(office, key, create=True)
    assert caught.value.reason is Reason.EXISTS


def failure(action: object) -> BaseException:
    with pytest.raises(sqlcipher.Error) as caught:
        action()  # type: ignore[operator]
    return caught.value


def test_what_a_failure_means(office: Path, key: bytes) -> None:
    first, second = open_connection(office, key), open_connection(office, key)
    second.execute("PRAGMA busy_timeout=20")
    first.execute("BEGIN IMMEDIATE")
    busy = failure(lambda: second.execute("BEGIN IMMEDIATE"))
    first.execute("ROLLBACK")
    first.execute("PRAGMA query_only=ON")
    read_only = failure(lambda: first.execute("INSERT INTO t(x) VALUES ('a')"))
    first.execute("PRAGMA query_only=OFF")
    first.execute(f"PRAGMA max_page_count={first.execute('PRAGMA page_count').fetchone()[0]}")
    full = failure(lambda: first.executemany("INSERT INTO t(x) VALUES (?)", [("x" * 9000,)] * 50))
    constraint = failure(lambda: first.execute("INSERT INTO t(n) VALUES (1)"))
    first.close()
    second.close()
    meant = [refusal_of(error, office) for error in (busy, read_only, full)]
    assert [one and one.reason for one in meant] == [Reason.IN_USE, Reason.READ_ONLY_PLACE, Reason.DISK_FULL]
    assert refusal_of(constraint, office) is None
    assert refusal_of(ValueError("a fault"), office) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, Reason.DISK_FULL),
        (errno.EFBIG, Reason.DISK_FULL),
        (errno.EROFS, Reason.READ_ONLY_PLACE),
        (errno.EACCES, Reason.READ_ONLY_PLACE),
        (errno.ENOENT, Reason.NO_SUCH_PLACE),
        (errno.EEXIST, Reason.EXISTS),
        (errno.EBUSY, Reason.IN_USE),
        (errno.EIO, Reason.STORAGE),
    ],
)
def test_what_the_system_says(code: int, reason: Reason, tmp_path: Path) -> None:
    refusal = refusal_of(OSError(code, "x"), tmp_path)
    assert refusal is not None
    assert refusal.reason is reason


def test_light_engine_loads_no_sqlalchemy() -> None:
    probe = "import sys, app.db.engine, app.db.backup; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_shared_places_are_known() -> None:
    assert on_local_disk(Path(__file__))


def test_engine_writes_reads_and_leaves_one_file(office: Path, key: bytes) -> None:
    engine = make_engine(office, key)
    with engine.begin() as writing:
        writing.execute(text("INSERT INTO t(x) VALUES ('更多')"))
        with engine.connect().execution_options(write=False) as reading:
            assert reading.execute(text("SELECT count(*) FROM t")).scalar() == 500
    with engine.connect() as rolled, rolled.begin() as transaction:
        rolled.execute(text("DROP TABLE t"))
        transaction.rollback()
    write_back(engine)
    assert (office.parent / "office.db-wal").stat().st_size == 0
    engine.dispose()
    assert [file.name for file in office.parent.iterdir()] == ["office.db"]
    assert check(office, key) == ()
    assert key.hex() not in repr(engine.url)


def test_engine_failures_are_understood_through_sqlalchemy(office: Path) -> None:
    with pytest.raises(Refused) as caught, make_engine(office, new_data_key()).connect():
        pass
    assert caught.value.reason is Reason.WRONG_KEY


def test_check_finds_every_flipped_page(office: Path, key: bytes) -> None:
    data = bytearray(office.read_bytes())
    data[4 * 4096 + 100] ^= 1
    office.write_bytes(data)
    assert {finding.kind for finding in check(office, key)} >= {"cipher"}


def test_backup_while_the_file_is_open(office: Path, key: bytes, tmp_path: Path) -> None:
    KeySlots((new_slot(key, "u", "wang", "long passphrase", cost=Cost(1, 1, 64)),)).save(
        key_slots_path(office)
    )
    writer = open_connection(office, key)
    writer.execute("INSERT INTO t(x) VALUES ('committed, still in the log')")
    made = backup(office, key, tmp_path / "copies", MADE)
    writer.close()
    assert made.folder.name == "20261121-080000"
    assert sorted(file.name for file in made.folder.iterdir()) == [
        "office.db",
        "office.files.txt",
        "office.keyslots.json",
    ]
    copy = unlock(made.data_file, key)
    assert copy.execute("SELECT count(*) FROM t").fetchone() == (501,)
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()
    assert backup(office, key, tmp_path / "copies", MADE).folder.name == "20261121-080001"
    assert len(backups_in(tmp_path / "copies", office)) == 2


def test_a_failed_backup_leaves_nothing(
    office: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("app.db.backup.os.replace", full)
    with pytest.raises(Refused) as caught:
        backup(office, key, tmp_path / "copies", MADE)
    assert caught.value.reason is Reason.DISK_FULL
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_office_is_not_copied_over_good_backups(office: Path, key: bytes, tmp_path: Path) -> None:
    data = bytearray(office.read_bytes())
    data[5 * 4096 + 100] ^= 1
    office.write_bytes(data)
    with pytest.raises(Refused) as caught:
        backup(office, key, tmp_path / "copies", MADE)
    assert caught.value.reason is Reason.DAMAGED_DATA
    assert backups_in(tmp_path / "copies", office) == {}


def test_thinning_keeps_two_days_then_days_weeks_months(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 12)
    hourly = [now - timedelta(hours=n) for n in range(24 * 500)]
    gone = set(surplus(hourly, now))
    kept = [moment for moment in hourly if moment not in gone]
    assert len([m for m in kept if now - m <= timedelta(days=2)]) == 49
    assert 12 + 10 + 9 <= len(kept) - 49 <= 13 + 11 + 10
    assert surplus(kept, now) == ()
    assert surplus([now - timedelta(days=4000)], now) == ()


def test_a_clock_far_ahead_costs_no_copies() -> None:
    now = datetime(2026, 11, 21, 12)
    daily = [now - timedelta(days=n) for n in range(20)]
    assert surplus(daily, now) != ()
    leapt = now + timedelta(days=3650)
    assert surplus([*daily, leapt], leapt) == ()
    later = [leapt + timedelta(days=n) for n in range(20)]
    left = [*daily, *later]
    left = [moment for moment in left if moment not in surplus(left, later[-1])]
    assert len([moment for moment in left if moment <= now]) >= 3
    assert surplus([*daily, leapt], now) == surplus(daily, now)


def test_one_run_leaves_seven_copies() -> None:
    old = [datetime(2020, 1, 1) + timedelta(days=n) for n in range(20)]
    assert len(surplus(old, datetime(2026, 1, 1))) == 13
    assert surplus(old[:7], datetime(2026, 1, 1)) == ()


def with_slots(data_file: Path, key: bytes, database_id: str) -> Path:
    slot = new_slot(key, "u", "wang", "long passphrase", database_id, Cost(1, 1, 64))
    KeySlots((slot,)).save(key_slots_path(data_file))
    return data_file


def test_only_copies_of_this_file_are_ever_removed(office: Path, key: bytes, tmp_path: Path) -> None:
    with_slots(office, key, "0198-office-one")
    other = tmp_path / "other" / "office.db"
    other.parent.mkdir()
    other.write_bytes(office.read_bytes())
    with_slots(other, key, "0198-office-two")
    target, old = tmp_path / "stick", [datetime(2024, 1, 1, hour) for hour in range(10)]
    photos = target / "20240101-101010"
    photos.mkdir(parents=True)
    (photos / "photo.jpg").write_bytes(b"x")
    (target / "20230101-111111").write_bytes(b"a plain file")
    own = [backup(office, key, target, moment).folder for moment in old[:9]]
    foreign = backup(other, key, target, old[9]).folder
    (own[1] / "note.txt").write_text("written beside the copy")
    assert thin(target, office, datetime(2026, 1, 1)) == (own[0],)
    assert sorted(one.name for one in target.iterdir()) == sorted(
        ["20240101-101010", "20230101-111111", foreign.name, *(one.name for one in own[1:])]
    )
    assert (photos / "photo.jpg").exists()
    assert (own[1] / "office.db").exists()
    assert list(backups_in(target, other)) == [old[9]]


def test_every_office_has_its_own_folder_of_copies(office: Path, key: bytes, tmp_path: Path) -> None:
    with_slots(office, key, "01987654-3210-7abc")
    place = own_folder(tmp_path / "stick", office)
    assert place == tmp_path / "stick" / "xianghe-01987654"
    assert own_folder(place, office) == place
    with_slots(office, key, "../../up")
    with pytest.raises(Refused) as caught:
        own_folder(tmp_path / "stick", office)
    assert caught.value.reason is Reason.DAMAGED_DATA
