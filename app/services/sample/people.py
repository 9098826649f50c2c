"""Reads the invented people and disputes of the sample office."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from app.domain.cases import Consent, PartyInput, PartyRole
from app.domain.people import PersonKind
from app.domain.values.identity import IdKind, Sex, id_check_digit
from app.runtime import resource

AREA = "130599"  # assigned to no county


@dataclass(slots=True)
class SampleCase:
    """One dispute of the story; `id` is filled when it is registered."""

    told: dict[str, Any]
    id: str = field(default="")


@cache
def read_office() -> dict[str, Any]:
    """Office, users, rooms, roster and people."""
    return tomllib.loads(resource("sample", "office.toml").read_text(encoding="utf-8"))


def read_cases() -> list[SampleCase]:
    """The disputes in the order of the file."""
    told = tomllib.loads(resource("sample", "cases.toml").read_text(encoding="utf-8"))
    return [SampleCase(case) for case in told["case"]]


def party(key: str, role: PartyRole, consent: Consent = Consent.UNASKED) -> PartyInput:
    """One of the people or organisations as a party of a case."""
    office = read_office()
    if key in office["organisations"]:
        name, uscc, head, post = office["organisations"][key].split()
        return PartyInput(
            key=key, role=role, kind=PersonKind.LEGAL, name=name, id_kind=IdKind.NONE, uscc=uscc,
            legal_representative=head, representative_post=post, phone=_phone(key), consent=consent,
            address=f"平乡镇{name}",
        )  # fmt: skip
    name, sex, birth, trade, village = office["people"][key].split()
    return PartyInput(
        key=key, role=role, name=name, id_no=_number(key, Sex(sex), date.fromisoformat(birth)), nation="汉族",
        phone=_phone(key), occupation=trade, village=village, consent=consent,
        address=f"平乡镇{village}{_place(key) % 9 + 1}组{_place(key) + 1}号",
    )  # fmt: skip


def _place(key: str) -> int:
    office = read_office()
    return [*office["people"], *office["organisations"]].index(key)


def _number(key: str, sex: Sex, birth: date) -> str:
    sequence = _place(key) * 2 + (1 if sex == Sex.MALE else 0)
    body = f"{AREA}{birth:%Y%m%d}{sequence:03d}"
    return body + id_check_digit(body)


def _phone(key: str) -> str:
    return f"1990000{_place(key):04d}"
