"""The outer shell of a package: decrypts an age file as a stream and names what is wrong with it."""

import contextlib
import queue
import re
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import BinaryIO

import pyrage

from app.disk import Sink, Tally
from app.domain.errors import Reason, Refused
from app.domain.office.storage import refusal_of_system
from app.sync.archive import BLOCK

MAGIC = b"age-encryption.org/v1"
_MAX_HEADER = 64 << 10
_HEADER_END = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_NONCE = 16
_TAG = 16
_CHUNK = 64 << 10
_QUEUED = 16
_PIECE = 128 << 10
_PATIENCE = 0.2


class Envelope:
    """One pass over a package file; counts what came out, hashes what went in."""

    def __init__(self, path: Path, identities: Sequence[str]) -> None:
        self.path = path
        self._identities = [pyrage.x25519.Identity.from_str(text) for text in identities]
        self._read = Tally()
        self._delivered = 0
        self._read_failure: OSError | None = None

    @property
    def file_sha256(self) -> str:
        """The SHA-256 of the file, after a whole pass."""
        return self._read.sha256

    @property
    def size(self) -> int:
        """The bytes of the file, after a whole pass."""
        return self._read.size

    def pour(self, take: Callable[[bytes], None], missing: Callable[[], int]) -> None:
        """Decrypt all into `take`, whose exceptions pass through.

        `missing` tells how many bytes the inner form still needs, to tell a short file from a changed one.
        Refused PACKAGE_FOREIGN, PACKAGE_TRUNCATED, PACKAGE_DAMAGED, PACKAGE_NOT_FOR_US, NO_SUCH_PLACE ...
        """

        def taking(piece: bytes) -> None:
            self._delivered += len(piece)
            take(piece)

        try:
            with open(self.path, "rb") as file:
                self._refuse_other_files(file.read(len(MAGIC)))
                file.seek(0)
                pyrage.decrypt_io(
                    _Reading(file, self._read.add, self._note),
                    Sink(taking),
                    self._identities,
                )
        except pyrage.DecryptError as error:
            raise self._header_refusal(str(error)) from error
        except OSError as error:
            if error.errno is not None or self._read_failure is not None:
                raise refusal_of_system(self._read_failure or error, self.path) from error
            raise self._payload_refusal(missing()) from error

    def pieces(self) -> Generator[bytes, None, None]:
        """Decrypt as an iterator through a short queue: nothing plain on the disk, memory stays small."""
        passing: queue.Queue[bytes | BaseException | None] = queue.Queue(_QUEUED)
        stopped = threading.Event()

        def put(item: bytes | BaseException | None) -> None:
            while True:
                if stopped.is_set():
                    raise _Stopped
                with contextlib.suppress(queue.Full):
                    passing.put(item, timeout=_PATIENCE)
                    return

        def work() -> None:
            gathered = bytearray()

            def take(piece: bytes) -> None:
                gathered.extend(piece)
                if len(gathered) >= _PIECE:
                    put(bytes(gathered))
                    gathered.clear()

            outcome: BaseException | None = RuntimeError("unsealing ended early")
            with contextlib.suppress(_Stopped):
                try:
                    self.pour(take, lambda: 0)
                    put(bytes(gathered))
                    outcome = None
                except Refused as refusal:
                    outcome = refusal
                finally:
                    put(outcome)

        thread = threading.Thread(target=work, name="unseal", daemon=True)
        thread.start()
        try:
            while (item := passing.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()
            thread.join()

    def _note(self, error: OSError) -> None:
        self._read_failure = error

    def _refuse_other_files(self, start: bytes) -> None:
        if start == MAGIC:
            return
        cut = MAGIC.startswith(start)
        raise Refused(Reason.PACKAGE_TRUNCATED if cut else Reason.PACKAGE_FOREIGN, at="envelope")

    def _header_refusal(self, told: str) -> Refused:
        if self._payload_size() is None:
            return Refused(Reason.PACKAGE_TRUNCATED, at="header")
        if "No matching keys" in told:
            return Refused(Reason.PACKAGE_NOT_FOR_US, at="envelope")
        return Refused(Reason.PACKAGE_DAMAGED, at="header")

    def _payload_refusal(self, missing: int) -> Refused:
        """Age only says "does not decrypt"; the length, and where it failed, tell a cut from a change.

        Every package holds a whole number of archive blocks, so a file cut at a random place shows by its
        length. A cut that happens to leave a possible length is called damaged.
        """
        payload = self._payload_size() or 0
        last_chunk = max(0, payload - 1) // (_CHUNK + _TAG)
        left = payload - last_chunk * (_CHUNK + _TAG) - _TAG
        at_end = self._delivered // _CHUNK >= last_chunk
        odd = left <= 0 or left % BLOCK or left == _CHUNK
        if at_end and (odd or missing > left):
            return Refused(Reason.PACKAGE_TRUNCATED, at="payload")
        return Refused(Reason.PACKAGE_DAMAGED, at="payload")

    def _payload_size(self) -> int | None:
        """Bytes after header and nonce; None when the file ends before that."""
        with open(self.path, "rb") as file:
            found = _HEADER_END.search(file.read(_MAX_HEADER))
            size = file.seek(0, 2)
        if found is None:
            return None if size < _MAX_HEADER else 0
        payload = size - found.end() - _NONCE
        return payload if payload > 0 else None


class _Stopped(Exception):  # noqa: N818 - the reader has seen enough
    """The consumer of the pieces is gone."""


class _Reading:
    def __init__(
        self, file: BinaryIO, count: Callable[[bytes], None], note: Callable[[OSError], None]
    ) -> None:
        self._file = file
        self._count = count
        self._note = note

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._file.read(size)
        except OSError as error:
            self._note(error)
            raise
        self._count(piece)
        return piece
