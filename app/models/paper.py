"""Printed papers: what was printed stays as it was, byte for byte."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, Synced


class Paper(Base, Synced):
    """A printed form with the data it was made from and the digests of data and file."""

    __tablename__ = "paper"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    form: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(100))
    subject_id: Mapped[str] = mapped_column(String(80), index=True)  # what it is for
    number: Mapped[str | None] = mapped_column(String(80))
    wording: Mapped[str] = mapped_column(String(20))
    dated_on: Mapped[date]
    data: Mapped[str] = mapped_column(Text)
    data_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("paper_file.sha256"))
    pages: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(String(50))


class PaperFile(Base):
    """The bytes of a printed paper, known by their digest."""

    __tablename__ = "paper_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
