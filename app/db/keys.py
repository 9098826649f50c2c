"""Key slots: one random data key of the data file, wrapped once per user and once for recovery.

The sign-in window reads the slots before it is painted; ciphers are loaded by the functions that use them.
"""

import base64
import binascii
import contextlib
import json
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from app.disk import sync_folder
from app.domain.errors import Reason, Refused

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MAX_FILE = 1 << 20
_MAX_SLOTS = 1000


def key_slots_path(data_file: Path) -> Path:
    """Where the slots of `data_file` lie: beside it, named after it, so that two files can share a folder."""
    return data_file.with_name(f"{data_file.stem}.keyslots.json")


def recovery_path(data_file: Path) -> Path:
    """Where the recovery copy of the data key of `data_file` lies."""
    return data_file.with_name(f"{data_file.stem}.recovery.age")


def write_safely(path: Path, data: bytes) -> None:
    """Replace `path` by `data` so that a crash leaves the old or the new text, never half of one.

    OSError as the disk gives it; nothing new is left behind then.
    """
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs (Argon2id, RFC 9106 second choice by default)."""

    iterations: int = 3
    lanes: int = 4
    memory_cost: int = 64 * 1024  # KiB

    def bearable(self) -> bool:
        """Whether this machine should try it: a forged slot must neither be free to guess nor eat the RAM."""
        return (
            1 <= self.iterations <= 16
            and 1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory_cost <= 1024 * 1024
        )


@dataclass(frozen=True, slots=True)
class KeySlot:
    """The data key wrapped for one user; `login` is the account code shown on the sign-in screen."""

    user_id: str
    login: str
    database_id: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def bound_text(self) -> bytes:
        """Everything the seal of the slot vouches for besides the key itself."""
        return _canonical(
            {
                "v": 1,
                "user": self.user_id,
                "login": self.login,
                "db": self.database_id,
                "kdf": "argon2id",
                "iterations": self.cost.iterations,
                "lanes": self.cost.lanes,
                "memory_cost": self.cost.memory_cost,
            }
        )

    def as_json(self) -> dict[str, Any]:
        """The slot as it is written to the file."""
        written: dict[str, Any] = json.loads(self.bound_text())
        for name, value in (("salt", self.salt), ("nonce", self.nonce), ("ct", self.wrapped)):
            written[name] = base64.b64encode(value).decode("ascii")
        return written

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Self:
        """Read one slot; ValueError, KeyError or TypeError when it is not one."""
        if written["v"] != 1 or written["kdf"] != "argon2id":
            raise ValueError("slot version")
        texts = [written[name] for name in ("user", "login", "db")]
        numbers = [written[name] for name in ("iterations", "lanes", "memory_cost")]
        if any(type(text) is not str for text in texts) or any(type(number) is not int for number in numbers):
            raise TypeError("slot field")
        salt, nonce, wrapped = (base64.b64decode(written[n], validate=True) for n in ("salt", "nonce", "ct"))
        if (len(salt), len(nonce), len(wrapped)) != (_SALT_BYTES, _NONCE_BYTES, KEY_BYTES + 16):
            raise ValueError("slot length")
        return cls(texts[0], texts[1], texts[2], Cost(*numbers), salt, nonce, wrapped)


@dataclass(frozen=True, slots=True)
class KeySlots:
    """All slots of one data file, as the sign-in screen reads them before anything is unlocked."""

    slots: tuple[KeySlot, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the slot file.

        Refused NO_SUCH_PLACE (the file is missing: without it only the recovery sheet opens the data) or
        DAMAGED_DATA (it is not a slot file).
        """
        try:
            with path.open("rb") as file:
                text = file.read(_MAX_FILE + 1)
        except FileNotFoundError as error:
            raise Refused(Reason.NO_SUCH_PLACE, path=path) from error
        try:
            if len(text) > _MAX_FILE:
                raise ValueError("slot file too long")
            written = json.loads(text)
            if type(written) is not list or len(written) > _MAX_SLOTS:
                raise TypeError("slot list")
            return cls(tuple(KeySlot.from_json(one) for one in written))
        except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
            raise Refused(Reason.DAMAGED_DATA, path=path, at="keyslots") from error

    def save(self, path: Path) -> None:
        """Write the slot file whole or not at all; OSError as the disk gives it."""
        lines = ",\n".join(
            json.dumps(slot.as_json(), ensure_ascii=False, sort_keys=True) for slot in self.slots
        )
        write_safely(path, f"[{lines}]\n".encode())

    @property
    def logins(self) -> tuple[str, ...]:
        """The account codes to offer on the sign-in screen, in their stored order."""
        return tuple(slot.login for slot in self.slots)

    @property
    def database_ids(self) -> frozenset[str]:
        """The data file the slots belong to; more than one only when somebody mixed slot files."""
        return frozenset(slot.database_id for slot in self.slots)

    def of(self, login: str) -> KeySlot | None:
        """The slot of an account code, however it is typed (width and capitals do not matter)."""
        wanted = folded_login(login)
        return next((slot for slot in self.slots if folded_login(slot.login) == wanted), None)

    def with_slot(self, slot: KeySlot) -> Self:
        """Add a slot, in the place of an older one of the same user or the same account code."""
        kept = []
        placed = False
        for old in self.slots:
            if old.user_id != slot.user_id and folded_login(old.login) != folded_login(slot.login):
                kept.append(old)
            elif not placed:
                kept.append(slot)
                placed = True
        if not placed:
            kept.append(slot)
        return replace(self, slots=tuple(kept))

    def without_user(self, user_id: str) -> Self:
        """Take a user's slot away: the passphrase opens nothing from now on."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.user_id != user_id))


STANDARD_COST = Cost()


def new_data_key() -> bytes:
    """A fresh random key for a data file."""
    return os.urandom(KEY_BYTES)


def new_slot(
    data_key: bytes,
    user_id: str,
    login: str,
    passphrase: str,
    database_id: str = "",
    cost: Cost = STANDARD_COST,
) -> KeySlot:
    """Wrap the data key for one user; also the way to change or reset a passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(data_key) != KEY_BYTES:
        raise ValueError("data key length")
    blank = KeySlot(
        user_id,
        login,
        database_id,
        cost,
        os.urandom(_SALT_BYTES),
        os.urandom(_NONCE_BYTES),
        b"",
    )
    sealed = AESGCM(_derive(blank, passphrase)).encrypt(blank.nonce, data_key, blank.bound_text())
    return replace(blank, wrapped=sealed)


