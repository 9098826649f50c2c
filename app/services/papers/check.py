"""What is looked at before a paper is printed: the list beside the preview."""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.agreements import VAGUE, AgreementForm, least_copies
from app.domain.cases import PartyView
from app.domain.intake import guardian_gaps
from app.domain.papers.forms import FormId, PaperRecord
from app.domain.papers.listing import PaperCheck
from app.domain.papers.listing import PaperCheckCode as Code
from app.domain.people import PersonKind
from app.domain.values.money import MoneyProblem, capitals, format_yuan, parse_yuan
from app.models.agreement import Agreement
from app.models.case import Case, current_parties
from app.models.hearing import SessionRecord
from app.reports import unprintable_characters
from app.services.cases.view import view_party
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.papers.parties import principals
from app.services.papers.records import paper_record

_SETTLEMENTS = (FormId.AGREEMENT, FormId.ORAL_AGREEMENT)
_PERSONAL = (*_SETTLEMENTS, FormId.SESSION_RECORD)
_SIGNED_BY_ALL = (FormId.APPLICATION, FormId.AUTHORITY, FormId.EXTENSION, FormId.UNDISPUTED_FACTS)
_WANTED: dict[FormId, tuple[str, ...]] = {
    FormId.RECEIPT_SLIP: ("phone",),
    FormId.APPLICATION: ("requests",),
    FormId.AUTHORITY: ("agent_kind", "powers"),
    FormId.RISK_REPORT: ("people", "measures"),
    FormId.DEMAND_NOTICE: ("contact_phone",),
    FormId.REFERRAL_LETTER: ("contact_phone",),
    FormId.REPLY_LETTER: ("unit", "letter_no", "contact_phone"),
}
"""The fields of a record that may be empty and better are not."""
_PERSON_FIELDS = ("sex", "birth", "phone", "address")
_BODY_FIELDS = ("uscc", "legal_representative", "phone", "address")
_WRITTEN_TWICE = re.compile(
    r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*元[^（(。；]{0,4}[（(]大写[：:\s]*(?:人民币)?([^）)]+)[）)]"
)
_SAME = str.maketrans({"圆": "元", "正": "整"})


@use_case(needs=Permission.READ, writes=False)
def check_paper(uow: UnitOfWork, case_id: str, form: FormId, subject_id: str) -> tuple[PaperCheck, ...]:
    """What must and what should be put right before this paper is printed (domain reference 3.3).

    Nothing for a case of another office: what it printed stays as it is. Refuses NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    if case.owner != uow.office().node:
        return ()
    record = paper_record(uow, case, form, subject_id, "", uow.today())
    found = list(_people(case, uow.today())) if form in (*_PERSONAL, *_SIGNED_BY_ALL) else []
    if form in _WANTED:
        empty = tuple(name for name in _WANTED[form] if not getattr(record, name))
        found.append(PaperCheck(Code.FILLED, ok=not empty, fields=empty))
    if form in _PERSONAL:
        found.append(PaperCheck(Code.RIGHTS_TOLD, ok=case.rights_told_on is not None))
    if form in _SETTLEMENTS:
        found += _settlement(uow, case, uow.get(Agreement, subject_id))
    return (*found, _glyphs(record))


def _people(case: Case, today: date) -> Iterator[PaperCheck]:
    bound = principals(case)
    gaps = [(party, _empty_fields(party)) for party in bound]
    lacking = [
        PaperCheck(Code.PARTICULARS, ok=False, names=(party.name,), fields=fields)
        for party, fields in gaps
        if fields
    ]
    yield from lacking or [PaperCheck(Code.PARTICULARS, ok=True)]
    nameless = tuple(party.name for party in bound if party.kind == PersonKind.NATURAL and not party.id_no)
    yield PaperCheck(Code.ID_NUMBERS, ok=not nameless, names=nameless)
    if minors := guardian_gaps(tuple(map(view_party, current_parties(case))), today):
        yield PaperCheck(Code.GUARDIANS, ok=False, block=True, names=minors)


def _empty_fields(party: PartyView) -> tuple[str, ...]:
    wanted = _BODY_FIELDS if party.kind == PersonKind.LEGAL else _PERSON_FIELDS
    empty = [field for field in wanted if not getattr(party, field)]
    if party.village and "address" in empty:
        empty.remove("address")
    return tuple(empty)


def _settlement(uow: UnitOfWork, case: Case, agreement: Agreement) -> Iterator[PaperCheck]:
    signed = select(SessionRecord.seq).where(
        SessionRecord.case_id == case.id, SessionRecord.signed_on.is_(None)
    )
    unsigned = tuple(str(seq) for seq in uow.session.scalars(signed.order_by(SessionRecord.seq)))
    yield PaperCheck(Code.SESSIONS_SIGNED, ok=not unsigned, block=bool(unsigned), names=unsigned)
    wrong = tuple(_wrong_amounts(agreement))
    yield PaperCheck(Code.AMOUNTS, ok=not wrong, names=wrong)
    vague = tuple(_vague_words(agreement))
    duties = bool(agreement.obligations)
    yield PaperCheck(Code.DUE_DATES, ok=duties and not vague, block=not duties, names=vague)
    if agreement.form == AgreementForm.WRITTEN:
        enough = agreement.copies >= least_copies(tuple(map(view_party, current_parties(case))))
        yield PaperCheck(Code.COPIES, ok=enough, block=not enough)


def _wrong_amounts(agreement: Agreement) -> Iterator[str]:
    """Amounts typed twice in a text whose capitals say something else; the form's own are computed."""
    duties = [row.act for row in agreement.obligations]
    for figures, words in _WRITTEN_TWICE.findall("\n".join([*agreement.terms, agreement.breach, *duties])):
        fen = parse_yuan(figures)
        right = "" if isinstance(fen, MoneyProblem) else capitals(fen)
        if right.removesuffix("整") != words.strip().translate(_SAME).removesuffix("整"):
            yield figures
    owed = sum(row.amount_fen or 0 for row in agreement.obligations)
    if owed != (agreement.total_fen or 0):
        yield format_yuan(owed)


def _vague_words(agreement: Agreement) -> Iterator[str]:
    text = "\n".join([*agreement.terms, *(f"{row.act} {row.manner}" for row in agreement.obligations)])
    yield from dict.fromkeys(found.group() for found in VAGUE.finditer(text))


def _glyphs(record: PaperRecord) -> PaperCheck:
    missing = unprintable_characters(record)
    return PaperCheck(Code.GLYPHS, ok=not missing, block=bool(missing), names=missing)
