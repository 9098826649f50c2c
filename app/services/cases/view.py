"""Turns the rows of one case into the record its page shows."""

from sqlalchemy import select

from app.domain.cases import (
    AgentKind,
    AgentPower,
    AssignmentView,
    CaseSource,
    CaseView,
    Channel,
    Consent,
    Difficulty,
    EventView,
    PartyRole,
    PartyView,
    Refusal,
    RiskFlag,
)
from app.domain.flow import CaseAction, CaseStatus, Outcome, next_step_of
from app.domain.people import Capacity, PersonKind
from app.domain.values.identity import IdKind, Sex
from app.models.case import Assignment, Case, CaseEvent, Party, current_parties
from app.services.cases.standing import standing_of
from app.services.kernel.deadlines import deadlines_of
from app.services.kernel.unit_of_work import UnitOfWork


def view_case(uow: UnitOfWork, case: Case) -> CaseView:
    """The whole case as plain values."""
    status = CaseStatus(case.status)
    outcome = Outcome(case.outcome) if case.outcome else None
    return CaseView(
        id=case.id,
        row_version=case.row_version,
        number=case.number,
        status=status,
        title=case.title,
        summary=case.summary,
        request=case.request,
        type_a=case.type_a,
        type_b=case.type_b,
        source=CaseSource(case.source),
        channel=Channel(case.channel),
        source_unit=case.source_unit,
        source_letter=case.source_letter,
        place=case.place,
        amount_fen=case.amount_fen,
        people_count=case.people_count,
        risk_flags=tuple(RiskFlag(flag) for flag in case.risk_flags),
        difficulty=Difficulty(case.difficulty),
        received_at=case.received_at,
        first_contact=case.first_contact,
        registrar=case.registrar,
        accepted_on=case.accepted_on,
        refused_on=case.refused_on,
        refusal=Refusal(case.refusal) if case.refusal else None,
        refusal_note=case.refusal_note,
        rights_told_on=case.rights_told_on,
        effective_on=case.effective_on,
        owner=case.owner,
        writable=case.owner == uow.office().node,
        step=next_step_of(status, outcome),
        deadlines=deadlines_of(uow, case),
        parties=tuple(view_party(party) for party in current_parties(case)),
        left_parties=tuple(view_party(party) for party in case.parties if party.left_on is not None),
        assignments=tuple(_view_assignment(row) for row in case.assignments if row.ended_on is None),
        events=_events(uow, case.id),
        standing=standing_of(uow, case),
    )


def view_party(party: Party) -> PartyView:
    """A party as plain values."""
    return PartyView(
        id=party.id,
        seat=party.seat,
        role=PartyRole(party.role),
        kind=PersonKind(party.kind),
        name=party.name,
        sex=Sex(party.sex) if party.sex else None,
        birth=party.birth,
        id_kind=IdKind(party.id_kind),
        id_no=party.id_no,
        phone=party.phone,
        nation=party.nation,
        occupation=party.occupation,
        village=party.village,
        address=party.address,
        uscc=party.uscc,
        legal_representative=party.legal_representative,
        representative_post=party.representative_post,
        person_id=party.person_id,
        represents=tuple(party.represents),
        agent_kind=AgentKind(party.agent_kind) if party.agent_kind else None,
        agent_powers=tuple(AgentPower(power) for power in party.agent_powers),
        consent=Consent(party.consent),
        consent_on=party.consent_on,
        capacity=Capacity(party.capacity),
        left_on=party.left_on,
        row_version=party.row_version,
    )


def _view_assignment(row: Assignment) -> AssignmentView:
    return AssignmentView(
        id=row.id,
        mediator_id=row.mediator_id,
        name=row.mediator_name,
        lead=row.role == "lead",
        chosen_by=row.chosen_by,
        assigned_on=row.assigned_on,
        override_reason=row.override_reason,
        findings=tuple(row.findings),
    )


def _events(uow: UnitOfWork, case_id: str) -> tuple[EventView, ...]:
    rows = uow.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.at, CaseEvent.id)
    )
    return tuple(EventView(row.at, row.actor_name, CaseAction(row.action), row.note) for row in rows)
