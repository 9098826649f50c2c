"""Parties, agents and guardians of a case after its registration: added, changed, gone."""

from dataclasses import fields, replace

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.agreements import AgreementStatus
from app.domain.cases import PRINCIPALS, CaseSource, CaseView, PartyInput, PartyRole, PartyView
from app.domain.changes import Topic
from app.domain.clashes import BookingKind
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, Deed, states_offering
from app.domain.hearings import GuestKind, HearingStatus
from app.domain.intake import (
    PartyLeave,
    RepresentativesInput,
    completed,
    parties_problems,
    person_problems,
)
from app.models.agreement import Agreement
from app.models.base import new_id
from app.models.case import Case, Party, current_parties
from app.models.hearing import Booking, Hearing
from app.models.people import Particulars
from app.services.cases.people import keep_person
from app.services.cases.view import view_case, view_party
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

PARTICULARS = tuple(Particulars.__annotations__)
_INPUTS = tuple(field.name for field in fields(PartyInput) if field.name != "key")
_OF_PEOPLE = (BookingKind.PARTY, BookingKind.AGENT, BookingKind.GUARDIAN)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def add_party(uow: UnitOfWork, case_id: str, party: PartyInput) -> CaseView:
    """Bring somebody into a case that is registered: a party, an agent, a guardian.

    `represents` of the input holds ids of parties; whether a new party consents to mediation is asked anew
    (PML 17). Refuses INVALID with the fields under `parties.<key>.`, WRONG_STATUS once the
    case is settled, ended or elsewhere, CASE_LOCKED, READ_ONLY_CASE.
    """
    case = _open_case(uow, case_id)
    party = completed(party, uow.today())
    _refuse_problems(uow, case, party, (*_inputs(case), party))
    row = Party(id=new_id(), case_id=case.id, seat=_next_seat(case))
    _write(uow, row, party)
    case.parties.append(row)
    count_people(case)
    record(uow, case, CaseAction.PARTY_ADDED, row.name)
    return _done(uow, case, row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def change_party(
    uow: UnitOfWork, case_id: str, party_id: str, party: PartyInput, row_version: int
) -> CaseView:
    """Put right who somebody in the case is: particulars, part in the case, whom they stand for, capacity.

    A party an agreement names stays a party: PARTY_IN_AGREEMENT. Refuses INVALID, STALE, NOT_FOUND,
    CASE_LOCKED.
    """
    case = _open_case(uow, case_id)
    row = _here(case, party_id)
    refuse_stale(uow, row, row_version)
    party = replace(completed(party, uow.today()), key=row.id)
    others = tuple(one for one in _inputs(case) if one.key != row.id)
    _refuse_problems(uow, case, party, (*others, party))
    if (row.role in PRINCIPALS) != (party.role in PRINCIPALS):
        _refuse_named(uow, row)
    _write(uow, row, party)
    record(uow, case, CaseAction.PARTY_CHANGED, row.name)
    return _done(uow, case, row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def party_left(uow: UnitOfWork, case_id: str, party_id: str, leave: PartyLeave, row_version: int) -> CaseView:
    """Write down that somebody is no longer in the case; the row stays, for it may have signed something.

    Who stood for nobody else leaves as well, and hearings to come no longer hold them. Refuses
    PARTY_IN_AGREEMENT, INVALID (the last applicant or respondent cannot go), STALE, NOT_FOUND, CASE_LOCKED.
    """
    case = _open_case(uow, case_id)
    row = _here(case, party_id)
    refuse_stale(uow, row, row_version)
    received = case.received_at.astimezone(uow.zone).date()
    if problems := leave.problems(received, uow.today()):
        raise Refused(Reason.INVALID, problems=problems)
    _refuse_named(uow, row)
    going = [row, *_left_alone(case, row)]
    gone = {one.id for one in going}
    staying = tuple(one for one in _inputs(case) if one.key not in gone)
    if problems := tuple(parties_problems(staying, own_initiative=_own_initiative(case))):
        raise Refused(Reason.INVALID, problems=problems)
    for one in going:
        one.left_on = leave.on
        _free(uow, case, one)
        record(uow, case, CaseAction.PARTY_LEFT, f"{one.name}：{leave.reason.strip()}")
    return _done(uow, case, row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def set_representatives(uow: UnitOfWork, case_id: str, wanted: RepresentativesInput) -> CaseView:
    """Let at most five parties of a side speak for the rest of it, with written powers (NB15 20).

    Refuses INVALID, CASE_LOCKED, READ_ONLY_CASE.
    """
    case = _open_case(uow, case_id)
    side = [row for row in current_parties(case) if row.role == wanted.role]
    ids = tuple(row.id for row in side)
    if problems := wanted.problems(ids):
        raise Refused(Reason.INVALID, problems=problems)
    chosen = set(wanted.chosen)
    for row in side:
        speaks = row.id in chosen
        row.represents = [other for other in ids if other not in chosen] if speaks else []
        row.agent_powers = [str(power) for power in wanted.powers] if speaks else []
    names = "、".join(row.name for row in side if row.id in chosen)
    record(uow, case, CaseAction.PARTY_CHANGED, names)
    uow.note(case.id, representatives=list(wanted.chosen))
    uow.session.flush()
    return view_case(uow, case)


def _open_case(uow: UnitOfWork, case_id: str) -> Case:
    """The case as long as its people may change: neither ended nor in another office's hands."""
    own_case(uow, case_id)
    return own_case(uow, case_id, *states_offering(Deed.PARTIES))


def _inputs(case: Case) -> tuple[PartyInput, ...]:
    """Those now in the case, as a form would hold them; their keys are their ids."""
    return tuple(input_of(view_party(row)) for row in current_parties(case))


def input_of(party: PartyView) -> PartyInput:
    """A party as a form edits it."""
    return PartyInput(key=party.id, **{name: getattr(party, name) for name in _INPUTS})


def _own_initiative(case: Case) -> bool:
    return case.source == CaseSource.OWN_INITIATIVE


def _refuse_problems(
    uow: UnitOfWork, case: Case, party: PartyInput, everybody: tuple[PartyInput, ...]
) -> None:
    """Only what is wrong with this person or the whole list: others may hold what was let pass before."""
    prefix = f"parties.{party.key}."
    listed = parties_problems(everybody, own_initiative=_own_initiative(case))
    about = (problem for problem in listed if problem.field == "parties" or problem.field.startswith(prefix))
    problems = (*about, *_doubles(party, everybody), *person_problems(party, uow.today()))
    if problems:
        raise Refused(Reason.INVALID, problems=tuple(dict.fromkeys(problems)))


def _doubles(party: PartyInput, everybody: tuple[PartyInput, ...]) -> tuple[Problem, ...]:
    """The same number at somebody else may have been named there; it is told at the person typed now."""
    if party.role not in PRINCIPALS:
        return ()
    own = (party.id_kind, party.id_no) if party.id_no else None
    for other in everybody:
        if other.key == party.key or other.role not in PRINCIPALS:
            continue
        if own and own == (other.id_kind, other.id_no):
            return (Problem(f"parties.{party.key}.id_no", "duplicate"),)
        if party.uscc and party.uscc == other.uscc:
            return (Problem(f"parties.{party.key}.uscc", "duplicate"),)
    return ()


def _here(case: Case, party_id: str) -> Party:
    for row in current_parties(case):
        if row.id == party_id:
            return row
    raise Refused(Reason.NOT_FOUND)


def _next_seat(case: Case) -> int:
    return max((row.seat for row in case.parties), default=-1) + 1


def _write(uow: UnitOfWork, row: Party, party: PartyInput) -> None:
    row.person_id = keep_person(uow, party).id
    row.role = party.role
    row.represents = list(party.represents)
    row.agent_kind = party.agent_kind
    row.agent_powers = [str(power) for power in party.agent_powers]
    row.consent, row.consent_on = party.consent, party.consent_on
    row.capacity = party.capacity
    for name in PARTICULARS:
        setattr(row, name, getattr(party, name))


def count_people(case: Case) -> None:
    """A dispute concerns at least those who are in it."""
    parties = len(current_parties(case))
    if case.people_count is not None and case.people_count < parties:
        case.people_count = parties


def _refuse_named(uow: UnitOfWork, row: Party) -> None:
    """Refuse to let go whom an agreement binds or lets sign."""
    agreements = select(Agreement).where(
        Agreement.case_id == row.case_id, Agreement.status != AgreementStatus.ABANDONED
    )
    for agreement in uow.session.scalars(agreements):
        named = {one for duty in agreement.obligations for one in (duty.debtor_id, duty.creditor_id)}
        named |= {one for sign in agreement.signatures for one in (sign.party_id, sign.signer_id)}
        if row.id in named:
            raise Refused(Reason.PARTY_IN_AGREEMENT, party=row.name)


def _left_alone(case: Case, leaver: Party) -> list[Party]:
    """Agents and guardians who stood for nobody but the one who leaves."""
    staying = {row.id for row in current_parties(case) if row is not leaver}
    return [
        row
        for row in current_parties(case)
        if row.role not in PRINCIPALS and leaver.id in row.represents and not staying & set(row.represents)
    ]


def _free(uow: UnitOfWork, case: Case, row: Party) -> None:
    """Hearings to come hold and invite the one who left no more."""
    coming = select(Hearing).where(
        Hearing.case_id == case.id,
        Hearing.status.not_in((HearingStatus.HELD, HearingStatus.CANCELLED)),
        Hearing.day >= uow.today(),
    )
    for hearing in uow.session.scalars(coming).all():
        hearing.invited = [
            guest for guest in hearing.invited if (guest["kind"], guest["id"]) != (GuestKind.PARTY, row.id)
        ]
        held = select(Booking).where(
            Booking.hearing_id == hearing.id,
            Booking.kind.in_(_OF_PEOPLE),
            Booking.ref.in_([ref for ref in (row.id, row.person_id) if ref]),
        )
        for booking in uow.session.scalars(held).all():
            uow.session.delete(booking)
            uow.changed(Topic.HEARINGS)


def _done(uow: UnitOfWork, case: Case, row: Party) -> CaseView:
    uow.note(case.id, party=row.id, role=PartyRole(row.role))
    uow.changed(Topic.PEOPLE)
    uow.session.flush()
    return view_case(uow, case)
