"""人民调解证明: for the court, that the committee presided over the mediation (CPL-INT)."""

from app.domain.papers.confirming import MediationCertificatePaper
from app.reports.pdf.flowables import Gap
from app.reports.pdf.forms.parts import at_right, cover, head
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: MediationCertificatePaper, wording: Wording, styles: Styles) -> Story:
    parties = "、".join(party.label + party.name for party in paper.parties)
    proves = wording.runs(
        "proves", parties=or_blank(parties), dispute=paper.dispute, committee=or_blank(paper.committee)
    )
    presided = wording.runs(
        "oral" if paper.oral else "written",
        mediators=or_blank("、".join(paper.mediators)),
        agreed=day(paper.agreed_on),
        agreement=or_blank(paper.agreement_number),
        effective=day(paper.effective_on),
    )
    return [
        *head(wording["title"], wording, paper.number, styles),
        CjkParagraph(proves, styles.body),
        CjkParagraph(presided, styles.body),
        CjkParagraph(wording["stays"], styles.body),
        CjkParagraph(wording["purpose"], styles.body),
        Gap(40),
        at_right(wording.fill("committee", committee=or_blank(paper.committee)) + wording["seal"], styles),
        at_right(day(paper.issued_on), styles),
    ]


def render(paper: MediationCertificatePaper, wording: Wording) -> Sheets:
    """Lay out the certificate."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
