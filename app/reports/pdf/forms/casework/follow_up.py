"""人民调解回访记录 (F11)."""

from app.domain.after.performance import Satisfaction, VisitMethod
from app.domain.papers.work_forms import FollowUpPaper
from app.reports.pdf.forms.parts import cover, head, line, part, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import boxes, day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: FollowUpPaper, wording: Wording, styles: Styles) -> Story:
    next_on = "" if paper.next_on is None else day(paper.next_on)
    measures = [
        *paragraphs(paper.measures, styles.body),
        line(wording, "next_on", styles, day=or_blank(next_on)),
    ]
    method = boxes((wording[one], one == paper.method) for one in VisitMethod)
    satisfaction = boxes((wording[f"is_{one}"], one == paper.satisfaction) for one in Satisfaction)
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "person", styles, label=paper.person.label, name=or_blank(paper.person.name)),
        line(wording, "agreement_no", styles, number=or_blank(paper.agreement_no)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "visited_on", styles, day=day(paper.visited_on)),
        CjkParagraph(wording.fill("method", boxes=method), styles.line),
        *part(wording["performance"], paragraphs(paper.performance, styles.body), styles),
        CjkParagraph(wording.fill("satisfaction", boxes=satisfaction), styles.line),
        *part(wording["new_dispute"], paragraphs(paper.new_dispute, styles.body), styles),
        *part(wording["risks"], paragraphs(paper.risks, styles.body), styles),
        *closing_part(
            CjkParagraph(wording["measures"], styles.heading),
            measures,
            [
                line(wording, "visitors", styles, names=or_blank(paper.visitors)),
                signature(wording["person_sign"], styles),
                signature(wording["visitor_sign"], styles),
            ],
            sealed(wording, paper.committee, paper.visited_on, styles),
        ),
    ]


def render(paper: FollowUpPaper, wording: Wording) -> Sheets:
    """Lay out the record of one visit."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
