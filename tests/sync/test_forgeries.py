"""Bad packages: every class of bad input has its own reason, and nothing else."""

import gzip
import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.domain.errors import Reason, Refused
from app.domain.packages import Signer
from app.sync import archive
from app.sync.manifest import Sender, Stream
from app.sync.pack import pack
from app.sync.records import split_lines
from app.sync.seal import Sealed
from app.sync.unseal import inspect_package, read_blobs, read_records
from tests.sync.sync_offices import COUNTY, CREATED, PACKAGE_ID, TOWN, Offices, case_record

Members = list[tuple[str, bytes]]
BLOB = bytes(range(256)) * 1200


def read_all(offices: Offices, path: Path, keyring: list[Signer], us: str) -> None:
    got = inspect_package(path, offices.identities, keyring, us)
    list(read_records(path, offices.identities, got))
    for _, data in read_blobs(path, offices.identities, got):
        list(data)


def refusal(offices: Offices, path: Path, keyring: list[Signer] | None = None, us: str = COUNTY) -> Refused:
    """Read the package to its end; the refusal it must meet."""
    with pytest.raises(Refused) as caught:
        read_all(offices, path, offices.keyring if keyring is None else keyring, us)
    return caught.value


@pytest.fixture
def sealed(offices: Offices, tmp_path: Path) -> Sealed:
    blob = (hashlib.sha256(BLOB).hexdigest(), BLOB)
    return offices.send(tmp_path, [case_record(n) for n in range(5)], [blob])


def test_a_flipped_bit_anywhere(offices: Offices, sealed: Sealed) -> None:
    data = sealed.path.read_bytes()
    chance = random.Random(7)  # noqa: S311 - a fixed sample, nothing secret
    body = data.index(b"\n--- ") + 60
    anywhere = chance.sample(range(body, len(data)), 60)
    for offset in [body, body + 5, len(data) - 1, len(data) - 700, *anywhere]:
        flipped = bytes([data[offset] ^ 1 << chance.randrange(8)])
        sealed.path.write_bytes(data[:offset] + flipped + data[offset + 1 :])
        assert refusal(offices, sealed.path).reason is Reason.PACKAGE_DAMAGED, offset


def test_a_flipped_bit_in_the_envelope_header(offices: Offices, sealed: Sealed) -> None:
    data = sealed.path.read_bytes()
    for offset in range(data.index(b"\n--- ") + 50):
        sealed.path.write_bytes(data[:offset] + bytes([data[offset] ^ 1]) + data[offset + 1 :])
        told = refusal(offices, sealed.path)
        # Our own key's stanza cannot be told from another's once it is changed.
        unclear = {Reason.PACKAGE_DAMAGED, Reason.PACKAGE_NOT_FOR_US}
        assert told.reason in ({Reason.PACKAGE_FOREIGN} if offset < 21 else unclear), offset


def test_cut_anywhere(offices: Offices, sealed: Sealed) -> None:
    data = sealed.path.read_bytes()
    header = data.index(b"\n--- ") + 49
    chunk = header + 16 + (64 << 10) + 16
    places = {0, 1, 20, 21, 22, 100, header - 1, header, header + 15, header + 16, header + 17, header + 40}
    places |= {chunk - 1, chunk, chunk + 1, chunk + 15, chunk + 16, chunk + 17, chunk + 700}
    places |= {len(data) - 1, len(data) - 17}
    for place in places:
        sealed.path.write_bytes(data[:place])
        assert refusal(offices, sealed.path).reason is Reason.PACKAGE_TRUNCATED, place


def test_cut_where_the_length_stays_possible(offices: Offices, sealed: Sealed) -> None:
    data = sealed.path.read_bytes()
    sealed.path.write_bytes(data[:-512])
    assert refusal(offices, sealed.path).reason in {Reason.PACKAGE_DAMAGED, Reason.PACKAGE_TRUNCATED}


def test_bytes_after_the_end(offices: Offices, sealed: Sealed) -> None:
    sealed.path.write_bytes(sealed.path.read_bytes() + bytes(512))
    assert refusal(offices, sealed.path).reason is Reason.PACKAGE_DAMAGED


