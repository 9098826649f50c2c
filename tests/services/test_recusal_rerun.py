"""The recusal check runs again by itself whenever somebody or something in a case changes."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cases import CaseView, PartyRole
from app.domain.casework.hindrances import HindranceCode
from app.domain.errors import Reason
from app.domain.flow import CaseAction, Deed
from app.domain.intake import PartyLeave
from app.domain.papers.forms import FormId
from app.domain.people import RelationKind
from app.domain.recusal import Fact, FindingKind, RecusalInput, RecusalVerdict, RecusalView
from app.domain.roster import AssignInput, MediatorInput
from app.reports.pdf import wording
from app.services.cases.register import open_case, register_case
from app.services.kernel.workspace import Workspace
from app.services.parties.changing import add_party, change_party, input_of, party_left
from app.services.parties.recusal import ask_recusal, decide_recusal, list_recusals
from app.services.roster.assignments import assign_mediators, suggest_mediators
from app.services.roster.entries import list_mediators, save_mediator
from app.services.roster.recusal import check_recusal, drop_relation, relate_mediator
from app.services.sessions.records import hold_session
from tests.conftest import THE_DAY, intake, person
from tests.services.paper_desk import Desk
from tests.services.roster_data import accepted, mediator
from tests.services.stage import NINE, Stage, minutes, problems, refusal, stage

__all__ = ["stage"]

BORN = date(1970, 1, 1)
HOME = "石门村三组18号"
WIFE = person("new", PartyRole.THIRD, "周妻", village="石门村", address="三组18号")


def waiting(workspace: Workspace, case: CaseView) -> list[RecusalView]:
    return [one for one in workspace.run(list_recusals, case.id).value if one.decided_on is None]


def assigned(workspace: Workspace, **fields: object) -> tuple[CaseView, str]:
    """A case and its mediator 周国平, who lives at HOME; nothing ties them."""
    one = mediator(workspace, "周国平", address=HOME)
    case = accepted(workspace, **fields)
    return workspace.run(assign_mediators, AssignInput(case.id, one.id)).value, one.id


def actions(workspace: Workspace, case: CaseView) -> list[CaseAction]:
    return [event.action for event in workspace.run(open_case, case.id).value.events]


def tied(workspace: Workspace) -> tuple[CaseView, RecusalView]:
    """A case in which the mediator's wife has become a party."""
    case, _ = assigned(workspace)
    case = workspace.run(add_party, case.id, WIFE).value
    (found,) = waiting(workspace, case)
    return case, found


def test_a_new_party_of_the_mediators_household_is_found(workspace: Workspace) -> None:
    case, found = tied(workspace)
    assert [(tie.kind, tie.party) for tie in found.findings] == [(FindingKind.SAME_HOUSEHOLD, "周妻")]
    assert actions(workspace, case)[-2:] == [CaseAction.PARTY_ADDED, CaseAction.RECUSAL_FOUND]


def test_a_changed_address_is_found_and_gone_when_it_is_put_right(workspace: Workspace) -> None:
    case, _ = assigned(workspace)
    li = case.parties[1]
    wanted = replace(input_of(li), village="石门村", address="三组18号")
    case = workspace.run(change_party, case.id, li.id, wanted, li.row_version).value
    assert len(waiting(workspace, case)) == 1
    li = case.parties[1]
    away = replace(wanted, village="东街村", address="1组2号")
    workspace.run(change_party, case.id, li.id, away, li.row_version)
    (done,) = workspace.run(list_recusals, case.id).value
    assert (done.verdict, done.decided_on) == (RecusalVerdict.MOOT, THE_DAY)


def test_an_agent_and_a_change_of_role_are_looked_at(workspace: Workspace) -> None:
    case, _ = assigned(workspace)
    agent = replace(WIFE, role=PartyRole.AGENT, represents=(case.parties[0].id,))
    case = workspace.run(add_party, case.id, agent).value
    assert len(waiting(workspace, case)) == 1
    wife = case.parties[2]
    workspace.run(party_left, case.id, wife.id, PartyLeave(THE_DAY, "解除委托"), wife.row_version)
    assert waiting(workspace, case) == []


def test_a_relation_written_down_later_reaches_the_open_case(workspace: Workspace) -> None:
    case, one = assigned(workspace)
    kept = workspace.run(relate_mediator, one, case.parties[1].person_id, RelationKind.KIN, "表兄弟").value
    (found,) = waiting(workspace, case)
    assert found.findings[0].fact == RelationKind.KIN
    workspace.run(drop_relation, kept[0].id)
    assert waiting(workspace, case) == []


