"""复函 (F23): the result of a mediation, to the body that entrusted it (TY16 21, 26; NB15 19)."""

from app.domain.papers.notices import ReplyPaper, ReplyResult
from app.reports.pdf.forms.parts import cover, head, line, listed, part, sealed
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import boxes, day, or_blank
from app.reports.pdf.wording import Wording


def _result(paper: ReplyPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The three results with their boxes, and the agreement there is."""
    ticked = boxes((wording[one], one == paper.result) for one in ReplyResult)
    found = [CjkParagraph(wording.fill("result_boxes", boxes=ticked), styles.line)]
    if paper.result is not ReplyResult.FAILED:
        found.append(
            line(
                wording,
                "agreement",
                styles,
                number=or_blank(paper.agreement_no),
                day=day(paper.agreed_on),
            )
        )
    return found


def _reason(paper: ReplyPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    said = [wording[f"because_{paper.termination}"]] if paper.termination else []
    return paragraphs("\n".join([*said, paper.reason]), styles.body)


def _story(paper: ReplyPaper, wording: Wording, styles: Styles) -> Story:
    opening = wording.runs("opening", letter_no=or_blank(paper.letter_no), dispute=or_blank(paper.dispute))
    contact = wording.runs("contact", name=or_blank(paper.contact), phone=or_blank(paper.contact_phone))
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receiver", styles, unit=or_blank(paper.unit)),
        CjkParagraph(opening, styles.body),
        line(wording, "case_number", styles, number=or_blank(paper.case_number)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        *part(wording["result"], _result(paper, wording, styles), styles),
        *part(wording["issues"], paragraphs(paper.issues, styles.body), styles),
        *part(wording["undisputed"], paragraphs(paper.undisputed, styles.body), styles),
        *part(wording["reason"], _reason(paper, wording, styles), styles),
        *closing_part(
            CjkParagraph(wording["returned"], styles.heading),
            [CjkParagraph(wording["returned_materials"], styles.body), CjkParagraph(contact, styles.body)],
            (),
            sealed(wording, paper.committee, paper.issued_on, styles),
        ),
    ]


def render(paper: ReplyPaper, wording: Wording) -> Sheets:
    """Lay out the letter."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
