"""This installation: its office, its own keys, its users, settings and unfinished forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Json, Moment, Versioned


class Office(Base, Versioned):
    """The one row that says whose file this is."""

    __tablename__ = "office"

    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(40))  # stands in numbers: 平乡镇
    committee: Mapped[str] = mapped_column(String(100))
    division_code: Mapped[str] = mapped_column(String(12))
    node_letter: Mapped[str] = mapped_column(String(2))
    node: Mapped[str] = mapped_column(String(20))
    inc: Mapped[int]  # incarnation: grows when an older copy of the file is put back
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    node_keys: Mapped[str] = mapped_column(Text)  # the secrets of this installation
    recovery_recipient: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class User(Base, Versioned):
    """A person who signs in on this PC; the passphrase lives in the key slots, never here."""

    __tablename__ = "user"

    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(50))
    roles: Mapped[list[str]] = mapped_column(Json)
    mediator_id: Mapped[str | None] = mapped_column(String(36))
    active: Mapped[bool] = mapped_column(default=True)


class Setting(Base):
    """One office-wide choice."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class Draft(Base):
    """A form a person has not finished; saved by itself, there again after a crash."""

    __tablename__ = "draft"

    user_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[Any] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(Moment)


class Peer(Base, Versioned):
    """Another installation whose card this office has compared and accepted."""

    __tablename__ = "peer"

    node: Mapped[str] = mapped_column(String(20), unique=True)
    org: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    sign_key: Mapped[str] = mapped_column(Text)
    age_recipient: Mapped[str] = mapped_column(Text)
    recovery_recipient: Mapped[str | None] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    enrolled_at: Mapped[datetime] = mapped_column(Moment)


class Series(Base):
    """How far a numbered series of a year has come on this installation."""

    __tablename__ = "series"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class IssuedNumber(Base, Identified):
    """A number once given; it stays for ever, used or void with its reason."""

    __tablename__ = "issued_number"

    kind: Mapped[str] = mapped_column(String(20), index=True)
    year: Mapped[int]
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(String(80), unique=True)
    subject_id: Mapped[str | None] = mapped_column(String(36))
    void_reason: Mapped[str | None] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(String(36))
