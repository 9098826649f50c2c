"""调解会通知书 (F16) with a code phones read offline, the receipt and the stub to cut off."""

from app.domain.papers.forms import HearingNoticePaper
from app.reports.pdf.flowables import Beside, Block, CutLine
from app.reports.pdf.forms.parts import at_right, cover, head, line
from app.reports.pdf.page import Sheets, Story, lay_out
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Style, Styles
from app.reports.pdf.signing import Closing, SignatureRow
from app.reports.pdf.text import clock, day, or_blank
from app.reports.pdf.wording import Wording

QR_SIDE = 100.0  # points: more than 0.4 mm a module for two hundred bytes


def slip(kind: str, wording: Wording, styles: Styles, /, **values: str) -> Drawn:
    """The receipt or the stub: a sentence and a line to sign on."""
    small = Style(styles.body.face, 12, 20)
    text = wording.runs(f"{kind}_text", **values)
    labels = [wording[f"{kind}_sign"], wording[f"{kind}_date"]]
    sentence = CjkParagraph(text, Style(styles.body.face, 12, 20, indent=2))
    return Block([CutLine(wording[kind]), sentence, SignatureRow(labels, small, columns=2)])


def _values(paper: HearingNoticePaper) -> dict[str, str]:
    return {
        "committee": or_blank(paper.committee),
        "number": or_blank(paper.number),
        "label": paper.receiver.label,
        "name": or_blank(paper.receiver.name),
        "dispute": or_blank(paper.dispute),
        "day": day(paper.held_on),
        "clock": clock(paper.starts),
        "place": or_blank(paper.place),
    }


def qr_text(paper: HearingNoticePaper, wording: Wording) -> str:
    """What a phone shows that reads the code, without a network: what, when, where, whom to call."""
    return wording.fill(
        "qr",
        committee=or_blank(paper.committee),
        dispute=or_blank(paper.dispute),
        day=day(paper.held_on),
        clock=clock(paper.starts),
        place=or_blank(paper.place),
        phone=or_blank(paper.contact_phone),
    )


def _particulars(paper: HearingNoticePaper, wording: Wording, styles: Styles) -> Story:
    mediators = "、".join(paper.mediators)
    beside = [
        line(wording, "time", styles, day=day(paper.held_on), clock=clock(paper.starts)),
        line(wording, "place", styles, place=or_blank(paper.place)),
        line(wording, "mediators", styles, names=or_blank(mediators)),
        line(wording, "recorder", styles, name=or_blank(paper.recorder)),
    ]
    bring = paper.bring.strip() or wording["bring_usual"]
    return [
        Beside(beside, qr_text(paper, wording), QR_SIDE),
        line(wording, "bring", styles, bring=or_blank(bring)),
    ]


def _story(paper: HearingNoticePaper, wording: Wording, styles: Styles) -> Story:
    contact = line(
        wording, "contact", styles, name=or_blank(paper.contact), phone=or_blank(paper.contact_phone)
    )
    foot = [
        at_right(wording.fill("committee", committee=or_blank(paper.committee)) + wording["seal"], styles),
        at_right(day(paper.issued_on), styles),
    ]
    return [
        *head(wording["title"], wording, paper.number, styles),
        line(wording, "receiver", styles, name=or_blank(paper.receiver.name)),
        CjkParagraph(wording.runs("opening", dispute=or_blank(paper.dispute)), styles.body),
        *_particulars(paper, wording, styles),
        CjkParagraph(wording["rights"], styles.body),
        Closing(contact, (), foot),
        slip("receipt", wording, styles, **_values(paper)),
        slip("stub", wording, styles, **_values(paper)),
    ]


def render(paper: HearingNoticePaper, wording: Wording) -> Sheets:
    """Lay out the notice for one receiver."""
    furniture = cover(wording, paper.number, paper.committee)
    return lay_out(furniture, lambda styles: _story(paper, wording, styles))
