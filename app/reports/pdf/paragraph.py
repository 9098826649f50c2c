"""A Chinese paragraph that reportlab can place, split and draw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus.flowables import Flowable

from app.reports.pdf import fonts
from app.reports.pdf.cjk import Box, Line, break_lines, make_boxes, place
from app.reports.pdf.text import Run, typed_lines


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; sizes in points, `indent` in characters of the first line."""

    face: fonts.Face
    size: float
    leading: float
    indent: float = 0.0
    align: str = "justify"


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one printing; `leading` is the line pitch of the body."""

    leading: float

    @property
    def body(self) -> Style:
        """Running text: 14 pt, first line two characters in."""
        return Style(fonts.BODY, 14, self.leading, indent=2)

    @property
    def line(self) -> Style:
        """A line that stands for itself, such as a label with its value."""
        return replace(self.body, indent=0)

    @property
    def right(self) -> Style:
        """A line at the right of the foot: the date, the place of the seal."""
        return replace(self.line, align="right")

    @property
    def heading(self) -> Style:
        """The name of a part."""
        return Style(fonts.HEADING, 14, self.leading)

    @property
    def title(self) -> Style:
        """The name of the form: 18 pt bold, centred."""
        return Style(fonts.TITLE, 18, 36, align="center")

    @property
    def number(self) -> Style:
        """The paper's number under the title."""
        return Style(fonts.BODY, 12, 24, align="right")

    @property
    def cell(self) -> Style:
        """A value in a table."""
        return Style(fonts.BODY, 12, 19, align="left")

    @property
    def cell_label(self) -> Style:
        """A label in a table."""
        return Style(fonts.HEADING, 11, 19, align="center")

    @property
    def code(self) -> Style:
        """A group of a key or fingerprint."""
        return Style(fonts.HEADING, 14, 22, align="center")

    @property
    def note(self) -> Style:
        """A remark to the person who fills in or keeps the paper."""
        return Style(fonts.NOTE, 11, 19)


class Drawn(Flowable):  # type: ignore[misc]  # reportlab gives no types
    """What every flowable of ours is: a width and height reportlab asks for, and a canvas to draw on."""

    canv: Any
    width: float
    height: float


class CjkParagraph(Drawn):
    """Text broken by the rules of Chinese typesetting; nothing in it is ever read as markup."""

    def __init__(self, text: str | Sequence[Run], style: Style) -> None:
        super().__init__()
        self.runs = (Run(text),) if isinstance(text, str) else tuple(text)
        self.style = style
        self._indent = style.indent * style.size
        self._ends = True
        self._boxes: tuple[Box, ...] | None = None
        self._lines: list[Line] = []

    def lines(self, room: float) -> list[Line]:
        """Break the text for a width of `room` points."""
        if self._boxes is None:
            self._boxes = make_boxes(self.runs, self.style.face, self.style.size, room)
        self._lines = break_lines(self._boxes, room, self._indent, self.style.size)
        return self._lines

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Tell reportlab the size."""
        self.width = available_width
        self.height = len(self.lines(available_width)) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list["CjkParagraph"]:
        """The lines that fit, and the rest."""
        self.lines(available_width)
        return self.split_lines(int((available_height + 0.01) // self.style.leading))

    def split_lines(self, count: int) -> list["CjkParagraph"]:
        """The first `count` lines and the rest; call after `lines` or `wrap`."""
        if count <= 0:
            return []
        if count >= len(self._lines):
            return [self]
        cut = sum(len(line.boxes) for line in self._lines[:count])
        boxes = self._boxes or ()
        return [
            self._piece(boxes[:cut], self._indent, ends=False),
            self._piece(boxes[cut:], 0.0, ends=self._ends),
        ]

    def _piece(self, boxes: tuple[Box, ...], indent: float, *, ends: bool) -> "CjkParagraph":
        piece = CjkParagraph((), self.style)
        piece._boxes, piece._indent, piece._ends = boxes, indent, ends
        return piece

    def draw(self) -> None:
        """Draw the lines from the top."""
        size, leading = self.style.size, self.style.leading
        baseline = self.height - (leading + size) / 2 + size * 0.12
        for line in self._lines:
            self._draw_line(replace(line, last=line.last and self._ends), baseline)
            baseline -= leading

    def _draw_line(self, line: Line, baseline: float) -> None:
        placed = place(line, self.style.size, self.style.align)
        text = self.canv.beginText()
        for segment in placed.segments:
            text.setTextOrigin(segment.x, baseline)
            text.setFont(str(segment.font), self.style.size)
            text.setCharSpace(segment.gap)
            text.textOut(segment.text)
        self.canv.drawText(text)
        self.canv.setLineWidth(0.6)
        for start, end in placed.underlines:
            self.canv.line(start, baseline - 3.4, end, baseline - 3.4)


def paragraphs(text: str, style: Style, *, filled: bool = False) -> list[CjkParagraph]:
    """One paragraph for each line a person typed."""
    return [CjkParagraph([Run(line, filled)], style) for line in typed_lines(text)]
