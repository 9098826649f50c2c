"""Good packages: round trip, the public tools, bounded memory, the disk's refusals."""

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Reason, Refused
from app.domain.progress import Cancelled
from app.sync import archive
from app.sync.manifest import receipt_code
from app.sync.records import Record, read_body, write_body
from app.sync.seal import Content, Sealed, copy_package, write_package
from app.sync.unseal import inspect_package, read_blobs, read_records
from tests.sync.sync_offices import COUNTY, TOWN, Offices, case_record

ROOT = Path(__file__).parents[2]
PDF = b"%PDF-1.7 made up\n" * 5000
PDF_NAME = hashlib.sha256(PDF).hexdigest()


def test_round_trip(offices: Offices, tmp_path: Path) -> None:
    sent = [case_record(n) for n in range(1, 30)] + [case_record(99, kind="note")]
    sealed = offices.send(tmp_path, sent, [(PDF_NAME, PDF)])
    assert sealed.path.name == f"{TOWN}_{COUNTY}_1-000037_20261121_0190a1b2.tjb.age"
    got = inspect_package(sealed.path, offices.identities, offices.keyring, COUNTY)
    assert (got.sums_sha256, got.file_sha256, got.size) == (
        sealed.sums_sha256,
        sealed.file_sha256,
        sealed.size,
    )
    assert got.manifest == offices.manifest(29, 1, 1)
    assert got.signer.node == TOWN
    assert got.receipt == receipt_code(sealed.sums_sha256)
    read = list(read_records(sealed.path, offices.identities, got))
    assert [record.body for record in read] == [record.body for record in sent]
    assert [record.as_line() for record in read] == [record.as_line() for record in sent]
    blobs = [(name, b"".join(data)) for name, data in read_blobs(sealed.path, offices.identities, got)]
    assert blobs == [(PDF_NAME, PDF)]


def test_the_sender_can_read_its_own_package(offices: Offices, tmp_path: Path) -> None:
    sealed = offices.send(tmp_path)
    inspect_package(sealed.path, [offices.town.age_identity], offices.keyring, COUNTY)


def test_a_package_without_records_is_a_package(offices: Offices, tmp_path: Path) -> None:
    sealed = offices.send(tmp_path, [], kind="ack")
    got = inspect_package(sealed.path, offices.identities, offices.keyring, COUNTY)
    assert list(read_records(sealed.path, offices.identities, got)) == []


def run(*words: str | Path, cwd: Path) -> bytes:
    return subprocess.run(words, cwd=cwd, capture_output=True, check=True).stdout


def test_public_tools_open_it(offices: Offices, tmp_path: Path) -> None:
    sent = [case_record(n) for n in (1, 2)]
    sealed = offices.send(tmp_path, sent, [(PDF_NAME, PDF)])
    (tmp_path / "county.key").write_text(offices.county.age_identity + "\n")
    (tmp_path / "town.pub").write_text(f"untrusted comment: town\n{offices.town.sign_key}\n")
    plain = run("age", "-d", "-i", "county.key", sealed.path, cwd=tmp_path)
    (tmp_path / "p.tar").write_bytes(plain)
    run("tar", "xf", "p.tar", cwd=tmp_path)
    assert b"FAILED" not in run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=tmp_path)
    told = run("minisign", "-Vm", "SHA256SUMS", "-p", "town.pub", cwd=tmp_path)
    assert f"from={TOWN} seq=37".encode() in told
    lines = run("zcat", "records/000001.jsonl.gz", cwd=tmp_path).splitlines()
    assert lines == [record.as_line() for record in sent]
    assert (tmp_path / "blobs" / PDF_NAME).read_bytes() == PDF


def test_nothing_readable_in_the_file(offices: Offices, tmp_path: Path) -> None:
    data = offices.send(tmp_path, [case_record(story="槐树下的秘密")]).path.read_bytes()
    assert "槐树".encode() not in data
    assert [file.suffix for file in tmp_path.iterdir()] == [".age"]


def test_many_records_split_into_members(offices: Offices, tmp_path: Path) -> None:
    sent = [case_record(n, "长" * 400_000) for n in range(1, 9)]
    sealed = offices.send(tmp_path, sent)
    got = inspect_package(sealed.path, offices.identities, offices.keyring, COUNTY)
    assert sum(name.startswith("records/") for name in got.sums) == 2
    assert [r.h for r in read_records(sealed.path, offices.identities, got)] == [r.h for r in sent]


def test_reading_may_stop_early(offices: Offices, tmp_path: Path) -> None:
    sealed = offices.send(
        tmp_path, None, [(hashlib.sha256(b).hexdigest(), b) for b in (os.urandom(4 << 20), PDF)]
    )
    got = inspect_package(sealed.path, offices.identities, offices.keyring, COUNTY)
    before = threading.active_count()
    reading = read_blobs(sealed.path, offices.identities, got)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    left_alone = [name for name, _ in read_blobs(sealed.path, offices.identities, got)]
    assert len(left_alone) == 2


def test_unknown_fields_and_kinds_are_kept(offices: Offices, tmp_path: Path) -> None:
    line = case_record().as_line()[:-1] + b',"later":{"x":1.5}}'
    strange = b'{"t":"weather","id":"w-1","sky":"grey"}'
    manifest = msgspec.json.decode(msgspec.json.encode(offices.manifest())) | {"weather": "grey"}
    path = offices.forge(tmp_path, offices.members(manifest, line + b"\n" + strange + b"\n"))
    got = inspect_package(path, offices.identities, offices.keyring, COUNTY)
    assert b'"weather":"grey"' in got.manifest_text
    first, second = read_records(path, offices.identities, got)
    assert (first.known, first.as_line()) == (True, line)
    assert (second.known, second.kind, second.as_line()) == (False, "weather", strange)


