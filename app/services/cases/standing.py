"""Gathers where a case stands beyond its state: who has it, how it was sorted, ended, closed and kept."""

from typing import Any

from sqlalchemy import select

from app.domain.flow import Outcome
from app.domain.life.codes import (
    LinkKind,
    Procedure,
    ReferralKind,
    ReferralReply,
    Retention,
    SuspendReason,
    Termination,
    VolumeItem,
)
from app.domain.life.standing import (
    Closing,
    Ending,
    LinkedCase,
    ReferralView,
    Standing,
    SuspensionView,
    Triage,
    Volume,
    VolumeEntry,
)
from app.models.case import Case
from app.models.flow import Referral, Suspension
from app.services.kernel.projection import holder_of
from app.services.kernel.unit_of_work import UnitOfWork


def standing_of(uow: UnitOfWork, case: Case) -> Standing:
    """The whole life of the case as plain values."""
    referrals = uow.session.scalars(select(Referral).where(Referral.case_id == case.id).order_by(Referral.id))
    pauses = uow.session.scalars(
        select(Suspension).where(Suspension.case_id == case.id).order_by(Suspension.from_on, Suspension.id)
    )
    return Standing(
        holder=holder_of(uow, case),
        triage=_triage(case),
        referrals=tuple(_referral(row) for row in referrals),
        suspensions=tuple(
            SuspensionView(SuspendReason(row.reason), row.note, row.from_on, row.to_on) for row in pauses
        ),
        ending=_ending(case),
        closing=_closing(case),
        volume=_volume(case),
        links=_links(uow, case),
    )


def _triage(case: Case) -> Triage:
    return Triage(
        procedure=Procedure(case.procedure),
        difficulty_reason=case.difficulty_reason,
        issues=case.issues,
        note=case.triage_note,
        on=case.triaged_on,
        level=case.level,
        level_since=case.level_since,
    )


def _referral(row: Referral) -> ReferralView:
    return ReferralView(
        id=row.id,
        kind=ReferralKind(row.kind),
        unit=row.unit,
        basis=row.basis,
        consented=row.consented,
        letter_no=row.letter_no,
        materials=row.materials,
        contact=row.contact,
        sent_on=row.sent_on,
        due_on=row.due_on,
        reply=ReferralReply(row.reply) if row.reply else None,
        replied_on=row.replied_on,
        reply_letter_no=row.reply_letter_no,
        reply_note=row.reply_note,
    )


def _ending(case: Case) -> Ending:
    return Ending(
        termination=Termination(case.termination) if case.termination else None,
        terminated_on=case.terminated_on,
        note=case.termination_note,
        remedies_told_on=case.remedies_told_on,
        undisputed=case.undisputed,
        rest_ended_on=case.rest_ended_on,
        withdrawn_on=case.withdrawn_on,
    )


def _closing(case: Case) -> Closing:
    return Closing(
        outcome=Outcome(case.outcome) if case.outcome else None,
        closed_on=case.closed_on,
        note=case.close_note,
        performed_on=case.performed_on,
        told_applicant_on=case.told_applicant_on,
        proposed_on=case.strike_proposed_on,
        proposed_by=case.strike_proposed_by,
        struck_off_on=case.struck_off_on,
        struck_off_by=case.struck_off_by,
    )


def _volume(case: Case) -> Volume:
    kept: dict[str, Any] = case.volume or {}
    return Volume(
        number=case.volume_no,
        archived_on=case.archived_on,
        retention=Retention(case.retention) if case.retention else None,
        made_by=kept.get("made_by", ""),
        checked_by=kept.get("checked_by", ""),
        note=kept.get("note", ""),
        entries=tuple(
            VolumeEntry(VolumeItem(row["item"]), row["title"], row["first"], row["last"], row["digest"])
            for row in kept.get("entries", ())
        ),
        digest=case.volume_digest,
        filing_no=case.filing_no,
        reported_on=case.reported_on,
    )


def _links(uow: UnitOfWork, case: Case) -> tuple[LinkedCase, ...]:
    """The cases this one names, and those that name it."""
    found = []
    for other_id, link in (
        (case.merged_into, LinkKind.MERGED_INTO),
        (case.reopened_from, LinkKind.REOPENED_FROM),
    ):
        other = uow.session.get(Case, other_id) if other_id else None
        if other is not None:
            found.append(LinkedCase(other.id, other.number, link))
    for column, link in ((Case.merged_into, LinkKind.TOOK_IN), (Case.reopened_from, LinkKind.REOPENED_AS)):
        rows = uow.session.execute(select(Case.id, Case.number).where(column == case.id).order_by(Case.sk))
        found += [LinkedCase(other_id, number, link) for other_id, number in rows]
    return tuple(found)
