"""Entries that may be one person are found, made one, and parted again as if nothing had been."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from app.domain.cases import CaseView, PartyRole
from app.domain.clashes import BookingKind, ClashQuery
from app.domain.errors import Reason
from app.domain.people import PersonKind, RelationKind
from app.domain.recusal import FindingKind
from app.domain.register import Double, DoubleReason, PersonQuery, PersonRow, PersonView
from app.domain.values.identity import IdKind
from app.services.cases.people import repeat_parties, suggest_people
from app.services.cases.register import open_case, register_case
from app.services.hearings.clashes import check_clashes, free_times
from app.services.kernel.workspace import Workspace
from app.services.parties.recusal import list_recusals
from app.services.people.merging import fill_sounds, leave_apart, list_doubles, merge_people, part_people
from app.services.people.register import (
    list_person_ids,
    open_person,
    person_rows,
    save_person,
    uncover_person,
)
from app.services.roster.recusal import check_recusal, list_relations, relate_mediator, relate_people
from tests.conftest import intake, person
from tests.services.stage import FRIDAY, NINE, TEN, Stage, problems, refusal, stage

__all__ = ["stage"]

NUMBER, OTHER_NUMBER = "130599198506150028", "130599197003030011"


def came(workspace: Workspace, name: str, **fields: object) -> CaseView:
    """A case of this person against somebody new, so that only this one is looked at."""
    against = person("b", PartyRole.RESPONDENT, "赵强")
    wanted = intake(parties=(person("a", PartyRole.APPLICANT, name, **fields), against))
    return workspace.run(register_case, wanted).value


def entry_of(case: CaseView, seat: int = 0) -> str:
    found = case.parties[seat].person_id
    assert found is not None
    return found


def rows(workspace: Workspace) -> tuple[PersonRow, ...]:
    return workspace.run(person_rows, workspace.run(list_person_ids, PersonQuery()).value).value


def view(workspace: Workspace, person_id: str) -> PersonView:
    return workspace.run(uncover_person, person_id).value


def doubles(workspace: Workspace) -> tuple[Double, ...]:
    return workspace.run(list_doubles).value


def books(workspace: Workspace) -> list[tuple[object, ...]]:
    """The register, its search and the cases as they lie in the file, without the counters of versions."""
    asked = (
        "SELECT id, name, sex, birth, id_kind, id_no, phone, nation, village, address, uscc, capacity, "
        "former_names, household, employer, note, merged_into FROM person ORDER BY id",
        "SELECT rowid, * FROM person_search ORDER BY rowid",
        'SELECT id, rev, row_version FROM "case" ORDER BY id',
        "SELECT id, row_version, person_id, name, id_no FROM party ORDER BY id",
    )
    with workspace._engine.connect() as connection:
        return [tuple(row) for question in asked for row in connection.execute(text(question))]


def two(workspace: Workspace) -> tuple[CaseView, CaseView]:
    """王芳 with a number and a phone; 王方 with a birth date and a home."""
    first = came(workspace, "王芳", id_no=NUMBER, phone="13800002222", village="东街村")
    second = came(workspace, "王方", village="东街村", address="3组5号", nation="汉族")
    return first, second


PAIRS = [
    (dict(name="张玮", phone="13800003333"), dict(name="章大力", phone="13800003333"), DoubleReason.PHONE),
    (dict(name="张玮", village="东街村"), dict(name="张玮", village="东街村", phone="13800004444"),
     DoubleReason.NAME_VILLAGE),
    (dict(name="张玮", village="东街村"), dict(name="章伟", village="东街村"), DoubleReason.SOUND),
    (dict(name="张玮", birth=date(1980, 1, 1)), dict(name="章伟", birth=date(1980, 1, 1)),
     DoubleReason.SOUND),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), PAIRS)
def test_two_entries_are_offered_for_each_reason(
    workspace: Workspace, one: dict[str, object], other: dict[str, object], reason: DoubleReason
) -> None:
    cases = came(workspace, **one), came(workspace, **other)
    (found,) = doubles(workspace)
    assert {found.one.id, found.other.id} == {entry_of(case) for case in cases}
    assert found.reasons == (reason,)
    assert (found.one.cases, found.other.cases) == (1, 1)


def test_two_entries_with_one_number_are_offered_first(workspace: Workspace) -> None:
    came(workspace, "章伟", phone="13800003333")
    came(workspace, "张玮", phone="13800003333", id_kind=IdKind.PASSPORT, id_no="E1234567")
    came(workspace, "张玮", id_kind=IdKind.OTHER, id_no="E1234567")
    assert [found.reasons for found in doubles(workspace)] == [(DoubleReason.NUMBER,), (DoubleReason.PHONE,)]


def test_namesakes_elsewhere_other_documents_and_other_kinds_are_not_offered(workspace: Workspace) -> None:
    came(workspace, "张玮", village="东街村", phone="13800003333", id_no=NUMBER)
    came(workspace, "张玮", village="东街村", phone="13800003333", id_no=OTHER_NUMBER)
    came(workspace, "张玮", village="西街村")
    came(workspace, "张玮商店", phone="13800003333", kind=PersonKind.LEGAL)
    assert doubles(workspace) == ()


def test_a_pair_found_to_be_two_is_not_offered_again(workspace: Workspace) -> None:
    first, second = two(workspace)
    workspace.run(leave_apart, entry_of(second), entry_of(first))
    assert doubles(workspace) == ()


def test_names_written_before_sounds_were_known_are_heard_in_the_background(workspace: Workspace) -> None:
    two(workspace)
    with workspace._engine.begin() as connection:
        connection.execute(text("UPDATE person SET sound = ''"))
    assert doubles(workspace) == ()
    assert workspace.run(fill_sounds).value == 0
    assert len(doubles(workspace)) == 1


def test_merging_completes_one_entry_and_touches_no_case(workspace: Workspace) -> None:
    first, second = two(workspace)
    cases = [line for line in books(workspace) if line[0] in (first.id, second.id)]
    kept = workspace.run(merge_people, entry_of(first), entry_of(second)).value
    assert kept.covered
    assert (kept.input.name, kept.input.nation, kept.input.address) == ("王芳", "汉族", "3组5号")
    assert kept.input.former_names == "王方"
    assert [case.id for case in kept.cases] == [second.id, first.id]
    assert [line for line in books(workspace) if line[0] in (first.id, second.id)] == cases
    seen = workspace.run(open_case, second.id).value
    assert (seen.parties[0].name, seen.parties[0].person_id) == ("王方", entry_of(second))
    assert workspace.run(open_person, entry_of(second)).value.id == kept.id
    (row,) = (row for row in rows(workspace) if row.village == "东街村")
    assert row.cases == 2


def test_a_number_comes_with_the_kind_of_its_document(workspace: Workspace) -> None:
    first = came(workspace, "王芳", id_kind=IdKind.NONE)
    second = came(workspace, "王方", id_kind=IdKind.PASSPORT, id_no="E1234567")
    workspace.run(merge_people, entry_of(first), entry_of(second))
    kept = view(workspace, entry_of(first)).input
    assert (kept.id_kind, kept.id_no) == (IdKind.PASSPORT, "E1234567")


def test_what_cannot_be_one_is_refused(workspace: Workspace) -> None:
    one = entry_of(came(workspace, "张玮", id_no=NUMBER))
    other = entry_of(came(workspace, "章伟", id_no=OTHER_NUMBER))
    shop = entry_of(came(workspace, "张玮商店", kind=PersonKind.LEGAL, uscc="91130599MA0ABCDE6H"))
    mill = entry_of(came(workspace, "张玮磨坊", kind=PersonKind.LEGAL, uscc="52130599MJ0123456Q"))
    before = books(workspace)
    assert problems(workspace, merge_people, one, other) == {"gone": "two_numbers"}
    assert problems(workspace, merge_people, shop, mill) == {"gone": "two_numbers"}
    assert problems(workspace, merge_people, one, one) == {"gone": "same_person"}
    assert problems(workspace, merge_people, one, shop) == {"gone": "other_kind"}
    assert refusal(workspace, merge_people, one, "x").reason is Reason.NOT_FOUND
    assert books(workspace) == before


def test_parting_gives_back_what_came_and_keeps_what_was_written_since(workspace: Workspace) -> None:
    first, second = two(workspace)
    kept = workspace.run(merge_people, entry_of(first), entry_of(second)).value
    wanted = replace(kept.input, address="新村1号", note="搬家")
    workspace.run(save_person, kept.id, wanted, kept.row_version)
    parted = workspace.run(part_people, kept.merged[0].id).value
    assert (parted.input.nation, parted.input.former_names) == ("", "")
    assert (parted.input.address, parted.input.note) == ("新村1号", "搬家")
    other = view(workspace, entry_of(second))
    assert (other.input.name, other.input.address) == ("王方", "3组5号")
    assert [case.id for case in other.cases] == [second.id]
    assert refusal(workspace, part_people, kept.merged[0].id).reason is Reason.NOT_FOUND
    names = [match.name for match in workspace.run(suggest_people, "wf").value]
    assert sorted(names) == ["王方", "王芳"]


def test_a_merged_entry_is_neither_offered_nor_written_again(workspace: Workspace) -> None:
    first, second = two(workspace)
    workspace.run(merge_people, entry_of(first), entry_of(second))
    (match,) = (match for match in workspace.run(suggest_people, "wf").value)
    assert (match.id, match.cases, match.latest) == (entry_of(first), 2, second.number)
    again = came(workspace, "王方", person_id=entry_of(second), occupation="教师")
    assert entry_of(again) == entry_of(first)
    seen = view(workspace, entry_of(first))
    assert (seen.input.name, seen.input.occupation) == ("王芳", "教师")
    assert [row.name for row in rows(workspace) if row.village == "东街村"] == ["王芳"]


def test_a_chain_parts_at_either_link(workspace: Workspace) -> None:
    a, b, c = (
        came(workspace, "王芳"),
        came(workspace, "王方", phone="13800002222"),
        came(workspace, "汪芳", village="东街村"),
    )
    lone = books(workspace)
    workspace.run(merge_people, entry_of(b), entry_of(c))
    pair = books(workspace)
    kept = workspace.run(merge_people, entry_of(a), entry_of(b)).value
    assert kept.input.former_names == "王方、汪芳"
    assert (kept.input.village, [row.name for row in kept.merged]) == ("东街村", ["王方", "汪芳"])
    assert len(kept.cases) == 3
    outer, inner = kept.merged
    workspace.run(part_people, outer.id)
    assert books(workspace) == pair
    again = workspace.run(merge_people, entry_of(a), entry_of(b)).value
    left = workspace.run(part_people, inner.id).value
    assert (left.id, left.input.village, left.input.former_names) == (entry_of(a), "", "王方")
    assert [row.name for row in left.merged] == ["王方"]
    workspace.run(part_people, again.merged[0].id)
    assert books(workspace) == lone


def test_merges_into_one_part_in_any_order(workspace: Workspace) -> None:
    a, b, c = (
        came(workspace, "王芳"),
        came(workspace, "王方", phone="13800002222"),
        came(workspace, "汪芳", phone="13800003333", village="东街村"),
    )
    lone = books(workspace)
    workspace.run(merge_people, entry_of(a), entry_of(b))
    kept = workspace.run(merge_people, entry_of(a), entry_of(c)).value
    latest, first = kept.merged
    left = workspace.run(part_people, first.id).value
    assert view(workspace, left.id).input.phone == "13800003333"
    assert left.input.former_names == "汪芳"
    workspace.run(part_people, latest.id)
    assert books(workspace) == lone


def test_ties_of_a_merged_entry_stand_with_the_kept_one(workspace: Workspace) -> None:
    first, second = two(workspace)
    third = entry_of(came(workspace, "李强"))
    workspace.run(relate_people, entry_of(second), third, RelationKind.SPOUSE)
    workspace.run(relate_people, entry_of(first), entry_of(second), RelationKind.KIN)
    kept = workspace.run(merge_people, entry_of(first), entry_of(second)).value
    assert [(tie.name, tie.kind) for tie in kept.relations] == [("李强", RelationKind.SPOUSE)]
    (seen,) = workspace.run(list_relations, third).value
    assert (seen.person_id, seen.name) == (kept.id, "王芳")
    assert refusal(workspace, relate_people, third, kept.id, RelationKind.SPOUSE).reason is Reason.TAKEN


def test_repeated_disputes_are_told_across_merged_entries(workspace: Workspace) -> None:
    first, second = two(workspace)
    assert workspace.run(repeat_parties, second.id).value == ()
    merged = workspace.run(merge_people, entry_of(first), entry_of(second)).value
    (repeat,) = workspace.run(repeat_parties, second.id).value
    assert (repeat.name, [case.id for case in repeat.cases]) == ("王方", [first.id])
    workspace.run(part_people, merged.merged[0].id)
    assert workspace.run(repeat_parties, second.id).value == ()


def the_case(stage: Stage, name: str, mediator: int = 0) -> CaseView:
    other = person("b", PartyRole.RESPONDENT, "赵强")
    return stage.case(intake(parties=(person("a", PartyRole.APPLICANT, name), other)), mediator)


def test_two_entries_made_one_cannot_sit_in_two_hearings(stage: Stage) -> None:
    one, other = the_case(stage, "王芳"), the_case(stage, "王方", 1)
    hearing = stage.hearing(one)
    query = ClashQuery(other.id, FRIDAY, NINE, TEN, stage.rooms[1])
    assert stage.workspace.run(check_clashes, query).value.hard == ()
    for kept, gone in ((one, other), (other, one)):
        merged = stage.workspace.run(merge_people, entry_of(kept), entry_of(gone)).value
        (clash,) = stage.workspace.run(check_clashes, query).value.hard
        assert (clash.kind, clash.label, clash.hearing_id) == (BookingKind.PARTY, "王方", hearing.id)
        slot = stage.workspace.run(free_times, query).value[0]
        assert (slot.day, slot.start) >= (FRIDAY, TEN)
        stage.workspace.run(part_people, merged.merged[0].id)
    assert stage.workspace.run(check_clashes, query).value.hard == ()


def test_a_tie_of_one_entry_bars_the_mediator_from_the_other_ones_case(stage: Stage) -> None:
    workspace = stage.workspace
    case, elsewhere = the_case(stage, "王芳"), the_case(stage, "王方", 1)
    third = came(workspace, "汪芳")
    workspace.run(relate_mediator, stage.mediators[0], entry_of(third), RelationKind.KIN)
    workspace.run(merge_people, entry_of(elsewhere), entry_of(third))
    assert workspace.run(check_recusal, case.id, stage.mediators[0]).value == ()
    merged = workspace.run(merge_people, entry_of(elsewhere), entry_of(case)).value
    (found,) = workspace.run(check_recusal, case.id, stage.mediators[0]).value
    assert found.kind is FindingKind.RELATED
    (waiting,) = workspace.run(list_recusals, case.id).value
    assert waiting.decided_on is None
    mine = next(row for row in merged.merged if row.name == "王芳")
    workspace.run(part_people, mine.id)
    (closed,) = workspace.run(list_recusals, case.id).value
    assert closed.decided_on is not None


PARTICULARS = some.fixed_dictionaries(
    {
        "name": some.sampled_from(["王芳", "王方", "汪芳", "欧阳芳"]),
        "phone": some.sampled_from(["", "13800002222", "13800003333"]),
        "village": some.sampled_from(["", "东街村", "西街村"]),
        "birth": some.sampled_from([None, date(1980, 1, 1), date(1999, 12, 31)]),
        "nation": some.sampled_from(["", "汉族"]),
    }
)


@pytest.fixture
def one_office(workspace: Workspace) -> Iterator[Workspace]:
    """One office for all examples: each adds its own people and looks only at what it changed."""
    return workspace


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=some.lists(PARTICULARS, min_size=2, max_size=4), drawn=some.data())
def test_whatever_was_merged_parts_into_the_register_as_it_was(
    one_office: Workspace, people: list[dict[str, object]], drawn: some.DataObject
) -> None:
    workspace = one_office
    ids = [entry_of(came(workspace, **fields)) for fields in people]
    before = books(workspace)
    merges: list[str] = []
    while len(ids) > 1:
        kept, gone = drawn.draw(some.permutations(ids))[:2]
        shown = workspace.run(merge_people, kept, gone).value
        merges.append(max(row.id for row in shown.merged))
        ids.remove(gone)
    for merge in drawn.draw(some.permutations(merges)):
        workspace.run(part_people, merge)
    assert books(workspace) == before
