"""The store of attachments of this data file: its secrets, and the store itself."""

from app.db.blob_store import KEYS_SETTING, BlobStore, StoreKeys
from app.domain.actor import Permission
from app.models.office import Setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Steps


def _kept(uow: UnitOfWork) -> StoreKeys | None:
    """The secrets of the store; None while no attachment was ever kept."""
    row = uow.session.get(Setting, KEYS_SETTING)
    return None if row is None else StoreKeys.from_value(row.value)


@use_case(needs=Permission.READ, writes=False)
def read_store_keys(uow: UnitOfWork) -> StoreKeys | None:
    """The secrets of the store for a job that reads files; None while there is no store."""
    return _kept(uow)


@use_case(needs=Permission.READ, quiet=True)
def make_store_keys(uow: UnitOfWork) -> StoreKeys:
    """The secrets of the store, made when the first attachment comes; they never leave the data file."""
    keys = _kept(uow)
    if keys is None:
        keys = StoreKeys.generate()
        uow.session.add(Setting(key=KEYS_SETTING, value=keys.as_value()))
    return keys


def open_store(steps: Steps) -> BlobStore | None:
    """The store for reading; None while no attachment was ever kept here."""
    keys = steps.run(read_store_keys)
    return None if keys is None else BlobStore(steps.files, keys)


def ready_store(steps: Steps) -> BlobStore:
    """The store for writing; its secrets are made now if there are none."""
    return BlobStore(steps.files, steps.run(read_store_keys) or steps.run(make_store_keys))
