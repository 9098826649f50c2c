"""Who may sign in."""

from dataclasses import replace

import pytest

from app.domain.actor import Role
from app.domain.changes import Topic
from app.domain.errors import Reason
from app.domain.office.users import UserChange, UserInput
from app.services.kernel.workspace import Workspace
from app.services.office.users import change_user, create_user, list_users
from tests.conftest import acting
from tests.services.roster_data import audited, mediator, refusal

CLERK = UserInput("li.gy", "李桂英", frozenset({Role.REGISTRAR}))


def test_a_user_is_entered(workspace: Workspace) -> None:
    person = mediator(workspace, "李桂英")
    wanted = replace(CLERK, roles=frozenset({Role.REGISTRAR, Role.MEDIATOR}), mediator_id=person.id)
    outcome = workspace.run(create_user, wanted)
    assert outcome.changes == {Topic.USERS}
    user = outcome.value
    assert (user.login, user.name, user.active, user.mediator_id) == ("li.gy", "李桂英", True, person.id)
    assert user.roles == wanted.roles
    assert [row.login for row in workspace.run(list_users).value] == ["admin", "li.gy"]
    assert audited(workspace, "create_user") == [user.id]
    taken = refusal(workspace, create_user, wanted)
    assert (taken.reason, taken.details["what"]) == (Reason.TAKEN, "li.gy")
    assert (
        refusal(workspace, create_user, replace(CLERK, login="x2", mediator_id="?")).reason
        is Reason.NOT_FOUND
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"login": "L"}, ("login", "bad_login")),
        ({"login": "Li"}, ("login", "bad_login")),
        ({"login": "李桂英"}, ("login", "bad_login")),
        ({"login": "a" * 21}, ("login", "bad_login")),
        ({"login": "li gy"}, ("login", "bad_login")),
        ({"login": "ligy\n"}, ("login", "bad_login")),
        ({"name": ""}, ("name", "name_blank")),
        ({"roles": frozenset()}, ("roles", "required")),
        ({"roles": frozenset({Role.COUNTY_OFFICER})}, ("roles", "not_in_this_office")),
    ],
)
def test_what_cannot_be_a_user(
    workspace: Workspace, changes: dict[str, object], problem: tuple[str, str]
) -> None:
    refused = refusal(workspace, create_user, replace(CLERK, **changes))
    assert refused.reason is Reason.INVALID
    assert [(found.field, found.code) for found in refused.details["problems"]] == [problem]


def test_a_county_has_officers_and_no_registrars(county_workspace: Workspace) -> None:
    officer = replace(CLERK, roles=frozenset({Role.COUNTY_OFFICER}))
    assert county_workspace.run(create_user, officer).value.roles == {Role.COUNTY_OFFICER}
    refused = refusal(county_workspace, create_user, replace(CLERK, login="other"))
    assert refused.details["problems"][0].code == "not_in_this_office"


def test_duties_change_and_an_old_form_is_refused(workspace: Workspace) -> None:
    user = workspace.run(create_user, CLERK).value
    change = UserChange(user.row_version, "李桂芳", frozenset({Role.DIRECTOR}), active=False)
    changed = workspace.run(change_user, user.id, change).value
    assert (changed.name, changed.roles, changed.active) == ("李桂芳", {Role.DIRECTOR}, False)
    assert [row.login for row in workspace.run(list_users).value] == ["admin", "li.gy"]
    assert audited(workspace, "change_user") == [user.id]
    assert refusal(workspace, change_user, user.id, change).reason is Reason.STALE
    current = replace(change, row_version=changed.row_version, roles=frozenset({Role.COUNTY_OFFICER}))
    assert refusal(workspace, change_user, user.id, current).reason is Reason.INVALID
    assert refusal(workspace, change_user, "nobody", change).reason is Reason.NOT_FOUND


@pytest.mark.parametrize(
    ("roles", "active"), [({Role.ADMINISTRATOR}, False), ({Role.DIRECTOR}, True), ({Role.DIRECTOR}, False)]
)
def test_the_last_administrator_stays(workspace: Workspace, roles: set[Role], active: bool) -> None:
    (admin,) = workspace.run(list_users).value
    change = UserChange(admin.row_version, admin.name, frozenset(roles), active)
    assert refusal(workspace, change_user, admin.id, change).reason is Reason.LAST_ADMINISTRATOR
    second = workspace.run(create_user, replace(CLERK, roles=frozenset({Role.ADMINISTRATOR}))).value
    barred = UserChange(second.row_version, second.name, second.roles, active=False)
    second = workspace.run(change_user, second.id, barred).value
    assert refusal(workspace, change_user, admin.id, change).reason is Reason.LAST_ADMINISTRATOR
    workspace.run(change_user, second.id, replace(barred, row_version=second.row_version, active=True))
    assert workspace.run(change_user, admin.id, change).value.active is active


def test_only_administrators_keep_users(workspace: Workspace) -> None:
    acting(workspace, Role.DIRECTOR)
    assert refusal(workspace, create_user, CLERK).reason is Reason.NOT_PERMITTED
    change = UserChange(1, "某某", frozenset({Role.LEADER}), True)
    assert refusal(workspace, change_user, "x", change).reason is Reason.NOT_PERMITTED
