"""The lines of no case: drafts, packages, the committee's term, the calendar, the PC's clock, the backup."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.deadlines import RuleCode
from app.domain.packages import OutboxState
from app.domain.today import Urgency, WorkKey, WorkKind, urgency_of
from app.models.exchange import Package
from app.models.office import Draft
from app.services.exchange.outbox import view_outbox
from app.services.exchange.packing import OUT
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.rules.calendars import read_calendar
from app.services.rules.clock import clock_warning, committee_terms

LATE_DAYS = 7
"""So long a package may be on its way, cases may wait for the county, and a backup may be old."""
NOTICE_MONTH = 12
"""The notice of the next year's holidays comes in November (12.5); in December it is missed."""


def office_work(uow: UnitOfWork, backup_at: datetime | None) -> Iterator[WorkKey]:
    """What this person must see to that belongs to no case. `backup_at`: of the newest copy."""
    may = uow.actor.may
    if clock_warning(uow) is not None:
        yield WorkKey(WorkKind.CLOCK, urgency=Urgency.LATE)
    yield from _drafts(uow)
    if may(Permission.PACKAGE_SEND):
        yield from _packages(uow)
    if may(Permission.ROSTER_WRITE):
        for term in committee_terms(uow):
            due_on = term.due.due_on
            urgency = urgency_of(due_on, uow.today(), (due_on - uow.today()).days)
            yield WorkKey(WorkKind.TERM, 0, term.committee_id, due_on, RuleCode.TERM, urgency)
    if may(Permission.SETTINGS_WRITE):
        yield from _calendar(uow)
        if backup_at is not None and days_since(uow, backup_at) >= LATE_DAYS:
            yield WorkKey(WorkKind.BACKUP, subject=backup_at.isoformat(), urgency=Urgency.NEAR)


def days_since(uow: UnitOfWork, moment: datetime) -> int:
    """So many days ago, by the office's calendar."""
    return (uow.today() - moment.astimezone(uow.zone).date()).days


def _drafts(uow: UnitOfWork) -> Iterator[WorkKey]:
    rows = select(Draft.kind, Draft.subject).where(Draft.user_id == uow.actor.user_id)
    for kind, subject in uow.session.execute(rows.order_by(Draft.saved_at.desc())):
        yield WorkKey(WorkKind.DRAFT, subject=subject, code=kind)


def _packages(uow: UnitOfWork) -> Iterator[WorkKey]:
    """The cases that wait to be packed, the packages that wait to be carried, those nobody acknowledged."""
    outbox = view_outbox(uow)
    if outbox.county is not None and outbox.waiting_cases:
        last = outbox.last_sent_at
        late = last is None or days_since(uow, last) >= LATE_DAYS
        yield WorkKey(WorkKind.PACKAGE, urgency=Urgency.NEAR if late else Urgency.REST)
    open_ones = select(Package).where(
        Package.direction == OUT, Package.state.in_((OutboxState.READY, OutboxState.SENT))
    )
    for row in uow.session.scalars(open_ones.order_by(Package.seq)):
        moment = row.sent_at or row.made_at
        urgency = Urgency.NEAR if days_since(uow, moment) >= LATE_DAYS else Urgency.REST
        kind = WorkKind.UNACKED if row.state == OutboxState.SENT else WorkKind.PACKAGE
        yield WorkKey(kind, subject=row.id, urgency=urgency)


def _calendar(uow: UnitOfWork) -> Iterator[WorkKey]:
    """This year's table is missing, or at its end the next one's."""
    today = uow.today()
    for year in read_calendar(uow).missing:
        if year == today.year or today.month >= NOTICE_MONTH:
            yield WorkKey(WorkKind.CALENDAR, subject=str(year), urgency=Urgency.NEAR)
