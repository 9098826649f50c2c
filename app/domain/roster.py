"""Committee, mediators, expert pools and rooms: what is written down and what the law asks of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import Problem
from app.domain.recusal import Finding
from app.domain.values.catalogues import DISPUTE_TYPES_A
from app.domain.values.identity import (
    IdFault,
    IdNumber,
    IdProblem,
    Sex,
    age_on,
    check_id_number,
    check_name,
    check_phone,
)
from app.domain.values.limits import MAX_REASON, each_limited, limited

ADULT_AGE = 18
TERM_YEARS = 3
TERM_ALERT_DAYS = 60
FEWEST_MEMBERS = 3
MOST_MEMBERS = 9
MOST_SEATS = 500


class CommitteeKind(StrEnum):
    """Where a people's mediation committee belongs (PML 8, 34; NB15 10)."""

    VILLAGE = "village"  # 村民委员会
    RESIDENT = "resident"  # 居民委员会
    TOWNSHIP = "township"  # 乡镇
    SUBDISTRICT = "subdistrict"  # 街道
    ENTERPRISE = "enterprise"  # 企事业单位
    SECTORAL = "sectoral"  # 行业性专业性


class CommitteeRole(StrEnum):
    """A mediator's place in the committee; the appointed ones are no members of it (PML 13)."""

    CHAIR = "chair"  # 主任
    VICE = "vice"  # 副主任
    MEMBER = "member"  # 委员
    APPOINTED = "appointed"  # 聘任


class MediatorStatus(StrEnum):
    """Whether a mediator may be put on a case."""

    ACTIVE = "active"  # 在任
    SUSPENDED = "suspended"  # 暂停
    LEFT = "left"  # 离任


class ExpertPool(StrEnum):
    """The four pools of people a hearing may invite from (PML 20)."""

    GOOD_PEOPLE = "good_people"  # 好人
    LAWYERS = "lawyers"  # 律师、法律工作者
    GENTRY = "gentry"  # 乡贤
    COUNSELLORS = "counsellors"  # 心理咨询


class ChosenBy(StrEnum):
    """Who named the mediators (PML 19)."""

    COMMITTEE = "committee"
    PARTIES = "parties"


class AssignmentRole(StrEnum):
    """A mediator's part in a case; every assigned case has exactly one LEAD."""

    LEAD = "lead"  # 第一调解员
    CO = "co"  # 第二调解员


class CommitteeFindingKind(StrEnum):
    """What a committee lacks; details in brackets."""

    TOO_FEW = "committee_too_few"  # found
    TOO_MANY = "committee_too_many"  # found
    NO_WOMAN = "committee_no_woman"
    NO_CHAIR = "committee_no_chair"
    SEVERAL_CHAIRS = "committee_several_chairs"  # found
    TERM_UNKNOWN = "committee_term_unknown"
    TERM_ENDS_SOON = "committee_term_ends_soon"  # on
    TERM_OVER = "committee_term_over"  # on


@dataclass(frozen=True, slots=True)
class CommitteeFinding:
    """One thing to put right in a committee, with the number found or the day it concerns."""

    kind: CommitteeFindingKind
    found: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CommitteeInput:
    """What is written down about a committee."""

    name: str
    kind: CommitteeKind
    term_start: date | None = None
    address: str = ""
    phone: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, name=100, address=200), *_required("name", self.name), *_phone(self.phone))


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """A committee as the roster shows it."""

    id: str
    row_version: int
    name: str
    kind: CommitteeKind
    term_start: date | None
    term_end: date | None
    address: str
    phone: str
    findings: tuple[CommitteeFinding, ...]


