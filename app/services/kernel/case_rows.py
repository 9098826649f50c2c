"""The rows a case is made of, and which of them name each other: what travels, is checked and restored."""

from app.models.after import Breach, Confirmation, Demand, FollowUp, Postponement, Receipt
from app.models.agreement import Agreement, Obligation, Signature
from app.models.base import Synced
from app.models.case import Assignment, Case, CaseEvent, Party
from app.models.flow import Entrustment, Extension, RecusalDecision, Referral, RiskReport, Suspension
from app.models.hearing import Booking, Hearing, ServiceProof, SessionRecord
from app.models.paper import Paper
from app.models.work import Attachment, Conference, Evidence, Investigation, Visit

# In the order in which rows may be inserted; what depends on another comes after it.
PARTS: tuple[tuple[str, type[Synced]], ...] = (
    ("parties", Party),
    ("assignments", Assignment),
    ("events", CaseEvent),
    ("hearings", Hearing),
    ("bookings", Booking),
    ("sessions", SessionRecord),
    ("agreements", Agreement),
    ("obligations", Obligation),
    ("signatures", Signature),
    ("papers", Paper),
    ("referrals", Referral),
    ("suspensions", Suspension),
    ("extensions", Extension),
    ("risk_reports", RiskReport),
    ("recusal_decisions", RecusalDecision),
    ("service_proofs", ServiceProof),
    ("visits", Visit),
    ("investigations", Investigation),
    ("evidence", Evidence),
    ("attachments", Attachment),
    ("conferences", Conference),
    ("receipts", Receipt),
    ("postponements", Postponement),
    ("demands", Demand),
    ("breaches", Breach),
    ("follow_ups", FollowUp),
    ("confirmations", Confirmation),
    ("entrustments", Entrustment),
)
CASE: tuple[str, type[Case]] = ("case", Case)

# Which rows of the same bundle a value must name.
NAMES: dict[str, str] = {
    "parties.represents": "parties",
    "bookings.hearing_id": "hearings",
    "sessions.hearing_id": "hearings",
    "sessions.absent": "parties",
    "hearings.invited": "parties",
    "obligations.agreement_id": "agreements",
    "obligations.debtor_id": "parties",
    "obligations.creditor_id": "parties",
    "signatures.agreement_id": "agreements",
    "signatures.party_id": "parties",
    "signatures.signer_id": "parties",
    "evidence.party_id": "parties",
    "extensions.agreed_by": "parties",
    "service_proofs.party_id": "parties",
    "agreements.replaces_id": "agreements",
    "agreements.replaced_by_id": "agreements",
    "follow_ups.agreement_id": "agreements",
    "receipts.obligation_id": "obligations",
    "postponements.obligation_id": "obligations",
    "demands.obligation_id": "obligations",
    "breaches.obligation_ids": "obligations",
    "follow_ups.party_id": "parties",
    "confirmations.agreement_id": "agreements",
    "confirmations.applied_by": "parties",
}
