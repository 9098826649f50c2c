"""Numbers of cases and papers: taken once, never reused, void with a reason."""

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.settings import PATTERN_OF
from app.domain.values.numbers import NumberPattern, NumberRow, Series
from app.models.office import IssuedNumber
from app.models.office import Series as SeriesRow
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


def take_number(uow: UnitOfWork, series: Series, subject_id: str | None = None) -> str:
    """The next number of a series this year. The row stays locked until the action ends.

    Numbers of two installations differ by the node letter, so both may issue while apart.
    """
    pattern = NumberPattern.parse(setting(uow, PATTERN_OF[series]))
    if not isinstance(pattern, NumberPattern):
        raise Refused(Reason.BAD_PATTERN, missing=())
    year = uow.today().year
    row = uow.session.scalars(
        select(SeriesRow).where(SeriesRow.kind == series, SeriesRow.year == year).with_for_update()
    ).one_or_none() or SeriesRow(kind=series, year=year, last=0)
    row.last, text = _free(uow, pattern, year, row.last)
    uow.session.add(row)
    issued = IssuedNumber(
        kind=series, year=year, seq=row.last, text=text, subject_id=subject_id, issued_at=uow.now(),
        issued_by=uow.actor.user_id,
    )  # fmt: skip
    uow.session.add(issued)
    uow.session.flush()
    return text


def _free(uow: UnitOfWork, pattern: NumberPattern, year: int, last: int) -> tuple[int, str]:
    """The next number nobody has; a pattern another series had before passes over what it wrote then."""
    office = uow.office()
    while True:
        last += 1
        text = pattern.render(org=office.short_name, year=year, node=office.node_letter, seq=last)
        if uow.session.scalars(select(IssuedNumber.id).where(IssuedNumber.text == text)).first() is None:
            return last, text


@use_case(needs=Permission.NUMBER_VOID)
def void_number(uow: UnitOfWork, series: Series, reason: str) -> NumberRow:
    """Take the next number of a series out of use (a spoiled paper, a paper book's number) and keep why."""
    if not reason.strip():
        raise Refused(Reason.INVALID, problems=(Problem("reason", "required"),))
    text = take_number(uow, series)
    row = uow.session.scalars(select(IssuedNumber).where(IssuedNumber.text == text)).one()
    row.void_reason = reason.strip()
    uow.session.flush()
    uow.note(row.id, series=series, number=text)
    uow.changed(Topic.NUMBERS)
    return _row(row)


@use_case(needs=Permission.READ, writes=False)
def list_numbers(uow: UnitOfWork, series: Series, year: int) -> tuple[NumberRow, ...]:
    """Every number of a series in a year, used and void, in order."""
    found = uow.session.scalars(
        select(IssuedNumber)
        .where(IssuedNumber.kind == series, IssuedNumber.year == year)
        .order_by(IssuedNumber.seq)
    )
    return tuple(_row(row) for row in found)


def _row(row: IssuedNumber) -> NumberRow:
    return NumberRow(row.text, row.seq, row.void_reason, row.issued_at)
