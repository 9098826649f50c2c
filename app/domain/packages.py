"""Packages between offices: their kinds, their way through the outbox, and whose signature counts."""

from collections.abc import Collection
from dataclasses import dataclass
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


def missing_numbers(have: Collection[int], newest: int) -> tuple[int, ...]:
    """The package numbers up to `newest` that never arrived, to name them to the person (缺第 36 号包)."""
    return tuple(number for number in range(1, newest + 1) if number not in have)
