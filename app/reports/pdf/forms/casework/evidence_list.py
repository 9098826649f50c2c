"""人民调解证据材料清单 (F07): what was handed in, by whom, and what went back."""

from app.domain.papers.work_forms import EvidenceLine, EvidencePaper
from app.reports.pdf.flowables import Cell, Gap, Row
from app.reports.pdf.forms.parts import cover, head, line, sealed, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Style, Styles
from app.reports.pdf.signing import Closing
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording

_SHARES = {
    "no": 7,
    "name": 17,
    "source": 13,
    "count": 10,
    "original": 9,
    "purpose": 19,
    "received": 15,
    "receiver": 10,
}


def _row(texts: dict[str, str], style: Style) -> Row:
    return Row([Cell((CjkParagraph(texts[name], style),), share) for name, share in _SHARES.items()])


def _line(number: int, one: EvidenceLine, wording: Wording, style: Style) -> Row:
    copies = wording.fill("copies", copies=str(one.copies))
    pages = wording.fill("pages", pages=str(one.pages)) if one.pages else ""
    original = wording["is_original" if one.original else "is_copy"]
    on = one.received_on
    return _row(
        {
            "no": str(number),
            "name": f"{one.name}（{wording[one.kind]}）",
            "source": or_blank(one.source),
            "count": copies + pages,
            "original": original,
            "purpose": or_blank(one.purpose),
            "received": f"{on.year}.{on.month}.{on.day}",
            "receiver": or_blank(one.receiver),
        },
        style,
    )


def _checked(paper: EvidencePaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """Which copies were compared with the original, and which originals went back to whom."""
    found = []
    for number, one in enumerate(paper.lines, 1):
        if one.checked_by:
            said = wording.runs("checked", number=str(number), name=one.checked_by)
            found.append(CjkParagraph(said, styles.line))
        if one.returned_on is not None:
            said = wording.runs("returned", number=str(number), day=day(one.returned_on), to=one.returned_to)
            found.append(CjkParagraph(said, styles.line))
    return found


def _story(paper: EvidencePaper, wording: Wording, styles: Styles) -> Story:
    small = Style(styles.cell.face, 10.5, 16, align="left")
    heads = {name: wording[f"head_{name}"] for name in _SHARES}
    bold = Style(styles.cell_label.face, 10.5, 16, align="center")
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        _row(heads, bold),
        *(_line(number, one, wording, small) for number, one in enumerate(paper.lines, 1)),
        Gap(10),
        *_checked(paper, wording, styles),
        Closing(
            CjkParagraph(wording["true_copy"], styles.body),
            [
                signature(wording["handed_in"], styles),
                signature(wording["receiver_sign"], styles),
                signature(wording["checker_sign"], styles),
                signature(wording["took_back"], styles),
            ],
            sealed(wording, paper.committee, None, styles),
        ),
    ]


def render(paper: EvidencePaper, wording: Wording) -> Sheets:
    """Lay out the list, with the receipt for originals given back."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
