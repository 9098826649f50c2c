"""Sign in on a shared PC: before anything heavy is loaded, a passphrase becomes the key and the actor."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.db.keys import KeySlots, key_slots_path, open_slot
from app.db.sign_in import FREE_FAILURES, SignInLog, signin_path
from app.domain.actor import Actor, NodeKind, Role
from app.domain.errors import Reason, Refused
from app.domain.office.offices import OfficeView
from app.domain.office.storage import told_of

_USER = 'SELECT id, name, roles, active FROM "user" WHERE login = ?'
_OFFICE = (
    "SELECT kind, name, short_name, committee, division_code, node, node_letter, address, phone, created_at"
    " FROM office"
)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An opened data file: where it lies, its key, who signed in, whose office it is."""

    data_file: Path
    key: bytes = field(repr=False)
    actor: Actor
    office: OfficeView
    failures: int  # wrong passphrases of this account since its last sign-in, for the audit


def logins(data_file: Path) -> tuple[str, ...]:
    """The account codes of this file, as the sign-in screen offers them."""
    with told_of(key_slots_path(data_file)):
        return KeySlots.load(key_slots_path(data_file)).logins


def hold_instance(data_file: Path) -> FileLock:
    """Keep every other copy of the program off this file; refuses IN_USE.

    The lock falls by itself when the program dies.
    """
    lock = FileLock(data_file.with_name(f"{data_file.stem}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Refused(Reason.IN_USE, holder=None) from error
    except OSError as error:
        raise Refused(Reason.READ_ONLY_PLACE, path=data_file.parent) from error
    return lock


def unlock(
    data_file: Path, login: str, passphrase: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Unlocked:
    """Open the file for one account, however its code is typed (width and capitals do not matter).

    Refuses THROTTLED (seconds=), WRONG_PASSPHRASE (left=), and what a damaged, newer or foreign file
    is refused with. Nothing is changed but the count of failures of an account there is.
    """
    with told_of(data_file.parent):
        return _unlock(data_file, login, passphrase, clock)


def _unlock(data_file: Path, login: str, passphrase: str, clock: Callable[[], datetime]) -> Unlocked:
    log = SignInLog(signin_path(data_file))
    slots = KeySlots.load(key_slots_path(data_file))
    slot = slots.of(login)
    wait = log.seconds_left(slot.login, clock()) if slot else 0
    if wait:
        raise Refused(Reason.THROTTLED, seconds=wait)
    key = open_slot(slots, login, passphrase)
    if slot is None or key is None:
        left = log.failed(slot.login, clock()) if slot else FREE_FAILURES - 1
        raise Refused(Reason.WRONG_PASSPHRASE, left=left)
    opened = _read_owner(data_file, key, slot.login)
    failures = log.succeeded(slot.login)
    return Unlocked(data_file, key, opened[0], opened[1], failures)


def _read_owner(data_file: Path, key: bytes, login: str) -> tuple[Actor, OfficeView]:
    # the sign-in window is painted before the driver is loaded
    from app.db.engine import open_connection, reading
    from app.db.schema import refuse_newer

    connection = open_connection(data_file, key)
    try:
        with reading(data_file):
            refuse_newer(connection)
            user = connection.execute(_USER, (login,)).fetchone()
            office = connection.execute(_OFFICE).fetchone()
    finally:
        connection.close()
    if user is None or not user[3]:
        raise Refused(Reason.NOT_PERMITTED)
    actor = Actor(user[0], user[1], frozenset(Role(role) for role in json.loads(user[2])))
    return actor, _office(office)


def _office(row: tuple[str, ...]) -> OfficeView:
    made = datetime.fromisoformat(row[9]).replace(tzinfo=UTC)
    kind, name, short_name, committee, division_code, node, letter, address, phone, _ = row
    return OfficeView(
        NodeKind(kind), name, short_name, committee, division_code, node, letter, address, phone, made
    )
