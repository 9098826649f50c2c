"""The working-day calendar of this office: shipped notices, and those it imports year by year (2.6, 12.5)."""

from pathlib import Path

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.work_calendar import CalendarView, YearPreview
from app.domain.values.calendar import HolidayTableError, HolidayYear, plain_year
from app.domain.values.holiday_table import MOST_ROWS, read_holiday_rows, read_holiday_text
from app.models.local import CalendarYear
from app.reports.excel.reading import UnreadableSheetError, read_first_sheet
from app.services.kernel.rulebook import calendar, forget_rulebook
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.rules.recounting import recount_dates

MOST_MEGABYTES = 2
YEARS_AHEAD = 1
_WORKBOOK = b"PK"


def read_calendar_file(path: Path) -> dict[int, HolidayYear]:
    """The notices in a file of the office: JSON, CSV or Excel, told by its content, not its name.

    Refuses NO_SUCH_PLACE when it cannot be read, BAD_CALENDAR with what is wrong and where. The shapes are
    said in `domain.values.holiday_table`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    except OSError as cause:
        raise Refused(Reason.NO_SUCH_PLACE, path=path) from cause
    try:
        if len(data) > MOST_MEGABYTES * 1024 * 1024:
            raise HolidayTableError("calendar_large", most=MOST_MEGABYTES)
        if data.startswith(_WORKBOOK):
            return read_holiday_rows(read_first_sheet(data, MOST_ROWS + 2))
        return read_holiday_text(data)
    except HolidayTableError as wrong:
        raise Refused(Reason.BAD_CALENDAR, what=wrong.problem) from wrong
    except UnreadableSheetError as wrong:
        raise Refused(Reason.BAD_CALENDAR, what=Problem("file", "calendar_unreadable")) from wrong


@use_case(needs=Permission.READ, writes=False)
def read_calendar(uow: UnitOfWork) -> CalendarView:
    """The calendar, and which of this year and the next are missing."""
    known = calendar(uow)
    imported = frozenset(uow.session.scalars(select(CalendarYear.year)))
    wanted = range(uow.today().year, uow.today().year + YEARS_AHEAD + 1)
    return CalendarView(known.years, imported, tuple(year for year in wanted if not known.knows(year)))


@use_case(needs=Permission.SETTINGS_WRITE, writes=False)
def preview_calendar(uow: UnitOfWork, path: Path) -> tuple[YearPreview, ...]:
    """What a file holds, beside what is known; nothing is changed. Refuses as `read_calendar_file`."""
    known = {notice.year: notice for notice in calendar(uow).years}
    found = read_calendar_file(path)
    return tuple(YearPreview(found[year], known.get(year)) for year in sorted(found))


@use_case(needs=Permission.SETTINGS_WRITE)
def import_calendar(uow: UnitOfWork, path: Path) -> tuple[int, ...]:
    """Take the years of a file into the calendar, in place of what was known of them; counts all dates anew.

    Answers the years. Refuses as `read_calendar_file`; then nothing has changed.
    """
    found = read_calendar_file(path)
    rows = {row.year: row for row in uow.session.scalars(select(CalendarYear))}
    for year, notice in found.items():
        row = rows.get(year) or CalendarYear(year=year)
        row.source, row.body = notice.source, plain_year(notice)
        uow.session.add(row)
    forget_rulebook(uow)
    recount_dates(uow)
    uow.note("", years=sorted(found))
    uow.changed(Topic.SETTINGS, Topic.CASES, Topic.HEARINGS)
    return tuple(sorted(found))
