"""送达回证: filled in by hand at the door, or printed with what was recorded of the service."""

from app.domain.papers.forms import ServiceProofPaper
from app.domain.schedule.service import ServiceMethod
from app.reports.pdf.flowables import Block, Cell, Gap, Row
from app.reports.pdf.forms.parts import at_right, cover, head
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording

_LABEL, _VALUE = 26, 74
_HALF = 37  # a value beside another field
_TALL = 3  # lines left for writing by hand


def _row(styles: Styles, *cells: tuple[str, str, int]) -> Row:
    """A row of label, value and the lines to leave for it; several share the width."""
    built: list[Cell] = []
    share = _VALUE if len(cells) == 1 else _HALF - _LABEL / 2
    for label, value, lines in cells:
        blanks = tuple(CjkParagraph("\u3000", styles.cell) for _ in range(lines - 1))
        built.append(Cell((CjkParagraph(label, styles.cell_label),), _LABEL))
        built.append(Cell((CjkParagraph(value or "\u3000", styles.cell), *blanks), share))
    return Row(built)


def _methods(paper: ServiceProofPaper, wording: Wording) -> str:
    return "　".join(f"{'■' if method == paper.method else '□'}{wording[method]}" for method in ServiceMethod)


def _story(paper: ServiceProofPaper, wording: Wording, styles: Styles) -> Story:
    receiver = wording.fill("receiver_value", label=paper.receiver.label, name=or_blank(paper.receiver.name))
    rows = [
        _row(styles, (wording["dispute"], or_blank(paper.dispute), 1)),
        _row(styles, (wording["receiver"], receiver, 1)),
        _row(styles, (wording["place"], paper.place, 1)),
        _row(styles, (wording["document"], paper.document, 1)),
        _row(styles, (wording["document_number"], paper.document_number, 1)),
        _row(styles, (wording["method"], _methods(paper, wording), 1)),
        _row(
            styles,
            (wording["taker"], paper.taker, _TALL),
            (wording["served_on"], day(paper.served_on), _TALL),
        ),
        _row(styles, (wording["relation"], paper.relation, 2)),
        _row(styles, (wording["refused"], paper.refused_note, _TALL)),
        _row(styles, (wording["server"], paper.server, 2)),
        _row(styles, (wording["note"], "", 2)),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        Block(rows),
        Gap(10),
        CjkParagraph(wording["explain"], styles.line),
        Gap(16),
        at_right(wording.fill("committee", committee=or_blank(paper.committee)) + wording["seal"], styles),
    ]


def render(paper: ServiceProofPaper, wording: Wording) -> Sheets:
    """Lay out the proof for one receiver."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
