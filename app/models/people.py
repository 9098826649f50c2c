"""The register of persons and organisations, and how they are related."""

from datetime import date

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Versioned


class Particulars:
    """What identifies a natural or legal person; a party keeps its own copy as of the day of the case."""

    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(50))
    sex: Mapped[str | None] = mapped_column(String(10))
    birth: Mapped[date | None]
    id_kind: Mapped[str] = mapped_column(String(30))
    id_no: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    nation: Mapped[str] = mapped_column(String(20), default="")
    occupation: Mapped[str] = mapped_column(String(50), default="")
    village: Mapped[str] = mapped_column(String(50), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    uscc: Mapped[str] = mapped_column(String(18), default="")
    legal_representative: Mapped[str] = mapped_column(String(50), default="")
    representative_post: Mapped[str] = mapped_column(String(30), default="")


class Person(Base, Versioned, Particulars):
    """One person or organisation known to the office; `sk` is the row of its search entry."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_id_no", "id_no"),
        Index("ix_person_name", "name"),
        Index("ix_person_phone", "phone"),
        Index("ix_person_uscc", "uscc"),
    )

    sk: Mapped[int] = mapped_column(unique=True)
    capacity: Mapped[str] = mapped_column(String(20), default="full", server_default=text("'full'"))
    former_names: Mapped[str] = mapped_column(String(100), default="", server_default=text("''"))
    household: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))  # 户号
    employer: Mapped[str] = mapped_column(String(100), default="", server_default=text("''"))
    sound: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"), index=True)
    note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    merged_into: Mapped[str | None] = mapped_column(String(36), index=True)


class Relation(Base, Identified):
    """A recorded tie between two persons; recusal looks at it."""

    __tablename__ = "relation"

    person_a: Mapped[str] = mapped_column(String(36), index=True)
    person_b: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
