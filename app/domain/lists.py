"""What lists are asked for and what the first page of the day shows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.flow import CaseStatus
from app.domain.roster import CommitteeFinding


class CaseSort(StrEnum):
    """A column the case list can be ordered by; cases of equal value stand in order of receipt."""

    RECEIVED = "received"
    NUMBER = "number"
    PARTIES = "parties"
    TYPE = "type"
    STATUS = "status"  # in the order of the flow
    MEDIATORS = "mediators"
    AMOUNT = "amount"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases, in which order. An empty field asks nothing; days include both ends."""

    text: str = ""
    statuses: frozenset[CaseStatus] = frozenset()
    type_a: str = ""
    org: str = ""
    mediator_id: str = ""
    open_only: bool = False
    risky_only: bool = False
    received_from: date | None = None
    received_to: date | None = None
    sort: CaseSort = CaseSort.RECEIVED
    descending: bool = True


def query_body(query: CaseQuery) -> dict[str, Any]:
    """A query as plain values, to be kept with a name."""
    return {
        "text": query.text,
        "statuses": sorted(query.statuses),
        "type_a": query.type_a,
        "org": query.org,
        "mediator_id": query.mediator_id,
        "open_only": query.open_only,
        "risky_only": query.risky_only,
        "received_from": query.received_from.isoformat() if query.received_from else None,
        "received_to": query.received_to.isoformat() if query.received_to else None,
        "sort": query.sort,
        "descending": query.descending,
    }


def query_of(body: dict[str, Any]) -> CaseQuery:
    """The query that was kept; states and columns this program does not know are left out."""
    known, sorts = {str(status) for status in CaseStatus}, {str(sort) for sort in CaseSort}
    first, last = body.get("received_from"), body.get("received_to")
    return CaseQuery(
        text=str(body.get("text", "")),
        statuses=frozenset(CaseStatus(one) for one in body.get("statuses", ()) if one in known),
        type_a=str(body.get("type_a", "")),
        org=str(body.get("org", "")),
        mediator_id=str(body.get("mediator_id", "")),
        open_only=bool(body.get("open_only")),
        risky_only=bool(body.get("risky_only")),
        received_from=date.fromisoformat(first) if first else None,
        received_to=date.fromisoformat(last) if last else None,
        sort=CaseSort(body["sort"]) if body.get("sort") in sorts else CaseSort.RECEIVED,
        descending=bool(body.get("descending", True)),
    )


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Disputes waiting for a decision, and when the oldest was registered."""

    count: int
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class HearingCount:
    """Hearings of the day, before and after noon."""

    morning: int
    afternoon: int


@dataclass(frozen=True, slots=True)
class ToPerform:
    """Settled cases nobody has recorded as performed: all, due until Sunday, past their day."""

    count: int
    this_week: int
    past_due: int


@dataclass(frozen=True, slots=True)
class HearingSlot:
    """A hearing in the strip of today's rooms; `start` and `end` are minutes since midnight."""

    hearing_id: str
    case_id: str
    start: int
    end: int
    room_id: str | None
    place: str
    parties: str
    mediators: str
    held: bool


@dataclass(frozen=True, slots=True)
class CommitteeAlert:
    """A committee that lacks something the law asks for."""

    committee: str
    findings: tuple[CommitteeFinding, ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """What the first page shows at once. `days_since_sent` is None when no package was ever sent."""

    to_decide: ToDecide
    hearings: HearingCount
    to_perform: ToPerform
    slots: tuple[HearingSlot, ...]
    rooms: tuple[str, ...]
    days_since_sent: int | None
    drafts: int
    alerts: tuple[CommitteeAlert, ...]
