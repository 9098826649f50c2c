"""The papers of a case as a list, a preview, and a printed paper as it left the office."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.papers import FormId


class PaperState(StrEnum):
    """Whether a paper was printed."""

    READY = "ready"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """One paper of a case: `detail` tells several of one form apart, `copies` is what the law asks for."""

    form: FormId
    subject_id: str
    title: str
    detail: str
    state: PaperState
    paper_id: str | None
    number: str | None
    copies: int


@dataclass(frozen=True, slots=True)
class PaperPreview:
    """A paper on the screen; `paper_id` is set when it is the stored one."""

    pdf: bytes = field(repr=False)
    pages: int
    paper_id: str | None
    number: str | None
    changed_since: bool


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A stored paper with its file."""

    id: str
    form: FormId
    title: str
    number: str | None
    pages: int
    pdf: bytes = field(repr=False)
    sha256: str
    made_at: datetime
