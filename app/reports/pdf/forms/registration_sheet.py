"""注册单: the fingerprint of a node's keys, to be compared with the county's screen."""

from app.domain.papers.forms import RegistrationSheetPaper
from app.reports.pdf.flowables import QrCode
from app.reports.pdf.forms.parts import code_table, cover, line, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import Closing
from app.reports.pdf.text import day, groups_of
from app.reports.pdf.wording import Wording

_GROUPS = 8
_GROUPS_IN_ROW = 4
_QR_SIDE = 140.0


def _story(paper: RegistrationSheetPaper, wording: Wording, styles: Styles) -> Story:
    fingerprint = "".join(paper.fingerprint.split())
    size = -(-len(fingerprint) // _GROUPS)
    rows = [signature(wording["node_sign"], styles), signature(wording["county_sign"], styles)]
    return [
        CjkParagraph(wording["title"], styles.title),
        line(wording, "office", styles, office=paper.office),
        line(wording, "node", styles, node=paper.node),
        line(wording, "issued", styles, day=day(paper.issued_on)),
        CjkParagraph(wording["purpose"], styles.body),
        CjkParagraph(wording["fingerprint"], styles.heading),
        *code_table(groups_of(fingerprint, size), _GROUPS_IN_ROW, styles),
        QrCode(f"{paper.node} {fingerprint}", _QR_SIDE),
        CjkParagraph(wording["qr"], styles.note),
        Closing(CjkParagraph(wording["checked"], styles.line), rows, [CjkParagraph(day(None), styles.right)]),
    ]


def render(paper: RegistrationSheetPaper, wording: Wording) -> Sheets:
    """Lay out the registration sheet."""
    furniture = cover(wording, "", paper.office)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
