"""Where lines of Chinese text break and where each character stands."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.reports.pdf.fonts import Face, Font, width
from app.reports.pdf.text import Run

_OPENING = frozenset("（【《〈「『〔［｛“‘□■")
_CLOSING = frozenset("，。、；：？！）】》〉」』〕］｝”’")
_NOT_FIRST = _CLOSING | frozenset("…—～·％‰℃,.;:?!)]}%々")
_NOT_LAST = _OPENING | frozenset("([{￥¥$№第")
_FULL_WIDTH = frozenset("“”‘’…—·")
_TWINS = frozenset("…—")  # written twice, never torn apart
_WORD_MARKS = frozenset(".,-/:@_%¥￥'+#&")
_PULLED_IN = 2  # marks squeezed into a full line
_PUSHED_OUT = 8  # boxes given up to the next line before a rule is broken instead
_WIDEST_GAP = 0.1  # em; wider gaps are read back as blanks when the paper is searched


@dataclass(frozen=True, slots=True)
class Box:
    """What a line cannot divide: one Chinese character, one Latin word or number; widths in points."""

    text: str
    font: Font
    drawn: float
    width: float
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its boxes, its indent, the room left (negative: to be squeezed), whether it ends the text."""

    boxes: tuple[Box, ...]
    indent: float
    room: float
    last: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Text drawn in one go at `x` with `gap` points after each character."""

    x: float
    text: str
    font: Font
    gap: float


def _box(text: str, font: Font, size: float, filled: bool) -> Box:
    drawn = width(text, font, size)
    full = size * len(text) if text[0] in _FULL_WIDTH else drawn
    return Box(text, font, drawn, full, filled)


def _in_word(char: str) -> bool:
    if char in _WORD_MARKS:
        return True
    return char.isalnum() and unicodedata.east_asian_width(char) not in "WF"


def _joins(word: str, char: str) -> bool:
    if word[0] in _TWINS:
        return word == char
    return _in_word(char)


def _pieces(text: str) -> Iterator[str]:
    """Split into words and single characters; twin dashes and dots stay together."""
    word = ""
    for char in text:
        if word and not _joins(word, char):
            yield word
            word = ""
        if word or _in_word(char) or char in _TWINS:
            word += char
        else:
            yield char
    if word:
        yield word


def make_boxes(runs: Iterable[Run], face: Face, size: float, longest: float) -> tuple[Box, ...]:
    """Cut `runs` into boxes; a word wider than `longest` points is cut into its characters."""
    boxes: list[Box] = []
    for run in runs:
        for piece in _pieces(run.text):
            fonts = {face.pick(char) for char in piece}
            whole = _box(piece, fonts.pop(), size, run.filled)
            if fonts or (len(piece) > 1 and whole.width > longest):
                boxes += [_box(char, face.pick(char), size, run.filled) for char in piece]
            else:
                boxes.append(whole)
    return tuple(boxes)


def _first_allowed(box: Box) -> bool:
    return box.text[0] not in _NOT_FIRST


def _blank(box: Box, size: float) -> float:
    """How much of the empty half of a mark may be taken away."""
    return size / 2 if box.text in _OPENING or box.text in _CLOSING else 0.0


def _fill(boxes: tuple[Box, ...], start: int, room: float) -> int:
    end = start
    used = 0.0
    while end < len(boxes) and used + boxes[end].width <= room + 0.01:
        used += boxes[end].width
        end += 1
    return max(end, start + 1)


def _pull_in(boxes: tuple[Box, ...], start: int, end: int, room: float, size: float) -> int | None:
    """The end with the marks that follow squeezed into this line, or None where that does not help."""
    further = end
    while further < len(boxes) and further - end < _PULLED_IN and not _first_allowed(boxes[further]):
        further += 1
    if further == end or (further < len(boxes) and not _first_allowed(boxes[further])):
        return None
    line = boxes[start:further]
    excess = sum(box.width for box in line) - room
    return further if excess <= sum(_blank(box, size) for box in line) + 0.01 else None


def _push_out(boxes: tuple[Box, ...], start: int, end: int) -> int:
    """The end with boxes handed to the next line until the rules hold; unchanged where they cannot."""
    for earlier in range(end, max(start, end - _PUSHED_OUT), -1):
        if _first_allowed(boxes[earlier]) and boxes[earlier - 1].text[-1] not in _NOT_LAST:
            return earlier
    return end


def _end_of_line(boxes: tuple[Box, ...], start: int, room: float, size: float) -> int:
    end = _fill(boxes, start, room)
    if end >= len(boxes) or boxes[end].text == " ":
        return end
    pulled = None if _first_allowed(boxes[end]) else _pull_in(boxes, start, end, room, size)
    return pulled if pulled is not None else _push_out(boxes, start, end)


def break_lines(boxes: tuple[Box, ...], room: float, indent: float, size: float) -> list[Line]:
    """Lines of at most `room` points, the first moved in by `indent`.

    No line begins with a closing mark or ends with an opening one; up to two marks are squeezed in,
    else characters are pushed out to the next line. Blanks at a break hang over without width.
    """
    lines: list[Line] = []
    start = 0
    while start < len(boxes):
        inset = 0.0 if lines else indent
        end = _end_of_line(boxes, start, room - inset, size)
        line = list(boxes[start:end])
        while end < len(boxes) and boxes[end].text == " ":
            line.append(replace(boxes[end], width=0.0, drawn=0.0))
            end += 1
        used = sum(box.width for box in line)
        lines.append(Line(tuple(line), inset, room - inset - used, end >= len(boxes)))
        start = end
    return lines or [Line((), indent, room - indent, True)]


def _cuts(line: Line, size: float) -> list[float]:
    """What each box gives up so that an overfull line fits."""
    blanks = [_blank(box, size) for box in line.boxes]
    total = sum(blanks)
    excess = max(0.0, -line.room)
    return [excess * blank / total if total else 0.0 for blank in blanks]


def _gap(line: Line, size: float, justify: bool) -> float:
    if not justify or line.last or line.room <= 0 or len(line.boxes) < 2:
        return 0.0
    gap = line.room / (len(line.boxes) - 1)
    return gap if gap <= _WIDEST_GAP * size else 0.0


def _shift(box: Box, cut: float) -> float:
    """Where the ink begins inside the box: opening marks lean right, closing marks left."""
    spare = box.width - box.drawn
    if box.text in _OPENING:
        return spare - cut
    return 0.0 if box.text in _CLOSING else spare / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A line ready to draw: its text segments and the stretches to underline, x in points."""

    segments: tuple[Segment, ...]
    underlines: tuple[tuple[float, float], ...]


def place(line: Line, size: float, align: str) -> Placed:
    """Give every box its place; `align` is justify, left, center or right."""
    cuts = _cuts(line, size)
    gap = _gap(line, size, align == "justify")
    x = line.indent + max(0.0, line.room) * {"center": 0.5, "right": 1.0}.get(align, 0.0)
    segments: list[Segment] = []
    underlines: list[tuple[float, float]] = []
    joined = False
    for number, (box, cut) in enumerate(zip(line.boxes, cuts, strict=True)):
        advance = box.width - cut + (gap if number < len(line.boxes) - 1 else 0.0)
        plain = len(box.text) == 1 and not cut and box.drawn == box.width
        if joined and plain and segments[-1].font == box.font:
            segments[-1] = replace(segments[-1], text=segments[-1].text + box.text)
        else:
            segments.append(Segment(x + _shift(box, cut), box.text, box.font, gap if plain else 0.0))
        joined = plain
        if box.filled:
            underlines.append((x, x + advance))
        x += advance
    return Placed(tuple(segments), _merged(underlines))


def _merged(stretches: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    merged: list[tuple[float, float]] = []
    for start, end in stretches:
        if merged and start - merged[-1][1] < 0.5:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