def test_a_changed_mediator_of_the_roster_is_looked_at(workspace: Workspace) -> None:
    one = mediator(workspace, "周国平")
    case = accepted(
        workspace,
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", village="石门村", address="三组18号"),
            person("b", PartyRole.RESPONDENT, "李䶮"),
        ),
    )
    workspace.run(assign_mediators, AssignInput(case.id, one.id))
    assert waiting(workspace, case) == []
    row = next(row for row in workspace.run(list_mediators).value if row.id == one.id)
    moved = MediatorInput("周国平", birth=BORN, address=HOME)
    workspace.run(save_mediator, moved, row.id, row.row_version)
    assert len(waiting(workspace, case)) == 1


def test_a_second_mediator_is_checked_and_relieving_ends_the_matter(workspace: Workspace) -> None:
    case, found = tied(workspace)
    other = mediator(workspace, "吴桂英")
    workspace.run(assign_mediators, AssignInput(case.id, other.id))
    (done,) = workspace.run(list_recusals, case.id).value
    assert (done.id, done.verdict, done.active) == (found.id, RecusalVerdict.MOOT, False)


def test_nothing_new_writes_nothing(workspace: Workspace) -> None:
    case, _ = tied(workspace)
    harmless = person("x", PartyRole.THIRD, "王𬭎")
    workspace.run(add_party, case.id, harmless)
    assert len(workspace.run(list_recusals, case.id).value) == 1
    assert actions(workspace, case).count(CaseAction.RECUSAL_FOUND) == 1


def test_a_session_waits_for_the_decision(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)
    workspace = stage.workspace
    workspace.run(relate_mediator, stage.mediators[0], case.parties[1].person_id, RelationKind.KIN)
    refused = refusal(workspace, hold_session, hearing.id, minutes())
    (hindrance,) = refused.details["hindrances"]
    assert (refused.reason, hindrance.code, hindrance.cure) == (
        Reason.HINDERED,
        HindranceCode.RECUSAL_OPEN,
        Deed.RECUSAL,
    )
    (found,) = waiting(workspace, case)
    unfounded = RecusalInput(RecusalVerdict.NOT_FOUNDED, "同姓不同宗，已核对户籍")
    workspace.run(decide_recusal, found.id, unfounded, found.row_version)
    workspace.run(hold_session, hearing.id, minutes())


def test_a_mediator_is_kept_only_with_the_consent_of_all(workspace: Workspace) -> None:
    case, found = tied(workspace)
    everybody = tuple(party.id for party in case.parties)
    keep = RecusalInput(RecusalVerdict.KEPT, "双方都信任", consented=everybody[:2])
    decide = (decide_recusal, found.id)
    assert problems(workspace, *decide, keep, found.row_version) == {"consented": "all_must_consent"}
    assert problems(workspace, *decide, replace(keep, reason=""), found.row_version)["reason"] == "required"
    all_of_them = replace(keep, consented=everybody)
    (kept,) = workspace.run(*decide, all_of_them, found.row_version).value
    assert (kept.verdict, set(kept.consented), kept.decided_by) == (
        RecusalVerdict.KEPT,
        set(everybody),
        workspace.actor.name,
    )
    assert actions(workspace, case)[-1] == CaseAction.RECUSAL_DECIDED
    again = refusal(workspace, *decide, all_of_them, kept.row_version)
    assert again.reason is Reason.RECUSAL_DECIDED


def test_who_joins_after_the_consent_is_asked_as_well(workspace: Workspace) -> None:
    case, found = tied(workspace)
    keep = RecusalInput(RecusalVerdict.KEPT, "都同意", tuple(party.id for party in case.parties))
    workspace.run(decide_recusal, found.id, keep, found.row_version)
    workspace.run(add_party, case.id, person("x", PartyRole.THIRD, "王𬭎"))
    (anew,) = waiting(workspace, case)
    assert [tie.party for tie in anew.findings] == ["周妻"]


def test_replacing_puts_another_in_the_seat(workspace: Workspace) -> None:
    case, found = tied(workspace)
    other = mediator(workspace, "吴桂英")
    nobody = RecusalInput(RecusalVerdict.REPLACED, "夫妻")
    assert problems(workspace, decide_recusal, found.id, nobody, found.row_version) == {
        "replacement_id": "replacement_needed"
    }
    wanted = replace(nobody, replacement_id=other.id)
    workspace.run(decide_recusal, found.id, wanted, found.row_version)
    seen = workspace.run(open_case, case.id).value
    assert [(row.name, row.lead) for row in seen.assignments] == [("吴桂英", True)]
    (done,) = workspace.run(list_recusals, case.id).value
    assert done.verdict is RecusalVerdict.REPLACED
    assert waiting(workspace, case) == []


def test_who_turns_out_to_be_the_mediator_cannot_be_kept(workspace: Workspace) -> None:
    case, _ = assigned(workspace)
    same = person("x", PartyRole.THIRD, "周国平", birth=BORN)
    case = workspace.run(add_party, case.id, same).value
    (found,) = waiting(workspace, case)
    keep = RecusalInput(RecusalVerdict.KEPT, "都同意", tuple(party.id for party in case.parties))
    refused = refusal(workspace, decide_recusal, found.id, keep, found.row_version)
    assert refused.reason is Reason.MEDIATOR_IS_PARTY


