"""Opens the encrypted data file: pragmas, key, and what a failure of the disk or the file means."""

import ctypes
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from app.domain.errors import Reason, Refused
from app.domain.office.storage import refusal_of_system

PLAIN_HEADER = b"SQLite format 3\0"
BUSY_MILLISECONDS = 10_000
SQLITE_CORRUPT = 11
_NOT_AUTHENTIC = 26  # NOTADB: SQLCipher says this of every page it cannot authenticate
_OURS = 0x58484744  # marks the first page of a new file, so that no sound file is ever empty
_SECTOR = 512
_PAGE = 4096
_SHARED_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "vfat", "exfat", "msdos"}
_WINDOWS_FIXED_DRIVE = 3
_ALWAYS = (
    "foreign_keys=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "cache_size=-16384",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
_WITH_LOG = ("journal_mode=WAL", "synchronous=FULL")
_WITHOUT_LOG = ("journal_mode=DELETE", "synchronous=EXTRA")
_SQLITE = {
    3: Reason.READ_ONLY_PLACE,  # PERM
    5: Reason.IN_USE,  # BUSY
    6: Reason.IN_USE,  # LOCKED
    8: Reason.READ_ONLY_PLACE,
    SQLITE_CORRUPT: Reason.DAMAGED_DATA,
    13: Reason.DISK_FULL,
    _NOT_AUTHENTIC: Reason.DAMAGED_DATA,  # the key has proved itself on the first page
}
_SQLITE_IO = 10
_SQLITE_CANNOT_OPEN = 14
_LITTLE_SPACE = 1 << 20


def open_connection(path: Path, key: bytes, *, create: bool = False) -> sqlcipher.Connection:
    """A connection to the data file with the key and the pragmas of the program, in driver autocommit.

    `create` makes a new file and refuses an existing one. Refused NO_SUCH_PLACE, EXISTS, NOT_A_DATABASE,
    WRONG_KEY, DAMAGED_DATA (also a file that lost all it held), READ_ONLY_PLACE, DISK_FULL or IN_USE; the
    file is unchanged then.
    """
    if create and path.exists():
        raise Refused(Reason.EXISTS, path=path)
    if not create and not path.is_file():
        raise Refused(Reason.NO_SUCH_PLACE, path=path)
    connection = unlock(path, key)
    try:
        journal = _WITH_LOG if on_local_disk(path) else _WITHOUT_LOG
        for pragma in _ALWAYS + journal:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if create:
            connection.execute(f"PRAGMA application_id={_OURS}")
    except sqlcipher.Error as error:
        connection.close()
        raise refusal_of(error, path) or error from error
    return connection


def unlock(path: Path, key: bytes) -> sqlcipher.Connection:
    """A connection that has proved its key on the first page, its journal left as the file has it."""
    torn = _torn(path)
    if path.is_file():
        _refuse_foreign_file(path)
    connection = None
    try:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None, timeout=10)
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise RuntimeError("this SQLite cannot encrypt")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error as error:
        refusal = refusal_of(error, path)
        if _code(error) == _NOT_AUTHENTIC and connection is not None:
            refusal = _wrong_key_or_damage(connection, path)
        if connection is not None:
            connection.close()
        raise refusal or error from error
    if torn:
        connection.close()
        raise Refused(Reason.DAMAGED_DATA, path=path)
    return connection


def _torn(path: Path) -> bool:
    """Whether the file was cut off: SQLite rounds the last page up and would find out only on reading it.

    With a log or journal beside it the end is still to be written back, and may be in any state.
    """
    if not path.is_file() or path.stat().st_size % _PAGE == 0:
        return False
    logs = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return not any(log.is_file() and log.stat().st_size for log in logs)


def refusal_of(error: BaseException, path: Path) -> Refused | None:
    """What a failure of disk or file means to the person, or None when it is a fault of the program."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return refusal_of_system(cause, path)
    if not isinstance(cause, sqlcipher.Error):
        return None
    code = _code(cause)
    if code is None:
        return None
    if code == _SQLITE_CANNOT_OPEN:
        exists = path.parent.is_dir()
        return Refused(Reason.READ_ONLY_PLACE if exists else Reason.NO_SUCH_PLACE, path=path)
    if code == _SQLITE_IO:
        if _free_bytes(path) < _LITTLE_SPACE:
            return Refused(Reason.DISK_FULL, path=path)
        return Refused(Reason.STORAGE, what=getattr(cause, "sqlite_errorname", "SQLITE_IOERR"), path=path)
    reason = _SQLITE.get(code)
    if reason is None:
        return None
    return Refused(reason, holder=None) if reason is Reason.IN_USE else Refused(reason, path=path)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say what a failure to read the opened file means: Refused as `open_connection`."""
    try:
        yield
    except sqlcipher.Error as error:
        raise refusal_of(error, path) or error from error


def _code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def on_local_disk(path: Path) -> bool:
    """Whether `path` lies on a fixed disk of this computer; a write-ahead log is safe only there."""
    place = path.resolve()
    if sys.platform == "win32":
        if place.drive.startswith("\\\\"):
            return False
        return ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == _WINDOWS_FIXED_DRIVE
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return True
    best = ("", "")
    for line in mounts:
        point, kind = line.split(" ")[1:3]
        point = point.replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1] not in _SHARED_FILE_SYSTEMS


def _refuse_foreign_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_PAGE)
    except OSError as error:
        raise refusal_of(error, path) or error from error
    if not head:
        raise Refused(Reason.DAMAGED_DATA, path=path)
    # An encrypted page looks random: nearly all 256 byte values occur in it, which no text or table has.
    if head.startswith(PLAIN_HEADER) or len(set(head)) < 200:
        raise Refused(Reason.NOT_A_DATABASE, path=path)


def _wrong_key_or_damage(connection: sqlcipher.Connection, path: Path) -> Refused:
    """Tell a wrong key from a damaged first page: with the right key some other page still proves itself.

    A file of whole sectors may be ours; one of any other length that no key opens never was.
    """
    if path.stat().st_size % _SECTOR:
        return Refused(Reason.NOT_A_DATABASE, path=path)
    try:
        failed = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    except sqlcipher.Error:
        return Refused(Reason.WRONG_KEY, path=path)
    pages = path.stat().st_size // _PAGE
    return Refused(Reason.DAMAGED_DATA if failed < pages else Reason.WRONG_KEY, path=path)


def _free_bytes(path: Path) -> int:
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return _LITTLE_SPACE
