"""Keeps the narrow list row and the search entries of a case equal to the case, in the same transaction."""

import re
from datetime import date
from functools import cache

from sqlalchemy import select, text

from app.domain.cases import PartyRole, joined_parties
from app.domain.flow import (
    DECLINED,
    ELSEWHERE,
    MEDIATING,
    NO_LONGER_OPEN,
    SETTLED,
    CaseStatus,
    Outcome,
    next_step_of,
)
from app.domain.roster import AssignmentRole
from app.domain.values.numbers import org_of_node
from app.domain.values.search_tokens import SearchTokens, tokens
from app.domain.values.text import InitialsTable, initials_of, load_initials, name_runs
from app.models.case import Case, CaseDue, CaseListRow, CaseText, current_parties
from app.models.flow import Referral
from app.models.people import Person
from app.runtime import resource
from app.services.kernel.deadlines import deadlines_of, next_deadline
from app.services.kernel.unit_of_work import UnitOfWork

HOLDER = 50
"""Characters of the holder on a list row."""
_ENTRY = "INSERT INTO {table}(rowid, name, ini, num, txt) VALUES (:sk, :name, :ini, :num, :txt)"


@cache
def initials() -> InitialsTable:
    """The table of pinyin initials, read once."""
    return load_initials(resource("data", "pinyin_initials.json").read_bytes())


def project_cases(uow: UnitOfWork, case_ids: set[str]) -> None:
    """Rewrite list row, search entry and revision of every case that changed in this unit."""
    for case_id in sorted(case_ids):
        case = uow.session.get(Case, case_id)
        if case is None:
            continue
        if not uow.keeps_revisions:
            case.rev += 1
        _write_list_row(uow, case)
        _index_case(uow, case)
    uow.session.flush()


def renew_rows(uow: UnitOfWork, case: Case) -> None:
    """Rewrite list row and search entry of a case that did not change: the program keeps more of it now."""
    _write_list_row(uow, case)
    _index_case(uow, case)
    uow.session.flush()


def _write_list_row(uow: UnitOfWork, case: Case) -> None:
    row = uow.session.get(CaseListRow, case.sk) or CaseListRow(sk=case.sk)
    status = CaseStatus(case.status)
    dates = deadlines_of(uow, case)
    deadline = next_deadline(uow, case, dates)
    active = [a for a in case.assignments if a.ended_on is None]
    row.case_id = case.id
    row.org = org_of_node(case.owner)
    row.number = case.number
    row.parties = _parties_line(case)
    row.type_a = case.type_a
    row.status = case.status
    row.mediators = "、".join(a.mediator_name for a in active)
    row.mediator_ids = " ".join(a.mediator_id for a in active)
    row.received_on = case.received_at.astimezone(uow.zone).date()
    row.amount_fen = case.amount_fen
    row.step = next_step_of(status, Outcome(case.outcome) if case.outcome else None)
    row.due_on = deadline.due_on if deadline else None
    row.due_code = deadline.code if deadline else ""
    row.risky = bool(case.risk_flags)
    row.open = status not in NO_LONGER_OPEN
    row.holder = holder_of(uow, case)[:HOLDER]
    row.idle = idle_of(uow, case.owner, status, row.due_on)
    uow.session.add(row)
    _write_dates(uow, case.sk, {(found.due_on, str(found.code)) for found in dates})


def idle_of(uow: UnitOfWork, owner: str, status: CaseStatus, due_on: date | None) -> bool:
    """Whether nothing will remind anybody of a case of this office that somebody still has to bring on.

    A date counts only as long as something can be done by it; what was declined waits to be closed.
    """
    waits = status not in NO_LONGER_OPEN or status in SETTLED | DECLINED
    return due_on is None and owner == uow.office().node and waits


