"""人民调解员回避事项记录: the ties of a mediator, what was decided, and who consents (PML 23, TY16 15)."""

from app.domain.papers.forms import PaperTie, RecusalRecordPaper
from app.domain.recusal import RecusalVerdict
from app.reports.pdf.forms.parts import at_right, cover, head, line, part, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import day, or_blank
from app.reports.pdf.wording import Wording

_TICKED, _EMPTY = "■", "□"
_CHOICES = (RecusalVerdict.KEPT, RecusalVerdict.REPLACED, RecusalVerdict.NOT_FOUNDED)


def _tie(wording: Wording, tie: PaperTie, number: int, styles: Styles) -> CjkParagraph:
    fact = wording.fill(f"fact_{tie.fact}", number=tie.case_number)
    year = wording.fill("year", year=str(tie.year)) if tie.year else ""
    return CjkParagraph(
        f"{number}. " + wording.fill(tie.kind, party=tie.party, fact=fact, year=year), styles.body
    )


def _raised(paper: RecusalRecordPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """Who raised it, and the ties the check found."""
    texts = []
    if paper.asked_by:
        asked = wording.fill(
            "raised_by_party", party=paper.asked_by, mediator=paper.mediator, reason=paper.wish
        )
        texts += paragraphs(asked, styles.body)
    if paper.ties:
        texts.append(CjkParagraph(wording.fill("raised_by_check", mediator=paper.mediator), styles.body))
        texts += [_tie(wording, tie, number, styles) for number, tie in enumerate(paper.ties, 1)]
    else:
        texts.append(CjkParagraph(wording.fill("no_tie", mediator=paper.mediator), styles.body))
    return texts


def _decision(paper: RecusalRecordPaper, wording: Wording, styles: Styles) -> list[CjkParagraph]:
    """The three ways with their boxes, all empty while nothing is decided."""
    lines = [
        CjkParagraph(
            wording.fill(choice, box=_TICKED if choice == paper.verdict else _EMPTY, mediator=paper.mediator),
            styles.line,
        )
        for choice in _CHOICES
    ]
    lines.append(line(wording, "reason", styles, reason=or_blank(paper.reason)))
    if paper.verdict == RecusalVerdict.REPLACED:
        lines.append(line(wording, "now", styles, mediators=or_blank("、".join(paper.mediators))))
    return lines


def _story(paper: RecusalRecordPaper, wording: Wording, styles: Styles) -> Story:
    told = wording.runs(
        "told", committee=or_blank(paper.committee), dispute=paper.dispute, mediator=paper.mediator
    )
    stays = paper.verdict in (RecusalVerdict.KEPT, RecusalVerdict.OPEN)
    said = wording.fill("agree", mediator=paper.mediator) if stays else wording["know"]
    rows: list[Drawn] = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(paper.parties, wording["party_sign"], styles.line),
    ]
    foot: list[Drawn] = [
        signature(wording["mediator_sign"], styles),
        signature(wording["decider_sign"], styles),
        at_right(wording["seal"], styles),
        at_right(day(paper.decided_on), styles),
    ]
    heading = CjkParagraph(wording["consents"], styles.heading)
    return [
        *head(wording["title"], wording, paper.number, styles),
        CjkParagraph(told, styles.body),
        CjkParagraph(wording["basis"], styles.body),
        *part(wording["raised"], _raised(paper, wording, styles), styles),
        *part(wording["decision"], _decision(paper, wording, styles), styles),
        *closing_part(heading, [CjkParagraph(said, styles.body)], rows, foot),
    ]


def render(paper: RecusalRecordPaper, wording: Wording) -> Sheets:
    """Lay out the record of a recusal."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
