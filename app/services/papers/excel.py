"""The office's books as Excel files; the audit says which and how many rows, nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import CaseSource, PartyRole
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.domain.papers.books import BookId, CaseRegisterRow, RosterRow
from app.domain.progress import Progress, Silent
from app.domain.values.catalogues import type_a_name
from app.models.agreement import Agreement
from app.models.case import Case, current_parties
from app.reports import write_book
from app.services.cases.listing import list_case_ids
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.services.roster.book import roster_rows

_PAGE = 200
_SOURCES = {
    CaseSource.OWN_INITIATIVE: "主动调解",
    CaseSource.APPLICATION: "依申请调解",
    CaseSource.COURT: "法院委托移送",
    CaseSource.POLICE: "公安机关委托移送",
    CaseSource.PROCURATORATE: "检察院委托移送",
    CaseSource.PETITION_OFFICE: "信访部门委托移送",
    CaseSource.OTHER_DEPARTMENT: "其他部门委托移送",
}
_STATUSES = {
    CaseStatus.REGISTERED: "待受理",
    CaseStatus.TRIAGE: "甄别分流",
    CaseStatus.ACCEPTED: "已受理",
    CaseStatus.REJECTED: "不予受理",
    CaseStatus.TRANSFERRED: "已移送",
    CaseStatus.ESCALATED: "已上报县中心",
    CaseStatus.RETURNED: "县中心退回",
    CaseStatus.TAKEN_OVER: "县中心办理",
    CaseStatus.JOINT: "联合办理",
    CaseStatus.WITHDRAWN: "已撤回",
    CaseStatus.MERGED: "已并案",
    CaseStatus.ON_SPOT: "当场化解",
    CaseStatus.ASSIGNED: "待排期",
    CaseStatus.INVESTIGATING: "调查中",
    CaseStatus.SCHEDULED: "已排期",
    CaseStatus.IN_SESSION: "调解中",
    CaseStatus.SUSPENDED: "已中止",
    CaseStatus.PARTIAL: "部分达成",
    CaseStatus.AGREED_ORAL: "口头达成",
    CaseStatus.AGREED_WRITTEN: "待打印",
    CaseStatus.SIGNING: "待签署",
    CaseStatus.TERMINATED: "调解不成",
    CaseStatus.EFFECTIVE: "已生效",
    CaseStatus.PERFORMING: "履行中",
    CaseStatus.PERFORMED: "已履行",
    CaseStatus.BREACHED: "未履行",
    CaseStatus.FOLLOWED_UP: "已回访",
    CaseStatus.CLOSED: "已结案",
    CaseStatus.STRUCK_OFF: "已销号",
    CaseStatus.REOPENED: "已重新立案",
    CaseStatus.ARCHIVED: "已归档",
    CaseStatus.REPORTED: "已备案",
}
_FORMS = {"written": "书面", "oral": "口头"}


@job(needs=Permission.EXCEL_EXPORT)
def export_case_register(steps: Steps, query: CaseQuery, progress: Progress | None = None) -> bytes:
    """The cases a list shows, in its order, as 案件台账 (.xlsx bytes); others work on meanwhile."""
    wanted = steps.run(list_case_ids, query)
    rows = _read_by_pages(steps, wanted, progress or Silent())
    return _finish(steps, BookId.CASE_REGISTER, rows)


@job(needs=Permission.EXCEL_EXPORT)
def export_roster(steps: Steps, with_numbers: bool = False, progress: Progress | None = None) -> bytes:
    """The mediators as 调解员名册 (.xlsx bytes); identity numbers only when they are asked for, as text."""
    (progress or Silent()).step(0, 1)
    return _finish(steps, BookId.ROSTER, steps.run(roster_rows, with_numbers))


def _finish(steps: Steps, book: BookId, rows: Iterable[CaseRegisterRow | RosterRow]) -> bytes:
    """Write the book while no transaction is open, then note what left the office."""
    title, on = steps.run(book_cover)
    counted = _Counted(rows)
    made = write_book(book, counted, title, on)
    steps.run(note_export, book, counted.count)
    return made


class _Counted:
    """Rows passed on one by one, and how many there were."""

    def __init__(self, rows: Iterable[CaseRegisterRow | RosterRow]) -> None:
        self.count = 0
        self._rows = rows

    def __iter__(self) -> Iterator[CaseRegisterRow | RosterRow]:
        for row in self._rows:
            self.count += 1
            yield row


def _read_by_pages(steps: Steps, sks: Sequence[int], progress: Progress) -> Iterator[CaseRegisterRow]:
    for start in range(0, len(sks), _PAGE):
        yield from steps.run(register_rows, sks[start : start + _PAGE])
        progress.step(min(start + _PAGE, len(sks)), len(sks))


@use_case(needs=Permission.EXCEL_EXPORT, writes=False)
def book_cover(uow: UnitOfWork) -> tuple[str, date]:
    """The office's name and the day, as they stand over a book."""
    return uow.office().name, uow.today()


@use_case(needs=Permission.EXCEL_EXPORT)
def note_export(uow: UnitOfWork, book: BookId, rows: int) -> None:
    """Write into the audit that a book left the office, and how many rows it has."""
    uow.note("", book=book, rows=rows)


@use_case(needs=Permission.EXCEL_EXPORT, writes=False)
def register_rows(uow: UnitOfWork, sks: Sequence[int]) -> tuple[CaseRegisterRow, ...]:
    """These cases as the register prints them, in the order asked; what is gone meanwhile is left out."""
    cases = {case.sk: case for case in uow.session.scalars(select(Case).where(Case.sk.in_(list(sks))))}
    ids = [case.id for case in cases.values()]
    settled = select(Agreement.case_id, Agreement.form).where(Agreement.case_id.in_(ids))
    forms = {case_id: _FORMS[form] for case_id, form in uow.session.execute(settled)}
    return tuple(_row(cases[sk], forms.get(cases[sk].id, "")) for sk in sks if sk in cases)


def _row(case: Case, form: str) -> CaseRegisterRow:
    mediators = [row.mediator_name for row in case.assignments if row.ended_on is None]
    return CaseRegisterRow(
        number=case.number,
        accepted_on=case.accepted_on,
        applicants=_names(case, PartyRole.APPLICANT),
        respondents=_names(case, PartyRole.RESPONDENT),
        dispute_type=type_a_name(case.type_a),
        source=_SOURCES[CaseSource(case.source)],
        place=case.place,
        mediators="、".join(mediators),
        form=form,
        amount_fen=case.amount_fen,
        status=_STATUSES[CaseStatus(case.status)],
        closed_on=case.refused_on,
    )


def _names(case: Case, role: PartyRole) -> str:
    return "、".join(party.name for party in current_parties(case) if party.role == role)
