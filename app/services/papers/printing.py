"""Print a case's papers: what was printed once stays as it was and comes out again byte for byte."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app.db.engine import refusal_of
from app.db.keys import write_safely
from app.domain.actor import Permission
from app.domain.agreements import AgreementStatus
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import BEFORE_DECISION, DECLINED, ELSEWHERE, CaseAction, CaseStatus
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperPreview, PaperSlot, PaperState, PaperVersion, PrintedPaper
from app.domain.progress import Progress
from app.domain.values.numbers import Series
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.flow import Referral
from app.models.hearing import SessionRecord
from app.models.paper import Paper, PaperFile
from app.reports import PDF_FORMS, RenderedPaper, render_paper
from app.services.agreements.standing import agreements_of
from app.services.agreements.writing import number_agreement
from app.services.hearings.notices import NOTICE_FORMS, hearing_papers
from app.services.kernel.history import own_case, record
from app.services.kernel.numbering import take_number
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps
from app.services.papers.case_papers import NUMBERED_FORMS, case_papers
from app.services.papers.confirmation_records import confirmation_papers
from app.services.papers.records import paper_record
from app.services.papers.recusal_record import recusal_papers

_TAKEN_CASE = frozenset(CaseStatus) - BEFORE_DECISION - DECLINED - ELSEWHERE - {CaseStatus.RETURNED}
_OF_THE_CASE = (FormId.ACCEPTANCE, FormId.RIGHTS_NOTICE)
_VOLUME = list(FormId)
Key = tuple[FormId, str]


@use_case(needs=Permission.READ, writes=False)
def list_papers(uow: UnitOfWork, case_id: str) -> tuple[PaperSlot, ...]:
    """Every paper this case can have now and every one it had, in the order of the volume, with all versions.

    Of another office's case only what that office printed; refuses NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    printed = _printed_papers(uow, case_id)
    live = dict(_live(uow, case))
    gone = [key for key in printed if key not in live]
    found = [_slot(uow, case, key, live.get(key), printed.get(key, [])) for key in [*live, *gone]]
    return tuple(sorted(found, key=lambda slot: _VOLUME.index(slot.form)))


def _live(uow: UnitOfWork, case: Case) -> Iterator[tuple[Key, str]]:
    """The papers that can be made here now: form, subject, and what distinguishes it (a name or a day)."""
    if case.owner != uow.office().node:
        return
    if CaseStatus(case.status) in _TAKEN_CASE:
        yield from (((form, case.id), "") for form in _OF_THE_CASE)
    for hearing_form, subject_id, detail in hearing_papers(uow, case):
        yield (hearing_form, subject_id), detail
    for case_form, subject_id, detail in case_papers(uow, case):
        yield (case_form, subject_id), detail
    for recusal_form, subject_id, detail in recusal_papers(uow, case):
        yield (recusal_form, subject_id), detail
    for court_form, subject_id, detail in confirmation_papers(uow, case):
        yield (court_form, subject_id), detail
    sessions = select(SessionRecord).where(SessionRecord.case_id == case.id)
    for session in uow.session.scalars(sessions.order_by(SessionRecord.seq)):
        yield (FormId.SESSION_RECORD, session.id), _day(session.day)
    for agreement in agreements_of(uow, case.id):
        if agreement.status == AgreementStatus.ABANDONED:
            continue
        form = FormId.ORAL_AGREEMENT if agreement.form == "oral" else FormId.AGREEMENT
        yield (form, agreement.id), agreement.number or ""


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _printed_papers(uow: UnitOfWork, case_id: str) -> dict[Key, list[Paper]]:
    """Every kept printing of the case's papers, the newest first."""
    newest_first = (Paper.made_at.desc(), Paper.id.desc())
    found: dict[Key, list[Paper]] = {}
    for row in uow.session.scalars(select(Paper).where(Paper.case_id == case_id).order_by(*newest_first)):
        found.setdefault((FormId(row.form), row.subject_id), []).append(row)
    return found


