"""Which cases a list shows, in which order, and its rows; reads the narrow copy of the cases only."""

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, column, func, or_, select, table, text

from app.domain.actor import Permission
from app.domain.cases import CaseRow
from app.domain.flow import CaseStatus, Step
from app.domain.lists import CaseQuery, CaseSort
from app.domain.values.search_tokens import match_query, searched, tokens
from app.domain.values.text import initials_of, name_runs
from app.models.case import Assignment, Case, Party
from app.services.cases.due import ROW, shown_date
from app.services.kernel.projection import initials
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_SEARCH = table("case_search", column("rowid"))
_COLUMNS = (
    ROW.sk, ROW.case_id, ROW.org, ROW.number, ROW.parties, ROW.type_a, ROW.status, ROW.mediators,
    ROW.received_on, ROW.amount_fen, ROW.step, ROW.risky, ROW.open,
)  # fmt: skip
_SORTED_BY = {
    CaseSort.RECEIVED: ROW.received_on,
    CaseSort.NUMBER: ROW.number,
    CaseSort.PARTIES: ROW.parties,
    CaseSort.TYPE: ROW.type_a,
    CaseSort.MEDIATORS: ROW.mediators,
    CaseSort.AMOUNT: ROW.amount_fen,
    CaseSort.DUE: ROW.due_on,
}
_A_NUMBER = re.compile(r"[〔（(\[]\s*[0-9]{4}\s*[〕）)\]]")
_BRACKETS = str.maketrans("（([", "〔〔〔") | str.maketrans("）)]", "〕〕〕")
_LAST_CHARACTER = "\U0010ffff"
_CHUNK = 500
FIRST = 200


@use_case(needs=Permission.READ, writes=False)
def list_case_ids(uow: UnitOfWork, query: CaseQuery) -> "array[int]":
    """The row numbers of all cases asked for, in order; `case_rows` gives the rows of a page.

    What is unknown (no amount, no deadline) comes last in either order.
    """
    conditions, verify = _conditions(uow, query)
    found: array[int] = array("q")
    for statement in _ordered(query, conditions):
        found.extend(_row_numbers(uow, statement))
    return array("q", holding(uow, found, verify)) if verify else found


@use_case(needs=Permission.READ, writes=False)
def first_case_ids(uow: UnitOfWork, query: CaseQuery, most: int = FIRST) -> "array[int] | None":
    """The beginning of `list_case_ids`: what a window shows while the rest is still read.

    None where every hit must be compared: the whole list comes as fast.
    """
    conditions, verify = _conditions(uow, query)
    found: array[int] = array("q")
    if verify:
        return None
    for statement in _ordered(query, conditions):
        found.extend(uow.session.scalars(statement.limit(most - len(found))))
        if len(found) >= most:
            break
    return found


def _row_numbers(uow: UnitOfWork, statement: Select[tuple[int]]) -> list[int]:
    """All answers of a statement of one column, in its order.

    They come as one text: fetched one by one a hundred thousand take four times as long and, at each, the
    windows' thread must give way.
    """
    asked = statement.subquery()
    found: list[int] = json.loads(uow.session.scalar(select(func.json_group_array(asked.c[0]))) or "[]")
    return found


@use_case(needs=Permission.READ, writes=False)
def case_rows(uow: UnitOfWork, sks: Sequence[int]) -> tuple[CaseRow, ...]:
    """The rows of these row numbers, in the order asked; what is gone meanwhile is left out."""
    found = {row.sk: row for row in _rows(uow, sks)}
    return tuple(found[sk] for sk in sks if sk in found)


@use_case(needs=Permission.READ, writes=False)
def case_counts(uow: UnitOfWork) -> dict[CaseStatus, int]:
    """How many cases stand in each state."""
    counted = uow.session.execute(select(ROW.status, func.count()).group_by(ROW.status))
    found = {CaseStatus(status): count for status, count in counted}
    return {status: found.get(status, 0) for status in CaseStatus}


def _rows(uow: UnitOfWork, sks: Sequence[int]) -> Iterator[CaseRow]:
    shown = shown_date(uow.today())
    rows = uow.session.execute(select(*_COLUMNS, *shown).where(ROW.sk.in_(list(sks))))
    for sk, case_id, org, number, parties, type_a, status, mediators, received_on, *rest in rows:
        amount_fen, step, risky, is_open, due_on, due_code = rest
        yield CaseRow(
            sk=sk,
            id=case_id,
            org=org,
            number=number,
            parties=parties,
            type_a=type_a,
            status=CaseStatus(status),
            mediators=mediators,
            received_on=received_on,
            amount_fen=amount_fen,
            step=Step(step),
            due_on=due_on,
            due_code=due_code,
            risky=risky,
            open=is_open,
        )


