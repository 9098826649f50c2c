"""The intake form while it is being filled: what was typed, readable or not, kept as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any

from app.domain.cases import CaseIntake, CaseSource, Channel, Difficulty, PartyInput, PartyRole, RiskFlag
from app.domain.people import PersonKind

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """One person of the form; `typed` holds the raw text of each field."""

    key: str
    role: PartyRole
    kind: PersonKind = PersonKind.NATURAL
    person_id: str | None = None
    represents: tuple[str, ...] = ()
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name typed so far."""
        return str(self.typed.get("name", "")).strip()

    def to_body(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "key": self.key,
            "role": self.role.value,
            "kind": self.kind.value,
            "person": self.person_id,
            "represents": list(self.represents),
            "typed": dict(self.typed),
        }


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """The whole form: persons, the raw fields of the matter and of the decision, the step shown."""

    parties: tuple[PartyDraft, ...] = ()
    matter: Mapping[str, Any] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)
    step: int = 0

    def to_body(self) -> dict[str, Any]:
        """As the JSON a draft keeps."""
        return {
            "format": FORMAT,
            "parties": [party.to_body() for party in self.parties],
            "matter": dict(self.matter),
            "decision": dict(self.decision),
            "step": self.step,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "IntakeDraft":
        """What can still be read of a kept draft; parts another version wrote otherwise are left out."""
        parties = (_party(part) for part in _list(body.get("parties")))
        step = body.get("step")
        return cls(
            parties=tuple(party for party in parties if party is not None),
            matter=_dict(body.get("matter")),
            decision=_dict(body.get("decision")),
            step=step if isinstance(step, int) and step >= 0 else 0,
        )

    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of applicants and of respondents typed so far, for the list of drafts."""
        applicants, respondents = (
            tuple(party.name for party in self.parties if party.role is role and party.name)
            for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
        )
        return applicants, respondents


def _party(body: Any) -> PartyDraft | None:
    known = _dict(body)
    try:
        role, kind = PartyRole(known.get("role", "")), PersonKind(known.get("kind", ""))
    except ValueError:
        return None
    person = known.get("person")
    return PartyDraft(
        key=str(known.get("key", "")),
        role=role,
        kind=kind,
        person_id=person if isinstance(person, str) else None,
        represents=tuple(str(key) for key in _list(known.get("represents"))),
        typed=_dict(known.get("typed")),
    )


def _dict(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


@dataclass(frozen=True, slots=True)
class Matter:
    """The dispute without its people, as the form's second step has it. Money in fen."""

    type_a: str = ""
    type_b: str = ""
    source: CaseSource = CaseSource.APPLICATION
    channel: Channel = Channel.VISIT
    source_unit: str = ""
    source_letter: str = ""
    summary: str = ""
    request: str = ""
    place: str = ""
    amount_fen: int | None = None
    people_count: int | None = None
    risk_flags: tuple[RiskFlag, ...] = ()
    difficulty: Difficulty = Difficulty.GENERAL
    received_on: date | None = None
    received_time: time | None = None
    first_contact: str = ""

    def with_parties(self, parties: tuple[PartyInput, ...], now: datetime, zone: tzinfo) -> CaseIntake:
        """The whole intake; a day without a time counts from midnight, none at all as received `now`."""
        received = now
        if self.received_on is not None:
            received = datetime.combine(self.received_on, self.received_time or time.min, zone)
        return CaseIntake(
            parties=parties,
            summary=self.summary,
            type_a=self.type_a,
            type_b=self.type_b,
            source=self.source,
            channel=self.channel,
            received_at=received,
            first_contact=self.first_contact,
            request=self.request,
            source_unit=self.source_unit,
            source_letter=self.source_letter,
            place=self.place,
            amount_fen=self.amount_fen,
            people_count=self.people_count,
            risk_flags=self.risk_flags,
            difficulty=self.difficulty,
        )
