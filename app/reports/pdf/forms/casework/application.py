"""人民调解申请书 (F03)."""

from app.domain.papers.work_forms import ApplicationPaper
from app.reports.pdf.forms.parts import (
    at_right,
    cover,
    head,
    line,
    names,
    part,
    party_tables,
)
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _requests(paper: ApplicationPaper, styles: Styles) -> list[CjkParagraph]:
    numbered = [f"{number}. {text}" for number, text in enumerate(paper.requests, 1)]
    return paragraphs("\n".join(numbered), styles.body)


def _story(paper: ApplicationPaper, wording: Wording, styles: Styles) -> Story:
    signers = party_rows(
        names(paper.applicants), wording["party_sign"], styles.line, min(len(paper.applicants), 2) or 1
    )
    parties = (*paper.applicants, *paper.respondents)
    return [
        *head(wording["title"], wording, paper.number, styles),
        *party_tables(wording, parties, paper.show_id_numbers, styles),
        *part(wording["summary"], paragraphs(paper.summary, styles.body), styles),
        *part(wording["requests"], _requests(paper, styles), styles),
        *closing_part(
            line(wording, "to", styles, committee=or_blank(paper.committee)),
            [CjkParagraph(wording["told"], styles.body)],
            [CjkParagraph(wording["applicant_sign"], styles.heading), *signers],
            [at_right(day(paper.applied_on), styles)],
        ),
    ]


def render(paper: ApplicationPaper, wording: Wording) -> Sheets:
    """Lay out the application for the applicants to sign."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
