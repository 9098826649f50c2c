"""Every kind of thing to be done stands on 今日 with its reason, and goes when it is done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from app.domain.actor import Actor, Permission, Role
from app.domain.casework.inputs import TransferAnswer
from app.domain.deadlines import RuleCode, RuleInput
from app.domain.flow import CaseStatus
from app.domain.life.codes import ReferralReply
from app.domain.office.drafts import DraftKind
from app.domain.office.users import UserInput
from app.domain.packages import OutboxState
from app.domain.schedule.service import ServiceInput, ServiceMethod
from app.domain.today import Urgency, WorkItem, WorkKey, WorkKind, WorkPart, counts_of, part_of
from app.domain.values.calendar import HolidayYear, plain_year
from app.models.exchange import Package
from app.models.flow import RecusalDecision, RiskReport
from app.models.local import CalendarYear
from app.services.cases.drafts import drop_draft, save_draft
from app.services.flow.closing import decline_strike_off
from app.services.flow.referrals import answer_transfer
from app.services.hearings.scheduling import case_hearings, confirm_hearing
from app.services.hearings.service import record_service
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.office.users import create_user
from app.services.rules.limits import list_rules, save_rule
from app.services.today.first_page import work_ids
from app.services.today.rows import explain_work, work_rows
from tests.conftest import THE_DAY, Clock, acting
from tests.services import flow_stage as go
from tests.services.flow_stage import Life, life
from tests.services.stage import others, stage

__all__ = ["life", "stage"]
_S = CaseStatus


def keys(life: Life, typed: str = "", **fields: object) -> tuple[WorkKey, ...]:
    """The whole list as it is now."""
    return life.run(work_ids, typed, **fields)


def lines(life: Life, kind: WorkKind) -> list[WorkItem]:
    """The lines of a kind, as they are read."""
    return list(life.run(work_rows, [key for key in keys(life) if key.kind is kind]))


def only(life: Life, kind: WorkKind) -> WorkItem:
    """The one line of a kind."""
    (item,) = lines(life, kind)
    return item


def test_an_empty_day_has_no_line(life: Life) -> None:
    assert keys(life) == ()
    assert set(counts_of(()).values()) == {0}


def test_a_limit_turns_yellow_red_and_goes_with_the_decision(life: Life, clock: Clock) -> None:
    case = life.bring(_S.REGISTERED)
    seen = []
    for _ in range(8):
        key = next(key for key in keys(life) if key.code == RuleCode.ACKNOWLEDGE)
        seen.append((key.urgency, (key.due_on - life.clock.at.date()).days))
        clock.forward(days=1)
    assert seen[0] == (Urgency.REST, 5)
    assert seen[2] == (Urgency.NEAR, 3)
    assert seen[5] == (Urgency.TODAY, 0)
    assert seen[6] == (Urgency.LATE, -1)
    item = only(life, WorkKind.DEADLINE)
    assert (item.number, item.case_id, item.holder) == (case.number, case.id, "周国平")
    assert part_of(keys(life), WorkPart.DECIDE) == (item.key,)
    due = life.run(explain_work, item.key)
    assert due is not None
    assert due.how is not None
    assert (due.due_on, due.how.start_on) == (item.key.due_on, THE_DAY)
    go.accept(life, case)
    assert RuleCode.ACKNOWLEDGE not in {key.code for key in keys(life)}


def test_the_office_says_when_a_date_turns_yellow(life: Life) -> None:
    life.bring(_S.REGISTERED)
    assert {key.urgency for key in keys(life)} == {Urgency.REST}
    rule = next(row.rule for row in life.run(list_rules) if row.rule.code == RuleCode.ACKNOWLEDGE)
    wanted = RuleInput(
        rule.amount, rule.unit, rule.roll, rule.extension_amount, rule.extension_needs, (-5, 0), rule.basis,
        True,
    )  # fmt: skip
    life.run(save_rule, RuleCode.ACKNOWLEDGE, wanted, None)
    assert {key.urgency for key in keys(life)} == {Urgency.NEAR}


def test_a_hearing_of_today_stands_with_its_hour_and_one_gone_by_is_late(life: Life, clock: Clock) -> None:
    case = life.bring(_S.SCHEDULED)
    item = only(life, WorkKind.HEARING)
    assert (item.key.urgency, item.minute, item.note) == (Urgency.TODAY, 8 * 60, "听证室")
    clock.forward(days=2)
    item = only(life, WorkKind.HEARING)
    assert (item.key.urgency, item.key.due_on, item.minute) == (Urgency.LATE, THE_DAY, 8 * 60)
    assert item.record == life.run(case_hearings, case.id)[0].id
    clock.forward(days=-2)
    go.hold_unsigned(life, case)
    assert lines(life, WorkKind.HEARING) == []
    assert only(life, WorkKind.RECORD).since == THE_DAY
    go.sign_record(life, case)
    assert lines(life, WorkKind.RECORD) == []


def test_a_promise_is_reminded_seven_days_before_and_stays_until_it_is_paid(life: Life, clock: Clock) -> None:
    case = life.bring(_S.ASSIGNED)
    go.hold(life, case)
    life.run(go.save_agreement, go.settlement(life.now(case)))
    go.print_agreement(life, case)
    go.sign(life, case)
    assert only(life, WorkKind.PAYMENT).key.due_on == date(2026, 9, 10)
    for days, urgency in ((0, Urgency.NEAR), (6, Urgency.NEAR), (7, Urgency.TODAY), (8, Urgency.LATE)):
        clock.at = datetime(2026, 9, 3, 1, 30, tzinfo=UTC) + timedelta(days=days)
        item = only(life, WorkKind.PAYMENT)
        assert (item.key.urgency, item.amount_fen, item.count) == (urgency, 1_000_000, 1), days
        assert item.names == (case.parties[1].name,)
    go.pay_a_part(life, case)
    assert only(life, WorkKind.PAYMENT).amount_fen == 1_000_000 - 100
    assert WorkKind.PAYMENT in {key.kind for key in part_of(keys(life), WorkPart.AFTER)}
    go.perform(life, case)
    assert lines(life, WorkKind.PAYMENT) == []
    assert only(life, WorkKind.FOLLOW_UP).status == _S.PERFORMED
    go.follow_up(life, case)
    assert lines(life, WorkKind.FOLLOW_UP) == []


def test_a_later_promise_waits_its_turn(life: Life) -> None:
    """Of the dates to come a case shows the next one only."""
    case = life.bring(_S.ASSIGNED)
    go.hold(life, case)
    draft = go.settlement(life.now(case))
    later = tuple(
        replace(row, due_on=date(2026, 10, 10) + timedelta(days=at))
        for at, row in enumerate(draft.obligations)
    )
    life.run(go.save_agreement, replace(draft, obligations=later))
    go.print_agreement(life, case)
    go.sign(life, case)
    item = only(life, WorkKind.PAYMENT)
    assert (item.key.urgency, item.key.due_on) == (Urgency.REST, date(2026, 10, 10))


def test_what_came_back_says_from_where(life: Life) -> None:
    county = life.bring(_S.RETURNED)
    item = only(life, WorkKind.RETURNED)
    assert (item.case_id, item.note, item.since) == (county.id, "县中心意见", THE_DAY)
    go.triage(life, county)
    go.accept(life, county)
    assert lines(life, WorkKind.RETURNED) == []
    sent = life.bring(_S.TRANSFERRED)
    life.run(answer_transfer, sent.id, TransferAnswer(ReferralReply.RETURNED, THE_DAY, note="不属于本所"))
    item = only(life, WorkKind.RETURNED)
    assert (item.case_id, item.names, item.note) == (sent.id, ("石门派出所",), "不属于本所")


def test_another_office_owes_an_answer(life: Life, clock: Clock) -> None:
    case = life.run(go.register_case, life.people())
    until = THE_DAY + timedelta(days=4)
    life.run(go.transfer_case, case.id, replace(go.TRANSFER, due_on=until))
    item = only(life, WorkKind.ANSWER)
    assert (item.key.due_on, item.names, item.since) == (until, ("石门派出所",), THE_DAY)
    assert item.holder == "石门派出所"
    assert item.key in part_of(keys(life), WorkPart.WAITING)
    clock.forward(days=5)
    assert only(life, WorkKind.ANSWER).key.urgency is Urgency.LATE
    life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.DONE, until, note="已办结"))
    assert lines(life, WorkKind.ANSWER) == []


def test_a_case_without_a_next_step_is_never_forgotten(life: Life) -> None:
    case = life.bring(_S.TAKEN_OVER)
    item = only(life, WorkKind.IDLE)
    assert (item.case_id, item.status) == (case.id, _S.TAKEN_OVER)
    assert counts_of(keys(life))[WorkPart.IDLE] == 1
    assert item.key in part_of(keys(life), WorkPart.WAITING)
    go.county(ReferralReply.DONE)(life, case)
    assert lines(life, WorkKind.IDLE) == []


@use_case(needs=Permission.CASE_REGISTER)
def write_row(uow: UnitOfWork, make: Callable[[UnitOfWork], object]) -> None:
    """Add or change a row as another room's action would."""
    found = make(uow)
    if found is not None:
        uow.session.add(found)


