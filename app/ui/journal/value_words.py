"""A changed value in words: dates, sums, times, the words of codes."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.after.performance import BreachWay, DemandMethod, Satisfaction, VisitMethod
from app.domain.agreements import AgreementForm, AgreementStatus, ObligationKind
from app.domain.cases import (
    AgentKind,
    AgentPower,
    CaseSource,
    Channel,
    Consent,
    Difficulty,
    PartyRole,
    Refusal,
    RiskFlag,
)
from app.domain.clashes import BlockKind
from app.domain.confirming.confirmation import ConfirmationOutcome, Doubt, Jurisdiction, Material
from app.domain.confirming.entrustment import EntrustmentResult, Organ
from app.domain.deadlines import RuleCode
from app.domain.flow import CaseStatus, Outcome
from app.domain.hearings import HearingKind, HearingStatus, SessionOutcome
from app.domain.life.codes import (
    Procedure,
    ReferralKind,
    ReferralReply,
    Retention,
    SuspendReason,
    Termination,
)
from app.domain.office.journal import FieldName
from app.domain.papers.attachments import AttachmentCategory, EvidenceKind
from app.domain.people import Capacity, PersonKind, RelationKind
from app.domain.recusal import RecusalVerdict
from app.domain.roster import (
    AssignmentRole,
    ChosenBy,
    CommitteeKind,
    CommitteeRole,
    ExpertPool,
    MediatorStatus,
)
from app.domain.schedule.service import NoticeKind, ServiceMethod
from app.domain.values.catalogues import DISPUTE_TYPES_B, type_a_name
from app.domain.values.identity import IdKind, Sex
from app.domain.values.money import format_yuan
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver
from app.domain.work.visits import VisitManner
from app.ui.words.labels import LABELS, label
from app.ui.words.messages import shown

_CODES: dict[str, type[Enum]] = {
    "blocked_time.kind": BlockKind,
    "party.capacity": Capacity,
    "person.capacity": Capacity,
    "recusal_decision.decision": RecusalVerdict,
    "service_proof.method": ServiceMethod,
    "service_proof.what": NoticeKind,
    "agreement.form": AgreementForm,
    "agreement.status": AgreementStatus,
    "assignment.chosen_by": ChosenBy,
    "assignment.role": AssignmentRole,
    "attachment.category": AttachmentCategory,
    "breach.way": BreachWay,
    "confirmation.doubts": Doubt,
    "confirmation.jurisdiction": Jurisdiction,
    "confirmation.materials": Material,
    "confirmation.outcome": ConfirmationOutcome,
    "entrustment.organ": Organ,
    "entrustment.result": EntrustmentResult,
    "case.channel": Channel,
    "case.difficulty": Difficulty,
    "case.outcome": Outcome,
    "case.procedure": Procedure,
    "case.refusal": Refusal,
    "case.retention": Retention,
    "case.risk_flags": RiskFlag,
    "case.source": CaseSource,
    "case.status": CaseStatus,
    "case.termination": Termination,
    "committee.kind": CommitteeKind,
    "demand.method": DemandMethod,
    "evidence.kind": EvidenceKind,
    "expert.pool": ExpertPool,
    "extension.rule": RuleCode,
    "follow_up.method": VisitMethod,
    "follow_up.satisfaction": Satisfaction,
    "hearing.kind": HearingKind,
    "hearing.status": HearingStatus,
    "limit_rule.code": RuleCode,
    "mediator.committee_role": CommitteeRole,
    "mediator.sex": Sex,
    "mediator.status": MediatorStatus,
    "obligation.kind": ObligationKind,
    "party.agent_kind": AgentKind,
    "party.agent_powers": AgentPower,
    "party.consent": Consent,
    "party.id_kind": IdKind,
    "party.kind": PersonKind,
    "party.role": PartyRole,
    "party.sex": Sex,
    "person.id_kind": IdKind,
    "person.kind": PersonKind,
    "person.sex": Sex,
    "referral.kind": ReferralKind,
    "referral.reply": ReferralReply,
    "relation.kind": RelationKind,
    "risk_report.flags": RiskFlag,
    "risk_report.level": RiskLevel,
    "risk_report.method": ReportMethod,
    "risk_report.receiver_kind": RiskReceiver,
    "session_record.outcome": SessionOutcome,
    "suspension.reason": SuspendReason,
    "visit.method": VisitManner,
}
_MINUTES = frozenset({"start", "end"})
_HOUR = 60


def value_words(name: FieldName, value: Any) -> str:
    """The value of a field for reading; nothing is （空）."""
    translate = QCoreApplication.translate
    if value is None or value == "" or value == []:
        return translate("journal", "（空）")
    if isinstance(value, bool):
        return translate("journal", "是") if value else translate("journal", "否")
    if isinstance(value, list):
        return "、".join(value_words(name, one) for one in value)
    if isinstance(value, dict):
        return "，".join(str(one) for one in value.values() if one not in ("", None))
    if isinstance(value, int):
        return _number(name, value)
    return _text(name, str(value))


def _number(name: FieldName, value: int) -> str:
    if name.field.endswith("_fen"):
        return QCoreApplication.translate("journal", "{yuan} 元").format(yuan=format_yuan(value))
    if name.field in _MINUTES:
        return f"{value // _HOUR:02}:{value % _HOUR:02}"
    return str(value)


def _text(name: FieldName, value: str) -> str:
    kind = _CODES.get(f"{name.kind}.{name.field}")
    if kind is not None:
        known = {str(one.value): one for one in kind}
        return label(known[value]) if value in known and known[value] in LABELS.get(kind, {}) else value
    if name.field == "type_a":
        return type_a_name(value)
    if name.field == "type_b":
        return DISPUTE_TYPES_B.get(value, value)
    return _moment(name, value)


def _moment(name: FieldName, value: str) -> str:
    try:
        if name.field.endswith("_at"):
            return shown(datetime.fromisoformat(value))
        if name.field.endswith(("_on", "day", "birth")) or name.field == "on":
            return shown(date.fromisoformat(value))
    except ValueError:
        pass
    return value
