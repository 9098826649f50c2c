"""The records two papers for the court are printed from."""

from dataclasses import dataclass
from datetime import date

from app.domain.papers.forms import PaperName, PaperRecord


@dataclass(frozen=True, slots=True)
class PaperApplicant:
    """An applicant of F20: a person, or a body with its legal representative; `agents` act for it."""

    name: str
    sex: str = ""
    birth: date | None = None
    nation: str = ""
    address: str = ""
    id_no: str = ""
    phone: str = ""
    is_legal_person: bool = False
    legal_representative: str = ""
    uscc: str = ""
    agents: tuple[PaperName, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmationApplicationPaper(PaperRecord):
    """司法确认申请书 (F20); the court is left blank while none is chosen, the day is written by hand."""

    number: str
    committee: str
    court: str
    applicants: tuple[PaperApplicant, ...]
    agreed_on: date
    agreement_number: str
    dispute: str
    facts: str
    effective_on: date
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MediationCertificatePaper(PaperRecord):
    """调委会证明: that the committee presided over the mediation that led to the agreement."""

    number: str
    committee: str
    parties: tuple[PaperName, ...]
    dispute: str
    mediators: tuple[str, ...]
    agreed_on: date
    agreement_number: str
    effective_on: date
    oral: bool
    issued_on: date
