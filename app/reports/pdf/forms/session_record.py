"""人民调解记录 (F08), one for each session."""

from app.domain.papers.forms import SessionRecordPaper
from app.reports.pdf.forms.parts import (
    at_right,
    cover,
    head,
    line,
    names,
    part,
    party_tables,
    signature,
)
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles, paragraphs
from app.reports.pdf.signing import closing_part, party_rows
from app.reports.pdf.text import chinese_ordinal, clock, day, or_blank
from app.reports.pdf.wording import Wording


def _title(paper: SessionRecordPaper, wording: Wording) -> str:
    if paper.ordinal is None:
        return wording["title"]
    return wording.fill("title_of_several", ordinal=chinese_ordinal(paper.ordinal))


def _opening(paper: SessionRecordPaper, wording: Wording, styles: Styles) -> Story:
    held = day(paper.held_on)
    starts = clock(paper.starts)
    if paper.ends is None:
        time = line(wording, "time", styles, day=held, clock=starts)
    else:
        time = line(wording, "time_from_to", styles, day=held, starts=starts, ends=clock(paper.ends))
    return [
        time,
        line(wording, "place", styles, place=or_blank(paper.place)),
        line(wording, "dispute", styles, dispute=or_blank(paper.dispute)),
        line(wording, "attendees", styles, names=or_blank("、".join(paper.attendees))),
    ]


def _story(paper: SessionRecordPaper, wording: Wording, styles: Styles) -> Story:
    rows = [
        CjkParagraph(wording["parties_sign"], styles.heading),
        *party_rows(names(paper.parties), wording["party_sign"], styles.line),
    ]
    if paper.attendees:
        rows.append(signature(wording["attendees_sign"], styles))
    foot = [
        signature(wording["mediator_sign"], styles),
        signature(wording["recorder_sign"], styles),
        at_right(day(paper.signed_on), styles),
    ]
    outcome = paragraphs(paper.outcome, styles.body)
    return [
        *head(_title(paper, wording), wording, paper.number, styles),
        *_opening(paper, wording, styles),
        CjkParagraph(wording["parties"], styles.line),
        *party_tables(wording, paper.parties, paper.show_id_numbers, styles),
        CjkParagraph(wording["told"], styles.body),
        *part(wording["body"], paragraphs(paper.body, styles.body), styles),
        *closing_part(CjkParagraph(wording["outcome"], styles.heading), outcome, rows, foot),
    ]


def render(paper: SessionRecordPaper, wording: Wording) -> Sheets:
    """Lay out the record of a session."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
