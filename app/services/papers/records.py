"""Gathers from a case's rows the record each paper is printed from."""

from dataclasses import fields
from datetime import date

from app.domain.agreements import ObligationKind
from app.domain.cases import PRINCIPALS, AgentPower, CaseSource, PartyRole, PartyView
from app.domain.errors import Reason, Refused
from app.domain.hearings import SessionOutcome
from app.domain.office.settings import SettingKey
from app.domain.papers.forms import (
    AcceptancePaper,
    AgreementPaper,
    FormId,
    OralAgreementPaper,
    PaperAgent,
    PaperName,
    PaperObligation,
    PaperParty,
    PaperRecord,
    RightsNoticePaper,
    SessionRecordPaper,
)
from app.domain.people import PersonKind
from app.domain.values.catalogues import type_a_name
from app.domain.values.identity import Sex, age_on
from app.models.agreement import Agreement
from app.models.case import Case, current_parties, parties_on
from app.models.hearing import SessionRecord
from app.services.cases.view import view_party
from app.services.hearings.notices import HEARING_FORMS, hearing_paper, time_of
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.papers.confirmation_records import CONFIRMATION_FORMS, confirmation_paper
from app.services.papers.recusal_record import recusal_record

SIDES = "甲乙丙丁戊己庚辛壬癸"
ROLE_WORDS = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.RESPONDENT: "被申请人",
    PartyRole.THIRD: "第三人",
    PartyRole.AGENT: "委托代理人",
    PartyRole.GUARDIAN: "法定代理人",
}
_ROLES = {str(role): words for role, words in ROLE_WORDS.items()}
SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}


def paper_record(
    uow: UnitOfWork, case: Case, form: FormId, subject_id: str, number: str, on: date
) -> PaperRecord:
    """The record of one paper of day `on`; `subject_id` is the session, `hearing:party` or agreement."""
    if form == FormId.ACCEPTANCE:
        return _acceptance(uow, case)
    if form == FormId.RIGHTS_NOTICE:
        return RightsNoticePaper(case.number, _committee(uow), _names(case), case.rights_told_on)
    if form in HEARING_FORMS:
        return hearing_paper(uow, case, (form, subject_id, number), on, _ROLES)
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


def principals(case: Case) -> list[PartyView]:
    """The applicants, respondents and third parties, in their seats."""
    return [view for view in map(view_party, current_parties(case)) if view.role in PRINCIPALS]


def _names(case: Case) -> tuple[PaperName, ...]:
    return tuple(PaperName(ROLE_WORDS[party.role], party.name) for party in principals(case))


def _acceptance(uow: UnitOfWork, case: Case) -> AcceptancePaper:
    handed_over = CaseSource(case.source) not in (CaseSource.APPLICATION, CaseSource.OWN_INITIATIVE)
    return AcceptancePaper(
        number=case.number,
        committee=_committee(uow),
        accepted_on=case.accepted_on,
        source=CaseSource(case.source),
        parties=_names(case),
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
        parties=_parties(case, record.day, sides=False, show_id_numbers=show_id_numbers),
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
        parties=_parties(case, row.agreed_on, sides=True, show_id_numbers=row.show_id_numbers),
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


def _parties(case: Case, on: date, *, sides: bool, show_id_numbers: bool) -> tuple[PaperParty, ...]:
    """The parties as papers print them, each with those who stand for it; `sides` labels 甲方, 乙方."""
    everyone = [view_party(party) for party in parties_on(case, on)]
    found = []
    for index, party in enumerate(p for p in everyone if p.role in PRINCIPALS):
        label = f"{_side(index)}方" if sides else ROLE_WORDS[party.role]
        found.append(_paper_party(party, label, everyone, on, show_id_numbers))
    return tuple(found)


def _side(index: int) -> str:
    return SIDES[index] if index < len(SIDES) else f"第{index + 1}"


def _paper_party(
    party: PartyView, label: str, everyone: list[PartyView], on: date, show_id_numbers: bool
) -> PaperParty:
    legal = party.kind == PersonKind.LEGAL
    standing = [_paper_agent(p, show_id_numbers) for p in everyone if party.id in p.represents]
    return PaperParty(
        label=label,
        name=party.name,
        sex=SEX_WORDS.get(party.sex, "") if party.sex else "",
        nation=party.nation,
        age=age_on(party.birth, on) if party.birth else None,
        occupation=party.representative_post if legal else party.occupation,
        phone=party.phone,
        address=_address(party),
        id_no=party.id_no or None if show_id_numbers else None,
        is_legal_person=legal,
        legal_representative=party.legal_representative,
        uscc=party.uscc,
        agents=tuple(person for role, person in standing if role == PartyRole.AGENT),
        guardians=tuple(person for role, person in standing if role == PartyRole.GUARDIAN),
    )


def _address(party: PartyView) -> str:
    """The address with its village before it, once."""
    if not party.village or party.village in party.address:
        return party.address
    return party.village + party.address


def _paper_agent(agent: PartyView, show_id_numbers: bool) -> tuple[PartyRole, PaperAgent]:
    id_no = agent.id_no or None if show_id_numbers else None
    return agent.role, PaperAgent(agent.name, _powers(agent), agent.phone, id_no)


def _powers(agent: PartyView) -> str:
    """特别授权 when the agent may concede, settle or sign (domain reference 1.3)."""
    if agent.role == PartyRole.GUARDIAN:
        return "监护人"
    special = {AgentPower.SIGN, AgentPower.CONCEDE} & set(agent.agent_powers)
    return "特别授权" if special else "一般代理"
