"""Parties of a case after registration: added, changed, gone, represented."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actor import Role
from app.domain.cases import AgentPower, CaseSource, CaseView, Consent, PartyRole
from app.domain.errors import Problem, Reason
from app.domain.flow import CaseAction
from app.domain.intake import PartyLeave, RepresentativesInput, guardian_gaps
from app.domain.lists import CaseQuery
from app.domain.people import Capacity
from app.services.agreements.writing import save_agreement
from app.services.cases.decisions import accept_case
from app.services.cases.listing import case_rows, list_case_ids
from app.services.cases.register import open_case, register_case
from app.services.hearings.scheduling import open_hearing
from app.services.kernel.workspace import Workspace
from app.services.parties.changing import (
    add_party,
    change_party,
    input_of,
    party_left,
    set_representatives,
)
from tests.conftest import THE_DAY, acting, intake, person
from tests.services.stage import Stage, problems, refusal, settlement, stage

__all__ = ["stage"]

THIRD = person("new", PartyRole.THIRD, "王𬭎", consent=Consent.ORAL)
GONE = PartyLeave(THE_DAY, "已死亡")


def registered(workspace: Workspace, **fields: object) -> CaseView:
    return workspace.run(register_case, intake(**fields)).value


def named(case: CaseView) -> list[str]:
    return [party.name for party in case.parties]


def test_a_party_joins_with_an_entry_in_history_list_and_register(workspace: Workspace) -> None:
    case = registered(workspace)
    joined = replace(THIRD, role=PartyRole.RESPONDENT, phone="13900002222", consent=Consent.UNASKED)
    found = workspace.run(add_party, case.id, joined).value
    assert named(found) == ["张㛃", "李䶮", "王𬭎"]
    assert (found.events[-1].action, found.events[-1].note) == (CaseAction.PARTY_ADDED, "王𬭎")
    assert found.parties[-1].person_id
    (row,) = workspace.run(case_rows, workspace.run(list_case_ids, CaseQuery()).value).value
    assert row.parties == "张㛃 与 李䶮、王𬭎"
    refused = refusal(workspace, accept_case, case.id, True, False)
    assert refused.reason in (Reason.CONSENT_MISSING, Reason.HINDERED)


def test_what_is_wrong_with_who_joins_stands_at_the_field(workspace: Workspace) -> None:
    case = registered(workspace)
    twice = replace(THIRD, id_no="13059919800101002X")
    assert problems(workspace, add_party, case.id, twice) == {"parties.new.id_no": "duplicate"}
    agent = person("new", PartyRole.AGENT, "孙律师")
    assert problems(workspace, add_party, case.id, agent) == {"parties.new.represents": "required"}
    assert "parties.new.name" in problems(workspace, add_party, case.id, replace(THIRD, name=" "))
    assert named(workspace.run(open_case, case.id).value) == ["张㛃", "李䶮"]


def test_an_agent_joins_with_powers_for_one_side(workspace: Workspace) -> None:
    case = registered(workspace)
    agent = person(
        "new", PartyRole.AGENT, "孙长贵", represents=(case.parties[0].id,), agent_powers=(AgentPower.SIGN,)
    )
    found = workspace.run(add_party, case.id, agent).value
    assert found.parties[2].represents == (case.parties[0].id,)
    assert found.parties[2].agent_powers == (AgentPower.SIGN,)


def test_particulars_are_put_right_and_a_stale_form_is_refused(workspace: Workspace) -> None:
    case = registered(workspace)
    li = case.parties[1]
    wanted = replace(input_of(li), phone="13900003333", role=PartyRole.THIRD)
    assert problems(workspace, change_party, case.id, li.id, wanted, li.row_version) == {
        "parties": "no_respondent"
    }
    wanted = replace(wanted, role=PartyRole.RESPONDENT)
    found = workspace.run(change_party, case.id, li.id, wanted, li.row_version).value
    assert found.parties[1].phone == "13900003333"
    assert found.events[-1].action == CaseAction.PARTY_CHANGED
    assert refusal(workspace, change_party, case.id, li.id, wanted, li.row_version).reason is Reason.STALE


def test_who_leaves_is_no_longer_a_party_but_stays_in_the_case(workspace: Workspace) -> None:
    third = replace(THIRD, key="c")
    helper = person("d", PartyRole.AGENT, "孙长贵", represents=("c",))
    case = registered(workspace, parties=(*intake().parties, third, helper))
    wang = case.parties[2]
    found = workspace.run(party_left, case.id, wang.id, GONE, wang.row_version).value
    assert named(found) == ["张㛃", "李䶮"]
    assert [(party.name, party.left_on) for party in found.left_parties] == [
        ("王𬭎", THE_DAY),
        ("孙长贵", THE_DAY),
    ]
    assert {event.note for event in found.events if event.action == CaseAction.PARTY_LEFT} == {
        "王𬭎：已死亡",
        "孙长贵：已死亡",
    }
    again = refusal(workspace, party_left, case.id, wang.id, GONE, wang.row_version)
    assert again.reason is Reason.NOT_FOUND


def test_neither_side_is_left_empty_and_a_reason_is_asked(workspace: Workspace) -> None:
    case = registered(workspace)
    li = case.parties[1]
    left = (party_left, case.id, li.id)
    assert problems(workspace, *left, GONE, li.row_version) == {"parties": "no_respondent"}
    assert problems(workspace, *left, PartyLeave(date(2026, 9, 4), ""), li.row_version) == {
        "reason": "required",
        "on": "future_date",
    }
    early = PartyLeave(date(2026, 9, 2), "去世")
    assert problems(workspace, *left, early, li.row_version) == {"on": "before_received"}


def test_nobody_leaves_whom_an_agreement_names(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    stage.workspace.run(save_agreement, settlement(case))
    zhang = stage.workspace.run(open_case, case.id).value.parties[0]
    joined = person("new", PartyRole.APPLICANT, "张小㛃")
    stage.workspace.run(add_party, case.id, joined)
    refused = refusal(stage.workspace, party_left, case.id, zhang.id, GONE, zhang.row_version)
    assert (refused.reason, refused.details["party"]) == (Reason.PARTY_IN_AGREEMENT, "张㛃")
    other = stage.workspace.run(open_case, case.id).value.parties[-1]
    assert other.name == "张小㛃"
    stage.workspace.run(party_left, case.id, other.id, GONE, other.row_version)


def test_a_hearing_to_come_no_longer_holds_who_left(stage: Stage) -> None:
    case = stage.case(intake(parties=(*intake().parties, replace(THIRD, key="c"))))
    hearing = stage.hearing(case, party_ids=tuple(party.id for party in case.parties))
    wang = case.parties[2]
    stage.workspace.run(party_left, case.id, wang.id, GONE, wang.row_version)
    seen = stage.workspace.run(open_hearing, hearing.id).value
    assert [guest.name for guest in seen.invited] == ["张㛃", "李䶮"]


def test_an_adult_without_capacity_needs_a_guardian_as_a_minor_does(workspace: Workspace) -> None:
    child = person("c", PartyRole.APPLICANT, "张小宝", birth=date(2016, 5, 1))
    case = registered(workspace, parties=(*intake().parties, child))
    assert guardian_gaps(case.parties, THE_DAY) == ("张小宝",)
    li = case.parties[1]
    limited = replace(input_of(li), capacity=Capacity.LIMITED)
    case = workspace.run(change_party, case.id, li.id, limited, li.row_version).value
    assert guardian_gaps(case.parties, THE_DAY) == ("李䶮", "张小宝")
    guardian = person("g", PartyRole.GUARDIAN, "李妻", represents=(li.id,))
    case = workspace.run(add_party, case.id, guardian).value
    assert guardian_gaps(case.parties, THE_DAY) == ("张小宝",)
    assert guardian_gaps(case.parties, date(2034, 5, 1)) == ()


def test_of_two_hundred_parties_at_most_five_speak_for_the_rest(workspace: Workspace) -> None:
    many = tuple(person(f"a{n}", PartyRole.APPLICANT, f"村民{n:03}") for n in range(199))
    case = registered(workspace, parties=(*many, intake().parties[1]), people_count=200)
    ids = tuple(party.id for party in case.parties if party.role == PartyRole.APPLICANT)
    six = RepresentativesInput(PartyRole.APPLICANT, ids[:6])
    refused = refusal(workspace, set_representatives, case.id, six)
    (problem,) = refused.details["problems"]
    assert problem == Problem("chosen", "too_many_representatives", (("most", 5),))
    five = RepresentativesInput(PartyRole.APPLICANT, ids[:5], (AgentPower.SIGN,))
    found = workspace.run(set_representatives, case.id, five).value
    assert [len(party.represents) for party in found.parties[:6]] == [194] * 5 + [0]
    found = workspace.run(add_party, case.id, THIRD).value
    assert found.people_count == 201
    none = workspace.run(set_representatives, case.id, RepresentativesInput(PartyRole.APPLICANT)).value
    assert not any(party.represents for party in none.parties)


def test_all_of_a_side_represent_nobody(workspace: Workspace) -> None:
    case = registered(workspace)
    zhang, li = (party.id for party in case.parties)
    alone = RepresentativesInput(PartyRole.APPLICANT, (zhang,))
    assert problems(workspace, set_representatives, case.id, alone) == {"chosen": "nobody_represented"}
    strange = RepresentativesInput(PartyRole.APPLICANT, (li,))
    assert problems(workspace, set_representatives, case.id, strange) == {"chosen": "unknown"}


def test_a_case_taken_up_by_the_committee_may_lose_its_applicant(workspace: Workspace) -> None:
    case = registered(workspace, source=CaseSource.OWN_INITIATIVE)
    zhang = case.parties[0]
    found = workspace.run(party_left, case.id, zhang.id, GONE, zhang.row_version).value
    assert named(found) == ["李䶮"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
def test_who_only_reads_changes_nobody(workspace: Workspace, role: Role) -> None:
    case = registered(workspace)
    acting(workspace, role)
    assert refusal(workspace, add_party, case.id, THIRD).reason is Reason.NOT_PERMITTED
