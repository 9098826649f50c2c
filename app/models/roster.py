"""The people and places a committee works with: committee, mediators, expert pools, rooms."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, Versioned


class Committee(Base, Versioned):
    """A people's mediation committee (PML 7-9)."""

    __tablename__ = "committee"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    term_start: Mapped[date | None]
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")


class Mediator(Base, Versioned):
    """A person the committee may assign (PML 13-14)."""

    __tablename__ = "mediator"

    committee_id: Mapped[str | None] = mapped_column(String(36), index=True)
    committee_role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(50))
    sex: Mapped[str | None] = mapped_column(String(10))
    birth: Mapped[date | None]
    id_no: Mapped[str | None] = mapped_column(String(20))
    nation: Mapped[str] = mapped_column(String(20), default="")
    education: Mapped[str] = mapped_column(String(20), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    full_time: Mapped[bool]
    specialities: Mapped[list[str]] = mapped_column(Json)
    languages: Mapped[list[str]] = mapped_column(Json)
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(20), index=True)


class Expert(Base, Versioned):
    """A member of one of the pools a hearing may invite from (PML 20)."""

    __tablename__ = "expert"

    pool: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(50))
    unit: Mapped[str] = mapped_column(String(100), default="")
    speciality: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)


class Room(Base, Versioned):
    """A room hearings are held in."""

    __tablename__ = "room"

    name: Mapped[str] = mapped_column(String(50), unique=True)
    seats: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
