"""Who may sign in at this office, and with which duties; passphrases are the key slots' matter."""

from sqlalchemy import select

from app.domain.actor import NodeKind, Permission, Role
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.office.users import UserChange, UserInput, UserRow
from app.models.office import User
from app.models.roster import Mediator
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale


@use_case(needs=Permission.USER_ADMIN)
def create_user(uow: UnitOfWork, wanted: UserInput) -> UserRow:
    """Enter a user, who signs in once a key slot is given; refuses INVALID, and TAKEN for a login in use."""
    problems = wanted.problems(NodeKind(uow.office().kind))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    if uow.session.scalars(select(User.id).where(User.login == wanted.login)).first() is not None:
        raise Refused(Reason.TAKEN, what=wanted.login)
    user = User(login=wanted.login, active=True)
    _write(uow, user, wanted.name, wanted.roles, wanted.mediator_id)
    uow.session.add(user)
    return _kept(uow, user)


@use_case(needs=Permission.USER_ADMIN)
def change_user(uow: UnitOfWork, user_id: str, change: UserChange) -> UserRow:
    """Change a user's name and duties, or bar one from signing in; a login stays for ever.

    Refuses INVALID, STALE, and LAST_ADMINISTRATOR when nobody would be left to administer the office.
    """
    user = uow.get(User, user_id)
    refuse_stale(uow, user, change.row_version)
    problems = change.problems(NodeKind(uow.office().kind))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    stays = change.active and Role.ADMINISTRATOR in change.roles
    if not stays and not _other_administrators(uow, user):
        raise Refused(Reason.LAST_ADMINISTRATOR)
    user.active = change.active
    _write(uow, user, change.name, change.roles, change.mediator_id)
    return _kept(uow, user)


@use_case(needs=Permission.READ, writes=False)
def list_users(uow: UnitOfWork) -> tuple[UserRow, ...]:
    """Everybody who was ever a user, those who may sign in first."""
    rows = uow.session.scalars(select(User).order_by(User.active.desc(), User.login))
    return tuple(_row(user) for user in rows)


def _other_administrators(uow: UnitOfWork, user: User) -> bool:
    others = uow.session.scalars(select(User).where(User.id != user.id, User.active))
    return any(Role.ADMINISTRATOR in other.roles for other in others)


def _write(uow: UnitOfWork, user: User, name: str, roles: frozenset[Role], mediator_id: str | None) -> None:
    if mediator_id is not None:
        uow.get(Mediator, mediator_id)
    user.name = name.strip()
    user.roles = sorted(str(role) for role in roles)
    user.mediator_id = mediator_id


def _kept(uow: UnitOfWork, user: User) -> UserRow:
    uow.session.flush()
    uow.note(user.id, roles=user.roles, active=user.active)
    uow.changed(Topic.USERS)
    return _row(user)


def _row(user: User) -> UserRow:
    return UserRow(
        id=user.id,
        row_version=user.row_version,
        login=user.login,
        name=user.name,
        roles=frozenset(Role(role) for role in user.roles),
        active=user.active,
        mediator_id=user.mediator_id,
    )
