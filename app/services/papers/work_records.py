"""Gathers the records of the work on a case: from the application to the closing report."""

import re
from collections.abc import Iterator

from sqlalchemy import select

from app.domain.after.performance import Satisfaction, VisitMethod
from app.domain.cases import CaseSource, PartyRole, RiskFlag
from app.domain.flow import Outcome
from app.domain.papers.attachments import EvidenceKind
from app.domain.papers.forms import PaperParty
from app.domain.papers.work_forms import (
    ApplicationPaper,
    AuthorityPaper,
    ClosingPaper,
    ConferencePaper,
    ConferenceVoice,
    EvidenceLine,
    EvidencePaper,
    FollowUpPaper,
    InvestigationPaper,
    RiskPaper,
    UndisputedPaper,
)
from app.domain.values.identity import Sex
from app.domain.values.office_clock import office_day, office_time
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver
from app.models.after import FollowUp
from app.models.agreement import Agreement
from app.models.case import current_parties
from app.models.flow import RiskReport
from app.models.work import Conference, Evidence, Investigation
from app.services.agreements.standing import binding_of
from app.services.cases.view import view_party
from app.services.hearings.notices import time_of
from app.services.papers.parties import (
    ROLE_WORDS,
    SEX_WORDS,
    address_of,
    paper_names,
    paper_parties,
    paper_party,
    principals,
    signers,
    specially_empowered,
)
from app.services.papers.wanted import Wanted, mediators_since

_NUMBERED = re.compile(r"^\s*[0-9]{1,2}\s*[.、．)）]\s*")


def _lines(text: str) -> tuple[str, ...]:
    """The lines somebody typed, without numbers of their own: the form numbers them."""
    return tuple(found for line in text.splitlines() if (found := _NUMBERED.sub("", line).strip()))


def application(wanted: Wanted) -> ApplicationPaper:
    """F03, from what was registered."""
    case, on = wanted.case, office_day(wanted.case.received_at)
    show = wanted.show_id_numbers()
    people = paper_parties(case, on, sides=False, show_id_numbers=show)
    asking = ROLE_WORDS[PartyRole.APPLICANT]
    return ApplicationPaper(
        number=case.number,
        committee=wanted.committee,
        applicants=tuple(party for party in people if party.label == asking),
        respondents=tuple(party for party in people if party.label != asking),
        summary=case.summary,
        requests=_lines(case.request),
        show_id_numbers=show,
        applied_on=on,
    )


def authority(wanted: Wanted) -> AuthorityPaper:
    """F15 of one agent, for those it stands for."""
    case, agent = wanted.case, view_party(wanted.party())
    show, on = wanted.show_id_numbers(), office_day(wanted.case.received_at)
    everyone = [one for one in map(view_party, current_parties(case)) if one.id != agent.id]
    return AuthorityPaper(
        number=case.number,
        committee=wanted.committee,
        principals=tuple(
            paper_party(party, ROLE_WORDS[party.role], everyone, on, show)
            for party in everyone
            if party.id in agent.represents
        ),
        agent=paper_party(agent, "受托人", [], on, show),
        agent_kind=agent.agent_kind,
        dispute=case.title,
        powers=tuple(agent.agent_powers),
        special=specially_empowered(agent),
        show_id_numbers=show,
    )


def investigation(wanted: Wanted) -> InvestigationPaper:
    """F06 of one investigation."""
    row = wanted.uow.get(Investigation, wanted.subject_id)
    show, asked = wanted.show_id_numbers(), row.asked
    sex = asked.get("sex")
    return InvestigationPaper(
        number=wanted.case.number,
        committee=wanted.committee,
        dispute=wanted.case.title,
        held_on=row.day,
        starts=time_of(row.start),
        ends=time_of(row.end),
        place=row.place,
        attendees=tuple(row.attendees),
        asked=PaperParty(
            label="被调查人",
            name=asked.get("name") or "",
            sex=SEX_WORDS[Sex(sex)] if sex else "",
            age=asked.get("age"),
            phone=asked.get("phone") or "",
            address=asked.get("address") or "",
            id_no=(asked.get("id_no") or None) if show else None,
        ),
        unit=asked.get("unit") or "",
        investigators=tuple(row.investigators),
        recorder=row.recorder,
        body=row.body,
        show_id_numbers=show,
        signed_on=row.signed_on,
    )


