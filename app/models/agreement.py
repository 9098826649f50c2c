"""The settlement, who owes what to whom, and who has signed."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Json, Synced


class Agreement(Base, Synced):
    """A written or oral settlement (PML 28-30)."""

    __tablename__ = "agreement"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    terms: Mapped[list[str]] = mapped_column(Json)
    breach: Mapped[str] = mapped_column(Text, default="")
    total_fen: Mapped[int | None] = mapped_column(BigInteger)
    copies: Mapped[int]
    third_party_asked: Mapped[bool] = mapped_column(default=False)
    show_id_numbers: Mapped[bool] = mapped_column(default=False)
    agreed_on: Mapped[date]
    override_reason: Mapped[str] = mapped_column(String(200), default="")
    mediator_signed_on: Mapped[date | None]
    sealed_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    seq: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    partial: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # SZ22 26
    replaces_id: Mapped[str | None] = mapped_column(String(36))
    replaced_by_id: Mapped[str | None] = mapped_column(String(36))
    stated_total_fen: Mapped[int | None] = mapped_column(BigInteger)

    obligations: Mapped[list["Obligation"]] = relationship(
        order_by="Obligation.seq", cascade="all, delete-orphan", lazy="selectin"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        order_by="Signature.seq", cascade="all, delete-orphan", lazy="selectin"
    )


class Obligation(Base, Synced):
    """One thing to do or pay: who, to whom, what, how, until when."""

    __tablename__ = "obligation"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    debtor_id: Mapped[str] = mapped_column(String(36))
    creditor_id: Mapped[str] = mapped_column(String(36))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(Text, default="")
    manner: Mapped[str] = mapped_column(String(100))
    due_on: Mapped[date]
    performed_on: Mapped[date | None]
    released_on: Mapped[date | None]  # no longer owed: the agreement was changed, or the creditor waived it
    release_note: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))


class Signature(Base, Synced):
    """A party's signature, seal or fingerprint with its day; undated means still missing."""

    __tablename__ = "signature"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    seq: Mapped[int]
    party_id: Mapped[str] = mapped_column(String(36))
    signer_id: Mapped[str] = mapped_column(String(36))  # the party itself, its agent or guardian
    name: Mapped[str] = mapped_column(String(100))  # the signer's
    signed_on: Mapped[date | None]
