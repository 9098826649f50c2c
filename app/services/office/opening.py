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
    folded_login,
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
from app.db.sign_in import SignInLog, passphrase_problem, signin_path
from app.domain.actor import Actor, NodeKind, Permission, Role
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.offices import NewOffice, node_of, office_problems
from app.domain.office.settings import DEFAULTS, PATTERN_OF, SettingKey, equal_patterns, setting_problem
from app.domain.office.storage import told_of
from app.models.base import new_id
from app.models.office import Office, Setting, User
from app.models.roster import Committee
from app.services.cases.due import roll_due_dates
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace, wall_clock
from app.services.office.key_notes import KeyChange, KeyDesk, account_of, note_passphrase_changed
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
    wrong = setting_problem(SettingKey.CASE_PATTERN, office.case_pattern)
    if not problems and wrong is None:
        patterns = {key: DEFAULTS[key] for key in PATTERN_OF.values()}
        patterns[SettingKey.CASE_PATTERN] = office.case_pattern
        wrong = "pattern_taken" if equal_patterns(patterns, office.short_name, office.node_letter) else None
    if wrong is not None:
        problems.append(Problem("case_pattern", wrong))
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
            uow.close_books("create_office", set(), undoable=False)
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


def give_slot(
    unlocked: Unlocked,
    user_id: str,
    login: str,
    passphrase: str,
    clock: Callable[[], datetime] = wall_clock,
) -> None:
    """Let an account open this file: a new user, a changed or a forgotten passphrase.

    Refuses WEAK_PASSPHRASE, and NOT_PERMITTED for somebody else's account unless an administrator acts, for
    a barred user, and for a login that is not this user's. The audit says whose passphrase was changed.
    """
    if user_id != unlocked.actor.user_id and not unlocked.actor.may(Permission.USER_ADMIN):
        raise Refused(Reason.NOT_PERMITTED)
    if weak := passphrase_problem(passphrase):
        raise Refused(Reason.WEAK_PASSPHRASE, why=weak)
    office_id = _desk(unlocked, clock).run(account_of, user_id, login)
    slot = new_slot(unlocked.key, user_id, login, passphrase, office_id)
    slots = _slots(unlocked.data_file).with_slot(slot)
    _desk(unlocked, clock).run(note_passphrase_changed, user_id, KeyChange.GIVEN, unlocked.data_file, slots)


def take_slot(unlocked: Unlocked, user_id: str, clock: Callable[[], datetime] = wall_clock) -> None:
    """Close the file to an account; only an administrator may, and never to himself. The audit says so."""
    if not unlocked.actor.may(Permission.USER_ADMIN) or user_id == unlocked.actor.user_id:
        raise Refused(Reason.NOT_PERMITTED)
    slots = _slots(unlocked.data_file).without_user(user_id)
    _desk(unlocked, clock).run(note_passphrase_changed, user_id, KeyChange.TAKEN, unlocked.data_file, slots)


def _desk(unlocked: Unlocked, clock: Callable[[], datetime]) -> KeyDesk:
    return KeyDesk(unlocked.data_file, unlocked.key, unlocked.actor, clock)


def _slots(data_file: Path) -> KeySlots:
    path = key_slots_path(data_file)
    with told_of(path.parent):
        return KeySlots.load(path) if path.exists() else KeySlots()


def recover(
    data_file: Path,
    secret: str,
    login: str,
    passphrase: str,
    clock: Callable[[], datetime] = wall_clock,
) -> None:
    """Give an administrator a new passphrase by the printed recovery sheet; wrong tries are forgotten.

    Refuses WRONG_RECOVERY_KEY, WEAK_PASSPHRASE, and NOT_PERMITTED when `login` is no active administrator.
    """
    if weak := passphrase_problem(passphrase):
        raise Refused(Reason.WEAK_PASSPHRASE, why=weak)
    with told_of(recovery_path(data_file)):
        key = open_recovery(recovery_path(data_file).read_bytes(), secret)
    if key is None:
        raise Refused(Reason.WRONG_RECOVERY_KEY)
    actor, known, office_id = _administrator(data_file, key, login)
    slots = _slots(data_file).with_slot(new_slot(key, actor.user_id, known, passphrase, office_id))
    desk = KeyDesk(data_file, key, actor, clock)
    desk.run(note_passphrase_changed, actor.user_id, KeyChange.RECOVERED, data_file, slots)
    SignInLog(signin_path(data_file)).succeeded(known)


def _administrator(data_file: Path, key: bytes, login: str) -> tuple[Actor, str, str]:
    """Who is meant, the account code as it is stored, and the office's id."""
    connection = open_connection(data_file, key)
    try:
        with reading(data_file):
            refuse_newer(connection)
            users = connection.execute(
                'SELECT id, name, login FROM "user" WHERE active AND roles LIKE ?',
                (f'%"{Role.ADMINISTRATOR}"%',),
            ).fetchall()
            office = connection.execute("SELECT id FROM office").fetchone()
    finally:
        connection.close()
    for user_id, name, known in users:
        if folded_login(known) == folded_login(login):
            return Actor(user_id, name, frozenset({Role.ADMINISTRATOR})), known, office[0]
    raise Refused(Reason.NOT_PERMITTED)
