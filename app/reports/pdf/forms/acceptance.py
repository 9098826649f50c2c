"""人民调解受理登记表 (F04)."""

from dataclasses import replace

from app.domain.cases import CaseSource
from app.domain.papers.forms import AcceptancePaper
from app.reports.pdf.forms.parts import at_right, cover, head, line, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import Run, day, or_blank
from app.reports.pdf.wording import Wording

_TICKED, _EMPTY = "■", "□"


def _kind(source: CaseSource) -> str:
    """Which of the form's three sources: what is no application or initiative was handed over."""
    if source is CaseSource.APPLICATION:
        return "application"
    return "initiative" if source is CaseSource.OWN_INITIATIVE else "entrusted"


def _box(kind: str, paper: AcceptancePaper) -> str:
    return _TICKED if kind == _kind(paper.source) else _EMPTY


def _source(paper: AcceptancePaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The three sources with their boxes; the letter that handed the case over goes with the third."""
    boxes = "\u3000".join(
        _box(kind, paper) + wording[f"source_{kind}"] for kind in ("application", "initiative")
    )
    unit, number = or_blank(paper.entrusted_by), or_blank(paper.entrusted_no)
    entrusted = wording.runs("source_entrusted", unit=unit, number=number)
    return [
        CjkParagraph(wording.fill("source", boxes=boxes), styles.line),
        CjkParagraph([Run(_box("entrusted", paper)), *entrusted], replace(styles.line, indent=5)),
    ]


def _story(paper: AcceptancePaper, wording: Wording, styles: Styles) -> Story:
    opening = wording.runs(
        _kind(paper.source),
        day=day(paper.accepted_on),
        committee=or_blank(paper.committee),
        parties="、".join(party.name for party in paper.parties),
    )
    story: Story = [
        *head(wording["title"], wording, paper.number, styles),
        CjkParagraph(opening, styles.body),
        line(wording, "dispute_type", styles, type=or_blank(paper.dispute_type)),
        *_source(paper, wording, styles),
    ]
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line),
    ]
    foot = [
        signature(wording["registrar_sign"], styles),
        at_right(wording["seal"], styles),
        at_right(day(paper.accepted_on), styles),
        CjkParagraph(wording["remark"], styles.note),
    ]
    summary = paragraphs(paper.summary, styles.body)
    return [*story, *closing_part(CjkParagraph(wording["summary"], styles.heading), summary, rows, foot)]


def render(paper: AcceptancePaper, wording: Wording) -> Sheets:
    """Lay out the acceptance form."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