@dataclass(frozen=True, slots=True)
class MediatorInput:
    """What is written down about a mediator. `specialities` are codes of dispute list A."""

    name: str
    committee_id: str | None = None
    committee_role: CommitteeRole = CommitteeRole.APPOINTED
    sex: Sex | None = None
    birth: date | None = None
    id_no: str = ""
    nation: str = ""
    education: str = ""
    phone: str = ""
    address: str = ""
    full_time: bool = False
    specialities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    term_start: date | None = None
    term_end: date | None = None
    status: MediatorStatus = MediatorStatus.ACTIVE

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; a mediator is an adult (PML 14)."""
        return tuple(_mediator_problems(self, today))


@dataclass(frozen=True, slots=True)
class MediatorRow:
    """A mediator as the roster shows it."""

    id: str
    row_version: int
    committee_id: str | None
    committee: str
    committee_role: CommitteeRole
    name: str
    sex: Sex | None
    birth: date | None
    id_no: str
    nation: str
    education: str
    phone: str
    address: str
    full_time: bool
    specialities: tuple[str, ...]
    languages: tuple[str, ...]
    term_start: date | None
    term_end: date | None
    status: MediatorStatus


@dataclass(frozen=True, slots=True)
class ExpertInput:
    """What is written down about a member of a pool."""

    pool: ExpertPool
    name: str
    unit: str = ""
    speciality: str = ""
    phone: str = ""
    active: bool = True

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, unit=100, speciality=100), *_name(self.name), *_phone(self.phone))


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """A member of a pool as the roster shows it."""

    id: str
    row_version: int
    pool: ExpertPool
    name: str
    unit: str
    speciality: str
    phone: str
    active: bool


@dataclass(frozen=True, slots=True)
class RoomInput:
    """What is written down about a room; `position` is its place in calendars."""

    name: str
    seats: int = 0
    position: int = 0
    active: bool = True

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        seats = () if 0 <= self.seats <= MOST_SEATS else (Problem("seats", "out_of_range"),)
        return (*limited(self, name=50), *_required("name", self.name), *seats)


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room as the roster and calendars show it."""

    id: str
    row_version: int
    name: str
    seats: int
    position: int
    active: bool


@dataclass(frozen=True, slots=True)
class AssignInput:
    """Who is to mediate a case, chosen by whom; `override_reason` says why a tie found does not stand.

    `consented`: the parties who know of the tie and want this mediator all the same (TY16 15).
    """

    case_id: str
    lead_id: str
    co_ids: tuple[str, ...] = ()
    chosen_by: ChosenBy = ChosenBy.COMMITTEE
    override_reason: str = ""
    consented: tuple[str, ...] = ()

    def problems(self, co_needed: bool) -> tuple[Problem, ...]:
        """What cannot stay; a difficult or major case asks for a second mediator (guard G4)."""
        if len({self.lead_id, *self.co_ids}) != 1 + len(self.co_ids):
            return (Problem("co_ids", "duplicate"),)
        needed = (Problem("co_ids", "co_needed"),) if co_needed and not self.co_ids else ()
        return (*needed, *limited(self, override_reason=MAX_REASON))


@dataclass(frozen=True, slots=True)
class MediatorLoad:
    """How much a mediator has in hand: open cases, and hearings from Monday to Sunday."""

    mediator_id: str
    name: str
    open_cases: int
    hearings_this_week: int


@dataclass(frozen=True, slots=True)
class MediatorChoice:
    """A mediator offered for a case, with load and what speaks against the choice."""

    mediator_id: str
    name: str
    committee_role: CommitteeRole
    full_time: bool
    specialised: bool
    open_cases: int
    hearings_this_week: int
    findings: tuple[Finding, ...]


def term_end_of(start: date) -> date:
    """The day three years later, when a committee is elected anew (PML 9)."""
    try:
        return start.replace(year=start.year + TERM_YEARS)
    except ValueError:
        return date(start.year + TERM_YEARS, 2, 28)


def committee_findings(
    term_start: date | None, members: Iterable[tuple[CommitteeRole, Sex | None]], today: date
) -> tuple[CommitteeFinding, ...]:
    """What a committee lacks: 3 to 9 members with one chair and a woman among them, a running term (PML 8-9).

    `members`: place and sex of everybody in office; the appointed do not count.
    """
    seated = [member for member in members if member[0] is not CommitteeRole.APPOINTED]
    return (*_seat_findings(seated), *_term_findings(term_start, today))


