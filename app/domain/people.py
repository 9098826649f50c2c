"""Persons and organisations: what is written down about them, and what the register offers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.values.identity import IdKind, Sex


class PersonKind(StrEnum):
    """Natural person or organisation."""

    NATURAL = "natural"
    LEGAL = "legal"


class RelationKind(StrEnum):
    """How two persons are tied."""

    SPOUSE = "spouse"
    PARENT_CHILD = "parent_child"
    SIBLING = "sibling"
    KIN = "kin"
    HOUSEHOLD = "household"
    EMPLOYER = "employer"
    AGENT = "agent"


class Capacity(StrEnum):
    """Civil capacity of an adult; a minor is told from the date of birth (民法典)."""

    FULL = "full"
    LIMITED = "limited"  # 限制民事行为能力
    NONE = "none"  # 无民事行为能力


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """An earlier person offered while a name or number is typed, with how many cases and the latest."""

    id: str
    kind: PersonKind
    name: str
    sex: Sex | None
    birth: date | None
    id_kind: IdKind
    id_no: str
    phone: str
    nation: str
    occupation: str
    village: str
    address: str
    uscc: str
    legal_representative: str
    representative_post: str
    cases: int
    latest: str
