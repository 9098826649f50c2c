"""What a failure of the system's files means to a person."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.errors import Reason, Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE}
_HELD = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}
_WINDOWS_HELD = {32, 33}  # sharing violation, lock violation


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn a failure of the system inside into the refusal that names `path`."""
    try:
        yield
    except OSError as error:
        raise refusal_of_system(error, path) from error


def refusal_of_system(error: OSError, path: Path) -> Refused:
    """The refusal for an `OSError` about `path`: full, read-only, gone, held by another, or broken."""
    if error.errno in _FULL:
        return Refused(Reason.DISK_FULL, path=path)
    if getattr(error, "winerror", None) in _WINDOWS_HELD or error.errno in _HELD:
        return Refused(Reason.IN_USE, holder=None)
    if error.errno in _READ_ONLY:
        return Refused(Reason.READ_ONLY_PLACE, path=path)
    if error.errno in _GONE:
        return Refused(Reason.NO_SUCH_PLACE, path=path)
    if error.errno == errno.EEXIST:
        return Refused(Reason.EXISTS, path=path)
    return Refused(Reason.STORAGE, what=errno.errorcode.get(error.errno or 0, "EIO"), path=path)
