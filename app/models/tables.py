"""Every table, imported once so that the metadata is whole."""

from app.models.after import Breach, Confirmation, Demand, FollowUp, Postponement, Receipt
from app.models.agreement import Agreement, Obligation, Signature
from app.models.base import Base
from app.models.case import Assignment, Case, CaseDue, CaseEvent, CaseListRow, CaseText, Party
from app.models.exchange import AuditEntry, Branch, CaseHead, Change, ForeignRecord, Package
from app.models.flow import Entrustment, Extension, RecusalDecision, Referral, RiskReport, Suspension
from app.models.hearing import Booking, Hearing, ServiceProof, SessionRecord
from app.models.local import (
    BinItem,
    BlockedTime,
    CalendarYear,
    JournalEntry,
    LimitRule,
    PersonMerge,
    PersonPair,
    SavedFilter,
)
from app.models.office import Draft, IssuedNumber, Office, Peer, Series, Setting, User
from app.models.paper import Paper, PaperFile
from app.models.people import Person, Relation
from app.models.roster import Committee, Expert, Mediator, Room
from app.models.work import Attachment, Conference, Evidence, Investigation, Visit

__all__ = [
    "Agreement", "Assignment", "Attachment", "AuditEntry", "Base", "BinItem", "BlockedTime", "Booking",
    "Branch", "Breach", "CalendarYear", "Case", "CaseDue", "CaseEvent", "CaseHead", "CaseListRow",
    "CaseText", "Change", "Committee", "Conference", "Confirmation", "Demand", "Draft", "Entrustment",
    "Evidence", "Expert", "Extension", "FollowUp", "ForeignRecord", "Hearing", "Investigation",
    "IssuedNumber", "JournalEntry", "LimitRule", "Mediator", "Obligation", "Office", "Package", "Paper",
    "PaperFile", "Party", "Peer", "Person", "PersonMerge", "PersonPair", "Postponement", "Receipt",
    "RecusalDecision", "Referral", "Relation", "RiskReport", "Room", "SavedFilter", "Series",
    "ServiceProof", "SessionRecord", "Setting", "Signature", "Suspension", "User", "Visit",
]  # fmt: skip

metadata = Base.metadata
