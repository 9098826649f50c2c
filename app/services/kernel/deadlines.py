"""The dates a case must keep, computed from the office's rules and the working-day calendar (3.6)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import and_, func, or_, select

from app.domain.after.performance import BreachWay
from app.domain.cases import CaseSource, DueDate
from app.domain.deadlines import RuleCode, TimeRule, current_date, due, fixed
from app.domain.flow import BEFORE_DECISION, ELSEWHERE, ENDED, LOCKED, MEDIATING, SETTLED, CaseStatus
from app.domain.hearings import HearingStatus
from app.domain.life.codes import Procedure, ReferralKind, ReferralReply, SuspendReason
from app.domain.values.calendar import WorkCalendar
from app.domain.values.counting import Trigger
from app.models.after import Breach, Confirmation, FollowUp, Postponement
from app.models.agreement import Agreement, Obligation
from app.models.case import Case
from app.models.flow import Extension, Referral, Suspension
from app.models.hearing import Hearing
from app.services.kernel.rulebook import calendar, time_rules
from app.services.kernel.unit_of_work import UnitOfWork

MOST_EXTENDED = 3650
"""In all, whatever another office sends: a date must stay a date."""
_UNDECIDED = BEFORE_DECISION | {CaseStatus.RETURNED}
_OPEN = _UNDECIDED | MEDIATING
_MEDIATION = {
    Procedure.LABOUR: RuleCode.MEDIATE_LABOUR,
    Procedure.MEDICAL: RuleCode.MEDIATE_MEDICAL,
    Procedure.COURT_PRE: RuleCode.COURT_PRE,
    Procedure.COURT_ORDINARY: RuleCode.COURT_ORDINARY,
    Procedure.COURT_SIMPLE: RuleCode.COURT_SIMPLE,
}
_BEFORE_ACCEPTANCE = (
    RuleCode.MEDIATE_LABOUR,
    RuleCode.COURT_PRE,
    RuleCode.COURT_ORDINARY,
    RuleCode.COURT_SIMPLE,
)
"""Limits that run from the application or the court's material, whether the case is accepted yet or not."""
_LEVELS = (RuleCode.LEVEL_1, RuleCode.LEVEL_2, RuleCode.LEVEL_3, RuleCode.LEVEL_4)
_APPLY_AGAIN = ("withdrawn", "not_accepted")
"""Ends of an application for confirmation after which the parties may apply anew within the limit."""


def deadlines_of(uow: UnitOfWork, case: Case) -> tuple[DueDate, ...]:
    """Every date this case must keep now, the nearest first."""
    desk = _Desk(uow, case)
    if desk.status in LOCKED:
        return ()
    found = [
        *_decision(desk),
        *_mediation(desk),
        *_petition(desk),
        *_answers(desk),
        *_hearing_day(desk),
        *_agreements(desk),
        *_filing(desk),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.due_on, deadline.code)))


def next_deadline(uow: UnitOfWork, case: Case, dates: tuple[DueDate, ...]) -> DueDate | None:
    """The date lists sort by, of all `dates`: the fixed hearing, else the earliest that counts today.

    A duty whose day has passed stays; a chance that passed does not.
    """
    if case.status == CaseStatus.SCHEDULED:
        heard = next((found for found in dates if found.code == RuleCode.HEARING), None)
        if heard is not None:
            return heard
    return current_date(dates, uow.today())


@dataclass
class _Desk:
    """What the rules of one case are computed with; each table is read only when a rule asks for it."""

    uow: UnitOfWork
    case: Case

    @cached_property
    def status(self) -> CaseStatus:
        return CaseStatus(self.case.status)

    @cached_property
    def rules(self) -> dict[RuleCode, TimeRule]:
        return time_rules(self.uow)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar(self.uow)

    @cached_property
    def received_on(self) -> date:
        return self.case.received_at.astimezone(self.uow.zone).date()

    @cached_property
    def extensions(self) -> list[Extension]:
        granted = select(Extension).where(Extension.case_id == self.case.id)
        return list(self.uow.session.scalars(granted))

    def extended(self, code: RuleCode, start: date) -> int:
        """How much longer the limit that began on `start` is; what an earlier run was granted is used up."""
        rows = (row for row in self.extensions if row.rule == code and row.granted_on >= start)
        return min(sum(row.amount for row in rows), MOST_EXTENDED)

    def counted(
        self, code: RuleCode, start: date | None, *, trigger: Trigger | None = None, paused: int = 0
    ) -> Iterator[DueDate]:
        """The date of a rule this office uses, when what starts it has happened."""
        rule = self.rules[code]
        if rule.active and start is not None:
            longer = self.extended(code, start)
            yield due(rule, start, self.calendar, extended=longer, paused=paused, trigger=trigger)