def _seat_findings(seated: list[tuple[CommitteeRole, Sex | None]]) -> Iterator[CommitteeFinding]:
    if len(seated) < FEWEST_MEMBERS:
        yield CommitteeFinding(CommitteeFindingKind.TOO_FEW, found=len(seated))
    if len(seated) > MOST_MEMBERS:
        yield CommitteeFinding(CommitteeFindingKind.TOO_MANY, found=len(seated))
    if all(sex is not Sex.FEMALE for _, sex in seated):
        yield CommitteeFinding(CommitteeFindingKind.NO_WOMAN)
    chairs = sum(role is CommitteeRole.CHAIR for role, _ in seated)
    if chairs == 0:
        yield CommitteeFinding(CommitteeFindingKind.NO_CHAIR)
    if chairs > 1:
        yield CommitteeFinding(CommitteeFindingKind.SEVERAL_CHAIRS, found=chairs)


def _term_findings(term_start: date | None, today: date) -> Iterator[CommitteeFinding]:
    if term_start is None:
        yield CommitteeFinding(CommitteeFindingKind.TERM_UNKNOWN)
        return
    end = term_end_of(term_start)
    if end <= today:
        yield CommitteeFinding(CommitteeFindingKind.TERM_OVER, on=end)
    elif end - today <= timedelta(days=TERM_ALERT_DAYS):
        yield CommitteeFinding(CommitteeFindingKind.TERM_ENDS_SOON, on=end)


def may_mediate(status: MediatorStatus, term_start: date | None, term_end: date | None, day: date) -> bool:
    """Whether a mediator may be put on a case on `day`: active, and within the term if one is known."""
    begun = term_start is None or term_start <= day
    return status is MediatorStatus.ACTIVE and begun and (term_end is None or day <= term_end)


def choice_order(choice: MediatorChoice) -> tuple[bool, bool, int, int, str]:
    """The order in which mediators are offered: nothing against them, versed in the matter, least load."""
    blocked = any(finding.blocks for finding in choice.findings)
    return blocked, not choice.specialised, choice.open_cases, choice.hearings_this_week, choice.name


def _mediator_problems(wanted: MediatorInput, today: date) -> Iterator[Problem]:
    yield from _name(wanted.name)
    yield from _phone(wanted.phone)
    yield from limited(wanted, nation=20, education=20, address=200)
    yield from each_limited("languages", wanted.languages, 20)
    yield from _age_problems(wanted, today)
    if wanted.committee_role is not CommitteeRole.APPOINTED and not wanted.committee_id:
        yield Problem("committee_id", "required")
    if any(code not in DISPUTE_TYPES_A for code in wanted.specialities):
        yield Problem("specialities", "unknown")
    if wanted.term_start and wanted.term_end and wanted.term_end <= wanted.term_start:
        yield Problem("term_end", "time_order")


def _age_problems(wanted: MediatorInput, today: date) -> Iterator[Problem]:
    birth = wanted.birth
    if wanted.id_no:
        found = check_id_number(wanted.id_no, today)
        if isinstance(found, IdFault):
            yield found.at("id_no")
            return
        for fault in found.contradictions(wanted.sex, wanted.birth):
            yield fault.at("sex" if fault.code is IdProblem.SEX_DIFFERS else "birth")
        birth = found.birth
    if birth is None:
        yield Problem("birth", "required")
    elif birth > today:
        yield Problem("birth", "future_date")
    elif age_on(birth, today) < ADULT_AGE:
        yield Problem("birth", "not_adult", (("age", ADULT_AGE),))


def read_id(wanted: MediatorInput, today: date) -> IdNumber | None:
    """What a valid identity number says of a mediator."""
    found = check_id_number(wanted.id_no, today)
    return found if isinstance(found, IdNumber) else None


def _required(field: str, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(field, "required")


def _name(name: str) -> Iterator[Problem]:
    found = check_name(name)
    if isinstance(found, IdFault):
        yield found.at("name")


def _phone(phone: str) -> Iterator[Problem]:
    if phone.strip() and isinstance(found := check_phone(phone), IdFault):
        yield found.at("phone")
