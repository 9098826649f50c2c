"""The keys of one installation: a minisign pair to sign with, an age pair to be written to."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Self

import minisign
import pyrage
from minisign.exceptions import Error as MinisignError

_ALGORITHM_LENGTH = 2
_KEY_ID_LENGTH = 8


class BadSignatureError(Exception):
    """A signature that is malformed, not in the one canonical form, or not by the key over the text."""


@dataclass(frozen=True, slots=True, repr=False)
class NodeKeys:
    """Both secrets of a node as text; they live inside the encrypted data file only."""

    sign_secret: str
    age_identity: str

    @classmethod
    def generate(cls) -> Self:
        """New keys, at the first start of an office."""
        pair = minisign.KeyPair.generate()
        return cls(pair.secret_key.to_base64().decode(), str(pyrage.x25519.Identity.generate()))

    def to_text(self) -> str:
        """Both secrets as one text for the data file."""
        return json.dumps({"v": 1, "sign": self.sign_secret, "age": self.age_identity}, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The keys from `to_text`."""
        written = json.loads(text)
        return cls(written["sign"], written["age"])

    @property
    def sign_key(self) -> str:
        """The public minisign key as its one base64 line."""
        public: bytes = self._secret().get_public_key().to_base64()
        return public.decode()

    @property
    def key_id(self) -> str:
        """The minisign key id in hex."""
        return key_id_of(self.sign_key)

    @property
    def age_recipient(self) -> str:
        """The public age recipient."""
        return str(pyrage.x25519.Identity.from_str(self.age_identity).to_public())

    def sign(self, data: bytes, untrusted: str, trusted: str) -> bytes:
        """A prehashed minisign signature file over `data`; `trusted` is signed too, `untrusted` is not."""
        signature = self._secret().sign(data, untrusted_comment=untrusted, trusted_comment=trusted)
        return bytes(signature)

    def _secret(self) -> minisign.SecretKey:
        return minisign.SecretKey.from_base64(self.sign_secret)


def key_id_of(sign_key: str) -> str:
    """The key id in hex of a public minisign key line; BadSignatureError when it is no such key."""
    try:
        minisign.PublicKey.from_base64(sign_key)
    except (MinisignError, ValueError) as error:
        raise BadSignatureError("key") from error
    return base64.b64decode(sign_key)[_ALGORITHM_LENGTH:][:_KEY_ID_LENGTH].hex()


def is_recipient(text: str) -> bool:
    """Whether `text` is an age X25519 recipient."""
    try:
        return str(pyrage.x25519.Recipient.from_str(text)) == text
    except pyrage.RecipientError:
        return False


@dataclass(frozen=True, slots=True)
class SignatureFile:
    """A parsed canonical signature file; what it claims counts only after `prove`."""

    data: bytes
    key_id: str
    untrusted: str
    trusted: str

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Parse; BadSignatureError unless `data` is exactly the form our writer produces (prehashed)."""
        try:
            parsed = minisign.Signature.from_bytes(data)
            if bytes(parsed) != data or not parsed.is_prehashed():
                raise BadSignatureError("form")
            line = base64.b64decode(data.split(b"\n")[1], validate=True)
        except (MinisignError, ValueError, binascii.Error) as error:
            raise BadSignatureError("form") from error
        key_id = line[_ALGORITHM_LENGTH:][:_KEY_ID_LENGTH].hex()
        return cls(data, key_id, parsed.untrusted_comment, parsed.trusted_comment)

    def prove(self, sign_key: str, signed: bytes) -> None:
        """BadSignatureError unless the key made this signature over `signed`."""
        try:
            minisign.PublicKey.from_base64(sign_key).verify(signed, minisign.Signature.from_bytes(self.data))
        except (MinisignError, ValueError) as error:
            raise BadSignatureError("proof") from error