def open_slot(slots: KeySlots, login: str, passphrase: str) -> bytes | None:
    """The data key, or None when account code and passphrase do not open a slot.

    0.2 s of work, for an account that is not there as well.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = slots.of(login)
    tried = slot or next(iter(slots.slots), None)
    if tried is None or not tried.cost.bearable():
        return None
    if slot is None:
        _derive(tried, passphrase)
        return None
    try:
        return AESGCM(_derive(slot, passphrase)).decrypt(slot.nonce, slot.wrapped, slot.bound_text())
    except InvalidTag:
        return None


def make_recovery_identity() -> tuple[str, str]:
    """A new pair in age X25519 text: the secret for the printed sheet, the recipient for the data file."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def seal_recovery(data_key: bytes, recipients: Sequence[str]) -> bytes:
    """The recovery file: the data key for whoever holds one of the recovery secrets (opens with `age -d`).

    Refused CARD_DAMAGED when a recipient is no age recipient.
    """
    import pyrage

    if len(data_key) != KEY_BYTES:
        raise ValueError("data key length")
    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
        sealed: bytes = pyrage.encrypt(data_key, keys)
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise Refused(Reason.CARD_DAMAGED) from error
    return sealed


def open_recovery(sealed: bytes, secret: str) -> bytes | None:
    """The data key from a recovery file, or None when the secret is another one or the file is damaged."""
    import pyrage

    try:
        identity = pyrage.x25519.Identity.from_str("".join(secret.split()).upper())
        key: bytes = pyrage.decrypt(sealed, [identity])
    except (pyrage.IdentityError, pyrage.DecryptError, OSError, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _derive(slot: KeySlot, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    kdf = Argon2id(
        salt=slot.salt,
        length=KEY_BYTES,
        iterations=slot.cost.iterations,
        lanes=slot.cost.lanes,
        memory_cost=slot.cost.memory_cost,
    )
    return kdf.derive(typed)


def folded_login(login: str) -> str:
    """An account code in the one spelling by which codes are compared."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