def _ordered(query: CaseQuery, conditions: list[ColumnElement[bool]]) -> Iterator[Select[tuple[int]]]:
    """The statements whose answers, one after the other, are the list: one each, by status one for each."""
    wanted = select(ROW.sk).where(*conditions)
    if query.sort is not CaseSort.STATUS:
        key = _SORTED_BY[query.sort]
        yield wanted.order_by(*(_turned(by, query.descending) for by in (key, ROW.sk)))
        return
    statuses = [status for status in CaseStatus if not query.statuses or status in query.statuses]
    for status in reversed(statuses) if query.descending else statuses:
        yield wanted.where(ROW.status == status).order_by(_turned(ROW.sk, query.descending))


def _turned(key: ColumnElement[Any], descending: bool) -> UnaryExpression[Any]:
    turned = key.desc() if descending else key.asc()
    return turned.nulls_last() if key in (ROW.amount_fen, ROW.due_on) else turned


def _conditions(uow: UnitOfWork, query: CaseQuery) -> tuple[list[ColumnElement[bool]], tuple[str, ...]]:
    found, verify = text_conditions(uow, query.text)
    if query.statuses and query.sort is not CaseSort.STATUS:
        found.append(ROW.status.in_(sorted(query.statuses)))
    if query.type_a:
        found.append(ROW.type_a == query.type_a)
    if query.org:
        found.append(ROW.org == query.org)
    if query.mediator_id:
        found.append(of_mediator(query.mediator_id))
    if query.open_only:
        found.append(ROW.open == 1)
    if query.risky_only:
        found.append(ROW.risky == 1)
    if query.received_from:
        found.append(ROW.received_on >= query.received_from)
    if query.received_to:
        found.append(ROW.received_on <= query.received_to)
    return found, verify


def of_mediator(mediator_id: str) -> ColumnElement[bool]:
    """The cases a mediator has now or had when they were settled."""
    mine = (
        select(ROW.sk)
        .join(Assignment, Assignment.case_id == ROW.case_id)
        .where(Assignment.mediator_id == mediator_id, Assignment.ended_on.is_(None))
    )
    found: ColumnElement[bool] = ROW.sk.in_(mine)
    return found


def text_conditions(uow: UnitOfWork, typed: str) -> tuple[list[ColumnElement[bool]], tuple[str, ...]]:
    """The conditions of a search, and the terms still to be verified by `holding`.

    A case number (a year in brackets) is looked for in case numbers, all else in the search index: 18号 may
    be a house as well, and the words of the numbers are in the index too.
    """
    typed = searched(typed)
    by_number = number_condition(uow, typed)
    if by_number is not None:
        return [by_number], ()
    match = match_query(typed)
    if not match.fts:
        return [], ()
    hits = select(_SEARCH.c.rowid).where(text("case_search MATCH :match").bindparams(match=match.fts))
    return [ROW.sk.in_(hits)], match.verify


def number_condition(uow: UnitOfWork, typed: str) -> ColumnElement[bool] | None:
    """Numbers that begin so, by their index; when none does, numbers that contain it.

    None for what is no case number, which has a year in brackets.
    """
    if not _A_NUMBER.search(typed):
        return None
    spellings = {typed, typed.translate(_BRACKETS)}
    begins = or_(*(ROW.number.between(start, start + _LAST_CHARACTER) for start in sorted(spellings)))
    if uow.session.scalar(select(ROW.sk).where(begins).limit(1)) is not None:
        return begins
    return or_(*(func.instr(ROW.number, part) > 0 for part in sorted(spellings)))


def holding(uow: UnitOfWork, sks: Iterable[int], terms: tuple[str, ...]) -> list[int]:
    """Those of `sks` whose folded text holds every term, in the same order."""
    order = list(sks)
    found: list[int] = []
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        folded = _folded(uow, chunk)
        found.extend(sk for sk in chunk if all(term in folded.get(sk, "") for term in terms))
    return found


def _folded(uow: UnitOfWork, sks: list[int]) -> dict[int, str]:
    """The folded text of cases, made as the search index makes it."""
    people: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    parties = (
        select(Party.case_id, Party.name, Party.id_no, Party.phone, Party.uscc)
        .join(Case, Case.id == Party.case_id)
        .where(Case.sk.in_(sks))
    )
    for case_id, name, *numbers in uow.session.execute(parties):
        people.setdefault(case_id, []).append((name, tuple(number for number in numbers if number)))
    cases = select(Case.sk, Case.id, Case.number, Case.title, Case.summary, Case.request, Case.place).where(
        Case.sk.in_(sks)
    )
    folded = {}
    for sk, case_id, number, *texts in uow.session.execute(cases):
        names = [name for name, _ in people.get(case_id, [])]
        codes = [number, *(code for _, numbers in people.get(case_id, []) for code in numbers)]
        readings = [reading for name in names for reading in initials_of(name, initials())]
        words = tokens([run for name in names for run in name_runs(name)], readings, codes, " ".join(texts))
        folded[sk] = words.folded
    return folded
