"""What any free text of a form must keep: a length, and characters that can be stored and printed."""

import re
from collections.abc import Iterable, Iterator

from app.domain.errors import Problem

MAX_TEXT = 20_000
"""Characters of the longest texts: what was said at a session, the facts and terms of an agreement."""

MAX_REASON = 200

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def text_problems(field: str, text: str, most: int) -> Iterator[Problem]:
    """Too many characters, or one that cannot stay: control characters but lines and tabs, half pairs."""
    if len(text.strip()) > most:
        yield Problem(field, "too_long", (("most", most),))
    elif _UNSTORABLE.search(text):
        yield Problem(field, "bad_character")


def limited(record: object, **most: int) -> Iterator[Problem]:
    """The same of several fields of a record, each with its own limit."""
    for field, length in most.items():
        yield from text_problems(field, getattr(record, field), length)


def each_limited(field: str, texts: Iterable[str], most: int) -> Iterator[Problem]:
    """The same of every entry of a list: `guests.0`, `guests.1`."""
    for at, text in enumerate(texts):
        yield from text_problems(f"{field}.{at}", text, most)
