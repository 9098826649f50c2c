"""Acts in the life of a case beside its sessions: handing over, pauses, longer limits, risks, recusal."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, Moment, Synced


class Referral(Base, Synced):
    """A case handed to another office, and what that office answered (guards G3, G10; SD16, NB15 19)."""

    __tablename__ = "referral"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(100))
    basis: Mapped[str] = mapped_column(Text)  # 法律依据或职责清单
    consented: Mapped[bool]  # the parties agreed that another body mediates
    letter_no: Mapped[str] = mapped_column(String(80), default="")
    materials: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(100), default="")
    sent_on: Mapped[date]
    due_on: Mapped[date | None]  # the day set in the letter; the rule's day where none is set
    reply: Mapped[str | None] = mapped_column(String(20))
    replied_on: Mapped[date | None]
    reply_letter_no: Mapped[str] = mapped_column(String(80), default="")
    reply_note: Mapped[str] = mapped_column(Text, default="")


class Entrustment(Base, Synced):
    """Another organ's letter that entrusts the mediation to this committee, and the answer to it (TY16)."""

    __tablename__ = "entrustment"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    organ: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(100))
    letter_no: Mapped[str] = mapped_column(String(80), default="")
    contact: Mapped[str] = mapped_column(String(100), default="")
    materials: Mapped[str] = mapped_column(Text, default="")
    signed_by: Mapped[str] = mapped_column(String(50))
    signed_on: Mapped[date]  # starts the clock
    result: Mapped[str | None] = mapped_column(String(20))
    replied_on: Mapped[date | None]
    reply_letter_no: Mapped[str] = mapped_column(String(80), default="")
    reply_note: Mapped[str] = mapped_column(Text, default="")
    returned: Mapped[str] = mapped_column(Text, default="")  # what went back of the material


class Suspension(Base, Synced):
    """A pause of the mediation; for an appraisal the clock of a medical dispute stands still (MED 38)."""

    __tablename__ = "suspension"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Extension(Base, Synced):
    """A time limit made longer: what the law asks for it, and who granted it (MJR02 33, NB15 27, SZ22 25)."""

    __tablename__ = "extension"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    rule: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    agreed_by: Mapped[list[str]] = mapped_column(Json, default=list)  # ids of the parties who agreed
    approver: Mapped[str] = mapped_column(String(50))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(Text)
    granted_on: Mapped[date]


class RiskReport(Base, Synced):
    """A sign that the dispute may escalate: whom it was told to, and that it passed (PML 25; guard G9)."""

    __tablename__ = "risk_report"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    flags: Mapped[list[str]] = mapped_column(Json)
    level: Mapped[str] = mapped_column(String(10))
    facts: Mapped[str] = mapped_column(Text)
    people: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    receiver_kind: Mapped[str] = mapped_column(String(20))
    receiver: Mapped[str] = mapped_column(String(100))
    receiver_phone: Mapped[str] = mapped_column(String(40), default="")
    method: Mapped[str] = mapped_column(String(20))
    reported_at: Mapped[datetime] = mapped_column(Moment)
    reported_by: Mapped[str] = mapped_column(String(50))
    feedback: Mapped[str] = mapped_column(Text, default="")
    cleared_on: Mapped[date | None]
    cleared_by: Mapped[str] = mapped_column(String(50), default="")
    clear_note: Mapped[str] = mapped_column(Text, default="")


class RecusalDecision(Base, Synced):
    """What was decided about a tie of a mediator, why, and which parties consented (PML 23; TY16 15)."""

    __tablename__ = "recusal_decision"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    mediator_id: Mapped[str] = mapped_column(String(36))
    mediator_name: Mapped[str] = mapped_column(String(50))
    findings: Mapped[list[str]] = mapped_column(Json)
    asked_by: Mapped[str | None] = mapped_column(String(36))  # the party who asked for it; None: the check
    wish: Mapped[str] = mapped_column(Text, default="")  # why the party asks
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    consented: Mapped[list[str]] = mapped_column(Json, default=list)  # ids of the parties who consent
    decided_on: Mapped[date | None]  # None: found, and nobody has decided yet
    decided_by: Mapped[str] = mapped_column(String(50), default="")
