"""The building blocks of the forms: table rows, blocks, QR codes, cut lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from app.reports.pdf.fonts import BODY
from app.reports.pdf.page import BODY_HEIGHT
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Style

_PADDING = 4.0
_HAIR = 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table: its paragraphs and its share of the width."""

    paragraphs: tuple[CjkParagraph, ...]
    share: float


class Gap(Drawn):
    """Empty space that may vanish at the foot of a page."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self._gap = height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Take the height, or what is left of it."""
        self.width, self.height = available_width, min(self._gap, available_height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw nothing."""


class Row(Drawn):
    """A framed table row; a row taller than the page goes on on the next one."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self.cells = tuple(cells)

    def _widths(self) -> list[float]:
        total = sum(cell.share for cell in self.cells)
        return [self.width * cell.share / total for cell in self.cells]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As tall as the tallest cell."""
        self.width = available_width
        heights = [
            sum(part.wrap(width - 2 * _PADDING, 0)[1] for part in cell.paragraphs)
            for cell, width in zip(self.cells, self._widths(), strict=True)
        ]
        self.height = max(heights) + 2 * _PADDING
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list["Row"]:
        """The lines of each cell that fit, and a row with the rest; nothing if a cell would begin later."""
        self.wrap(available_width, available_height)
        if self.height <= available_height:
            return [self]
        halves = [_cut(cell.paragraphs, available_height - 2 * _PADDING) for cell in self.cells]
        if any(rest and not first for first, rest in halves):
            return []
        upper = [Cell(first, cell.share) for cell, (first, _) in zip(self.cells, halves, strict=True)]
        lower = [Cell(rest, cell.share) for cell, (_, rest) in zip(self.cells, halves, strict=True)]
        return [Row(upper), Row(lower)]

    def draw(self) -> None:
        """Draw frame and texts; a cell of one line stands in the middle of the row."""
        self.canv.setLineWidth(_HAIR)
        x = 0.0
        for cell, width in zip(self.cells, self._widths(), strict=True):
            self.canv.rect(x, 0, width, self.height)
            content = sum(part.height for part in cell.paragraphs)
            y = self.height - max(_PADDING, (self.height - content) / 2)
            for part in cell.paragraphs:
                y -= part.height
                part.drawOn(self.canv, x + _PADDING, y)
            x += width


def _cut(
    parts: tuple[CjkParagraph, ...], room: float
) -> tuple[tuple[CjkParagraph, ...], tuple[CjkParagraph, ...]]:
    """The paragraphs and lines that fit into `room` points, and the rest."""
    for number, part in enumerate(parts):
        if part.height > room:
            pieces = part.split_lines(int((room + 0.01) // part.style.leading))
            if len(pieces) == 2:
                return (*parts[:number], pieces[0]), (pieces[1], *parts[number + 1 :])
            return parts[:number], parts[number:]
        room -= part.height
    return parts, ()


def apart(parts: Sequence[Drawn], available_width: float, available_height: float) -> list[Drawn]:
    """The parts one by one, the first cut so that it fits; nothing where that cannot be done here."""
    first, *rest = parts
    if first.wrap(available_width, available_height)[1] <= available_height:
        return [first, *rest]
    pieces = first.split(available_width, available_height)
    return [*pieces, *rest] if pieces else []


class Block(Drawn):
    """Flowables that stay together as long as a page can hold them."""

    def __init__(self, parts: Sequence[Drawn]) -> None:
        super().__init__()
        self.parts = list(parts)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The sum of the parts."""
        self.width = available_width
        self.height = sum(part.wrap(available_width, BODY_HEIGHT)[1] for part in self.parts)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Drawn]:
        """Go to the next page; on a page of its own, give way to the single parts."""
        self.wrap(available_width, available_height)
        return [] if self.height <= BODY_HEIGHT else apart(self.parts, available_width, available_height)

    def draw(self) -> None:
        """Draw the parts from the top."""
        y = self.height
        for part in self.parts:
            y -= part.height
            part.drawOn(self.canv, 0, y)


class KeptHeading(Drawn):
    """A heading that is never the last line of a page."""

    def __init__(self, name: CjkParagraph, below: CjkParagraph) -> None:
        super().__init__()
        self._name = name
        self._below = below

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Heading and paragraph."""
        height = self._name.wrap(available_width, available_height)[1]
        self.width = available_width
        self.height = height + self._below.wrap(available_width, available_height)[1]
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Drawn]:
        """Heading and the lines that fit, if there is one; else all to the next page."""
        self.wrap(available_width, available_height)
        pieces = self._below.split(available_width, available_height - self._name.height)
        return [KeptHeading(self._name, pieces[0]), *pieces[1:]] if len(pieces) == 2 else []

    def draw(self) -> None:
        """Draw the heading above the text."""
        self._name.drawOn(self.canv, 0, self.height - self._name.height)
        self._below.drawOn(self.canv, 0, self.height - self._name.height - self._below.height)


class CutLine(Drawn):
    """Where a stub or receipt is cut off, with its name in the line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = CjkParagraph(name, Style(BODY, 9, 12, align="center"))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """A line of the full width."""
        self.width, self.height = available_width, 24.0
        self._name.wrap(available_width, self.height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw dashes on both sides of the name."""
        half = len(self._name.runs[0].text) * 9 / 2 + 8
        self.canv.saveState()
        self.canv.setLineWidth(_HAIR)
        self.canv.setDash(4, 3)
        self.canv.line(0, 12, self.width / 2 - half, 12)
        self.canv.line(self.width / 2 + half, 12, self.width, 12)
        self.canv.restoreState()
        self._name.drawOn(self.canv, 0, 6)


class QrCode(Drawn):
    """A QR code drawn as squares, so that it prints sharp at any size; `side` in points."""

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        code = segno.make(text, error="m", micro=False, encoding="utf-8")  # what phones expect
        self._modules = [bytes(row) for row in code.matrix]
        self._side = side

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """A centred square with its quiet zone."""
        self.width, self.height = available_width, self._side
        return self.width, self.height

    def draw(self) -> None:
        """Draw each stretch of dark modules as one rectangle."""
        module = self._side / (len(self._modules) + 8)
        left = (self.width - self._side) / 2 + 4 * module
        top = self._side - 4 * module
        for number, row in enumerate(self._modules):
            for start, length in _dark(row):
                box = (left + start * module, top - (number + 1) * module, length * module, module)
                self.canv.rect(*box, stroke=0, fill=1)


class Beside(Drawn):
    """Lines with a QR code at their right; never cut."""

    def __init__(self, parts: Sequence[Drawn], text: str, side: float) -> None:
        super().__init__()
        self._parts = list(parts)
        self._code = QrCode(text, side)
        self._side = side

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As tall as the lines or the code."""
        left = available_width - self._side
        lines = sum(part.wrap(left, BODY_HEIGHT)[1] for part in self._parts)
        self._code.wrap(self._side, self._side)
        self.width, self.height = available_width, max(lines, self._side)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines from the top, the code in the upper right corner."""
        y = self.height
        for part in self._parts:
            y -= part.height
            part.drawOn(self.canv, 0, y)
        self._code.drawOn(self.canv, self.width - self._side, self.height - self._side)


def _dark(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each dark stretch."""
    stretches: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if not dark:
            continue
        if stretches and sum(stretches[-1]) == place:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
        else:
            stretches.append((place, 1))
    return stretches
