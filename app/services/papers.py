"""Print a case's papers: what was printed once stays as it was and comes out again byte for byte."""

import hashlib
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import CaseAction, CaseStatus
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.hearings import HearingStatus
from app.domain.numbers import Series
from app.domain.paper_list import PaperPreview, PaperSlot, PaperState, PrintedPaper
from app.domain.papers import FormId
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.hearing import Hearing, SessionRecord
from app.models.paper import Paper, PaperFile
from app.reports import PDF_FORMS, RenderedPaper, render_paper
from app.services.agreements import number_agreement
from app.services.history import own_case, record
from app.services.numbering import take_number
from app.services.paper_records import paper_record, principals
from app.services.unit_of_work import UnitOfWork
from app.services.use_case import use_case

_TAKEN_CASE = frozenset(CaseStatus) - {CaseStatus.REGISTERED, CaseStatus.REJECTED}


@use_case(needs=Permission.READ, writes=False)
def list_papers(uow: UnitOfWork, case_id: str) -> tuple[PaperSlot, ...]:
    """Every paper this case can have now, printed or still to print, in the order of the volume."""
    case = uow.get(Case, case_id)
    printed = _latest(uow, case_id)
    return tuple(_slot(case, printed, *slot) for slot in _slots(uow, case))


def _slots(uow: UnitOfWork, case: Case) -> Iterator[tuple[FormId, str, str]]:
    """Form, subject and what distinguishes it (a name or a day) of each paper the case can have."""
    if CaseStatus(case.status) in _TAKEN_CASE:
        yield FormId.ACCEPTANCE, case.id, ""
        yield FormId.RIGHTS_NOTICE, case.id, ""
    hearings = select(Hearing).where(Hearing.case_id == case.id, Hearing.status != HearingStatus.CANCELLED)
    for hearing in uow.session.scalars(hearings.order_by(Hearing.seq)):
        for party in case.parties:
            yield FormId.HEARING_NOTICE, f"{hearing.id}:{party.id}", party.name
    sessions = select(SessionRecord).where(SessionRecord.case_id == case.id)
    for session in uow.session.scalars(sessions.order_by(SessionRecord.seq)):
        yield FormId.SESSION_RECORD, session.id, f"{session.day:%Y-%m-%d}"
    for agreement in uow.session.scalars(select(Agreement).where(Agreement.case_id == case.id)):
        form = FormId.ORAL_AGREEMENT if agreement.form == "oral" else FormId.AGREEMENT
        yield form, agreement.id, agreement.number or ""


def _latest(uow: UnitOfWork, case_id: str) -> dict[tuple[str, str], Paper]:
    rows = uow.session.scalars(select(Paper).where(Paper.case_id == case_id).order_by(Paper.made_at))
    return {(row.form, row.subject_id): row for row in rows}


def _slot(
    case: Case, printed: dict[tuple[str, str], Paper], form: FormId, subject_id: str, detail: str
) -> PaperSlot:
    paper = printed.get((form, subject_id))
    state = PaperState.PRINTED if paper else PaperState.READY
    return PaperSlot(
        form=form,
        subject_id=subject_id,
        title=PDF_FORMS[form].title,
        detail=detail,
        state=state,
        paper_id=paper.id if paper else None,
        number=paper.number if paper else None,
        copies=_copies(case, form),
    )


def _copies(case: Case, form: FormId) -> int:
    """How many to print: one a party and one for the file where each gets one (PML 29), else one."""
    each = form in (FormId.AGREEMENT, FormId.ORAL_AGREEMENT)
    return len(principals(case)) + 1 if each else 1


@use_case(needs=Permission.READ, writes=False)
def preview_paper(uow: UnitOfWork, case_id: str, form: FormId, subject_id: str) -> PaperPreview:
    """The paper as it would print today, or as it was printed when its data has not changed since.

    No number is taken and nothing is kept. Refuses MISSING_GLYPH with the characters no font has.
    """
    case = uow.get(Case, case_id)
    stored = _latest(uow, case_id).get((form, subject_id))
    if stored is not None and _still_true(uow, case, stored):
        pdf = uow.get(PaperFile, stored.pdf_sha256).pdf
        return PaperPreview(pdf, stored.pages, stored.id, stored.number, changed_since=False)
    number = _number_of(uow, stored, form, subject_id) or ""
    rendered = _render(uow, case, (form, subject_id, number), uow.today())
    return PaperPreview(rendered.pdf, rendered.pages, None, None, changed_since=stored is not None)


