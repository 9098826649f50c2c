"""人民调解协议书 (F09)."""

from app.domain.papers.forms import AgreementPaper
from app.reports.pdf.forms.parts import (
    at_right,
    cover,
    head,
    names,
    obligations,
    part,
    party_tables,
    signature,
    terms,
)
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day
from app.reports.pdf.wording import Wording


def _story(paper: AgreementPaper, wording: Wording, styles: Styles) -> Story:
    """The last duty, not just the number of copies, stays on the page people sign."""
    rows = [
        CjkParagraph(wording.runs("copies", copies=str(paper.copies)), styles.body),
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(names(paper.parties), wording["party_sign"], styles.line),
    ]
    foot = [
        signature(wording["mediator_sign"], styles),
        signature(wording["recorder_sign"], styles),
        at_right(wording["seal"], styles),
        at_right(day(paper.agreed_on), styles),
    ]
    duties = obligations(paper, wording, styles)
    return [
        *head(wording["title"], wording, paper.number, styles),
        *party_tables(wording, paper.parties, paper.show_id_numbers, styles),
        *part(wording["facts"], paragraphs(paper.facts, styles.body), styles),
        *part(wording["agreed"], terms(paper, styles), styles),
        *closing_part(CjkParagraph(wording["performance"], styles.heading), duties, rows, foot),
    ]


def render(paper: AgreementPaper, wording: Wording) -> Sheets:
    """Lay out the written agreement."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
