"""终止调解通知书 (F18): why a mediation ended, and the ways still open (PML 26, NB15 23, SZ22 28)."""

from app.domain.papers.notices import TerminationPaper
from app.reports.pdf.forms.parts import cover, head, line, listed, named, part, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _reasons(paper: TerminationPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    opening = "opening_rest" if paper.rest_only else "opening"
    found = [
        CjkParagraph(
            wording.runs(opening, day=day(paper.ended_on), reason=wording[paper.termination]), styles.body
        )
    ]
    return found + (paragraphs(paper.reason, styles.body) if paper.reason.strip() else [])


def _story(paper: TerminationPaper, wording: Wording, styles: Styles) -> Story:
    rows = [
        line(wording, "mediators", styles, names=or_blank("、".join(paper.mediators))),
        signature(wording["mediator_sign"], styles),
        *sealed(wording, paper.committee, paper.issued_on, styles),
        CjkParagraph(wording["receivers_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receivers", styles, names=named(paper.parties)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute), number=or_blank(paper.case_number)),
        line(wording, "accepted_on", styles, day=day(paper.accepted_on)),
        *part(wording["reason"], _reasons(paper, wording, styles), styles),
        *closing_part(
            CjkParagraph(wording["ways"], styles.heading),
            [CjkParagraph(wording[name], styles.body) for name in ("ways_told", "ways_free")],
            rows,
            [signature(wording["received_on"], styles)],
        ),
    ]


def render(paper: TerminationPaper, wording: Wording) -> Sheets:
    """Lay out the notice with a line for everybody who receives it."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
