"""Why a step on a case is not possible yet, in a value that names what would make it possible."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.flow import Deed


class HindranceCode(StrEnum):
    """What stands in the way (guards G1 to G14 of domain reference 3.2); details in brackets."""

    CONSENT_MISSING = "consent_missing"  # parties=
    CONSENT_REFUSED = "consent_refused"  # parties=


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way of a step; `cure` is the deed that removes it, if there is one."""

    code: HindranceCode
    cure: Deed | None = None
    details: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A deed a case offers in its state, and what hinders it; nothing hinders: it can be done now."""

    deed: Deed
    hindrances: tuple[Hindrance, ...] = ()
