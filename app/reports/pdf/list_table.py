"""Any list on paper: A4 across, the head on every page, page x of y."""

from datetime import date
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, TableStyle
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from app.domain.papers.lists import ListTable
from app.reports.pdf import fonts
from app.reports.pdf.paragraph import CjkParagraph, Style

_CM = 72 / 2.54
_PAGE = landscape(A4)
_SIDE = 1.5 * _CM
_WIDTH = _PAGE[0] - 2 * _SIDE
_ROOM = 100.0
_GREY = HexColor("#808080")
_HEAD = HexColor("#EEF2F7")


def render_list(table: ListTable, office: str, on: date) -> bytes:
    """The list as PDF; the same list gives the same bytes."""
    fonts.register()
    total = _lay_out(table, office, on, 0)[1]
    return _lay_out(table, office, on, total)[0]


def _lay_out(table: ListTable, office: str, on: date, pages: int) -> tuple[bytes, int]:
    def furnish(canvas: Any, document: Any) -> None:
        footer = f"{office}　{on.year}年{on.month}月{on.day}日　共{len(table.rows)}条　"
        footer += f"第 {document.page} 页 共 {pages} 页"
        line = CjkParagraph(footer, Style(fonts.BODY, 9, 14, align="center"))
        line.wrapOn(canvas, _WIDTH, _ROOM)
        line.drawOn(canvas, _SIDE, 0.8 * _CM)

    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=_PAGE, title=table.title, author=office, invariant=1, leftMargin=_SIDE,
        rightMargin=_SIDE, topMargin=1.3 * _CM, bottomMargin=1.6 * _CM,
    )  # fmt: skip
    frame = Frame(
        _SIDE, 1.6 * _CM, _WIDTH, _PAGE[1] - 2.9 * _CM, leftPadding=0, rightPadding=0, topPadding=0,
        bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("list", [frame], onPage=furnish)])
    story: list[Any] = [CjkParagraph(table.title, Style(fonts.TITLE, 16, 28, align="center"))]
    if table.asked:
        story.append(CjkParagraph(table.asked, Style(fonts.NOTE, 10, 18, align="left")))
    story.append(_table(table))
    document.build(story)
    return out.getvalue(), document.page


def _table(table: ListTable) -> LongTable:
    head = Style(fonts.HEADING, 10, 15, align="center")
    cell = Style(fonts.BODY, 10, 14, align="left")
    lines: list[list[Any]] = [[CjkParagraph(text, head) for text in table.headings]]
    lines += [[CjkParagraph(text, cell) if text else "" for text in row] for row in table.rows]
    whole = sum(table.widths) or 1
    made = LongTable(lines, [_WIDTH * width / whole for width in table.widths], repeatRows=1)
    padding = [(side, (0, 0), (-1, -1), 3) for side in ("LEFTPADDING", "RIGHTPADDING", "BOTTOMPADDING")]
    made.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, _GREY),
                ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                *padding,
            ]
        )
    )
    return made
