"""Reads the first page of a list straight from the file, before the heavy libraries are there."""

from datetime import date, timedelta
from typing import Any, Protocol

from app.domain.cases import CaseRow, CaseStatus, Step
from app.domain.lists import NEAR_DAYS


class Reading(Protocol):
    """A connection of the driver."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Run one statement."""


_COLUMNS = """l.sk, l.case_id, l.org, l.number, l.parties, l.type_a, l.status, l.mediators, l.received_on,
  l.amount_fen, l.step, l.risky, l.open"""
# Of a settled case the next of its dates, else the last promise past its day; of an open one its row's.
_SHOWN = """CASE WHEN l.open THEN l.{field} ELSE coalesce((SELECT d.{value} FROM case_due d
  WHERE d.sk = l.sk AND (d.due_on >= :today OR d.code = 'T-PERF')
  ORDER BY d.due_on < :today, CASE WHEN d.due_on >= :today THEN d.due_on END, d.due_on DESC, d.code LIMIT 1),
  l.{field}) END"""
_DATES = f"{_SHOWN.format(field='due_on', value='due_on')}, {_SHOWN.format(field='due_code', value='code')}"
_LATEST = f"SELECT {_COLUMNS}, {_DATES} FROM case_list l ORDER BY l.sk DESC LIMIT :most"  # noqa: S608 - own words
# The numbers of the rows come from an index; only the rows of the page are read.
_WORK = f"""
WITH own AS (SELECT sk FROM case_list WHERE instr(mediator_ids, :own)),
near AS (
  SELECT sk, due_on FROM case_list WHERE open = 1 AND (:own = '' OR sk IN own)
  UNION ALL
  SELECT sk, min(due_on) FROM case_due
  WHERE code IN ('T-CONF', 'T-PERF') AND due_on BETWEEN :today AND :until AND (:own = '' OR sk IN own)
  GROUP BY sk
)
SELECT {_COLUMNS}, {_DATES}
FROM (SELECT sk, due_on FROM near ORDER BY due_on NULLS LAST, sk LIMIT :most) x
CROSS JOIN case_list l ON l.sk = x.sk ORDER BY x.due_on NULLS LAST, x.sk
"""  # noqa: S608 - own words


def first_page(connection: Reading, limit: int, today: date) -> tuple[CaseRow, ...]:
    """The latest cases, as the case list opens on `today`; one statement on an open driver connection."""
    asked = {"today": today.isoformat(), "most": limit}
    return tuple(_row(values) for values in connection.execute(_LATEST, asked))


def first_work(connection: Reading, limit: int, today: date, mediator_id: str = "") -> tuple[CaseRow, ...]:
    """The worklist as it opens on `today`; a mediator's own when one is named. Same rows as `work_ids`."""
    until = today + timedelta(days=NEAR_DAYS)
    asked = {"own": mediator_id, "today": today.isoformat(), "until": until.isoformat(), "most": limit}
    return tuple(_row(values) for values in connection.execute(_WORK, asked))


def _row(values: tuple[Any, ...]) -> CaseRow:
    sk, case_id, org, number, parties, type_a, status, mediators, received_on, *rest = values
    amount_fen, step, risky, is_open, due_on, due_code = rest
    return CaseRow(
        sk=sk,
        id=case_id,
        org=org,
        number=number,
        parties=parties,
        type_a=type_a,
        status=CaseStatus(status),
        mediators=mediators,
        received_on=date.fromisoformat(received_on),
        amount_fen=amount_fen,
        step=Step(step),
        due_on=date.fromisoformat(due_on) if due_on else None,
        due_code=due_code,
        risky=bool(risky),
        open=bool(is_open),
    )
