"""The papers of a case as a list, a preview, what is checked before printing, and a paper as it left."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.papers.forms import FormId


class PaperState(StrEnum):
    """Whether a paper was printed."""

    READY = "ready"
    PRINTED = "printed"


ON_DEMAND = frozenset(
    {
        FormId.RECEIPT_SLIP,
        FormId.APPLICATION,
        FormId.AUTHORITY,
        FormId.INVESTIGATION,
        FormId.EVIDENCE_LIST,
        FormId.CONFERENCE,
        FormId.RISK_REPORT,
        FormId.EXTENSION,
        FormId.UNDISPUTED_FACTS,
        FormId.DEMAND_NOTICE,
        FormId.FOLLOW_UP,
        FormId.CLOSING_REPORT,
        FormId.CONFIRMATION_APPLICATION,
        FormId.MEDIATION_CERTIFICATE,
        FormId.RECUSAL_RECORD,
        FormId.REPLY_LETTER,
    }
)
"""Forms printed when somebody wants them (按需, VOL): a list does not begin with one that is not printed."""


class PaperCheckCode(StrEnum):
    """What is looked at before printing; the word for each says that all is well (domain reference 3.3)."""

    PARTICULARS = "particulars"  # PML 29
    ID_NUMBERS = "id_numbers"
    GUARDIANS = "guardians"
    RIGHTS_TOLD = "rights_told"  # PML 23, 24
    SESSIONS_SIGNED = "sessions_signed"
    AMOUNTS = "amounts"
    DUE_DATES = "due_dates"
    COPIES = "copies"  # PML 29
    FILLED = "filled"  # what a notice or record cannot well go out without
    GLYPHS = "glyphs"


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """One line of the list before printing.

    `names`: whom or what it is about when it is not `ok` (parties, characters, amounts); `fields`: the record
    fields that are empty. With `block` the paper cannot be printed so.
    """

    code: PaperCheckCode
    ok: bool
    block: bool = False
    names: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """One printing of a paper that was kept."""

    id: str
    number: str | None
    made_at: datetime
    made_by: str
    pages: int


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """One paper of a case: `detail` tells several of one form apart, `copies` is what the law asks for.

    `live`: a new one can be made here; otherwise (another office's case, a hearing called off) only what was
    printed before can be seen and printed again. `versions`: every printing kept, the newest first.
    """

    form: FormId
    subject_id: str
    title: str
    detail: str
    state: PaperState
    paper_id: str | None
    number: str | None
    copies: int
    live: bool = True
    versions: tuple[PaperVersion, ...] = ()


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
