"""The page of the forms: A4, margins, number at the top right, page x of y; laid out until it fits well."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from app.reports.pdf import fonts
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Style, Styles

CM = 72 / 2.54
SIDE = 3.18 * CM
TOP = 2.54 * CM
BODY_WIDTH = A4[0] - 2 * SIDE
BODY_HEIGHT = A4[1] - 2 * TOP

_LEADING = 28.0
_TIGHTER_LEADING = 26.0

Story = list[Drawn]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands outside the text: file title, author, the number repeated on later pages, the footer."""

    title: str
    author: str
    number: str
    footer: str  # with {page} and {pages}


@dataclass(frozen=True, slots=True)
class Sheets:
    """A finished paper."""

    pdf: bytes
    pages: int


def _draw_line(canvas: Any, text: str, y: float, align: str) -> None:
    line = CjkParagraph(text, Style(fonts.BODY, 10.5, 16, align=align))
    line.wrapOn(canvas, BODY_WIDTH, BODY_HEIGHT)
    line.drawOn(canvas, SIDE, y)


def _lay_out(cover: Cover, story: Story, pages: int) -> Sheets:
    """One pass; `pages` is the total printed in the footers."""

    def furnish(canvas: Any, document: Any) -> None:
        _draw_line(canvas, cover.footer.format(page=document.page, pages=pages), 1.5 * CM, "center")
        if cover.number and document.page > 1:
            _draw_line(canvas, cover.number, A4[1] - 1.9 * CM, "right")

    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=cover.title,
        author=cover.author,
        lang="zh-CN",
        invariant=1,
        initialFontName=str(fonts.Font.SERIF),
    )
    frame = Frame(SIDE, TOP, BODY_WIDTH, BODY_HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(story)
    return Sheets(out.getvalue(), document.page)


def lay_out(cover: Cover, make_story: Callable[[Styles], Story]) -> Sheets:
    """Set the story; the line pitch is tightened from 28 to 26 pt where that saves a page.

    The same story gives the same bytes. A story is made anew for each pass: flowables remember.
    """
    fonts.register()
    styles = Styles(_LEADING)
    pages = _lay_out(cover, make_story(styles), 0).pages
    if pages > 1:
        tighter = _lay_out(cover, make_story(Styles(_TIGHTER_LEADING)), 0).pages
        if tighter < pages:
            styles, pages = Styles(_TIGHTER_LEADING), tighter
    return _lay_out(cover, make_story(styles), pages)
