"""A case with a row in every part of its bundle: what no use case made here, a filled-in row stands for."""

from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.domain.actor import Permission
from app.models.case import Case
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import save_evidence
from app.services.exchange.body_check import _named_by, _tests
from app.services.exchange.bundles import _value_in, bundle_of, travelling_columns
from app.services.kernel.case_rows import NAMES, PARTS
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.sync.records import read_body
from tests.services.scans import evidence, jpeg, new_file, place

_PLAIN: tuple[Any, ...] = (
    "某人", "2026-09-03", "2026-09-03T01:00:00+00:00", 1, 600, True, [], ["某人"], {"name": "某人"},
    [{"name": "某人"}], [{"name": "某人", "text": "同意"}], {}, "0" * 64, [{"name": "某人", "unit": "某所"}],
    {"name": "某人", "sex": "male", "age": 56, "id_no": "", "unit": "", "address": "", "phone": ""},
)  # fmt: skip


def _words(kind: type[StrEnum] = StrEnum) -> list[StrEnum]:
    """Every word of every list of the program."""
    return [word for one in kind.__subclasses__() for word in (*one, *_words(one))]


def fill_parts(workspace: Workspace, case_id: str) -> None:
    """Give the case evidence with a scan, and a row in every part that has none."""
    line = workspace.run(save_evidence, evidence(workspace, case_id)).value
    workspace.run(add_attachments, place(case_id, evidence_id=line.id), [new_file(jpeg())])
    workspace.run(_fill, case_id)


@use_case(needs=Permission.READ)
def _fill(uow: UnitOfWork, case_id: str) -> None:
    for part, kind in PARTS:
        if uow.session.scalars(select(kind).where(kind.case_id == case_id)).first() is None:
            body = read_body(bundle_of(uow, uow.get(Case, case_id)))
            columns = {column.key: column for column in travelling_columns(kind)}
            row = {key: value for key, value in _row(part, case_id, body).items() if key != "id"}
            uow.session.add(kind(**{key: _value_in(columns[key], value) for key, value in row.items()}))
            uow.session.flush()


def _row(part: str, case_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """A row the check lets pass: each value the first that its test and its references take."""
    made: dict[str, Any] = {"case_id": case_id}
    for key, test in _tests(part):
        target = NAMES.get(f"{part}.{key}")
        ids = [row["id"] for row in body[target]] if target else []
        offered = [*ids, *[[one] for one in ids], *_PLAIN, *map(str, _words()), None]
        if key not in ("id", "case_id"):
            made[key] = next(one for one in offered if test(one) and (not target or _fits(one, ids)))
    return made


def _fits(value: Any, ids: list[str]) -> bool:
    return set(_named_by(value)) <= set(ids)
