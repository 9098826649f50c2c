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
    DEED = "deed"  # a dialog of a case; subject: see `deed_subject`


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished form as it was last saved by itself."""

    kind: DraftKind
    subject: str
    body: dict[str, Any]
    saved_at: datetime

    @property
    def record(self) -> str:
        """What the form is about: a case, a hearing, or the draft's own id for a new case."""
        return self.subject.partition(":")[0]


def deed_subject(record_id: str, deed: str) -> str:
    """The subject of a dialog's draft: each record has one for each deed."""
    return f"{record_id}:{deed}"
