"""接收回执 (G0): what the person who came takes home, with the notice on their data (PIPL 13, 17)."""

from app.domain.papers.notices import ReceiptSlipPaper
from app.reports.pdf.forms.hearing_notice import slip
from app.reports.pdf.forms.parts import cover, head, line, listed, part, sealed
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: ReceiptSlipPaper, wording: Wording, styles: Styles) -> Story:
    what_next = [CjkParagraph(text, styles.body) for text in wording.lists["next"]]
    notice = [CjkParagraph(text, styles.body) for text in wording.lists["personal_data"]]
    contact = {"name": or_blank(paper.first_contact), "phone": or_blank(paper.phone)}
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "received_on", styles, day=day(paper.received_on)),
        line(wording, "parties", styles, names=listed(paper.parties)),
        line(wording, "matter", styles, matter=or_blank(paper.matter)),
        line(wording, "registrar", styles, name=or_blank(paper.registrar)),
        line(wording, "contact", styles, **contact),
        line(wording, "address", styles, address=or_blank(paper.address)),
        *part(wording["next"], what_next, styles),
        *closing_part(
            CjkParagraph(wording["personal_data"], styles.heading),
            notice,
            (),
            sealed(wording, paper.committee, paper.received_on, styles),
        ),
        slip("stub", wording, styles, number=or_blank(paper.number), matter=or_blank(paper.matter)),
    ]


def render(paper: ReceiptSlipPaper, wording: Wording) -> Sheets:
    """Lay out the slip, with the stub the office keeps."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