def test_a_party_may_ask_at_any_time(workspace: Workspace) -> None:
    case, one = assigned(workspace)
    zhang = case.parties[0]
    assert problems(workspace, ask_recusal, case.id, one, zhang.id, " ") == {"reason": "required"}
    assert problems(workspace, ask_recusal, case.id, one, "x", "不公") == {"asked_by": "not_of_this_case"}
    workspace.run(ask_recusal, case.id, one, zhang.id, "与对方常一起喝酒")
    (asked,) = waiting(workspace, case)
    assert (asked.asked_by_name, asked.wish, asked.findings) == ("张㛃", "与对方常一起喝酒", ())
    unfounded = RecusalInput(RecusalVerdict.NOT_FOUNDED, "经核实不属实")
    workspace.run(decide_recusal, asked.id, unfounded, asked.row_version)
    assert waiting(workspace, case) == []


def test_overruling_at_assignment_stays_open_until_all_consent(workspace: Workspace) -> None:
    near = mediator(workspace, "周国平", address=HOME)
    case = accepted(workspace)
    case = workspace.run(add_party, case.id, WIFE).value
    wanted = AssignInput(case.id, near.id, override_reason="当事人信任")
    workspace.run(assign_mediators, wanted)
    (found,) = waiting(workspace, case)
    assert found.reason == "当事人信任"
    everybody = tuple(party.id for party in case.parties)
    workspace.run(assign_mediators, replace(wanted, consented=everybody))
    assert waiting(workspace, case) == []
    (kept,) = workspace.run(list_recusals, case.id).value
    assert kept.verdict is RecusalVerdict.KEPT
    workspace.run(assign_mediators, AssignInput(case.id, near.id))  # what is decided asks for no new reason
    assert waiting(workspace, case) == []


def test_who_acted_for_the_other_side_before_is_told_with_the_year(workspace: Workspace) -> None:
    first = intake(
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", id_no="13059919800101002X"),
            person("b", PartyRole.RESPONDENT, "李䶮"),
            person("m", PartyRole.AGENT, "周国平", birth=BORN, represents=("b",)),
        )
    )
    workspace.run(register_case, first)
    one = mediator(workspace, "周国平")
    case = accepted(
        workspace,
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", id_no="13059919800101002X"),
            person("b", PartyRole.RESPONDENT, "王𬭎"),
        ),
    )
    (found,) = workspace.run(check_recusal, case.id, one.id).value
    assert (found.kind, found.party, found.year) == (FindingKind.EARLIER_AGAINST, "张㛃", 2026)


@pytest.mark.parametrize(("village", "kind"), [("石门村", FindingKind.NAMESAKE), ("东街村", None)])
def test_a_namesake_of_the_same_village_is_probably_the_mediator(
    workspace: Workspace, village: str, kind: FindingKind | None
) -> None:
    one = mediator(workspace, "周国平", address=HOME)
    same = person("b", PartyRole.RESPONDENT, "周国平", village=village)
    case = accepted(workspace, parties=(person("a", PartyRole.APPLICANT, "张㛃"), same))
    kinds = [finding.kind for finding in workspace.run(check_recusal, case.id, one.id).value]
    assert kinds == ([kind] if kind else [])


def test_neighbours_are_only_worth_knowing(workspace: Workspace) -> None:
    one = mediator(workspace, "周国平", address="石门村一组5号")
    case = accepted(workspace, parties=intake().parties)
    (choice,) = workspace.run(suggest_mediators, case.id).value
    (finding,) = choice.findings
    assert (finding.kind, finding.blocks, finding.party) == (FindingKind.SAME_VILLAGE, False, "张㛃、李䶮")
    workspace.run(assign_mediators, AssignInput(case.id, one.id))
    assert waiting(workspace, case) == []


def test_the_record_is_printed_with_ties_and_consents(workspace: Workspace) -> None:
    case, found = tied(workspace)
    desk = Desk(workspace, case)
    open_words = desk.words(FormId.RECUSAL_RECORD)
    assert "与周妻同户：住址相同" in open_words
    assert "■" not in open_words
    keep = RecusalInput(RecusalVerdict.KEPT, "双方都信任", tuple(party.id for party in case.parties))
    workspace.run(decide_recusal, found.id, keep, found.row_version)
    words = desk.words(FormId.RECUSAL_RECORD)
    assert "■各方当事人知情并同意，继续由周国平调解" in words
    for name in ("张㛃", "李䶮", "周妻"):
        assert f"（{name}）：" in words


def test_every_kind_and_fact_has_words_on_paper() -> None:
    words = wording.load(FormId.RECUSAL_RECORD, THE_DAY)
    for kind in FindingKind:
        assert words.fill(kind, party="甲", fact="乙", year="2024年")
    for fact in (*Fact, *RelationKind):
        assert words.fill(f"fact_{fact}", number="第1号")
