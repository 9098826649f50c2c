"""Service of the notices of a hearing: who was told what, how, when, and who signed for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import PartyRole
from app.domain.errors import Problem
from app.domain.values.limits import MAX_REASON, limited


class NoticeKind(StrEnum):
    """What a notice tells."""

    FIRST = "first"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class ServiceMethod(StrEnum):
    """How a notice was served (domain reference 7.5; CPL 88-94)."""

    DIRECT = "direct"  # 直接送达
    AT_ONCE = "at_once"  # 当场告知: all were there and agreed
    LEFT = "left"  # 留置送达, with witnesses or pictures (CPL 89)
    ELECTRONIC = "electronic"  # 电子送达, agreed to by the receiver (CPL 90)
    MAIL = "mail"  # 邮寄送达; the day on the receipt counts (CPL 91)
    ENTRUSTED = "entrusted"  # 委托送达
    FORWARDED = "forwarded"  # 转交送达: army, prison (CPL 92-94)


@dataclass(frozen=True, slots=True)
class ServiceInput:
    """A proof of service as typed. `receiver`: who took it; `relation`: to the party, when somebody else did.

    `refused_note`: why it was refused and who witnessed it, or how it was recorded (CPL 89).
    """

    party_id: str
    method: ServiceMethod
    served_on: date
    server: str
    receiver: str = ""
    relation: str = ""
    place: str = ""
    refused_note: str = ""


@dataclass(frozen=True, slots=True)
class ProofView:
    """A proof of service that is kept."""

    what: NoticeKind
    method: ServiceMethod
    served_on: date
    server: str
    receiver: str
    relation: str
    place: str
    refused_note: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """How a party stands to the hearing as it is now.

    `due`: the notice this party should have; None when nobody need tell it anything. `printed`: that notice
    lies printed; `outdated`: one that is no longer true was printed. `proof`: that it was served.
    """

    party_id: str
    name: str
    role: PartyRole
    due: NoticeKind | None
    printed: bool
    outdated: bool
    proof: ProofView | None

    @property
    def open(self) -> bool:
        """Whether this party still has to be told."""
        return self.due is not None and self.proof is None


def service_problems(
    wanted: ServiceInput, name: str, accepted_on: date | None, today: date
) -> Iterator[Problem]:
    """What keeps a proof from being kept; `name` is the party's."""
    yield from limited(wanted, server=50, receiver=50, relation=30, place=100, refused_note=MAX_REASON)
    if wanted.served_on > today:
        yield Problem("served_on", "future_date")
    elif accepted_on is not None and wanted.served_on < accepted_on:
        yield Problem("served_on", "before_acceptance")
    if not wanted.server.strip():
        yield Problem("server", "required")
    if wanted.method == ServiceMethod.LEFT:
        if not wanted.refused_note.strip():
            yield Problem("refused_note", "required")
        return
    receiver = wanted.receiver.strip()
    if not receiver:
        yield Problem("receiver", "required")
    elif receiver != name and not wanted.relation.strip():
        yield Problem("relation", "required")


@dataclass(frozen=True, slots=True)
class AbsenceHint:
    """A party that stayed away twice or more without good reason: the mediation may be ended as refused."""

    party_id: str
    name: str
    times: int


ABSENCES_THAT_END = 2
"""Domain reference 3.7."""
