"""The bundled faces: registered once, chosen character by character, asked what they lack."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reportlab.pdfbase import pdfmetrics, ttfonts

from app.runtime import resource


class Font(StrEnum):
    """A font file in resources/fonts, by its stem."""

    SERIF = "NotoSerifSC-Regular"
    SERIF_BOLD = "NotoSerifSC-Bold"
    SANS = "NotoSansSC-Medium"
    KAI = "LXGWWenKai-Regular"


@dataclass(frozen=True, slots=True)
class Face:
    """Fonts in order of preference; the last one has the widest stock of name characters."""

    fonts: tuple[Font, ...]

    def pick(self, char: str) -> Font:
        """The first font that can draw `char`, or the last one: what it lacks was named before printing."""
        for font in self.fonts:
            if has_glyph(font, char):
                return font
        return self.fonts[-1]


BODY = Face((Font.SERIF,))
TITLE = Face((Font.SERIF_BOLD, Font.SERIF))
HEADING = Face((Font.SANS, Font.SERIF))
NOTE = Face((Font.KAI, Font.SERIF))

_MAPPED_AT_ONCE = 100  # a bfchar block may hold no more


def _to_unicode_map(font_name: str, subset: Iterable[int]) -> str:
    """The table that turns glyphs back into text when a reader copies or searches the paper.

    Replaces reportlab's, which writes characters beyond U+FFFF (rare names) as another character.
    """
    pairs = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex()}>" for code, point in enumerate(subset)]
    blocks: list[str] = []
    for first in range(0, len(pairs), _MAPPED_AT_ONCE):
        block = pairs[first : first + _MAPPED_AT_ONCE]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


def register() -> None:
    """Make the bundled fonts known to reportlab; quick when it has been done."""
    if Font.SERIF in pdfmetrics.getRegisteredFontNames():
        return
    ttfonts.makeToUnicodeCMap = _to_unicode_map
    for font in reversed(Font):
        pdfmetrics.registerFont(ttfonts.TTFont(str(font), str(resource("fonts", f"{font}.ttf"))))


def has_glyph(font: Font, char: str) -> bool:
    """Whether `font` can draw `char`."""
    return ord(char) in pdfmetrics.getFont(font).face.charToGlyph


def width(text: str, font: Font, size: float) -> float:
    """The advance of `text` in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def _unprintable(char: str) -> bool:
    if char.isspace() and char in " \t\r\n\u3000":
        return False
    # private use, unassigned, half a surrogate pair, direction marks: that a font has a shape is no help
    return unicodedata.category(char).startswith("C") or not has_glyph(Font.SERIF, char)


def missing_glyphs(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of `texts` the paper could not show, each once, in the order met."""
    register()
    seen = dict.fromkeys(char for text in texts for char in text)
    return tuple(char for char in seen if _unprintable(char))
