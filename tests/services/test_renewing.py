"""A file an older program wrote is found and listed as this program does it, and no case changes by it."""

from sqlalchemy import text

from app.domain.lists import CaseQuery
from app.services.cases.listing import list_case_ids
from app.services.cases.people import suggest_people
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.services.search.finding import find_everything
from app.services.search.renewing import renew_index
from tests.conftest import intake
from tests.services.deeds import picture

SOUGHT = "改建屋檐"


def forget(workspace: Workspace) -> None:
    """As an older program left it: no words of the request, no holder, no dates, no sounds."""
    with workspace._engine.begin() as connection:
        for statement in (
            "DELETE FROM case_search",
            "UPDATE case_text SET folded = ''",
            "UPDATE case_list SET holder = '', idle = 0",
            "DELETE FROM case_due",
            "DELETE FROM person_search",
            "UPDATE person SET sound = ''",
        ):
            connection.execute(text(statement))


def test_an_older_file_is_renewed_once_and_no_case_changes(workspace: Workspace) -> None:
    for _ in range(3):
        workspace.run(register_case, intake(request=SOUGHT))
    before = picture(workspace)
    searched = workspace.run(find_everything, SOUGHT).value
    assert len(searched.cases) == 3
    forget(workspace)
    assert workspace.run(find_everything, SOUGHT).value.cases == ()
    assert workspace.run(renew_index).value > 3
    after = picture(workspace)
    assert [key for key in before if key != "setting" and without(before, key) != without(after, key)] == []
    assert workspace.run(find_everything, SOUGHT).value == searched
    assert len(workspace.run(list_case_ids, CaseQuery()).value) == 3
    assert workspace.run(suggest_people, "张㛃").value != ()
    assert workspace.run(renew_index).value == 0


def without(found: dict, table: str) -> list:
    """The rows of a table; the version of a person's row may grow, and dates may get new numbers."""
    keys = {"row_version", "n"}
    rows = [{key: value for key, value in row.items() if key not in keys} for row in found[table]]
    return sorted(rows, key=repr)
