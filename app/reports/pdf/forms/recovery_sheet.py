"""恢复单: the office's recovery key on paper, for the safe."""

from app.domain.papers.forms import RecoverySheetPaper
from app.reports.pdf.flowables import QrCode
from app.reports.pdf.forms.parts import code_table, cover, line, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import Closing
from app.reports.pdf.text import day, groups_of
from app.reports.pdf.wording import Wording

_GROUP = 6
_GROUPS_IN_ROW = 5
_QR_SIDE = 150.0


def _story(paper: RecoverySheetPaper, wording: Wording, styles: Styles) -> Story:
    key = "".join(paper.recovery_key.split())
    rows = [signature(wording["keeper_sign"], styles), signature(wording["witness_sign"], styles)]
    return [
        CjkParagraph(wording["title"], styles.title),
        line(wording, "office", styles, office=paper.office),
        line(wording, "node", styles, node=paper.node),
        line(wording, "issued", styles, day=day(paper.issued_on)),
        CjkParagraph(wording["purpose"], styles.body),
        CjkParagraph(wording["key"], styles.heading),
        *code_table(groups_of(key, _GROUP), _GROUPS_IN_ROW, styles),
        QrCode(key, _QR_SIDE),
        CjkParagraph(wording["qr"], styles.note),
        Closing(CjkParagraph(wording["keeping"], styles.body), rows, [CjkParagraph(day(None), styles.right)]),
    ]


def render(paper: RecoverySheetPaper, wording: Wording) -> Sheets:
    """Lay out the recovery sheet; the PDF holds the key, so it is printed and not kept."""
    furniture = cover(wording, "", paper.office)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
