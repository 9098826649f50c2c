"""调解员名册: one line a mediator."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.papers.books import RosterRow
from app.reports.excel.sheet import Column, Kind, Sheet, Value, write

TITLE = "调解员名册"

_COLUMNS = (
    Column("序号", 6, Kind.INT),
    Column("姓名", 12),
    Column("性别", 6),
    Column("民族", 8),
    Column("出生日期", 12, Kind.DATE),
    Column("身份证号", 21),
    Column("文化程度", 10),
    Column("电话", 16),
    Column("所属调委会", 24),
    Column("职务", 10),
    Column("专职/兼职", 10),
    Column("专长类型", 20),
    Column("语言/方言", 14),
    Column("调解员证号", 16),
    Column("聘任日期", 12, Kind.DATE),
    Column("任期届满", 12, Kind.DATE),
    Column("在办案件", 8, Kind.INT),
    Column("状态", 8),
)


def _lines(rows: Iterable[RosterRow]) -> Iterator[tuple[Value, ...]]:
    for number, row in enumerate(rows, 1):
        yield (
            number,
            row.name,
            row.sex,
            row.nation,
            row.born_on,
            row.id_no,
            row.education,
            row.phone,
            row.committee,
            row.post,
            row.employment,
            row.specialities,
            row.languages,
            row.certificate_no,
            row.appointed_on,
            row.term_ends_on,
            row.open_cases,
            row.status,
        )


def build(rows: Iterable[RosterRow], office: str, on: date) -> bytes:
    """The roster of `office` as it stood on a day."""
    headings = (f"{office}{TITLE}", f"导出日期：{on.isoformat()}")
    return write([Sheet(TITLE, _COLUMNS, _lines(rows), headings)])
