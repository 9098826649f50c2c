"""延长调解期限申请（同意）书 (F19; NB15 27, SZ22 25): all parties ask for more time."""

from app.domain.papers.notices import ExtensionPaper
from app.reports.pdf.forms.parts import cover, head, line, listed, part, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: ExtensionPaper, wording: Wording, styles: Styles) -> Story:
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line),
        line(wording, "approver", styles, name=or_blank(paper.approver)),
        line(wording, "document_no", styles, number=or_blank(paper.document_no)),
    ]
    foot = [
        signature(wording["approver_sign"], styles),
        *sealed(wording, paper.committee, paper.granted_on, styles),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "committee", styles, committee=or_blank(paper.committee)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "began_on", styles, day=day(paper.began_on)),
        line(wording, "due_on", styles, day=day(paper.due_on)),
        *part(wording["reason"], paragraphs(paper.reason, styles.body), styles),
        *closing_part(
            CjkParagraph(wording["wish"], styles.heading),
            [CjkParagraph(wording.runs("until", day=day(paper.until)), styles.body)],
            rows,
            foot,
        ),
    ]


def render(paper: ExtensionPaper, wording: Wording) -> Sheets:
    """Lay out the request all parties sign."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
