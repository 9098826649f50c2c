"""人民调解口头协议登记表 (F10)."""

from app.domain.papers.forms import OralAgreementPaper
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


def _content(paper: OralAgreementPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """Terms and obligations in one list of numbers."""
    written = terms(paper, styles) if paper.terms else []
    if paper.obligations or paper.breach.strip() or not written:
        written += obligations(paper, wording, styles, len(paper.terms) + 1)
    return written


def _story(paper: OralAgreementPaper, wording: Wording, styles: Styles) -> Story:
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(names(paper.parties), wording["party_sign"], styles.line),
    ]
    foot = [
        signature(wording["mediator_sign"], styles),
        signature(wording["registrar_sign"], styles),
        at_right(wording["seal"], styles),
        at_right(day(paper.agreed_on), styles),
    ]
    content = _content(paper, wording, styles)
    return [
        *head(wording["title"], wording, paper.number, styles),
        *party_tables(wording, paper.parties, paper.show_id_numbers, styles),
        *part(wording["facts"], paragraphs(paper.facts, styles.body), styles),
        *closing_part(CjkParagraph(wording["agreed"], styles.heading), content, rows, foot),
    ]


def render(paper: OralAgreementPaper, wording: Wording) -> Sheets:
    """Lay out the record of an oral agreement."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
