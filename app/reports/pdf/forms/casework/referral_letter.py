"""移送（交办）函 (F22) with its receipt: what is handed over, why, and until when an answer is asked for."""

from app.domain.papers.notices import ReferralPaper
from app.reports.pdf.forms.hearing_notice import slip
from app.reports.pdf.forms.parts import cover, head, line, listed, part, sealed
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _wanted(paper: ReferralPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The time limit, what is asked back, whom to call."""
    limit = CjkParagraph(wording["no_limit"], styles.body)
    if paper.due_on is not None:
        limit = CjkParagraph(wording.runs("limit", day=day(paper.due_on)), styles.body)
    contact = {"name": or_blank(paper.contact), "phone": or_blank(paper.contact_phone)}
    return [
        limit,
        CjkParagraph(wording["feedback"], styles.body),
        CjkParagraph(wording.runs("contact", **contact), styles.body),
    ]


def _story(paper: ReferralPaper, wording: Wording, styles: Styles) -> Story:
    opening = wording.runs(f"opening_{paper.kind}", dispute=or_blank(paper.dispute))
    basis = paragraphs(paper.basis, styles.body)
    basis.append(CjkParagraph(wording["consented" if paper.consented else "not_consented"], styles.body))
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receiver", styles, unit=or_blank(paper.unit)),
        CjkParagraph(opening, styles.body),
        line(wording, "case_number", styles, number=or_blank(paper.case_number)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        *part(wording["summary"], paragraphs(paper.summary, styles.body), styles),
        *part(wording["basis"], basis, styles),
        *part(wording["materials"], paragraphs(paper.materials, styles.body), styles),
        *closing_part(
            CjkParagraph(wording["wanted"], styles.heading),
            _wanted(paper, wording, styles),
            (),
            sealed(wording, paper.committee, paper.sent_on, styles),
        ),
        slip(
            "receipt",
            wording,
            styles,
            committee=or_blank(paper.committee),
            number=or_blank(paper.number),
            dispute=or_blank(paper.dispute),
        ),
    ]


def render(paper: ReferralPaper, wording: Wording) -> Sheets:
    """Lay out the letter and the receipt the other office sends back."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
