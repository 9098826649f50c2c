"""Hearings for other calendar programs: one, or those of some days, as an .ics file."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.hearings import HearingStatus
from app.domain.schedule.events import CalendarEvent
from app.models.case import Case
from app.models.hearing import Hearing
from app.reports.ics import write_calendar
from app.services.hearings.notices import mediators_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_WORDS = {"mediation": "调解会", "hearing": "听证会", "conference": "会诊", "visit": "上门调解"}


@use_case(needs=Permission.EXCEL_EXPORT)
def export_hearing(uow: UnitOfWork, hearing_id: str) -> bytes:
    """One hearing as an .ics file; one called off says so, that calendars take it out. Refuses NOT_FOUND."""
    hearing = uow.get(Hearing, hearing_id)
    uow.note(hearing_id, count=1)
    return _written(uow, [(hearing, uow.get(Case, hearing.case_id))])


@use_case(needs=Permission.EXCEL_EXPORT)
def export_hearings(uow: UnitOfWork, first: date, last: date) -> bytes:
    """The hearings from `first` to `last` as an .ics file, those called off as such."""
    found = uow.session.execute(
        select(Hearing, Case)
        .join(Case, Case.id == Hearing.case_id)
        .where(Hearing.day.between(first, last))
        .order_by(Hearing.day, Hearing.start, Hearing.id)
    )
    rows = [(hearing, case) for hearing, case in found]
    uow.note("", first=first.isoformat(), last=last.isoformat(), count=len(rows))
    return _written(uow, rows)


def _written(uow: UnitOfWork, rows: Iterable[tuple[Hearing, Case]]) -> bytes:
    return write_calendar([_event(uow, hearing, case) for hearing, case in rows], uow.now())


def _event(uow: UnitOfWork, hearing: Hearing, case: Case) -> CalendarEvent:
    said = [case.number, "、".join(mediators_of(case)), uow.office().phone]
    return CalendarEvent(
        uid=f"{hearing.id}@xianghe",
        sequence=hearing.row_version - 1,
        status=HearingStatus(hearing.status),
        starts=_moment(uow, hearing.day, hearing.start),
        ends=_moment(uow, hearing.day, hearing.end),
        summary=f"{_WORDS[hearing.kind]}：{case.title}",
        place=hearing.place,
        description="\n".join(part for part in said if part),
    )


def _moment(uow: UnitOfWork, day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), uow.zone) + timedelta(minutes=minutes)
