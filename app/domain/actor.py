"""Who acts, and what each role may do (roles of domain reference 9.5)."""

from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """Which office this installation serves."""

    TOWNSHIP = "township"
    COUNTY = "county"


class Role(StrEnum):
    """A duty a person holds in the program; one user may hold several."""

    REGISTRAR = "registrar"  # 登记员
    MEDIATOR = "mediator"  # 调解员
    DIRECTOR = "director"  # 主任
    ADMINISTRATOR = "administrator"  # 管理员
    ARCHIVIST = "archivist"  # 档案员
    LEADER = "leader"  # 领导只读
    AUDITOR = "auditor"  # 审计员, reads only
    COUNTY_OFFICER = "county_officer"  # 县级


class Permission(StrEnum):
    """A right a use case asks for."""

    READ = "read"
    CASE_REGISTER = "case_register"
    CASE_DECIDE = "case_decide"
    CASE_ASSIGN = "case_assign"
    CASE_CLOSE = "case_close"
    CASE_ARCHIVE = "case_archive"
    HEARING_WRITE = "hearing_write"
    AGREEMENT_WRITE = "agreement_write"
    PAPER_PRINT = "paper_print"
    EXCEL_EXPORT = "excel_export"
    ROSTER_WRITE = "roster_write"
    NUMBER_VOID = "number_void"
    PACKAGE_SEND = "package_send"
    PACKAGE_RECEIVE = "package_receive"
    NODE_ENROL = "node_enrol"
    USER_ADMIN = "user_admin"
    SETTINGS_WRITE = "settings_write"


_P = Permission
_WORK = {_P.READ, _P.CASE_REGISTER, _P.PAPER_PRINT, _P.EXCEL_EXPORT}
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REGISTRAR: frozenset(_WORK | {_P.CASE_CLOSE, _P.HEARING_WRITE, _P.AGREEMENT_WRITE, _P.PACKAGE_SEND}),
    Role.MEDIATOR: frozenset(_WORK | {_P.CASE_CLOSE, _P.HEARING_WRITE, _P.AGREEMENT_WRITE}),
    Role.DIRECTOR: frozenset(
        _WORK
        | {_P.CASE_DECIDE, _P.CASE_ASSIGN, _P.CASE_CLOSE, _P.CASE_ARCHIVE}
        | {_P.HEARING_WRITE, _P.AGREEMENT_WRITE, _P.ROSTER_WRITE}
        | {_P.NUMBER_VOID, _P.PACKAGE_SEND}
    ),
    Role.ADMINISTRATOR: frozenset(
        {_P.READ, _P.USER_ADMIN, _P.SETTINGS_WRITE, _P.ROSTER_WRITE, _P.NODE_ENROL, _P.NUMBER_VOID}
        | {_P.PACKAGE_SEND, _P.PACKAGE_RECEIVE}
    ),
    Role.ARCHIVIST: frozenset(
        {_P.READ, _P.CASE_CLOSE, _P.CASE_ARCHIVE, _P.PAPER_PRINT, _P.EXCEL_EXPORT, _P.PACKAGE_SEND}
    ),
    Role.LEADER: frozenset({_P.READ}),
    Role.AUDITOR: frozenset({_P.READ}),
    Role.COUNTY_OFFICER: frozenset({_P.READ, _P.PACKAGE_RECEIVE, _P.PAPER_PRINT, _P.EXCEL_EXPORT}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person, or the program itself (scripts) under a named user."""

    user_id: str
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether any of the person's roles grants `permission`."""
        return any(permission in ROLE_PERMISSIONS[role] for role in self.roles)
