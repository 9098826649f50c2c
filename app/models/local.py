"""What is this file's own and never travels with a case: rules, calendars, the journal, merged persons."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Json, Moment, Versioned


class LimitRule(Base, Versioned):
    """A time limit as this office keeps it, in place of the one shipped with the program."""

    __tablename__ = "limit_rule"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    roll: Mapped[str] = mapped_column(String(20))
    extension_amount: Mapped[int] = mapped_column(default=0)
    extension_needs: Mapped[str] = mapped_column(String(20), default="")
    warn_days: Mapped[list[int]] = mapped_column(Json, default=list)  # relative to the last day: -3, 0, 1
    basis: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)


class CalendarYear(Base, Versioned):
    """The working-day calendar of one year, imported by this office."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(String(200))
    body: Mapped[Any] = mapped_column(Json)  # one year as in holidays.json


class BlockedTime(Base, Versioned):
    """Time in which nothing should be fixed: market days, duty, the busy season, leave."""

    __tablename__ = "blocked_time"

    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(50))
    ref: Mapped[str | None] = mapped_column(String(36))  # a mediator or a room; None: everybody
    pattern: Mapped[str] = mapped_column(String(20))  # how it repeats
    days: Mapped[list[int]] = mapped_column(Json, default=list)  # weekdays, or last digits of the day
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    start: Mapped[int]
    end: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class PersonMerge(Base, Identified):
    """Two entries of the register made one; the snapshot lets it be undone at any time."""

    __tablename__ = "person_merge"

    kept_id: Mapped[str] = mapped_column(String(36), index=True)
    gone_id: Mapped[str] = mapped_column(String(36), index=True)
    snapshot: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(50))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class PersonPair(Base, Identified):
    """Two entries of the register somebody looked at and found to be two persons."""

    __tablename__ = "person_pair"

    person_a: Mapped[str] = mapped_column(String(36), index=True)
    person_b: Mapped[str] = mapped_column(String(36), index=True)
    by: Mapped[str] = mapped_column(String(50))
    at: Mapped[datetime] = mapped_column(Moment)


class SavedFilter(Base, Versioned):
    """A list as somebody wants to see it again."""

    __tablename__ = "saved_filter"

    user_id: Mapped[str] = mapped_column(String(36), index=True)
    place: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(50))
    body: Mapped[Any] = mapped_column(Json)


class JournalEntry(Base):
    """One changed field of one row, or a row that came or went, by the action that did it.

    Whole rows (`field` empty) keep the row as JSON in `before` or `after`. Pages show it as the history of a
    field, 撤销 puts `before` back, the bin offers what went.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_row", "row_id", "n"),
        Index("ix_journal_case", "case_id", "n"),
        Index("ix_journal_action", "action_id"),
    )

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    action_id: Mapped[str] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(40))
    undoable: Mapped[bool]
    case_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(30))  # the table
    row_id: Mapped[str] = mapped_column(String(36))
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[str] = mapped_column(String(36))
    user_name: Mapped[str] = mapped_column(String(50))
    undone_by: Mapped[str | None] = mapped_column(String(36))  # the action that took it back


class BinItem(Base, Identified):
    """Something removed that can be put back: a draft, a note, a scan, a blocked time."""

    __tablename__ = "bin_item"

    kind: Mapped[str] = mapped_column(String(30), index=True)
    case_id: Mapped[str | None] = mapped_column(String(36), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[Any] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    user_id: Mapped[str] = mapped_column(String(36))
    user_name: Mapped[str] = mapped_column(String(50))