@use_case(needs=Permission.PAPER_PRINT)
def print_paper(uow: UnitOfWork, case_id: str, form: FormId, subject_id: str) -> PrintedPaper:
    """Make the paper final: take its number, keep file and data with their digests.

    The same data again gives the stored file; changed data gives a new paper beside the old one.
    """
    case = own_case(uow, case_id)
    stored = _latest(uow, case_id).get((form, subject_id))
    if stored is not None and _still_true(uow, case, stored):
        uow.note(stored.id, form=form, again=True)
        return _printed(uow, stored)
    number = _number_of(uow, stored, form, subject_id) or _take_number(uow, form, subject_id)
    rendered = _render(uow, case, (form, subject_id, number or ""), uow.today())
    paper = _store(uow, case, (form, subject_id, number), rendered)
    record(uow, case, CaseAction.PRINTED, note=str(form))
    uow.note(paper.id, form=form, sha256=paper.pdf_sha256)
    uow.changed(Topic.PAPERS)
    return _printed(uow, paper)


def _still_true(uow: UnitOfWork, case: Case, stored: Paper) -> bool:
    """Whether the stored paper says what the case says, in the wording of its own day."""
    what = (FormId(stored.form), stored.subject_id, stored.number or "")
    return _render(uow, case, what, stored.dated_on).data_sha256 == stored.data_sha256


def _render(uow: UnitOfWork, case: Case, what: tuple[FormId, str, str], on: date) -> RenderedPaper:
    form, subject_id, number = what
    return render_paper(form, paper_record(uow, case, form, subject_id, number, on), on)


def _number_of(uow: UnitOfWork, stored: Paper | None, form: FormId, subject_id: str) -> str | None:
    if form in (FormId.AGREEMENT, FormId.ORAL_AGREEMENT):
        return uow.get(Agreement, subject_id).number
    return stored.number if stored else None


def _take_number(uow: UnitOfWork, form: FormId, subject_id: str) -> str | None:
    if form == FormId.AGREEMENT:
        number: str = number_agreement(uow, uow.get(Agreement, subject_id))
        return number
    return take_number(uow, Series.NOTICE, subject_id[:36]) if form == FormId.HEARING_NOTICE else None


def _store(
    uow: UnitOfWork, case: Case, what: tuple[FormId, str, str | None], rendered: RenderedPaper
) -> Paper:
    form, subject_id, number = what
    sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    if uow.session.get(PaperFile, sha256) is None:
        uow.session.add(PaperFile(sha256=sha256, size=len(rendered.pdf), pdf=rendered.pdf))
        uow.session.flush()
    paper = Paper(
        case_id=case.id,
        form=form,
        title=PDF_FORMS[form].title,
        subject_id=subject_id,
        number=number,
        wording=rendered.wording_version,
        dated_on=uow.today(),
        data=rendered.data_json.decode(),
        data_sha256=rendered.data_sha256,
        pdf_sha256=sha256,
        pages=rendered.pages,
        made_at=uow.now(),
        made_by=uow.actor.name,
    )
    uow.session.add(paper)
    uow.session.flush()
    return paper


def _printed(uow: UnitOfWork, paper: Paper) -> PrintedPaper:
    pdf = uow.get(PaperFile, paper.pdf_sha256).pdf
    if hashlib.sha256(pdf).hexdigest() != paper.pdf_sha256:
        raise Refused(Reason.DAMAGED_DATA)
    return PrintedPaper(
        paper.id,
        FormId(paper.form),
        paper.title,
        paper.number,
        paper.pages,
        pdf,
        paper.pdf_sha256,
        paper.made_at,
    )


@use_case(needs=Permission.READ, writes=False)
def open_paper(uow: UnitOfWork, paper_id: str) -> PrintedPaper:
    """A stored paper, byte for byte; refuses DAMAGED_DATA when its digest no longer holds."""
    return _printed(uow, uow.get(Paper, paper_id))


@use_case(needs=Permission.PAPER_PRINT)
def note_printed(uow: UnitOfWork, paper_id: str, copies: int) -> None:
    """Write into the audit that copies of a stored paper went to a printer or into a file."""
    uow.get(Paper, paper_id)
    uow.note(paper_id, copies=copies)
