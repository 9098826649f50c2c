"""Gathers from a case's rows the record each paper is printed from."""

from dataclasses import fields
from datetime import date

from app.domain.agreements import ObligationKind
from app.domain.cases import CaseSource
from app.domain.errors import Reason, Refused
from app.domain.hearings import SessionOutcome
from app.domain.office.settings import SettingKey
from app.domain.papers.forms import (
    AcceptancePaper,
    AgreementPaper,
    FormId,
    OralAgreementPaper,
    PaperObligation,
    PaperRecord,
    RightsNoticePaper,
    SessionRecordPaper,
)
from app.domain.values.catalogues import type_a_name
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.hearing import SessionRecord
from app.services.hearings.notices import HEARING_FORMS, hearing_paper, time_of
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.papers.case_papers import CASE_FORMS, case_paper
from app.services.papers.confirmation_records import CONFIRMATION_FORMS, confirmation_paper
from app.services.papers.parties import ROLE_WORDS, paper_names, paper_parties
from app.services.papers.recusal_record import recusal_record

_ROLES = {str(role): words for role, words in ROLE_WORDS.items()}


def paper_record(
    uow: UnitOfWork, case: Case, form: FormId, subject_id: str, number: str, on: date
) -> PaperRecord:
    """The record of one paper of day `on`; `subject_id`: the case, a row, or `hearing:party`."""
    if form == FormId.ACCEPTANCE:
        return _acceptance(uow, case)
    if form == FormId.RIGHTS_NOTICE:
        return RightsNoticePaper(case.number, _committee(uow), paper_names(case), case.rights_told_on)
    if form in HEARING_FORMS:
        return hearing_paper(uow, case, (form, subject_id, number), on, _ROLES)
    if form in CASE_FORMS:
        return case_paper(uow, case, (form, subject_id, number), on)
    if form == FormId.RECUSAL_RECORD:
        return recusal_record(uow, case, subject_id, ROLE_WORDS)
    if form in CONFIRMATION_FORMS:
        return confirmation_paper(uow, case, (form, subject_id), on, ROLE_WORDS)
    if form == FormId.SESSION_RECORD:
        return _session_record(uow, case, subject_id)
    if form in (FormId.AGREEMENT, FormId.ORAL_AGREEMENT):
        return _agreement(uow, case, uow.get(Agreement, subject_id), number)
    raise Refused(Reason.UNKNOWN_FORM)


def _committee(uow: UnitOfWork) -> str:
    return uow.office().committee


def _acceptance(uow: UnitOfWork, case: Case) -> AcceptancePaper:
    handed_over = CaseSource(case.source) not in (CaseSource.APPLICATION, CaseSource.OWN_INITIATIVE)
    return AcceptancePaper(
        number=case.number,
        committee=_committee(uow),
        accepted_on=case.accepted_on,
        source=CaseSource(case.source),
        parties=paper_names(case),
        dispute_type=type_a_name(case.type_a),
        summary=case.summary,
        entrusted_by=case.source_unit if handed_over else "",
        entrusted_no=case.source_letter if handed_over else "",
    )


def _session_record(uow: UnitOfWork, case: Case, subject_id: str) -> SessionRecordPaper:
    record = uow.get(SessionRecord, subject_id)
    show_id_numbers = bool(setting(uow, SettingKey.PRINT_ID_NUMBERS))
    # told from the record alone: a signed record must not change its title when another session follows
    of_several = record.seq > 1 or record.outcome == SessionOutcome.ANOTHER_SESSION
    return SessionRecordPaper(
        number=case.number,
        committee=_committee(uow),
        dispute=case.title,
        held_on=record.day,
        starts=time_of(record.start),
        ends=time_of(record.end),
        place=record.place,
        attendees=tuple(str(name) for name in record.participants),
        parties=paper_parties(case, record.day, sides=False, show_id_numbers=show_id_numbers),
        body="\n".join(text for text in (_absences(record), record.body) if text),
        outcome=record.result,
        ordinal=record.seq if of_several else None,
        show_id_numbers=show_id_numbers,
        signed_on=record.signed_on,
    )


def _absences(record: SessionRecord) -> str:
    """Who was invited and did not come, as the record's first sentence."""
    absent = "；".join(f"{row['name']}（{row['reason']}）" for row in record.absent)
    return f"未到场：{absent}。" if absent else ""


def _agreement(
    uow: UnitOfWork, case: Case, row: Agreement, number: str
) -> AgreementPaper | OralAgreementPaper:
    names = {party.id: party.name for party in case.parties}
    oral = OralAgreementPaper(
        number=row.number or number,
        committee=_committee(uow),
        parties=paper_parties(case, row.agreed_on, sides=True, show_id_numbers=row.show_id_numbers),
        facts=row.facts,
        terms=tuple(row.terms),
        obligations=tuple(
            PaperObligation(
                debtor=names.get(duty.debtor_id, ""),
                creditor=names.get(duty.creditor_id, ""),
                act=duty.act,
                amount_fen=duty.amount_fen if duty.kind == ObligationKind.MONEY else None,
                manner=duty.manner,
                due_on=duty.due_on,
            )
            for duty in row.obligations
        ),
        breach=row.breach,
        show_id_numbers=row.show_id_numbers,
        agreed_on=row.agreed_on,
    )
    if row.form == "oral":
        return oral
    return AgreementPaper(copies=row.copies, **{one.name: getattr(oral, one.name) for one in fields(oral)})