def _decision(desk: _Desk) -> Iterator[DueDate]:
    """T-ACK, counted anew when the case comes back from another office; T-LVL of the level it stands on."""
    if desk.status in _UNDECIDED:
        back = None if desk.status == CaseStatus.REGISTERED else _came_back(desk)
        yield from desk.counted(RuleCode.ACKNOWLEDGE, back or desk.received_on)
    level = _LEVELS[min(max(desk.case.level, 1), len(_LEVELS)) - 1]
    if desk.status in _OPEN and desk.rules[level].active:
        yield from desk.counted(level, desk.case.level_since or desk.received_on)


def _came_back(desk: _Desk) -> date | None:
    returned = (Referral.case_id == desk.case.id, Referral.reply == ReferralReply.RETURNED)
    return desk.uow.session.scalar(select(func.max(Referral.replied_on)).where(*returned))


def _mediation(desk: _Desk) -> Iterator[DueDate]:
    """T-MED by the procedure of the case; for an appraisal the clock of a medical dispute stands still."""
    case = desk.case
    code = _MEDIATION.get(Procedure(case.procedure), RuleCode.MEDIATE)
    accepted = _taken_on(desk) if desk.status in MEDIATING else None
    if code in _BEFORE_ACCEPTANCE:
        if desk.status not in _OPEN:
            return
        again = _again_on(desk)
        if code == RuleCode.MEDIATE_LABOUR:
            yield from desk.counted(code, again or desk.received_on)
        elif case.signed_for_on is not None:
            yield from desk.counted(code, again or case.signed_for_on)
        else:
            yield from desk.counted(code, accepted, trigger=Trigger.ACCEPTED)
    elif code == RuleCode.MEDIATE_MEDICAL:
        yield from _medical(desk, accepted)
    else:
        yield from desk.counted(code, accepted)


def _taken_on(desk: _Desk) -> date | None:
    """The day mediation began: of the acceptance, or of the last new attempt after a breach (PML 32)."""
    return _again_on(desk) or desk.case.accepted_on


def _again_on(desk: _Desk) -> date | None:
    """The day of the last new attempt after a breach; every limit of mediation runs anew from it."""
    again = (Breach.case_id == desk.case.id, Breach.way == BreachWay.REMEDIATE)
    return desk.uow.session.scalar(select(func.max(Breach.way_on)).where(*again))


def _medical(desk: _Desk, accepted: date | None) -> Iterator[DueDate]:
    if accepted is None:
        return
    pauses = select(Suspension.from_on, Suspension.to_on).where(
        Suspension.case_id == desk.case.id, Suspension.reason == SuspendReason.APPRAISAL
    )
    stood: set[date] = set()
    for first, last in desk.uow.session.execute(pauses):
        if last is None:
            return  # nobody knows yet when the clock goes on
        stood.update(desk.calendar.working_days(max(first, accepted), last))
    yield from desk.counted(RuleCode.MEDIATE_MEDICAL, accepted, paused=len(stood))


def _petition(desk: _Desk) -> Iterator[DueDate]:
    """Register and forward, answer, and object to a transfer (XF22 22-36)."""
    from_office = desk.case.source == CaseSource.PETITION_OFFICE
    if desk.status not in _OPEN or not (from_office or desk.case.procedure == Procedure.PETITION):
        return
    if desk.status in _UNDECIDED:
        yield from desk.counted(RuleCode.PETITION_FORWARD, desk.received_on)
        if from_office:
            yield from desk.counted(RuleCode.PETITION_OBJECT, desk.received_on)
    for found in desk.counted(RuleCode.PETITION, desk.received_on):
        yield replace(found, code=RuleCode.PETITION_EXTENDED) if found.how and found.how.extended else found


def _answers(desk: _Desk) -> Iterator[DueDate]:
    """The answers other offices owe: on the day of the letter, else of the rule (guard G3).

    That an office works on the case answers a call, but not a letter that set a day.
    """
    if desk.status not in ELSEWHERE | MEDIATING:
        return
    at_work = and_(Referral.reply == ReferralReply.TAKEN, Referral.due_on.is_not(None))
    waiting = select(Referral).where(Referral.case_id == desk.case.id, or_(Referral.reply.is_(None), at_work))
    for row in desk.uow.session.scalars(waiting):
        code = RuleCode.WHISTLE if row.kind == ReferralKind.WHISTLE else RuleCode.FEEDBACK
        if row.due_on is not None:
            longer = desk.extended(code, row.sent_on)
            rule = replace(desk.rules[code], amount=0)
            counted = due(rule, row.due_on, desk.calendar, extended=longer, trigger=Trigger.FIXED)
            yield counted if longer else fixed(rule, row.due_on)
        else:
            yield from desk.counted(code, row.sent_on)


