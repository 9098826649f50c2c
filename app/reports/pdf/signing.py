"""Where people sign: lines to sign on, and a closing block that never stands alone on a page."""

from collections.abc import Sequence

from app.domain.papers.forms import PaperName
from app.reports.pdf.flowables import Block, KeptHeading, apart
from app.reports.pdf.page import BODY_HEIGHT
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Style

_SPACE_BETWEEN = 24.0
_SHORTEST_LINE = 80.0
_ROOM_TO_SIGN = 12.0
_LINES_WITH_BLOCK = 2
_FIRST_ROWS = 3  # number of copies, name of the part, first signatures


class SignatureRow(Drawn):
    """Labels in `columns`, each with a line to sign on; the program never writes on that line."""

    def __init__(self, labels: Sequence[str], style: Style, columns: int = 1) -> None:
        super().__init__()
        self._columns = columns
        self._labels = [CjkParagraph(label, style) for label in labels]
        self._style = style
        self._below = False

    def _column(self) -> float:
        return (self.width - _SPACE_BETWEEN * (self._columns - 1)) / self._columns

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The label's lines; lines to sign on go below where one would be too short beside it."""
        self.width = available_width
        column = self._column()
        heights = [label.wrap(column, available_height)[1] for label in self._labels]
        self._below = any(self._free(label, column) < _SHORTEST_LINE for label in self._labels)
        self.height = max(heights) + self._depth_of_line() + _ROOM_TO_SIGN
        return self.width, self.height

    def _depth_of_line(self) -> float:
        return self._style.leading if self._below else 0.0

    def _free(self, label: CjkParagraph, column: float) -> float:
        """What the last line of a label leaves free."""
        return label.lines(column)[-1].room

    def draw(self) -> None:
        """Draw labels and lines."""
        column = self._column()
        self.canv.setLineWidth(0.6)
        for number, label in enumerate(self._labels):
            x = number * (column + _SPACE_BETWEEN)
            top = self.height - _ROOM_TO_SIGN
            label.drawOn(self.canv, x, top - label.height)
            free = column if self._below else self._free(label, column)
            depth = label.height + self._depth_of_line()
            y = top - depth + (self._style.leading - self._style.size) / 2 - 1
            self.canv.line(x + column - free + 2, y, x + column, y)


class Closing(Drawn):
    """The last paragraph and the rows people sign in, which share at least one page.

    If they do not fit together, lines of the paragraph stay on this page and at least two (or all)
    go over with the rows; rows go on on a further page only where one page cannot hold them, and
    then the last of them (`foot`: mediator, recorder, seal, date) keep one row of signatures with them.
    """

    def __init__(
        self,
        paragraph: CjkParagraph,
        rows: Sequence[Drawn],
        foot: Sequence[Drawn],
        heading: CjkParagraph | None = None,
    ) -> None:
        super().__init__()
        self._heading = heading
        self._paragraph = paragraph
        self._rows = list(rows)
        self._foot = list(foot)

    def _parts(self) -> list[Drawn]:
        return [*filter(None, [self._heading]), self._paragraph, *self._rows, *self._foot]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Everything in one piece."""
        self.width = available_width
        self.height = sum(part.wrap(available_width, BODY_HEIGHT)[1] for part in self._parts())
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Drawn]:
        """Carry lines over with the rows; see the class."""
        self.wrap(available_width, available_height)
        leading = self._paragraph.style.leading
        above = self._heading.height if self._heading else 0.0
        count = round(self._paragraph.height / leading)
        kept = min(count, _LINES_WITH_BLOCK)
        signing = self.height - above - self._paragraph.height
        with_heading = above if count == kept else 0.0  # a short paragraph cannot leave its heading behind
        if signing + kept * leading + with_heading > BODY_HEIGHT:
            return apart(self._in_parts(), available_width, available_height)
        pieces = self._paragraph.split_lines(
            min(int((available_height - above + 0.01) // leading), count - kept)
        )
        if len(pieces) < 2:
            return []
        first = KeptHeading(self._heading, pieces[0]) if self._heading else pieces[0]
        return [first, Closing(pieces[1], self._rows, self._foot)]

    def _in_parts(self) -> list[Drawn]:
        """More people sign than one page holds."""
        last = Block([*self._rows[-1:], *self._foot])
        first = Closing(self._paragraph, self._rows[:_FIRST_ROWS], (), self._heading)
        return [first, *self._rows[_FIRST_ROWS:-1], last]

    def draw(self) -> None:
        """Draw text and rows from the top."""
        y = self.height
        for part in self._parts():
            y -= part.height
            part.drawOn(self.canv, 0, y)


def closing_part(
    heading: CjkParagraph, texts: Sequence[CjkParagraph], rows: Sequence[Drawn], foot: Sequence[Drawn]
) -> list[Drawn]:
    """The last part of a form: its paragraphs, the last of which stays with the signatures."""
    if len(texts) == 1:
        return [Closing(texts[0], rows, foot, heading)]
    return [KeptHeading(heading, texts[0]), *texts[1:-1], Closing(texts[-1], rows, foot)]


def party_rows(parties: Sequence[PaperName], pattern: str, style: Style, columns: int = 2) -> list[Drawn]:
    """A line to sign on for each party, in `columns`: left 甲方, right 乙方."""
    labels = [pattern.format(label=party.label, name=party.name) for party in parties]
    starts = range(0, len(labels), columns)
    return [SignatureRow(labels[start : start + columns], style, columns) for start in starts]
