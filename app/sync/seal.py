"""Writes sealed packages: one signed and encrypted file, streamed, never half visible."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage

from app.disk import Tally, encrypt, sync_folder
from app.domain.errors import Reason, Refused
from app.domain.office.storage import refusal_of_system
from app.domain.progress import Progress, Silent
from app.sync import archive
from app.sync.manifest import UNTRUSTED, Manifest, write_manifest
from app.sync.node_keys import NodeKeys
from app.sync.pack import pack
from app.sync.records import Record, join_lines

_PIECE = 64 << 10
_NOTE_KINDS = {"note"}


@dataclass(frozen=True, slots=True)
class Streamed:
    """An attachment that comes in pieces: how many bytes, and a function that begins to give them."""

    size: int
    pieces: Callable[[], Iterator[bytes]]


Blob = bytes | Path | Streamed


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a package; `blobs` are attachments by the SHA-256 of their bytes.

    `records` and `blobs` are consumed once, in order; `manifest.counts` must tell their numbers.
    """

    manifest: Manifest
    records: Iterable[Record]
    blobs: Iterable[tuple[str, Blob]] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished package file; `sums_sha256` names its content, `file_sha256` its bytes."""

    path: Path
    sums_sha256: str
    file_sha256: str
    size: int


def write_package(
    target: Path,
    content: Content,
    keys: NodeKeys,
    recipients: Sequence[str],
    progress: Progress | None = None,
) -> Sealed:
    """Sign with `keys`, encrypt to `recipients` (age), and publish as `target` once it reads back whole.

    `progress` counts records and attachments; stopping it leaves nothing. Refused DISK_FULL,
    READ_ONLY_PLACE, NO_SUCH_PLACE, IN_USE or STORAGE for the disk, DAMAGED_DATA (at=) when an attachment
    is not what its hash says, CARD_DAMAGED for a bad recipient. ValueError when the manifest does not fit
    the keys or the content.
    """
    if content.manifest.sender.key != keys.key_id:
        raise ValueError("manifest of another key")
    members = _Members(content, keys, progress or Silent())
    tally = Tally()
    part = target.with_name(target.name + ".part")
    try:
        receivers = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError as error:
        raise Refused(Reason.CARD_DAMAGED) from error
    with _removed_on_failure(part, target):
        with open(part, "wb") as file:

            def write(piece: bytes) -> None:
                file.write(piece)
                tally.add(piece)

            encrypt(members.stream(), write, receivers)
            file.flush()
            os.fsync(file.fileno())
        _publish(part, target, tally.sha256)
    return Sealed(target, members.sums_sha256, tally.sha256, tally.size)


def copy_package(source: Path, target: Path, file_sha256: str, progress: Progress | None = None) -> None:
    """Copy a finished package to a stick or folder and read it back; refused as `write_package`.

    Refused DAMAGED_DATA when `source` no longer has the hash it was sealed with.
    """
    watch = progress or Silent()
    part = target.with_name(target.name + ".part")
    digest = hashlib.sha256()
    with _removed_on_failure(part, target):
        with open(source, "rb") as original, open(part, "wb") as file:
            total = os.fstat(original.fileno()).st_size
            while piece := original.read(_PIECE):
                digest.update(piece)
                file.write(piece)
                watch.step(original.tell(), total)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != file_sha256:
            raise Refused(Reason.DAMAGED_DATA, path=source, at=source.name)
        _publish(part, target, file_sha256)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, for comparing an outbox file after a crash with what was committed."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Members:
    """Yields the archive of a package piece by piece, hashing on the way."""

    def __init__(self, content: Content, keys: NodeKeys, progress: Progress) -> None:
        self._content = content
        self._keys = keys
        self._progress = progress
        counts = content.manifest.counts
        self._total = counts.cases + counts.notes + counts.blobs
        self._done = 0
        self._sums: list[str] = []
        self._cases = self._notes = self._blobs = 0
        self.sums_sha256 = ""

    def stream(self) -> Iterator[bytes]:
        yield from self._whole(archive.MANIFEST, write_manifest(self._content.manifest))
        yield from self._record_members()
        for sha256, blob in self._content.blobs:
            yield from self._blob_member(sha256, blob)
        self._compare_counts()
        sums = "".join(self._sums).encode("ascii")
        self.sums_sha256 = hashlib.sha256(sums).hexdigest()
        signature = self._keys.sign(sums, UNTRUSTED, self._content.manifest.trusted_comment)
        yield from self._whole(archive.SUMS, sums)
        yield from self._whole(archive.SIGNATURE, signature)
        yield archive.END

    def _record_members(self) -> Iterator[bytes]:
        groups = join_lines(self._content.records, archive.RECORDS_SIZE)
        for number, (text, inside) in enumerate(groups, start=1):
            self._cases += sum(record.kind == "case" for record in inside)
            self._notes += sum(record.kind in _NOTE_KINDS for record in inside)
            yield from self._whole(archive.records_name(number), pack(text))
            self._step(len(inside))

    def _blob_member(self, sha256: str, blob: Blob) -> Iterator[bytes]:
        self._blobs += 1
        name = archive.blob_name(sha256)
        tally = Tally()
        with contextlib.ExitStack() as stack:
            if isinstance(blob, bytes):
                size, pieces = len(blob), iter((blob,))
            elif isinstance(blob, Streamed):
                size, pieces = blob.size, blob.pieces()
            else:
                file = stack.enter_context(open(blob, "rb"))
                size, pieces = os.fstat(file.fileno()).st_size, iter(lambda: file.read(_PIECE), b"")
            if size > archive.MAX_BLOB:
                raise ValueError("attachment too large")
            yield archive.header(name, size)
            yield from tally.through(pieces)
        if (tally.sha256, tally.size) != (sha256, size):
            raise Refused(Reason.DAMAGED_DATA, at=name)
        self._sums.append(f"{sha256}  {name}\n")
        yield archive.padding(size)
        self._step(1)

    def _whole(self, name: str, data: bytes) -> Iterator[bytes]:
        if not name.startswith(archive.SUMS):
            self._sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        yield archive.header(name, len(data))
        yield data
        yield archive.padding(len(data))

    def _step(self, more: int) -> None:
        self._done += more
        self._progress.step(min(self._done, self._total), self._total)

    def _compare_counts(self) -> None:
        counts = self._content.manifest.counts
        if (counts.cases, counts.notes, counts.blobs) != (self._cases, self._notes, self._blobs):
            raise ValueError("manifest counts")


@contextlib.contextmanager
def _removed_on_failure(part: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refusal_of_system(error, target) from error
    finally:
        _quietly(part.unlink)


def _publish(part: Path, target: Path, expected: str) -> None:
    """Rename into place and read back: a failing stick shows itself here, not at the county."""
    os.replace(part, target)
    sync_folder(target.parent)
    if file_sha256(target) != expected:
        _quietly(target.unlink)
        raise Refused(Reason.STORAGE, what="read_back", path=target)


def _quietly(action: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        action()
