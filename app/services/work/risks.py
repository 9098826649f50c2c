"""Reports of a risk that a dispute escalates: raised, answered, cleared (PML 25; guard G9; F26)."""

from datetime import UTC, datetime, time

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import RiskFlag
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, Deed, states_offering
from app.domain.work.risks import (
    ClearInput,
    ReportMethod,
    RiskInput,
    RiskLevel,
    RiskReceiver,
    RiskRow,
    feedback_problems,
    police_compulsory,
)
from app.models.case import Case, current_parties
from app.models.flow import RiskReport
from app.services.cases.view import view_party
from app.services.flow.answers import refuse_invalid
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_OPEN = states_offering(Deed.RISK)


@use_case(needs=Permission.READ, writes=False)
def list_risks(uow: UnitOfWork, case_id: str) -> tuple[RiskRow, ...]:
    """The reports of a case, the latest first."""
    rows = uow.session.scalars(
        select(RiskReport)
        .where(RiskReport.case_id == case_id)
        .order_by(RiskReport.reported_at.desc(), RiskReport.id.desc())
    )
    return tuple(_row(row) for row in rows)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def raise_risk(uow: UnitOfWork, wanted: RiskInput) -> RiskRow:
    """Note that the dispute may escalate and whom it was told to; the case is red until it is cleared (G9).

    Suspected violence against a minor or somebody of limited capacity must have been told to the police: the
    first such report names them (DVL 14). Refuses INVALID, WRONG_STATUS, READ_ONLY_CASE.
    """
    case = own_case(uow, wanted.case_id, *_OPEN)
    now = uow.now().astimezone(uow.zone)
    refuse_invalid((*wanted.problems(now), *_police_first(uow, case, wanted)))
    row = _new(uow, case, wanted)
    uow.session.add(row)
    case.risk_flags = [flag for flag in map(str, RiskFlag) if flag in {*case.risk_flags, *row.flags}]
    record(uow, case, CaseAction.RISK_RAISED, row.receiver)
    return _told(uow, row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def add_feedback(uow: UnitOfWork, risk_id: str, text: str, row_version: int) -> RiskRow:
    """Write down what the receiver of a report did about it. Refuses INVALID, STALE, WRONG_STATUS."""
    row = uow.get(RiskReport, risk_id)
    refuse_stale(uow, row, row_version)
    case = own_case(uow, row.case_id)
    refuse_invalid(tuple(feedback_problems(text)))
    row.feedback = text.strip()
    record(uow, case, CaseAction.RISK_RAISED, row.feedback)
    return _told(uow, row)


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def clear_risk(uow: UnitOfWork, risk_id: str, wanted: ClearInput, row_version: int) -> RiskRow:
    """Note that a risk passed; with the last report the case is red no more and can be struck off (G9, G12).

    Signs the report names and no other open one does are taken off the case, with the last report all.
    Refuses INVALID (also when it was cleared before), STALE, READ_ONLY_CASE, CASE_LOCKED.
    """
    row = uow.get(RiskReport, risk_id)
    refuse_stale(uow, row, row_version)
    case = own_case(uow, row.case_id)
    if row.cleared_on is not None:
        raise Refused(Reason.INVALID, problems=(Problem("cleared_on", "already_cleared"),))
    reported_on = row.reported_at.astimezone(uow.zone).date()
    refuse_invalid(tuple(wanted.problems(reported_on, uow.today())))
    row.cleared_on, row.cleared_by, row.clear_note = wanted.cleared_on, uow.actor.name, wanted.note.strip()
    _calm(uow, case, row)
    record(uow, case, CaseAction.RISK_CLEARED, row.clear_note)
    return _told(uow, row)


def _police_first(uow: UnitOfWork, case: Case, wanted: RiskInput) -> tuple[Problem, ...]:
    parties = [view_party(party) for party in current_parties(case)]
    if wanted.receiver_kind is RiskReceiver.POLICE:
        return ()
    if not police_compulsory(wanted.flags, parties, uow.today()):
        return ()
    told = select(RiskReport.flags).where(
        RiskReport.case_id == case.id, RiskReport.receiver_kind == RiskReceiver.POLICE
    )
    if any(RiskFlag.DOMESTIC_VIOLENCE in flags for flags in uow.session.scalars(told)):
        return ()
    return (Problem("receiver_kind", "police_compulsory"),)


def _new(uow: UnitOfWork, case: Case, wanted: RiskInput) -> RiskReport:
    assert wanted.day is not None and wanted.minute is not None  # noqa: S101, PT018 - `problems` asked for them
    at = datetime.combine(wanted.day, time(*divmod(wanted.minute, 60)), uow.zone)
    return RiskReport(
        case_id=case.id, flags=[str(flag) for flag in wanted.flags], level=wanted.level,
        facts=wanted.facts.strip(), people=wanted.people.strip(), measures=wanted.measures.strip(),
        receiver_kind=wanted.receiver_kind, receiver=wanted.receiver.strip(),
        receiver_phone=wanted.receiver_phone.strip(), method=wanted.method, reported_at=at.astimezone(UTC),
        reported_by=wanted.reported_by.strip(),
    )  # fmt: skip


def _calm(uow: UnitOfWork, case: Case, cleared: RiskReport) -> None:
    """Signs ticked at the counter and never reported go with the last report."""
    uow.session.flush()
    others = uow.session.scalars(
        select(RiskReport.flags).where(RiskReport.case_id == case.id, RiskReport.cleared_on.is_(None))
    ).all()
    still = {flag for flags in others for flag in flags}
    case.risk_flags = [
        flag for flag in case.risk_flags if others and (flag in still or flag not in cleared.flags)
    ]


def _told(uow: UnitOfWork, row: RiskReport) -> RiskRow:
    uow.session.flush()
    uow.note(row.id, case=row.case_id, level=row.level, cleared=row.cleared_on is not None)
    uow.changed(Topic.CASES)
    return _row(row)


def _row(row: RiskReport) -> RiskRow:
    return RiskRow(
        id=row.id, row_version=row.row_version, case_id=row.case_id,
        flags=tuple(RiskFlag(flag) for flag in row.flags), level=RiskLevel(row.level), facts=row.facts,
        people=row.people, measures=row.measures, receiver_kind=RiskReceiver(row.receiver_kind),
        receiver=row.receiver, receiver_phone=row.receiver_phone, method=ReportMethod(row.method),
        reported_at=row.reported_at, reported_by=row.reported_by, feedback=row.feedback,
        cleared_on=row.cleared_on, cleared_by=row.cleared_by, clear_note=row.clear_note,
    )  # fmt: skip