def test_swapped_chunks(offices: Offices, sealed: Sealed) -> None:
    data = sealed.path.read_bytes()
    start, size = data.index(b"\n--- ") + 49 + 16, (64 << 10) + 16
    first, second = data[start : start + size], data[start + size : start + 2 * size]
    sealed.path.write_bytes(data[:start] + second + first + data[start + 2 * size :])
    assert refusal(offices, sealed.path).reason is Reason.PACKAGE_DAMAGED


@pytest.mark.parametrize("data", [b"PK\x03\x04 a zip", b"%PDF-1.7", b"age-encryption.org/v2\n", b"\0" * 5000])
def test_another_file(data: bytes, offices: Offices, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)
    assert refusal(offices, path).reason is Reason.PACKAGE_FOREIGN


@pytest.mark.parametrize(
    "plain", [b"", b"x", b"just a letter\n" * 100, bytes(1024), gzip.compress(b"x", mtime=0)]
)
def test_an_age_file_that_is_no_package(plain: bytes, offices: Offices, tmp_path: Path) -> None:
    assert refusal(offices, offices.envelop(tmp_path, plain)).reason is Reason.PACKAGE_FOREIGN


def test_encrypted_to_somebody_else(offices: Offices, tmp_path: Path) -> None:
    path = offices.envelop(tmp_path, b"whatever", to=offices.stranger)
    told = refusal(offices, path)
    assert (told.reason, told.details["at"]) == (Reason.PACKAGE_NOT_FOR_US, "envelope")


def test_addressed_to_another_county(offices: Offices, tmp_path: Path) -> None:
    sealed = offices.send(tmp_path, to=["130533-COUNTY"])
    told = refusal(offices, sealed.path)
    assert (told.reason, told.details["at"]) == (Reason.PACKAGE_NOT_FOR_US, "addressee")


def test_unknown_signer_is_named_as_it_calls_itself(offices: Offices, sealed: Sealed) -> None:
    told = refusal(offices, sealed.path, keyring=[])
    assert (told.reason, told.details["sender"]) == (Reason.PACKAGE_UNKNOWN_SENDER, TOWN)


def test_a_key_that_is_no_longer_valid(offices: Offices, sealed: Sealed) -> None:
    told = refusal(offices, sealed.path, keyring=[Signer(TOWN, offices.town.sign_key, last_seq=36)])
    assert told.reason is Reason.PACKAGE_UNKNOWN_SENDER


def newer(**changes: object) -> Callable[[Offices], Members]:
    def members(offices: Offices) -> Members:
        manifest = msgspec.json.decode(msgspec.json.encode(offices.manifest())) | changes
        return offices.members(manifest)

    return members


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (newer(format="tjb/2"), Reason.PACKAGE_NEWER),
        (newer(min_reader=2, shape="unheard of", counts="many"), Reason.PACKAGE_NEWER),
        (newer(suite="sm2+sm3+sm4"), Reason.PACKAGE_NEWER),
        (newer(kind="video"), Reason.PACKAGE_NEWER),
        (newer(format="bagit/1"), Reason.PACKAGE_FOREIGN),
        (newer(format=7), Reason.PACKAGE_FOREIGN),
        (newer(schema=0), Reason.PACKAGE_DAMAGED),
        (newer(id="no uuid"), Reason.PACKAGE_DAMAGED),
        (newer(to=[]), Reason.PACKAGE_DAMAGED),
        (newer(created="yesterday, about noon"), Reason.PACKAGE_DAMAGED),
        (newer(created="2026-11-21T08:00:00.000"), Reason.PACKAGE_DAMAGED),
        (newer(stream={"inc": 1, "seq": 37, "base": 9, "upto": 5}), Reason.PACKAGE_DAMAGED),
        (newer(counts={"cases": 2}), Reason.PACKAGE_DAMAGED),
        (newer(counts={"cases": 1, "blobs": 1}), Reason.PACKAGE_DAMAGED),
    ],
)
def test_manifests(
    made: Callable[[Offices], Members], reason: Reason, offices: Offices, tmp_path: Path
) -> None:
    assert refusal(offices, offices.forge(tmp_path, made(offices))).reason is reason


