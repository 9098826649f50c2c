"""Keep the roster: committees, mediators, expert pools, rooms."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Select, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.roster import (
    CommitteeInput,
    CommitteeKind,
    CommitteeRole,
    CommitteeRow,
    ExpertInput,
    ExpertPool,
    ExpertRow,
    MediatorInput,
    MediatorRow,
    MediatorStatus,
    RoomInput,
    RoomRow,
    committee_findings,
    read_id,
    term_end_of,
)
from app.domain.values.identity import PersonName, Sex, check_name, check_phone
from app.domain.values.text import sort_key
from app.models.roster import Committee, Expert, Mediator, Room
from app.services.kernel.projection import initials
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

Entry = TypeVar("Entry", Committee, Mediator, Expert, Room)
_IN_OFFICE = (MediatorStatus.ACTIVE, MediatorStatus.SUSPENDED)


@use_case(needs=Permission.ROSTER_WRITE)
def save_committee(
    uow: UnitOfWork, wanted: CommitteeInput, committee_id: str | None = None, row_version: int | None = None
) -> CommitteeRow:
    """Enter or change a committee (PML 8-9); refuses INVALID, TAKEN for a name in use, STALE."""
    _refuse(wanted.problems())
    row = _entry(uow, Committee, committee_id, row_version)
    name = wanted.name.strip()
    _refuse_taken(uow, select(Committee.id).where(Committee.name == name), row, name)
    row.name = name
    row.kind = wanted.kind
    row.term_start = wanted.term_start
    row.address = wanted.address.strip()
    row.phone = _phone(wanted.phone)
    _keep(uow, row)
    return _committee(uow, row)


@use_case(needs=Permission.READ, writes=False)
def list_committees(uow: UnitOfWork) -> tuple[CommitteeRow, ...]:
    """Every committee with what it lacks by the law, by name."""
    return committees(uow)


def committees(uow: UnitOfWork) -> tuple[CommitteeRow, ...]:
    """Every committee with what it lacks by the law (PML 8-9), by name."""
    return tuple(
        _committee(uow, row) for row in uow.session.scalars(select(Committee).order_by(Committee.name))
    )


@use_case(needs=Permission.ROSTER_WRITE)
def save_mediator(
    uow: UnitOfWork, wanted: MediatorInput, mediator_id: str | None = None, row_version: int | None = None
) -> MediatorRow:
    """Enter or change a mediator, an adult (PML 13-14); sex and birth date are read from the identity number.

    Refuses INVALID, NOT_FOUND for an unknown committee, TAKEN for a number another mediator has, STALE.
    """
    _refuse(wanted.problems(uow.today()))
    if wanted.committee_id:
        uow.get(Committee, wanted.committee_id)
    row = _entry(uow, Mediator, mediator_id, row_version)
    _write_mediator(uow, row, wanted)
    _keep(uow, row, status=row.status)
    return _mediator(uow, row)


@use_case(needs=Permission.ROSTER_WRITE)
def change_mediator_status(
    uow: UnitOfWork, mediator_id: str, status: MediatorStatus, row_version: int
) -> MediatorRow:
    """Suspend a mediator, let one leave or come back (PML 15); cases in hand stay until assigned anew."""
    row = _entry(uow, Mediator, mediator_id, row_version)
    row.status = status
    _keep(uow, row, status=status)
    return _mediator(uow, row)


@use_case(needs=Permission.READ, writes=False)
def list_mediators(uow: UnitOfWork, status: MediatorStatus | None = None) -> tuple[MediatorRow, ...]:
    """The mediators, all or those of one status, in pinyin order."""
    return mediators(uow, status)


def mediators(uow: UnitOfWork, status: MediatorStatus | None = None) -> tuple[MediatorRow, ...]:
    """The mediators, all or those of one status, in pinyin order."""
    wanted = select(Mediator) if status is None else select(Mediator).where(Mediator.status == status)
    found = tuple(_mediator(uow, row) for row in uow.session.scalars(wanted))
    return tuple(sorted(found, key=lambda row: sort_key(row.name, initials())))


@use_case(needs=Permission.ROSTER_WRITE)
def save_expert(
    uow: UnitOfWork, wanted: ExpertInput, expert_id: str | None = None, row_version: int | None = None
) -> ExpertRow:
    """Enter or change a member of a pool; refuses INVALID, STALE."""
    _refuse(wanted.problems())
    row = _entry(uow, Expert, expert_id, row_version)
    row.pool = wanted.pool
    row.name = _name(wanted.name)
    row.unit = wanted.unit.strip()
    row.speciality = wanted.speciality.strip()
    row.phone = _phone(wanted.phone)
    row.active = wanted.active
    _keep(uow, row, pool=wanted.pool)
    return _expert(row)


@use_case(needs=Permission.READ, writes=False)
def list_experts(uow: UnitOfWork, pool: ExpertPool | None = None) -> tuple[ExpertRow, ...]:
    """The members of one pool or of all four, in the order of the pools, then of pinyin."""
    wanted = select(Expert) if pool is None else select(Expert).where(Expert.pool == pool)
    order = list(ExpertPool)
    rows = (_expert(row) for row in uow.session.scalars(wanted))
    return tuple(sorted(rows, key=lambda row: (order.index(row.pool), sort_key(row.name, initials()))))


@use_case(needs=Permission.ROSTER_WRITE)
def save_room(
    uow: UnitOfWork, wanted: RoomInput, room_id: str | None = None, row_version: int | None = None
) -> RoomRow:
    """Enter or change a room; refuses INVALID, TAKEN for a name in use, STALE."""
    _refuse(wanted.problems())
    row = _entry(uow, Room, room_id, row_version)
    name = wanted.name.strip()
    _refuse_taken(uow, select(Room.id).where(Room.name == name), row, name)
    row.name = name
    row.seats = wanted.seats
    row.position = wanted.position
    row.active = wanted.active
    _keep(uow, row)
    return _room(row)


@use_case(needs=Permission.READ, writes=False)
def list_rooms(uow: UnitOfWork, active_only: bool = False) -> tuple[RoomRow, ...]:
    """The rooms in the order of calendars."""
    wanted = select(Room).order_by(Room.position, Room.name)
    if active_only:
        wanted = wanted.where(Room.active)
    return tuple(_room(row) for row in uow.session.scalars(wanted))


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise Refused(Reason.INVALID, problems=problems)


def _entry(uow: UnitOfWork, kind: type[Entry], row_id: str | None, row_version: int | None) -> Entry:
    if row_id is None:
        return kind()
    row = uow.get(kind, row_id)
    refuse_stale(uow, row, row_version)
    return row


def _refuse_taken(uow: UnitOfWork, same: Select[Any], row: Entry, what: str) -> None:
    with uow.session.no_autoflush:
        found = uow.session.scalars(same).first()
    if found is not None and found != row.id:
        raise Refused(Reason.TAKEN, what=what)


def _keep(uow: UnitOfWork, row: Entry, **facts: Any) -> None:
    uow.session.add(row)
    uow.session.flush()
    uow.note(row.id, **facts)
    uow.changed(Topic.ROSTER)


def _write_mediator(uow: UnitOfWork, row: Mediator, wanted: MediatorInput) -> None:
    number = read_id(wanted, uow.today())
    if number is not None:
        same = select(Mediator.id).where(Mediator.id_no == number.number)
        _refuse_taken(uow, same, row, wanted.name)
    row.name = _name(wanted.name)
    row.committee_id = wanted.committee_id
    row.committee_role = wanted.committee_role
    row.sex = number.sex if number else wanted.sex
    row.birth = number.birth if number else wanted.birth
    row.id_no = number.number if number else None
    row.nation = wanted.nation
    row.education = wanted.education.strip()
    row.phone = _phone(wanted.phone)
    row.address = wanted.address.strip()
    row.full_time = wanted.full_time
    row.specialities = list(dict.fromkeys(wanted.specialities))
    row.languages = _words(wanted.languages)
    row.term_start = wanted.term_start
    row.term_end = wanted.term_end
    row.status = wanted.status


def _words(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _name(typed: str) -> str:
    found = check_name(typed)
    return found.name if isinstance(found, PersonName) else typed


def _phone(typed: str) -> str:
    found = check_phone(typed)
    return found if isinstance(found, str) else ""


def _committee(uow: UnitOfWork, row: Committee) -> CommitteeRow:
    members = uow.session.execute(
        select(Mediator.committee_role, Mediator.sex).where(
            Mediator.committee_id == row.id, Mediator.status.in_(_IN_OFFICE)
        )
    )
    seats = [(CommitteeRole(role), Sex(sex) if sex else None) for role, sex in members]
    return CommitteeRow(
        id=row.id,
        row_version=row.row_version,
        name=row.name,
        kind=CommitteeKind(row.kind),
        term_start=row.term_start,
        term_end=term_end_of(row.term_start) if row.term_start else None,
        address=row.address,
        phone=row.phone,
        findings=committee_findings(row.term_start, seats, uow.today()),
    )


def _mediator(uow: UnitOfWork, row: Mediator) -> MediatorRow:
    committee = uow.session.get(Committee, row.committee_id) if row.committee_id else None
    return MediatorRow(
        id=row.id,
        row_version=row.row_version,
        committee_id=row.committee_id,
        committee=committee.name if committee else "",
        committee_role=CommitteeRole(row.committee_role),
        name=row.name,
        sex=Sex(row.sex) if row.sex else None,
        birth=row.birth,
        id_no=row.id_no or "",
        nation=row.nation,
        education=row.education,
        phone=row.phone,
        address=row.address,
        full_time=row.full_time,
        specialities=tuple(row.specialities),
        languages=tuple(row.languages),
        term_start=row.term_start,
        term_end=row.term_end,
        status=MediatorStatus(row.status),
    )


def _expert(row: Expert) -> ExpertRow:
    return ExpertRow(
        id=row.id,
        row_version=row.row_version,
        pool=ExpertPool(row.pool),
        name=row.name,
        unit=row.unit,
        speciality=row.speciality,
        phone=row.phone,
        active=row.active,
    )


def _room(row: Room) -> RoomRow:
    return RoomRow(row.id, row.row_version, row.name, row.seats, row.position, row.active)
