"""Who may open the data of this PC: is there an office, may a passphrase stand, who sits here."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.db.keys import KeySlots, key_slots_path, open_slot
from app.db.sign_in import PassphraseProblem, SignInLog, passphrase_problem, signin_path
from app.domain.errors import Reason, Refused
from app.domain.office.storage import told_of
from app.services.office.sign_in import Unlocked


def has_office(data_file: Path) -> bool:
    """Whether an office was made here; a file without key slots was never finished."""
    return key_slots_path(data_file).exists()


def weakness(passphrase: str) -> PassphraseProblem | None:
    """Why a new passphrase would not be taken; None when it may stand."""
    return passphrase_problem(passphrase)


def own_login(unlocked: Unlocked) -> str:
    """The account code of the signed-in person; refuses NOT_PERMITTED when it was closed meanwhile."""
    for slot in KeySlots.load(key_slots_path(unlocked.data_file)).slots:
        if slot.user_id == unlocked.actor.user_id:
            return slot.login
    raise Refused(Reason.NOT_PERMITTED)


def prove_presence(
    unlocked: Unlocked, passphrase: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Unlock a window left alone: the signed-in person types the passphrase again.

    Refuses THROTTLED (seconds=) and WRONG_PASSPHRASE (left=) exactly as signing in does; failures count
    together with those of the sign-in window, and each is written into the audit.
    """
    with told_of(unlocked.data_file.parent):
        _prove(unlocked, passphrase, clock)


def _prove(unlocked: Unlocked, passphrase: str, clock: Callable[[], datetime]) -> None:
    login = own_login(unlocked)
    log = SignInLog(signin_path(unlocked.data_file))
    wait = log.seconds_left(login, clock())
    if wait:
        raise Refused(Reason.THROTTLED, seconds=wait)
    if open_slot(KeySlots.load(key_slots_path(unlocked.data_file)), login, passphrase) is None:
        _note_failed(unlocked, clock)
        raise Refused(Reason.WRONG_PASSPHRASE, left=log.failed(login, clock()))
    log.succeeded(login)


def _note_failed(unlocked: Unlocked, clock: Callable[[], datetime]) -> None:
    # this module is there before the data file's libraries are
    from app.services.office.key_notes import KeyDesk, note_presence_failed

    with suppress(Refused):  # a disk that takes no entry must not hide that the passphrase was wrong
        KeyDesk(unlocked.data_file, unlocked.key, unlocked.actor, clock).run(note_presence_failed)
