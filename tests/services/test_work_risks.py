"""Reports of a risk: raised in any open state, cleared before a case is struck off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.actor import Role
from app.domain.cases import PartyRole, RiskFlag
from app.domain.casework.hindrances import HindranceCode
from app.domain.casework.inputs import StrikeOffInput
from app.domain.errors import Reason
from app.domain.flow import CaseStatus, Deed, states_offering
from app.domain.people import Capacity
from app.domain.work.risks import ClearInput, ReportMethod, RiskInput, RiskLevel, RiskReceiver, RiskRow
from app.services.flow.closing import propose_strike_off, strike_off_case
from app.services.journal.undo import last_actions, undo_action
from app.services.work.risks import add_feedback, clear_risk, list_risks, raise_risk
from tests.conftest import THE_DAY, acting, intake, person
from tests.services.flow_stage import PATHS, Life, life
from tests.services.stage import NINE, problems, refusal, stage

__all__ = ["life", "stage"]

_S = CaseStatus


def report(case_id: str, **fields: object) -> RiskInput:
    return replace(
        RiskInput(
            case_id, (RiskFlag.BRAWL,), RiskLevel.RED, "扬言纠集多人报复", "李某及其亲属", "安排专人劝导",
            RiskReceiver.POLICE, "石门派出所", "0319-1110000", ReportMethod.PHONE, THE_DAY, NINE, "周国平",
        ),
        **fields,
    )  # fmt: skip


def clear(life: Life, row: RiskRow) -> RiskRow:
    return life.run(clear_risk, row.id, ClearInput(THE_DAY, "双方已握手言和"), row.row_version)


def test_a_case_with_an_open_report_is_struck_off_only_when_it_is_cleared(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    row = life.run(raise_risk, report(case.id))
    told = StrikeOffInput(THE_DAY)
    assert life.hindered(propose_strike_off, case.id, told) == {HindranceCode.RISK_OPEN}
    assert [one.cure for one in life.ways(case)[Deed.STRIKE_OFF].hindrances] == [Deed.RISK]
    cleared = clear(life, row)
    assert (cleared.cleared_on, cleared.cleared_by) == (THE_DAY, life.workspace.actor.name)
    life.run(propose_strike_off, case.id, told)
    again = life.run(raise_risk, report(case.id))
    with life.somebody_else():
        assert life.hindered(strike_off_case, case.id) == {HindranceCode.RISK_OPEN}
        clear(life, again)
        assert life.run(strike_off_case, case.id).status is _S.STRUCK_OFF


def test_the_case_is_red_until_the_last_report_of_a_sign_is_cleared(life: Life) -> None:
    case = life.bring(_S.IN_SESSION)
    first = life.run(raise_risk, report(case.id, flags=(RiskFlag.BRAWL, RiskFlag.SUICIDE)))
    second = life.run(raise_risk, report(case.id, receiver_kind=RiskReceiver.COUNTY, receiver="县中心"))
    assert life.now(case).risk_flags == (RiskFlag.SUICIDE, RiskFlag.BRAWL)
    assert [row.risky for row in life.rows()] == [1]
    clear(life, first)
    assert life.now(case).risk_flags == (RiskFlag.BRAWL,)
    clear(life, second)
    assert life.now(case).risk_flags == ()
    assert [row.risky for row in life.rows()] == [0]
    assert [event.action for event in life.now(case).events][-4:] == [
        "risk_raised", "risk_raised", "risk_cleared", "risk_cleared",
    ]  # fmt: skip


@pytest.mark.parametrize("status", [one for one in states_offering(Deed.RISK) if one in PATHS], ids=str)
def test_a_risk_is_raised_wherever_the_case_is_open(life: Life, status: CaseStatus) -> None:
    case = life.bring(status)
    life.run(raise_risk, report(case.id))
    assert life.now(case).status is status


@pytest.mark.parametrize("status", [_S.ARCHIVED, _S.REPORTED], ids=str)
def test_a_case_that_is_over_takes_no_report(life: Life, status: CaseStatus) -> None:
    case = life.bring(status)
    assert refusal(life.workspace, raise_risk, report(case.id)).reason is Reason.WRONG_STATUS


@pytest.mark.parametrize(
    "victim", [{"birth": date(2015, 5, 1)}, {"birth": date(1950, 5, 1), "capacity": Capacity.LIMITED}]
)
def test_violence_against_the_helpless_is_told_to_the_police_first(
    life: Life, victim: dict[str, object]
) -> None:
    parties = (
        person("a", PartyRole.APPLICANT, "小明", **victim),
        person("b", PartyRole.RESPONDENT, "大强", birth=date(1985, 1, 1)),
    )
    case = life.bring(_S.REGISTERED, intake(parties=parties))
    violence = report(case.id, flags=(RiskFlag.DOMESTIC_VIOLENCE,), receiver="县中心")
    elsewhere = replace(violence, receiver_kind=RiskReceiver.COUNTY)
    assert problems(life.workspace, raise_risk, elsewhere) == {"receiver_kind": "police_compulsory"}
    life.run(raise_risk, violence)
    assert life.run(raise_risk, elsewhere).receiver_kind is RiskReceiver.COUNTY


def test_impossible_reports_are_refused_at_their_fields(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    assert problems(life.workspace, raise_risk, RiskInput(case.id)) == dict.fromkeys(
        ("flags", "facts", "receiver", "reported_by", "day", "minute"), "required"
    )
    soon = report(case.id, minute=9 * 60 + 31)
    assert problems(life.workspace, raise_risk, soon) == {"minute": "future_time"}
    tomorrow = report(case.id, day=THE_DAY + timedelta(days=1))
    assert problems(life.workspace, raise_risk, tomorrow) == {"day": "future_date"}


def test_feedback_is_kept_and_a_stale_one_refused(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    row = life.run(raise_risk, report(case.id))
    told = life.run(add_feedback, row.id, "派出所已出警并训诫", row.row_version)
    assert told.feedback == "派出所已出警并训诫"
    assert refusal(life.workspace, add_feedback, row.id, "另一", row.row_version).reason is Reason.STALE
    assert problems(life.workspace, add_feedback, row.id, " ", told.row_version) == {"feedback": "required"}


def test_a_report_is_cleared_once_with_a_reason_and_not_before_it_was_made(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    row = life.run(raise_risk, report(case.id))
    before = ClearInput(THE_DAY - timedelta(days=1), " ")
    assert problems(life.workspace, clear_risk, row.id, before, row.row_version) == {
        "cleared_on": "cleared_before_report", "note": "required",
    }  # fmt: skip
    cleared = clear(life, row)
    again = problems(life.workspace, clear_risk, row.id, ClearInput(THE_DAY, "再次"), cleared.row_version)
    assert again == {"cleared_on": "already_cleared"}
    life.run(undo_action, life.run(last_actions)[0].id)
    assert life.run(list_risks, case.id)[0].cleared_on is None
    assert life.now(case).risk_flags == (RiskFlag.BRAWL,)


def test_who_may_not_decide_raises_a_risk_and_cannot_clear_it(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    acting(life.workspace, Role.REGISTRAR)
    row = life.run(raise_risk, report(case.id))
    wanted = ClearInput(THE_DAY, "已平息")
    assert refusal(life.workspace, clear_risk, row.id, wanted, row.row_version).reason is Reason.NOT_PERMITTED
