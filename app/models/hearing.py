"""Hearings, who and what they hold at which time, and the record of each session."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, Synced


class Hearing(Base, Synced):
    """A mediation meeting of one case; `start` and `end` are minutes since midnight, local time."""

    __tablename__ = "hearing"
    __table_args__ = (Index("ix_hearing_day", "day"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]
    room_id: Mapped[str | None] = mapped_column(String(36))
    place: Mapped[str] = mapped_column(String(100))  # the room's name, or where else they meet
    open_to_public: Mapped[bool] = mapped_column(default=False)
    open_agreed: Mapped[bool] = mapped_column(default=False)  # all parties agreed to that
    status: Mapped[str] = mapped_column(String(20))
    recorder: Mapped[str] = mapped_column(String(50), default="")
    invited: Mapped[list[Any]] = mapped_column(Json, default=list)
    notice_waived: Mapped[bool] = mapped_column(default=False)  # all agreed to come at once
    override_reason: Mapped[str] = mapped_column(String(200), default="")
    travel: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # minutes, each way
    cancel_reason: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    changes: Mapped[list[Any]] = mapped_column(
        Json, default=list, server_default=text("'[]'")
    )  # each earlier one


class Booking(Base, Synced):
    """One room or person held by a hearing; the clash check reads nothing else."""

    __tablename__ = "booking"
    __table_args__ = (Index("ix_booking_clash", "ref", "day", "start", "end", "hearing_id"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    hearing_id: Mapped[str] = mapped_column(ForeignKey("hearing.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(36))
    label: Mapped[str] = mapped_column(String(50))
    day: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]


class SessionRecord(Base, Synced):
    """What was said and done at one hearing (PML 27)."""

    __tablename__ = "session_record"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    hearing_id: Mapped[str] = mapped_column(ForeignKey("hearing.id"), unique=True)
    seq: Mapped[int]
    day: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]
    place: Mapped[str] = mapped_column(String(100))
    participants: Mapped[list[Any]] = mapped_column(Json, default=list)
    participants_agreed: Mapped[bool] = mapped_column(default=False)
    absent: Mapped[list[Any]] = mapped_column(Json, default=list)
    identity_checked: Mapped[bool] = mapped_column(default=False)
    rights_told: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(Text, default="")
    mediators: Mapped[list[Any]] = mapped_column(Json, default=list)
    recorder: Mapped[str] = mapped_column(String(50), default="")
    signed_on: Mapped[date | None]


class ServiceProof(Base, Synced):
    """That somebody received a notice: when, how, who signed for it (送达回证)."""

    __tablename__ = "service_proof"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    subject_id: Mapped[str] = mapped_column(String(36), index=True)  # the hearing, or the paper
    party_id: Mapped[str] = mapped_column(String(36))
    what: Mapped[str] = mapped_column(String(20))  # a first notice, a change, a cancellation
    revision: Mapped[int]  # how often the hearing had been changed by then
    method: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(100), default="")
    served_on: Mapped[date]
    receiver: Mapped[str] = mapped_column(String(50), default="")
    relation: Mapped[str] = mapped_column(String(30), default="")
    server: Mapped[str] = mapped_column(String(50))
    refused_note: Mapped[str] = mapped_column(Text, default="")
