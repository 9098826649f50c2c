"""Reads the first page of a list straight from the file, before the heavy libraries are there."""

from datetime import date
from typing import Any, Protocol

from app.domain.cases import CaseRow, CaseStatus, Step


class Reading(Protocol):
    """A connection of the driver."""

    def execute(self, sql: str, parameters: tuple[Any, ...] = ..., /) -> Any:
        """Run one statement."""


_COLUMNS = """sk, case_id, org, number, parties, type_a, status, mediators, received_on, amount_fen,
  step, due_on, due_code, risky, open"""
_LATEST = f"SELECT {_COLUMNS} FROM case_list ORDER BY sk DESC LIMIT ?"  # noqa: S608 - own words
_WORK = f"SELECT {_COLUMNS} FROM case_list WHERE open = 1 ORDER BY due_on NULLS LAST, sk LIMIT ?"  # noqa: S608
_OWN_WORK = f"""SELECT {_COLUMNS} FROM case_list WHERE open = 1 AND instr(mediator_ids, ?)
  ORDER BY due_on NULLS LAST, sk LIMIT ?"""  # noqa: S608


def first_page(connection: Reading, limit: int) -> tuple[CaseRow, ...]:
    """The latest cases, as the case list opens; one statement on an open driver connection."""
    return tuple(_row(values) for values in connection.execute(_LATEST, (limit,)))


def first_work(connection: Reading, limit: int, mediator_id: str = "") -> tuple[CaseRow, ...]:
    """The open cases by deadline, as the worklist opens; a mediator's own when one is named."""
    if mediator_id:
        return tuple(_row(values) for values in connection.execute(_OWN_WORK, (mediator_id, limit)))
    return tuple(_row(values) for values in connection.execute(_WORK, (limit,)))


def _row(values: tuple[Any, ...]) -> CaseRow:
    sk, case_id, org, number, parties, type_a, status, mediators, received_on, *rest = values
    amount_fen, step, due_on, due_code, risky, is_open = rest
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
