"""授权委托书 (F15): who acts for whom, and what the agent may do."""

from app.domain.cases import AgentKind, AgentPower
from app.domain.papers.work_forms import AuthorityPaper
from app.reports.pdf.forms.parts import at_right, cover, head, line, names, party_tables
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import SignatureRow, closing_part, party_rows
from app.reports.pdf.text import boxes, day, or_blank
from app.reports.pdf.wording import Wording


def _powers(paper: AuthorityPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The list with its boxes; whether the authority is a general or a special one, and until when."""
    found = [
        CjkParagraph(boxes([(wording[f"may_{one}"], one in paper.powers)]), styles.line) for one in AgentPower
    ]
    scope = boxes([(wording["general"], not paper.special), (wording["special"], paper.special)])
    return [
        *found,
        CjkParagraph(wording.fill("scope", boxes=scope), styles.line),
        CjkParagraph(wording["term"], styles.line),
    ]


def _story(paper: AuthorityPaper, wording: Wording, styles: Styles) -> Story:
    kind = boxes((wording[f"is_{one}"], one == paper.agent_kind) for one in AgentKind)
    show = paper.show_id_numbers
    columns = min(len(paper.principals), 2) or 1
    return [
        *head(wording["title"], wording, paper.number, styles),
        CjkParagraph(wording["principals"], styles.heading),
        *party_tables(wording, paper.principals, show, styles),
        CjkParagraph(wording["the_agent"], styles.heading),
        *party_tables(wording, (paper.agent,), show, styles),
        CjkParagraph(wording.fill("kind", boxes=kind), styles.line),
        line(
            wording, "dispute", styles, dispute=or_blank(paper.dispute), committee=or_blank(paper.committee)
        ),
        *closing_part(
            CjkParagraph(wording["powers"], styles.heading),
            _powers(paper, wording, styles),
            [
                CjkParagraph(wording["principal_sign"], styles.heading),
                *party_rows(names(paper.principals), wording["party_sign"], styles.line, columns),
            ],
            [SignatureRow([wording["agent_sign"]], styles.line), at_right(day(None), styles)],
        ),
    ]


def render(paper: AuthorityPaper, wording: Wording) -> Sheets:
    """Lay out the authority of one agent."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