def holder_of(uow: UnitOfWork, case: Case) -> str:
    """Who has the case in hand: the other office, the leading mediator, else who received it first."""
    status = CaseStatus(case.status)
    if status in ELSEWHERE:
        sent = select(Referral.unit).where(Referral.case_id == case.id).order_by(Referral.id.desc())
        if unit := uow.session.scalars(sent.limit(1)).first():
            return unit
    if status in MEDIATING | SETTLED | {CaseStatus.ON_SPOT, CaseStatus.TERMINATED}:
        leads = [row for row in case.assignments if row.ended_on is None and row.role == AssignmentRole.LEAD]
        if leads:
            return leads[0].mediator_name
    return case.first_contact or case.registrar


def project_dates(uow: UnitOfWork, case: Case) -> None:
    """Rewrite only the dates of a case: not the case changed, but a rule or the calendar."""
    row = uow.session.get(CaseListRow, case.sk)
    if row is None:
        return
    dates = deadlines_of(uow, case)
    deadline = next_deadline(uow, case, dates)
    row.due_on = deadline.due_on if deadline else None
    row.due_code = deadline.code if deadline else ""
    row.idle = idle_of(uow, case.owner, CaseStatus(case.status), row.due_on)
    _write_dates(uow, case.sk, {(found.due_on, str(found.code)) for found in dates})


def _write_dates(uow: UnitOfWork, sk: int, dates: set[tuple[date, str]]) -> None:
    here = uow.session.scalars(select(CaseDue).where(CaseDue.sk == sk))
    known = {(row.due_on, row.code): row for row in here}
    for key in known.keys() - dates:
        uow.session.delete(known[key])
    uow.session.add_all(CaseDue(sk=sk, due_on=due_on, code=code) for due_on, code in dates - known.keys())


def _parties_line(case: Case) -> str:
    def names(role: PartyRole) -> list[str]:
        return [party.name for party in current_parties(case) if party.role == role]

    return joined_parties(names(PartyRole.APPLICANT), names(PartyRole.RESPONDENT))[:120]


def _index_case(uow: UnitOfWork, case: Case) -> None:
    names = [party.name for party in case.parties]
    serial = re.findall("[0-9]+", case.number)[-1:]  # typed alone more often than the whole number
    numbers = [case.number, *serial, *(n for p in case.parties for n in (p.id_no, p.phone, p.uscc) if n)]
    found = _tokens(names, numbers, (case.title, case.summary, case.request, case.place))
    row = uow.session.get(CaseText, case.sk) or CaseText(sk=case.sk, folded="")
    if row.folded == found.folded:  # most actions change no word; writing the index anew costs the most
        return
    _replace(uow, "case_search", case.sk, found)
    row.folded = found.folded
    uow.session.add(row)


def index_person(uow: UnitOfWork, person: Person) -> None:
    """Make a person findable by name, initials and numbers; one merged into another is found as that one."""
    if person.merged_into is not None:
        forget_person(uow, person)
    else:
        _replace(uow, "person_search", person.sk, person_tokens(person))


def forget_person(uow: UnitOfWork, person: Person) -> None:
    """Take a person who is no longer in the register out of the search."""
    uow.session.connection().execute(text("DELETE FROM person_search WHERE rowid = :sk"), {"sk": person.sk})


def person_tokens(person: Person) -> SearchTokens:
    """The words a person is found by; former names hold those of the entries made one with it."""
    former = [name for name in (person.former_names or "").split("、") if name]
    numbers = [n for n in (person.id_no, person.phone, person.uscc) if n]
    return _tokens([person.name, *former], numbers, (person.village, person.address))


def _tokens(names: list[str], numbers: list[str], texts: tuple[str, ...]) -> SearchTokens:
    spoken = [reading for name in names for reading in initials_of(name, initials())]
    return tokens([run for name in names for run in name_runs(name)], spoken, numbers, " ".join(texts))


def _replace(uow: UnitOfWork, table: str, sk: int, found: SearchTokens) -> None:
    connection = uow.session.connection()
    connection.execute(text(f"DELETE FROM {table} WHERE rowid = :sk"), {"sk": sk})  # noqa: S608 - own names
    connection.execute(
        text(_ENTRY.format(table=table)),
        {"sk": sk, "name": found.name, "ini": found.ini, "num": found.num, "txt": found.txt},
    )
