"""What several forms share: the head, the parties' tables, terms and obligations, the foot."""

from collections.abc import Sequence
from datetime import date

from app.domain.papers.forms import (
    AgreementPaper,
    OralAgreementPaper,
    PaperAgent,
    PaperName,
    PaperObligation,
    PaperParty,
)
from app.domain.values.money import capitals, format_yuan
from app.reports.pdf.flowables import Block, Cell, Gap, KeptHeading, Row
from app.reports.pdf.page import Cover
from app.reports.pdf.paragraph import CjkParagraph, Drawn, Style, Styles, paragraphs
from app.reports.pdf.signing import SignatureRow
from app.reports.pdf.text import BLANK, Run, day, or_blank
from app.reports.pdf.wording import Wording


def cover(wording: Wording, number: str, author: str) -> Cover:
    """The page furniture of a form."""
    numbered = wording.fill("number", number=number) if number else ""
    return Cover(wording["title"], author, numbered, wording["footer"])


def head(title: str, wording: Wording, number: str, styles: Styles) -> list[Drawn]:
    """Title, and the number on the right below it."""
    return [
        CjkParagraph(title, styles.title),
        CjkParagraph(wording.fill("number", number=or_blank(number)), styles.number),
    ]


def part(name: str, texts: Sequence[CjkParagraph], styles: Styles) -> list[Drawn]:
    """A heading and its paragraphs."""
    return [KeptHeading(CjkParagraph(name, styles.heading), texts[0]), *texts[1:]]


def line(wording: Wording, name: str, styles: Styles, /, **values: str) -> CjkParagraph:
    """A line of the form with its values underlined."""
    return CjkParagraph(wording.runs(name, **values), styles.line)


def at_right(text: str, styles: Styles) -> Drawn:
    """A line at the right: the committee, the place of its seal."""
    return CjkParagraph(text, styles.right)


def signature(label: str, styles: Styles) -> Drawn:
    """A line to sign on."""
    return SignatureRow([label], styles.line)


def sealed(wording: Wording, committee: str, on: date | None, styles: Styles) -> list[Drawn]:
    """The committee with the place of its seal, and the day below it."""
    return [
        at_right(wording.fill("committee", committee=or_blank(committee)) + wording["seal"], styles),
        at_right(day(on), styles),
    ]


def named(parties: Sequence[PaperName]) -> str:
    """Names on one line: 张某、李某."""
    return or_blank("、".join(party.name for party in parties))


def listed(parties: Sequence[PaperName]) -> str:
    """Names with what they are: 申请人张某、被申请人李某."""
    return or_blank("、".join(party.label + party.name for party in parties))


def names(parties: Sequence[PaperParty]) -> tuple[PaperName, ...]:
    """Who signs, from the parties' particulars."""
    return tuple(PaperName(party.label, party.name) for party in parties)


def code_table(groups: Sequence[str], in_row: int, styles: Styles) -> list[Drawn]:
    """A key or fingerprint in groups to read aloud; rows of `in_row`."""
    padded = [*groups, *[""] * (-len(groups) % in_row)]
    cells = [Cell((CjkParagraph(group, styles.code),), 1) for group in padded]
    return [*(Row(cells[first : first + in_row]) for first in range(0, len(cells), in_row)), Gap(10)]