def _slot(uow: UnitOfWork, case: Case, key: Key, detail: str | None, papers: list[Paper]) -> PaperSlot:
    form, subject_id = key
    return PaperSlot(
        form=form,
        subject_id=subject_id,
        title=PDF_FORMS[form].title,
        detail=_remembered_detail(case, papers[0]) if detail is None else detail,
        state=PaperState.PRINTED if papers else PaperState.READY,
        paper_id=papers[0].id if papers else None,
        number=papers[0].number if papers else None,
        copies=_copies(uow, form, subject_id),
        live=detail is not None,
        versions=tuple(_version(paper) for paper in papers),
    )


def _copies(uow: UnitOfWork, form: FormId, subject_id: str) -> int:
    """An agreement says how many it has, one a party and one for the committee (PML 29)."""
    agreement = uow.session.get(Agreement, subject_id) if form == FormId.AGREEMENT else None
    return agreement.copies if agreement else 1


def _remembered_detail(case: Case, paper: Paper) -> str:
    _, _, party_id = paper.subject_id.partition(":")
    name = next((party.name for party in case.parties if party.id == party_id), "")
    return name or paper.number or ""


def _version(paper: Paper) -> PaperVersion:
    return PaperVersion(paper.id, paper.number, paper.made_at, paper.made_by, paper.pages)


@use_case(needs=Permission.READ, writes=False)
def preview_paper(uow: UnitOfWork, case_id: str, form: FormId, subject_id: str) -> PaperPreview:
    """The paper as it would print today, or as it was printed when its data has not changed since.

    No number is taken and nothing is kept. What cannot be made here is shown as it was last printed. Refuses
    MISSING_GLYPH with the characters no font has, READ_ONLY_CASE, WRONG_STATUS and NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    papers = _printed_papers(uow, case_id).get((form, subject_id), [])
    if papers and not _is_live(uow, case, form, subject_id):
        return _stored_preview(uow, papers[0])
    _refuse_unless_live(uow, case, form, subject_id)
    stored = _still_true(uow, case, papers)
    if stored is not None:
        return _stored_preview(uow, stored)
    number = _settled_number(uow, form, subject_id)
    rendered = _render(uow, case, (form, subject_id, number or ""), uow.today())
    return PaperPreview(rendered.pdf, rendered.pages, None, number, changed_since=bool(papers))


@use_case(needs=Permission.PAPER_PRINT)
def print_paper(uow: UnitOfWork, case_id: str, form: FormId, subject_id: str) -> PrintedPaper:
    """Make the paper final: take its number, keep file and data with their digests.

    The same data again gives the stored file; changed data gives a new paper beside the old one. A written
    agreement is out for signing from now on. Refuses READ_ONLY_CASE, WRONG_STATUS, AGREEMENT_BLOCKED,
    MISSING_GLYPH (nothing is kept and no number taken then), DAMAGED_DATA.
    """
    case = own_case(uow, case_id)
    _refuse_unless_live(uow, case, form, subject_id)
    papers = _printed_papers(uow, case_id).get((form, subject_id), [])
    if form == FormId.AGREEMENT:  # amended and printed again it is out for signing, whatever it says
        number_agreement(uow, uow.get(Agreement, subject_id))
    stored = _still_true(uow, case, papers)
    if stored is not None:
        uow.note(stored.id, form=form, again=True)
        return _printed(uow, stored)
    number = _take_number(uow, form, subject_id)
    paper = _store(uow, case, (form, subject_id, number))
    if form != FormId.AGREEMENT or papers:  # the first one has its own entry, with the number
        record(uow, case, CaseAction.PRINTED, note=paper.title)
    uow.note(paper.id, form=form, sha256=paper.pdf_sha256)
    uow.changed(Topic.PAPERS)
    return _printed(uow, paper)


def _is_live(uow: UnitOfWork, case: Case, form: FormId, subject_id: str) -> bool:
    return any(key == (form, subject_id) for key, _ in _live(uow, case))


def _refuse_unless_live(uow: UnitOfWork, case: Case, form: FormId, subject_id: str) -> None:
    if _is_live(uow, case, form, subject_id):
        return
    if case.owner != uow.office().node:
        raise Refused(Reason.READ_ONLY_CASE, owner=case.owner)
    if subject_id == case.id:
        raise Refused(Reason.WRONG_STATUS, status=CaseStatus(case.status))
    raise Refused(Reason.NOT_FOUND)


def _still_true(uow: UnitOfWork, case: Case, papers: list[Paper]) -> Paper | None:
    """The newest kept paper that says what the case says now, in the wording of that paper's own day."""
    for paper in papers:
        what = (FormId(paper.form), paper.subject_id, paper.number or "")
        if _render(uow, case, what, paper.dated_on).data_sha256 == paper.data_sha256:
            return paper
    return None


