"""Putting mediators on cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.cases import CaseView, Consent, Difficulty, PartyRole
from app.domain.changes import Topic
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import HearingInput, HearingKind
from app.domain.lists import CaseQuery
from app.domain.people import RelationKind
from app.domain.recusal import Finding, FindingKind
from app.domain.roster import AssignInput, ChosenBy, MediatorStatus, RoomInput
from app.domain.values.identity import id_check_digit
from app.services.cases.listing import case_rows, list_case_ids
from app.services.hearings.scheduling import schedule_hearing
from app.services.kernel.workspace import Workspace
from app.services.roster.assignments import assign_mediators, mediator_load, suggest_mediators
from app.services.roster.entries import change_mediator_status, save_room
from app.services.roster.recusal import (
    check_recusal,
    drop_relation,
    list_relations,
    relate_mediator,
    relate_people,
)
from tests.conftest import Clock, acting, person
from tests.services.roster_data import accepted, audited, mediator, refusal, registered


def people_of(case: CaseView) -> list[str]:
    return [party.person_id or "" for party in case.parties]


def test_a_lead_and_a_second_are_assigned(workspace: Workspace) -> None:
    lead, second = mediator(workspace, "周国平"), mediator(workspace, "吴桂英")
    case = accepted(workspace)
    outcome = workspace.run(assign_mediators, AssignInput(case.id, lead.id, (second.id,), ChosenBy.PARTIES))
    found = outcome.value
    assert found.status == CaseStatus.ASSIGNED
    assert [(row.name, row.lead, row.chosen_by) for row in found.assignments] == [
        ("周国平", True, "parties"),
        ("吴桂英", False, "parties"),
    ]
    assert found.events[-1].action == CaseAction.ASSIGNED
    assert found.events[-1].note == "周国平、吴桂英"
    assert Topic.CASES in outcome.changes
    assert audited(workspace, "assign_mediators") == [case.id]
    (row,) = workspace.run(case_rows, workspace.run(list_case_ids, CaseQuery()).value).value
    assert row.mediators == "周国平、吴桂英"


def test_others_take_over_and_the_history_stays(workspace: Workspace) -> None:
    lead, second, third = (mediator(workspace, name) for name in ("周国平", "吴桂英", "安小红"))
    case = accepted(workspace)
    workspace.run(assign_mediators, AssignInput(case.id, lead.id, (second.id,)))
    found = workspace.run(assign_mediators, AssignInput(case.id, third.id, (second.id,))).value
    assert found.status == CaseStatus.ASSIGNED
    assert [(row.name, row.lead) for row in found.assignments] == [("安小红", True), ("吴桂英", False)]
    assert {event.action for event in found.events[-2:]} == {CaseAction.RELIEVED, CaseAction.ASSIGNED}
    assert {event.note for event in found.events[-2:]} == {"周国平", "安小红、吴桂英"}
    found = workspace.run(assign_mediators, AssignInput(case.id, second.id)).value
    assert [(row.name, row.lead) for row in found.assignments] == [("吴桂英", True)]
    (row,) = workspace.run(case_rows, workspace.run(list_case_ids, CaseQuery()).value).value
    assert row.mediators == "吴桂英"


def test_who_cannot_be_assigned(workspace: Workspace) -> None:
    lead = mediator(workspace)
    waiting = registered(workspace)
    assert (
        refusal(workspace, assign_mediators, AssignInput(waiting.id, lead.id)).reason is Reason.WRONG_STATUS
    )
    case = accepted(workspace, difficulty=Difficulty.COMPLEX)
    assert refusal(workspace, assign_mediators, AssignInput(case.id, "")).reason is Reason.NO_LEAD
    alone = refusal(workspace, assign_mediators, AssignInput(case.id, lead.id))
    (problem,) = alone.details["problems"]
    assert (alone.reason, problem.field, problem.code) == (Reason.INVALID, "co_ids", "co_needed")
    twice = refusal(workspace, assign_mediators, AssignInput(case.id, lead.id, (lead.id,)))
    assert twice.details["problems"][0].code == "duplicate"
    unknown = refusal(workspace, assign_mediators, AssignInput(case.id, lead.id, ("nobody",)))
    assert unknown.reason is Reason.NOT_FOUND
    assert audited(workspace, "assign_mediators") == []


def test_only_active_mediators_in_their_term(workspace: Workspace, clock: Clock) -> None:
    day = clock.at.date()
    over = mediator(workspace, "吴桂英", term_end=day - timedelta(days=1))
    active = mediator(workspace)
    workspace.run(change_mediator_status, active.id, MediatorStatus.SUSPENDED, active.row_version)
    case = accepted(workspace)
    for one in (over, active):
        refused = refusal(workspace, assign_mediators, AssignInput(case.id, one.id))
        assert (refused.reason, refused.details["mediator"]) == (Reason.MEDIATOR_NOT_ACTIVE, one.name)
    assert workspace.run(suggest_mediators, case.id).value == ()


def test_a_tie_blocks_until_it_is_overruled_in_writing(workspace: Workspace) -> None:
    near = mediator(workspace, "周国平", address="石门村三组18号")
    case = accepted(
        workspace,
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", village="石门村", address="三组18号"),
            person("b", PartyRole.RESPONDENT, "李䶮"),
        ),
    )
    refused = refusal(workspace, assign_mediators, AssignInput(case.id, near.id))
    assert refused.reason is Reason.RECUSAL
    finding = Finding(FindingKind.SAME_HOUSEHOLD, "张㛃", "周国平", "address", True)
    assert refused.details["findings"] == (finding,)
    assert refusal(
        workspace, assign_mediators, AssignInput(case.id, near.id, (), ChosenBy.PARTIES, " ")
    ).reason
    wanted = AssignInput(case.id, near.id, (), ChosenBy.PARTIES, "双方知情并书面同意")
    found = workspace.run(assign_mediators, wanted).value
    (row,) = found.assignments
    assert row.override_reason == "双方知情并书面同意"
    assert [Finding.from_text(kept) for kept in row.findings] == [finding]
    assert found.events[-1].note == "周国平：双方知情并书面同意"


def test_an_overruling_nobody_needs_is_not_kept(workspace: Workspace) -> None:
    case = accepted(workspace)
    wanted = AssignInput(case.id, mediator(workspace).id, (), ChosenBy.COMMITTEE, "预先写下")
    found = workspace.run(assign_mediators, wanted).value
    assert found.assignments[0].override_reason == ""
    assert found.events[-1].note == "周国平"


def test_a_recorded_relation_is_found_and_can_be_struck_out(workspace: Workspace) -> None:
    one = mediator(workspace)
    case = accepted(workspace)
    other = people_of(case)[1]
    assert workspace.run(check_recusal, case.id, one.id).value == ()
    (relation,) = workspace.run(relate_mediator, one.id, other, RelationKind.KIN, "表兄弟").value
    assert (relation.name, relation.kind, relation.note) == ("李䶮", RelationKind.KIN, "表兄弟")
    (finding,) = workspace.run(check_recusal, case.id, one.id).value
    assert (finding.kind, finding.party, finding.fact) == (FindingKind.RELATED, "李䶮", RelationKind.KIN)
    assert refusal(workspace, relate_mediator, one.id, other, RelationKind.KIN).reason is Reason.TAKEN
    workspace.run(drop_relation, relation.id)
    assert workspace.run(list_relations, other).value == ()
    assert workspace.run(check_recusal, case.id, one.id).value == ()
    for action in ("relate_mediator", "drop_relation"):
        assert audited(workspace, action) == [relation.id]
    assert refusal(workspace, drop_relation, relation.id).reason is Reason.NOT_FOUND


def test_two_people_of_the_register_are_related(workspace: Workspace) -> None:
    one, other = people_of(registered(workspace))
    workspace.run(relate_people, one, other, RelationKind.SIBLING)
    (seen,) = workspace.run(list_relations, other).value
    assert (seen.person_id, seen.name, seen.kind) == (one, "张㛃", RelationKind.SIBLING)
    assert refusal(workspace, relate_people, one, one, RelationKind.KIN).reason is Reason.INVALID
    assert refusal(workspace, relate_people, one, "x", RelationKind.KIN).reason is Reason.NOT_FOUND


def test_earlier_cases_are_remembered(workspace: Workspace) -> None:
    """The mediator fought with 张㛃 once; 吴桂英 mediated between the same two before."""
    fighter = mediator(workspace, "周国平", id_no="130599198001010011", birth=None)
    calm = mediator(workspace, "吴桂英")
    body = "13059919700101003"
    same = (
        person("a", PartyRole.APPLICANT, "张㛃", id_no="13059919800101002X"),
        person("b", PartyRole.RESPONDENT, "李䶮", id_no=body + id_check_digit(body)),
    )
    fight = (same[0], person("b", PartyRole.RESPONDENT, "周国平", id_no="130599198001010011"))
    old_fight = registered(workspace, parties=fight)
    old = accepted(workspace, parties=same)
    workspace.run(assign_mediators, AssignInput(old.id, calm.id))
    case = accepted(workspace, parties=same)
    (finding,) = workspace.run(check_recusal, case.id, fighter.id).value
    assert (finding.kind, finding.party, finding.case_number) == (
        FindingKind.EARLIER_PARTY,
        "张㛃",
        old_fight.number,
    )
    (note,) = workspace.run(check_recusal, case.id, calm.id).value
    assert (note.kind, note.blocks, note.case_number) == (FindingKind.EARLIER_MEDIATOR, False, old.number)
    found = workspace.run(assign_mediators, AssignInput(case.id, calm.id)).value
    assert len(found.assignments[0].findings) == 1
    assert (
        refusal(workspace, assign_mediators, AssignInput(old_fight.id, fighter.id)).reason
        is Reason.WRONG_STATUS
    )
    (itself,) = workspace.run(check_recusal, old_fight.id, fighter.id).value
    assert itself.kind is FindingKind.SAME_PERSON


def test_mediators_are_offered_by_what_speaks_for_them(workspace: Workspace, clock: Clock) -> None:
    busy, versed, near = (
        mediator(workspace, "安小红"),
        mediator(workspace, "周国平", specialities=("02",)),
        mediator(workspace, "李建国", specialities=("02",), address="石门村三组18号"),
    )
    free = mediator(workspace, "吴桂英")
    other = accepted(workspace, "赵强", "胡玉梅")
    workspace.run(assign_mediators, AssignInput(other.id, busy.id))
    case = accepted(
        workspace,
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃"),
            person("b", PartyRole.RESPONDENT, "李䶮", address="石门村三组18号"),
        ),
    )
    offered = workspace.run(suggest_mediators, case.id).value
    assert [one.mediator_id for one in offered] == [versed.id, free.id, busy.id, near.id]
    assert [one.open_cases for one in offered] == [0, 0, 1, 0]
    assert offered[0].specialised
    assert offered[-1].findings[0].kind is FindingKind.SAME_HOUSEHOLD
    load = {one.name: one.open_cases for one in workspace.run(mediator_load).value}
    assert load == {"安小红": 1, "周国平": 0, "李建国": 0, "吴桂英": 0}


def _fixed(workspace: Workspace, case: CaseView, day: date, room: str) -> None:
    workspace.run(
        schedule_hearing,
        HearingInput(case.id, HearingKind.MEDIATION, day, 9 * 60, 10 * 60, room_id=room),
    )


def test_a_fixed_hearing_passes_to_the_new_mediator_who_must_be_free(workspace: Workspace) -> None:
    rooms = [workspace.run(save_room, RoomInput(name)).value.id for name in ("甲室", "乙室")]
    day = date(2026, 9, 8)
    one, other, third = (mediator(workspace, name) for name in ("周国平", "吴桂英", "安小红"))
    cases = [accepted(workspace), accepted(workspace, "赵强", "胡玉梅")]
    for case, who, room in zip(cases, (one, other), rooms, strict=True):
        workspace.run(assign_mediators, AssignInput(case.id, who.id))
        _fixed(workspace, case, day, room)
    refused = refusal(workspace, assign_mediators, AssignInput(cases[0].id, other.id))
    assert refused.reason is Reason.CLASH
    assert refused.details["clashes"][0].case_number == cases[1].number
    outcome = workspace.run(assign_mediators, AssignInput(cases[0].id, third.id))
    assert outcome.value.status == CaseStatus.SCHEDULED
    assert Topic.HEARINGS in outcome.changes
    assert refusal(workspace, assign_mediators, AssignInput(cases[1].id, third.id)).reason is Reason.CLASH
    workspace.run(assign_mediators, AssignInput(cases[1].id, one.id))
    load = {row.name: row.hearings_this_week for row in workspace.run(mediator_load).value}
    assert load == {"周国平": 0, "吴桂英": 0, "安小红": 0}  # next week


def test_hearings_of_this_week_are_counted(workspace: Workspace) -> None:
    room = workspace.run(save_room, RoomInput("甲室")).value.id
    one = mediator(workspace)
    case = accepted(workspace)
    workspace.run(assign_mediators, AssignInput(case.id, one.id))
    _fixed(workspace, case, date(2026, 9, 4), room)
    (load,) = workspace.run(mediator_load).value
    assert (load.open_cases, load.hearings_this_week) == (1, 1)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.MEDIATOR, Role.LEADER, Role.ADMINISTRATOR])
def test_the_director_assigns(workspace: Workspace, role: Role) -> None:
    case, one = accepted(workspace), mediator(workspace)
    acting(workspace, role)
    wanted = AssignInput(case.id, one.id)
    assert refusal(workspace, assign_mediators, wanted).reason is Reason.NOT_PERMITTED
    acting(workspace, Role.DIRECTOR)
    assert workspace.run(assign_mediators, replace(wanted)).value.status == CaseStatus.ASSIGNED


def test_a_case_of_another_office_is_only_read(workspace: Workspace) -> None:
    case, one = accepted(workspace), mediator(workspace)
    with workspace._engine.begin() as connection:
        connection.execute(text('UPDATE "case" SET owner = :other'), {"other": "130532102-A"})
    refused = refusal(workspace, assign_mediators, AssignInput(case.id, one.id))
    assert (refused.reason, refused.details["owner"]) == (Reason.READ_ONLY_CASE, "130532102-A")


def test_a_leader_sees_ties_and_writes_none(workspace: Workspace) -> None:
    case, one = accepted(workspace), mediator(workspace)
    acting(workspace, Role.LEADER)
    assert workspace.run(check_recusal, case.id, one.id).value == ()
    for use_case, arguments in (
        (relate_people, ("a", "b", RelationKind.KIN)),
        (relate_mediator, (one.id, "b", RelationKind.KIN)),
        (drop_relation, ("x",)),
    ):
        assert refusal(workspace, use_case, *arguments).reason is Reason.NOT_PERMITTED


@pytest.mark.parametrize("role", [PartyRole.RESPONDENT, PartyRole.AGENT, PartyRole.GUARDIAN])
def test_nobody_mediates_the_own_case_whatever_is_written(workspace: Workspace, role: PartyRole) -> None:
    born = date(1970, 1, 1)
    one = mediator(workspace, "李䶮", birth=born)
    respondent = person("b", PartyRole.RESPONDENT, "王𬭎")
    same = person("m", role, "李䶮", birth=born, represents=() if role is PartyRole.RESPONDENT else ("a",))
    parties = (person("a", PartyRole.APPLICANT, "张㛃"), respondent, same)
    consenting = tuple(replace(party, consent=Consent.ORAL) for party in parties)
    case = accepted(workspace, parties=consenting)
    wanted = AssignInput(case.id, one.id, (), ChosenBy.PARTIES, "双方知情并书面同意")
    refused = refusal(workspace, assign_mediators, wanted)
    assert (refused.reason, refused.details) == (Reason.MEDIATOR_IS_PARTY, {"mediator": "李䶮"})
    other = mediator(workspace, "周国平")
    helped = AssignInput(case.id, other.id, (one.id,), ChosenBy.PARTIES, "理由")
    assert refusal(workspace, assign_mediators, helped).reason is Reason.MEDIATOR_IS_PARTY
    assert [choice.name for choice in workspace.run(suggest_mediators, case.id).value] == ["周国平"]
