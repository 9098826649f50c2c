"""The fixed sentences of the forms: data with a version and the day it came into use."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from app.domain.errors import Reason, Refused
from app.domain.papers.forms import FormId
from app.reports.pdf.text import Run
from app.runtime import resource


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a form's sentences; a name that is not there is a mistake in the file (KeyError)."""

    version: str
    valid_from: date
    texts: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def fill(self, name: str, /, **values: str) -> str:
        """The sentence with its blanks filled; values are never read as part of the pattern."""
        return self.texts[name].format(**values)

    def runs(self, name: str, /, **values: str) -> tuple[Run, ...]:
        """The sentence as runs, filled blanks underlined."""
        runs: list[Run] = []
        for fixed, blank, _, _ in Formatter().parse(self.texts[name]):
            if fixed:
                runs.append(Run(fixed))
            if blank is not None:
                runs.append(Run(values[blank], filled=True))
        return tuple(runs)


def _wording(version: Mapping[str, Any]) -> Wording:
    return Wording(version["version"], version["valid_from"], version["text"], version.get("list", {}))


@cache
def read(path: Path) -> tuple[Wording, ...]:
    """All versions in a wording file, oldest first."""
    with path.open("rb") as file:
        versions = tomllib.load(file)["wording"]
    return tuple(sorted(map(_wording, versions), key=lambda wording: wording.valid_from))


def choose(versions: Sequence[Wording], on: date) -> Wording | None:
    """The version in use on a day, or None before the first."""
    return next((wording for wording in reversed(versions) if wording.valid_from <= on), None)


def load(form: FormId, on: date) -> Wording:
    """The wording of `form` in use on `on`; Refused(UNKNOWN_FORM) before there was any."""
    wording = choose(read(resource("forms", f"{form}.toml")), on)
    if wording is None:
        raise Refused(Reason.UNKNOWN_FORM, form=form, on=on)
    return wording
