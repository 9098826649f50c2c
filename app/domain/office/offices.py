"""An office and its installation: what the first-start wizard asks, what windows show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.actor import NodeKind
from app.domain.errors import Problem

TOWNSHIP_DIGITS, COUNTY_DIGITS = 9, 6


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What is asked once, when the data file is made."""

    kind: NodeKind
    name: str  # 平乡镇依法治理中心
    short_name: str  # 平乡镇, as numbers write it
    committee: str  # 平乡镇人民调解委员会; empty for a county
    division_code: str  # 12 digits
    node_letter: str  # A for the first installation of an office
    case_pattern: str
    address: str
    phone: str
    admin_login: str
    admin_name: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """The office as windows show it."""

    kind: NodeKind
    name: str
    short_name: str
    committee: str
    division_code: str
    node: str
    node_letter: str
    address: str
    phone: str
    created_at: datetime


def org_of(kind: NodeKind, division_code: str) -> str:
    """The office's part of a node's name: 9 digits of a township's code, 6 of a county's."""
    return division_code[: TOWNSHIP_DIGITS if kind == NodeKind.TOWNSHIP else COUNTY_DIGITS]


def node_of(kind: NodeKind, division_code: str, letter: str) -> str:
    """The name of one installation: `130532101-A`."""
    return f"{org_of(kind, division_code)}-{letter}"


def office_problems(office: NewOffice) -> Iterator[Problem]:
    """What keeps the office from being made."""
    for field in ("name", "short_name", "admin_name"):
        if not str(getattr(office, field)).strip():
            yield Problem(field, "required")
    if office.kind == NodeKind.TOWNSHIP and not office.committee.strip():
        yield Problem("committee", "required")
    if not re.fullmatch(r"\d{12}", office.division_code):
        yield Problem("division_code", "bad_division_code")
    elif office.kind == NodeKind.TOWNSHIP and office.division_code[6:9] == "000":
        yield Problem("division_code", "no_township_code")
    if not re.fullmatch(r"[A-Z]", office.node_letter):
        yield Problem("node_letter", "bad_node_letter")
    if not re.fullmatch(r"[a-z0-9._-]{2,20}", office.admin_login):
        yield Problem("admin_login", "bad_login")


_OFFICE_WORDS = (
    "依法治理中心",
    "人民调解委员会",
    "社会治安综合治理中心",
    "综治中心",
    "司法所",
    "人民政府",
    "办事处",
)


def town_words(office: str) -> str:
    """The town of an office's name, for a narrow column: 平乡镇依法治理中心 is 平乡镇."""
    for words in _OFFICE_WORDS:
        office = office.partition(words)[0] or office
    return office
