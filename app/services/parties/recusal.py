"""Decide about ties of a mediator to a case, and about a party's wish that a mediator leave."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import MEDIATING, CaseAction
from app.domain.recusal import Finding, RecusalInput, RecusalVerdict, RecusalView
from app.domain.roster import AssignInput, ChosenBy
from app.domain.values.limits import MAX_REASON, text_problems
from app.models.case import Assignment, Case, current_parties
from app.models.flow import RecusalDecision
from app.models.roster import Mediator
from app.services.kernel.history import own_case, record
from app.services.kernel.recusal_review import principal_ids
from app.services.kernel.ties import recusal_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale
from app.services.roster.assignments import put_mediators


@use_case(needs=Permission.READ, writes=False)
def list_recusals(uow: UnitOfWork, case_id: str) -> tuple[RecusalView, ...]:
    """Every tie and wish of a case, what waits for a decision first, then the latest."""
    case = uow.get(Case, case_id)
    rows = uow.session.scalars(select(RecusalDecision).where(RecusalDecision.case_id == case_id)).all()
    views = [_view(case, row) for row in rows]
    return tuple(
        sorted(views, key=lambda view: (view.decided_on is not None, -_days(view.decided_on), view.id))
    )


def _days(day: date | None) -> int:
    return day.toordinal() if day else 0


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def ask_recusal(
    uow: UnitOfWork, case_id: str, mediator_id: str, party_id: str, reason: str
) -> tuple[RecusalView, ...]:
    """Write down that a party wants a mediator to leave, at any time of the mediation (TY16 15, SZ22 23).

    Refuses INVALID (no reason, no party of this case), NOT_FOUND for who does not mediate it, WRONG_STATUS,
    READ_ONLY_CASE.
    """
    case = own_case(uow, case_id, *MEDIATING)
    assignment = _active(case, mediator_id)
    problems = [*text_problems("reason", reason, MAX_REASON)]
    if not reason.strip():
        problems.append(Problem("reason", "required"))
    if party_id not in {party.id for party in current_parties(case)}:
        problems.append(Problem("asked_by", "not_of_this_case"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    mediator = uow.session.get(Mediator, mediator_id)
    ties = recusal_of(uow, case, [mediator])[mediator_id] if mediator else ()
    row = RecusalDecision(
        case_id=case.id,
        mediator_id=mediator_id,
        mediator_name=assignment.mediator_name,
        findings=[tie.as_text() for tie in ties if tie.blocks],
        asked_by=party_id,
        decision=RecusalVerdict.OPEN,
        wish=reason.strip(),
        reason="",
        consented=[],
        decided_on=None,
    )
    uow.session.add(row)
    record(uow, case, CaseAction.RECUSAL_FOUND, f"{assignment.mediator_name}：{row.wish}")
    return _told(uow, case, row)


@use_case(needs=Permission.CASE_ASSIGN, undoable=True)
def decide_recusal(
    uow: UnitOfWork, decision_id: str, wanted: RecusalInput, row_version: int
) -> tuple[RecusalView, ...]:
    """Decide on a tie found or a wish: keep the mediator with the consent of all, replace, or not founded.

    Nobody keeps mediating the own dispute: MEDIATOR_IS_PARTY. Refuses INVALID (a consent is missing, no
    reason, no lead in the place of the one who goes), RECUSAL for a replacement who is tied too, CLASH,
    STALE, RECUSAL_DECIDED, WRONG_STATUS, READ_ONLY_CASE.
    """
    row = uow.get(RecusalDecision, decision_id)
    case = own_case(uow, row.case_id, *MEDIATING)
    if row.decided_on is not None:
        raise Refused(Reason.RECUSAL_DECIDED)
    refuse_stale(uow, row, row_version)
    if problems := wanted.problems(tuple(principal_ids(case))):
        raise Refused(Reason.INVALID, problems=problems)
    ties = [Finding.from_text(text) for text in row.findings]
    if wanted.verdict is not RecusalVerdict.REPLACED and any(tie.final for tie in ties):
        raise Refused(Reason.MEDIATOR_IS_PARTY, mediator=row.mediator_name)
    row.decision, row.reason = wanted.verdict, wanted.reason.strip()
    row.consented = sorted(principal_ids(case) & set(wanted.consented))
    row.decided_on, row.decided_by = uow.today(), uow.actor.name
    uow.session.flush()
    record(uow, case, CaseAction.RECUSAL_DECIDED, f"{row.mediator_name}：{row.reason}")
    if wanted.verdict is RecusalVerdict.REPLACED:
        put_mediators(uow, case, _without(case, row.mediator_id, wanted))
    return _told(uow, case, row)


def _without(case: Case, mediator_id: str, wanted: RecusalInput) -> AssignInput:
    """The mediators of now with the replacement in the place of the one who goes."""
    _active(case, mediator_id)
    rows = sorted(
        (row for row in case.assignments if row.ended_on is None),
        key=lambda row: (row.role != "lead", row.seat),
    )
    seats = [wanted.replacement_id if row.mediator_id == mediator_id else row.mediator_id for row in rows]
    if not seats[0]:
        raise Refused(Reason.INVALID, problems=(Problem("replacement_id", "replacement_needed"),))
    base = AssignInput(case.id, seats[0], chosen_by=ChosenBy(rows[0].chosen_by))
    return replace(base, co_ids=tuple(seat for seat in seats[1:] if seat))


def _active(case: Case, mediator_id: str) -> Assignment:
    for row in case.assignments:
        if row.mediator_id == mediator_id and row.ended_on is None:
            return row
    raise Refused(Reason.NOT_FOUND)


def _told(uow: UnitOfWork, case: Case, row: RecusalDecision) -> tuple[RecusalView, ...]:
    uow.session.flush()
    uow.note(row.id, case=case.id, mediator=row.mediator_id, verdict=row.decision, asked=bool(row.asked_by))
    uow.changed(Topic.CASES)
    rows = uow.session.scalars(select(RecusalDecision).where(RecusalDecision.case_id == case.id)).all()
    return tuple(_view(case, one) for one in rows)


def _view(case: Case, row: RecusalDecision) -> RecusalView:
    names = {party.id: party.name for party in case.parties}
    active = {one.mediator_id for one in case.assignments if one.ended_on is None}
    return RecusalView(
        id=row.id,
        row_version=row.row_version,
        mediator_id=row.mediator_id,
        mediator=row.mediator_name,
        active=row.mediator_id in active,
        findings=tuple(Finding.from_text(text) for text in row.findings),
        asked_by=row.asked_by or "",
        asked_by_name=names.get(row.asked_by or "", ""),
        verdict=RecusalVerdict(row.decision),
        wish=row.wish,
        reason=row.reason,
        consented=tuple(row.consented),
        decided_on=row.decided_on,
        decided_by=row.decided_by,
    )
