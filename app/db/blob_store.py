"""Attachments beside the data file: one age file each, under a name that reveals nothing."""

import contextlib
import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pyrage

from app.disk import Sink, Tally, encrypt, sync_folder
from app.domain.errors import Reason, Refused
from app.domain.office.storage import refusal_of_system, told_of

SUFFIX = ".age"
PART = ".part"
PIECE = 128 << 10
KEYS_SETTING = "attachment_store"
"""The setting with the secrets of the store; no choice of the office, and so none of its SettingKeys."""
_NAME_KEY_BYTES = 32
_CLOCKS_APART = 5.0  # seconds: some disks keep the time of a file to two
_LOADED = time.time() - _CLOCKS_APART  # an unfinished file of this program is younger


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """The secrets of a store; they live inside the encrypted data file only."""

    identity: str = field(repr=False)
    name_key: str = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """New secrets, when the first attachment comes."""
        return cls(str(pyrage.x25519.Identity.generate()), secrets.token_hex(_NAME_KEY_BYTES))

    def as_value(self) -> dict[str, str]:
        """The secrets as a setting of the data file."""
        return {"identity": self.identity, "name_key": self.name_key}

    @classmethod
    def from_value(cls, value: Any) -> Self:
        """The secrets from `as_value`."""
        return cls(value["identity"], value["name_key"])


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: the SHA-256 of its bytes, and how many they are."""

    sha256: str
    size: int


def store_folder(data_file: Path) -> Path:
    """Where the attachments of a data file lie."""
    return data_file.with_name(f"{data_file.stem}.files")


class BlobStore:
    """Keeps bytes by their digest, encrypted; nothing plain ever touches the disk.

    A file is written whole under a temporary name and then renamed: a killed program or a full disk leaves
    what was there. Every reading proves the digest.
    """

    def __init__(self, folder: Path, keys: StoreKeys) -> None:
        self.folder = folder
        self.identity = keys.identity
        self._identity = pyrage.x25519.Identity.from_str(keys.identity)
        self._name_key = bytes.fromhex(keys.name_key)

    def name_of(self, sha256: str) -> str:
        """The file of these bytes: without the key nobody can tell whether a known scan is kept here."""
        return hmac.new(self._name_key, sha256.encode("ascii"), hashlib.sha256).hexdigest() + SUFFIX

    def path_of(self, sha256: str) -> Path:
        """Where the bytes with this digest lie, or would."""
        return self.folder / self.name_of(sha256)

    def has(self, sha256: str) -> bool:
        """Whether there is a file for these bytes; whether it is sound only reading shows."""
        return self.path_of(sha256).is_file()

    def put(self, pieces: Iterable[bytes]) -> Stored:
        """Store a stream of bytes; what failed to come (an exception of `pieces`) passes through.

        Bytes that are here already are written anew, which heals a damaged file. Refused DISK_FULL,
        READ_ONLY_PLACE, NO_SUCH_PLACE, STORAGE; nothing is left behind then.
        """
        part = self.folder / f"{secrets.token_hex(8)}{PART}"
        tally = Tally()
        with told_of(self.folder):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            try:
                self._write(part, tally.through(pieces))
                stored = Stored(tally.sha256, tally.size)
                os.replace(part, self.path_of(stored.sha256))
                sync_folder(self.folder)
            finally:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
        return stored

    def pour(self, sha256: str, take: Callable[[bytes], object]) -> None:
        """Decrypt into `take` piece by piece; what was taken counts only once this returns.

        Refused DAMAGED_DATA when the file is not there (missing=True), does not decrypt or is not what its
        digest says; `take`'s own exceptions pass through.
        """
        path = self.path_of(sha256)
        tally = Tally()

        def taking(piece: bytes) -> None:
            tally.add(piece)
            take(piece)

        sink = Sink(taking)
        try:
            with open(path, "rb") as file:
                pyrage.decrypt_io(file, sink, [self._identity])
        except FileNotFoundError as error:
            raise Refused(Reason.DAMAGED_DATA, path=path, missing=True) from error
        except (pyrage.DecryptError, OSError) as error:
            if sink.failure is not None:
                raise sink.failure from error
            if isinstance(error, OSError) and error.errno is not None:
                raise refusal_of_system(error, path) from error
            raise Refused(Reason.DAMAGED_DATA, path=path) from error
        if tally.sha256 != sha256:
            raise Refused(Reason.DAMAGED_DATA, path=path)

    def read(self, sha256: str) -> bytes:
        """The proved bytes; refused as `pour`."""
        gathered = bytearray()
        self.pour(sha256, gathered.extend)
        return bytes(gathered)

    def proves(self, sha256: str) -> bool:
        """Whether the bytes are here and sound."""
        try:
            self.pour(sha256, lambda _: None)
        except Refused as refused:
            if refused.reason is not Reason.DAMAGED_DATA:
                raise
            return False
        return True

    def proves_file(self, path: Path) -> bool:
        """Whether a file under a name of this store, wherever it lies, is sound and what its name says."""
        tally = Tally()
        try:
            with open(path, "rb") as file:
                pyrage.decrypt_io(file, Sink(tally.add), [self._identity])
        except pyrage.DecryptError:
            return False
        except OSError as error:
            if error.errno is not None:
                raise
            return False
        return self.name_of(tally.sha256) == path.name

    def remove(self, sha256: str) -> None:
        """Take the file of these bytes away for good."""
        with told_of(self.folder):
            self.path_of(sha256).unlink(missing_ok=True)

    def sweep(self, keep: Collection[str], before: float) -> int:
        """Remove what no digest in `keep` names, if it is older than `before` (seconds since the epoch).

        Unfinished files go if they are older than this program: another thread may be writing one. Files that
        are none of ours, and those that cannot be removed, stay. Returns how many are gone.
        """
        if not self.folder.is_dir():
            return 0
        kept = {self.name_of(sha256) for sha256 in keep}
        gone = 0
        for path in list(self.folder.iterdir()):
            stray = path.suffix == SUFFIX and path.name not in kept
            limit = _LOADED if path.suffix == PART else before
            with contextlib.suppress(OSError):
                if (stray or path.suffix == PART) and path.stat().st_mtime < limit:
                    path.unlink()
                    gone += 1
        return gone

    def _write(self, part: Path, pieces: Iterable[bytes]) -> None:
        with open(part, "xb") as file:
            os.chmod(part, 0o600)
            encrypt(pieces, file.write, [self._identity.to_public()])
            file.flush()
            os.fsync(file.fileno())
