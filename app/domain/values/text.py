"""Folding of typed text for comparison and search, Han characters, pinyin initials and sort keys."""

import json
import unicodedata
from dataclasses import dataclass
from itertools import islice, product

MAX_READINGS = 16

# Unified, extension and compatibility blocks by number, because the interpreter's own Unicode table is older
# than some characters found on identity cards.
_HAN_BLOCKS = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


def is_han(char: str) -> bool:
    """Whether one character is a Chinese character (rare ones of names and 〇 included)."""
    code = ord(char)
    return any(first <= code <= last for first, last in _HAN_BLOCKS)


def fold(text: str) -> str:
    """Bring text to the form in which it is compared: full width, case and compatibility forms made one.

    The same text twice folded stays the same.
    """
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def runs(text: str) -> tuple[str, ...]:
    """Cut folded text into its runs of letters, digits and Chinese characters; all else only separates.

    A search term is found when it is part of one run; it is never found across two.
    """
    return tuple("".join(char if _is_word(char) else " " for char in fold(text)).split())


def name_runs(name: str) -> tuple[str, ...]:
    """Give the runs of a name, and the whole name without its dots when it has several parts.

    So 阿不都·热合曼 is found with the dot and without it.
    """
    parts = runs(name)
    return (*parts, "".join(parts)) if len(parts) > 1 else parts


def _is_word(char: str) -> bool:
    return char.isalnum() or is_han(char)


@dataclass(frozen=True, slots=True)
class InitialsTable:
    """Readings of Chinese characters: the usual one with its tone, and the first letters of all.

    `readings`: character to usual reading (`li3`); `letters`: character to every first letter, the usual
    first; `surnames`: surname to the reading it has as a surname (`曾` to `zeng1`, `万俟` to `mo4 qi2`).
    """

    readings: dict[str, str]
    letters: dict[str, str]
    surnames: dict[str, str]


def load_initials(data: bytes) -> InitialsTable:
    """Read the table that `resources/data/make_pinyin.py` wrote.

    ValueError or KeyError when the bytes are not such a table (a broken installation, not a user's doing).
    """
    raw = json.loads(data)
    readings = {char: syllable for syllable, chars in raw["readings"].items() for char in chars}
    letters = {char: syllable[0] for char, syllable in readings.items()}
    for letter, chars in raw["also"].items():
        for char in chars:
            letters[char] += letter
    return InitialsTable(readings, letters, dict(raw["surnames"]))


def initials_of(name: str, table: InitialsTable) -> tuple[str, ...]:
    """Give every way a name may be typed by its pinyin initials: `曾单` by zs, cs, zd, cd.

    At most `MAX_READINGS`, the most likely first; when there are more, the readings of the surname are the
    ones kept. Letters and digits stand for themselves, other signs are left out. Empty for an empty name.
    """
    joined = "".join(runs(name))
    if not joined:
        return ()
    syllables = _syllables(joined, table)
    choices = [_letters(char, syllable, table) for char, syllable in zip(joined, syllables, strict=True)]
    # reversed, so that the surname varies fastest and survives the limit
    found = ("".join(reversed(letters)) for letters in product(*reversed(choices)))
    return tuple(islice(found, MAX_READINGS))


def sound_of(name: str, table: InitialsTable) -> str:
    """Give how a name sounds without its tones: 张玮 and 章伟 alike `zhangwei`; empty for an empty name."""
    joined = "".join(runs(name))
    spoken = _syllables(joined, table)
    return "".join(syllable.rstrip("12345") or char for char, syllable in zip(joined, spoken, strict=True))


def sort_key(name: str, table: InitialsTable) -> str:
    """Give the key by which names stand in pinyin order: syllable, tone, then the character itself."""
    joined = "".join(runs(name))
    return "\x1f".join(
        f"{syllable} {char}" if syllable else char
        for char, syllable in zip(joined, _syllables(joined, table), strict=True)
    )


def _letters(char: str, syllable: str, table: InitialsTable) -> str:
    if not syllable:
        return char
    first = syllable[0]
    return first + table.letters.get(char, "").replace(first, "")


def _syllables(joined: str, table: InitialsTable) -> list[str]:
    """Give the usual reading of each character, of the surname its own; empty where none is known."""
    syllables = [table.readings.get(char, "") for char in joined]
    for length in (2, 1):
        # a name of two characters has a surname of one: 单于 is a Shan called Yu
        surname = table.surnames.get(joined[:length], "").split() if len(joined) > length else []
        if surname:
            return surname + syllables[length:]
    return syllables
