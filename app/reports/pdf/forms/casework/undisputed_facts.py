"""无争议事实记载 (F24; SZ22 73, SD16 24): the facts nobody disputes, one by one, signed by all."""

from app.domain.papers.work_forms import UndisputedPaper
from app.reports.pdf.forms.parts import at_right, cover, head, line, listed, part, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _facts(paper: UndisputedPaper, styles: Styles) -> list[CjkParagraph]:
    numbered = [f"{number}. {fact}" for number, fact in enumerate(paper.facts, 1)]
    return paragraphs("\n".join(numbered), styles.body)


def _story(paper: UndisputedPaper, wording: Wording, styles: Styles) -> Story:
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line),
    ]
    foot = [
        signature(wording["mediator_sign"], styles),
        at_right(wording["committee"].format(committee=or_blank(paper.committee)), styles),
        at_right(day(paper.signed_on), styles),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "parties", styles, names=listed(paper.parties)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        CjkParagraph(wording["opening"], styles.body),
        *part(wording["facts"], _facts(paper, styles), styles),
        *part(wording["issues"], paragraphs(paper.issues, styles.body), styles),
        *closing_part(
            CjkParagraph(wording["note"], styles.heading),
            [CjkParagraph(wording[name], styles.body) for name in ("no_concession", "no_proof")],
            rows,
            foot,
        ),
    ]


def render(paper: UndisputedPaper, wording: Wording) -> Sheets:
    """Lay out the record of undisputed facts."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
