"""督促履行通知书 (F25; PML 31): what is owed, since when, and what may follow."""

from app.domain.papers.notices import DemandPaper
from app.domain.values.money import format_yuan
from app.reports.pdf.forms.hearing_notice import slip
from app.reports.pdf.forms.parts import cover, head, line, obligation_runs, part, sealed
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import closing_part
from app.reports.pdf.text import Run, day, or_blank
from app.reports.pdf.wording import Wording


def _owed(paper: DemandPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The item as agreed, the day it fell due, how late it is, what came in, whether a court confirmed it."""
    late = wording.fill("late", days=str(paper.overdue_days)) if paper.overdue_days else wording["not_late"]
    found = [
        CjkParagraph(obligation_runs(wording, paper.duty), styles.body),
        line(wording, "due_on", styles, day=day(paper.due_on)),
        line(wording, "overdue", styles, late=late),
    ]
    if paper.duty.amount_fen is not None:
        paid, left = paper.paid_fen, max(paper.duty.amount_fen - paper.paid_fen, 0)
        found.append(line(wording, "paid", styles, paid=format_yuan(paid), left=format_yuan(left)))
    result = wording["confirmed" if paper.confirmed else "not_confirmed"]
    return [*found, line(wording, "confirmation", styles, result=result)]


def _story(paper: DemandPaper, wording: Wording, styles: Styles) -> Story:
    opening = wording.runs(
        "opening",
        dispute=or_blank(paper.dispute),
        day=day(paper.agreed_on),
        number=or_blank(paper.agreement_no),
    )
    after = "after_confirmed" if paper.confirmed else "after"
    contact = wording.runs("contact", name=or_blank(paper.contact), phone=or_blank(paper.contact_phone))
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receiver", styles, name=or_blank(paper.debtor)),
        CjkParagraph([*opening, Run(wording["binding"])], styles.body),
        *part(wording["owed"], _owed(paper, wording, styles), styles),
        *closing_part(
            CjkParagraph(wording["demand"], styles.heading),
            [
                CjkParagraph(wording["please"], styles.body),
                CjkParagraph(wording[after], styles.body),
                CjkParagraph(contact, styles.body),
            ],
            (),
            sealed(wording, paper.committee, paper.demanded_on, styles),
        ),
        slip(
            "receipt",
            wording,
            styles,
            committee=or_blank(paper.committee),
            name=or_blank(paper.debtor),
            number=or_blank(paper.number),
        ),
    ]


def render(paper: DemandPaper, wording: Wording) -> Sheets:
    """Lay out the notice to one debtor."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
