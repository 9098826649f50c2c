"""Judicial confirmation: who asks which court until when, and what no court confirms (CPL 205-206)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import DueDate
from app.domain.errors import Problem
from app.domain.values.limits import MAX_REASON, MAX_TEXT, limited

MAX_COURT = 100
MAX_NUMBER = 80


class Jurisdiction(StrEnum):
    """Why this court (CPL 205)."""

    INVITED = "invited"  # the court that invited the mediation: that one and no other
    DOMICILE = "domicile"
    SUBJECT = "subject"  # where the subject matter lies
    SEAT = "seat"  # of the committee
    INTERMEDIATE = "intermediate"  # the dispute itself would belong to an intermediate court


class Obstacle(StrEnum):
    """For what a court does not take an application at all (CPL-INT, after CPL 205)."""

    STATUS = "status"  # whether a marriage, parentage or adoption is valid or ended
    TITLE = "title"  # that a real right or intellectual property is somebody's
    OUT_OF_SCOPE = "out_of_scope"  # no matter for the courts
    OTHER_PROCEDURE = "other_procedure"  # another special procedure, public summons, bankruptcy


class Doubt(StrEnum):
    """For what a court may reject the application when it examines it (CPL-INT)."""

    WORDS = "words"  # the terms speak of what cannot be confirmed; found by the check, never ticked
    AGAINST_LAW = "against_law"
    HARMS_OTHERS = "harms_others"
    PUBLIC_ORDER = "public_order"
    NOT_FREE = "not_free"
    UNCLEAR = "unclear"


ASKED_DOUBTS = tuple(doubt for doubt in Doubt if doubt is not Doubt.WORDS)
"""What the clerk is asked about."""


class Material(StrEnum):
    """What goes to the court (CPL-INT, F20)."""

    APPLICATION = "application"
    AGREEMENT = "agreement"
    CERTIFICATE = "certificate"  # that the committee presided
    IDENTITY = "identity"
    PROPERTY = "property"  # only where the agreement is about property
    ADDRESS = "address"


class ConfirmationOutcome(StrEnum):
    """How an application ended (domain reference 2.4)."""

    VALID = "valid"
    REJECTED = "rejected"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


class ConfirmationStage(StrEnum):
    """Where the confirmation of one agreement stands."""

    NONE = "none"
    PREPARED = "prepared"  # the papers are made, nobody has applied yet
    APPLIED = "applied"
    DOCKETED = "docketed"
    DECIDED = "decided"


UNDER_WAY = (ConfirmationStage.APPLIED, ConfirmationStage.DOCKETED)
AGAIN = (ConfirmationOutcome.NOT_ACCEPTED, ConfirmationOutcome.WITHDRAWN)
"""Ends after which the parties may apply anew within the limit."""
_RULED = (ConfirmationOutcome.VALID, ConfirmationOutcome.REJECTED)
_TITLE_OR_STATUS = re.compile(
    "离婚|亲子|亲权|收养|婚姻(?:有效|无效)|确权"
    "|(?:确认|享有|归)[^，。；,;]{0,12}(?:所有权|使用权|专利权|商标权|著作权)"
)


@dataclass(frozen=True, slots=True)
class ApplicationInput:
    """An application as it is prepared and handed in; `applied_by`: ids of the parties, all of them jointly.

    `obstacles`, `doubts`: what the clerk ticked; `checked`: the list was gone through with the parties.
    """

    agreement_id: str
    court: str = ""
    jurisdiction: Jurisdiction = Jurisdiction.SEAT
    applied_by: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    checked: bool = False
    override_reason: str = ""
    applied_on: date | None = None


@dataclass(frozen=True, slots=True)
class DocketInput:
    """The court took the application: its case number and the day, which starts the court's 30 days."""

    docket_no: str = ""
    docketed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """How it ended: the ruling with its number and day, or why there was none."""

    outcome: ConfirmationOutcome
    document_no: str = ""
    decided_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One line of the list; `found` names what the case has of it, `given`: it is with the application."""

    material: Material
    needed: bool
    found: tuple[str, ...]
    given: bool


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """One application, also an ended one; `ruling_due` runs while the court examines."""

    id: str
    row_version: int
    stage: ConfirmationStage
    court: str
    jurisdiction: Jurisdiction
    applied_by: tuple[str, ...]
    materials: tuple[Material, ...]
    doubts: tuple[Doubt, ...]
    override_reason: str
    applied_on: date | None
    docket_no: str
    docketed_on: date | None
    outcome: ConfirmationOutcome | None
    document_no: str
    decided_on: date | None
    note: str
    ruling_due: DueDate | None


@dataclass(frozen=True, slots=True)
class ConfirmationCheck:
    """What is to be known before applying for one agreement.

    `due` None: it is not in effect, no clock runs. `days_left` below 0: the chance has passed. `words`: what
    the terms say that speaks against it. `applicants`: (id, name) of everybody bound. `invited_by`: the court
    that entrusted the case, if one did. `usual_court`: the court applied to last. `replaced`: another
    agreement has taken its place.
    """

    agreement_id: str
    case_id: str
    number: str
    seq: int
    agreed_on: date
    effective_on: date | None
    replaced: bool
    oral: bool
    due: DueDate | None
    days_left: int | None
    words: tuple[str, ...]
    applicants: tuple[tuple[str, str], ...]
    materials: tuple[MaterialRow, ...]
    invited_by: str
    usual_court: str
    stage: ConfirmationStage
    current: ConfirmationView | None
    earlier: tuple[ConfirmationView, ...]

    @property
    def lost(self) -> bool:
        """Nobody applied in time, or what was applied for came to nothing and the time is over."""
        over = self.days_left is not None and self.days_left < 0
        ended = self.current.outcome if self.current else None
        unused = self.stage in (ConfirmationStage.NONE, ConfirmationStage.PREPARED) or ended in AGAIN
        return over and unused and not self.replaced

    @property
    def open(self) -> bool:
        """Whether an application can still be handed in."""
        in_time = self.days_left is not None and self.days_left >= 0 and not self.replaced
        ended = self.current.outcome if self.current else None
        return in_time and (
            self.stage in (ConfirmationStage.NONE, ConfirmationStage.PREPARED) or ended in AGAIN
        )


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """Everything about confirmation in one case, one entry for each agreement in effect."""

    case_id: str
    case_number: str
    title: str
    writable: bool
    checks: tuple[ConfirmationCheck, ...]
    today: date


def unconfirmable_words(texts: tuple[str, ...]) -> tuple[str, ...]:
    """What the terms say of marriage, parentage, adoption or of whose a right is (CPL-INT)."""
    found = (match.group() for text in texts for match in _TITLE_OR_STATUS.finditer(text))
    return tuple(dict.fromkeys(found))


def stage_of(applied_on: date | None, docketed_on: date | None, outcome: object) -> ConfirmationStage:
    """Where an application stands."""
    if outcome is not None:
        return ConfirmationStage.DECIDED
    if docketed_on is not None:
        return ConfirmationStage.DOCKETED
    return ConfirmationStage.PREPARED if applied_on is None else ConfirmationStage.APPLIED


def pack_problems(wanted: ApplicationInput, check: ConfirmationCheck) -> Iterator[Problem]:
    """What the printed application needs: a court that may be asked, and nobody who is no party of it."""
    yield from limited(wanted, court=MAX_COURT, override_reason=MAX_REASON)
    if not wanted.court.strip():
        yield Problem("court", "required")
    if check.invited_by and wanted.jurisdiction is not Jurisdiction.INVITED:
        yield Problem("jurisdiction", "inviting_court_only", (("court", check.invited_by),))
    if not check.invited_by and wanted.jurisdiction is Jurisdiction.INVITED:
        yield Problem("jurisdiction", "no_court_invited")
    if set(wanted.applied_by) - {key for key, _ in check.applicants}:
        yield Problem("applied_by", "unknown")
    if wanted.obstacles:
        yield Problem("obstacles", "cannot_be_confirmed")


def application_problems(
    wanted: ApplicationInput, check: ConfirmationCheck, today: date
) -> Iterator[Problem]:
    """What keeps the parties from applying; the last day itself is another question (12.6)."""
    yield from pack_problems(wanted, check)
    silent = tuple(name for key, name in check.applicants if key not in wanted.applied_by)
    if silent:
        yield Problem("applied_by", "apply_jointly", (("names", silent),))
    if not wanted.checked:
        yield Problem("checked", "check_first")
    if (wanted.doubts or check.words) and not wanted.override_reason.strip():
        yield Problem("override_reason", "doubt_reason")
    if wanted.applied_on is None:
        yield Problem("applied_on", "required")
    elif wanted.applied_on > today:
        yield Problem("applied_on", "future_date")
    elif check.effective_on is not None and wanted.applied_on < check.effective_on:
        yield Problem("applied_on", "before_effect")


def docket_problems(wanted: DocketInput, applied_on: date, today: date) -> Iterator[Problem]:
    """The court's number and day; not before somebody applied."""
    yield from limited(wanted, docket_no=MAX_NUMBER)
    if not wanted.docket_no.strip():
        yield Problem("docket_no", "required")
    yield from _after("docketed_on", wanted.docketed_on, applied_on, today)


def decision_problems(
    wanted: DecisionInput, docketed: bool, begun_on: date, today: date
) -> Iterator[Problem]:
    """A ruling has its number and comes after docketing; what was not taken has a reason."""
    yield from limited(wanted, document_no=MAX_NUMBER, note=MAX_TEXT)
    if wanted.outcome in _RULED:
        if not docketed:
            yield Problem("outcome", "docket_first")
        if not wanted.document_no.strip():
            yield Problem("document_no", "required")
    if wanted.outcome is ConfirmationOutcome.NOT_ACCEPTED and docketed:
        yield Problem("outcome", "docketed_already")
    if wanted.outcome is not ConfirmationOutcome.VALID and not wanted.note.strip():
        yield Problem("note", "required")
    yield from _after("decided_on", wanted.decided_on, begun_on, today)


def _after(field: str, day: date | None, first: date, today: date) -> Iterator[Problem]:
    if day is None:
        yield Problem(field, "required")
    elif day > today:
        yield Problem(field, "future_date")
    elif day < first:
        yield Problem(field, "before_application")
