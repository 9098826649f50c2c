"""Every table, imported once so that the metadata is whole."""

from app.models.agreement import Agreement, Obligation, Signature
from app.models.base import Base
from app.models.case import Assignment, Case, CaseDue, CaseEvent, CaseListRow, CaseText, Party
from app.models.exchange import AuditEntry, Branch, CaseHead, Change, ForeignRecord, Package
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.office import Draft, IssuedNumber, Office, Peer, Series, Setting, User
from app.models.paper import Paper, PaperFile
from app.models.people import Person, Relation
from app.models.roster import Committee, Expert, Mediator, Room

__all__ = [
    "Agreement", "Assignment", "AuditEntry", "Base", "Booking", "Branch", "Case", "CaseDue", "CaseEvent",
    "CaseHead", "CaseListRow", "CaseText", "Change", "Committee", "Draft", "Expert", "ForeignRecord",
    "Hearing", "IssuedNumber", "Mediator", "Obligation", "Office", "Package", "Paper", "PaperFile", "Party",
    "Peer", "Person", "Relation", "Room", "Series", "SessionRecord", "Setting", "Signature", "User",
]  # fmt: skip

metadata = Base.metadata
