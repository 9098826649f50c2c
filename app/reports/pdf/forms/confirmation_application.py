"""司法确认申请书 (F20): who asks, for what, why, what they promise, and what is enclosed."""

from app.domain.papers.confirming import ConfirmationApplicationPaper, PaperApplicant
from app.domain.papers.forms import PaperName
from app.reports.pdf.flowables import Block, Cell, Gap, Row
from app.reports.pdf.forms.parts import at_right, cover, head, part
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording

_LABEL = 17
_COURT = "＿＿＿＿＿＿＿＿人民法院"


def _row(styles: Styles, *cells: tuple[str, str, float]) -> Row:
    """A row of label, value and the value's share of the width."""
    built: list[Cell] = []
    for label, value, share in cells:
        built.append(Cell((CjkParagraph(label, styles.cell_label),), _LABEL))
        built.append(Cell((CjkParagraph(or_blank(value), styles.cell),), share))
    return Row(built)


def _person(wording: Wording, one: PaperApplicant, styles: Styles) -> list[Drawn]:
    half = (100 - 2 * _LABEL) / 2
    born = "" if one.birth is None else day(one.birth)
    return [
        _row(styles, (wording["name"], one.name, half), (wording["sex"], one.sex, half)),
        _row(styles, (wording["birth"], born, half), (wording["nation"], one.nation, half)),
        _row(styles, (wording["address"], one.address, 100 - _LABEL)),
        _row(styles, (wording["id_no"], one.id_no, half + 4), (wording["phone"], one.phone, half - 4)),
    ]


def _body(wording: Wording, one: PaperApplicant, styles: Styles) -> list[Drawn]:
    half = (100 - 2 * _LABEL) / 2
    return [
        _row(styles, (wording["company"], one.name, 100 - _LABEL)),
        _row(styles, (wording["company_address"], one.address, 100 - _LABEL)),
        _row(styles, (wording["uscc"], one.uscc, 100 - _LABEL)),
        _row(
            styles,
            (wording["legal_representative"], one.legal_representative, half),
            (wording["phone"], one.phone, half),
        ),
    ]


def _applicants(paper: ConfirmationApplicationPaper, wording: Wording, styles: Styles) -> list[Drawn]:
    drawn: list[Drawn] = []
    for one in paper.applicants:
        rows = (_body if one.is_legal_person else _person)(wording, one, styles)
        rows += [_row(styles, (agent.label, agent.name, 100 - _LABEL)) for agent in one.agents]
        drawn += [CjkParagraph(wording["applicant"], styles.heading), Block(rows), Gap(8)]
    return drawn


def _story(paper: ConfirmationApplicationPaper, wording: Wording, styles: Styles) -> Story:
    committee, agreed = or_blank(paper.committee), day(paper.agreed_on)
    request = wording.runs(
        "request_text", agreed=agreed, committee=committee, agreement=or_blank(paper.agreement_number)
    )
    reasons = wording.fill(
        "reasons_text", dispute=paper.dispute, committee=committee, agreed=agreed,
        effective=day(paper.effective_on),
    )  # fmt: skip
    promises = [CjkParagraph(wording[f"promise_{number}"], styles.body) for number in (1, 2, 3)]
    signers = tuple(PaperName(wording["applicant"], one.name) for one in paper.applicants)
    rows: list[Drawn] = [
        CjkParagraph(wording["to"], styles.body),
        CjkParagraph(paper.court.strip() or _COURT, styles.line),
        CjkParagraph(wording["signers"], styles.heading),
        *party_rows(signers, wording["sign"], styles.line),
    ]
    enclosed = [
        CjkParagraph(wording.fill("attachment", number=str(number), name=name), styles.line)
        for number, name in enumerate(paper.attachments, 1)
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        *_applicants(paper, wording, styles),
        *part(wording["request"], [CjkParagraph(request, styles.body)], styles),
        *part(
            wording["reasons"],
            [
                CjkParagraph(reasons, styles.body),
                *paragraphs(paper.facts, styles.body),
                CjkParagraph(wording["reasons_end"], styles.body),
            ],
            styles,
        ),
        *closing_part(
            CjkParagraph(wording["promise"], styles.heading), promises, rows, [at_right(day(None), styles)]
        ),
        *part(wording["attachments"], enclosed, styles),
    ]


def render(paper: ConfirmationApplicationPaper, wording: Wording) -> Sheets:
    """Lay out the application."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
