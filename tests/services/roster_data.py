"""People and cases the roster and list tests lean on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.errors import Refused
from app.domain.roster import CommitteeInput, CommitteeKind, MediatorInput, MediatorRow
from app.services.cases.decisions import accept_case
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.services.roster.entries import save_mediator
from tests.conftest import intake, person

COMMITTEE = CommitteeInput(
    name="平乡镇人民调解委员会",
    kind=CommitteeKind.TOWNSHIP,
    term_start=date(2026, 1, 1),
    phone="0319-1234567",
)


def refusal(workspace: Workspace, use_case: Any, *arguments: Any) -> Refused:
    """What the person is refused."""
    with pytest.raises(Refused) as caught:
        workspace.run(use_case, *arguments)
    return caught.value


def audited(workspace: Workspace, action: str) -> list[str]:
    """The objects of an action in the audit, in order."""
    with workspace._engine.connect() as connection:
        rows = connection.execute(
            text("SELECT object_id FROM audit WHERE action = :a ORDER BY n"), {"a": action}
        )
        return [row[0] for row in rows]


def mediator(workspace: Workspace, name: str = "周国平", **fields: Any) -> MediatorRow:
    """A mediator of the roster."""
    return workspace.run(
        save_mediator, replace(MediatorInput(name=name, birth=date(1970, 1, 1)), **fields)
    ).value


def registered(
    workspace: Workspace, applicant: str = "张㛃", respondent: str = "李䶮", **fields: Any
) -> CaseView:
    """A registered case between two people known by their names only."""
    parties = (
        person("a", PartyRole.APPLICANT, applicant),
        person("b", PartyRole.RESPONDENT, respondent, consent=Consent.ORAL),
    )
    return workspace.run(register_case, intake(**{"parties": parties, **fields})).value


def accepted(
    workspace: Workspace, applicant: str = "张㛃", respondent: str = "李䶮", **fields: Any
) -> CaseView:
    """An accepted case."""
    case = registered(workspace, applicant, respondent, **fields)
    return workspace.run(accept_case, case.id, True, False).value
