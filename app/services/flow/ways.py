"""Gathers the facts the guards look at; the page's ways and every refusal come from the same facts."""

from dataclasses import replace
from typing import cast

from sqlalchemy import func, or_, select

from app.domain.actor import Permission
from app.domain.cases import CaseSource
from app.domain.casework.guards import CaseFacts, hindrances_of, ways_of
from app.domain.casework.hindrances import Hindrance, Way
from app.domain.casework.inputs import HARD
from app.domain.casework.volume import missing_items, needed_items
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Deed, Outcome
from app.domain.intake import consent_gaps, guardian_gaps
from app.domain.life.codes import ReferralKind, ReferralReply, VolumeItem
from app.domain.packages import OutboxState
from app.domain.roster import AssignmentRole
from app.models.after import Breach
from app.models.case import Case, CaseEvent, current_parties
from app.models.exchange import Change, Package
from app.models.flow import Entrustment, Referral, RiskReport
from app.models.hearing import SessionRecord
from app.services.agreements.standing import binding_of
from app.services.cases.view import view_party
from app.services.exchange.packing import LEFT_OUT, OUT
from app.services.flow.contents import pieces_of
from app.services.kernel.recusal_review import open_recusals
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_VOLUME = (CaseStatus.CLOSED, CaseStatus.STRUCK_OFF, CaseStatus.REOPENED)


@use_case(needs=Permission.READ, writes=False)
def case_ways(uow: UnitOfWork, case_id: str) -> tuple[Way, ...]:
    """Everything that can be done on a case where it stands, each deed with what hinders it and its cure.

    Nothing for a case of another office: it is read only here. Refuses NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    if case.owner != uow.office().node:
        return ()
    return ways_of(_facts_of(uow, case))


def refuse_hindered(uow: UnitOfWork, case: Case, deed: Deed, *, soft_too: bool = False) -> None:
    """Refuse HINDERED with what stands in the way of the deed, the same the page shows.

    `soft_too`: this is the part of the deed that what is soft stands in the way of.
    """
    found = hindrances_of(deed, _facts_of(uow, case))
    if hard := tuple(hindrance for hindrance in found if soft_too or not hindrance.soft):
        raise Refused(Reason.HINDERED, hindrances=hard)


def archive_hindrances(uow: UnitOfWork, case: Case, on_paper: frozenset[VolumeItem]) -> tuple[Hindrance, ...]:
    """What stands in the way of locking the volume when these items lie on paper (G13)."""
    facts = _facts_of(uow, case)
    left = tuple(item for item in facts.missing if item not in on_paper)
    return hindrances_of(Deed.ARCHIVE, replace(facts, missing=left))


def _facts_of(uow: UnitOfWork, case: Case) -> CaseFacts:
    """What the guards ask about a case."""
    parties = tuple(view_party(party) for party in current_parties(case))
    missing, refused = consent_gaps(parties, case.source == CaseSource.OWN_INITIATIVE)
    sessions = uow.session.execute(
        select(SessionRecord.seq, SessionRecord.signed_on)
        .where(SessionRecord.case_id == case.id)
        .order_by(SessionRecord.seq)
    ).all()
    active = [row for row in case.assignments if row.ended_on is None]
    status = CaseStatus(case.status)
    outcome = Outcome(case.outcome) if case.outcome else None
    return CaseFacts(
        status=status,
        outcome=outcome,
        consent_missing=missing,
        consent_refused=refused,
        without_guardian=guardian_gaps(parties, uow.today()),
        has_lead=any(row.role == AssignmentRole.LEAD for row in active),
        needs_second=len(active) == 1 and case.difficulty in HARD,
        open_recusals=open_recusals(uow, case.id),
        rights_told=case.rights_told_on is not None,
        sessions=len(sessions),
        unsigned_sessions=tuple(seq for seq, signed_on in sessions if signed_on is None),
        remedies_told=case.remedies_told_on is not None,
        asked_again=_way_taken(uow, case),
        open_risks=_open_risks(uow, case),
        proposed=case.strike_proposed_on is not None,
        same_person=uow.actor.user_id in _busy_with(uow, case),
        level=case.level,
        missing=missing_items(needed_items(outcome, bool(sessions)), pieces_of(uow, case))
        if status in _VOLUME
        else (),
        delivered=_delivered(uow, case),
        in_effect=bool(binding_of(uow, case.id)),
        entrusted=_entrusted(uow, case),
        asked_others=waiting_referral(uow, case) is not None,
    )


def _way_taken(uow: UnitOfWork, case: Case) -> bool:
    """Whether something lawful followed the last breach; telling the remedies of a second failure is that.

    The remedies told when the rest of a partial agreement was given up lie before it and are not.
    """
    rows = select(Breach).where(Breach.case_id == case.id).order_by(Breach.on.desc(), Breach.id.desc())
    last = uow.session.scalars(rows.limit(1)).first()
    failed_on = case.terminated_on
    return last is None or last.way is not None or (failed_on is not None and failed_on >= last.on)


def _open_risks(uow: UnitOfWork, case: Case) -> int:
    """The open reports; signs ticked at the counter that nobody reported yet are open as well (G9)."""
    still_open = select(func.count()).where(RiskReport.case_id == case.id, RiskReport.cleared_on.is_(None))
    reports = cast("int", uow.session.scalar(still_open))
    return reports or len(case.risk_flags)


def waiting_referral(uow: UnitOfWork, case: Case) -> Referral | None:
    """The last letter to another office whose answer may still come; the county answers otherwise."""
    rows = select(Referral).where(
        Referral.case_id == case.id,
        Referral.kind != ReferralKind.COUNTY,
        or_(Referral.reply.is_(None), Referral.reply == ReferralReply.TAKEN),
    )
    return uow.session.scalars(rows.order_by(Referral.id.desc()).limit(1)).first()


def _entrusted(uow: UnitOfWork, case: Case) -> bool:
    rows = select(func.count()).where(Entrustment.case_id == case.id)
    return bool(uow.session.scalar(rows))


def _busy_with(uow: UnitOfWork, case: Case) -> set[str | None]:
    """Who registered the case, and who proposed to strike it off (G12).

    A case taken up again was registered by who registered the first of its line: letting it go on must not
    keep the only other person who may decide from deciding.
    """
    return {_registered_by(uow, case), case.strike_proposed_by_id}


def _registered_by(uow: UnitOfWork, case: Case) -> str | None:
    seen = {case.id}
    while case.reopened_from and case.reopened_from not in seen:
        earlier = uow.session.get(Case, case.reopened_from)
        if earlier is None:
            break
        case = earlier
        seen.add(case.id)
    rows = select(CaseEvent.actor_id).where(
        CaseEvent.case_id == case.id, CaseEvent.action == CaseAction.REGISTERED
    )
    return uow.session.scalars(rows.order_by(CaseEvent.at, CaseEvent.id).limit(1)).first()


def _delivered(uow: UnitOfWork, case: Case) -> bool:
    """Whether the county acknowledged a package with the last change of the case (G14)."""
    last = uow.session.scalar(select(func.max(Change.n)).where(Change.object_id == case.id))
    acknowledged = select(Package).where(
        Package.direction == OUT, Package.state == OutboxState.ACKED, Package.upto >= (last or 0)
    )
    return any(case.id not in row.counts.get(LEFT_OUT, ()) for row in uow.session.scalars(acknowledged))
