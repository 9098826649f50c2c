"""Whether a mediator stands too near to a party."""

from datetime import date

import pytest

from app.domain.people import RelationKind
from app.domain.recusal import (
    WEAK,
    EarlierPart,
    Fact,
    Finding,
    FindingKind,
    Someone,
    Tie,
    findings_of,
    home_of,
    same_household,
    same_person,
)

BORN = date(1970, 1, 1)
ID_A = "13059919700101001X"
ID_B = "130599197001010028"


@pytest.mark.parametrize(
    ("one", "other", "fact"),
    [
        (Someone("周国平", id_no=ID_A), Someone("周国平", id_no=ID_A.lower()), Fact.ID_NUMBER),
        (Someone("周国平", id_no=ID_A), Someone("周 国平", id_no=ID_A), Fact.ID_NUMBER),
        (Someone("周国平", id_no=ID_A, birth=BORN), Someone("周国平", id_no=ID_B, birth=BORN), None),
        (
            Someone("周国平", phone="0319-1234567"),
            Someone("周国平", phone="03191234567"),
            Fact.NAME_AND_PHONE,
        ),
        (Someone("周国平", birth=BORN), Someone("周国平", birth=BORN), Fact.NAME_AND_BIRTH),
        (Someone("周国平", id_no=ID_A, birth=BORN), Someone("周国平", birth=BORN), Fact.NAME_AND_BIRTH),
        (Someone("周国平"), Someone("周国平"), None),
        (Someone("周国平", phone="13800001111"), Someone("周国安", phone="13800001111"), None),
        (Someone("", phone="13800001111"), Someone("", phone="13800001111"), None),
    ],
)
def test_same_person(one: Someone, other: Someone, fact: Fact | None) -> None:
    assert same_person(one, other) == fact
    assert same_person(other, one) == fact


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("石门村三组18号", "石门村 三组18号", True),
        ("石门村三组１８号", "平乡镇石门村三组18号", True),
        ("石门村十二号", "石门村十二号", True),
        ("和平小区5-2-301", "和平小区5—2—301", True),
        ("和平小区5-2-301", "和平小区52301", False),
        ("石门村三组18号", "石门村三组8号", False),
        ("石门村三组8号", "石门村三组18号", False),
        ("石门村三组", "石门村三组", False),  # a whole village group is no household
        ("18号", "石门村三组18号", False),
        ("", "", False),
    ],
)
def test_same_household(one: str, other: str, same: bool) -> None:
    assert same_household(one, other) is same
    assert same_household(other, one) is same


def test_a_home_names_its_village_once() -> None:
    assert home_of("石门村", "三组18号") == "石门村三组18号"
    assert home_of("石门村", "平乡镇石门村三组18号") == "平乡镇石门村三组18号"
    assert home_of("", "三组18号") == "三组18号"


def _mediator() -> Someone:
    return Someone("周国平", birth=BORN, home="石门村三组18号", keys=frozenset({"m"}))


def _party(name: str, key: str, **fields: object) -> Someone:
    return Someone(name, keys=frozenset({key}), **fields)


def test_nothing_ties_strangers() -> None:
    assert findings_of(_mediator(), "M", [_party("张㛃", "a")], [], []) == ()


def test_the_same_person_says_all() -> None:
    party = _party("周国平", "m", birth=BORN, home="石门村三组18号")
    found = findings_of(_mediator(), "M", [party], [Tie("m", "m", RelationKind.KIN)], [])
    assert found == (Finding(FindingKind.SAME_PERSON, "周国平", "周国平", Fact.NAME_AND_BIRTH, True),)


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        (RelationKind.HOUSEHOLD, FindingKind.SAME_HOUSEHOLD),
        (RelationKind.SPOUSE, FindingKind.SAME_HOUSEHOLD),
        (RelationKind.PARENT_CHILD, FindingKind.SAME_HOUSEHOLD),
        (RelationKind.SIBLING, FindingKind.SAME_HOUSEHOLD),
        (RelationKind.KIN, FindingKind.RELATED),
        (RelationKind.EMPLOYER, FindingKind.RELATED),
        (RelationKind.AGENT, FindingKind.RELATED),
    ],
)
@pytest.mark.parametrize("ends", [("m", "a"), ("a", "m")])
def test_recorded_relations_block(kind: RelationKind, finding: FindingKind, ends: tuple[str, str]) -> None:
    found = findings_of(_mediator(), "M", [_party("张㛃", "a"), _party("李䶮", "b")], [Tie(*ends, kind)], [])
    assert found == (Finding(finding, "张㛃", "周国平", kind, True),)


def test_relations_of_others_say_nothing() -> None:
    ties = [Tie("a", "b", RelationKind.SPOUSE), Tie("m", "x", RelationKind.KIN)]
    assert findings_of(_mediator(), "M", [_party("张㛃", "a"), _party("李䶮", "b")], ties, []) == ()


def _past(**parts: frozenset[str]) -> EarlierPart:
    people = parts.pop("people")
    none: frozenset[str] = frozenset()
    return EarlierPart("第1号", people, **{"parties": none, "agents": none, "mediators": none, **parts})


def test_an_earlier_case_as_party_or_agent_blocks() -> None:
    met = frozenset({"a", "m"})
    for parts, kind in (
        ({"parties": frozenset({"m"})}, FindingKind.EARLIER_PARTY),
        ({"agents": frozenset({"m"})}, FindingKind.EARLIER_AGENT),
    ):
        found = findings_of(_mediator(), "M", [_party("张㛃", "a")], [], [_past(people=met, **parts)])
        assert found == (Finding(kind, "张㛃", "周国平", Fact.EARLIER_CASE, True, "第1号"),)


def test_an_earlier_mediation_between_the_same_is_only_worth_knowing() -> None:
    both = [_party("张㛃", "a"), _party("李䶮", "b")]
    past = _past(people=frozenset({"a", "b"}), mediators=frozenset({"M"}))
    (found,) = findings_of(_mediator(), "M", both, [], [past])
    assert found == Finding(
        FindingKind.EARLIER_MEDIATOR, "张㛃、李䶮", "周国平", Fact.EARLIER_CASE, False, "第1号"
    )
    one_of_them = _past(people=frozenset({"a", "x"}), mediators=frozenset({"M"}))
    assert findings_of(_mediator(), "M", both, [], [one_of_them]) == ()


def test_the_strongest_tie_comes_first_and_none_twice() -> None:
    party = _party("张㛃", "a", home="石门村三组18号")
    past = _past(people=frozenset({"a", "m"}), parties=frozenset({"m"}))
    ties = [Tie("m", "a", RelationKind.KIN), Tie("a", "m", RelationKind.KIN)]
    kinds = [finding.kind for finding in findings_of(_mediator(), "M", [party], ties, [past])]
    assert kinds == [FindingKind.SAME_HOUSEHOLD, FindingKind.RELATED, FindingKind.EARLIER_PARTY]


@pytest.mark.parametrize("kind", list(FindingKind))
def test_a_finding_is_kept_as_text(kind: FindingKind) -> None:
    blocks = kind not in WEAK
    finding = Finding(kind, "阿不都·热合曼", "周国平", Fact.EARLIER_CASE, blocks, "平乡镇〔2026〕1号")
    assert Finding.from_text(finding.as_text()) == finding


def test_other_text_is_no_finding() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        Finding.from_text("same_person")
