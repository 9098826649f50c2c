"""The printers' shop: records in, PDF and Excel bytes out; its two registries, written out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from app.domain.errors import Reason, Refused
from app.domain.papers import forms as papers
from app.domain.papers import notices, work_forms
from app.domain.papers.books import BookId, CaseRegisterRow, RosterRow
from app.domain.papers.confirming import ConfirmationApplicationPaper, MediationCertificatePaper
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


def _receipt_slip() -> Render:
    from app.reports.pdf.forms.casework.receipt_slip import render

    return render


def _application() -> Render:
    from app.reports.pdf.forms.casework.application import render

    return render


def _authority() -> Render:
    from app.reports.pdf.forms.casework.authority import render

    return render


def _investigation() -> Render:
    from app.reports.pdf.forms.casework.investigation import render

    return render


def _evidence_list() -> Render:
    from app.reports.pdf.forms.casework.evidence_list import render

    return render


def _conference() -> Render:
    from app.reports.pdf.forms.casework.conference import render

    return render


def _risk_report() -> Render:
    from app.reports.pdf.forms.casework.risk_report import render

    return render


def _extension() -> Render:
    from app.reports.pdf.forms.casework.extension import render

    return render


def _undisputed_facts() -> Render:
    from app.reports.pdf.forms.casework.undisputed_facts import render

    return render


def _termination_notice() -> Render:
    from app.reports.pdf.forms.casework.termination_notice import render

    return render


def _demand_notice() -> Render:
    from app.reports.pdf.forms.casework.demand_notice import render

    return render


def _follow_up() -> Render:
    from app.reports.pdf.forms.casework.follow_up import render

    return render


def _closing_report() -> Render:
    from app.reports.pdf.forms.casework.closing_report import render

    return render


def _refusal_notice() -> Render:
    from app.reports.pdf.forms.casework.refusal_notice import render

    return render


def _referral_letter() -> Render:
    from app.reports.pdf.forms.casework.referral_letter import render

    return render


def _reply_letter() -> Render:
    from app.reports.pdf.forms.casework.reply_letter import render

    return render


@dataclass(frozen=True, slots=True)
class Form:
    """A form the office prints: the record it takes, its title, and where its module is loaded from."""

    record: type
    title: str
    load: Callable[[], Render]


PDF_FORMS: dict[FormId, Form] = {
    FormId.RECEIPT_SLIP: Form(notices.ReceiptSlipPaper, "接收回执", _receipt_slip),
    FormId.APPLICATION: Form(work_forms.ApplicationPaper, "人民调解申请书", _application),
    FormId.ACCEPTANCE: Form(papers.AcceptancePaper, "人民调解受理登记表", _acceptance),
    FormId.RIGHTS_NOTICE: Form(papers.RightsNoticePaper, "人民调解当事人权利义务告知书", _rights_notice),
    FormId.AUTHORITY: Form(work_forms.AuthorityPaper, "授权委托书", _authority),
    FormId.INVESTIGATION: Form(work_forms.InvestigationPaper, "人民调解调查记录", _investigation),
    FormId.EVIDENCE_LIST: Form(work_forms.EvidencePaper, "人民调解证据材料清单", _evidence_list),
    FormId.HEARING_NOTICE: Form(papers.HearingNoticePaper, "调解会通知书", _hearing_notice),
    FormId.HEARING_CHANGE: Form(papers.HearingChangePaper, "调解会变更通知书", _hearing_change),
    FormId.HEARING_CANCELLATION: Form(papers.HearingChangePaper, "调解会取消通知书", _hearing_change),
    FormId.SERVICE_PROOF: Form(papers.ServiceProofPaper, "送达回证", _service_proof),
    FormId.CONFERENCE: Form(work_forms.ConferencePaper, "会诊（研判）记录", _conference),
    FormId.RISK_REPORT: Form(work_forms.RiskPaper, "风险预警报告", _risk_report),
    FormId.EXTENSION: Form(notices.ExtensionPaper, "延长调解期限申请（同意）书", _extension),
    FormId.SESSION_RECORD: Form(papers.SessionRecordPaper, "人民调解记录", _session_record),
    FormId.UNDISPUTED_FACTS: Form(work_forms.UndisputedPaper, "无争议事实记载", _undisputed_facts),
    FormId.AGREEMENT: Form(papers.AgreementPaper, "人民调解协议书", _agreement),
    FormId.ORAL_AGREEMENT: Form(papers.OralAgreementPaper, "人民调解口头协议登记表", _oral_agreement),
    FormId.TERMINATION_NOTICE: Form(notices.TerminationPaper, "终止调解通知书", _termination_notice),
    FormId.DEMAND_NOTICE: Form(notices.DemandPaper, "督促履行通知书", _demand_notice),
    FormId.FOLLOW_UP: Form(work_forms.FollowUpPaper, "人民调解回访记录", _follow_up),
    FormId.CLOSING_REPORT: Form(work_forms.ClosingPaper, "人民调解结案报告表", _closing_report),
    FormId.CONFIRMATION_APPLICATION: Form(
        ConfirmationApplicationPaper, "司法确认申请书", _confirmation_application
    ),
    FormId.MEDIATION_CERTIFICATE: Form(MediationCertificatePaper, "人民调解证明", _mediation_certificate),
    FormId.RECUSAL_RECORD: Form(papers.RecusalRecordPaper, "人民调解员回避事项记录", _recusal_record),
    FormId.REFUSAL_NOTICE: Form(notices.RefusalPaper, "不予受理通知书", _refusal_notice),
    FormId.REFERRAL_LETTER: Form(notices.ReferralPaper, "移送（交办）函", _referral_letter),
    FormId.REPLY_LETTER: Form(notices.ReplyPaper, "复函（调解结果反馈）", _reply_letter),
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
