"""Brings a case to any state of its life, through the same use cases as a person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from sqlalchemy import Row, text

from app.domain.actor import Actor, Permission
from app.domain.after.performance import (
    BreachInput,
    BreachWay,
    BreachWayInput,
    FollowUpInput,
    PerformedInput,
    ReceiptInput,
    Satisfaction,
    VisitMethod,
)  # fmt: skip
from app.domain.agreements import AgreementForm, AgreementView, SigningInput
from app.domain.cases import CaseIntake, CaseView, PartyRole, Refusal
from app.domain.casework.hindrances import HindranceCode, Way
from app.domain.casework.inputs import (
    ArchiveInput,
    CloseInput,
    CountyAnswer,
    EscalateInput,
    MergeInput,
    OnSpotInput,
    ReopenInput,
    ReportInput,
    StrikeOffInput,
    SuspendInput,
    TerminateInput,
    TransferInput,
    TriageInput,
    WithdrawInput,
)
from app.domain.errors import Reason
from app.domain.flow import CaseStatus, Deed
from app.domain.life.codes import ReferralReply, Retention, SuspendReason, Termination, VolumeItem
from app.domain.life.standing import referral_kinds
from app.domain.packages import OutboxState
from app.domain.papers.forms import FormId
from app.domain.roster import AssignInput
from app.models.base import new_id
from app.models.exchange import Change, Package
from app.services.after.follow_up import declare_breach, record_follow_up, take_breach_way
from app.services.after.performance import perform_at_once, record_receipt
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import case_agreement, record_oral_agreement, save_agreement
from app.services.cases.decisions import accept_case, refuse_case
from app.services.cases.register import open_case, register_case
from app.services.flow.closing import close_case, propose_strike_off, strike_off_case
from app.services.flow.mediation import start_investigation, suspend_case, terminate_case
from app.services.flow.merging import merge_cases
from app.services.flow.on_spot import settle_on_spot
from app.services.flow.referrals import answer_county, escalate_case, transfer_case
from app.services.flow.reopening import reopen_case
from app.services.flow.triage import triage_case, withdraw_case
from app.services.flow.volumes import archive_case, report_case
from app.services.flow.ways import case_ways
from app.services.hearings.scheduling import case_hearings
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import print_paper
from app.services.roster.assignments import assign_mediators
from app.services.sessions.records import case_sessions, hold_session, sign_session
from tests.conftest import Clock, intake, person
from tests.services.stage import NINE, Stage, minutes, others, refusal, settlement

_S = CaseStatus
ON_PAPER = tuple(
    (str(item), 1)
    for item in (
        VolumeItem.REQUEST, VolumeItem.RIGHTS, VolumeItem.IDENTITY, VolumeItem.SESSION, VolumeItem.AGREEMENT,
        VolumeItem.TERMINATION,
    )
)  # fmt: skip
ARCHIVE = ArchiveInput(Retention.LONG, "检查人甲", on_paper=ON_PAPER)
TRANSFER = TransferInput("石门派出所", "治安管理处罚法，属公安机关职责")
REMEDIES = TerminateInput(Termination.DEADLOCK, remedies_told=True, issues="责任比例", undisputed="屋檐伸出")


@dataclass
class Life:
    """Cases on their way; `number` keeps their parties apart."""

    stage: Stage
    clock: Clock
    number: int = field(default=0)

    def __post_init__(self) -> None:
        self.workspace: Workspace = self.stage.workspace

    def run(self, name: Callable, *args: object, **kwargs: object):
        """The value a use case gives."""
        return self.workspace.run(name, *args, **kwargs).value

    def now(self, case: CaseView) -> CaseView:
        """The case as it is now."""
        return self.run(open_case, case.id)

    def ways(self, case: CaseView) -> dict[str, Way]:
        """What the case offers, by deed."""
        return {way.deed: way for way in self.run(case_ways, case.id)}

    def codes(self, deed: Deed, case: CaseView) -> set[HindranceCode]:
        """What hinders a deed, as the page shows it."""
        return {found.code for found in self.ways(case)[deed].hindrances}

    def hindered(self, name: Callable, *args: object) -> set[HindranceCode]:
        """What a use case refused as hindered names."""
        refused = refusal(self.workspace, name, *args)
        assert refused.reason == Reason.HINDERED
        return {found.code for found in refused.details["hindrances"]}

    @contextmanager
    def somebody_else(self, name: str = "另一人") -> Iterator[None]:
        """Another person of the office acts."""
        before = self.workspace.actor
        self.workspace.actor = Actor(new_id(), name, before.roles)
        try:
            yield
        finally:
            self.workspace.actor = before

    def bring(self, to: CaseStatus, wanted: CaseIntake | None = None) -> CaseView:
        """A new case in this state."""
        path = PATHS[to]
        case = self.run(register_case, wanted or self.people())
        for step in path:
            step(self, case)
        found = self.now(case)
        assert found.status == to
        return found

    def people(self) -> CaseIntake:
        """A dispute between two people nobody else of this office is in dispute with."""
        self.number += 1
        tail = "甲乙丙丁戊己庚辛壬癸"
        names = [sure + tail[self.number // 10 % 10] + tail[self.number % 10] for sure in ("孙", "钱")]
        return intake(
            parties=(
                person("a", PartyRole.APPLICANT, names[0]),
                person("b", PartyRole.RESPONDENT, names[1]),
            )
        )

    def agreement(self, case: CaseView) -> AgreementView:
        """The agreement of the case."""
        found = self.run(case_agreement, case.id)
        if found is None:
            raise LookupError("no agreement")
        return found

    def rows(self) -> tuple[Row, ...]:
        """The rows of the case list."""
        with self.workspace._engine.connect() as connection:
            return tuple(connection.execute(text("SELECT * FROM case_list")))

    def deliver(self) -> None:
        """The county acknowledges a package with everything as it is now."""
        self.run(_acknowledge)


@use_case(needs=Permission.PACKAGE_SEND)
def _acknowledge(uow: UnitOfWork) -> None:
    last = max((row.n for row in uow.session.query(Change)), default=0)
    count = uow.session.query(Package).count()
    uow.session.add(
        Package(
            direction="out",
            peer="130532000-A",
            inc=1,
            seq=count + 1,
            base=0,
            upto=last,
            state=OutboxState.ACKED,
            file_name=f"{count}.xh",
            counts={},
            made_at=uow.now(),
            acked_at=uow.now(),
        )
    )


def _day(life: Life) -> date:
    return life.clock.at.date()


def triage(life: Life, case: CaseView) -> None:
    life.run(triage_case, case.id, TriageInput(issues="屋檐滴水"))


def accept(life: Life, case: CaseView) -> None:
    life.run(accept_case, case.id, True, False)


def refuse(life: Life, case: CaseView) -> None:
    life.run(refuse_case, case.id, Refusal.ALREADY_HANDLED, "法院已受理", True)


def transfer(life: Life, case: CaseView) -> None:
    kind = referral_kinds(life.now(case).status)[0]
    life.run(transfer_case, case.id, replace(TRANSFER, kind=kind))


def escalate(life: Life, case: CaseView) -> None:
    life.run(escalate_case, case.id, EscalateInput("跨乡镇，本级难以化解"))


def county(reply: ReferralReply) -> Callable[[Life, CaseView], None]:
    return lambda life, case: life.run(answer_county, case.id, CountyAnswer(reply, note="县中心意见"))


def withdraw(life: Life, case: CaseView) -> None:
    life.run(withdraw_case, case.id, WithdrawInput("申请人自行和解"))


def merge(life: Life, case: CaseView) -> None:
    other = life.run(register_case, others())
    life.run(merge_cases, case.id, MergeInput(other.id, "同一纠纷"))


def on_spot(life: Life, case: CaseView) -> None:
    life.run(
        settle_on_spot,
        case.id,
        OnSpotInput(life.stage.mediators[0], rights_told=True, all_present=True, not_excluded=True),
    )


def assign(life: Life, case: CaseView) -> None:
    life.run(assign_mediators, AssignInput(case.id, life.stage.mediators[0]))


def investigate(life: Life, case: CaseView) -> None:
    life.run(start_investigation, case.id)


def schedule(life: Life, case: CaseView) -> None:
    life.stage.hearing(
        case, day=_day(life), start=8 * 60, end=NINE, notice_waived=True, override_reason="同时进行"
    )


def hold(life: Life, case: CaseView) -> None:
    schedule(life, case)
    hold_unsigned(life, case)
    sign_record(life, case)


def hold_unsigned(life: Life, case: CaseView) -> None:
    hearing = life.run(case_hearings, case.id)[-1]
    life.run(hold_session, hearing.id, minutes(day=_day(life)))


def sign_record(life: Life, case: CaseView) -> None:
    life.run(sign_session, life.run(case_sessions, case.id)[-1].id, _day(life))


def suspend(life: Life, case: CaseView) -> None:
    life.run(suspend_case, case.id, SuspendInput(SuspendReason.APPRAISAL))


def settle(life: Life, case: CaseView) -> None:
    life.run(save_agreement, settlement(life.now(case), agreed_on=_day(life)))


def settle_in_part(life: Life, case: CaseView) -> None:
    life.run(save_agreement, settlement(life.now(case), agreed_on=_day(life), partial=True))


def settle_orally(life: Life, case: CaseView) -> None:
    draft = settlement(life.now(case), form=AgreementForm.ORAL, agreed_on=_day(life))
    due = tuple(replace(item, due_on=_day(life)) for item in draft.obligations)
    life.run(record_oral_agreement, replace(draft, obligations=due))


def print_agreement(life: Life, case: CaseView) -> None:
    life.run(print_paper, case.id, FormId.AGREEMENT, life.agreement(case).id)


def sign(life: Life, case: CaseView) -> None:
    agreement, today = life.agreement(case), _day(life)
    signed = tuple((row.party_id, today) for row in agreement.signatures)
    life.run(record_signatures, agreement.id, SigningInput(signed, today, today))


def terminate(life: Life, case: CaseView) -> None:
    life.run(terminate_case, case.id, REMEDIES)


def pay_a_part(life: Life, case: CaseView) -> None:
    money = next(row for row in life.agreement(case).obligations if row.amount_fen)
    life.run(record_receipt, ReceiptInput(money.id, _day(life), 100, "现金"))


def perform(life: Life, case: CaseView) -> None:
    life.run(perform_at_once, case.id, PerformedInput(_day(life), "现金"))


def breach(life: Life, case: CaseView) -> None:
    life.clock.forward(days=1)
    late = tuple(row.id for row in life.agreement(case).obligations)
    life.run(declare_breach, BreachInput(case.id, late, _day(life), "到期未付款"))


def sue(life: Life, case: CaseView) -> None:
    life.run(take_breach_way, BreachWayInput(case.id, BreachWay.SUIT, _day(life), "已向县法院起诉"))


def mediate_again(life: Life, case: CaseView) -> None:
    life.run(take_breach_way, BreachWayInput(case.id, BreachWay.REMEDIATE, _day(life), "再次调解", True))


def follow_up(life: Life, case: CaseView) -> None:
    visit = FollowUpInput(
        case.id, case.parties[0].id, _day(life), VisitMethod.VISIT, "均已履行", Satisfaction.GOOD, "周国平"
    )
    life.run(record_follow_up, visit)


def close(life: Life, case: CaseView) -> None:
    life.run(close_case, case.id, CloseInput("办结"))


def propose(life: Life, case: CaseView) -> None:
    with life.somebody_else("提请人"):
        life.run(propose_strike_off, case.id, StrikeOffInput(_day(life)))


def strike_off(life: Life, case: CaseView) -> None:
    with life.somebody_else("审批人"):
        life.run(strike_off_case, case.id)


def archive(life: Life, case: CaseView) -> None:
    life.run(archive_case, case.id, ARCHIVE)


def report(life: Life, case: CaseView) -> None:
    life.deliver()
    life.run(report_case, case.id, ReportInput("平乡备〔2026〕1号"))


def reopen(life: Life, case: CaseView) -> None:
    life.run(reopen_case, case.id, ReopenInput("发现新的事实"))


Step = Callable[[Life, CaseView], None]
_HEARD: tuple[Step, ...] = (accept, assign, hold)
_EFFECT: tuple[Step, ...] = (*_HEARD, settle_orally)
_DONE: tuple[Step, ...] = (*_EFFECT, perform, follow_up)
_OFF: tuple[Step, ...] = (*_DONE, close, propose, strike_off)
PATHS: dict[CaseStatus, tuple[Step, ...]] = {
    _S.REGISTERED: (),
    _S.TRIAGE: (triage,),
    _S.ACCEPTED: (accept,),
    _S.REJECTED: (refuse,),
    _S.TRANSFERRED: (transfer,),
    _S.ESCALATED: (escalate,),
    _S.RETURNED: (escalate, county(ReferralReply.RETURNED)),
    _S.TAKEN_OVER: (escalate, county(ReferralReply.TAKEN_OVER)),
    _S.JOINT: (escalate, county(ReferralReply.JOINT)),
    _S.WITHDRAWN: (withdraw,),
    _S.MERGED: (merge,),
    _S.ON_SPOT: (on_spot,),
    _S.ASSIGNED: (accept, assign),
    _S.INVESTIGATING: (accept, assign, investigate),
    _S.SCHEDULED: (accept, assign, schedule),
    _S.IN_SESSION: _HEARD,
    _S.SUSPENDED: (*_HEARD, suspend),
    _S.PARTIAL: (*_HEARD, settle_in_part),
    _S.AGREED_WRITTEN: (*_HEARD, settle),
    _S.SIGNING: (*_HEARD, settle, print_agreement),
    _S.TERMINATED: (*_HEARD, terminate),
    _S.EFFECTIVE: _EFFECT,
    _S.PERFORMING: (*_EFFECT, pay_a_part),
    _S.PERFORMED: (*_EFFECT, perform),
    _S.BREACHED: (*_EFFECT, breach),
    _S.FOLLOWED_UP: _DONE,
    _S.CLOSED: (*_DONE, close),
    _S.STRUCK_OFF: _OFF,
    _S.REOPENED: (*_OFF, reopen),
    _S.ARCHIVED: (*_OFF, archive),
    _S.REPORTED: (*_OFF, archive, report),
}
"""How a case gets to each state; AGREED_ORAL passes into effect in the same transaction (PML 30)."""

STATES = tuple(PATHS)


@pytest.fixture
def life(stage: Stage, clock: Clock) -> Life:
    return Life(stage, clock)
