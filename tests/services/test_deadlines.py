"""Every row of the table of time limits (domain reference 3.6), through the workspace, the clock moved."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.actor import Permission
from app.domain.after.performance import PostponementInput
from app.domain.cases import CaseSource, CaseView
from app.domain.casework.inputs import (
    CountyAnswer,
    SuspendInput,
    TransferAnswer,
    TransferInput,
    TriageInput,
)
from app.domain.deadlines import ExtensionInput, RuleCode, input_of
from app.domain.errors import Reason
from app.domain.flow import CaseStatus
from app.domain.life.codes import Procedure, ReferralKind, ReferralReply, SuspendReason
from app.domain.values.counting import Trigger
from app.models.after import Confirmation
from app.models.case import Case
from app.models.flow import Suspension
from app.services.after.performance import postpone_obligation
from app.services.cases.register import register_case
from app.services.flow.mediation import suspend_case
from app.services.flow.referrals import answer_county, answer_transfer, transfer_case
from app.services.flow.triage import triage_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.rules.extensions import extend_limit
from app.services.rules.limits import list_rules, save_rule
from tests.conftest import THE_DAY
from tests.services.flow_stage import Life, accept, life
from tests.services.stage import refusal, stage

__all__ = ["life", "stage"]

S = CaseStatus


def dates(life: Life, case: CaseView) -> dict[str, date]:
    return {one.code: one.due_on for one in life.now(case).deadlines}


@use_case(needs=Permission.READ)
def put(uow: UnitOfWork, case_id: str, **fields: object) -> None:
    """Write facts of a case that other rooms record."""
    case = uow.get(Case, case_id)
    for name, value in fields.items():
        setattr(case, name, value)


@use_case(needs=Permission.READ)
def add(uow: UnitOfWork, row: object) -> None:
    """Write a row that another room writes."""
    uow.session.add(row)


@use_case(needs=Permission.READ)
def decide(uow: UnitOfWork, confirmation_id: str, **fields: object) -> None:
    """What the court did with an application."""
    row = uow.get(Confirmation, confirmation_id)
    for name, value in fields.items():
        setattr(row, name, value)


def switched_on(life: Life, *codes: RuleCode) -> None:
    for row in life.run(list_rules):
        if row.rule.code in codes:
            life.run(save_rule, row.rule.code, replace(input_of(row.rule), active=True), row.row_version)


def test_t_ack_runs_until_somebody_decides(life: Life) -> None:
    case = life.run(register_case, life.people())
    assert dates(life, case) == {"T-ACK": date(2026, 9, 8)}
    life.clock.forward(days=10)
    (found,) = life.now(case).deadlines
    assert (found.due_on, found.how.trigger) == (date(2026, 9, 8), Trigger.RECEIVED)
    accept(life, case)
    assert "T-ACK" not in dates(life, case)


def test_t_ack_begins_anew_when_the_county_sends_the_case_back(life: Life) -> None:
    case = life.bring(S.ESCALATED)
    life.clock.forward(days=20)
    life.run(answer_county, case.id, CountyAnswer(ReferralReply.RETURNED, note="由镇里调解"))
    assert dates(life, case)["T-ACK"] == date(2026, 9, 29)  # over the Mid-Autumn holiday


@pytest.mark.parametrize("status", [S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING, S.IN_SESSION, S.SIGNING])
def test_t_med_runs_from_acceptance_until_the_effect(life: Life, status: CaseStatus) -> None:
    assert dates(life, life.bring(status))["T-MED"] == date(2026, 10, 8)


def sorted_as(life: Life, procedure: Procedure, **fields: object) -> CaseView:
    case = life.run(register_case, life.people())
    life.run(triage_case, case.id, TriageInput(procedure=procedure))
    life.run(put, case.id, **fields)
    return case


def test_t_med_lab_begins_with_the_application(life: Life) -> None:
    case = sorted_as(life, Procedure.LABOUR)
    life.clock.forward(days=3)
    assert dates(life, case) == {"T-ACK": date(2026, 9, 8), "T-MED-LAB": date(2026, 9, 18)}
    accept(life, case)
    assert dates(life, case) == {"T-MED-LAB": date(2026, 9, 18)}
    refused = refusal(life.workspace, extend_limit, case.id, RuleCode.MEDIATE_LABOUR, grant(case))
    assert refused.reason == Reason.LIMIT_FIXED


def grant(case: CaseView, **fields: object) -> ExtensionInput:
    parties = tuple(one.id for one in case.parties)
    return replace(ExtensionInput(10, parties, "主任甲", "", "需要更多时间", THE_DAY), **fields)


def test_t_med_med_counts_working_days_and_stands_still_for_an_appraisal(life: Life) -> None:
    case = sorted_as(life, Procedure.MEDICAL)
    accept(life, case)
    assert dates(life, case) == {"T-MED-MED": date(2026, 10, 21)}
    paused = {"case_id": case.id, "reason": SuspendReason.APPRAISAL, "note": ""}
    life.run(add, Suspension(from_on=date(2026, 9, 7), to_on=date(2026, 9, 11), **paused))
    assert dates(life, case) == {"T-MED-MED": date(2026, 10, 27)}
    other = {**paused, "reason": SuspendReason.NEGOTIATING}
    life.run(add, Suspension(from_on=date(2026, 9, 14), to_on=date(2026, 9, 18), **other))
    assert dates(life, case) == {"T-MED-MED": date(2026, 10, 27)}
    life.run(add, Suspension(from_on=date(2026, 9, 21), to_on=None, **paused))
    assert dates(life, case) == {}


def test_a_pause_for_other_reasons_stops_no_clock(life: Life) -> None:
    case = life.bring(S.IN_SESSION)
    life.run(suspend_case, case.id, SuspendInput(SuspendReason.APPRAISAL, "房屋鉴定"))
    assert dates(life, case) == {"T-MED": date(2026, 10, 8)}


@pytest.mark.parametrize(
    ("procedure", "code", "day"),
    [
        (Procedure.COURT_PRE, RuleCode.COURT_PRE, date(2026, 10, 8)),
        (Procedure.COURT_ORDINARY, RuleCode.COURT_ORDINARY, date(2026, 9, 16)),
        (Procedure.COURT_SIMPLE, RuleCode.COURT_SIMPLE, date(2026, 9, 8)),
    ],
)
def test_a_courts_limit_begins_when_the_mediator_signs_for_it(
    life: Life, procedure: Procedure, code: RuleCode, day: date
) -> None:
    case = sorted_as(life, procedure, signed_for_on=date(2026, 9, 1))
    assert dates(life, case)[code] == day
    accept(life, case)
    assert dates(life, case) == {code: day}
    life.run(extend_limit, case.id, code, grant(case, approver=""))
    (found,) = life.now(case).deadlines
    assert (found.due_on > day, found.how.extended) == (True, 10)


def test_a_courts_case_nobody_signed_for_counts_from_acceptance(life: Life) -> None:
    case = sorted_as(life, Procedure.COURT_SIMPLE)
    assert dates(life, case) == {"T-ACK": date(2026, 9, 8)}
    accept(life, case)
    (found,) = life.now(case).deadlines
    assert (found.due_on, found.how.trigger) == (date(2026, 9, 10), Trigger.ACCEPTED)


def test_t_conf_runs_until_somebody_applied_and_t_conf_r_until_the_court_ruled(life: Life) -> None:
    case = life.bring(S.EFFECTIVE)
    effective = life.now(case).effective_on
    assert effective is not None
    assert dates(life, case)["T-CONF"] == date(2026, 10, 8)
    asked = Confirmation(
        case_id=case.id, agreement_id=life.agreement(case).id, court="平乡县人民法院", jurisdiction="seat",
        applied_by=[one.id for one in case.parties], applied_on=effective,
    )  # fmt: skip
    life.run(add, asked)
    assert not {"T-CONF", "T-CONF-R"} & set(dates(life, case))
    life.clock.forward(days=7)
    life.run(decide, asked.id, docketed_on=date(2026, 9, 10))
    assert dates(life, case)["T-CONF-R"] == date(2026, 10, 10)
    president = grant(case, agreed_by=(), granted_on=date(2026, 9, 10), document_no="(2026)冀0532调确1号")
    life.run(extend_limit, case.id, RuleCode.CONFIRM_RULING, president)
    assert dates(life, case)["T-CONF-R"] == date(2026, 10, 20)
    life.run(decide, asked.id, outcome="withdrawn")
    assert "T-CONF" in dates(life, case)
    assert "T-CONF-R" not in dates(life, case)


def test_t_perf_is_the_day_of_each_promise_and_moves_with_consent(life: Life) -> None:
    case = life.bring(S.EFFECTIVE)
    owed = [one.due_on for one in life.now(case).deadlines if one.code == RuleCode.PERFORM]
    promised = life.agreement(case).obligations
    assert owed == sorted(row.due_on for row in promised)
    later = PostponementInput(promised[0].id, date(2026, 12, 1), THE_DAY, both_agreed=True, reason="收粮后付")
    life.run(postpone_obligation, later)
    moved = [one for one in life.now(case).deadlines if one.due_on == date(2026, 12, 1)]
    assert [(one.code, one.how.start_on, one.warn_on) for one in moved] == [
        ("T-PERF", promised[0].due_on, date(2026, 11, 24))
    ]


def test_t_perf_ends_with_the_performance_and_t_fu_begins_with_it(life: Life) -> None:
    case = life.bring(S.EFFECTIVE)
    last = max(row.due_on for row in life.agreement(case).obligations)
    before = {one.code: one for one in life.now(case).deadlines}
    assert before["T-FU"].how.start_on == last
    done = life.bring(S.PERFORMED)
    found = {one.code: one for one in life.now(done).deadlines}
    assert "T-PERF" not in found
    assert (found["T-FU"].how.trigger, found["T-FU"].how.start_on) == (Trigger.PERFORMED, THE_DAY)
    assert (found["T-FU"].warn_on, found["T-FU"].due_on) == (date(2026, 9, 18), date(2026, 10, 3))
    assert "T-FU" not in dates(life, life.bring(S.FOLLOWED_UP))


def test_t_lvl_runs_on_each_level_once_the_office_uses_it(life: Life) -> None:
    case = life.run(register_case, life.people())
    assert set(dates(life, case)) == {"T-ACK"}
    switched_on(life, RuleCode.LEVEL_1, RuleCode.LEVEL_2, RuleCode.LEVEL_3, RuleCode.LEVEL_4)
    for level, day in (
        (1, date(2026, 9, 4)),
        (2, date(2026, 9, 7)),
        (3, date(2026, 9, 7)),
        (4, date(2026, 9, 7)),
    ):
        life.run(put, case.id, level=level, level_since=THE_DAY)
        assert dates(life, case)[f"T-LVL-{level}"] == day


def called(life: Life, kind: ReferralKind, due_on: date | None) -> CaseView:
    case = life.run(register_case, life.people())
    wanted = TransferInput("镇自然资源所", "权责清单第十二项", kind, consented=True, due_on=due_on)
    life.run(transfer_case, case.id, wanted)
    return case


def test_t_whistle_wants_an_answer_in_two_working_days(life: Life) -> None:
    case = called(life, ReferralKind.WHISTLE, None)
    assert dates(life, case) == {"T-WHISTLE": date(2026, 9, 7)}
    life.run(extend_limit, case.id, RuleCode.WHISTLE, grant(case, amount=2, agreed_by=()))
    assert dates(life, case) == {"T-WHISTLE": date(2026, 9, 9)}
    life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.TAKEN, note="正在办"))
    assert "T-WHISTLE" not in dates(life, case)


def test_the_day_of_the_letter_goes_before_the_rule(life: Life) -> None:
    assert dates(life, called(life, ReferralKind.WHISTLE, date(2026, 9, 15))) == {
        "T-WHISTLE": date(2026, 9, 15)
    }
    assert dates(life, called(life, ReferralKind.TRANSFER, date(2026, 9, 20))) == {
        "T-FEEDBACK": date(2026, 9, 20)
    }
    assert dates(life, called(life, ReferralKind.TRANSFER, None)) == {"T-FEEDBACK": date(2026, 9, 10)}
    taken = called(life, ReferralKind.TRANSFER, date(2026, 9, 20))
    life.run(answer_transfer, taken.id, TransferAnswer(ReferralReply.TAKEN, note="正在办"))
    assert dates(life, taken) == {"T-FEEDBACK": date(2026, 9, 20)}
    switched_on(life, RuleCode.FEEDBACK)
    assert dates(life, called(life, ReferralKind.TRANSFER, None)) == {"T-FEEDBACK": date(2026, 9, 10)}


def test_a_petition_is_forwarded_objected_to_and_answered_in_time(life: Life) -> None:
    wanted = replace(
        life.people(),
        source=CaseSource.PETITION_OFFICE,
        source_unit="县信访局",
        source_letter="信访转〔2026〕1号",
    )
    case = life.run(register_case, wanted)
    assert dates(life, case) == {
        "T-ACK": date(2026, 9, 8),
        "T-PET-OBJ": date(2026, 9, 10),
        "T-PET-FWD": date(2026, 9, 18),
        "T-PET": date(2026, 11, 2),
    }
    accept(life, case)
    assert set(dates(life, case)) == {"T-MED", "T-PET"}
    life.run(extend_limit, case.id, RuleCode.PETITION, grant(case, amount=30, agreed_by=()))
    assert dates(life, case)["T-PET-EXT"] == date(2026, 12, 2)


def test_t_refile_runs_from_closing_to_the_archive(life: Life) -> None:
    case = life.bring(S.CLOSED)
    closed = life.now(case).standing.closing
    assert dates(life, case)["T-REFILE"] > THE_DAY
    assert closed is not None
    assert dates(life, life.bring(S.ARCHIVED)) == {}


def test_a_hearing_is_a_date_of_its_case(life: Life) -> None:
    found = life.now(life.bring(S.SCHEDULED)).deadlines
    assert [one.how.trigger for one in found if one.code == RuleCode.HEARING] == [Trigger.FIXED]


def test_dates_are_read_from_the_office_once_for_all_cases(life: Life) -> None:
    from sqlalchemy import event

    said: list[str] = []
    event.listen(life.workspace._engine, "before_cursor_execute", lambda *seen: said.append(seen[2].lower()))
    life.clock.at = datetime(2026, 9, 3, 2, 0, tzinfo=UTC)
    life.run(register_case, life.people())
    assert sum("from limit_rule" in one for one in said) == 1
    assert sum("from calendar_year" in one for one in said) == 1
