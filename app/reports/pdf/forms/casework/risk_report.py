"""风险预警报告 (F26; PML 25): what threatens, who is concerned, what was done, and whom it was told to."""

from app.domain.cases import RiskFlag
from app.domain.papers.work_forms import RiskPaper
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver
from app.reports.pdf.forms.parts import cover, head, line, listed, part, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import boxes, clock, day, or_blank
from app.reports.pdf.wording import Wording


def _told(paper: RiskPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """Whom it was reported to, how and when."""
    kind = boxes((wording[f"to_{one}"], one == paper.receiver_kind) for one in RiskReceiver)
    method = boxes((wording[f"by_{one}"], one == paper.method) for one in ReportMethod)
    moment = {"day": day(paper.reported_on), "clock": clock(paper.reported_at)}
    phone = or_blank(paper.receiver_phone)
    return [
        CjkParagraph(wording.fill("receiver_kind", boxes=kind), styles.line),
        line(wording, "receiver", styles, name=or_blank(paper.receiver), phone=phone),
        CjkParagraph(wording.fill("method", boxes=method), styles.line),
        line(wording, "reported_at", styles, **moment),
        line(wording, "reported_by", styles, name=or_blank(paper.reported_by)),
    ]


def _story(paper: RiskPaper, wording: Wording, styles: Styles) -> Story:
    flags = boxes((wording[one], one in paper.flags) for one in RiskFlag)
    level = boxes((wording[one], one == paper.level) for one in RiskLevel)
    return [
        *head(wording["title"], wording, paper.number, styles),
        CjkParagraph(wording["basis"], styles.body),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        CjkParagraph(wording.fill("flags", boxes=flags), styles.line),
        *part(wording["facts"], paragraphs(paper.facts, styles.body), styles),
        CjkParagraph(wording.fill("level", boxes=level), styles.line),
        *part(wording["people"], paragraphs(paper.people, styles.body), styles),
        *part(wording["measures"], paragraphs(paper.measures, styles.body), styles),
        *part(wording["told"], _told(paper, wording, styles), styles),
        *closing_part(
            CjkParagraph(wording["feedback"], styles.heading),
            paragraphs(paper.feedback, styles.body),
            [signature(wording["reporter_sign"], styles)],
            sealed(wording, paper.committee, paper.reported_on, styles),
        ),
    ]


def render(paper: RiskPaper, wording: Wording) -> Sheets:
    """Lay out the report."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