def test_spoofed_sender(offices: Offices, tmp_path: Path) -> None:
    """Another enrolled township signs, and calls itself the first."""
    manifest = offices.manifest(sender=Sender("130532101", TOWN, offices.stranger.key_id))
    path = offices.forge(tmp_path, offices.members(manifest), signer=offices.stranger)
    told = refusal(offices, path)
    assert (told.reason, told.details["at"]) == (Reason.PACKAGE_FORGED, "sender")


def test_sender_of_another_office(offices: Offices, tmp_path: Path) -> None:
    manifest = offices.manifest(sender=Sender("130532102", TOWN, offices.town.key_id))
    told = refusal(offices, offices.forge(tmp_path, offices.members(manifest)))
    assert told.reason is Reason.PACKAGE_FORGED


@pytest.mark.parametrize(
    "how",
    [
        {"comment": f"tjb/1 from={TOWN} seq=38 id={PACKAGE_ID}"},
        {"untrusted": "signature from minisign secret key"},
        {"signature": b"no signature"},
        {"signature": b""},
        {"sums": b"0" * 64 + b"  manifest.json\n"},
        {"sums": b""},
    ],
)
def test_signature_and_sums(how: dict[str, object], offices: Offices, tmp_path: Path) -> None:
    assert refusal(offices, offices.forge(tmp_path, offices.members(), **how)).reason is Reason.PACKAGE_FORGED


def test_a_signature_in_another_spelling(offices: Offices, tmp_path: Path) -> None:
    path = offices.forge(tmp_path, offices.members())
    sums = b"x"
    good = offices.town.sign(sums, "tjb package signature", "c")
    for bad in (good + b"\n", good.replace(b"\n", b"\r\n"), good + b" "):
        path = offices.forge(tmp_path, offices.members(), signature=bad)
        told = refusal(offices, path)
        assert (told.reason, told.details["at"]) == (Reason.PACKAGE_FORGED, "signature")


def test_a_member_other_than_the_signed_one(offices: Offices, tmp_path: Path) -> None:
    """A signed list kept, a member exchanged: what a thief of a package without the key could try."""

    def exchange(stream: bytes) -> bytes:
        good = pack(case_record(1).as_line() + b"\n")
        bad = pack(case_record(1, by="liar").as_line() + b"\n")
        name = archive.records_name(1)
        whole = archive.header(name, len(good)) + good + archive.padding(len(good))
        assert whole in stream
        return stream.replace(whole, archive.header(name, len(bad)) + bad + archive.padding(len(bad)))

    told = refusal(offices, offices.forge(tmp_path, offices.members(), edit=exchange))
    assert (told.reason, told.details["at"]) == (Reason.PACKAGE_FORGED, "sums")


def member(name: str, data: bytes = b"x") -> bytes:
    return archive.header(name, len(data)) + data + archive.padding(len(data))


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: s[:-1024] + member("../../evil") + s[-1024:],
        lambda s: s[:-1024] + member("blobs/" + "0" * 64) + s[-1024:],
        lambda s: s[:-1024] + member(archive.MANIFEST) + s[-1024:],
        lambda s: s[: s.index(b"SHA256SUMS")] + member("notes.txt") + s[s.index(b"SHA256SUMS") :],
        lambda s: s[: s.index(b"SHA256SUMS")] + member(archive.records_name(1)) + s[s.index(b"SHA256SUMS") :],
        lambda s: s[: s.index(b"SHA256SUMS")] + member(archive.records_name(3)) + s[s.index(b"SHA256SUMS") :],
        lambda s: s[: s.index(b"records/")] + member("blobs/" + "0" * 64) + s[s.index(b"records/") :],
        lambda s: s[: s.index(b"SHA256SUMS")] + s[-1024:],
        lambda s: s[:-1024],
        lambda s: s[:-512],
        lambda s: s + bytes(512),
        lambda s: s[:-1] + b"x",
        lambda s: s[: s.index(b"records/") - 1] + b"x" + s[s.index(b"records/") :],
        lambda s: s[:1024] + s[1024:].replace(b"0000600\0", b"0000644\0", 1),
        lambda s: s.replace(b"ustar\00000", b"ustar  \0", 2),
        lambda s: s[: s.index(b"records/")],
        lambda s: s[: s.index(b"records/") + 600],
    ],
)
def test_any_other_form_of_archive(edit: Callable[[bytes], bytes], offices: Offices, tmp_path: Path) -> None:
    told = refusal(offices, offices.forge(tmp_path, offices.members(), edit=edit))
    assert told.reason in {Reason.PACKAGE_FORGED, Reason.PACKAGE_FOREIGN}
    assert str(told.details["at"]).startswith("archive:")


