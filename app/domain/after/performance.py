"""What follows an agreement: performance, demands, breach and the ways out of it, follow-up visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.agreements import ObligationKind
from app.domain.errors import Problem
from app.domain.flow import BEFORE_AGREEMENT, SETTLED, CaseStatus
from app.domain.values.limits import MAX_REASON, MAX_TEXT, limited, text_problems
from app.domain.values.money import format_yuan

OWING = BEFORE_AGREEMENT | {
    CaseStatus.AGREED_WRITTEN,
    CaseStatus.SIGNING,
    CaseStatus.EFFECTIVE,
    CaseStatus.PERFORMING,
    CaseStatus.BREACHED,
}
"""Performance is entered here: also while what a partial agreement left open is still mediated."""
VISITED_IN = SETTLED | {CaseStatus.CLOSED, CaseStatus.STRUCK_OFF}
"""A settled case is visited, also after it was closed."""


class DutyState(StrEnum):
    """Where one obligation stands on a day."""

    OPEN = "open"
    PARTLY = "partly"
    OVERDUE = "overdue"
    PERFORMED = "performed"
    RELEASED = "released"


class DemandMethod(StrEnum):
    """How somebody was urged to perform (PML 31)."""

    VISIT = "visit"
    PHONE = "phone"
    WECHAT = "wechat"
    NOTICE = "notice"  # the printed 督促履行通知 (F25)


class BreachWay(StrEnum):
    """What is done when an agreement is not performed (PML 32-33)."""

    REMEDIATE = "remediate"
    SUIT = "suit"
    ENFORCEMENT = "enforcement"  # of a confirmed or notarised agreement
    PAYMENT_ORDER = "payment_order"


class VisitMethod(StrEnum):
    """How a follow-up was made (F11)."""

    VISIT = "visit"
    PHONE = "phone"
    WECHAT = "wechat"


class Satisfaction(StrEnum):
    """What the visited person thinks of the mediation (F11)."""

    VERY = "very"
    GOOD = "good"
    FAIR = "fair"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReceiptInput:
    """Something performed: money in fen, or for an act what was done (in `note`)."""

    obligation_id: str
    on: date | None
    amount_fen: int | None = None
    manner: str = ""
    proof: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostponementInput:
    """A later day both sides of an obligation agreed to."""

    obligation_id: str
    to_on: date | None
    agreed_on: date | None
    both_agreed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseInput:
    """The creditor wants no more of an obligation."""

    obligation_id: str
    on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemandInput:
    """Somebody was urged to perform, and what the answer was."""

    obligation_id: str
    on: date | None
    method: DemandMethod
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PerformedInput:
    """Everything still open was performed on one day (即时履行)."""

    on: date | None
    manner: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class BreachInput:
    """Overdue obligations that are not performed, and the facts."""

    case_id: str
    obligation_ids: tuple[str, ...]
    on: date | None
    facts: str = ""


@dataclass(frozen=True, slots=True)
class BreachWayInput:
    """The way taken after a breach; `all_agree`: every party wants to be mediated again (PML 17).

    `notarised`: the agreement was notarised as enforceable (SD16 40).
    """

    case_id: str
    way: BreachWay
    on: date | None
    note: str = ""
    all_agree: bool = False
    notarised: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpInput:
    """A follow-up visit (F11); `new_dispute` is one over the performance, with suit and judgment."""

    case_id: str
    party_id: str
    day: date | None
    method: VisitMethod
    performance: str
    satisfaction: Satisfaction
    visitors: str
    new_dispute: str = ""
    risks: str = ""
    measures: str = ""
    next_on: date | None = None
    agreement_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """An entry of the ledger; a voided one says why."""

    id: str
    on: date
    amount_fen: int | None
    manner: str
    proof: str
    note: str
    recorded_by: str
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class PostponementView:
    """A day moved by agreement."""

    from_on: date
    to_on: date
    agreed_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DemandView:
    """One demand to perform."""

    id: str
    on: date
    method: DemandMethod
    answer: str
    demanded_by: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One obligation of the ledger; `due_on` is the day that counts now, `agreed_due_on` the signed one."""

    id: str
    agreement_id: str
    agreement_number: str
    seq: int
    kind: ObligationKind
    debtor: str
    creditor: str
    act: str
    amount_fen: int | None
    received_fen: int
    manner: str
    agreed_due_on: date
    due_on: date
    state: DutyState
    days_late: int
    performed_on: date | None
    released_on: date | None
    release_note: str
    receipts: tuple[ReceiptView, ...]
    postponements: tuple[PostponementView, ...]
    demands: tuple[DemandView, ...]

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        settled = self.state in (DutyState.PERFORMED, DutyState.RELEASED)
        return 0 if settled else (self.amount_fen or 0) - self.received_fen

    @property
    def owed(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in (DutyState.PERFORMED, DutyState.RELEASED)


@dataclass(frozen=True, slots=True)
class BreachView:
    """What was not performed, and the way taken since, if any."""

    id: str
    obligation_ids: tuple[str, ...]
    on: date
    facts: str
    way: BreachWay | None
    way_on: date | None
    way_note: str


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up as its list shows it."""

    id: str
    party: str
    day: date
    method: VisitMethod
    performance: str
    satisfaction: Satisfaction
    new_dispute: str
    risks: str
    measures: str
    visitors: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class PerformanceView:
    """Everything that followed the agreements of a case.

    `may_skip_follow_up`: all was performed on the spot or agreed orally (G11).
    """

    case_id: str
    case_number: str
    title: str
    status: CaseStatus
    writable: bool
    duties: tuple[DutyRow, ...]
    breaches: tuple[BreachView, ...]
    follow_ups: tuple[FollowUpView, ...]
    parties: tuple[tuple[str, str], ...]
    performed_on: date | None
    no_follow_up: str
    may_skip_follow_up: bool
    today: date


def duty_state(
    received: bool, due_on: date, ended: tuple[date | None, date | None], today: date
) -> DutyState:
    """Where an obligation stands; `ended` is the day it was performed and the day it was released."""
    performed_on, released_on = ended
    if performed_on is not None:
        return DutyState.PERFORMED
    if released_on is not None:
        return DutyState.RELEASED
    if due_on < today:
        return DutyState.OVERDUE
    return DutyState.PARTLY if received else DutyState.OPEN


def day_problems(
    field: str, on: date | None, first: date, today: date, early: str = "before_agreement"
) -> Iterator[Problem]:
    """A day something happened: given, not in the future, not before `first` (the agreement's day)."""
    if on is None:
        yield Problem(field, "required")
    elif on > today:
        yield Problem(field, "future_date")
    elif on < first:
        yield Problem(field, early)


def receipt_problems(
    wanted: ReceiptInput, open_fen: int | None, agreed_on: date, today: date
) -> Iterator[Problem]:
    """What is wrong with an entry; `open_fen` is what is still to be paid, None for an act."""
    yield from day_problems("on", wanted.on, agreed_on, today)
    yield from limited(wanted, manner=100, proof=100, note=MAX_TEXT)
    if open_fen is None:
        if not wanted.note.strip():
            yield Problem("note", "required")
    elif wanted.amount_fen is None or wanted.amount_fen <= 0:
        yield Problem("amount_fen", "bad_amount")
    elif wanted.amount_fen > open_fen:
        yield Problem("amount_fen", "more_than_owed", (("left", format_yuan(open_fen)),))


def postponement_problems(
    wanted: PostponementInput, due_on: date, agreed_on: date, today: date
) -> Iterator[Problem]:
    """A day is moved only by both sides, and only to a later one."""
    yield from limited(wanted, reason=MAX_TEXT)
    yield from day_problems("agreed_on", wanted.agreed_on, agreed_on, today)
    if wanted.to_on is None:
        yield Problem("to_on", "required")
    elif wanted.to_on <= due_on:
        yield Problem("to_on", "not_later", (("due", due_on),))
    if not wanted.both_agreed:
        yield Problem("both_agreed", "both_must_agree")


def release_problems(wanted: ReleaseInput, agreed_on: date, today: date) -> Iterator[Problem]:
    """Nothing is waived without a day and a reason."""
    yield from day_problems("on", wanted.on, agreed_on, today)
    yield from _told("note", wanted.note, MAX_REASON)


def breach_problems(wanted: BreachInput, agreed_on: date, today: date) -> Iterator[Problem]:
    """A breach has its day, its facts and at least one obligation."""
    yield from day_problems("on", wanted.on, agreed_on, today)
    yield from _told("facts", wanted.facts, MAX_TEXT)
    if not wanted.obligation_ids:
        yield Problem("obligation_ids", "required")


def way_problems(wanted: BreachWayInput, breach_on: date, today: date, confirmed: bool) -> Iterator[Problem]:
    """The way has its day; mediation again needs everybody, enforcement the title it rests on.

    `confirmed`: a court has confirmed an agreement of the case (PML 33); else it must be notarised.
    """
    yield from day_problems("on", wanted.on, breach_on, today, "before_breach")
    yield from text_problems("note", wanted.note, MAX_TEXT)
    if wanted.way is BreachWay.REMEDIATE:
        if not wanted.all_agree:
            yield Problem("all_agree", "all_must_agree")
    elif wanted.way is BreachWay.ENFORCEMENT and not (confirmed or wanted.notarised):
        yield Problem("way", "not_enforceable")
    elif not wanted.note.strip():
        yield Problem("note", "title_needed" if wanted.way is BreachWay.ENFORCEMENT else "required")


def follow_up_problems(
    wanted: FollowUpInput, parties: frozenset[str], agreed_on: date, today: date
) -> Iterator[Problem]:
    """A follow-up says whom, when, how it stands and who went."""
    yield from day_problems("day", wanted.day, agreed_on, today)
    yield from limited(wanted, new_dispute=MAX_TEXT, risks=MAX_TEXT, measures=MAX_TEXT)
    yield from _told("performance", wanted.performance, MAX_TEXT)
    yield from _told("visitors", wanted.visitors, 100)
    if wanted.party_id not in parties:
        yield Problem("party_id", "required")
    if wanted.next_on is not None and wanted.day is not None and wanted.next_on <= wanted.day:
        yield Problem("next_on", "past_date")


def _told(field: str, text: str, most: int) -> Iterator[Problem]:
    yield from text_problems(field, text, most)
    if not text.strip():
        yield Problem(field, "required")
