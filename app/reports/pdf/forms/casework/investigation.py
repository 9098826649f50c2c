"""人民调解调查记录 (F06): whom the mediators asked, and the questions and answers."""

from app.domain.papers.work_forms import InvestigationPaper
from app.reports.pdf.flowables import Gap
from app.reports.pdf.forms.parts import asked_table, cover, head, line, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import clock, day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: InvestigationPaper, wording: Wording, styles: Styles) -> Story:
    times = {"starts": clock(paper.starts), "ends": clock(paper.ends)}
    name = or_blank(paper.asked.name)
    body = [*paragraphs(paper.body, styles.body), CjkParagraph(wording["read"], styles.body)]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "time", styles, day=day(paper.held_on), **times),
        line(wording, "place", styles, place=or_blank(paper.place)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "attendees", styles, names=or_blank("、".join(paper.attendees))),
        asked_table(wording, paper.asked, paper.unit, paper.show_id_numbers, styles),
        Gap(6),
        line(wording, "investigators", styles, names=or_blank("、".join(paper.investigators))),
        line(wording, "recorder", styles, name=or_blank(paper.recorder)),
        CjkParagraph(wording["told"], styles.body),
        *closing_part(
            CjkParagraph(wording["body"], styles.heading),
            body,
            [signature(wording.fill("asked_sign", name=name), styles)],
            [
                signature(wording["investigators_sign"], styles),
                signature(wording["recorder_sign"], styles),
                CjkParagraph(day(paper.signed_on), styles.right),
            ],
        ),
    ]


def render(paper: InvestigationPaper, wording: Wording) -> Sheets:
    """Lay out the record of one investigation."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
