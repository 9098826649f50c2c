"""Forms not finished."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class DraftKind(StrEnum):
    """Which form a draft belongs to."""

    INTAKE = "intake"
    SESSION = "session"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished form as it was last saved by itself."""

    kind: DraftKind
    subject: str
    body: dict[str, Any]
    saved_at: datetime
