"""Who may sign in: what is written down about a user, and which roles an office knows."""

import re
from dataclasses import dataclass

from app.domain.actor import NodeKind, Role
from app.domain.errors import Problem
from app.domain.values.identity import IdFault, check_name

LOGIN = re.compile(r"[a-z0-9._-]{2,20}")
ROLES_OF: dict[NodeKind, frozenset[Role]] = {
    NodeKind.TOWNSHIP: frozenset(Role) - {Role.COUNTY_OFFICER},
    NodeKind.COUNTY: frozenset({Role.COUNTY_OFFICER, Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR}),
}
"""The duties of each kind of office; a county file holds other offices' cases and changes none."""


@dataclass(frozen=True, slots=True)
class UserInput:
    """A new user; `mediator_id` is the mediator this person is, when one."""

    login: str
    name: str
    roles: frozenset[Role]
    mediator_id: str | None = None

    def problems(self, office: NodeKind) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        login = () if LOGIN.fullmatch(self.login) else (Problem("login", "bad_login"),)
        return (*login, *_person_problems(self.name, self.roles, office))


@dataclass(frozen=True, slots=True)
class UserChange:
    """A user's particulars as they shall be; `row_version` is the one the form was opened with."""

    row_version: int
    name: str
    roles: frozenset[Role]
    active: bool
    mediator_id: str | None = None

    def problems(self, office: NodeKind) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return _person_problems(self.name, self.roles, office)


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the list shows it."""

    id: str
    row_version: int
    login: str
    name: str
    roles: frozenset[Role]
    active: bool
    mediator_id: str | None


def _person_problems(name: str, roles: frozenset[Role], office: NodeKind) -> tuple[Problem, ...]:
    problems = []
    if isinstance(found := check_name(name), IdFault):
        problems.append(found.at("name"))
    if not roles:
        problems.append(Problem("roles", "required"))
    elif not roles <= ROLES_OF[office]:
        problems.append(Problem("roles", "not_in_this_office"))
    return tuple(problems)