def test_a_member_that_claims_to_be_huge(offices: Offices, tmp_path: Path) -> None:
    huge = archive.header(archive.records_name(1), archive.MAX_RECORDS + 1)
    plain = member(archive.MANIFEST, b"{}") + huge
    told = refusal(offices, offices.envelop(tmp_path, plain))
    assert (told.reason, told.details["at"]) == (Reason.PACKAGE_FORGED, "archive:size")


@pytest.mark.parametrize(
    ("packed", "why"),
    [
        (gzip.compress(bytes(64 << 20), mtime=0), "too_large"),
        (b"no gzip at all", "gzip"),
        (pack(b"x")[:-3], "gzip"),
        (pack(b"x\n") + pack(b"y\n"), "gzip"),
        (pack(b"x\n") + b"junk", "gzip"),
    ],
)
def test_bombs_and_broken_compression(packed: bytes, why: str, offices: Offices, tmp_path: Path) -> None:
    members = [offices.members()[0], (archive.records_name(1), packed)]
    told = refusal(offices, offices.forge(tmp_path, members))
    assert (told.reason, told.details["why"]) == (Reason.PACKAGE_DAMAGED, why)


def edited(**changes: object) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(case_record().as_line()) | changes) + b"\n"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (edited(h="0" * 64), "hash"),
        (edited(b={"number": "another"}), "hash"),
        (edited(h="0" * 63), "line"),
        (edited(owner="somebody"), "line"),
        (edited(owner=TOWN + "\n"), "line"),
        (edited(epoch=0), "line"),
        (edited(rev=-1), "line"),
        (edited(rev=1.5), "line"),
        (edited(parents="none"), "line"),
        (edited(parents=["x"]), "line"),
        (edited(id=""), "line"),
        (edited(id="../x"), "line"),
        (edited(t=""), "line"),
        (edited(at="noon"), "line"),
        (b"{}\n", "line"),
        (b"[]\n", "line"),
        (b"\n", "line"),
        (b"\xff\xfe\n", "line"),
        (case_record().as_line(), "line"),
        (b"[" * 100_000 + b"\n", "line"),
        (b'{"t":"case"}\n', "line"),
    ],
)
def test_bad_record_lines(lines: bytes, why: str, offices: Offices, tmp_path: Path) -> None:
    told = refusal(offices, offices.forge(tmp_path, offices.members(lines=lines)))
    assert (told.reason, told.details["why"]) == (Reason.PACKAGE_DAMAGED, why)
    assert str(told.details["at"]).startswith("records/000001.jsonl.gz")


def test_a_huge_line_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        list(split_lines(b"x" * ((4 << 20) + 1) + b"\n", "records"))
    assert caught.value.reason is Reason.PACKAGE_DAMAGED


def test_a_file_exchanged_between_the_passes(offices: Offices, tmp_path: Path) -> None:
    first = offices.send(tmp_path, [case_record(1)])
    got = inspect_package(first.path, offices.identities, offices.keyring, COUNTY)
    offices.send(tmp_path, [case_record(2)], stream=Stream(1, 37, 0, 6))
    with pytest.raises(Refused) as caught:
        list(read_records(first.path, offices.identities, got))
    assert (caught.value.reason, caught.value.details["why"]) == (Reason.PACKAGE_DAMAGED, "changed")


def test_no_refusal_carries_the_text_of_a_case(offices: Offices, tmp_path: Path) -> None:
    path = offices.forge(tmp_path, offices.members(lines=edited(b={"story": "槐树下"}, at=CREATED)))
    told = refusal(offices, path)
    assert "槐树" not in f"{told} {told.details}"
