"""The lines of cases that come from no date: returned, idle, not decided, not served, not signed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.domain.flow import LOCKED, CaseStatus
from app.domain.hearings import GuestKind, HearingKind, HearingStatus
from app.domain.life.codes import ReferralReply
from app.domain.today import Urgency, WorkKey, WorkKind, urgency_of
from app.models.case import Case, CaseListRow, Party
from app.models.flow import RecusalDecision, Referral, RiskReport
from app.models.hearing import Hearing, ServiceProof, SessionRecord
from app.services.cases.due import ROW
from app.services.hearings.service import unserved
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.today.dates import SOON_DAYS, Standing

RECORD_DAYS = 90
"""So far back a session record without signatures is looked for."""
Conditions = list[ColumnElement[bool]]


def open_ends(uow: UnitOfWork, wanted: Conditions, standing: Standing) -> Iterator[WorkKey]:
    """Everything of cases that waits without a date of its own."""
    plain: tuple[tuple[WorkKind, Urgency, Select[Any]], ...] = (
        (WorkKind.RETURNED, Urgency.NEAR, _returned()),
        (WorkKind.IDLE, Urgency.REST, select(ROW.sk).where(ROW.idle == 1)),
        (WorkKind.RECUSAL, Urgency.NEAR, _of_case(RecusalDecision, RecusalDecision.decided_on.is_(None))),
        (WorkKind.RISK, Urgency.NEAR, _of_case(RiskReport, RiskReport.cleared_on.is_(None))),
        (WorkKind.STRIKE_OFF, Urgency.REST, _proposed()),
        (WorkKind.SIGN, Urgency.REST, select(ROW.sk).where(_to_sign())),
    )
    for kind, urgency, found in plain:
        for sk in uow.session.scalars(found.where(*wanted).distinct()):
            waiting, deciding = sk in standing.elsewhere, sk in standing.deciding
            yield WorkKey(kind, sk, urgency=urgency, deciding=deciding, waiting=waiting)
    yield from _records(uow, wanted)
    yield from _not_served(uow, wanted)


def _of_case(kind: Any, condition: ColumnElement[bool]) -> Select[tuple[int]]:
    """The cases with such a row; its few rows are looked through, never the cases."""
    cases = select(kind.case_id).where(condition)
    return select(ROW.sk).where(ROW.case_id.in_(cases), ROW.status.not_in(LOCKED))


def _returned() -> Select[tuple[int]]:
    """Back from the county, or from a department and being sorted again."""
    back = select(Referral.case_id).where(Referral.reply == ReferralReply.RETURNED)
    again = and_(ROW.status == CaseStatus.TRIAGE, ROW.case_id.in_(back))
    return select(ROW.sk).where(or_(ROW.status == CaseStatus.RETURNED, again))


def _proposed() -> Select[tuple[int]]:
    joined = select(ROW.sk).join(Case, Case.sk == ROW.sk)
    return joined.where(Case.status == CaseStatus.CLOSED, Case.strike_proposed_on.is_not(None))


def _to_sign() -> ColumnElement[bool]:
    found: ColumnElement[bool] = ROW.status.in_(
        (CaseStatus.AGREED_WRITTEN, CaseStatus.SIGNING, CaseStatus.AGREED_ORAL, CaseStatus.PARTIAL)
    )
    return found


def _records(uow: UnitOfWork, wanted: Conditions) -> Iterator[WorkKey]:
    """The session records of the last months that nobody has signed."""
    since = uow.today() - timedelta(days=RECORD_DAYS)
    found = (
        select(ROW.sk, Hearing.id)
        .join(CaseListRow, CaseListRow.case_id == Hearing.case_id)
        .join(SessionRecord, SessionRecord.hearing_id == Hearing.id)
        .where(
            Hearing.day >= since,
            Hearing.status == HearingStatus.HELD,
            SessionRecord.signed_on.is_(None),
            ROW.status.not_in(LOCKED),
            *wanted,
        )
    )
    for sk, hearing_id in uow.session.execute(found):
        yield WorkKey(WorkKind.RECORD, sk, hearing_id)


def _not_served(uow: UnitOfWork, wanted: Conditions) -> Iterator[WorkKey]:
    """The hearings to come of which somebody who must be told has not been (TY16 14)."""
    found = (
        select(ROW.sk, Hearing)
        .join(CaseListRow, CaseListRow.case_id == Hearing.case_id)
        .where(
            Hearing.day >= uow.today(),
            Hearing.status.in_((HearingStatus.SCHEDULED, HearingStatus.CANCELLED)),
            Hearing.kind != HearingKind.VISIT,
            *wanted,
        )
    )
    rows = [(sk, hearing) for sk, hearing in uow.session.execute(found)]
    told = _told(uow, [hearing for _, hearing in rows])
    for sk, hearing in rows:
        if hearing.status == HearingStatus.CANCELLED:
            missing = bool(unserved(uow, hearing.id))
        else:
            missing = not hearing.notice_waived and not told[hearing.id]
        if missing:
            urgency = urgency_of(hearing.day, uow.today(), SOON_DAYS)
            yield WorkKey(WorkKind.UNSERVED, sk, hearing.id, hearing.day, "", urgency)


def _told(uow: UnitOfWork, hearings: list[Hearing]) -> dict[str, bool]:
    """Whether everybody who is summoned was served with the hearing as it is now."""
    parties: dict[str, set[str]] = {}
    cases = {hearing.case_id for hearing in hearings}
    here = select(Party.case_id, Party.id).where(Party.case_id.in_(cases), Party.left_on.is_(None))
    for case_id, party_id in uow.session.execute(here):
        parties.setdefault(case_id, set()).add(party_id)
    served: dict[tuple[str, int], set[str]] = {}
    proofs = select(ServiceProof.subject_id, ServiceProof.revision, ServiceProof.party_id).where(
        ServiceProof.case_id.in_(cases)
    )
    for subject, revision, party_id in uow.session.execute(proofs):
        served.setdefault((subject, revision), set()).add(party_id)
    found = {}
    for hearing in hearings:
        invited = {guest["id"] for guest in hearing.invited if guest["kind"] == GuestKind.PARTY}
        everybody = parties.get(hearing.case_id, set())
        wanted = everybody & invited if invited else everybody
        found[hearing.id] = wanted <= served.get((hearing.id, len(hearing.changes)), set())
    return found
