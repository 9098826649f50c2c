"""The records of the work on a case: what each form is printed from."""

from dataclasses import dataclass
from datetime import date, time

from app.domain.after.performance import Satisfaction, VisitMethod
from app.domain.cases import AgentKind, AgentPower, CaseSource, RiskFlag
from app.domain.flow import Outcome
from app.domain.papers.attachments import EvidenceKind
from app.domain.papers.forms import PaperName, PaperParty, PaperRecord
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver


@dataclass(frozen=True, slots=True)
class ApplicationPaper(PaperRecord):
    """人民调解申请书 (F03): both sides, what happened, what is asked for."""

    number: str
    committee: str
    applicants: tuple[PaperParty, ...]
    respondents: tuple[PaperParty, ...]
    summary: str
    requests: tuple[str, ...]
    show_id_numbers: bool = False
    applied_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorityPaper(PaperRecord):
    """授权委托书 (F15); `special` is 特别授权: the agent may concede or sign (1.3)."""

    number: str
    committee: str
    principals: tuple[PaperParty, ...]
    agent: PaperParty
    agent_kind: AgentKind | None
    dispute: str
    powers: tuple[AgentPower, ...]
    special: bool
    show_id_numbers: bool = False


@dataclass(frozen=True, slots=True)
class InvestigationPaper(PaperRecord):
    """人民调解调查记录 (F06); `asked` is the person the mediators asked, `unit` where they work."""

    number: str
    committee: str
    dispute: str
    held_on: date
    starts: time
    ends: time
    place: str
    attendees: tuple[str, ...]
    asked: PaperParty
    unit: str
    investigators: tuple[str, ...]
    recorder: str
    body: str
    show_id_numbers: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of the list of evidence (F07)."""

    name: str
    kind: EvidenceKind
    source: str
    copies: int
    pages: int | None
    original: bool
    purpose: str
    received_on: date
    receiver: str
    checked_by: str = ""
    returned_on: date | None = None
    returned_to: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePaper(PaperRecord):
    """人民调解证据材料清单 (F07), with the receipt for originals given back."""

    number: str
    committee: str
    dispute: str
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class ConferenceVoice:
    """Somebody at an expert consultation and what they thought."""

    name: str
    unit: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class ConferencePaper(PaperRecord):
    """会诊（研判）记录 (F28)."""

    number: str
    committee: str
    dispute: str
    topic: str
    held_on: date
    starts: time
    ends: time
    place: str
    chair: str
    members: tuple[ConferenceVoice, ...]
    summary: str
    legal_basis: str
    conclusion: str
    proposal: str = ""
    recorder: str = ""


@dataclass(frozen=True, slots=True)
class RiskPaper(PaperRecord):
    """风险预警报告 (F26; PML 25)."""

    number: str
    committee: str
    dispute: str
    parties: tuple[PaperName, ...]
    flags: tuple[RiskFlag, ...]
    facts: str
    level: RiskLevel
    people: str
    measures: str
    receiver_kind: RiskReceiver
    receiver: str
    receiver_phone: str
    method: ReportMethod
    reported_on: date
    reported_at: time
    reported_by: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class UndisputedPaper(PaperRecord):
    """无争议事实记载 (F24; SZ22 73, SD16 24): the facts one by one."""

    number: str
    committee: str
    dispute: str
    parties: tuple[PaperName, ...]
    facts: tuple[str, ...]
    issues: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPaper(PaperRecord):
    """人民调解回访记录 (F11)."""

    number: str
    committee: str
    agreement_no: str
    person: PaperName
    dispute: str
    visited_on: date
    method: VisitMethod
    performance: str
    satisfaction: Satisfaction
    new_dispute: str = ""
    risks: str = ""
    measures: str = ""
    next_on: date | None = None
    visitors: str = ""


@dataclass(frozen=True, slots=True)
class ClosingPaper(PaperRecord):
    """人民调解结案报告表 (F14); `volume_no` is empty until the volume is made."""

    number: str
    committee: str
    volume_no: str
    closed_on: date
    mediators: tuple[str, ...]
    accepted_on: date | None
    performed_on: date | None
    parties: tuple[PaperParty, ...]
    source: CaseSource
    source_unit: str
    summary: str
    outcome: Outcome
    result: str = ""
    agreement_no: str = ""
