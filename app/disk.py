"""Writing so that it lasts and nobody reads it: streams under age, and renames that survive a power cut."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyrage

Take = Callable[[bytes], object]


class Tally:
    """Digest and number of the bytes that passed."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The digest so far, in hexadecimal."""
        return self._sha256.hexdigest()

    def add(self, piece: bytes) -> None:
        """Count these bytes too."""
        self._sha256.update(piece)
        self.size += len(piece)

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces, each counted as it passes."""
        for piece in pieces:
            self.add(piece)
            yield piece


class Sink:
    """A writable over a function; keeps the first failure, which age would disguise."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Give the bytes away."""
        try:
            self._take(bytes(data))
        except BaseException as error:
            self.failure = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def encrypt(pieces: Iterable[bytes], take: Take, receivers: Sequence[object]) -> None:
    """Encrypt a stream to age `receivers` and give it to `take`; what either raises passes through.

    pyrage.EncryptError or OSError when age itself fails.
    """
    source, sink = _Source(iter(pieces)), Sink(take)
    try:
        pyrage.encrypt_io(source, sink, receivers)
    except (pyrage.EncryptError, OSError) as error:
        raise source.failure or sink.failure or error from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows does this with the rename itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Source:
    """A readable over pieces; keeps the first failure, as Sink."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.failure = error
            raise
        piece = bytes(self._rest[:size] if size >= 0 else self._rest)
        self._rest = self._rest[len(piece) :]
        return piece
