"""The papers an office prints: their names and the frozen records they are printed from."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.domain.cases import CaseSource
from app.domain.recusal import RecusalVerdict
from app.domain.schedule.service import ServiceMethod


class FormId(StrEnum):
    """One printed form; the value is the name of its wording file and is stored with each paper."""

    RECEIPT_SLIP = "receipt_slip"  # 接收回执
    APPLICATION = "application"  # 人民调解申请书
    ACCEPTANCE = "acceptance"  # 人民调解受理登记表
    RIGHTS_NOTICE = "rights_notice"  # 人民调解当事人权利义务告知书
    AUTHORITY = "authority"  # 授权委托书
    INVESTIGATION = "investigation"  # 人民调解调查记录
    EVIDENCE_LIST = "evidence_list"  # 人民调解证据材料清单
    HEARING_NOTICE = "hearing_notice"  # 调解会通知书
    HEARING_CHANGE = "hearing_change"  # 调解会变更通知书
    HEARING_CANCELLATION = "hearing_cancellation"  # 调解会取消通知书
    SERVICE_PROOF = "service_proof"  # 送达回证
    CONFERENCE = "conference"  # 会诊（研判）记录
    RISK_REPORT = "risk_report"  # 风险预警报告
    EXTENSION = "extension"  # 延长调解期限申请（同意）书
    SESSION_RECORD = "session_record"  # 人民调解记录
    UNDISPUTED_FACTS = "undisputed_facts"  # 无争议事实记载
    AGREEMENT = "agreement"  # 人民调解协议书
    ORAL_AGREEMENT = "oral_agreement"  # 人民调解口头协议登记表
    TERMINATION_NOTICE = "termination_notice"  # 终止调解通知书
    DEMAND_NOTICE = "demand_notice"  # 督促履行通知书
    FOLLOW_UP = "follow_up"  # 人民调解回访记录
    CLOSING_REPORT = "closing_report"  # 人民调解结案报告表
    CONFIRMATION_APPLICATION = "confirmation_application"  # 司法确认申请书
    MEDIATION_CERTIFICATE = "mediation_certificate"  # 调委会主持调解的证明
    RECUSAL_RECORD = "recusal_record"  # 人民调解员回避事项记录
    REFUSAL_NOTICE = "refusal_notice"  # 不予受理通知书
    REFERRAL_LETTER = "referral_letter"  # 移送（交办）函
    REPLY_LETTER = "reply_letter"  # 复函（调解结果反馈）
    RECOVERY_SHEET = "recovery_sheet"  # 恢复单
    REGISTRATION_SHEET = "registration_sheet"  # 注册单


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What a paper is printed from; each form has its own."""


