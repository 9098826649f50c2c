"""Reads sealed packages in two passes: first everything is proved, then the records are handed out."""

import hashlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Reason, Refused
from app.domain.packages import Signer
from app.sync import archive
from app.sync.archive import ArchiveReader, Event, Finish, Start
from app.sync.envelope import Envelope
from app.sync.manifest import UNTRUSTED, Manifest, claimed_sender, read_manifest, receipt_code
from app.sync.node_keys import BadSignatureError, SignatureFile, key_id_of
from app.sync.pack import unpack
from app.sync.records import Record, split_lines

_START = 8
_KEPT = (archive.MANIFEST, archive.SUMS, archive.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A package that is whole, from a known sender, for us, and readable by this program.

    `sums` maps each member to its proved SHA-256; `manifest_text` keeps what a newer program added; `starts`
    are the first bytes of each attachment by its SHA-256, enough to see what kind of file it is.
    """

    manifest: Manifest
    manifest_text: bytes
    signer: Signer
    sums_sha256: str
    sums: Mapping[str, str]
    starts: Mapping[str, bytes]
    file_sha256: str
    size: int

    @property
    def receipt(self) -> str:
        """The code to compare with the sender's screen."""
        return receipt_code(self.sums_sha256)


def inspect_package(path: Path, identities: Sequence[str], keyring: Sequence[Signer], us: str) -> Inspected:
    """Pass 1: decrypt, hash, prove the signature, then read the manifest. Nothing is written anywhere.

    `identities` are our age secrets, `keyring` the nodes we know, `us` our node name. Refused with
    PACKAGE_FOREIGN (no package), PACKAGE_TRUNCATED, PACKAGE_DAMAGED, PACKAGE_FORGED (a signature or a
    form that only a hand makes), PACKAGE_UNKNOWN_SENDER (sender=), PACKAGE_NEWER, PACKAGE_NOT_FOR_US.
    """
    envelope = Envelope(path, identities)
    reader = ArchiveReader()
    seen = _Seen()

    def take(piece: bytes) -> None:
        for event in reader.feed(piece):
            seen.add(event)

    envelope.pour(take, lambda: reader.missing)
    reader.close()
    sums = seen.kept[archive.SUMS]
    signer, signature = _proved_signer(bytes(sums), bytes(seen.kept[archive.SIGNATURE]), keyring)
    listed = "".join(f"{digest}  {name}\n" for name, digest in seen.sums.items())
    if listed.encode("ascii") != bytes(sums):
        raise Refused(Reason.PACKAGE_FORGED, at="sums")
    text = bytes(seen.kept[archive.MANIFEST])
    manifest = read_manifest(text)
    _compare_sender(manifest, signer, signature)
    if us not in manifest.to:
        raise Refused(Reason.PACKAGE_NOT_FOR_US, at="addressee")
    if sum(name.startswith("blobs/") for name in seen.sums) != manifest.counts.blobs:
        raise Refused(Reason.PACKAGE_DAMAGED, at="counts")
    digest = hashlib.sha256(sums).hexdigest()
    starts = {name.removeprefix("blobs/"): bytes(start) for name, start in seen.starts.items()}
    return Inspected(manifest, text, signer, digest, seen.sums, starts, envelope.file_sha256, envelope.size)


def read_records(path: Path, identities: Sequence[str], inspected: Inspected) -> Iterator[Record]:
    """Pass 2: the records of an inspected package, every member hashed again before it is unpacked.

    Refused PACKAGE_DAMAGED (at=) when signed content is itself wrong, or the file changed meanwhile.
    """
    cases = notes = 0
    for name, data in _members(path, identities, inspected, "records/"):
        for record in split_lines(unpack(b"".join(data), name), name):
            cases += record.kind == "case"
            notes += record.kind == "note"
            yield record
    counts = inspected.manifest.counts
    if (cases, notes) != (counts.cases, counts.notes):
        raise Refused(Reason.PACKAGE_DAMAGED, at="counts")


def read_blobs(
    path: Path, identities: Sequence[str], inspected: Inspected
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Pass 2: the attachments by SHA-256, each as pieces; take all pieces of one before the next.

    The last piece of an attachment comes only after its hash is proved: whoever writes it to a temporary
    file and renames it at the end never keeps a wrong one.
    """
    for name, data in _members(path, identities, inspected, "blobs/"):
        yield name.removeprefix("blobs/"), data


class _Seen:
    """Hashes every member and keeps the three that decide whether the rest is looked at."""

    def __init__(self) -> None:
        self.sums: dict[str, str] = {}
        self.kept: dict[str, bytearray] = {}
        self.starts: dict[str, bytearray] = {}
        self._name = ""
        self._digest = hashlib.sha256()

    def add(self, event: Event) -> None:
        if isinstance(event, Start):
            self._name = event.name
            self._digest = hashlib.sha256()
            if event.name in _KEPT:
                self.kept[event.name] = bytearray()
            elif event.name.startswith("blobs/"):
                self.starts[event.name] = bytearray()
        elif isinstance(event, Finish):
            if not event.name.startswith(archive.SUMS):
                self.sums[event.name] = self._digest.hexdigest()
        else:
            self._digest.update(event)
            if self._name in self.kept:
                self.kept[self._name] += event
            elif self._name in self.starts:
                start = self.starts[self._name]
                start += event[: _START - len(start)]


def _proved_signer(sums: bytes, signature: bytes, keyring: Sequence[Signer]) -> tuple[Signer, SignatureFile]:
    try:
        read = SignatureFile.read(signature)
        if read.untrusted != UNTRUSTED:
            raise BadSignatureError("form")
        known = [signer for signer in keyring if key_id_of(signer.sign_key) == read.key_id]
        if not known:
            raise Refused(Reason.PACKAGE_UNKNOWN_SENDER, sender=claimed_sender(read.trusted))
        read.prove(known[0].sign_key, sums)
    except BadSignatureError as error:
        raise Refused(Reason.PACKAGE_FORGED, at="signature") from error
    return known[0], read


def _compare_sender(manifest: Manifest, signer: Signer, signature: SignatureFile) -> None:
    sender = manifest.sender
    if sender.node != signer.node or sender.key != signature.key_id:
        raise Refused(Reason.PACKAGE_FORGED, at="sender")
    if not sender.node.startswith(f"{sender.org}-"):
        raise Refused(Reason.PACKAGE_FORGED, at="sender")
    if signature.trusted != manifest.trusted_comment:
        raise Refused(Reason.PACKAGE_FORGED, at="comment")
    if not signer.valid_for(manifest.stream.seq):
        raise Refused(Reason.PACKAGE_UNKNOWN_SENDER, sender=sender.node)


def _members(
    path: Path, identities: Sequence[str], inspected: Inspected, kind: str
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The members whose name begins with `kind`, each proved against the sums of the first pass."""
    events = _events(path, identities)
    try:
        for event in events:
            if not isinstance(event, Start) or event.name == archive.MANIFEST:
                continue
            if event.name.startswith(kind):
                data = _proved(events, event.name, inspected)
                yield event.name, data
                for _ in data:  # what the consumer left must still be proved
                    continue
            elif kind == "records/" or event.name == archive.SUMS:
                return
    finally:
        events.close()


def _events(path: Path, identities: Sequence[str]) -> Generator[Event, None, None]:
    reader = ArchiveReader()
    pieces = Envelope(path, identities).pieces()
    try:
        for piece in pieces:
            yield from reader.feed(piece)
    finally:
        pieces.close()


def _proved(events: Iterator[Event], name: str, inspected: Inspected) -> Iterator[bytes]:
    """The data of the member that just began, its last piece held back until the hash is right."""
    digest = hashlib.sha256()
    held = b""
    for event in events:
        if isinstance(event, bytes):
            digest.update(event)
            if held:
                yield held
            held = event
        else:
            break
    if inspected.sums.get(name) != digest.hexdigest():
        raise Refused(Reason.PACKAGE_DAMAGED, at=name, why="changed")
    if held:
        yield held
