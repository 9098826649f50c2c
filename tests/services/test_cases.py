"""Registering, accepting and refusing disputes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.cases import CaseSource, Consent, PartyRole, Refusal
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Step
from app.domain.values.identity import Sex
from app.services.cases.decisions import accept_case, record_consent, refuse_case
from app.services.cases.people import earlier_cases, similar_cases, suggest_people
from app.services.cases.register import open_case, register_case
from app.services.kernel.workspace import Workspace
from tests.conftest import THE_DAY, Clock, acting, intake, person
from tests.services.test_case_list import statements


def audit(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace._engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(text("SELECT action, object_id FROM audit ORDER BY n"))
        ]


def test_a_registered_case_has_its_number_its_parties_and_its_history(workspace: Workspace) -> None:
    outcome = workspace.run(register_case, intake())
    case = outcome.value
    assert case.number == "平乡镇人调字〔2026〕第001号"
    assert case.status == CaseStatus.REGISTERED
    assert case.step == Step.DECIDE
    assert [party.name for party in case.parties] == ["张㛃", "李䶮"]
    assert case.parties[0].sex == Sex.FEMALE
    assert case.parties[0].birth.year == 1980
    assert case.title == "张㛃与李䶮邻里纠纷"
    assert [event.action for event in case.events] == [CaseAction.REGISTERED]
    assert case.first_contact == "周国平"
    assert Topic.CASES in outcome.changes
    assert ("register_case", case.id) in audit(workspace)


def test_every_wrong_field_is_named_and_no_number_is_lost(workspace: Workspace, clock: Clock) -> None:
    wrong = intake(
        summary=" ",
        received_at=clock.at + timedelta(hours=1),
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", id_no="13059919800101"),
            person("b", PartyRole.AGENT, "王五", represents=()),
        ),
    )
    with pytest.raises(Refused) as caught:
        workspace.run(register_case, wrong)
    assert caught.value.reason == Reason.INVALID
    fields = {problem.field: problem.code for problem in caught.value.details["problems"]}
    assert fields["summary"] == "required"
    assert fields["received_at"] == "future_date"
    assert fields["parties"] == "no_respondent"
    assert fields["parties.a.id_no"] == "id_length"
    assert fields["parties.b.represents"] == "required"
    assert workspace.run(register_case, intake()).value.number.endswith("第001号")


def test_a_leader_may_look_but_not_register(workspace: Workspace) -> None:
    with pytest.raises(Refused) as caught:
        acting(workspace, Role.LEADER).run(register_case, intake())
    assert caught.value.reason == Reason.NOT_PERMITTED


def test_one_clear_refusal_blocks_acceptance(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    respondent = case.parties[1]
    workspace.run(record_consent, case.id, respondent.id, Consent.REFUSED)
    with pytest.raises(Refused) as caught:
        workspace.run(accept_case, case.id, competent=True, excluded=False)
    assert caught.value.reason == Reason.CONSENT_REFUSED
    assert caught.value.details["parties"] == ("李䶮",)
    assert workspace.run(open_case, case.id).value.status == CaseStatus.REGISTERED


def test_every_respondent_must_have_agreed(workspace: Workspace) -> None:
    two = intake()
    two = replace(
        two, parties=(*two.parties, person("c", PartyRole.RESPONDENT, "王𬭎", consent=Consent.UNASKED))
    )
    case = workspace.run(register_case, two).value
    with pytest.raises(Refused) as caught:
        workspace.run(accept_case, case.id, competent=True, excluded=False)
    assert caught.value.reason == Reason.CONSENT_MISSING
    assert caught.value.details["parties"] == ("王𬭎",)


def test_a_case_taken_up_by_the_committee_needs_everybodys_consent(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake(source=CaseSource.OWN_INITIATIVE)).value
    with pytest.raises(Refused) as caught:
        workspace.run(accept_case, case.id, competent=True, excluded=False)
    assert caught.value.details["parties"] == ("张㛃",)
    workspace.run(record_consent, case.id, case.parties[0].id, Consent.WRITTEN)
    assert (
        workspace.run(accept_case, case.id, competent=True, excluded=False).value.status
        == CaseStatus.ACCEPTED
    )


@pytest.mark.parametrize(
    ("competent", "excluded", "reason"),
    [(False, False, Reason.NO_COMPETENCE), (True, True, Reason.EXCLUDED_MATTER)],
)
def test_what_is_not_the_committees_is_not_accepted(
    workspace: Workspace, competent: bool, excluded: bool, reason: Reason
) -> None:
    case = workspace.run(register_case, intake()).value
    with pytest.raises(Refused) as caught:
        workspace.run(accept_case, case.id, competent=competent, excluded=excluded)
    assert caught.value.reason == reason


def test_the_limit_of_mediation_starts_with_acceptance_and_ends_on_a_working_day(
    workspace: Workspace,
) -> None:
    case = workspace.run(register_case, intake()).value
    accepted = workspace.run(accept_case, case.id, competent=True, excluded=False).value
    assert accepted.step == Step.ASSIGN
    limit = next(deadline for deadline in accepted.deadlines if deadline.code == "T-MED")
    assert (limit.raw_on.isoformat(), limit.due_on.isoformat()) == ("2026-10-03", "2026-10-08")


def test_a_case_is_declined_with_reason_and_remedy(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    with pytest.raises(Refused) as caught:
        workspace.run(refuse_case, case.id, Refusal.OTHER, "", remedy_told=False)
    assert {problem.field for problem in caught.value.details["problems"]} == {"note", "remedy_told"}
    declined = workspace.run(
        refuse_case, case.id, Refusal.ALREADY_HANDLED, "法院已受理", remedy_told=True
    ).value
    assert declined.status == CaseStatus.REJECTED
    with pytest.raises(Refused) as caught:
        workspace.run(accept_case, case.id, competent=True, excluded=False)
    assert caught.value.reason == Reason.WRONG_STATUS


@pytest.mark.parametrize("typed", ["李", "李䶮", "ly", "130599198001010011", "石门"])
def test_earlier_people_are_offered_by_name_initials_and_number(workspace: Workspace, typed: str) -> None:
    case = workspace.run(register_case, intake()).value
    found = workspace.run(suggest_people, typed).value
    match = next(one for one in found if one.name == "李䶮")
    assert (match.cases, match.latest) == (1, case.number)
    assert [one.id for one in workspace.run(earlier_cases, match.id).value] == [case.id]


def test_the_same_number_is_the_same_person(workspace: Workspace) -> None:
    first = workspace.run(register_case, intake()).value
    second = workspace.run(register_case, intake()).value
    assert first.parties[0].person_id == second.parties[0].person_id
    assert second.number.endswith("第002号")


def test_nobody_is_in_dispute_with_himself(workspace: Workspace) -> None:
    number = "13059919800101002X"
    twice = intake(
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", id_no=number),
            person("b", PartyRole.RESPONDENT, "张洁", id_no=number.lower()),
        )
    )
    with pytest.raises(Refused) as caught:
        workspace.run(register_case, twice)
    (problem,) = caught.value.details["problems"]
    assert (problem.field, problem.code) == ("parties.b.id_no", "duplicate")
    mother = person("m", PartyRole.GUARDIAN, "张㛃", id_no=number, represents=("b",))
    parties = (twice.parties[0], person("b", PartyRole.RESPONDENT, "李䶮"), mother)
    workspace.run(register_case, replace(twice, parties=parties))


def test_nobody_agrees_tomorrow(workspace: Workspace) -> None:
    early = person(
        "b", PartyRole.RESPONDENT, "李䶮", consent=Consent.ORAL, consent_on=THE_DAY + timedelta(days=1)
    )
    with pytest.raises(Refused) as caught:
        workspace.run(register_case, intake(parties=(person("a", PartyRole.APPLICANT, "张㛃"), early)))
    (problem,) = caught.value.details["problems"]
    assert (problem.field, problem.code) == ("parties.b.consent_on", "future_date")


def test_eight_persons_are_offered_by_a_handful_of_statements(workspace: Workspace) -> None:
    for at in range(9):
        for _ in range(2):
            parties = (
                person("a", PartyRole.APPLICANT, f"张春{'一二三四五六七八九'[at]}", phone=f"1380000111{at}"),
                person("b", PartyRole.RESPONDENT, "李䶮", id_no="130599198001010011"),
            )
            case = workspace.run(register_case, intake(parties=parties)).value
    with statements(workspace) as seen:
        offered = workspace.run(suggest_people, "张春").value
    assert len(offered) == 8
    assert len(seen) <= 4
    (li,) = workspace.run(suggest_people, "李䶮").value
    assert (li.cases, li.latest) == (18, case.number)
    with statements(workspace) as seen:
        earlier = workspace.run(earlier_cases, li.id).value
    assert [one.number for one in earlier][:1] == [case.number]
    assert len(earlier) == 18
    assert len(seen) <= 2


def test_a_dispute_entered_before_is_found(workspace: Workspace, clock: Clock) -> None:
    first = workspace.run(register_case, intake()).value
    turned = tuple(
        replace(party, role=role)
        for party, role in zip(intake().parties, (PartyRole.RESPONDENT, PartyRole.APPLICANT), strict=True)
    )
    clock.forward(days=300)
    again = intake(received_at=clock.at, parties=turned)
    (found,) = workspace.run(similar_cases, again).value
    assert (found.id, found.role, found.received_on) == (first.id, PartyRole.APPLICANT, THE_DAY)
    assert workspace.run(similar_cases, replace(again, type_a="04")).value == ()
    other = (turned[0], person("c", PartyRole.RESPONDENT, "王𬭎"))
    assert workspace.run(similar_cases, replace(again, parties=other)).value == ()
    by_name = tuple(replace(party, id_no="", phone="") for party in turned)
    assert workspace.run(similar_cases, replace(again, parties=by_name)).value == (found,)
    clock.forward(days=100)
    assert workspace.run(similar_cases, again).value == ()
