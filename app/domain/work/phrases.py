"""Stock phrases by dispute type: what to ask, how facts and terms are written; blanks are `____`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Problem
from app.domain.values.catalogues import DISPUTE_TYPES_A
from app.domain.values.limits import text_problems
from app.domain.values.text import InitialsTable, fold

BLANK = "____"
MAX_PHRASE = 500
MAX_OWN = 500
ANY_TYPE = ""


class PhraseKind(StrEnum):
    """What a phrase is for."""

    PROMPT = "prompt"  # 问什么: a question of a session or an investigation
    FACT = "fact"  # 事实
    TERM = "term"  # 协议条款
    MANNER = "manner"  # 履行方式
    BREACH = "breach"  # 违约责任


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase for disputes of `type_a`, ANY_TYPE for all of them; `own`: the office wrote it itself."""

    kind: PhraseKind
    type_a: str
    text: str
    own: bool = False

    def problems(self) -> Iterator[Problem]:
        """Nothing said, too much said, a type nobody knows."""
        if not self.text.strip():
            yield Problem("text", "required")
        if self.type_a not in (ANY_TYPE, *DISPUTE_TYPES_A):
            yield Problem("type_a", "required")
        yield from text_problems("text", self.text, MAX_PHRASE)


def load_phrases(data: bytes) -> tuple[Phrase, ...]:
    """Read one file of `resources/phrases`: the `type`, and lists of phrases by kind.

    ValueError or KeyError when it is none (a broken installation, not a user's doing).
    """
    raw = tomllib.loads(data.decode())
    return tuple(Phrase(kind, raw["type"], text) for kind in PhraseKind for text in raw.get(kind, ()))


def matches(text: str, typed: str, table: InitialsTable) -> bool:
    """Whether each word typed is part of the text, or its letters are initials of characters in a row."""
    folded = fold(text)
    return all(term in folded or _spells(folded, term, table) for term in fold(typed).split())


def _spells(text: str, term: str, table: InitialsTable) -> bool:
    if not (term.isascii() and term.isalpha()):
        return False
    plain = [char for char in text if char.isalnum()]
    letters = [table.letters.get(char, char) for char in plain]
    last = len(letters) - len(term)
    return any(all(one in letters[start + at] for at, one in enumerate(term)) for start in range(last + 1))
