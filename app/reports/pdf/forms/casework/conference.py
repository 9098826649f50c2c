"""会诊（研判）记录 (F28): who sat together over a case, each opinion, what came of it."""

from collections.abc import Iterator

from app.domain.papers.forms import PaperName
from app.domain.papers.work_forms import ConferencePaper
from app.reports.pdf.forms.parts import at_right, cover, head, line, part, signature
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import clock, day, or_blank
from app.reports.pdf.wording import Wording


def _members(paper: ConferencePaper) -> str:
    return "；".join(f"{one.name}（{one.unit}）" if one.unit.strip() else one.name for one in paper.members)


def _opinions(paper: ConferencePaper, wording: Wording, styles: Styles) -> Iterator[CjkParagraph]:
    for number, one in enumerate([one for one in paper.members if one.opinion.strip()], 1):
        said = wording.fill("opinion", number=str(number), name=one.name, text=one.opinion)
        yield from paragraphs(said, styles.body)


def _story(paper: ConferencePaper, wording: Wording, styles: Styles) -> Story:
    times = {"starts": clock(paper.starts), "ends": clock(paper.ends)}
    opinions = [*_opinions(paper, wording, styles)] or paragraphs("", styles.body)
    signers = [PaperName("", one.name) for one in paper.members]
    rows = [
        signature(wording["chair_sign"], styles),
        CjkParagraph(wording["members_sign"], styles.heading),
        *party_rows(signers, wording["member_sign"], styles.line),
    ]
    foot = [
        signature(wording["recorder_sign"], styles),
        at_right(wording.fill("committee", committee=or_blank(paper.committee)), styles),
        at_right(day(paper.held_on), styles),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "topic", styles, topic=or_blank(paper.topic)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "time", styles, day=day(paper.held_on), **times),
        line(wording, "place", styles, place=or_blank(paper.place)),
        line(wording, "chair", styles, name=or_blank(paper.chair)),
        line(wording, "recorder", styles, name=or_blank(paper.recorder)),
        line(wording, "members", styles, names=or_blank(_members(paper))),
        *part(wording["summary"], paragraphs(paper.summary, styles.body), styles),
        *part(wording["opinions"], opinions, styles),
        *part(wording["legal_basis"], paragraphs(paper.legal_basis, styles.body), styles),
        *part(wording["conclusion"], paragraphs(paper.conclusion, styles.body), styles),
        *closing_part(
            CjkParagraph(wording["proposal"], styles.heading),
            paragraphs(paper.proposal, styles.body),
            rows,
            foot,
        ),
    ]


def render(paper: ConferencePaper, wording: Wording) -> Sheets:
    """Lay out the record of one consultation."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
