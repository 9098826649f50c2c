"""A dispute: its states, what is written down at the counter, what lists and pages show."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.flow import CaseAction, CaseStatus, Step
from app.domain.life.standing import Standing
from app.domain.people import Capacity, PersonKind
from app.domain.values.counting import Counting
from app.domain.values.identity import IdKind, Sex


class PartyRole(StrEnum):
    """What a person is in a case."""

    APPLICANT = "applicant"  # 申请人
    RESPONDENT = "respondent"  # 被申请人
    THIRD = "third"  # 第三人
    AGENT = "agent"  # 委托代理人
    GUARDIAN = "guardian"  # 法定代理人


PRINCIPALS = (PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.THIRD)


class Consent(StrEnum):
    """How a party agreed to mediation, or that it clearly refused (PML 17)."""

    UNASKED = "unasked"
    WRITTEN = "written"
    ORAL = "oral"
    PRESENT = "present"
    REFUSED = "refused"


class AgentKind(StrEnum):
    """Who may act for a party."""

    LAWYER = "lawyer"
    LEGAL_WORKER = "legal_worker"
    STAFF = "staff"
    KIN = "kin"
    CITIZEN = "citizen"


class AgentPower(StrEnum):
    """What an agent may do (domain reference 1.3); SIGN is the special power to sign papers."""

    APPLY = "apply"
    EVIDENCE = "evidence"
    CHOOSE = "choose"
    CONCEDE = "concede"
    SIGN = "sign"
    RECEIVE = "receive"
    OTHER = "other"


class CaseSource(StrEnum):
    """Where a case comes from (statistics source list)."""

    OWN_INITIATIVE = "own_initiative"  # 主动调解
    APPLICATION = "application"  # 依申请调解
    COURT = "court"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    PETITION_OFFICE = "petition_office"
    OTHER_DEPARTMENT = "other_department"


class Channel(StrEnum):
    """How the matter reached the counter."""

    VISIT = "visit"
    CALL = "call"
    GRID = "grid"
    SWEEP = "sweep"
    HOTLINE = "hotline"
    SUPERIOR = "superior"
    DEPARTMENT = "department"
    MINI_PROGRAM = "mini_program"
    LEADER = "leader"


class RiskFlag(StrEnum):
    """Signs that a dispute may escalate (PML 25; domain reference 3.4)."""

    TO_CRIME = "to_crime"  # 民转刑
    SUICIDE = "suicide"
    BRAWL = "brawl"
    MASS_EVENT = "mass_event"
    MASS_PETITION = "mass_petition"
    DOMESTIC_VIOLENCE = "domestic_violence"
    STABILITY = "stability"


class Difficulty(StrEnum):
    """How hard a case is."""

    SIMPLE = "simple"
    GENERAL = "general"
    COMPLEX = "complex"
    MAJOR = "major"


class Refusal(StrEnum):
    """Why the committee does not take a case (PML 17, 26; MJR02 22)."""

    PARTY_REFUSES = "party_refuses"
    RESERVED_BY_LAW = "reserved_by_law"
    ALREADY_HANDLED = "already_handled"  # court, police or administration has it
    NO_COMPETENCE = "no_competence"
    NOT_CIVIL = "not_civil"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PartyInput:
    """One person of the intake form. `key` names it within the form; `represents` lists such keys."""

    key: str
    role: PartyRole
    kind: PersonKind = PersonKind.NATURAL
    name: str = ""
    sex: Sex | None = None
    birth: date | None = None
    id_kind: IdKind = IdKind.RESIDENT_ID
    id_no: str = ""
    phone: str = ""
    nation: str = ""
    occupation: str = ""
    village: str = ""
    address: str = ""
    uscc: str = ""
    legal_representative: str = ""
    representative_post: str = ""
    person_id: str | None = None
    represents: tuple[str, ...] = ()
    agent_kind: AgentKind | None = None
    agent_powers: tuple[AgentPower, ...] = ()
    consent: Consent = Consent.UNASKED
    consent_on: date | None = None
    capacity: Capacity = Capacity.FULL


@dataclass(frozen=True, slots=True)
class CaseIntake:
    """What the counter writes down about a dispute. Money in fen."""

    parties: tuple[PartyInput, ...]
    summary: str
    type_a: str
    type_b: str
    source: CaseSource
    channel: Channel
    received_at: datetime
    first_contact: str
    title: str = ""
    request: str = ""
    source_unit: str = ""
    source_letter: str = ""
    place: str = ""
    amount_fen: int | None = None
    people_count: int | None = None
    risk_flags: tuple[RiskFlag, ...] = ()
    difficulty: Difficulty = Difficulty.GENERAL


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    sk: int
    id: str
    org: str
    number: str
    parties: str
    type_a: str
    status: CaseStatus
    mediators: str
    received_on: date
    amount_fen: int | None
    step: Step
    due_on: date | None
    due_code: str
    risky: bool
    open: bool


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """A case a person took part in before."""

    id: str
    number: str
    role: PartyRole
    type_a: str
    status: CaseStatus
    received_on: date


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party as the case page shows it; `problems` is empty when its particulars are complete."""

    id: str
    seat: int
    role: PartyRole
    kind: PersonKind
    name: str
    sex: Sex | None
    birth: date | None
    id_kind: IdKind
    id_no: str
    phone: str
    nation: str
    occupation: str
    village: str
    address: str
    uscc: str
    legal_representative: str
    representative_post: str
    person_id: str | None
    represents: tuple[str, ...]
    agent_kind: AgentKind | None
    agent_powers: tuple[AgentPower, ...]
    consent: Consent
    consent_on: date | None
    capacity: Capacity = Capacity.FULL
    left_on: date | None = None
    row_version: int = 0


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a case's history."""

    at: datetime
    actor: str
    action: CaseAction
    note: str


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """A mediator of a case."""

    id: str
    mediator_id: str
    name: str
    lead: bool
    chosen_by: str
    assigned_on: date
    override_reason: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date somebody must keep: its rule's code, the date, and whether a holiday table was missing.

    `how` tells how it was counted; from `warn_on` on it is yellow.
    """

    code: str
    due_on: date
    raw_on: date
    uncertain: bool
    how: Counting | None = None
    warn_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its page shows it. `writable` is false when another office owns it.

    `parties` are those in the case now; `left_parties` were in it before and may have signed something.
    """

    id: str
    row_version: int
    number: str
    status: CaseStatus
    title: str
    summary: str
    request: str
    type_a: str
    type_b: str
    source: CaseSource
    channel: Channel
    source_unit: str
    source_letter: str
    place: str
    amount_fen: int | None
    people_count: int | None
    risk_flags: tuple[RiskFlag, ...]
    difficulty: Difficulty
    received_at: datetime
    first_contact: str
    registrar: str
    accepted_on: date | None
    refused_on: date | None
    refusal: Refusal | None
    refusal_note: str
    rights_told_on: date | None
    effective_on: date | None
    owner: str
    writable: bool
    step: Step
    deadlines: tuple[DueDate, ...]
    parties: tuple[PartyView, ...]
    assignments: tuple[AssignmentView, ...]
    events: tuple[EventView, ...]
    standing: Standing
    left_parties: tuple[PartyView, ...] = ()


def title_of(applicants: list[str], respondents: list[str], type_name: str) -> str:
    """卷名: the parties and the dispute, e.g. 张某甲与李某乙、王某丙邻里纠纷 (VOL)."""
    sides = [side for side in ("、".join(applicants), "、".join(respondents)) if side]
    return "与".join(sides) + type_name


def joined_parties(applicants: list[str], respondents: list[str]) -> str:
    """The parties as lists show them: 张㛃 与 李䶮、王𬭎."""
    sides = [side for side in ("、".join(applicants), "、".join(respondents)) if side]
    return " 与 ".join(sides)