def _hearing_day(desk: _Desk) -> Iterator[DueDate]:
    if desk.status != CaseStatus.SCHEDULED:
        return
    days = select(Hearing.day).where(
        Hearing.case_id == desk.case.id, Hearing.status == HearingStatus.SCHEDULED
    )
    for day in desk.uow.session.scalars(days.order_by(Hearing.day).limit(1)):
        yield fixed(desk.rules[RuleCode.HEARING], day)


def _agreements(desk: _Desk) -> Iterator[DueDate]:
    """What follows from agreements in effect; of a partial one also while the rest is mediated."""
    if desk.status not in SETTLED | MEDIATING:
        return
    in_effect = select(Agreement).where(
        Agreement.case_id == desk.case.id, Agreement.effective_on.is_not(None)
    )
    rows = list(desk.uow.session.scalars(in_effect))
    if not rows:
        return
    days = _days_owed(desk, rows)
    yield from _confirmation(desk, rows)
    for obligation, day in days:
        if obligation.performed_on is None:
            rule = desk.rules[RuleCode.PERFORM]
            yield fixed(rule, day, was=obligation.due_on, trigger=Trigger.OWED)
    if desk.status in SETTLED:
        yield from _follow_up(desk, rows, max((day for _, day in days), default=None))


def _days_owed(desk: _Desk, agreements: list[Agreement]) -> list[tuple[Obligation, date]]:
    """What is owed and until when, as last put off by those concerned."""
    put_off = select(Postponement.obligation_id, Postponement.to_on).where(
        Postponement.case_id == desk.case.id
    )
    later = dict(desk.uow.session.execute(put_off.order_by(Postponement.id)).all())
    return [
        (row, later.get(row.id, row.due_on))
        for agreement in agreements
        for row in agreement.obligations
        if row.released_on is None
    ]


def _confirmation(desk: _Desk, agreements: list[Agreement]) -> Iterator[DueDate]:
    """T-CONF until somebody applied; T-CONF-R while the court examines (PML 33; CPL 205, 187)."""
    asked = desk.uow.session.scalars(select(Confirmation).where(Confirmation.case_id == desk.case.id)).all()
    for row in asked:
        if row.outcome is None:
            yield from desk.counted(RuleCode.CONFIRM_RULING, row.docketed_on)
    applied = [row for row in asked if row.applied_on is not None]
    settled = {row.agreement_id for row in applied if row.outcome not in _APPLY_AGAIN}
    for agreement in agreements:
        if agreement.id not in settled and agreement.replaced_by_id is None:
            yield from desk.counted(RuleCode.CONFIRM, agreement.effective_on)


def _follow_up(desk: _Desk, agreements: list[Agreement], owed: date | None) -> Iterator[DueDate]:
    """T-FU: after the performance, else its last day, else the effect; after a visit the day it set."""
    case = desk.case
    if desk.status == CaseStatus.FOLLOWED_UP or case.no_follow_up:
        return
    visits = select(FollowUp.next_on).where(FollowUp.case_id == case.id)
    if case.performed_on is not None:  # a visit while it was performed is not the one after it (G11)
        visits = visits.where(FollowUp.day >= case.performed_on)
    arranged = desk.uow.session.scalars(visits.order_by(FollowUp.day, FollowUp.id)).all()
    if arranged:
        if arranged[-1] is not None:
            yield fixed(desk.rules[RuleCode.FOLLOW_UP], arranged[-1])
    elif case.performed_on is not None:
        yield from desk.counted(RuleCode.FOLLOW_UP, case.performed_on, trigger=Trigger.PERFORMED)
    elif owed is not None:
        yield from desk.counted(RuleCode.FOLLOW_UP, owed)
    else:
        effective = max(row.effective_on for row in agreements if row.effective_on is not None)
        yield from desk.counted(RuleCode.FOLLOW_UP, effective, trigger=Trigger.EFFECTIVE)


def _filing(desk: _Desk) -> Iterator[DueDate]:
    """T-REFILE: the volume of a closed case is put into the archive."""
    if desk.status in ENDED:
        yield from desk.counted(RuleCode.REFILE, desk.case.closed_on)
