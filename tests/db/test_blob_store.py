"""The store beside the data file: whole or not at all, nothing readable, every reading proved."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from app.db.blob_store import BlobStore, StoreKeys, store_folder
from app.domain.errors import Reason, Refused

SECRET = "门前三棵槐树".encode() * 4000


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(store_folder(tmp_path / "office.db"), StoreKeys.generate())


def refused(store: BlobStore, sha256: str) -> Refused:
    with pytest.raises(Refused) as caught:
        store.read(sha256)
    return caught.value


def test_what_was_stored_comes_back_and_nothing_readable_lies_on_the_disk(store: BlobStore) -> None:
    stored = store.put(iter([SECRET[:70_001], SECRET[70_001:]]))
    assert (stored.sha256, stored.size) == (hashlib.sha256(SECRET).hexdigest(), len(SECRET))
    assert store.read(stored.sha256) == SECRET
    (file,) = store.folder.iterdir()
    assert SECRET[:18] not in file.read_bytes()
    assert stored.sha256 not in file.name
    assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_the_same_bytes_are_kept_once_and_storing_them_again_heals(store: BlobStore) -> None:
    first = store.put([SECRET])
    path = store.path_of(first.sha256)
    path.write_bytes(path.read_bytes()[:-40])
    assert refused(store, first.sha256).reason is Reason.DAMAGED_DATA
    assert store.put([SECRET]) == first
    assert store.read(first.sha256) == SECRET
    assert len(list(store.folder.iterdir())) == 1


def test_names_differ_between_offices(store: BlobStore, tmp_path: Path) -> None:
    digest = hashlib.sha256(SECRET).hexdigest()
    other = BlobStore(tmp_path, StoreKeys.generate())
    assert store.name_of(digest) != other.name_of(digest)


def test_an_empty_file_and_one_of_many_megabytes_both_return(store: BlobStore) -> None:
    piece = os.urandom(1 << 20)
    for count in (0, 24):
        stored = store.put(piece for _ in range(count))
        assert stored.size == count << 20
        digest = hashlib.sha256()
        store.pour(stored.sha256, digest.update)
        assert digest.hexdigest() == stored.sha256


@pytest.mark.parametrize("how", ["cut", "flipped", "emptied", "exchanged", "another key"])
def test_a_damaged_file_is_refused(store: BlobStore, how: str) -> None:
    stored, other = store.put([SECRET]), store.put([b"x" * 100])
    path = store.path_of(stored.sha256)
    data = bytearray(path.read_bytes())
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "exchanged":
        shutil.copyfile(store.path_of(other.sha256), path)
    else:
        path.write_bytes(pyrage.encrypt(SECRET, [pyrage.x25519.Identity.generate().to_public()]))
    assert refused(store, stored.sha256).reason is Reason.DAMAGED_DATA


def test_a_missing_file_says_so(store: BlobStore) -> None:
    assert refused(store, "0" * 64).details["missing"] is True


def test_a_full_disk_leaves_nothing_behind(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.put([b"first"])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.db.blob_store.os.fsync", full)
    with pytest.raises(Refused) as caught:
        store.put([SECRET])
    assert caught.value.reason is Reason.DISK_FULL
    assert [path.name for path in store.folder.iterdir()] == [store.name_of(kept.sha256)]
    assert store.read(kept.sha256) == b"first"


def test_what_breaks_off_while_reading_passes_through_and_leaves_nothing(store: BlobStore) -> None:
    def pieces() -> Iterator[bytes]:
        yield SECRET
        raise KeyError("gone")

    with pytest.raises(KeyError):
        store.put(pieces())
    assert list(store.folder.iterdir()) == []


def test_sweeping_takes_unfinished_files_and_old_strays_only(store: BlobStore) -> None:
    kept, stray, fresh = (store.put([text]) for text in (b"kept", b"stray", b"fresh"))
    (store.folder / "abc.part").write_bytes(b"half")
    (store.folder / "growing.part").write_bytes(b"another thread writes here")
    os.utime(store.folder / "abc.part", (1000, 1000))
    (store.folder / "notes.txt").write_bytes(b"not ours")
    for stored in (kept, stray):
        os.utime(store.path_of(stored.sha256), (1000, 1000))
    assert store.sweep({kept.sha256}, before=2000) == 2
    assert [store.has(one.sha256) for one in (kept, stray, fresh)] == [True, False, True]
    assert (store.folder / "notes.txt").exists()
    assert (store.folder / "growing.part").exists()


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_opens_a_stored_file(store: BlobStore, tmp_path: Path) -> None:
    stored = store.put([SECRET])
    key = tmp_path / "key"
    key.write_text(store.identity + "\n")
    opened = subprocess.run(
        ["age", "-d", "-i", key, store.path_of(stored.sha256)], capture_output=True, check=True
    )
    assert opened.stdout == SECRET