def test_attachment_from_a_file_and_a_wrong_one(offices: Offices, tmp_path: Path) -> None:
    scan = tmp_path / "scan.bin"
    scan.write_bytes(PDF)
    sealed = offices.send(tmp_path, None, [(PDF_NAME, scan)])
    inspect_package(sealed.path, offices.identities, offices.keyring, COUNTY)
    sealed.path.unlink()
    scan.write_bytes(PDF + b"changed")
    with pytest.raises(Refused) as caught:
        offices.send(tmp_path, None, [(PDF_NAME, scan)])
    assert (caught.value.reason, caught.value.details["at"]) == (Reason.DAMAGED_DATA, f"blobs/{PDF_NAME}")
    assert [file.name for file in tmp_path.iterdir()] == ["scan.bin"]


def test_program_faults_are_not_refusals(offices: Offices, tmp_path: Path) -> None:
    target = tmp_path / "p.tjb.age"
    wrong_counts = Content(offices.manifest(cases=2), [case_record()])
    with pytest.raises(ValueError, match="counts"):
        write_package(target, wrong_counts, offices.town, [offices.county.age_recipient])
    with pytest.raises(ValueError, match="key"):
        write_package(target, wrong_counts, offices.stranger, [offices.county.age_recipient])
    assert list(tmp_path.iterdir()) == []


def test_a_bad_recipient_is_refused(offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        write_package(tmp_path / "p", Content(offices.manifest(), [case_record()]), offices.town, ["age1no"])
    assert caught.value.reason is Reason.CARD_DAMAGED


class Stopper:
    def step(self, done: int, total: int) -> None:
        assert 0 < done <= total
        raise Cancelled


def test_stopping_leaves_nothing(offices: Offices, tmp_path: Path) -> None:
    content = Content(offices.manifest(), [case_record()])
    with pytest.raises(Cancelled):
        write_package(tmp_path / "p", content, offices.town, [offices.county.age_recipient], Stopper())
    assert list(tmp_path.iterdir()) == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tests.sync.sync_offices import Offices, case_record
from app.domain.errors import Refused
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Offices().send(Path(sys.argv[1]), [case_record(n, str(n) * 3000) for n in range(300)])
except Refused as refusal:
    print(refusal.reason.value)
"""


@pytest.mark.skipif(os.name != "posix", reason="file size limits exist on POSIX only")
@pytest.mark.parametrize("limit", [0, 100, 300, 5000, 14_000])
def test_a_full_disk_at_any_byte_is_named_and_leaves_nothing(limit: int, tmp_path: Path) -> None:
    words = ["-c", LIMITED, str(tmp_path), str(limit)]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there(offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        offices.send(tmp_path / "unplugged")
    assert caught.value.reason is Reason.NO_SUCH_PLACE
    with pytest.raises(Refused) as caught:
        inspect_package(tmp_path / "none", offices.identities, offices.keyring, COUNTY)
    assert caught.value.reason is Reason.NO_SUCH_PLACE


def test_a_stick_that_lies_is_found_by_reading_back(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.seal.file_sha256", lambda _: "0" * 64)
    with pytest.raises(Refused) as caught:
        offices.send(tmp_path)
    assert (caught.value.reason, caught.value.details["what"]) == (Reason.STORAGE, "read_back")
    assert list(tmp_path.iterdir()) == []


def test_copy_to_a_stick(offices: Offices, tmp_path: Path) -> None:
    sealed: Sealed = offices.send(tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    copy_package(sealed.path, stick / sealed.path.name, sealed.file_sha256)
    assert (stick / sealed.path.name).read_bytes() == sealed.path.read_bytes()
    with pytest.raises(Refused) as caught:
        copy_package(sealed.path, stick / "other", "0" * 64)
    assert caught.value.reason is Reason.DAMAGED_DATA
    assert [file.name for file in stick.iterdir()] == [sealed.path.name]


def test_header_is_what_tar_expects() -> None:
    block = archive.header(archive.MANIFEST, 1234)
    assert len(block) == 512
    assert block[257:265] == b"ustar\00000"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), JSON, max_size=5))
def test_bodies_have_one_form(value: dict[str, object]) -> None:
    try:
        body = write_body(value)
    except UnicodeEncodeError:
        return
    assert read_body(body) == value
    assert write_body(read_body(body)) == body
    assert write_body(dict(reversed(value.items()))) == body


@pytest.mark.parametrize("value", [1.5, {1: 2}, {1, 2}, b"x"])
def test_odd_values_are_no_body(value: object) -> None:
    with pytest.raises(ValueError, match="body"):
        write_body({"a": [value]})


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"a":1.0}', b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 99999, b"\xff"]
)
def test_odd_bytes_are_no_body(body: bytes) -> None:
    with pytest.raises(ValueError, match="body"):
        read_body(body)


def test_a_line_that_is_too_long_is_a_fault_of_the_writer() -> None:
    with pytest.raises(ValueError, match="line"):
        Record(
            "case", "c", TOWN, 1, 1, (), 1, "w", "2026-11-21T08:00:00Z", b'"' + b"x" * (5 << 20) + b'"'
        ).as_line()