@dataclass(frozen=True, slots=True)
class PaperName:
    """Somebody who signs or receives a paper: `label` is 甲方, 申请人 and so on."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class PaperAgent:
    """Who acts for a party: an agent (`powers` 一般代理/特别授权) or a guardian (`powers` the relation)."""

    name: str
    powers: str = ""
    phone: str = ""
    id_no: str | None = None


@dataclass(frozen=True, slots=True)
class PaperParty:
    """A party as the forms print it; empty texts are optional fields left blank, `age` is at the event."""

    label: str
    name: str
    sex: str = ""
    nation: str = ""
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    id_no: str | None = None
    is_legal_person: bool = False
    legal_representative: str = ""
    uscc: str = ""
    agents: tuple[PaperAgent, ...] = ()
    guardians: tuple[PaperAgent, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperObligation:
    """One duty of an agreement: an amount in fen, or an act, or both; `due_note` replaces the date."""

    debtor: str
    creditor: str
    act: str = ""
    amount_fen: int | None = None
    manner: str = ""
    due_on: date | None = None
    due_note: str = ""


@dataclass(frozen=True, slots=True)
class AcceptancePaper(PaperRecord):
    """人民调解受理登记表 (F04)."""

    number: str
    committee: str
    accepted_on: date | None
    source: CaseSource
    parties: tuple[PaperName, ...]
    dispute_type: str
    summary: str
    entrusted_by: str = ""
    entrusted_no: str = ""


@dataclass(frozen=True, slots=True)
class RightsNoticePaper(PaperRecord):
    """人民调解当事人权利义务告知书 (F05)."""

    number: str
    committee: str
    parties: tuple[PaperName, ...]
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class HearingNoticePaper(PaperRecord):
    """调解会通知书 (F16), one per receiver, with the stub and the receipt; times are the office's clock."""

    number: str
    committee: str
    receiver: PaperName
    dispute: str
    held_on: date
    starts: time
    place: str
    mediators: tuple[str, ...]
    recorder: str = ""
    bring: str = ""
    contact: str = ""
    contact_phone: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class HearingChangePaper(PaperRecord):
    """调解会变更通知书 and 调解会取消通知书: what was told before, why it changed, what holds now.

    `held_on` and `starts` are None when the hearing is called off.
    """

    number: str
    committee: str
    receiver: PaperName
    dispute: str
    was_on: date
    was_at: time
    was_place: str
    reason: str
    held_on: date | None = None
    starts: time | None = None
    place: str = ""
    contact: str = ""
    contact_phone: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceProofPaper(PaperRecord):
    """送达回证 (domain reference 7.5): filled in by hand, or with what was recorded of the service."""

    number: str
    committee: str
    dispute: str
    receiver: PaperName
    place: str
    document: str
    document_number: str
    method: ServiceMethod | None = None
    server: str = ""
    served_on: date | None = None
    taker: str = ""
    relation: str = ""
    refused_note: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecordPaper(PaperRecord):
    """人民调解记录 (F08); `ordinal` counts from 1 when a case has several sessions, else None.

    `attendees` are invited persons only: not mediators, parties or the recorder.
    """

    number: str
    committee: str
    dispute: str
    held_on: date
    starts: time
    ends: time | None
    place: str
    attendees: tuple[str, ...]
    parties: tuple[PaperParty, ...]
    body: str
    outcome: str
    ordinal: int | None = None
    show_id_numbers: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementPaper(PaperRecord):
    """人民调解协议书 (F09); `copies` is parties + 1 or more (PML 29); ID numbers only when asked for."""

    number: str
    committee: str
    parties: tuple[PaperParty, ...]
    facts: str
    terms: tuple[str, ...]
    obligations: tuple[PaperObligation, ...]
    copies: int
    breach: str = ""
    show_id_numbers: bool = False
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OralAgreementPaper(PaperRecord):
    """人民调解口头协议登记表 (F10): the fields of the written agreement without the copies."""

    number: str
    committee: str
    parties: tuple[PaperParty, ...]
    facts: str
    terms: tuple[str, ...]
    obligations: tuple[PaperObligation, ...]
    breach: str = ""
    show_id_numbers: bool = False
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperTie:
    """What ties a mediator to somebody of the case: kind and fact in the codes of `domain.recusal`."""

    kind: str
    party: str
    fact: str
    case_number: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class RecusalRecordPaper(PaperRecord):
    """人民调解员回避事项记录: `asked_by` and `wish` when a party asked; `mediators` are those who go on."""

    number: str
    committee: str
    dispute: str
    mediator: str
    ties: tuple[PaperTie, ...]
    asked_by: str
    wish: str
    verdict: RecusalVerdict
    reason: str
    mediators: tuple[str, ...]
    parties: tuple[PaperName, ...]
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecoverySheetPaper(PaperRecord):
    """恢复单: the office's recovery key for the safe. Never store this record or its PDF."""

    office: str
    node: str
    recovery_key: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class RegistrationSheetPaper(PaperRecord):
    """注册单: which keys a node uses, to be compared with the county's screen."""

    office: str
    node: str
    fingerprint: str
    issued_on: date
