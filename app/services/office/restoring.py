"""A copy put back as the office's file: what the lost file issued since is never issued again."""

from datetime import UTC, datetime
from pathlib import Path

from app.db.copy_mark import clear_mark, copied_at, count_restored
from app.domain.actor import Permission
from app.domain.values.numbers import Series
from app.models.office import Series as SeriesRow
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

NUMBERS_A_DAY = 100
"""More than any office issues of one series in a day; so many are left out for each day since the copy."""

_FIRST_HOUR = datetime(2026, 1, 1, tzinfo=UTC)


@use_case(needs=Permission.READ)
def begin_again(uow: UnitOfWork, data_file: Path) -> None:
    """Begin a new incarnation of this installation when its file is a copy that was put back.

    Numbers and packages made after the copy are known elsewhere only. Every series of this year goes on at a
    distance no office can have come meanwhile, and packages start a new stream, so that the county takes them
    for what they are. The audit says from where to where. Nothing happens to a file that is no fresh copy.
    """
    run = uow.session.connection().exec_driver_sql
    copied = copied_at(run)
    if copied is None:
        return
    times = count_restored(data_file)
    days = max(0, (uow.now() - copied).days) + times
    office = uow.office()
    # Hours tell two copies put back on different PCs apart, the count two put back here in one hour.
    hours = int((uow.now() - _FIRST_HOUR).total_seconds()) // 3600
    office.inc = max(office.inc, hours) + times
    moved = {str(series): _left_out(uow, series, days * NUMBERS_A_DAY) for series in Series}
    uow.note(office.id, copied=copied.isoformat(), inc=office.inc, left_out=moved)
    clear_mark(run)


def _left_out(uow: UnitOfWork, series: Series, count: int) -> list[int]:
    """Move a series forward; the first and the last number that was left out."""
    year = uow.today().year
    row = uow.session.get(SeriesRow, (series, year)) or SeriesRow(kind=series, year=year, last=0)
    first = row.last + 1
    row.last += count
    uow.session.add(row)
    return [first, row.last]
