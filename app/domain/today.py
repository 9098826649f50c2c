"""What the office must do: one line for each thing, why it is on the list, and how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.flow import CaseStatus, Step
from app.domain.office.drafts import DraftKind


class WorkKind(StrEnum):
    """What kind of thing is to be done."""

    CLOCK = "clock"  # the PC's clock is behind the books
    HEARING = "hearing"
    DEADLINE = "deadline"
    PAYMENT = "payment"  # something promised falls due
    FOLLOW_UP = "follow_up"
    RETURNED = "returned"  # the county or a department sent it back
    ANSWER = "answer"  # another office has to answer
    TENTATIVE = "tentative"  # a hearing not fixed yet
    UNSERVED = "unserved"  # a notice is not served
    RECUSAL = "recusal"
    RISK = "risk"
    STRIKE_OFF = "strike_off"  # proposed, waits for a second person
    SIGN = "sign"  # an agreement to print or sign
    RECORD = "record"  # a session record to sign
    IDLE = "idle"  # a case without a next step
    DRAFT = "draft"
    PACKAGE = "package"  # cases or a package wait for the county
    UNACKED = "unacked"  # sent, and not acknowledged
    TERM = "term"  # a committee's term ends
    CALENDAR = "calendar"  # a year without a holiday table
    BACKUP = "backup"


class Urgency(StrEnum):
    """How much a thing presses, in the order of the list."""

    LATE = "late"
    TODAY = "today"
    NEAR = "near"
    REST = "rest"


class WorkPart(StrEnum):
    """A part of the list."""

    ALL = "all"
    DECIDE = "decide"  # disputes nobody has decided on: one line for each
    LATE = "late"
    TODAY = "today"
    NEAR = "near"
    AFTER = "after"  # performance and follow-up
    IDLE = "idle"
    WAITING = "waiting"  # somebody else has to act


_ORDER = {urgency: place for place, urgency in enumerate(Urgency)}
_KINDS = {kind: place for place, kind in enumerate(WorkKind)}
_AFTER = frozenset({WorkKind.PAYMENT, WorkKind.FOLLOW_UP})
_WAITING = frozenset({WorkKind.ANSWER, WorkKind.UNACKED})


@dataclass(frozen=True, slots=True)
class WorkKey:
    """One line of the list, before it is read.

    `sk`: the row number of its case, 0 for what is of no case; `subject`: the hearing, package or draft;
    `code`: the rule of its date. `deciding`: nobody has decided on the case; `waiting`: others have to act.
    """

    kind: WorkKind
    sk: int = 0
    subject: str = ""
    due_on: date | None = None
    code: str = ""
    urgency: Urgency = Urgency.REST
    deciding: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line as it is read.

    `names`: whom it concerns (who owes, who was not told, whose signature is missing, which office answers);
    `since`: from when it has waited; `minute`: when it begins that day; `count`: how many; `record`: what it
    is opened with, where that is not the case.
    """

    key: WorkKey
    case_id: str = ""
    number: str = ""
    parties: str = ""
    holder: str = ""
    status: CaseStatus | None = None
    step: Step = Step.NONE
    names: tuple[str, ...] = ()
    note: str = ""
    since: date | None = None
    minute: int | None = None
    amount_fen: int | None = None
    count: int = 0
    record: str = ""
    draft: DraftKind | None = None


def urgency_of(due_on: date, today: date, warned_before: int) -> Urgency:
    """How much a date presses on `today`; yellow begins `warned_before` days before it."""
    left = (due_on - today).days
    if left < 0:
        return Urgency.LATE
    if left == 0:
        return Urgency.TODAY
    return Urgency.NEAR if left <= warned_before else Urgency.REST


def in_order(keys: Iterable[WorkKey]) -> tuple[WorkKey, ...]:
    """Late, today, near, the rest; in each by date, then by kind and by the day of receipt."""
    return tuple(sorted(keys, key=_place))


def _place(key: WorkKey) -> tuple[int, date, int, int, str]:
    return _ORDER[key.urgency], key.due_on or date.max, _KINDS[key.kind], key.sk, key.subject


def belongs(key: WorkKey, part: WorkPart) -> bool:
    """Whether a line is of a part."""
    match part:
        case WorkPart.ALL:
            return True
        case WorkPart.DECIDE:
            return key.deciding
        case WorkPart.LATE | WorkPart.TODAY | WorkPart.NEAR:
            return key.urgency == part.value
        case WorkPart.AFTER:
            return key.kind in _AFTER
        case WorkPart.IDLE:
            return key.kind is WorkKind.IDLE
        case WorkPart.WAITING:
            return key.waiting or key.kind in _WAITING


def part_of(keys: Sequence[WorkKey], part: WorkPart) -> tuple[WorkKey, ...]:
    """The lines of a part; of the undecided disputes the first line of each."""
    found = tuple(key for key in keys if belongs(key, part))
    if part is not WorkPart.DECIDE:
        return found
    first: dict[int, WorkKey] = {}
    for key in found:
        first.setdefault(key.sk, key)
    return tuple(first.values())


def counts_of(keys: Sequence[WorkKey]) -> dict[WorkPart, int]:
    """How many lines each part has."""
    return {part: len(part_of(keys, part)) for part in WorkPart}
