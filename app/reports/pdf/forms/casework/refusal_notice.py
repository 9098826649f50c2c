"""不予受理通知书 (F17): why the committee does not take a case, and where else the matter can go."""

from app.domain.papers.notices import RefusalPaper
from app.reports.pdf.forms.hearing_notice import slip
from app.reports.pdf.forms.parts import cover, head, line, listed, named, part, sealed
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: RefusalPaper, wording: Wording, styles: Styles) -> Story:
    reasons = [CjkParagraph(wording[paper.refusal], styles.body)]
    if paper.reason.strip():
        reasons += paragraphs(paper.reason, styles.body)
    ways = [CjkParagraph(text, styles.body) for text in (wording["ways_told"], wording["again"])]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "applicants", styles, names=listed(paper.applicants)),
        line(wording, "applied_on", styles, day=day(paper.applied_on)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute), number=or_blank(paper.case_number)),
        CjkParagraph(wording["opening"], styles.body),
        *part(wording["reason"], reasons, styles),
        *closing_part(
            CjkParagraph(wording["ways"], styles.heading),
            ways,
            (),
            sealed(wording, paper.committee, paper.issued_on, styles),
        ),
        slip(
            "receipt",
            wording,
            styles,
            committee=or_blank(paper.committee),
            names=named(paper.applicants),
            number=or_blank(paper.number),
        ),
    ]


def render(paper: RefusalPaper, wording: Wording) -> Sheets:
    """Lay out the notice."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
