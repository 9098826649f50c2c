"""What the page of a case shows of its life: how it was sorted, handed over, ended, closed and kept."""

from dataclasses import dataclass
from datetime import date

from app.domain.flow import MEDIATING, CaseStatus, Outcome
from app.domain.life.codes import (
    LinkKind,
    Procedure,
    ReferralKind,
    ReferralReply,
    Retention,
    SuspendReason,
    Termination,
    VolumeItem,
)

AFTER_FAILURE = (ReferralKind.TRANSFER, ReferralKind.HAND_OVER, ReferralKind.DOWN)
"""How a dispute goes on elsewhere that mediation did not settle (3.1: 告知途径, 移送)."""


def referral_kinds(status: CaseStatus) -> tuple[ReferralKind, ...]:
    """How a case in this state may be brought to another office; the county is asked in another way.

    While a dispute is mediated a department is called to it, and it is not handed away.
    """
    if status in MEDIATING:
        return (ReferralKind.WHISTLE,)
    if status == CaseStatus.TERMINATED:
        return AFTER_FAILURE
    return tuple(kind for kind in ReferralKind if kind is not ReferralKind.COUNTY)


@dataclass(frozen=True, slots=True)
class Triage:
    """How the case was sorted. `level`: of the four levels of 四级七天, since when."""

    procedure: Procedure
    difficulty_reason: str
    issues: str
    note: str
    on: date | None
    level: int
    level_since: date | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """The case in another office's hands, and its answer."""

    id: str
    kind: ReferralKind
    unit: str
    basis: str
    consented: bool
    letter_no: str
    materials: str
    contact: str
    sent_on: date
    due_on: date | None
    reply: ReferralReply | None
    replied_on: date | None
    reply_letter_no: str
    reply_note: str


@dataclass(frozen=True, slots=True)
class SuspensionView:
    """A pause of the mediation; `to_on` is None while it lasts."""

    reason: SuspendReason
    note: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Ending:
    """How the mediation ended without an agreement, or with one that leaves a rest."""

    termination: Termination | None
    terminated_on: date | None
    note: str
    remedies_told_on: date | None
    undisputed: str
    rest_ended_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class Closing:
    """How the case was closed and struck off, and by which two persons."""

    outcome: Outcome | None
    closed_on: date | None
    note: str
    performed_on: date | None
    told_applicant_on: date | None
    proposed_on: date | None
    proposed_by: str
    struck_off_on: date | None
    struck_off_by: str


@dataclass(frozen=True, slots=True)
class VolumeEntry:
    """One line of the index of a volume: pages `first` to `last`, or on paper only (`digest` empty)."""

    item: VolumeItem
    title: str
    first: int
    last: int
    digest: str


@dataclass(frozen=True, slots=True)
class Volume:
    """The locked volume and its filing with the county; `supplements` came after the lock."""

    number: str
    archived_on: date | None
    retention: Retention | None
    made_by: str
    checked_by: str
    note: str
    entries: tuple[VolumeEntry, ...]
    digest: str
    filing_no: str
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """Another case this one belongs to."""

    id: str
    number: str
    link: LinkKind


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands beyond its state. `holder`: who has it in hand now."""

    holder: str
    triage: Triage
    referrals: tuple[ReferralView, ...]
    suspensions: tuple[SuspensionView, ...]
    ending: Ending
    closing: Closing
    volume: Volume
    links: tuple[LinkedCase, ...]
