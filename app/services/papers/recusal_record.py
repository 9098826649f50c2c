"""Gathers the printed record of a recusal."""

from collections.abc import Iterator

from sqlalchemy import select

from app.domain.cases import PRINCIPALS, PartyRole
from app.domain.papers.forms import FormId, PaperName, PaperTie, RecusalRecordPaper
from app.domain.recusal import Finding, RecusalVerdict
from app.models.case import Case, parties_on
from app.models.flow import RecusalDecision
from app.services.kernel.unit_of_work import UnitOfWork


def recusal_papers(uow: UnitOfWork, case: Case) -> Iterator[tuple[FormId, str, str]]:
    """The records that can be printed: form, subject, whose recusal; an open one collects consents."""
    rows = select(RecusalDecision).where(
        RecusalDecision.case_id == case.id, RecusalDecision.decision != RecusalVerdict.MOOT
    )
    for row in uow.session.scalars(rows.order_by(RecusalDecision.id)):
        yield FormId.RECUSAL_RECORD, row.id, row.mediator_name


def recusal_record(
    uow: UnitOfWork, case: Case, decision_id: str, roles: dict[PartyRole, str]
) -> RecusalRecordPaper:
    """The record of one recusal, as of the day it was decided; `roles`: the words for 申请人 and so on."""
    row = uow.get(RecusalDecision, decision_id)
    people = [party for party in parties_on(case, row.decided_on) if PartyRole(party.role) in PRINCIPALS]
    if row.decision == RecusalVerdict.KEPT:  # who came later has not consented to this
        people = [party for party in people if party.id in row.consented]
    asked = next((party for party in case.parties if party.id == row.asked_by), None)
    return RecusalRecordPaper(
        number=case.number,
        committee=uow.office().committee,
        dispute=case.title,
        mediator=row.mediator_name,
        ties=tuple(_tie(text) for text in row.findings),
        asked_by=f"{roles[PartyRole(asked.role)]}{asked.name}" if asked else "",
        wish=row.wish,
        verdict=RecusalVerdict(row.decision),
        reason=row.reason,
        mediators=_mediators_then(case, row) if row.decision == RecusalVerdict.REPLACED else (),
        parties=tuple(PaperName(roles[PartyRole(party.role)], party.name) for party in people),
        decided_on=row.decided_on,
    )


def _mediators_then(case: Case, row: RecusalDecision) -> tuple[str, ...]:
    """Who mediated from the day of the decision on: a record says the same whenever it is printed."""
    day = row.decided_on
    if day is None:
        return ()
    then = (
        one
        for one in case.assignments
        if one.assigned_on <= day and (one.ended_on is None or one.ended_on > day)
    )
    return tuple(one.mediator_name for one in then)


def _tie(text: str) -> PaperTie:
    finding = Finding.from_text(text)
    return PaperTie(finding.kind, finding.party, finding.fact, finding.case_number, finding.year)
