"""Gathers the papers for the court: 司法确认申请书 (F20) and the committee's certificate."""

from collections.abc import Iterator
from datetime import date

from app.domain.agreements import AgreementForm
from app.domain.cases import PartyRole, PartyView
from app.domain.confirming.confirmation import ConfirmationOutcome, Material
from app.domain.papers.confirming import (
    ConfirmationApplicationPaper,
    MediationCertificatePaper,
    PaperApplicant,
)
from app.domain.papers.forms import FormId, PaperName
from app.domain.people import PersonKind
from app.domain.values.identity import Sex
from app.models.agreement import Agreement
from app.models.case import Case, parties_on
from app.services.agreements.standing import binding_of
from app.services.cases.view import view_party
from app.services.confirmation.view import check_of
from app.services.kernel.unit_of_work import UnitOfWork

CONFIRMATION_FORMS = (FormId.CONFIRMATION_APPLICATION, FormId.MEDIATION_CERTIFICATE)
_SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
_ENCLOSED = {
    Material.AGREEMENT: "人民调解协议书正本",
    Material.CERTIFICATE: "人民调解委员会主持调解的证明",
    Material.IDENTITY: "申请人身份证明",
    Material.PROPERTY: "与调解协议相关的财产权利证明",
    Material.ADDRESS: "送达地址确认书",
}
_ALWAYS = (Material.AGREEMENT, Material.CERTIFICATE, Material.IDENTITY, Material.ADDRESS)


def confirmation_papers(uow: UnitOfWork, case: Case) -> Iterator[tuple[FormId, str, str]]:
    """The papers for the court that can be printed: form, agreement, its number; for what is in effect."""
    for agreement in binding_of(uow, case.id):
        for form in CONFIRMATION_FORMS:
            yield form, agreement.id, agreement.number or ""


def confirmation_paper(
    uow: UnitOfWork, case: Case, what: tuple[FormId, str], on: date, roles: dict[PartyRole, str]
) -> ConfirmationApplicationPaper | MediationCertificatePaper:
    """The record of one of the two for an agreement; `roles`: the words for 申请人 and so on."""
    form, agreement_id = what
    agreement = uow.get(Agreement, agreement_id)
    if form == FormId.MEDIATION_CERTIFICATE:
        return _certificate(uow, case, agreement, on, roles)
    return _application(uow, case, agreement, roles)


def _application(
    uow: UnitOfWork, case: Case, agreement: Agreement, roles: dict[PartyRole, str]
) -> ConfirmationApplicationPaper:
    check = check_of(uow, case, agreement)
    people = [view_party(party) for party in parties_on(case, agreement.agreed_on)]
    asking = {key for key, _ in check.applicants}
    current = check.current
    open_one = current if current and current.outcome != ConfirmationOutcome.WITHDRAWN else None
    given = set(open_one.materials) if open_one and open_one.materials else set()
    return ConfirmationApplicationPaper(
        number=case.number,
        committee=uow.office().committee,
        court=open_one.court if open_one else check.invited_by,
        applicants=tuple(_applicant(party, people, roles) for party in people if party.id in asking),
        agreed_on=agreement.agreed_on,
        agreement_number=agreement.number or "",
        dispute=case.title,
        facts=agreement.facts,
        effective_on=agreement.effective_on or agreement.agreed_on,
        attachments=tuple(words for material, words in _ENCLOSED.items() if material in {*_ALWAYS, *given}),
    )


def _applicant(party: PartyView, people: list[PartyView], roles: dict[PartyRole, str]) -> PaperApplicant:
    legal = party.kind == PersonKind.LEGAL
    before = party.village if party.village and party.village not in party.address else ""
    return PaperApplicant(
        name=party.name,
        sex=_SEXES.get(party.sex, "") if party.sex else "",
        birth=party.birth,
        nation=party.nation,
        address=before + party.address,
        id_no="" if legal else party.id_no,
        phone=party.phone,
        is_legal_person=legal,
        legal_representative=party.legal_representative,
        uscc=party.uscc,
        agents=tuple(PaperName(roles[one.role], one.name) for one in people if party.id in one.represents),
    )


def _certificate(
    uow: UnitOfWork, case: Case, agreement: Agreement, on: date, roles: dict[PartyRole, str]
) -> MediationCertificatePaper:
    bound = {key for key, _ in check_of(uow, case, agreement).applicants}
    day = agreement.agreed_on
    presided = [
        one.mediator_name
        for one in case.assignments
        if one.assigned_on <= day and (one.ended_on is None or one.ended_on >= day)
    ]
    return MediationCertificatePaper(
        number=case.number,
        committee=uow.office().committee,
        parties=tuple(
            PaperName(roles[PartyRole(party.role)], party.name)
            for party in parties_on(case, day)
            if party.id in bound
        ),
        dispute=case.title,
        mediators=tuple(presided),
        agreed_on=day,
        agreement_number=agreement.number or "",
        effective_on=agreement.effective_on or day,
        oral=agreement.form == AgreementForm.ORAL,
        issued_on=on,
    )
