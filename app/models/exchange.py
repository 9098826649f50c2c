"""What travels between offices: the audit chain, the change log, packages and received bundles."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Json, Moment, Versioned


class AuditEntry(Base):
    """One action; `hash` chains it to the entry before, so that a later change shows."""

    __tablename__ = "audit"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[str] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(36), index=True)
    facts: Mapped[Any] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """A case that changed, in the order of commits; packages take those above the last acknowledged."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_object", "object_id", "n"),)

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(10))
    object_id: Mapped[str] = mapped_column(String(36))


class Package(Base, Versioned):
    """A package made or received here."""

    __tablename__ = "package"

    direction: Mapped[str] = mapped_column(String(5))
    peer: Mapped[str] = mapped_column(String(20))
    inc: Mapped[int]
    seq: Mapped[int]
    base: Mapped[int]
    upto: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), index=True)
    file_name: Mapped[str] = mapped_column(String(120))
    sums_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    cases: Mapped[int] = mapped_column(default=0)
    papers: Mapped[int] = mapped_column(default=0)
    counts: Mapped[Any] = mapped_column(Json, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    acked_at: Mapped[datetime | None] = mapped_column(Moment)


class CaseHead(Base):
    """The revision of a case that was last sent or received; `body` is the received text, word for word."""

    __tablename__ = "case_head"

    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(20))
    epoch: Mapped[int]
    rev: Mapped[int]
    h: Mapped[str] = mapped_column(String(64))
    parents: Mapped[list[str]] = mapped_column(Json)
    body: Mapped[str | None] = mapped_column(Text)


class Branch(Base, Identified):
    """A received head that does not descend from ours; kept until a person decides."""

    __tablename__ = "branch"

    case_id: Mapped[str] = mapped_column(String(36), index=True)
    owner: Mapped[str] = mapped_column(String(20))
    epoch: Mapped[int]
    rev: Mapped[int]
    h: Mapped[str] = mapped_column(String(64), unique=True)
    parents: Mapped[list[str]] = mapped_column(Json)
    body: Mapped[str] = mapped_column(Text)
    package_id: Mapped[str] = mapped_column(String(36))


class ForeignRecord(Base, Identified):
    """A record of a kind this version does not know; kept for the version that will."""

    __tablename__ = "foreign_record"

    package_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    line: Mapped[str] = mapped_column(Text)
