"""Numbers of cases and papers: the pattern an office sets, and writing and reading numbers by it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from string import Formatter


class Series(StrEnum):
    """What is numbered by itself, from 1 each year (domain reference 8.3)."""

    CASE = "case"
    AGREEMENT = "agreement"
    NOTICE = "notice"
    VOLUME = "volume"


DEFAULT_PATTERNS: dict[Series, str] = {
    Series.CASE: "{org}人调字〔{year}〕第{node}{seq:03d}号",
    Series.AGREEMENT: "{org}人调协字〔{year}〕第{node}{seq:03d}号",
    Series.NOTICE: "{org}人调通字〔{year}〕第{node}{seq:03d}号",
    Series.VOLUME: "{org}人调卷字〔{year}〕第{node}{seq:03d}号",
}

FIRST_NODE = "A"
"""The node letter that is not written, so that an office with one computer has plain numbers."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One issued number in the list of a series; `void_reason` is None for a number in use."""

    text: str
    seq: int
    void_reason: str | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a written number says."""

    year: int
    node: str
    seq: int


class PatternProblem(StrEnum):
    """Why a text is no pattern."""

    SYNTAX = "pattern_syntax"  # braces do not pair, or a field is written with more than its name
    MISSING = "pattern_missing"  # year, node or seq is not there
    REPEATED = "pattern_repeated"
    UNKNOWN = "pattern_unknown"  # a field there is not


@dataclass(frozen=True, slots=True)
class BadPattern:
    """A refused pattern: the problem and the names of the fields meant."""

    problem: PatternProblem
    fields: tuple[str, ...] = ()


_NEEDED = ("year", "node", "seq")
_KNOWN = (*_NEEDED, "org")
_SEQ_SPEC = re.compile(r"(?:0[1-9]d)?")
_BRACKETS = str.maketrans("〔［【[〕］】]", "(((())))")
_READ = {
    "org": ".*?",
    "year": "(?P<year>[0-9]{4})",
    "node": "(?P<node>[B-Z]?)",
    "seq": "(?P<seq>[0-9]{1,9})",
}


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A checked pattern such as `{org}人调字〔{year}〕第{node}{seq:03d}号`.

    The node letter keeps two installations of one office from ever writing the same number. Year, node and
    seq stand in it exactly once. Make one by `parse`.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> "NumberPattern | BadPattern":
        """Check a pattern the office typed."""
        try:
            pieces = list(Formatter().parse(text))
        except ValueError:
            return BadPattern(PatternProblem.SYNTAX)
        fields = [(name, spec or "", turn) for _, name, spec, turn in pieces if name is not None]
        names = [name for name, _, _ in fields]
        unknown = tuple(name for name in names if name not in _KNOWN)
        if unknown:
            return BadPattern(PatternProblem.UNKNOWN, unknown)
        missing = tuple(name for name in _NEEDED if name not in names)
        if missing:
            return BadPattern(PatternProblem.MISSING, missing)
        repeated = tuple(name for name in _KNOWN if names.count(name) > 1)
        if repeated:
            return BadPattern(PatternProblem.REPEATED, repeated)
        misused = tuple(name for name, spec, turn in fields if turn or not _may_be_written(name, spec))
        return BadPattern(PatternProblem.SYNTAX, misused) if misused else cls(text)

    def render(self, *, org: str, year: int, node: str, seq: int) -> str:
        """Write a number. ValueError for a node not A to Z, a year not of four digits, a seq below 1."""
        if re.fullmatch("[A-Z]", node) is None or not 1000 <= year <= 9999 or seq < 1:
            raise ValueError("not the parts of a number")
        letter = "" if node == FIRST_NODE else node
        return self.text.format(org=org, year=year, node=letter, seq=seq)

    def read(self, text: str) -> NumberParts | None:
        """Read a number written by this pattern, whatever office name and kind of brackets it has."""
        shape = "".join(
            re.escape(_plain(literal)) + (_READ[name] if name else "")
            for literal, name, _, _ in Formatter().parse(self.text)
        )
        found = re.fullmatch(shape, _plain(text).strip())
        if found is None:
            return None
        return NumberParts(int(found["year"]), found["node"] or FIRST_NODE, int(found["seq"]))


def org_of_node(node_id: str) -> str:
    """Give the office of an installation: `130532101` of `130532101-A`."""
    return node_id.rpartition("-")[0] or node_id


def _may_be_written(name: str, spec: str) -> bool:
    return _SEQ_SPEC.fullmatch(spec) is not None if name == "seq" else not spec


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_BRACKETS)
