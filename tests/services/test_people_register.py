"""The register of persons: listed covered, corrected, uncovered with a trace, told when they came before."""

from dataclasses import astuple, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from app.domain.cases import CaseView, PartyRole
from app.domain.errors import Reason
from app.domain.people import PersonKind, RelationKind
from app.domain.register import PersonQuery, PersonRow, PersonView
from app.domain.values.identity import IdKind
from app.services.cases.people import repeat_parties, suggest_people
from app.services.cases.register import open_case, register_case
from app.services.journal.undo import last_actions, undo_action
from app.services.kernel.workspace import Workspace
from app.services.people.register import (
    list_person_ids,
    note_uncovered,
    open_person,
    person_rows,
    save_person,
    uncover_person,
)
from app.services.roster.recusal import drop_relation, relate_people
from tests.conftest import Clock, intake, person
from tests.services.stage import problems, refusal

NUMBER, OTHER_NUMBER, PHONE = "13059919800101002X", "130599198001010011", "13800001111"
EVERYBODY = PersonQuery()
FIRM = person("c", PartyRole.RESPONDENT, "石门建材有限公司", kind=PersonKind.LEGAL, uscc="91130599MA0ABCDE6H")


def registered(workspace: Workspace, **fields: object) -> CaseView:
    return workspace.run(register_case, intake(**fields)).value


def rows(workspace: Workspace, query: PersonQuery = EVERYBODY) -> tuple[PersonRow, ...]:
    return workspace.run(person_rows, workspace.run(list_person_ids, query).value).value


def entry(workspace: Workspace, name: str) -> PersonView:
    (found,) = (row for row in rows(workspace) if row.name == name)
    return workspace.run(open_person, found.id).value


def facts_of(workspace: Workspace, action: str) -> list[tuple[str, str]]:
    with workspace._engine.connect() as connection:
        found = connection.execute(
            text("SELECT object_id, facts FROM audit WHERE action = :a"), {"a": action}
        )
        return [(row[0], str(row[1])) for row in found]


@pytest.mark.parametrize("typed", ["张㛃", "z", "13059919", "0001111", "石门村三组18"])
def test_an_entry_is_found_by_name_initials_numbers_and_home(workspace: Workspace, typed: str) -> None:
    registered(workspace)
    assert "张㛃" in [row.name for row in rows(workspace, PersonQuery(typed))]


def test_persons_and_organisations_are_listed_apart(workspace: Workspace) -> None:
    registered(workspace, parties=(*intake().parties, FIRM))
    assert [row.name for row in rows(workspace, PersonQuery(kind=PersonKind.LEGAL))] == [FIRM.name]
    assert len(rows(workspace, PersonQuery(kind=PersonKind.NATURAL))) == 2
    assert [row.cases for row in rows(workspace)] == [1, 1, 1]


def test_no_row_and_no_covered_entry_holds_a_number_in_full(workspace: Workspace) -> None:
    registered(workspace)
    shown = " ".join(map(str, [*map(astuple, rows(workspace)), astuple(entry(workspace, "张㛃"))]))
    for number in (NUMBER, OTHER_NUMBER, PHONE):
        assert number not in shown


def test_uncovering_shows_the_numbers_and_leaves_an_entry_of_ids_only(workspace: Workspace) -> None:
    case = registered(workspace)
    one = entry(workspace, "张㛃")
    seen = workspace.run(uncover_person, one.id).value
    assert (seen.input.id_no, seen.input.phone, seen.covered) == (NUMBER, PHONE, False)
    ((object_id, facts),) = facts_of(workspace, "uncover_person")
    assert object_id == one.id
    assert not any(word in facts for word in ("张㛃", NUMBER, PHONE))
    workspace.run(note_uncovered, case.id)
    assert [object_id for object_id, _ in facts_of(workspace, "note_uncovered")] == [case.id]


def test_a_covered_number_that_comes_back_stays_and_the_rest_is_corrected(workspace: Workspace) -> None:
    case = registered(workspace)
    one = entry(workspace, "张㛃")
    wanted = replace(one.input, name="张洁", household="0412", employer="石门小学")
    saved = workspace.run(save_person, one.id, wanted, one.row_version).value
    assert saved.covered
    assert saved.input == replace(one.input, name="张洁", household="0412", employer="石门小学")
    assert workspace.run(uncover_person, one.id).value.input.id_no == NUMBER
    assert [row.name for row in rows(workspace, PersonQuery("zj"))] == ["张洁"]
    assert workspace.run(open_case, case.id).value.parties[0].name == "张㛃"


