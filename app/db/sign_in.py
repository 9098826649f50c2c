"""Before the data file opens: how long a person waits after failures, and which passphrases are too weak."""

import contextlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.db.keys import write_safely

FREE_FAILURES = 5
LONGEST_WAIT = 15 * 60
MIN_CHARACTERS = 10
MIN_WORDS = 4
_MIN_WORDS_LENGTH = 8
_COMMON = (
    "password passw0rd p@ssw0rd password1 password123 admin admin123 administrator qwerty qwertyuiop "
    "qwerty123 asdfghjkl zxcvbnm 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 iloveyou letmein welcome monkey "
    "dragon sunshine princess football baseball abc123 abcd1234 a123456 aa123456 a123456789 woaini "
    "woaini1314 woaini520 5201314 wodemima mima123456 xianghe xianghe123 tiaojie tiaojie123 sifasuo "
    "zhangsan lisi wangwu nihao nihao123 changeme default secret test1234 guest root123456 "
    "correct horse battery staple"
)
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class PassphraseProblem(StrEnum):
    """Why a passphrase is not accepted."""

    TOO_SHORT = "too_short"
    COMMON = "common"


def signin_path(data_file: Path) -> Path:
    """Where the failures of `data_file` are counted."""
    return data_file.with_name(f"{data_file.stem}.signin.json")


def passphrase_problem(text: str) -> PassphraseProblem | None:
    """At least ten characters, or four different words; none of those everybody tries first."""
    typed = unicodedata.normalize("NFKC", text).strip()
    words = set(typed.split())
    long_enough = len(typed) >= MIN_CHARACTERS
    if not long_enough and (len(words) < MIN_WORDS or len(typed) < _MIN_WORDS_LENGTH):
        return PassphraseProblem.TOO_SHORT
    return PassphraseProblem.COMMON if _is_common(typed) else None


def _is_common(typed: str) -> bool:
    plain = "".join(typed.casefold().split())
    if len(set(plain)) < 4 or plain == "correcthorsebatterystaple":
        return True
    if any(plain in run or plain in run[::-1] for run in _RUNS):
        return True
    stem = plain.strip("0123456789!@#.*_-")
    known = _COMMON.split()
    half = plain[: len(plain) // 2]
    return plain in known or stem in known or (half in known and plain == half * 2)


def delay_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: none for four, then 2^n up to a quarter of an hour."""
    if failures < FREE_FAILURES:
        return 0
    return int(min(2 ** min(failures, 20), LONGEST_WAIT))


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries of one account code in a row, and when the last was."""

    count: int
    last: datetime

    def seconds_left(self, now: datetime) -> int:
        """How long this account still waits; a clock set back never lengthens the wait beyond its rule."""
        whole = delay_after(self.count)
        passed = max(0.0, (now - self.last).total_seconds())
        return max(0, int(whole - passed + 0.999))


class SignInLog:
    """The small plain file of failed tries: account codes that exist, as they are stored, and counts.

    What somebody typed never comes in here: it may be a passphrase in the wrong field.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def seconds_left(self, login: str, now: datetime) -> int:
        """Seconds until `login` may try again; `now` is an aware moment."""
        tries = self._read()
        found = tries.get(login)
        if found is None:
            return 0
        if now < found.last:
            self._write(tries | {login: Failures(found.count, now)})
        return found.seconds_left(now)

    def failed(self, login: str, now: datetime) -> int:
        """Count a failure; returns the free tries that are left."""
        tries = self._read()
        before = tries.get(login)
        count = 1 + (before.count if before else 0)
        self._write(tries | {login: Failures(count, now)})
        return max(0, FREE_FAILURES - count)

    def succeeded(self, login: str) -> int:
        """Forget the failures of `login`; returns how many there were, for the audit text."""
        tries = self._read()
        before = tries.pop(login, None)
        if before is None:
            return 0
        self._write(tries)
        return before.count

    def _read(self) -> dict[str, Failures]:
        try:
            written = json.loads(self._path.read_bytes())
            return {
                str(login): Failures(int(one["n"]), datetime.fromisoformat(one["at"]))
                for login, one in written.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}  # whoever may write here may also delete the file: the slow key derivation is the lock

    def _write(self, tries: dict[str, Failures]) -> None:
        written = {login: {"n": one.count, "at": one.last.isoformat()} for login, one in tries.items()}
        # A disk that takes no count must not hide what was wrong; the slow key derivation is the lock.
        with contextlib.suppress(OSError):
            write_safely(self._path, json.dumps(written, ensure_ascii=False, sort_keys=True).encode())
