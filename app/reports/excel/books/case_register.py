"""案件台账: one line a case."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.papers.books import CaseRegisterRow
from app.reports.excel.sheet import Column, Kind, Sheet, Value, write

TITLE = "案件台账"

_COLUMNS = (
    Column("序号", 6, Kind.INT),
    Column("案号", 26),
    Column("受理日期", 12, Kind.DATE),
    Column("申请人", 18),
    Column("被申请人", 18),
    Column("纠纷类型", 14),
    Column("案件来源", 14),
    Column("纠纷发生地", 20),
    Column("调解员", 14),
    Column("协议形式", 10),
    Column("涉及金额（元）", 14, Kind.MONEY),
    Column("办理状态", 10),
    Column("结案日期", 12, Kind.DATE),
)


def _lines(rows: Iterable[CaseRegisterRow]) -> Iterator[tuple[Value, ...]]:
    for number, row in enumerate(rows, 1):
        yield (
            number,
            row.number,
            row.accepted_on,
            row.applicants,
            row.respondents,
            row.dispute_type,
            row.source,
            row.place,
            row.mediators,
            row.form,
            row.amount_fen,
            row.status,
            row.closed_on,
        )


def build(rows: Iterable[CaseRegisterRow], office: str, on: date) -> bytes:
    """The register of `office` as it stood on a day."""
    headings = (f"{office}{TITLE}", f"导出日期：{on.isoformat()}")
    return write([Sheet(TITLE, _COLUMNS, _lines(rows), headings)])