def test_an_undecided_recusal_stops_the_case(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    row = RecusalDecision(
        case_id=case.id, mediator_id=life.stage.mediators[0], mediator_name="周国平", findings=[],
        asked_by=case.parties[0].id, wish="是对方的亲戚", decision="open", reason="", consented=[],
    )  # fmt: skip
    life.run(write_row, lambda _: row)
    assert only(life, WorkKind.RECUSAL).names == ("周国平",)
    life.run(write_row, lambda uow: setattr(uow.get(RecusalDecision, row.id), "decided_on", THE_DAY))
    assert lines(life, WorkKind.RECUSAL) == []


def test_a_risk_stays_until_it_is_cleared(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    row = RiskReport(
        case_id=case.id, flags=[], level="high", facts="扬言报复", receiver_kind="police",
        receiver="石门派出所", method="phone", reported_at=datetime(2026, 9, 2, 18, tzinfo=UTC),
        reported_by="周国平",
    )  # fmt: skip
    life.run(write_row, lambda _: row)
    item = only(life, WorkKind.RISK)
    assert (item.names, item.since) == (("石门派出所",), THE_DAY)  # the night in UTC is the next day here
    life.run(write_row, lambda uow: setattr(uow.get(RiskReport, row.id), "cleared_on", THE_DAY))
    assert lines(life, WorkKind.RISK) == []


def test_a_notice_is_on_the_list_until_everybody_is_told(life: Life) -> None:
    case = life.stage.case(others())
    hearing = life.stage.hearing(case)
    item = only(life, WorkKind.UNSERVED)
    assert (item.names, item.record) == (("孙长贵", "钱有才"), hearing.id)
    assert item.key.urgency is Urgency.NEAR
    for party in case.parties:
        proof = ServiceInput(party.id, ServiceMethod.DIRECT, THE_DAY, "周国平", receiver=party.name)
        life.run(record_service, hearing.id, proof)
    assert lines(life, WorkKind.UNSERVED) == []


def test_a_tentative_date_waits_to_be_fixed(life: Life) -> None:
    case = life.stage.case(others())
    hearing = life.stage.hearing(case, tentative=True)
    assert only(life, WorkKind.TENTATIVE).record == hearing.id
    assert lines(life, WorkKind.UNSERVED) == []
    life.run(confirm_hearing, hearing.id, hearing.row_version)
    assert lines(life, WorkKind.TENTATIVE) == []


def test_a_proposal_to_strike_off_waits_for_a_second_person(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    assert lines(life, WorkKind.STRIKE_OFF) == []
    go.propose(life, case)
    item = only(life, WorkKind.STRIKE_OFF)
    assert (item.names, item.since) == (("提请人",), THE_DAY)
    with life.somebody_else("审批人"):
        life.run(decline_strike_off, case.id, "材料不全")
    assert lines(life, WorkKind.STRIKE_OFF) == []


def test_an_agreement_names_whose_signature_is_missing(life: Life) -> None:
    case = life.bring(_S.SIGNING)
    assert only(life, WorkKind.SIGN).names == tuple(party.name for party in case.parties)
    go.sign(life, case)
    assert lines(life, WorkKind.SIGN) == []


def test_drafts_of_forms_and_dialogs_are_the_persons_own(life: Life) -> None:
    case = life.bring(_S.ASSIGNED)
    life.run(save_draft, DraftKind.INTAKE, "d1", {})
    life.run(save_draft, DraftKind.DEED, f"{case.id}:suspend", {"note": "等鉴定"})
    found = {item.draft: item for item in lines(life, WorkKind.DRAFT)}
    assert found[DraftKind.DEED].number == case.number
    assert found[DraftKind.DEED].record == case.id
    assert found[DraftKind.INTAKE].record == "d1"
    with life.somebody_else():
        assert lines(life, WorkKind.DRAFT) == []
    life.run(drop_draft, DraftKind.INTAKE, "d1")
    assert only(life, WorkKind.DRAFT).draft is DraftKind.DEED


def test_a_package_nobody_acknowledged_is_followed(life: Life, clock: Clock) -> None:
    package = Package(
        direction="out", peer="130532000-A", inc=1, seq=1, base=0, upto=99, state=OutboxState.READY, cases=3,
        file_name="1.xhp", counts={}, made_at=clock.at,
    )  # fmt: skip
    life.run(write_row, lambda _: package)
    assert only(life, WorkKind.PACKAGE).count == 3

    def sent(uow: UnitOfWork) -> None:
        row = uow.get(Package, package.id)
        row.state, row.sent_at = OutboxState.SENT, uow.now()

    life.run(write_row, sent)
    assert lines(life, WorkKind.PACKAGE) == []
    assert only(life, WorkKind.UNACKED).key.urgency is Urgency.REST
    clock.forward(days=7)
    item = only(life, WorkKind.UNACKED)
    assert (item.key.urgency, item.since) == (Urgency.NEAR, THE_DAY)
    assert item.key in part_of(keys(life), WorkPart.WAITING)
    life.deliver()
    life.run(write_row, lambda uow: setattr(uow.get(Package, package.id), "state", OutboxState.ACKED))
    assert lines(life, WorkKind.UNACKED) == []


def test_a_clock_set_back_is_told_first(life: Life, clock: Clock) -> None:
    life.bring(_S.REGISTERED)
    assert lines(life, WorkKind.CLOCK) == []
    clock.forward(days=-365)
    assert keys(life)[0].kind is WorkKind.CLOCK


def test_a_year_without_a_holiday_table_is_told(life: Life, clock: Clock) -> None:
    clock.at = datetime(2030, 6, 1, 1, 30, tzinfo=UTC)
    assert only(life, WorkKind.CALENDAR).key.subject == "2030"
    new_year = frozenset({date(2030, 1, 1)})
    notice = plain_year(HolidayYear(2030, new_year, frozenset(), new_year))
    life.run(write_row, lambda _: CalendarYear(year=2030, source="通知", body=notice))
    assert lines(life, WorkKind.CALENDAR) == []
    clock.at = datetime(2031, 6, 1, 1, 30, tzinfo=UTC)
    assert only(life, WorkKind.CALENDAR).key.subject == "2031"
    acting(life.workspace, Role.MEDIATOR)
    assert lines(life, WorkKind.CALENDAR) == []


def test_an_old_backup_is_told_to_whoever_may_make_one(life: Life, clock: Clock) -> None:
    kinds = {key.kind for key in keys(life, backup_at=clock.at - timedelta(days=6))}
    assert WorkKind.BACKUP not in kinds
    old = [key for key in keys(life, backup_at=clock.at - timedelta(days=9)) if key.kind is WorkKind.BACKUP]
    assert life.run(work_rows, old)[0].count == 9


def test_a_mediator_sees_only_the_own_cases(life: Life) -> None:
    own = life.stage.case(mediator=1)
    life.bring(_S.REGISTERED)
    life.bring(_S.SIGNING)
    life.bring(_S.TAKEN_OVER)
    user = life.run(
        create_user, UserInput("zhao", "赵春梅", frozenset({Role.MEDIATOR}), life.stage.mediators[1])
    )
    life.workspace.actor = Actor(user.id, user.name, user.roles)
    assert {item.case_id for item in life.run(work_rows, keys(life))} == {own.id}


def test_the_most_pressing_comes_first(life: Life, clock: Clock) -> None:
    life.bring(_S.ASSIGNED)
    life.bring(_S.REGISTERED)
    clock.forward(days=6)
    life.bring(_S.SCHEDULED)
    life.bring(_S.RETURNED)
    found = [key.urgency for key in keys(life)]
    assert found == sorted(found, key=list(Urgency).index)
    assert set(found) == set(Urgency)


def test_the_list_is_searched(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    life.bring(_S.REGISTERED)
    life.run(save_draft, DraftKind.INTAKE, "d1", {})
    for typed in (case.parties[0].name, case.number, "第001号"):
        found = keys(life, typed)
        assert {item.case_id for item in life.run(work_rows, found)} == {case.id}
    assert keys(life, "没有这个人") == ()


def test_the_list_walks_over_no_large_table(life: Life) -> None:
    life.bring(_S.SCHEDULED)
    life.bring(_S.RETURNED)
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    engine = life.workspace._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        keys(life)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    plans = []
    with engine.connect() as connection:
        for statement, parameters in seen:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.extend(row[3] for row in rows)
    large = ("case_list", "case", "case_due", "hearing", "party", "session_record", "obligation", "agreement")
    assert plans
    assert [step for step in plans if step.split(" USING ")[0] in {f"SCAN {table}" for table in large}] == []
