"""What follows an agreement: performance, demands, follow-up visits, judicial confirmation."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, Synced


class Receipt(Base, Synced):
    """Something performed of an obligation: money in fen, or a deed; a wrong entry is voided and stays."""

    __tablename__ = "receipt"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    obligation_id: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True)
    on: Mapped[date]
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    manner: Mapped[str] = mapped_column(String(100), default="")
    proof: Mapped[str] = mapped_column(String(100), default="")  # 收条、转账凭证号
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(50))
    void_reason: Mapped[str | None] = mapped_column(String(200))


class Postponement(Base, Synced):
    """A later day for an obligation to which its parties agreed (T-PERF)."""

    __tablename__ = "postponement"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    obligation_id: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    agreed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")


class Demand(Base, Synced):
    """The committee urged somebody to perform (PML 31; F25)."""

    __tablename__ = "demand"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    obligation_id: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True)
    on: Mapped[date]
    method: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Text, default="")
    demanded_by: Mapped[str] = mapped_column(String(50))


class Breach(Base, Synced):
    """What was not performed, and the way taken after it (PML 32)."""

    __tablename__ = "breach"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    obligation_ids: Mapped[list[str]] = mapped_column(Json)
    on: Mapped[date]
    facts: Mapped[str] = mapped_column(Text)
    way: Mapped[str | None] = mapped_column(String(20))
    way_on: Mapped[date | None]
    way_note: Mapped[str] = mapped_column(Text, default="")


class FollowUp(Base, Synced):
    """A follow-up visit (F11)."""

    __tablename__ = "follow_up"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[str | None] = mapped_column(String(36))
    party_id: Mapped[str] = mapped_column(String(36))
    day: Mapped[date]
    method: Mapped[str] = mapped_column(String(20))
    performance: Mapped[str] = mapped_column(Text)
    satisfaction: Mapped[str] = mapped_column(String(20))
    new_dispute: Mapped[str] = mapped_column(Text, default="")  # over performance; a suit, a judgment
    risks: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    visitors: Mapped[str] = mapped_column(String(100))
    next_on: Mapped[date | None]


class Confirmation(Base, Synced):
    """Judicial confirmation of an agreement (PML 33; CPL 205-206); not handed in yet without `applied_on`."""

    __tablename__ = "confirmation"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    court: Mapped[str] = mapped_column(String(100))
    jurisdiction: Mapped[str] = mapped_column(String(30))
    applied_by: Mapped[list[str]] = mapped_column(Json)  # ids of the parties: all of the agreement, jointly
    materials: Mapped[list[str]] = mapped_column(Json, default=list)
    doubts: Mapped[list[str]] = mapped_column(Json, default=list)  # what the court may reject it for
    override_reason: Mapped[str] = mapped_column(Text, default="")  # why in spite of a doubt
    applied_on: Mapped[date | None]
    docket_no: Mapped[str] = mapped_column(String(80), default="")
    docketed_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    decided_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
