"""Make an office's data file, open it as a workspace, give and take passphrases, recover."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db.copy_mark import copied_at
from app.db.engine import open_connection, reading
from app.db.keys import (
    KeySlots,
    key_slots_path,
    make_recovery_identity,
    new_data_key,
    new_slot,
    open_recovery,
    recovery_path,
    seal_recovery,
    write_safely,
)
from app.db.migrate import migrate, needs_migration
from app.db.schema import refuse_newer
from app.db.sessions import make_engine
from app.db.sign_in import passphrase_problem
from app.domain.actor import Actor, NodeKind, Permission, Role
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.offices import NewOffice, node_of, office_problems
from app.domain.office.settings import SettingKey, setting_problem
from app.domain.office.storage import told_of
from app.models.base import new_id
from app.models.office import Office, Setting, User
from app.models.roster import Committee
from app.services.cases.due import roll_due_dates
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace, wall_clock
from app.services.office.restoring import begin_again
from app.services.office.sign_in import Unlocked
from app.sync.node_keys import NodeKeys

# Whoever sets the office up can also work in it; other people get their own duties in the settings.
FIRST_ROLES = {
    NodeKind.TOWNSHIP: (Role.ADMINISTRATOR, Role.DIRECTOR, Role.REGISTRAR),
    NodeKind.COUNTY: (Role.ADMINISTRATOR, Role.COUNTY_OFFICER),
}


@dataclass(frozen=True, slots=True)
class Created:
    """A new office: its file, and the secret of the recovery sheet, which is kept nowhere else."""

    data_file: Path
    recovery_secret: str = field(repr=False)


def create_office(data_file: Path, office: NewOffice, clock: Callable[[], datetime] = wall_clock) -> Created:
    """Make the encrypted file with its first administrator and its recovery key.

    Refuses INVALID, WEAK_PASSPHRASE, EXISTS, and what a full or read-only disk is refused with; a file that
    could not be finished is taken away again. The key slots make the office: whatever a killed program left
    without them is set aside.
    """
    _check(office)
    with told_of(data_file.parent):
        return _create(data_file, office, clock)


def _create(data_file: Path, office: NewOffice, clock: Callable[[], datetime]) -> Created:
    _set_aside_unfinished(data_file)
    data_file.parent.mkdir(parents=True, exist_ok=True)
    key, admin_id, office_id = new_data_key(), new_id(), new_id()
    secret, recipient = make_recovery_identity()
    # All that takes time comes before the two small files that make the office, the slots the last of them.
    sealed = seal_recovery(key, [recipient])
    slot = new_slot(key, admin_id, office.admin_login, office.passphrase, office_id)
    try:
        open_connection(data_file, key, create=True).close()
        _fill(data_file, key, office, (office_id, admin_id, recipient), clock)
        write_safely(recovery_path(data_file), sealed)
        KeySlots().with_slot(slot).save(key_slots_path(data_file))
    except BaseException:
        _take_away(data_file)
        raise
    return Created(data_file, secret)


def _check(office: NewOffice) -> None:
    problems = list(office_problems(office))
    if setting_problem(SettingKey.CASE_PATTERN, office.case_pattern):
        problems.append(Problem("case_pattern", "bad_pattern"))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(problems))
    if weak := passphrase_problem(office.passphrase):
        raise Refused(Reason.WEAK_PASSPHRASE, why=weak)


def _set_aside_unfinished(data_file: Path) -> None:
    """A file without slots was never finished; it may not be in the way, and it is not thrown away either."""
    if key_slots_path(data_file).exists():
        raise Refused(Reason.EXISTS, path=data_file)
    mark = f"unfinished-{secrets.token_hex(3)}"
    for path in _parts(data_file):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.{mark}"))


def _parts(data_file: Path) -> tuple[Path, ...]:
    logs = [data_file.with_name(data_file.name + suffix) for suffix in ("-wal", "-shm", "-journal")]
    return (data_file, recovery_path(data_file), *logs)


def _take_away(data_file: Path) -> None:
    for path in (key_slots_path(data_file), *_parts(data_file)):
        path.unlink(missing_ok=True)


def _fill(
    data_file: Path, key: bytes, office: NewOffice, ids: tuple[str, str, str], clock: Callable[[], datetime]
) -> None:
    engine = make_engine(data_file, key)
    try:
        migrate(engine)
        admin = Actor(ids[1], office.admin_name, frozenset({Role.ADMINISTRATOR}))
        with Session(engine) as session, session.begin():
            uow = UnitOfWork(session, admin, clock)
            _add_first_rows(uow, office, ids)
            uow.note(ids[0], kind=office.kind)
            uow.close_books("create_office", set())
    finally:
        engine.dispose()


def _add_first_rows(uow: UnitOfWork, office: NewOffice, ids: tuple[str, str, str]) -> None:
    uow.session.add_all(
        [
            Office(
                id=ids[0], kind=office.kind, name=office.name.strip(), short_name=office.short_name.strip(),
                committee=office.committee.strip(), division_code=office.division_code,
                node_letter=office.node_letter,
                node=node_of(office.kind, office.division_code, office.node_letter),
                inc=1, address=office.address.strip(), phone=office.phone.strip(), created_at=uow.now(),
                node_keys=NodeKeys.generate().to_text(), recovery_recipient=ids[2],
            ),
            User(
                id=ids[1], login=office.admin_login, name=office.admin_name.strip(), active=True,
                roles=[str(role) for role in FIRST_ROLES[office.kind]], mediator_id=None,
            ),
            Setting(key=SettingKey.CASE_PATTERN, value=office.case_pattern),
        ]
    )  # fmt: skip
    if office.kind == NodeKind.TOWNSHIP:
        uow.session.add(Committee(name=office.committee.strip(), kind="township", term_start=None))


def open_workspace(unlocked: Unlocked, clock: Callable[[], datetime] = wall_clock) -> Workspace:
    """The workspace of an unlocked file, its schema brought up to date; refuses NEWER_DATA.

    A copy that was put back begins again where nothing it issues was issued before.
    """
    engine = make_engine(unlocked.data_file, unlocked.key)
    try:
        if needs_migration(engine):
            migrate(engine)
        workspace = Workspace(engine, unlocked.data_file, unlocked.actor, clock)
        if _is_copy(engine):
            workspace.run(begin_again, unlocked.data_file)
        workspace.run(note_sign_in, unlocked.failures)
    except BaseException:
        engine.dispose()
        raise
    return workspace


def _is_copy(engine: Engine) -> bool:
    with engine.execution_options(write=False).connect() as connection:
        return copied_at(connection.exec_driver_sql) is not None


@use_case(needs=Permission.READ)
def note_sign_in(uow: UnitOfWork, failures: int) -> None:
    """Write into the audit that somebody signed in, and after how many wrong passphrases.

    Lists are turned to the day as well: dates of settled cases pass without anybody changing these.
    """
    roll_due_dates(uow)
    uow.note(uow.actor.user_id, failures=failures)


def give_slot(unlocked: Unlocked, user_id: str, login: str, passphrase: str) -> None:
    """Let an account open this file: a new user, a changed or a forgotten passphrase.

    Refuses WEAK_PASSPHRASE, and NOT_PERMITTED for somebody else's account unless an administrator acts.
    """
    if user_id != unlocked.actor.user_id and not unlocked.actor.may(Permission.USER_ADMIN):
        raise Refused(Reason.NOT_PERMITTED)
    if weak := passphrase_problem(passphrase):
        raise Refused(Reason.WEAK_PASSPHRASE, why=weak)
    path = key_slots_path(unlocked.data_file)
    with told_of(path.parent):
        slots = KeySlots.load(path)
        slot = new_slot(unlocked.key, user_id, login, passphrase, _database_id(slots))
        slots.with_slot(slot).save(path)


def take_slot(unlocked: Unlocked, user_id: str) -> None:
    """Close the file to an account; only an administrator may, and never to himself."""
    if not unlocked.actor.may(Permission.USER_ADMIN) or user_id == unlocked.actor.user_id:
        raise Refused(Reason.NOT_PERMITTED)
    path = key_slots_path(unlocked.data_file)
    with told_of(path.parent):
        KeySlots.load(path).without_user(user_id).save(path)


def recover(data_file: Path, secret: str, login: str, passphrase: str) -> None:
    """Give an administrator a new passphrase by the printed recovery sheet.

    Refuses WRONG_RECOVERY_KEY, WEAK_PASSPHRASE, and NOT_PERMITTED when `login` is no active administrator.
    """
    if weak := passphrase_problem(passphrase):
        raise Refused(Reason.WEAK_PASSPHRASE, why=weak)
    try:
        sealed = recovery_path(data_file).read_bytes()
    except FileNotFoundError as error:
        raise Refused(Reason.NO_SUCH_PLACE, path=recovery_path(data_file)) from error
    key = open_recovery(sealed, secret)
    if key is None:
        raise Refused(Reason.WRONG_RECOVERY_KEY)
    user_id, database_id = _administrator(data_file, key, login)
    path = key_slots_path(data_file)
    with told_of(path.parent):
        slots = KeySlots.load(path) if path.exists() else KeySlots()
        slots.with_slot(new_slot(key, user_id, login, passphrase, database_id)).save(path)


def _administrator(data_file: Path, key: bytes, login: str) -> tuple[str, str]:
    connection = open_connection(data_file, key)
    try:
        with reading(data_file):
            refuse_newer(connection)
            user = connection.execute(
                'SELECT id FROM "user" WHERE login = ? AND active AND roles LIKE ?',
                (login, f'%"{Role.ADMINISTRATOR}"%'),
            ).fetchone()
            office = connection.execute("SELECT id FROM office").fetchone()
    finally:
        connection.close()
    if user is None:
        raise Refused(Reason.NOT_PERMITTED)
    return user[0], office[0]


def _database_id(slots: KeySlots) -> str:
    return slots.slots[0].database_id if slots.slots else secrets.token_hex(8)