def test_numbers_are_stored_in_their_one_form(workspace: Workspace) -> None:
    registered(workspace, parties=(person("a", PartyRole.APPLICANT, "王五"), intake().parties[1]))
    one = entry(workspace, "王五")
    assert one.input.id_kind is IdKind.RESIDENT_ID
    wanted = replace(one.input, id_no="13059919850615001x", phone="138 0000 2222")
    workspace.run(save_person, one.id, wanted, one.row_version)
    seen = workspace.run(uncover_person, one.id).value
    assert (seen.input.id_no, seen.input.phone) == ("13059919850615001X", "13800002222")
    assert seen.input.birth == date(1985, 6, 15)


def test_what_cannot_stay_in_an_entry_is_refused(workspace: Workspace) -> None:
    registered(workspace)
    one = entry(workspace, "张㛃")
    wanted = replace(one.input, name=" ", birth=date(2027, 1, 1))
    refused = {"name": "required", "birth": "future_date"}
    assert problems(workspace, save_person, one.id, wanted, one.row_version) == refused
    taken = replace(one.input, id_no=OTHER_NUMBER)
    refused_taken = refusal(workspace, save_person, one.id, taken, one.row_version)
    assert (refused_taken.reason, refused_taken.details["what"]) == (Reason.TAKEN, "李䶮")
    workspace.run(save_person, one.id, replace(one.input, note="耳背"), one.row_version)
    assert refusal(workspace, save_person, one.id, one.input, one.row_version).reason is Reason.STALE


def test_a_correction_can_be_taken_back(workspace: Workspace) -> None:
    registered(workspace)
    one = entry(workspace, "张㛃")
    workspace.run(save_person, one.id, replace(one.input, name="张洁"), one.row_version)
    workspace.run(undo_action, workspace.run(last_actions).value[0].id)
    assert entry(workspace, "张㛃").input == one.input
    assert [row.name for row in rows(workspace, PersonQuery("张㛃"))] == ["张㛃"]


def test_age_tells_minors_and_children(workspace: Workspace, clock: Clock) -> None:
    child = person("a", PartyRole.APPLICANT, "王小", birth=date(2012, 9, 4))
    registered(workspace, parties=(child, intake().parties[1], _guardian()))
    one = entry(workspace, "王小")
    assert (one.age, one.minor, one.child) == (13, True, True)
    clock.forward(days=1)
    one = entry(workspace, "王小")
    assert (one.age, one.minor, one.child) == (14, True, False)
    assert not entry(workspace, "李䶮").minor


def _guardian() -> object:
    return person("g", PartyRole.GUARDIAN, "王大", represents=("a",), birth=date(1980, 1, 1))


def test_relations_are_shown_from_both_sides_and_can_be_dropped(workspace: Workspace) -> None:
    registered(workspace)
    one, other = entry(workspace, "张㛃"), entry(workspace, "李䶮")
    workspace.run(relate_people, one.id, other.id, RelationKind.SIBLING, "姐弟")
    (tie,) = entry(workspace, "李䶮").relations
    assert (tie.name, tie.kind, tie.note) == ("张㛃", RelationKind.SIBLING, "姐弟")
    assert refusal(workspace, relate_people, other.id, one.id, RelationKind.SIBLING).reason is Reason.TAKEN
    workspace.run(drop_relation, tie.id)
    assert entry(workspace, "张㛃").relations == ()
    workspace.run(undo_action, workspace.run(last_actions).value[0].id)
    assert len(entry(workspace, "张㛃").relations) == 1


def test_a_party_of_two_disputes_within_a_year_is_told(workspace: Workspace, clock: Clock) -> None:
    older = registered(workspace, received_at=datetime(2025, 9, 1, tzinfo=UTC))
    old = registered(workspace, received_at=datetime(2025, 9, 10, tzinfo=UTC), type_a="05", type_b="B17")
    stranger = person("b", PartyRole.RESPONDENT, "赵强")
    new = registered(workspace, parties=(intake().parties[0], stranger))
    (repeat,) = workspace.run(repeat_parties, new.id).value
    assert (repeat.party_id, repeat.name) == (new.parties[0].id, "张㛃")
    assert [case.id for case in repeat.cases] == [old.id]
    assert workspace.run(repeat_parties, older.id).value == ()


def test_a_person_is_listed_once_for_a_case_with_two_seats(workspace: Workspace) -> None:
    case = registered(workspace)
    (match,) = workspace.run(suggest_people, "张㛃").value
    assert (match.cases, match.latest) == (1, case.number)
    assert [one.id for one in entry(workspace, "张㛃").cases] == [case.id]