def _render(uow: UnitOfWork, case: Case, what: tuple[FormId, str, str], on: date) -> RenderedPaper:
    form, subject_id, number = what
    return render_paper(form, paper_record(uow, case, form, subject_id, number, on), on)


def _settled_number(uow: UnitOfWork, form: FormId, subject_id: str) -> str | None:
    """The number a paper has before it is printed: that of its agreement, or one written into a letter."""
    if form in (FormId.AGREEMENT, FormId.ORAL_AGREEMENT):
        return uow.get(Agreement, subject_id).number
    if form == FormId.REFERRAL_LETTER:
        return uow.get(Referral, subject_id).letter_no or None
    return None


def _take_number(uow: UnitOfWork, form: FormId, subject_id: str) -> str | None:
    """The number of a new paper. A notice that says something new has a new one: no two differ under one."""
    if form in NOTICE_FORMS:
        hearing_id, _, _ = subject_id.partition(":")
        return take_number(uow, Series.NOTICE, hearing_id)
    if form in NUMBERED_FORMS:
        return _settled_number(uow, form, subject_id) or take_number(uow, Series.NOTICE, subject_id)
    return _settled_number(uow, form, subject_id)


def _store(uow: UnitOfWork, case: Case, what: tuple[FormId, str, str | None]) -> Paper:
    form, subject_id, number = what
    rendered = _render(uow, case, (form, subject_id, number or ""), uow.today())
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
    return PrintedPaper(
        id=paper.id,
        form=FormId(paper.form),
        title=paper.title,
        number=paper.number,
        pages=paper.pages,
        pdf=_bytes_of(uow, paper),
        sha256=paper.pdf_sha256,
        made_at=paper.made_at,
    )


def _stored_preview(uow: UnitOfWork, paper: Paper) -> PaperPreview:
    return PaperPreview(_bytes_of(uow, paper), paper.pages, paper.id, paper.number, changed_since=False)


def _bytes_of(uow: UnitOfWork, paper: Paper) -> bytes:
    pdf = uow.get(PaperFile, paper.pdf_sha256).pdf
    if hashlib.sha256(pdf).hexdigest() != paper.pdf_sha256:
        raise Refused(Reason.DAMAGED_DATA)
    return pdf


@use_case(needs=Permission.READ, writes=False)
def open_paper(uow: UnitOfWork, paper_id: str) -> PrintedPaper:
    """A stored paper, byte for byte; refuses DAMAGED_DATA when its digest no longer holds."""
    return _printed(uow, uow.get(Paper, paper_id))


@use_case(needs=Permission.READ)
def note_printed(uow: UnitOfWork, paper_id: str, copies: int, to_file: bool = False) -> None:
    """Write into the audit that copies of a stored paper went to a printer or into a file.

    Whoever may read a stored paper may print it again; the audit says who did.
    """
    uow.get(Paper, paper_id)
    uow.note(paper_id, copies=copies, to_file=to_file)


@job(needs=Permission.READ)
def save_paper(steps: Steps, paper_id: str, path: Path, progress: Progress | None = None) -> None:
    """Write a stored paper into a file, whole or not at all, and note it in the audit.

    Refuses DISK_FULL, READ_ONLY_PLACE, NO_SUCH_PLACE (path=), DAMAGED_DATA. The copy is no longer encrypted.
    """
    paper = steps.run(open_paper, paper_id)
    try:
        write_safely(path, paper.pdf)
    except OSError as error:
        path.with_name(f"{path.name}.part").unlink(missing_ok=True)
        raise refusal_of(error, path) or error from error
    steps.run(note_printed, paper_id, 1, to_file=True)
    if progress is not None:
        progress.step(1, 1)
