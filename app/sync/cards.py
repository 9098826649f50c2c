"""The two key files: the county's card in, the township's registration out."""

import base64
import hashlib
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from app.domain.errors import Reason, Refused
from app.domain.packages import CardKind
from app.sync.node_keys import BadSignatureError, NodeKeys, SignatureFile, is_recipient, key_id_of
from app.sync.records import Moment, Node

CARD_FORMAT = "xianghe-card/1"
UNTRUSTED = "xianghe card signature"
MAX_CARD = 16 << 10
_SUFFIXES = {CardKind.COUNTY: "card", CardKind.TOWNSHIP: "reg"}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The public keys of one installation, signed by itself.

    The signature only proves that the file is whole; whose keys they are, two people decide by comparing
    `fingerprint` on both screens.
    """

    format: Literal["xianghe-card/1"] = "xianghe-card/1"
    kind: CardKind
    org: Annotated[str, msgspec.Meta(pattern="^[0-9]{6,9}\\Z")]
    node: Node
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    sign_key: Annotated[str, msgspec.Meta(min_length=56, max_length=56)]
    age_recipient: Annotated[str, msgspec.Meta(min_length=62, max_length=62)]
    recovery_recipient: str | None = None
    created: Moment

    @property
    def file_name(self) -> str:
        """The name the card's file gets."""
        return f"{self.node}.{_SUFFIXES[self.kind]}"

    @property
    def trusted_comment(self) -> str:
        """The comment the card's signature covers."""
        return f"{CARD_FORMAT} kind={self.kind.value} node={self.node}"


def write_card(card: Card, keys: NodeKeys) -> bytes:
    """The bytes of a card file: one line of JSON, then the minisign signature of that line.

    ValueError when the keys are not the card's own or a field breaks its rule.
    """
    if (card.sign_key, card.age_recipient) != (keys.sign_key, keys.age_recipient):
        raise ValueError("card of other keys")
    line = msgspec.json.encode(card, order="sorted") + b"\n"
    text = line + keys.sign(line, UNTRUSTED, card.trusted_comment) + b"\n"
    try:
        read_card(text)
    except Refused as error:
        raise ValueError("card") from error
    return text


def read_card(data: bytes) -> Card:
    """Read a card file; Refused CARD_DAMAGED when it is none, was changed, or its fields disagree."""
    line, end, signature = data.partition(b"\n")
    if len(data) > MAX_CARD or not end or not signature.endswith(b"\n"):
        raise Refused(Reason.CARD_DAMAGED)
    try:
        card = msgspec.json.decode(line, type=Card)
        signed = SignatureFile.read(signature[:-1])
        signed.prove(card.sign_key, line + b"\n")
        moment = datetime.fromisoformat(card.created)
        sound = signed.key_id == key_id_of(card.sign_key) and signed.untrusted == UNTRUSTED
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, BadSignatureError) as error:
        raise Refused(Reason.CARD_DAMAGED) from error
    recipients = [card.age_recipient] + ([card.recovery_recipient] if card.recovery_recipient else [])
    if (
        not sound
        or moment.tzinfo is None
        or signed.trusted != card.trusted_comment
        or not card.node.startswith(f"{card.org}-")
        or not all(is_recipient(text) for text in recipients)
    ):
        raise Refused(Reason.CARD_DAMAGED)
    return card


def fingerprint(card: Card) -> str:
    """Eight groups of four letters over everything that decides trust: kind, office, node and all keys."""
    material = "\n".join(
        (CARD_FORMAT, card.kind.value, card.org, card.node, card.sign_key, card.age_recipient)
        + ((card.recovery_recipient,) if card.recovery_recipient else ())
    )
    letters = base64.b32encode(hashlib.sha256(material.encode()).digest()).decode("ascii")
    return "-".join(letters[start : start + 4] for start in range(0, 32, 4))
