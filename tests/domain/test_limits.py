"""Every free text has its length and holds nothing that cannot be stored; numbers and days have bounds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    FindingCode,
    ObligationInput,
    ObligationKind,
    SessionFacts,
    agreement_findings,
    agreement_problems,
)
from app.domain.cases import CaseIntake, PartyInput, PartyRole
from app.domain.errors import Problem
from app.domain.hearings import (
    Absence,
    HearingInput,
    HearingKind,
    SessionInput,
    SessionOutcome,
    hearing_problems,
    session_problems,
)
from app.domain.intake import intake_problems
from app.domain.roster import (
    AssignInput,
    CommitteeInput,
    CommitteeKind,
    ExpertInput,
    ExpertPool,
    MediatorInput,
    RoomInput,
)
from app.domain.values.money import MAX_FEN
from tests.conftest import intake, person

DAY = date(2026, 9, 3)
NOW = datetime(2026, 9, 3, 9, tzinfo=UTC)
PARTY = person("a", PartyRole.APPLICANT, "张㛃")
HEARING = HearingInput("c", HearingKind.MEDIATION, DAY, 540, 600, place="听证室")
SESSION = SessionInput(DAY, 540, 600, "听证室", SessionOutcome.AGREED, "正文", "结果", False, True, True)
DUTY = ObligationInput(ObligationKind.MONEY, "b", "a", 100, "", "转账", DAY)
DRAFT = AgreementInput("c", AgreementForm.WRITTEN, "事实", ("条款",), (DUTY,), DAY, third_party_asked=True)
MEDIATOR = MediatorInput("周国平", birth=date(1970, 1, 1))

Found = dict[str, Problem]


def named(problems: Iterator[Problem] | tuple[Problem, ...]) -> Found:
    return {problem.field: problem for problem in problems}


def of_matter(**fields: object) -> Found:
    return named(intake_problems(replace(intake(), **fields), NOW, DAY))


def of_party(**fields: object) -> Found:
    changed: PartyInput = replace(PARTY, **fields)
    found = intake_problems(intake(parties=(changed, person("b", PartyRole.RESPONDENT, "李䶮"))), NOW, DAY)
    return {field.removeprefix("parties.a."): problem for field, problem in named(found).items()}


def of_hearing(**fields: object) -> Found:
    return named(hearing_problems(replace(HEARING, **fields), DAY))


def of_session(**fields: object) -> Found:
    return named(session_problems(replace(SESSION, **fields), DAY, NOW))


def of_agreement(**fields: object) -> Found:
    return named(agreement_problems(replace(DRAFT, **fields), (), DAY, DAY))


def of_duty(**fields: object) -> Found:
    found = of_agreement(obligations=(replace(DUTY, **fields),))
    return {field.removeprefix("obligations.0."): problem for field, problem in found.items()}


def of_mediator(**fields: object) -> Found:
    return named(replace(MEDIATOR, **fields).problems(DAY))


def of_committee(**fields: object) -> Found:
    return named(replace(CommitteeInput("平乡镇调委会", CommitteeKind.TOWNSHIP), **fields).problems())


def of_expert(**fields: object) -> Found:
    return named(replace(ExpertInput(ExpertPool.GENTRY, "王老"), **fields).problems())


def of_room(**fields: object) -> Found:
    return named(replace(RoomInput("听证室"), **fields).problems())


def of_assignment(**fields: object) -> Found:
    return named(replace(AssignInput("c", "m"), **fields).problems(False))


TEXTS: list[tuple[Callable[..., Found], str, int]] = [
    (of_matter, "title", 100),
    (of_matter, "summary", 5000),
    (of_matter, "request", 5000),
    (of_matter, "source_unit", 100),
    (of_matter, "source_letter", 80),
    (of_matter, "place", 200),
    (of_matter, "first_contact", 50),
    (of_party, "nation", 20),
    (of_party, "occupation", 50),
    (of_party, "village", 50),
    (of_party, "address", 200),
    (of_party, "legal_representative", 50),
    (of_party, "representative_post", 30),
    (of_hearing, "place", 100),
    (of_hearing, "recorder", 50),
    (of_hearing, "override_reason", 200),
    (of_session, "place", 100),
    (of_session, "recorder", 50),
    (of_session, "body", 20_000),
    (of_session, "result", 20_000),
    (of_agreement, "facts", 20_000),
    (of_agreement, "breach", 20_000),
    (of_agreement, "override_reason", 200),
    (of_duty, "act", 2000),
    (of_duty, "manner", 100),
    (of_mediator, "nation", 20),
    (of_mediator, "education", 20),
    (of_mediator, "address", 200),
    (of_committee, "name", 100),
    (of_committee, "address", 200),
    (of_expert, "unit", 100),
    (of_expert, "speciality", 100),
    (of_room, "name", 50),
    (of_assignment, "override_reason", 200),
]


@pytest.mark.parametrize(("check", "field", "most"), TEXTS)
def test_a_text_has_its_length_and_only_what_can_be_stored(
    check: Callable[..., Found], field: str, most: int
) -> None:
    assert field not in check(**{field: "字" * most})
    assert field not in check(**{field: "上\n下\t右"})
    problem = check(**{field: "字" * (most + 1)})[field]
    assert (problem.code, problem.details) == ("too_long", (("most", most),))
    for bad in ("甲\x00乙", "甲\ud83d乙", "甲\x1b乙"):
        assert check(**{field: bad})[field].code == "bad_character"


def test_so_have_the_entries_of_a_list() -> None:
    long, bad = "字" * 51, "甲\x00"
    assert of_hearing(guests=("邻居", long))["guests.1"].code == "too_long"
    assert of_session(participants=(bad,), participants_agreed=True)["participants.0"].code == "bad_character"
    assert of_session(absent=(Absence("a", "字" * 201),))["absent.0.reason"].code == "too_long"
    assert of_agreement(terms=("条款", bad))["terms.1"].code == "bad_character"
    assert of_mediator(languages=("方言", long))["languages.1"].code == "too_long"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"amount_fen": MAX_FEN + 1}, "money_too_large"),
        ({"amount_fen": -1}, "bad_amount"),
        ({"people_count": 10**9}, "out_of_range"),
        ({"received_at": datetime(2026, 9, 3)}, "bad_date"),
        ({"received_at": datetime(1989, 12, 31, tzinfo=UTC)}, "out_of_range"),
        ({"received_at": datetime(1, 1, 1, tzinfo=UTC)}, "out_of_range"),
    ],
)
def test_a_number_or_day_has_bounds(fields: dict[str, object], code: str) -> None:
    (field,) = fields
    assert of_matter(**fields)[field].code == code


def test_the_largest_amount_and_the_first_day_pass() -> None:
    wanted: CaseIntake = intake(amount_fen=MAX_FEN, received_at=datetime(1990, 1, 2, tzinfo=UTC))
    assert intake_problems(wanted, NOW, DAY) == ()


def test_copies_have_bounds_and_the_sum_is_one_that_can_be_written() -> None:
    assert of_agreement(copies=-1)["copies"].code == "out_of_range"
    assert of_agreement(copies=10**6)["copies"].code == "out_of_range"
    twice = replace(DRAFT, obligations=(replace(DUTY, amount_fen=MAX_FEN),) * 2)
    found = {finding.code for finding in agreement_findings(twice, (), SessionFacts(DAY)) if finding.block}
    assert FindingCode.TOTAL_TOO_LARGE in found
