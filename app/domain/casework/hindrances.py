"""Why a step on a case is not possible yet, in a value that names what would make it possible."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.flow import Deed


class HindranceCode(StrEnum):
    """What stands in the way (guards G1 to G14 of domain reference 3.2); details in brackets."""

    CONSENT_MISSING = "consent_missing"  # parties=
    CONSENT_REFUSED = "consent_refused"  # parties=
    LAST_LEVEL = "last_level"  # above it stands the county
    NO_MEDIATOR = "no_mediator"
    NO_SECOND_MEDIATOR = "no_second_mediator"  # a difficult or major case
    RECUSAL_OPEN = "recusal_open"  # mediators=
    NO_GUARDIAN = "no_guardian"  # names=
    RIGHTS_UNTOLD = "rights_untold"
    NO_SESSION_HELD = "no_session_held"
    SESSION_UNSIGNED = "session_unsigned"  # sessions=
    REMEDIES_UNTOLD = "remedies_untold"
    NO_WAY_TAKEN = "no_way_taken"  # after a breach
    NOT_STRUCK_OFF = "not_struck_off"  # such an outcome is archived without it
    STRIKE_OFF_FIRST = "strike_off_first"
    RISK_OPEN = "risk_open"  # count=
    SAME_PERSON = "same_decider"  # who registered or proposed may not approve
    ITEM_MISSING = "item_missing"  # item=
    NOT_DELIVERED = "not_delivered"  # the county has not acknowledged it


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way of a step; `cure` is the deed that removes it, if there is one.

    `soft`: the deed itself can put it right, so it is said and does not stop.
    """

    code: HindranceCode
    cure: Deed | None = None
    details: tuple[tuple[str, Any], ...] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A deed a case offers in its state, and what hinders it; nothing hinders: it can be done now."""

    deed: Deed
    hindrances: tuple[Hindrance, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the deed can be done now."""
        return all(hindrance.soft for hindrance in self.hindrances)
