"""What the law asks of committees and mediators."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.roster import (
    AssignInput,
    CommitteeFindingKind,
    CommitteeInput,
    CommitteeKind,
    CommitteeRole,
    ExpertInput,
    ExpertPool,
    MediatorChoice,
    MediatorInput,
    MediatorStatus,
    RoomInput,
    choice_order,
    committee_findings,
    may_mediate,
    read_id,
    term_end_of,
)
from app.domain.values.identity import Sex

TODAY = date(2026, 9, 3)
CHAIR = (CommitteeRole.CHAIR, Sex.MALE)
WOMAN = (CommitteeRole.MEMBER, Sex.FEMALE)
MAN = (CommitteeRole.MEMBER, Sex.MALE)
GOOD = [CHAIR, WOMAN, MAN]
K = CommitteeFindingKind


@pytest.mark.parametrize(
    ("members", "kinds"),
    [
        (GOOD, []),
        ([CHAIR, WOMAN], [K.TOO_FEW]),
        ([CHAIR, WOMAN, (CommitteeRole.APPOINTED, Sex.MALE)], [K.TOO_FEW]),
        ([CHAIR, WOMAN, *[MAN] * 7], []),
        ([CHAIR, WOMAN, *[MAN] * 8], [K.TOO_MANY]),
        ([CHAIR, MAN, (CommitteeRole.VICE, None)], [K.NO_WOMAN]),
        ([CHAIR, MAN, MAN, (CommitteeRole.APPOINTED, Sex.FEMALE)], [K.NO_WOMAN]),
        ([WOMAN, MAN, MAN], [K.NO_CHAIR]),
        ([CHAIR, CHAIR, WOMAN], [K.SEVERAL_CHAIRS]),
        ([], [K.TOO_FEW, K.NO_WOMAN, K.NO_CHAIR]),
    ],
)
def test_committee_members(members: list[tuple[CommitteeRole, Sex | None]], kinds: list[K]) -> None:
    assert [found.kind for found in committee_findings(date(2026, 1, 1), members, TODAY)] == kinds


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [(61, None), (60, K.TERM_ENDS_SOON), (1, K.TERM_ENDS_SOON), (0, K.TERM_OVER), (-9, K.TERM_OVER)],
)
def test_committee_term(days_left: int, kind: K | None) -> None:
    end = TODAY + timedelta(days=days_left)
    found = committee_findings(end.replace(year=end.year - 3), GOOD, TODAY)
    assert [(one.kind, one.on) for one in found] == ([(kind, end)] if kind else [])


def test_a_committee_without_a_known_term() -> None:
    assert [found.kind for found in committee_findings(None, GOOD, TODAY)] == [K.TERM_UNKNOWN]


def test_a_term_is_three_years() -> None:
    assert term_end_of(date(2023, 9, 1)) == date(2026, 9, 1)
    assert term_end_of(date(2024, 2, 29)) == date(2027, 2, 28)


MEDIATOR = MediatorInput(name="周国平", birth=date(1970, 1, 1))


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"birth": date(2008, 9, 3)}, []),
        ({"birth": date(2008, 9, 4)}, [("birth", "not_adult")]),
        ({"birth": date(2026, 9, 4)}, [("birth", "future_date")]),
        ({"birth": None}, [("birth", "required")]),
        ({"birth": None, "id_no": "13059919800101002X"}, []),
        ({"birth": None, "id_no": "130599198001010021"}, [("id_no", "id_check_digit")]),
        ({"id_no": "13059919800101002X"}, [("birth", "id_birth_differs")]),
        (
            {"birth": None, "id_no": "13059919800101002X", "sex": Sex.MALE},
            [("sex", "id_sex_differs")],
        ),
        ({"name": " "}, [("name", "name_blank")]),
        ({"phone": "12345"}, [("phone", "phone_shape")]),
        ({"committee_role": CommitteeRole.CHAIR}, [("committee_id", "required")]),
        ({"specialities": ("02", "77")}, [("specialities", "unknown")]),
        ({"term_start": TODAY, "term_end": TODAY}, [("term_end", "time_order")]),
    ],
)
def test_mediators(changes: dict[str, object], problems: list[tuple[str, str]]) -> None:
    found = replace(MEDIATOR, **changes).problems(TODAY)
    assert [(problem.field, problem.code) for problem in found] == problems


def test_a_number_says_sex_and_birth() -> None:
    found = read_id(replace(MEDIATOR, id_no="13059919800101002x"), TODAY)
    assert found is not None
    assert (found.sex, found.birth) == (Sex.FEMALE, date(1980, 1, 1))
    assert read_id(MEDIATOR, TODAY) is None


@pytest.mark.parametrize(
    ("status", "start", "end", "may"),
    [
        (MediatorStatus.ACTIVE, None, None, True),
        (MediatorStatus.ACTIVE, TODAY, TODAY, True),
        (MediatorStatus.ACTIVE, TODAY + timedelta(days=1), None, False),
        (MediatorStatus.ACTIVE, None, TODAY - timedelta(days=1), False),
        (MediatorStatus.SUSPENDED, None, None, False),
        (MediatorStatus.LEFT, None, None, False),
    ],
)
def test_who_may_mediate(status: MediatorStatus, start: date | None, end: date | None, may: bool) -> None:
    assert may_mediate(status, start, end, TODAY) is may


def test_other_records() -> None:
    assert CommitteeInput("平乡镇人民调解委员会", CommitteeKind.TOWNSHIP).problems() == ()
    assert [p.field for p in CommitteeInput(" ", CommitteeKind.TOWNSHIP, phone="x").problems()] == [
        "name",
        "phone",
    ]
    assert [p.field for p in ExpertInput(ExpertPool.GENTRY, "", phone="x").problems()] == ["name", "phone"]
    assert [p.field for p in RoomInput("", seats=-1).problems()] == ["name", "seats"]


@pytest.mark.parametrize(
    ("wanted", "co_needed", "codes"),
    [
        (AssignInput("c", "a"), False, []),
        (AssignInput("c", "a"), True, ["co_needed"]),
        (AssignInput("c", "a", ("b",)), True, []),
        (AssignInput("c", "a", ("a",)), False, ["duplicate"]),
        (AssignInput("c", "a", ("b", "b")), True, ["duplicate"]),
    ],
)
def test_who_is_put_on_a_case(wanted: AssignInput, co_needed: bool, codes: list[str]) -> None:
    assert [problem.code for problem in wanted.problems(co_needed)] == codes


def test_the_versed_and_the_free_come_first() -> None:
    def choice(name: str, specialised: bool, load: int) -> MediatorChoice:
        return MediatorChoice(name, name, CommitteeRole.MEMBER, True, specialised, load, 0, ())

    choices = [choice("a", False, 0), choice("b", True, 5), choice("c", True, 2), choice("d", False, 1)]
    assert [one.name for one in sorted(choices, key=choice_order)] == ["c", "b", "a", "d"]
