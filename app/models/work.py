"""What mediators do between the sessions: visits, investigations, evidence, scans, expert consultations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, Moment, Synced


class Visit(Base, Synced):
    """One entry of the visit log: a call at the door, on the phone, at the place (any number per case)."""

    __tablename__ = "visit"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    day: Mapped[date]
    start: Mapped[int | None]  # minutes since midnight
    method: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(100), default="")
    visited: Mapped[str] = mapped_column(String(100))
    visitors: Mapped[str] = mapped_column(String(100))
    content: Mapped[str] = mapped_column(Text)
    next_action: Mapped[str] = mapped_column(Text, default="")


class Investigation(Base, Synced):
    """An investigation record (F06): whom the mediators asked, and the questions and answers."""

    __tablename__ = "investigation"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    seq: Mapped[int]
    day: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]
    place: Mapped[str] = mapped_column(String(100))
    attendees: Mapped[list[str]] = mapped_column(Json, default=list)
    asked: Mapped[dict[str, Any]] = mapped_column(Json)  # name, sex, age, id_no or unit, address, phone
    investigators: Mapped[list[str]] = mapped_column(Json)
    recorder: Mapped[str] = mapped_column(String(50))
    body: Mapped[str] = mapped_column(Text)
    signed_on: Mapped[date | None]


class Evidence(Base, Synced):
    """One line of the list of evidence (F07)."""

    __tablename__ = "evidence"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    seq: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[str | None] = mapped_column(String(36))  # who brought it; None: `source` says who
    source: Mapped[str] = mapped_column(String(100), default="")
    copies: Mapped[int]
    pages: Mapped[int | None]
    original: Mapped[bool]
    checked_by: Mapped[str] = mapped_column(String(50), default="")  # who compared the copy with the original
    purpose: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    receiver: Mapped[str] = mapped_column(String(50))
    returned_on: Mapped[date | None]
    returned_to: Mapped[str] = mapped_column(String(50), default="")


class Attachment(Base, Synced):
    """A scan or photograph of the case; its bytes lie encrypted beside the data file, known by digest."""

    __tablename__ = "attachment"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    category: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(100))
    evidence_id: Mapped[str | None] = mapped_column(String(36))
    subject_id: Mapped[str | None] = mapped_column(String(36))  # the paper, receipt or record it is a scan of
    mime: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    pages: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(String(50))
    supplement: Mapped[bool] = mapped_column(default=False)  # added after the volume was locked


class Conference(Base, Synced):
    """An expert consultation (会诊, F28)."""

    __tablename__ = "conference"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    day: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]
    place: Mapped[str] = mapped_column(String(100))
    chair: Mapped[str] = mapped_column(String(50))
    members: Mapped[list[Any]] = mapped_column(Json)  # name, unit
    summary: Mapped[str] = mapped_column(Text)
    opinions: Mapped[list[Any]] = mapped_column(Json)  # name, text
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text, default="")
    recorder: Mapped[str] = mapped_column(String(50), default="")
