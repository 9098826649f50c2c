"""Register disputes, list them, open one."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.cases import CaseIntake, CaseView, PartyInput, PartyRole, title_of
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.intake import completed, intake_problems
from app.domain.values.catalogues import type_a_name
from app.domain.values.numbers import Series
from app.domain.values.search_tokens import sort_rowid
from app.models.base import new_id
from app.models.case import Case, Party
from app.models.people import Particulars
from app.services.cases.people import keep_person
from app.services.cases.view import view_case
from app.services.kernel.history import record
from app.services.kernel.numbering import take_number
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

PARTICULARS = tuple(Particulars.__annotations__)


@use_case(needs=Permission.CASE_REGISTER)
def register_case(uow: UnitOfWork, intake: CaseIntake) -> CaseView:
    """Enter a dispute in the register: number, parties, first-contact person (guard G0).

    Refuses INVALID with every field that cannot stay; the number is taken only when all is well.
    """
    intake = _completed(uow, intake)
    problems = intake_problems(intake, uow.now(), uow.today())
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    case = _new_case(uow, intake)
    ids = {party.key: new_id() for party in intake.parties}
    for seat, party in enumerate(intake.parties):
        case.parties.append(_new_party(uow, case.id, seat, party, ids))
    uow.session.add(case)
    uow.session.flush()
    record(uow, case, CaseAction.REGISTERED)
    uow.note(case.id, number=case.number)
    uow.changed(Topic.CASES, Topic.PEOPLE)
    return view_case(uow, case)


def _completed(uow: UnitOfWork, intake: CaseIntake) -> CaseIntake:
    parties = tuple(completed(party, uow.today()) for party in intake.parties)
    return replace(intake, parties=parties)


def _new_case(uow: UnitOfWork, intake: CaseIntake) -> Case:
    case_id = new_id()
    applicants, respondents = (
        [party.name for party in intake.parties if party.role == role]
        for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    )
    return Case(
        id=case_id,
        sk=next_sk(uow, intake.received_at.astimezone(uow.zone).date()),
        number=take_number(uow, Series.CASE, case_id),
        status=CaseStatus.REGISTERED,
        title=intake.title.strip() or title_of(applicants, respondents, type_a_name(intake.type_a))[:100],
        summary=intake.summary.strip(),
        request=intake.request.strip(),
        type_a=intake.type_a,
        type_b=intake.type_b,
        source=intake.source,
        channel=intake.channel,
        source_unit=intake.source_unit.strip(),
        source_letter=intake.source_letter.strip(),
        place=intake.place.strip(),
        amount_fen=intake.amount_fen,
        people_count=intake.people_count,
        risk_flags=[str(flag) for flag in intake.risk_flags],
        difficulty=intake.difficulty,
        received_at=intake.received_at,
        first_contact=intake.first_contact.strip(),
        registrar=uow.actor.name,
        owner=uow.office().node,
    )


def next_sk(uow: UnitOfWork, day: date) -> int:
    """The next free place in the order of receipt: day first, then the sequence of that day."""
    first, after = sort_rowid(day, 0), sort_rowid(day, 0) + (1 << 14)
    last = uow.session.scalar(select(func.max(Case.sk)).where(Case.sk >= first, Case.sk < after))
    return first if last is None else last + 1


def _new_party(uow: UnitOfWork, case_id: str, seat: int, party: PartyInput, ids: dict[str, str]) -> Party:
    person = keep_person(uow, party)
    return Party(
        id=ids[party.key],
        case_id=case_id,
        seat=seat,
        role=party.role,
        person_id=person.id,
        represents=[ids[key] for key in party.represents],
        agent_kind=party.agent_kind,
        agent_powers=[str(power) for power in party.agent_powers],
        consent=party.consent,
        consent_on=party.consent_on,
        capacity=party.capacity,
        **{name: getattr(party, name) for name in PARTICULARS},
    )


@use_case(needs=Permission.READ, writes=False)
def open_case(uow: UnitOfWork, case_id: str) -> CaseView:
    """Everything the case page shows."""
    return view_case(uow, uow.get(Case, case_id))
