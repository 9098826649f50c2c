"""Packages between offices: their kinds, their way through the outbox, and whose signature counts."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PackageKind(StrEnum):
    """What a package carries."""

    CASES = "cases"  # 案件
    ACK = "ack"  # 回执
    DISPATCH = "dispatch"  # 交办
    GUIDANCE = "guidance"  # 指导意见
    KEYRING = "keyring"  # 密钥名单
    CODES = "codes"  # 配置


class OutboxState(StrEnum):
    """How far a package of ours is; sent is not delivered, only an acknowledgement is."""

    BUILDING = "building"
    READY = "ready"
    SENT = "sent"
    ACKED = "acked"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    VOID = "void"


class CardKind(StrEnum):
    """The two key files that pass between a county and its townships."""

    COUNTY = "county"  # 县中心名片
    TOWNSHIP = "township"  # 注册单


@dataclass(frozen=True, slots=True)
class Signer:
    """A node whose packages we take: its minisign key, valid from one package number to another.

    Validity counts in package numbers, never in dates, because clocks of offline computers go wrong.
    """

    node: str
    sign_key: str
    first_seq: int = 1
    last_seq: int | None = None

    def valid_for(self, seq: int) -> bool:
        """Whether the key may sign package number `seq`."""
        return self.first_seq <= seq and (self.last_seq is None or seq <= self.last_seq)


_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # a code has no such digits, a voice may say them


def read_code(typed: str) -> str:
    """A receipt code or a group of a fingerprint as it was typed from hearing or paper, in its plain form."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def missing_numbers(have: Collection[int], newest: int) -> tuple[int, ...]:
    """The package numbers up to `newest` that never arrived, to name them to the person (缺第 36 号包)."""
    return tuple(number for number in range(1, newest + 1) if number not in have)


class InboxState(StrEnum):
    """What became of a package that arrived."""

    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class CardView:
    """A card file that was read: whose keys, and the fingerprint both screens must show alike."""

    kind: CardKind
    org: str
    node: str
    name: str
    fingerprint: str
    known: bool  # the same card is already enrolled here


@dataclass(frozen=True, slots=True)
class PeerRow:
    """An installation whose card this office has enrolled."""

    id: str
    node: str
    org: str
    name: str
    kind: CardKind
    fingerprint: str
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A package made here; `left_out` are the numbers of cases too large for it, which still wait."""

    id: str
    file_name: str
    seq: int
    state: OutboxState
    cases: int
    papers: int
    size: int
    made_at: datetime
    sent_at: datetime | None
    acked_at: datetime | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxView:
    """The whole outbox: who it goes to, how many cases wait, and the packages, the newest first."""

    county: PeerRow | None
    waiting_cases: int
    last_sent_at: datetime | None
    packages: tuple[OutboxRow, ...]


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One case of an arriving package: its number, its parties, and whether it is new here."""

    id: str
    number: str
    parties: str
    new: bool


@dataclass(frozen=True, slots=True)
class InboxPreview:
    """What importing a package would do; `already` is true when it was imported before.

    `missing` are the numbers of earlier packages of the same sender that never arrived.
    """

    sender: str
    sender_name: str
    seq: int
    made_at: str
    already: bool
    new_cases: int
    changed_cases: int
    unchanged_cases: int
    forks: int
    rejected: int
    papers: int
    missing: tuple[int, ...]
    receipt: str
    changes: tuple[CaseChange, ...]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A package imported here; `receipt` is the code to read back to the sender."""

    id: str
    sender: str
    sender_name: str
    seq: int
    file_name: str
    new_cases: int
    changed_cases: int
    papers: int
    receipt: str
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class SenderRow:
    """A township enrolled here and how its packages arrive; `missing` are numbers that never came."""

    peer: PeerRow
    cases: int
    last_seq: int | None
    last_at: datetime | None
    missing: tuple[int, ...]
