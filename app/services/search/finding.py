"""Search from one box: the newest cases, the people and the mediators that hold what was typed."""

from collections.abc import Iterator

from sqlalchemy import select, text

from app.domain.actor import Permission
from app.domain.roster import MediatorStatus
from app.domain.search import MediatorHit, SearchHits
from app.domain.values.search_tokens import match_query, searched, tokens
from app.domain.values.text import initials_of, name_runs, runs
from app.models.roster import Mediator
from app.services.cases.due import ROW
from app.services.cases.listing import case_rows, holding, number_condition
from app.services.cases.people import find_people
from app.services.kernel.projection import initials
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.assignments import open_cases

PAGE = 50
_LAST = 1 << 62
# FTS5 walks the list of a word backwards: the newest fifty cost the same however many there are.
_NEWEST = text(
    "SELECT rowid FROM case_search WHERE case_search MATCH :match AND rowid < :before"
    " ORDER BY rowid DESC LIMIT :most"
)


@use_case(needs=Permission.READ, writes=False)
def find_everything(uow: UnitOfWork, typed: str) -> SearchHits:
    """The newest fifty cases and people, and mediators that hold every term; nothing typed finds nothing.

    A term is found wherever it is part of a name, its pinyin initials (every reading), a number or the text
    of a case; `search_tokens.match_query` says what one character and few digits find.
    """
    found = _find_cases(uow, typed)
    people = find_people(uow, typed, PAGE + 1)
    return SearchHits(
        cases=case_rows(uow, found[:PAGE]),
        more_cases=len(found) > PAGE,
        people=people[:PAGE],
        more_people=len(people) > PAGE,
        mediators=tuple(_mediators(uow, typed)),
    )


def _find_cases(uow: UnitOfWork, typed: str, most: int = PAGE + 1) -> list[int]:
    """The row numbers of the newest cases that hold what was typed, at most `most`."""
    typed = searched(typed)
    by_number = number_condition(uow, typed)
    if by_number is not None:
        # one walk through the index of numbers; of equal beginnings the highest are the newest
        rows = select(ROW.sk).where(by_number).order_by(ROW.number.desc()).limit(most)
        return list(uow.session.scalars(rows))
    match = match_query(typed)
    if not match.fts:
        return []
    found: list[int] = []
    before = _LAST
    while len(found) < most:
        page = _page(uow, match.fts, before, most)
        found.extend(holding(uow, page, match.verify) if match.verify else page)
        if len(page) < most:
            break
        before = page[-1]
    return found[:most]


def _page(uow: UnitOfWork, match: str, before: int, most: int) -> list[int]:
    return list(uow.session.scalars(_NEWEST, {"match": match, "before": before, "most": most}))


def _mediators(uow: UnitOfWork, typed: str) -> Iterator[MediatorHit]:
    terms = runs(searched(typed))
    if not terms:
        return
    rows = uow.session.scalars(select(Mediator).order_by(Mediator.name))
    hits = [row for row in rows if all(term in _words(row) for term in terms)]
    cases = open_cases(uow) if hits else {}
    for row in hits:
        active = row.status == MediatorStatus.ACTIVE
        yield MediatorHit(row.id, row.name, row.phone, active, cases.get(row.id, 0))


def _words(row: Mediator) -> str:
    numbers = [number for number in (row.phone, row.id_no) if number]
    return tokens(name_runs(row.name), initials_of(row.name, initials()), numbers, "").folded
