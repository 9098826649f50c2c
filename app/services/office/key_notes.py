"""What the audit says about passphrases: given, taken away, recovered, and typed wrong at a locked window."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

from app.db.keys import KeySlots, key_slots_path
from app.db.migrate import migrate, needs_migration
from app.db.sessions import make_engine
from app.domain.actor import Actor, Permission
from app.domain.errors import Reason, Refused
from app.models.office import User
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import UseCase, use_case
from app.services.kernel.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")


class KeyChange(StrEnum):
    """How it came that an account opens the file by another passphrase, or no longer."""

    GIVEN = "given"
    TAKEN = "taken"
    RECOVERED = "recovered"


class KeyDesk:
    """One short piece of work in a data file whose key is known, apart from the window's workspace."""

    def __init__(self, data_file: Path, key: bytes, actor: Actor, clock: Callable[[], datetime]) -> None:
        engine = make_engine(data_file, key)
        self._workspace = Workspace(engine, data_file, actor, clock)
        try:
            if needs_migration(engine):
                migrate(engine)
        except BaseException:
            engine.dispose()
            raise

    def run(self, case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one use case, then give the file back."""
        try:
            return self._workspace.run(case, *args, **kwargs).value
        finally:
            self._workspace.close()


@use_case(needs=Permission.READ, writes=False)
def account_of(uow: UnitOfWork, user_id: str, login: str) -> str:
    """The office's id, when the account code belongs to this user, who may sign in; else NOT_PERMITTED.

    A slot under another account's code would let one person sign in as somebody else.
    """
    user = uow.session.get(User, user_id)
    if user is None or not user.active or user.login != login:
        raise Refused(Reason.NOT_PERMITTED)
    return uow.office().id


@use_case(needs=Permission.READ)
def note_passphrase_changed(
    uow: UnitOfWork, user_id: str, how: KeyChange, data_file: Path, slots: KeySlots
) -> None:
    """Write into the audit whose passphrase was changed and how, and put the slots in their place.

    Neither without the other: slots that cannot be written leave no entry, and the old slots stay when the
    entry cannot be written.
    """
    uow.note(user_id, how=how)
    uow.session.flush()
    slots.save(key_slots_path(data_file))


@use_case(needs=Permission.READ)
def note_presence_failed(uow: UnitOfWork) -> None:
    """Write into the audit that somebody typed a wrong passphrase at the locked window of this person."""
    uow.note(uow.actor.user_id)
