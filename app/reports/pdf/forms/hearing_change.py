"""调解会变更通知书 and 调解会取消通知书 (F16): what was told, why it changed, what holds now."""

from app.domain.papers.forms import HearingChangePaper
from app.reports.pdf.forms.hearing_notice import slip
from app.reports.pdf.forms.parts import at_right, cover, head, line
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Styles
from app.reports.pdf.signing import Closing
from app.reports.pdf.text import clock, day, or_blank
from app.reports.pdf.wording import Wording


def _story(paper: HearingChangePaper, wording: Wording, styles: Styles) -> Story:
    values = {
        "committee": or_blank(paper.committee),
        "number": or_blank(paper.number),
        "label": paper.receiver.label,
        "name": or_blank(paper.receiver.name),
        "dispute": or_blank(paper.dispute),
        "was_day": day(paper.was_on),
        "was_clock": clock(paper.was_at),
        "was_place": or_blank(paper.was_place),
        "reason": or_blank(paper.reason),
        "day": day(paper.held_on),
        "clock": clock(paper.starts) if paper.starts is not None else "",
        "place": or_blank(paper.place),
    }
    contact = line(
        wording, "contact", styles, name=or_blank(paper.contact), phone=or_blank(paper.contact_phone)
    )
    now = [line(wording, name, styles, **values) for name in ("time", "place") if paper.held_on]
    foot = [
        at_right(wording.fill("committee", committee=or_blank(paper.committee)) + wording["seal"], styles),
        at_right(day(paper.issued_on), styles),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receiver", styles, name=or_blank(paper.receiver.name)),
        CjkParagraph(wording.runs("opening", **values), styles.body),
        *now,
        CjkParagraph(wording["after"], styles.body),
        Closing(contact, (), foot),
        slip("receipt", wording, styles, **values),
        slip("stub", wording, styles, **values),
    ]


def render(paper: HearingChangePaper, wording: Wording) -> Sheets:
    """Lay out the notice for one receiver."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
