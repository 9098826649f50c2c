"""人民调解当事人权利义务告知书 (F05): rights and duties in the words of PML 23 and 24."""

from app.domain.papers.forms import RightsNoticePaper
from app.reports.pdf.forms.parts import at_right, cover, head, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import Closing, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording

_ORDER = (
    "nature",
    "principles",
    "free",
    "rights",
    "duties",
    "effect",
    "otherwise",
    "confirmation",
    "secrecy",
)


def _story(paper: RightsNoticePaper, wording: Wording, styles: Styles) -> Story:
    story = head(wording["title"], wording, paper.number, styles)
    for name in _ORDER:
        story += [CjkParagraph(text, styles.body) for text in (wording[name], *wording.lists.get(name, ()))]
    told = CjkParagraph(wording.runs("told", committee=or_blank(paper.committee)), styles.body)
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line, columns=1),
    ]
    foot = [signature(wording["teller_sign"], styles), at_right(day(paper.told_on), styles)]
    return [*story, Closing(told, rows, foot)]


def render(paper: RightsNoticePaper, wording: Wording) -> Sheets:
    """Lay out the notice of rights and duties."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
