"""After the performance: a breach and the ways out of it (PML 32), follow-up visits (F11; guard G11)."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.after.performance import (
    VISITED_IN,
    BreachInput,
    BreachWay,
    BreachWayInput,
    FollowUpInput,
    PerformanceView,
    breach_problems,
    follow_up_problems,
    way_problems,
)
from app.domain.cases import PRINCIPALS
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.after import Breach, FollowUp
from app.models.case import Case
from app.services.after.view import due_day, performed_on_the_spot, view_performance
from app.services.agreements.standing import binding_of
from app.services.confirmation.view import rulings_of
from app.services.kernel.history import move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def declare_breach(uow: UnitOfWork, wanted: BreachInput) -> PerformanceView:
    """Find that overdue obligations are not performed, with the facts; the ways of PML 32 are open then.

    Refuses INVALID: no facts, an obligation that is not overdue on that day; WRONG_STATUS.
    """
    case = own_case(uow, wanted.case_id, CaseStatus.EFFECTIVE, CaseStatus.PERFORMING)
    agreements = binding_of(uow, case.id)
    agreed_on = min((row.agreed_on for row in agreements), default=uow.today())
    problems = [*breach_problems(wanted, agreed_on, uow.today())]
    rows = {row.id: row for one in agreements for row in one.obligations}
    if set(wanted.obligation_ids) - set(rows):
        problems.append(Problem("obligation_ids", "unknown"))
    early = [row for key, row in rows.items() if key in wanted.obligation_ids]
    names = tuple(
        f"第{row.seq}项"
        for row in early
        if row.performed_on or row.released_on or due_day(uow, row) >= (wanted.on or uow.today())
    )
    if names:
        problems.append(Problem("obligation_ids", "not_overdue", (("names", names),)))
    if problems or wanted.on is None:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    facts = wanted.facts.strip()
    uow.session.add(
        Breach(case_id=case.id, obligation_ids=list(wanted.obligation_ids), on=wanted.on, facts=facts)
    )
    if case.status == CaseStatus.EFFECTIVE:  # its time to be performed has come, though nothing was
        move(uow, case, CaseStatus.PERFORMING, CaseAction.BREACHED)
    move(uow, case, CaseStatus.BREACHED, CaseAction.BREACHED, facts)
    return _told(uow, case)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def take_breach_way(uow: UnitOfWork, wanted: BreachWayInput) -> PerformanceView:
    """Write down what is done about a breach (PML 32-33).

    Mediated again, with everybody's consent, the case goes back to its mediators and the time limit of
    mediation runs anew; the old agreement binds until another takes its place. A suit, enforcement or a
    payment order is noted, and the case can be closed. Enforcement rests on the ruling that confirmed the
    agreement, or on its notarisation (PML 33, SD16 40). Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, wanted.case_id, CaseStatus.BREACHED)
    breach = _last_breach(uow, case)
    rulings = rulings_of(uow, case.id)
    if wanted.way is BreachWay.ENFORCEMENT and not wanted.note.strip():
        wanted = replace(wanted, note="、".join(rulings))
    problems = tuple(way_problems(wanted, breach.on, uow.today(), bool(rulings)))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    breach.way, breach.way_on, breach.way_note = wanted.way, wanted.on, wanted.note.strip()
    if wanted.way is BreachWay.REMEDIATE:
        move(uow, case, CaseStatus.ASSIGNED, CaseAction.REMEDIATED, breach.way_note)
    else:  # the history keeps every way, the breach the last
        record(uow, case, CaseAction.WAY_TAKEN, f"{wanted.way} {wanted.on}：{breach.way_note}")
    return _told(uow, case)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def record_follow_up(uow: UnitOfWork, wanted: FollowUpInput) -> PerformanceView:
    """Write down a follow-up visit (F11); after the performance it is what closing waits for (G11).

    Possible from the effect of the agreement on, also after the case was closed. Refuses INVALID,
    WRONG_STATUS.
    """
    case = own_case(uow, wanted.case_id, *VISITED_IN)
    parties = frozenset(row.id for row in case.parties if row.role in PRINCIPALS)
    agreed_on = min((row.agreed_on for row in binding_of(uow, case.id)), default=date.min)
    problems = tuple(follow_up_problems(wanted, parties, agreed_on, uow.today()))
    if problems or wanted.day is None:
        raise Refused(Reason.INVALID, problems=problems)
    uow.session.add(
        FollowUp(
            case_id=case.id,
            agreement_id=wanted.agreement_id,
            party_id=wanted.party_id,
            day=wanted.day,
            method=wanted.method,
            performance=wanted.performance.strip(),
            satisfaction=wanted.satisfaction,
            new_dispute=wanted.new_dispute.strip(),
            risks=wanted.risks.strip(),
            measures=wanted.measures.strip(),
            visitors=wanted.visitors.strip(),
            next_on=wanted.next_on,
        )
    )
    if case.status == CaseStatus.PERFORMED:
        move(uow, case, CaseStatus.FOLLOWED_UP, CaseAction.FOLLOWED_UP)
    else:
        record(uow, case, CaseAction.FOLLOWED_UP)
    return _told(uow, case)


@use_case(needs=Permission.AGREEMENT_WRITE, undoable=True)
def skip_follow_up(uow: UnitOfWork, case_id: str, reason: str) -> PerformanceView:
    """Go on without a visit: only after an oral agreement, or one performed on the spot (G11), with a reason.

    Refuses INVALID, WRONG_STATUS unless everything was performed.
    """
    case = own_case(uow, case_id, CaseStatus.PERFORMED)
    problems = [*text_problems("reason", reason, MAX_REASON)]
    if not reason.strip():
        problems.append(Problem("reason", "required"))
    if not performed_on_the_spot(uow, case):
        problems.append(Problem("reason", "follow_up_needed"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    case.no_follow_up = reason.strip()
    move(uow, case, CaseStatus.FOLLOWED_UP, CaseAction.FOLLOWED_UP, case.no_follow_up)
    return _told(uow, case)


def _last_breach(uow: UnitOfWork, case: Case) -> Breach:
    rows = select(Breach).where(Breach.case_id == case.id).order_by(Breach.on.desc(), Breach.id.desc())
    found = uow.session.scalars(rows.limit(1)).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def _told(uow: UnitOfWork, case: Case) -> PerformanceView:
    uow.session.flush()
    uow.note(case.id, status=case.status)
    uow.changed(Topic.AGREEMENTS)
    return view_performance(uow, case)
