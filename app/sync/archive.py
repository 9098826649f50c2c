"""The inner container of a package: a ustar stream of which exactly one form is accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.errors import Reason, Refused

BLOCK = 512
END = bytes(2 * BLOCK)
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
MAX_MANIFEST = 1 << 20
MAX_LINE = 4 << 20
RECORDS_SIZE = 4 << 20
MAX_RECORDS_PLAIN = RECORDS_SIZE + MAX_LINE
MAX_RECORDS = MAX_RECORDS_PLAIN + (64 << 10)
MAX_BLOB = 512 << 20
MAX_SUMS = 64 << 20
MAX_SIGNATURE = 4 << 10
MAX_MEMBERS = 400_000
MAX_TOTAL = 8 << 30
_NAME = re.compile(rb"(manifest\.json|records/\d{6}\.jsonl\.gz|blobs/[0-9a-f]{64}|SHA256SUMS(\.minisig)?)")
_NAME_FIELD = 100
_SIZE_FIELD = slice(124, 136)


@dataclass(frozen=True, slots=True)
class Start:
    """A member begins."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Finish:
    """The member that began last is complete."""

    name: str


Event = Start | bytes | Finish


def records_name(number: int) -> str:
    """The name of the n-th member of record lines, counted from 1."""
    return f"records/{number:06d}.jsonl.gz"


def blob_name(sha256: str) -> str:
    """The name of the member that holds an attachment."""
    return f"blobs/{sha256}"


def header(name: str, size: int) -> bytes:
    """The only 512 bytes that may announce a member of this name and size."""
    block = bytearray(BLOCK)
    block[0 : len(name)] = name.encode("ascii")
    block[100:108] = b"0000600\0"
    block[108:116] = block[116:124] = b"0000000\0"
    block[124:136] = b"%011o\0" % size
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = b"0"
    block[257:265] = b"ustar\00000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padding(size: int) -> bytes:
    """The zeros that fill a member's last block."""
    return bytes(-size % BLOCK)


def _largest(name: str) -> int:
    if name.startswith("blobs/"):
        return MAX_BLOB
    if name.startswith("records/"):
        return MAX_RECORDS
    return {MANIFEST: MAX_MANIFEST, SUMS: MAX_SUMS, SIGNATURE: MAX_SIGNATURE}[name]


class ArchiveReader:
    """Takes a decrypted stream piece by piece and tells its members; refuses anything but the one form.

    A stream that does not even begin like a package is PACKAGE_FOREIGN; one that begins so and then
    departs from the form was made by hand inside an intact envelope: PACKAGE_FORGED.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._name = ""
        self._left = 0
        self._padding = 0
        self._last = ""
        self._names: set[str] = set()
        self._total = 0
        self._zeros = 0

    @property
    def missing(self) -> int:
        """Bytes that must still come at least."""
        if self._zeros == len(END):
            return 0
        return self._left + self._padding + BLOCK

    def feed(self, piece: bytes) -> Iterator[Event]:
        """The events of the next piece, in order; consume all of them before feeding more."""
        self._total += len(piece)
        if self._total > MAX_TOTAL:
            raise self._forged("size")
        self._buffer += piece
        while self._buffer:
            if self._last == SIGNATURE and not self._name and not self._padding:
                self._take_end()
                return
            if not self._name and not self._padding:
                if len(self._buffer) < BLOCK:
                    return
                yield self._take_header()
                if not self._left:
                    yield self._finish()
            elif self._name:
                data = bytes(self._buffer[: self._left])
                del self._buffer[: self._left]
                self._left -= len(data)
                yield data
                if not self._left:
                    yield self._finish()
            else:
                self._take_padding()

    def close(self) -> None:
        """The stream has ended: refuse when it ended early."""
        if not self._last and not self._name:
            raise Refused(Reason.PACKAGE_FOREIGN, at="archive")
        if self._zeros != len(END):
            raise self._forged("end")

    def _take_header(self) -> Start:
        block = bytes(self._buffer[:BLOCK])
        del self._buffer[:BLOCK]
        raw = block[:_NAME_FIELD].rstrip(b"\0")
        digits = block[_SIZE_FIELD][:-1]
        if not _NAME.fullmatch(raw) or not re.fullmatch(rb"[0-7]{11}", digits):
            raise self._forged("header")
        name, size = raw.decode("ascii"), int(digits, 8)
        if header(name, size) != block:
            raise self._forged("header")
        if size > _largest(name):
            raise self._forged("size")
        if not self._may_follow(name) or len(self._names) >= MAX_MEMBERS:
            raise self._forged("order")
        self._names.add(name)
        self._name, self._left, self._padding = name, size, -size % BLOCK
        return Start(name, size)

    def _may_follow(self, name: str) -> bool:
        last = self._last
        in_content = last == MANIFEST or last.startswith(("records/", "blobs/"))
        if name in self._names:
            return False
        if name == MANIFEST:
            return not last
        if name.startswith("records/"):
            number = 1 if last == MANIFEST else int(last[8:14]) + 1 if last.startswith("records/") else 0
            return bool(number) and name == records_name(number)
        if name == SIGNATURE:
            return last == SUMS
        return in_content

    def _finish(self) -> Finish:
        self._last, self._name = self._name, ""
        return Finish(self._last)

    def _take_padding(self) -> None:
        zeros = self._buffer[: self._padding]
        del self._buffer[: self._padding]
        if any(zeros):
            raise self._forged("padding")
        self._padding -= len(zeros)

    def _take_end(self) -> None:
        self._zeros += len(self._buffer)
        if any(self._buffer) or self._zeros > len(END):
            raise self._forged("end")
        self._buffer.clear()

    def _forged(self, at: str) -> Refused:
        foreign = not self._last and not self._name
        return Refused(Reason.PACKAGE_FOREIGN if foreign else Reason.PACKAGE_FORGED, at=f"archive:{at}")
