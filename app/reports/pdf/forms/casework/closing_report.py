"""人民调解结案报告表 (F14)."""

from app.domain.cases import CaseSource
from app.domain.papers.work_forms import ClosingPaper
from app.reports.pdf.flowables import Gap
from app.reports.pdf.forms.parts import cover, head, line, part, party_brief, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import boxes, day, or_blank
from app.reports.pdf.wording import Wording


def _result(paper: ClosingPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """How the case ended, the agreement there was, and what was written down about it."""
    found = [CjkParagraph(wording[paper.outcome], styles.body)]
    if paper.agreement_no.strip():
        found.append(CjkParagraph(wording.runs("agreement", number=paper.agreement_no), styles.body))
    return found + (paragraphs(paper.result, styles.body) if paper.result.strip() else [])


def _story(paper: ClosingPaper, wording: Wording, styles: Styles) -> Story:
    source = boxes((wording[f"from_{one}"], one == paper.source) for one in CaseSource)
    ended = paper.performed_on or paper.closed_on
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "volume_no", styles, number=or_blank(paper.volume_no)),
        line(wording, "filled_on", styles, day=day(paper.closed_on)),
        line(wording, "office", styles, committee=or_blank(paper.committee)),
        line(wording, "mediators", styles, names=or_blank("、".join(paper.mediators))),
        line(wording, "accepted_on", styles, day=day(paper.accepted_on)),
        line(wording, "closed_on", styles, day=day(ended)),
        CjkParagraph(wording["parties"], styles.heading),
        *(party_brief(wording, party, styles) for party in paper.parties),
        Gap(8),
        CjkParagraph(wording.fill("source", boxes=source), styles.line),
        line(wording, "source_unit", styles, unit=or_blank(paper.source_unit)),
        *part(wording["summary"], paragraphs(paper.summary, styles.body), styles),
        *part(wording["result"], _result(paper, wording, styles), styles),
        *closing_part(
            CjkParagraph(wording["opinion"], styles.heading),
            [CjkParagraph(wording["opinion_room"], styles.body)],
            [signature(wording["filled_by"], styles)],
            [
                signature(wording["chair_sign"], styles),
                *sealed(wording, paper.committee, None, styles),
            ],
        ),
    ]


def render(paper: ClosingPaper, wording: Wording) -> Sheets:
    """Lay out the report on a closed case."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
