"""The books an office keeps in Excel: the frozen records of their rows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BookId(StrEnum):
    """One Excel book."""

    CASE_REGISTER = "case_register"  # 案件台账
    ROSTER = "roster"  # 调解员名册


@dataclass(frozen=True, slots=True)
class CaseRegisterRow:
    """One case of the register (book 3 受理调解登记); words as the reader sees them, amount in fen."""

    number: str
    accepted_on: date | None
    applicants: str
    respondents: str
    dispute_type: str
    source: str
    place: str
    mediators: str
    form: str
    amount_fen: int | None
    status: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One mediator of the roster; `id_no` is empty where the reader may not see it."""

    name: str
    sex: str
    nation: str
    born_on: date | None
    id_no: str
    education: str
    phone: str
    committee: str
    post: str
    employment: str
    specialities: str
    languages: str
    certificate_no: str
    appointed_on: date | None
    term_ends_on: date | None
    open_cases: int
    status: str
