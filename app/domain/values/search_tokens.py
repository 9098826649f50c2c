"""Words of the search index and of a search: pairs of characters, initials, pieces of numbers.

The index is an FTS5 table of the columns name, ini, num, txt with the `ascii` tokenizer; a column gets the
words made here, separated by blanks. A term is found when it is part of one run (`text.runs`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.values.text import is_han, runs

PIECE = 4
"""Numbers up to this length are found by any part of theirs, longer ones by parts of at least this length."""

INITIALS_PIECE = 6
"""Initials up to this length are one word of a search, more of them a phrase."""

PHRASE = 24
"""Terms longer than this are searched by their beginning and then compared whole."""

TYPED = 200
"""Characters of a typed search that are looked at; more are a slip (a pasted page), and costly."""

_WHOLE_LENGTHS = (11, 18)  # mobile and identity numbers typed in full
_DIGITS = frozenset("0123456789")
_FIRST_DAY = date(1990, 1, 1)
_SEQ_BITS = 14


@dataclass(frozen=True, slots=True)
class SearchTokens:
    """The four columns of one case or person, and the folded text in which long terms are compared."""

    name: str
    ini: str
    num: str
    txt: str
    folded: str


@dataclass(frozen=True, slots=True)
class Match:
    """A search: the FTS5 MATCH text, and the folded terms that must also be part of `SearchTokens.folded`.

    `fts` is empty when nothing was typed that can be searched: then nothing is filtered. `verify` holds only
    terms longer than `PHRASE`; without comparing them some rows too many may be found, never too few.
    """

    fts: str
    verify: tuple[str, ...] = ()


def tokens(
    name_runs: Iterable[str], initials: Iterable[str], numbers: Iterable[str], text: str
) -> SearchTokens:
    """Make the words of one case or person.

    `name_runs`: runs of all names (`text.name_runs`); `initials`: readings of all names
    (`text.initials_of`); `numbers`: phones, documents (signs inside do not count), written case numbers;
    `text`: whatever else is searched.
    """
    names = tuple(dict.fromkeys(name_runs))
    readings = tuple(dict.fromkeys(initials))
    codes, written = _split_numbers(numbers)
    words = tuple(dict.fromkeys((*written, *runs(text))))
    digits = (found for run in (*names, *words) for found in re.findall("[0-9]+", run))
    return SearchTokens(
        name=" ".join(_run_words(names)),
        ini=" ".join(_initial_words(names, readings)),
        num=" ".join(_number_words(dict.fromkeys((*codes, *digits)))),
        txt=" ".join(_run_words(words)),
        folded=" ".join(dict.fromkeys((*names, *readings, *codes, *words))),
    )


def searched(user_text: str) -> str:
    """The part of what a person typed that a search looks at: `TYPED` characters at most, none unstorable."""
    cut = user_text.strip()[:TYPED]
    return "".join(" " if "\ud800" <= char <= "\udfff" else char for char in cut).strip()


def match_query(user_text: str) -> Match:
    """Turn what a person typed into a search; every term must be found somewhere.

    One character or letter finds names and initials only; 1 to 3 digits find numbers of at most 4; 11 and 18
    digits are a whole number. Every other term is found wherever it is part of a run (performance 2.4).
    """
    terms = tuple(dict.fromkeys(runs(searched(user_text))))
    conditions = (_condition(term[:PHRASE]) for term in terms)
    return Match(" AND ".join(conditions), tuple(term for term in terms if len(term) > PHRASE))


def sort_rowid(day: date, seq: int) -> int:
    """Give the row number by which newest cases come first: the day, then the place within it."""
    if not 0 <= seq < 1 << _SEQ_BITS:
        raise ValueError("no such place within a day")
    return ((day - _FIRST_DAY).days << _SEQ_BITS) | seq


def _split_numbers(numbers: Iterable[str]) -> tuple[list[str], list[str]]:
    """Part plain codes from numbers written with Chinese characters, which are searched like text."""
    codes: list[str] = []
    written: list[str] = []
    for number in numbers:
        found = runs(number)
        if any(is_han(char) for run in found for char in run):
            written.extend(found)
        elif found:
            codes.append("".join(found))
    return codes, written


def _run_words(all_runs: Iterable[str]) -> Iterator[str]:
    for run in all_runs:
        yield from _windows(run, 2)
        # the last character alone keeps a phrase from running on into the next run
        yield run[-1]


def _initial_words(names: Iterable[str], readings: Iterable[str]) -> Iterator[str]:
    for reading in readings:
        if len(reading) > INITIALS_PIECE:
            yield from _windows(reading, INITIALS_PIECE)
            yield reading[-1]  # ends the phrase
    shorter = dict.fromkeys(char for name in names for char in name)
    for reading in readings:
        longest = INITIALS_PIECE - (len(reading) > INITIALS_PIECE)
        shorter.update(dict.fromkeys(_parts(reading, longest)))
    yield from shorter


def _number_words(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        if len(code) <= PIECE:
            yield from _parts(code, PIECE)
        else:
            yield from _windows(code, PIECE)
            yield code  # the whole number; it also ends the phrase


def _parts(text: str, longest: int) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            yield text[start:end]


def _windows(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def _condition(term: str) -> str:
    """Give the FTS5 condition of one term; words hold letters, digits and characters only, so quotes hold."""
    if _DIGITS.issuperset(term):
        return _phrase("num", [term] if len(term) in _WHOLE_LENGTHS else _number_pieces(term))
    if len(term) == 1:
        return _phrase("ini", [term])
    in_runs = _phrase("name txt", _windows(term, 2))
    if not term.isascii():
        return in_runs
    # the same letters may be initials, or with digits a code such as a passport number
    other = _phrase("ini", _windows(term, min(len(term), INITIALS_PIECE)))
    return f"({in_runs} OR {other} OR {_phrase('num', _number_pieces(term))})"


def _number_pieces(code: str) -> list[str]:
    return [code] if len(code) <= PIECE else _windows(code, PIECE)


def _phrase(columns: str, words: list[str]) -> str:
    return f'{{{columns}}} : "{" ".join(words)}"'
