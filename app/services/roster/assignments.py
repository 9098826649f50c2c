"""Put mediators on a case (guard G4), with their load and what speaks against them."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.cases import CaseView, Difficulty
from app.domain.changes import Topic
from app.domain.clashes import BookingKind, ClashQuery, Holding, held_span
from app.domain.errors import Reason, Refused
from app.domain.flow import BEFORE_AGREEMENT, CaseAction, CaseStatus
from app.domain.hearings import PLANNED, HearingStatus
from app.domain.recusal import Finding
from app.domain.roster import (
    AssignInput,
    AssignmentRole,
    CommitteeRole,
    MediatorChoice,
    MediatorLoad,
    MediatorStatus,
    choice_order,
    may_mediate,
)
from app.models.case import Assignment, Case, CaseListRow
from app.models.hearing import Booking, Hearing
from app.models.roster import Mediator
from app.services.cases.view import view_case
from app.services.hearings.clashes import find_clashes
from app.services.kernel.history import move, own_case, record
from app.services.kernel.recusal_review import answered_keys, overrule, principal_ids
from app.services.kernel.ties import recusal_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

Found = dict[str, tuple[Finding, ...]]  # by the id of the mediator
_CO_NEEDED = (Difficulty.COMPLEX, Difficulty.MAJOR)


@use_case(needs=Permission.CASE_ASSIGN)
def assign_mediators(uow: UnitOfWork, wanted: AssignInput) -> CaseView:
    """Put a lead and co-mediators on a case, or others in their place until it is settled (PML 19, 23; G4).

    A tie to a party refuses RECUSAL unless a reason to overrule it is written down; both stay with the case,
    and the decision stays open until all parties consent.
    Who is a party, an agent or a guardian in it refuses MEDIATOR_IS_PARTY, whatever is written down.
    Fixed hearings pass to the new mediators, CLASH when one of them is not free. Refuses NO_LEAD, INVALID,
    MEDIATOR_NOT_ACTIVE, WRONG_STATUS, READ_ONLY_CASE.
    """
    case = own_case(uow, wanted.case_id, *BEFORE_AGREEMENT)
    put_mediators(uow, case, wanted)
    return view_case(uow, case)


def put_mediators(uow: UnitOfWork, case: Case, wanted: AssignInput) -> None:
    """The assignment itself, for a case that may have others; refuses as `assign_mediators` does."""
    if not wanted.lead_id:
        raise Refused(Reason.NO_LEAD)
    problems = wanted.problems(Difficulty(case.difficulty) in _CO_NEEDED)
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    mediators = [_fit_mediator(uow, mediator_id) for mediator_id in (wanted.lead_id, *wanted.co_ids)]
    findings = recusal_of(uow, case, mediators)
    answered = answered_keys(uow, case)
    standing = {
        key: tuple(tie for tie in found if tie.blocks and tie.key not in answered)
        for key, found in findings.items()
    }
    _refuse_ties(findings, standing, wanted.override_reason)
    _replace(uow, case, wanted, mediators)
    _note_ties(uow, case, wanted, findings, standing)
    _tell(uow, case, "、".join(mediator.name for mediator in mediators), wanted, any(standing.values()))
    _hand_over_hearings(uow, case, mediators)
    uow.note(case.id, lead=wanted.lead_id, co=list(wanted.co_ids), findings=_kinds(findings))
    uow.session.flush()
    uow.session.refresh(case, ["assignments"])


def _fit_mediator(uow: UnitOfWork, mediator_id: str) -> Mediator:
    row = uow.get(Mediator, mediator_id)
    if not may_mediate(MediatorStatus(row.status), row.term_start, row.term_end, uow.today()):
        raise Refused(Reason.MEDIATOR_NOT_ACTIVE, mediator=row.name)
    return row


def _refuse_ties(findings: Found, standing: Found, override_reason: str) -> None:
    """Refuse what no reason helps against, and what nobody decided on yet and no reason is given for."""
    ties = tuple(finding for found in findings.values() for finding in found)
    for tie in ties:
        if tie.final:
            raise Refused(Reason.MEDIATOR_IS_PARTY, mediator=tie.mediator)
    if any(standing.values()) and not override_reason.strip():
        raise Refused(Reason.RECUSAL, findings=ties)


def _kinds(findings: Found) -> list[str]:
    return sorted({str(finding.kind) for found in findings.values() for finding in found})


def _replace(uow: UnitOfWork, case: Case, wanted: AssignInput, mediators: list[Mediator]) -> None:
    """End the rows of those who go or change their part, keep those who stay, add the rest."""
    roles = {mediator.id: AssignmentRole.CO for mediator in mediators} | {wanted.lead_id: AssignmentRole.LEAD}
    staying = {}
    for row in case.assignments:
        if row.ended_on is None and roles.get(row.mediator_id) == row.role:
            staying[row.mediator_id] = row
        elif row.ended_on is None:
            row.ended_on = uow.today()
            record(uow, case, CaseAction.RELIEVED, row.mediator_name)
    for seat, mediator in enumerate(mediators):
        row = staying.get(mediator.id) or _new_row(uow, case, mediator, roles[mediator.id])
        row.seat = seat
        row.chosen_by = wanted.chosen_by


def _note_ties(uow: UnitOfWork, case: Case, wanted: AssignInput, findings: Found, standing: Found) -> None:
    """Keep with each assignment what the check said, why it does not stand, and who consented."""
    for row in case.assignments:
        if row.ended_on is not None:
            continue
        found = findings[row.mediator_id]
        row.findings = [finding.as_text() for finding in found]
        if not any(finding.blocks for finding in found):
            row.override_reason, row.consented = "", []
        elif ties := standing[row.mediator_id]:
            row.override_reason = wanted.override_reason.strip()
            row.consented = sorted(principal_ids(case) & set(wanted.consented))
            overrule(uow, case, row, ties, tuple(row.consented))


def _tell(uow: UnitOfWork, case: Case, names: str, wanted: AssignInput, overruled: bool) -> None:
    note = f"{names}：{wanted.override_reason.strip()}" if overruled else names
    if case.status == CaseStatus.ACCEPTED:
        move(uow, case, CaseStatus.ASSIGNED, CaseAction.ASSIGNED, note)
    else:
        record(uow, case, CaseAction.ASSIGNED, note)


def _new_row(uow: UnitOfWork, case: Case, mediator: Mediator, role: AssignmentRole) -> Assignment:
    row = Assignment(
        case_id=case.id,
        mediator_id=mediator.id,
        mediator_name=mediator.name,
        role=role,
        assigned_on=uow.today(),
    )
    case.assignments.append(row)
    return row


def _hand_over_hearings(uow: UnitOfWork, case: Case, mediators: list[Mediator]) -> None:
    """Give the hearings still to come to the mediators of now."""
    coming = select(Hearing).where(
        Hearing.case_id == case.id, Hearing.status.in_(PLANNED), Hearing.day >= uow.today()
    )
    for hearing in uow.session.scalars(coming).all():
        held = {
            booking.ref: booking
            for booking in uow.session.scalars(
                select(Booking).where(Booking.hearing_id == hearing.id, Booking.kind == BookingKind.MEDIATOR)
            )
        }
        for ref in held.keys() - {mediator.id for mediator in mediators}:
            uow.session.delete(held[ref])
        added = [mediator for mediator in mediators if mediator.id not in held]
        _refuse_clashes(uow, hearing, added)
        uow.session.add_all(_booking(hearing, mediator) for mediator in added)
        uow.changed(Topic.HEARINGS)


def _refuse_clashes(uow: UnitOfWork, hearing: Hearing, added: list[Mediator]) -> None:
    query = ClashQuery(
        hearing.case_id, hearing.day, hearing.start, hearing.end, room_id=hearing.room_id,
        hearing_id=hearing.id, travel=hearing.travel, tentative=hearing.status == HearingStatus.TENTATIVE,
    )  # fmt: skip
    holdings = tuple(Holding(BookingKind.MEDIATOR, mediator.id, mediator.name) for mediator in added)
    hard, _ = find_clashes(uow, query, holdings)
    if hard:
        raise Refused(Reason.CLASH, clashes=hard)


def _booking(hearing: Hearing, mediator: Mediator) -> Booking:
    start, end = held_span(BookingKind.MEDIATOR, hearing.start, hearing.end, hearing.travel)
    return Booking(
        case_id=hearing.case_id,
        hearing_id=hearing.id,
        kind=BookingKind.MEDIATOR,
        ref=mediator.id,
        label=mediator.name,
        day=hearing.day,
        start=start,
        end=end,
    )


@use_case(needs=Permission.READ, writes=False)
def mediator_load(uow: UnitOfWork) -> tuple[MediatorLoad, ...]:
    """What every active mediator has in hand, the least loaded first."""
    rows = uow.session.scalars(select(Mediator).where(Mediator.status == MediatorStatus.ACTIVE)).all()
    cases, hearings = open_cases(uow), _hearings_this_week(uow, [row.id for row in rows])
    loads = [MediatorLoad(row.id, row.name, cases[row.id], hearings[row.id]) for row in rows]
    return tuple(sorted(loads, key=lambda load: (load.open_cases, load.hearings_this_week, load.name)))


def open_cases(uow: UnitOfWork) -> Counter[str]:
    """How many open cases each mediator has, by id; reads the open rows of the case list only."""
    rows = uow.session.execute(
        select(CaseListRow.mediator_ids, func.count())
        .where(CaseListRow.open.is_(True), CaseListRow.mediator_ids != "")
        .group_by(CaseListRow.mediator_ids)
    )
    found: Counter[str] = Counter()
    for ids, count in rows:
        for mediator_id in ids.split():
            found[mediator_id] += count
    return found


def _hearings_this_week(uow: UnitOfWork, mediator_ids: Iterable[str]) -> Counter[str]:
    """How many hearings each mediator has from Monday to Sunday, cancelled ones left out."""
    monday = uow.today() - timedelta(days=uow.today().weekday())
    rows = uow.session.execute(
        select(Booking.ref, func.count())
        .join(Hearing, Hearing.id == Booking.hearing_id)
        .where(
            Booking.ref.in_(list(mediator_ids)),
            Booking.day.between(monday, monday + timedelta(days=6)),
            Hearing.status != HearingStatus.CANCELLED,
        )
        .group_by(Booking.ref)
    )
    return Counter({ref: count for ref, count in rows})


@use_case(needs=Permission.READ, writes=False)
def suggest_mediators(uow: UnitOfWork, case_id: str) -> tuple[MediatorChoice, ...]:
    """The mediators who may take a case: nothing against them, then versed in it, then least loaded first.

    Those who are themselves a party, an agent or a guardian in it are not offered.
    """
    case = uow.get(Case, case_id)
    rows = [
        row
        for row in uow.session.scalars(select(Mediator).where(Mediator.status == MediatorStatus.ACTIVE))
        if may_mediate(MediatorStatus.ACTIVE, row.term_start, row.term_end, uow.today())
    ]
    findings = recusal_of(uow, case, rows)
    cases, hearings = open_cases(uow), _hearings_this_week(uow, [row.id for row in rows])
    choices = (
        MediatorChoice(
            mediator_id=row.id,
            name=row.name,
            committee_role=CommitteeRole(row.committee_role),
            full_time=row.full_time,
            specialised=case.type_a in row.specialities,
            open_cases=cases[row.id],
            hearings_this_week=hearings[row.id],
            findings=findings[row.id],
        )
        for row in rows
        if not any(finding.final for finding in findings[row.id])
    )
    return tuple(sorted(choices, key=choice_order))
