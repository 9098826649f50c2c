"""The printers' shop: records in, PDF and Excel bytes out; its two registries, written out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from app.domain.confirming.papers import ConfirmationApplicationPaper, MediationCertificatePaper
from app.domain.errors import Reason, Refused
from app.domain.papers import forms as papers
from app.domain.papers.books import BookId, CaseRegisterRow, RosterRow
from app.domain.papers.forms import FormId, PaperRecord
from app.reports.pdf import wording

# Importing reportlab costs a tenth of a second and 28 MB: each loader imports its form when it is first
# printed. The imports are written out so that the bundler finds them.
Render = Callable[[Any, wording.Wording], Any]


def _acceptance() -> Render:
    from app.reports.pdf.forms.acceptance import render

    return render


def _rights_notice() -> Render:
    from app.reports.pdf.forms.rights_notice import render

    return render


def _hearing_notice() -> Render:
    from app.reports.pdf.forms.hearing_notice import render

    return render


def _hearing_change() -> Render:
    from app.reports.pdf.forms.hearing_change import render

    return render


def _service_proof() -> Render:
    from app.reports.pdf.forms.service_proof import render

    return render


def _session_record() -> Render:
    from app.reports.pdf.forms.session_record import render

    return render


def _agreement() -> Render:
    from app.reports.pdf.forms.agreement import render

    return render


def _oral_agreement() -> Render:
    from app.reports.pdf.forms.oral_agreement import render

    return render


def _confirmation_application() -> Render:
    from app.reports.pdf.forms.confirmation_application import render

    return render


def _mediation_certificate() -> Render:
    from app.reports.pdf.forms.mediation_certificate import render

    return render


def _recusal_record() -> Render:
    from app.reports.pdf.forms.recusal_record import render

    return render


def _recovery_sheet() -> Render:
    from app.reports.pdf.forms.recovery_sheet import render

    return render


def _registration_sheet() -> Render:
    from app.reports.pdf.forms.registration_sheet import render

    return render


@dataclass(frozen=True, slots=True)
class Form:
    """A form the office prints: the record it takes, its title, and where its module is loaded from."""

    record: type
    title: str
    load: Callable[[], Render]


PDF_FORMS: dict[FormId, Form] = {
    FormId.ACCEPTANCE: Form(papers.AcceptancePaper, "人民调解受理登记表", _acceptance),
    FormId.RIGHTS_NOTICE: Form(papers.RightsNoticePaper, "人民调解当事人权利义务告知书", _rights_notice),
    FormId.HEARING_NOTICE: Form(papers.HearingNoticePaper, "调解会通知书", _hearing_notice),
    FormId.HEARING_CHANGE: Form(papers.HearingChangePaper, "调解会变更通知书", _hearing_change),
    FormId.HEARING_CANCELLATION: Form(papers.HearingChangePaper, "调解会取消通知书", _hearing_change),
    FormId.SERVICE_PROOF: Form(papers.ServiceProofPaper, "送达回证", _service_proof),
    FormId.SESSION_RECORD: Form(papers.SessionRecordPaper, "人民调解记录", _session_record),
    FormId.AGREEMENT: Form(papers.AgreementPaper, "人民调解协议书", _agreement),
    FormId.ORAL_AGREEMENT: Form(papers.OralAgreementPaper, "人民调解口头协议登记表", _oral_agreement),
    FormId.CONFIRMATION_APPLICATION: Form(
        ConfirmationApplicationPaper, "司法确认申请书", _confirmation_application
    ),
    FormId.MEDIATION_CERTIFICATE: Form(MediationCertificatePaper, "人民调解证明", _mediation_certificate),
    FormId.RECUSAL_RECORD: Form(papers.RecusalRecordPaper, "人民调解员回避事项记录", _recusal_record),
    FormId.RECOVERY_SHEET: Form(papers.RecoverySheetPaper, "恢复单", _recovery_sheet),
    FormId.REGISTRATION_SHEET: Form(papers.RegistrationSheetPaper, "注册单", _registration_sheet),
}


BuildBook = Callable[[Iterable[Any], str, date], bytes]


def _case_register() -> BuildBook:
    from app.reports.excel.books.case_register import build

    return build


def _roster() -> BuildBook:
    from app.reports.excel.books.roster import build

    return build


@dataclass(frozen=True, slots=True)
class Book:
    """An Excel book: the record of its rows, its title, and where its module is loaded from."""

    record: type
    title: str
    load: Callable[[], BuildBook]


EXCEL_BOOKS: dict[BookId, Book] = {
    BookId.CASE_REGISTER: Book(CaseRegisterRow, "案件台账", _case_register),
    BookId.ROSTER: Book(RosterRow, "调解员名册", _roster),
}


def write_book(book_id: BookId, rows: Iterable[Any], office: str, on: date) -> bytes:
    """The book of `office` as an .xlsx file; `rows` are records of the book's type, taken one by one."""
    return EXCEL_BOOKS[book_id].load()(rows, office, on)


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished paper with the data it was made from; `data_sha256` is the hex digest of `data_json`."""

    pdf: bytes
    pages: int
    wording_version: str
    data_json: bytes
    data_sha256: str


def _plain(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"no record field may hold {type(value).__name__}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)


def unprintable_characters(record: PaperRecord) -> tuple[str, ...]:
    """The characters of a record the bundled fonts cannot show, private-use ones among them."""
    from app.reports.pdf.fonts import missing_glyphs

    return missing_glyphs(_texts(asdict(record)))


def render_paper(form_id: FormId, record: PaperRecord, on: date) -> RenderedPaper:
    """Print `record` in the wording in use on `on`; the same record gives the same bytes.

    Refused(UNKNOWN_FORM) for a record that is not this form's or a day before its first wording,
    Refused(MISSING_GLYPH, characters=) when a name could not be shown: nothing is printed half.
    """
    form = PDF_FORMS[form_id]
    if not isinstance(record, form.record):
        raise Refused(Reason.UNKNOWN_FORM, form=form_id)
    words = wording.load(form_id, on)
    missing = unprintable_characters(record)
    if missing:
        raise Refused(Reason.MISSING_GLYPH, characters=missing)
    sheets = form.load()(record, words)
    data = {"form": form_id, "record": asdict(record), "wording": words.version}
    data_json = json.dumps(
        data, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    return RenderedPaper(
        sheets.pdf, sheets.pages, words.version, data_json, hashlib.sha256(data_json).hexdigest()
    )