def evidence_list(wanted: Wanted) -> EvidencePaper:
    """F07: every line of the list as it is now."""
    case = wanted.case
    people = {party.id: ROLE_WORDS[PartyRole(party.role)] + party.name for party in case.parties}
    rows = select(Evidence).where(Evidence.case_id == case.id).order_by(Evidence.seq, Evidence.id)
    return EvidencePaper(
        number=case.number,
        committee=wanted.committee,
        dispute=case.title,
        lines=tuple(
            EvidenceLine(
                name=row.name,
                kind=EvidenceKind(row.kind),
                source=people.get(row.party_id or "", row.source),
                copies=row.copies,
                pages=row.pages,
                original=row.original,
                purpose=row.purpose,
                received_on=row.received_on,
                receiver=row.receiver,
                checked_by=row.checked_by,
                returned_on=row.returned_on,
                returned_to=row.returned_to,
            )
            for row in wanted.uow.session.scalars(rows)
        ),
    )


def conference(wanted: Wanted) -> ConferencePaper:
    """F28 of one consultation."""
    row = wanted.uow.get(Conference, wanted.subject_id)
    return ConferencePaper(
        number=wanted.case.number,
        committee=wanted.committee,
        dispute=wanted.case.title,
        topic=row.title,
        held_on=row.day,
        starts=time_of(row.start),
        ends=time_of(row.end),
        place=row.place,
        chair=row.chair,
        members=tuple(_voices(row)),
        summary=row.summary,
        legal_basis=row.legal_basis,
        conclusion=row.conclusion,
        proposal=row.proposal,
        recorder=row.recorder,
    )


def _voices(row: Conference) -> Iterator[ConferenceVoice]:
    """Each member with what they thought; two of one name keep their own words, in order."""
    left = [(one["name"], one["text"]) for one in row.opinions]
    for one in row.members:
        said = next((words for words in left if words[0] == one["name"]), None)
        if said is not None:
            left.remove(said)
        yield ConferenceVoice(one["name"], one.get("unit") or "", said[1] if said else "")
    yield from (ConferenceVoice(name, "", text) for name, text in left)


def risk_report(wanted: Wanted) -> RiskPaper:
    """F26 of one report, with the answer when there is one."""
    row = wanted.uow.get(RiskReport, wanted.subject_id)
    moment = office_time(row.reported_at)
    return RiskPaper(
        number=wanted.case.number,
        committee=wanted.committee,
        dispute=wanted.case.title,
        parties=paper_names(wanted.case),
        flags=tuple(RiskFlag(flag) for flag in row.flags),
        facts=row.facts,
        level=RiskLevel(row.level),
        people=row.people,
        measures=row.measures,
        receiver_kind=RiskReceiver(row.receiver_kind),
        receiver=row.receiver,
        receiver_phone=row.receiver_phone,
        method=ReportMethod(row.method),
        reported_on=moment.date(),
        reported_at=moment.time().replace(second=0, microsecond=0),
        reported_by=row.reported_by,
        feedback=row.feedback,
    )


def undisputed_facts(wanted: Wanted) -> UndisputedPaper:
    """F24, from the facts nobody disputes."""
    case = wanted.case
    return UndisputedPaper(
        number=case.number,
        committee=wanted.committee,
        dispute=case.title,
        parties=signers(case, case.terminated_on),
        facts=_lines(case.undisputed),
        issues=case.issues,
    )


def follow_up(wanted: Wanted) -> FollowUpPaper:
    """F11 of one visit."""
    row = wanted.uow.get(FollowUp, wanted.subject_id)
    agreement = wanted.uow.get(Agreement, row.agreement_id) if row.agreement_id else None
    return FollowUpPaper(
        number=wanted.case.number,
        committee=wanted.committee,
        agreement_no=(agreement.number or "") if agreement else "",
        person=wanted.person(row.party_id),
        dispute=wanted.case.title,
        visited_on=row.day,
        method=VisitMethod(row.method),
        performance=row.performance,
        satisfaction=Satisfaction(row.satisfaction),
        new_dispute=row.new_dispute,
        risks=row.risks,
        measures=row.measures,
        next_on=row.next_on,
        visitors=row.visitors,
    )


def closing_report(wanted: Wanted) -> ClosingPaper:
    """F14 of a closed case."""
    case = wanted.case
    return ClosingPaper(
        number=case.number,
        committee=wanted.committee,
        volume_no=case.volume_no,
        closed_on=case.closed_on or wanted.on,
        mediators=mediators_since(case),
        accepted_on=case.accepted_on,
        performed_on=case.performed_on,
        parties=tuple(
            PaperParty(ROLE_WORDS[one.role], one.name, phone=one.phone, address=address_of(one))
            for one in principals(case)
        ),
        source=CaseSource(case.source),
        source_unit=case.source_unit,
        summary=case.summary,
        outcome=Outcome(case.outcome or Outcome.FAILED),
        result=case.close_note,
        agreement_no="、".join(row.number for row in binding_of(wanted.uow, case.id) if row.number),
    )
