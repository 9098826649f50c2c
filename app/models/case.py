"""A dispute: the case, its parties, its mediators and what happened, in order."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Json, Moment, Synced, Versioned
from app.models.people import Particulars


class Case(Base, Versioned):
    """One dispute from the counter to the archive. `sk` orders cases by the day they were received."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("owner", "number"),  # two offices may count alike
        Index("ix_case_strike_off", "status", "strike_proposed_on"),
    )

    sk: Mapped[int] = mapped_column(BigInteger, unique=True)
    number: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(100))
    summary: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text, default="")
    type_a: Mapped[str] = mapped_column(String(4))
    type_b: Mapped[str] = mapped_column(String(4))
    source: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(30))
    source_unit: Mapped[str] = mapped_column(String(100), default="")
    source_letter: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    people_count: Mapped[int | None]
    risk_flags: Mapped[list[str]] = mapped_column(Json)
    difficulty: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Moment)
    first_contact: Mapped[str] = mapped_column(String(50))  # 首问责任人
    registrar: Mapped[str] = mapped_column(String(50))
    accepted_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    refusal: Mapped[str | None] = mapped_column(String(30))
    refusal_note: Mapped[str] = mapped_column(Text, default="")
    rights_told_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    difficulty_reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    procedure: Mapped[str] = mapped_column(String(20), default="ordinary", server_default=text("'ordinary'"))
    triaged_on: Mapped[date | None]
    triage_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    level: Mapped[int] = mapped_column(default=4, server_default=text("4"))  # of the four levels of 四级七天
    level_since: Mapped[date | None]
    signed_for_on: Mapped[date | None]  # an entrusted case: when the mediator signed for the material (TY16)
    court_case_no: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    police_case_no: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    no_penalty_asked: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # PLAW26 9
    issues: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))  # 争议焦点
    undisputed: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))  # 无争议事实
    terminated_on: Mapped[date | None]
    termination: Mapped[str | None] = mapped_column(String(30))
    termination_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    remedies_told_on: Mapped[date | None]
    rest_ended_on: Mapped[date | None]  # what a partial agreement left open is not mediated any more
    withdrawn_on: Mapped[date | None]
    merged_into: Mapped[str | None] = mapped_column(String(36), index=True)
    reopened_from: Mapped[str | None] = mapped_column(String(36), index=True)
    performed_on: Mapped[date | None]
    no_follow_up: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    close_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    told_applicant_on: Mapped[date | None]
    strike_proposed_on: Mapped[date | None]
    strike_proposed_by: Mapped[str] = mapped_column(String(50), default="", server_default=text("''"))
    strike_proposed_by_id: Mapped[str | None] = mapped_column(String(36))
    struck_off_on: Mapped[date | None]
    struck_off_by: Mapped[str] = mapped_column(String(50), default="", server_default=text("''"))
    archived_on: Mapped[date | None]
    volume_no: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    volume: Mapped[Any] = mapped_column(Json, nullable=True)  # the locked index: papers, pages, digests
    volume_digest: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    retention: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    filing_no: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    reported_on: Mapped[date | None]
    owner: Mapped[str] = mapped_column(String(20))  # the node that may edit
    epoch: Mapped[int] = mapped_column(default=1)
    rev: Mapped[int] = mapped_column(default=0)

    parties: Mapped[list["Party"]] = relationship(
        order_by="Party.seat", cascade="all, delete-orphan", lazy="selectin"
    )
    assignments: Mapped[list["Assignment"]] = relationship(
        order_by="Assignment.seat", cascade="all, delete-orphan", lazy="selectin"
    )


class Party(Base, Synced, Particulars):
    """A person in a case with that day's particulars (PML 29); agents and guardians stand for a party.

    `represents` of a party itself names those of its side it speaks for (NB15 20).
    """

    __tablename__ = "party"
    __table_args__ = (Index("ix_party_id_no", "id_no"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    seat: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str | None] = mapped_column(String(36), index=True)
    represents: Mapped[list[str]] = mapped_column(Json, default=list)  # ids of the parties stood for
    agent_kind: Mapped[str | None] = mapped_column(String(20))
    agent_powers: Mapped[list[str]] = mapped_column(Json, default=list)
    consent: Mapped[str] = mapped_column(String(20))
    consent_on: Mapped[date | None]
    capacity: Mapped[str] = mapped_column(String(20), default="full", server_default=text("'full'"))
    left_on: Mapped[date | None]  # no longer a party of the case; the row stays for what it signed


def current_parties(case: Case) -> list[Party]:
    """Those who are in the case now, in their seats: who has left stays a row for what it signed."""
    return [party for party in case.parties if party.left_on is None]


def parties_on(case: Case, day: date | None) -> list[Party]:
    """Those who were in the case on that day; None is now. Who left that day was still there."""
    return [party for party in case.parties if party.left_on is None or (day and party.left_on >= day)]


class Assignment(Base, Synced):
    """A mediator put on a case, by whom, and what the recusal check said."""

    __tablename__ = "assignment"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    seat: Mapped[int]
    mediator_id: Mapped[str] = mapped_column(String(36), index=True)
    mediator_name: Mapped[str] = mapped_column(String(50))
    role: Mapped[str] = mapped_column(String(10))
    chosen_by: Mapped[str] = mapped_column(String(20))
    assigned_on: Mapped[date]
    findings: Mapped[list[Any]] = mapped_column(Json, default=list)
    override_reason: Mapped[str] = mapped_column(String(200), default="")
    consented: Mapped[list[str]] = mapped_column(
        Json, default=list, server_default=text("'[]'")
    )  # ids of parties
    ended_on: Mapped[date | None]


class CaseEvent(Base, Synced):
    """One entry of the case's history; written once, never changed."""

    __tablename__ = "case_event"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[str] = mapped_column(String(36))
    actor_name: Mapped[str] = mapped_column(String(50))
    action: Mapped[str] = mapped_column(String(30))
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")


class CaseListRow(Base):
    """The narrow copy of a case that every list reads; rewritten whenever the case changes."""

    __tablename__ = "case_list"
    __table_args__ = (Index("ix_case_list_open_due", "open", "due_on"),)

    # INTEGER, so that SQLite takes it as the row number: every index then ends in the order of receipt
    sk: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(String(36), unique=True)
    org: Mapped[str] = mapped_column(String(12), index=True)
    number: Mapped[str] = mapped_column(String(80), index=True)
    parties: Mapped[str] = mapped_column(String(120), index=True)
    type_a: Mapped[str] = mapped_column(String(4), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    mediators: Mapped[str] = mapped_column(String(100), index=True)
    mediator_ids: Mapped[str] = mapped_column(String(200), default="")
    received_on: Mapped[date] = mapped_column(index=True)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger, index=True)
    step: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date | None] = mapped_column(index=True)
    due_code: Mapped[str] = mapped_column(String(20), default="")
    risky: Mapped[bool] = mapped_column(default=False)
    open: Mapped[bool]
    holder: Mapped[str] = mapped_column(String(50), default="", server_default=text("''"))
    idle: Mapped[bool] = mapped_column(default=False, server_default=text("0"), index=True)  # no next step


class CaseDue(Base):
    """A date a case must keep: all of them, beside the nearest on its list row; rewritten with the case."""

    __tablename__ = "case_due"
    __table_args__ = (Index("ix_case_due_code_due_on", "code", "due_on", "sk"),)

    sk: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)


class CaseText(Base):
    """The folded words of a case, beside the search index, for searches that must be verified in full."""

    __tablename__ = "case_text"

    sk: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    folded: Mapped[str] = mapped_column(Text)