class _Table:
    """Builds the rows of one party's table."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def label(self, text: str, share: float) -> Cell:
        return Cell((CjkParagraph(text, self._styles.cell_label),), share)

    def value(self, text: str, share: float) -> Cell:
        return Cell((CjkParagraph(or_blank(text), self._styles.cell),), share)

    def row(self, *cells: tuple[str, str, float, float]) -> Row:
        """A row of label, value, share of the label, share of the value."""
        built: list[Cell] = []
        for label, value, label_share, value_share in cells:
            built += [self.label(label, label_share), self.value(value, value_share)]
        return Row(built)


def _helper(wording: Wording, person: PaperAgent, show_id: bool) -> str:
    text = wording.fill("person", name=person.name, powers=or_blank(person.powers), phone=person.phone or "")
    return text + (wording.fill("person_id", id_no=person.id_no) if show_id and person.id_no else "")


def _person_rows(table: _Table, wording: Wording, party: PaperParty, show_id: bool) -> list[Row]:
    age = "" if party.age is None else wording.fill("age_value", age=str(party.age))
    first = Row(
        [
            table.label(wording.fill("party", label=party.label), 14),
            table.label(wording["name"], 9),
            table.value(party.name, 24),
            table.label(wording["sex"], 9),
            table.value(party.sex, 7),
            table.label(wording["nation"], 9),
            table.value(party.nation, 10),
            table.label(wording["age"], 9),
            table.value(age, 9),
        ]
    )
    rows = [
        first,
        table.row((wording["occupation"], party.occupation, 20, 30), (wording["phone"], party.phone, 16, 34)),
        table.row((wording["address"], party.address, 20, 80)),
    ]
    if show_id:
        rows.append(table.row((wording["id_no"], party.id_no or "", 20, 80)))
    return rows


def _company_rows(table: _Table, wording: Wording, party: PaperParty) -> list[Row]:
    first = Row(
        [
            table.label(wording.fill("party", label=party.label), 14),
            table.label(wording["company"], 9),
            table.value(party.name, 77),
        ]
    )
    return [
        first,
        table.row(
            (wording["legal_representative"], party.legal_representative, 32, 24),
            (wording["position"], party.occupation, 14, 30),
        ),
        table.row((wording["uscc"], party.uscc, 28, 34), (wording["phone"], party.phone, 14, 24)),
        table.row((wording["company_address"], party.address, 14, 86)),
    ]


def party_table(wording: Wording, party: PaperParty, show_id: bool, styles: Styles) -> Drawn:
    """The particulars of one party in the order of the official form, agents and guardians below."""
    table = _Table(styles)
    if party.is_legal_person:
        rows = _company_rows(table, wording, party)
    else:
        rows = _person_rows(table, wording, party, show_id)
    for label, people in ((wording["guardian"], party.guardians), (wording["agent"], party.agents)):
        rows += [table.row((label, _helper(wording, person, show_id), 20, 80)) for person in people]
    return Block(rows)


def asked_table(wording: Wording, person: PaperParty, unit: str, show_id: bool, styles: Styles) -> Drawn:
    """Somebody who is no party: whom the mediators asked (F06); the number only when it is to be printed."""
    table = _Table(styles)
    age = "" if person.age is None else wording.fill("age_value", age=str(person.age))
    rows = [
        Row(
            [
                table.label(wording["asked"], 18),
                table.label(wording["name"], 10),
                table.value(person.name, 30),
                table.label(wording["sex"], 10),
                table.value(person.sex, 10),
                table.label(wording["age"], 10),
                table.value(age, 12),
            ]
        ),
        table.row((wording["unit"], unit, 18, 40), (wording["phone"], person.phone, 16, 26)),
        table.row((wording["address"], person.address, 18, 82)),
    ]
    if show_id:
        rows.append(table.row((wording["id_no"], person.id_no or "", 18, 82)))
    return Block(rows)


def party_brief(wording: Wording, party: PaperParty, styles: Styles) -> Drawn:
    """Who, where and how to reach them: what a report says of a party."""
    table = _Table(styles)
    return Block(
        [
            table.row(
                (wording["name"], f"{party.label}　{party.name}", 18, 42),
                (wording["phone"], party.phone, 12, 28),
            ),
            table.row((wording["address"], party.address, 18, 82)),
        ]
    )


def party_tables(
    wording: Wording, parties: Sequence[PaperParty], show_id: bool, styles: Styles
) -> list[Drawn]:
    """One table below the other."""
    tables: list[Drawn] = []
    for party in parties:
        tables += [party_table(wording, party, show_id, styles), Gap(8)]
    return tables


def obligation_runs(wording: Wording, duty: PaperObligation) -> tuple[Run, ...]:
    """Who pays or does what, to whom, how and when; the amount in digits and in capitals."""
    act = duty.act.strip().rstrip("。；;.")
    due = or_blank(duty.due_note)
    if not duty.due_note.strip() and duty.due_on is not None:
        due = wording.fill("before", day=day(duty.due_on))
    values = {
        "debtor": or_blank(duty.debtor),
        "creditor": or_blank(duty.creditor),
        "manner": or_blank(duty.manner),
        "due": due,
    }
    if duty.amount_fen is None:
        return wording.runs("act", act=or_blank(act), **values)
    amount = wording.fill("amount", yuan=format_yuan(duty.amount_fen), capitals=capitals(duty.amount_fen))
    if act:
        return wording.runs("pay_for", act=or_blank(act), amount=amount, **values)
    return wording.runs("pay", amount=amount, **values)


def _numbered(runs: Sequence[Run], number: int, style: Style) -> CjkParagraph:
    return CjkParagraph([Run(f"{number}. "), *runs], style)


def terms(paper: AgreementPaper | OralAgreementPaper, styles: Styles) -> list[CjkParagraph]:
    """The terms as typed, numbered; further lines of a term follow as paragraphs of their own."""
    written: list[CjkParagraph] = []
    for number, term in enumerate(paper.terms, 1):
        first, *more = paragraphs(term, styles.body)
        written += [_numbered(first.runs, number, styles.body), *more]
    return written or [CjkParagraph(BLANK, styles.body)]


def obligations(
    paper: AgreementPaper | OralAgreementPaper, wording: Wording, styles: Styles, first: int = 1
) -> list[CjkParagraph]:
    """One numbered line for each obligation, then the breach clause if there is one."""
    written = [
        _numbered(obligation_runs(wording, duty), number, styles.body)
        for number, duty in enumerate(paper.obligations, first)
    ]
    if paper.breach.strip():
        written.append(CjkParagraph(wording.fill("breach", breach=or_blank(paper.breach)), styles.body))
    return written or [CjkParagraph(BLANK, styles.body)]
