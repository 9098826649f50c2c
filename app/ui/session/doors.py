"""What the windows before sign-in ask the program for; handed over, so that nothing heavy loads with them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.office.offices import NewOffice
from app.domain.progress import Progress


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A just made office: where its file lies and its recovery sheet as PDF bytes."""

    data_file: Path
    sheet: bytes


@dataclass(frozen=True, slots=True)
class SampleSignIn:
    """How the sample office is entered; its people are invented, so nothing is hidden."""

    data_file: Path
    login: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Every call may refuse; all but `hold`, `has_office` and `sample_sign_in` run on a worker."""

    office_file: Path
    sample_file: Path
    hold: Callable[[Path], None]  # keep other copies of the program off this file
    has_office: Callable[[Path], bool]
    sample_sign_in: Callable[[], SampleSignIn | None]
    enter: Callable[[Path, str, str], Any]  # data file, account, passphrase
    make_office: Callable[[Progress, NewOffice], NewSheet]
    make_sample: Callable[[Progress], SampleSignIn]
    recover: Callable[[Path, str, str, str], None]  # data file, secret, account, new passphrase
