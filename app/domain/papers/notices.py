"""The notices and letters of the acts in a case's life: what each is printed from (side effects of 3.2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import Refusal
from app.domain.life.codes import ReferralKind, Termination
from app.domain.papers.forms import PaperName, PaperObligation, PaperRecord


@dataclass(frozen=True, slots=True)
class ReceiptSlipPaper(PaperRecord):
    """接收回执 (G0): the office has the matter, who deals with it first, why data are taken (PIPL 17)."""

    number: str
    committee: str
    received_on: date
    parties: tuple[PaperName, ...]
    matter: str
    registrar: str
    first_contact: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RefusalPaper(PaperRecord):
    """不予受理通知书 (F17); `case_number` is that of the registration."""

    number: str
    committee: str
    case_number: str
    applicants: tuple[PaperName, ...]
    applied_on: date
    dispute: str
    refusal: Refusal
    reason: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class TerminationPaper(PaperRecord):
    """终止调解通知书 (F18); `rest_only`: a partial agreement stays, only the rest ends (SZ22 26)."""

    number: str
    committee: str
    case_number: str
    parties: tuple[PaperName, ...]
    dispute: str
    accepted_on: date | None
    ended_on: date
    termination: Termination
    reason: str = ""
    mediators: tuple[str, ...] = ()
    rest_only: bool = False
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtensionPaper(PaperRecord):
    """延长调解期限申请（同意）书 (F19); without `until` the parties fill in the day by hand (NB15 27)."""

    number: str
    committee: str
    parties: tuple[PaperName, ...]
    dispute: str
    began_on: date | None
    due_on: date | None
    until: date | None = None
    reason: str = ""
    approver: str = ""
    document_no: str = ""
    granted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReferralPaper(PaperRecord):
    """移送（交办）函 (F22) with its receipt; `due_on` is the day set for the work, if any."""

    number: str
    committee: str
    kind: ReferralKind
    unit: str
    case_number: str
    parties: tuple[PaperName, ...]
    dispute: str
    summary: str
    basis: str
    consented: bool
    materials: str = ""
    due_on: date | None = None
    contact: str = ""
    contact_phone: str = ""
    sent_on: date | None = None


class ReplyResult(StrEnum):
    """What is reported to the body that entrusted the mediation (F23)."""

    SETTLED = "settled"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReplyPaper(PaperRecord):
    """复函（调解结果反馈） (F23; TY16 21, 26; NB15 19)."""

    number: str
    committee: str
    unit: str
    letter_no: str
    case_number: str
    parties: tuple[PaperName, ...]
    dispute: str
    result: ReplyResult
    agreement_no: str = ""
    agreed_on: date | None = None
    issues: str = ""
    undisputed: str = ""
    termination: Termination | None = None
    reason: str = ""
    contact: str = ""
    contact_phone: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemandPaper(PaperRecord):
    """督促履行通知书 (F25): `due_on` is the day that counted then, `paid_fen` what had come in."""

    number: str
    committee: str
    debtor: str
    dispute: str
    agreement_no: str
    agreed_on: date
    duty: PaperObligation
    due_on: date
    overdue_days: int
    paid_fen: int = 0
    confirmed: bool = False
    contact: str = ""
    contact_phone: str = ""
    demanded_on: date | None = None
