"""What is written down when a case is sorted, handed over, ended, closed, kept and opened again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.cases import Difficulty
from app.domain.errors import Problem
from app.domain.intake import MAX_PEOPLE, MAX_SUMMARY
from app.domain.life.codes import (
    LEVELS,
    Procedure,
    ReferralKind,
    ReferralReply,
    Retention,
    SuspendReason,
    Termination,
)
from app.domain.values.catalogues import DISPUTE_TYPES_A, DISPUTE_TYPES_B
from app.domain.values.limits import MAX_REASON, limited
from app.domain.values.money import MAX_FEN, MoneyProblem

MAX_NOTE = 2000
HARD = frozenset({Difficulty.COMPLEX, Difficulty.MAJOR})
"""疑难 and 重大: they need a reason (domain reference 12.6) and two mediators (G4)."""
COUNTY_ANSWERS = frozenset({ReferralReply.RETURNED, ReferralReply.TAKEN_OVER, ReferralReply.JOINT})
OFFICE_ANSWERS = frozenset({ReferralReply.TAKEN, ReferralReply.DONE, ReferralReply.RETURNED})


def _required(record: object, *fields: str) -> Iterator[Problem]:
    for field in fields:
        value = getattr(record, field)
        if value is None or value is False or (isinstance(value, str) and not value.strip()):
            yield Problem(field, "required")


def _past(today: date, **days: date | None) -> Iterator[Problem]:
    for field, day in days.items():
        if day is not None and day > today:
            yield Problem(field, "future_date")


def _hard_reason(difficulty: Difficulty, reason: str) -> Iterator[Problem]:
    if difficulty in HARD and not reason.strip():
        yield Problem("difficulty_reason", "required")


@dataclass(frozen=True, slots=True)
class TriageInput:
    """How the case was sorted: 疑难 and 重大 with the reason, the procedure, what is in issue.

    `level`: which of the four levels has it (四级七天); None leaves it where it is.
    """

    difficulty: Difficulty = Difficulty.GENERAL
    difficulty_reason: str = ""
    procedure: Procedure = Procedure.ORDINARY
    issues: str = ""
    note: str = ""
    level: int | None = None

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        found = [*limited(self, difficulty_reason=MAX_REASON, issues=MAX_NOTE, note=MAX_NOTE)]
        found += _hard_reason(self.difficulty, self.difficulty_reason)
        if self.level is not None and self.level not in LEVELS:
            found.append(Problem("level", "out_of_range"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class TransferInput:
    """The case handed to another office (G3). `due_on`: the day set in the letter, if one is set."""

    unit: str
    basis: str
    kind: ReferralKind = ReferralKind.TRANSFER
    consented: bool = False
    letter_no: str = ""
    materials: str = ""
    contact: str = ""
    sent_on: date | None = None
    due_on: date | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; another mediator takes it with the parties' consent only."""
        return tuple(self._problems(today))

    def _problems(self, today: date) -> Iterator[Problem]:
        yield from limited(self, unit=100, basis=MAX_NOTE, letter_no=80, materials=MAX_NOTE, contact=100)
        yield from _required(self, "unit", "basis")
        if self.kind == ReferralKind.HAND_OVER:
            yield from _required(self, "consented")
        if self.kind == ReferralKind.COUNTY:
            yield Problem("kind", "bad_value")
        yield from _past(today, sent_on=self.sent_on)
        if self.due_on is not None and self.due_on < (self.sent_on or today):
            yield Problem("due_on", "before_sending")


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """What the other office answered. TAKEN: it works on it; DONE and RETURNED end the matter there."""

    reply: ReferralReply
    on: date | None = None
    letter_no: str = ""
    note: str = ""

    def problems(self, sent_on: date, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; who returns a case says why."""
        return tuple(self._problems(sent_on, today))

    def _problems(self, sent_on: date, today: date) -> Iterator[Problem]:
        yield from limited(self, letter_no=80, note=MAX_NOTE)
        if self.reply not in OFFICE_ANSWERS:
            yield Problem("reply", "bad_value")
        if self.reply in (ReferralReply.RETURNED, ReferralReply.DONE):
            yield from _required(self, "note")
        yield from _answer_day(self.on, sent_on, today)


def _answer_day(on: date | None, sent_on: date, today: date) -> Iterator[Problem]:
    yield from _past(today, on=on)
    if on is not None and on < sent_on:
        yield Problem("on", "before_sending")


@dataclass(frozen=True, slots=True)
class EscalateInput:
    """The case reported to the county centre: why the township cannot settle it (S000)."""

    reason: str
    letter_no: str = ""
    materials: str = ""
    contact: str = ""
    sent_on: date | None = None
    due_on: date | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        found = [*limited(self, reason=MAX_NOTE, letter_no=80, materials=MAX_NOTE, contact=100)]
        found += [*_required(self, "reason"), *_past(today, sent_on=self.sent_on)]
        if self.due_on is not None and self.due_on < (self.sent_on or today):
            found.append(Problem("due_on", "before_sending"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class CountyAnswer:
    """What the county answered: first RETURNED, TAKEN_OVER or JOINT; later DONE (by its receipt)."""

    reply: ReferralReply
    on: date | None = None
    letter_no: str = ""
    note: str = ""

    def problems(self, answered: bool, sent_on: date, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; `answered`: the county took it before, and ends it now."""
        found = [*limited(self, letter_no=80, note=MAX_NOTE), *_answer_day(self.on, sent_on, today)]
        if self.reply not in ({ReferralReply.DONE} if answered else COUNTY_ANSWERS):
            found.append(Problem("reply", "bad_value"))
        if self.reply in (ReferralReply.RETURNED, ReferralReply.DONE):
            found += _required(self, "note")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class WithdrawInput:
    """Who applied wants no mediation any more, before the case was accepted (PML 3, 23)."""

    reason: str
    on: date | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, reason=MAX_NOTE), *_required(self, "reason"), *_past(today, on=self.on))


@dataclass(frozen=True, slots=True)
class MergeInput:
    """The case goes on in another one; `take_parties`: who is missing there becomes a party of it."""

    into_id: str
    reason: str
    take_parties: bool = True

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, reason=MAX_NOTE), *_required(self, "into_id", "reason"))


@dataclass(frozen=True, slots=True)
class OnSpotInput:
    """The dispute is being settled at once, where the people stand (PML 21): who mediates, what was told.

    `not_excluded`: neither reserved by law nor taken by a court, the police or another organ (MJR02 22).
    `all_keep`: all know of the tie `override_reason` speaks of and want the mediator all the same (TY16 15).
    """

    lead_id: str
    co_ids: tuple[str, ...] = ()
    rights_told: bool = False
    all_present: bool = False
    not_excluded: bool = False
    override_reason: str = ""
    all_keep: bool = False

    def problems(self, co_needed: bool) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; all must stand here and agree (PML 17).

        A difficult or major case asks for a second mediator here too (guard G4).
        """
        found = [*limited(self, override_reason=MAX_REASON)]
        found += _required(self, "lead_id", "rights_told", "all_present", "not_excluded")
        if len({self.lead_id, *self.co_ids}) <= len(self.co_ids):
            found.append(Problem("co_ids", "duplicate"))
        elif co_needed and not self.co_ids:
            found.append(Problem("co_ids", "co_needed"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SuspendInput:
    """The mediation pauses: why."""

    reason: SuspendReason
    note: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        found = [*limited(self, note=MAX_NOTE)]
        if self.reason == SuspendReason.OTHER:
            found += _required(self, "note")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class TerminateInput:
    """The mediation ends without an agreement (G10; PML 26): why, and that the other ways were told.

    `issues` are 争议焦点, `undisputed` 无争议事实 (TY16 21; SZ22 73).
    """

    reason: Termination
    remedies_told: bool = False
    note: str = ""
    issues: str = ""
    undisputed: str = ""
    on: date | None = None

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; the day is held against the case."""
        found = [*limited(self, note=MAX_NOTE, issues=MAX_NOTE, undisputed=MAX_SUMMARY)]
        found += _required(self, "remedies_told")
        if self.reason == Termination.OTHER:
            found += _required(self, "note")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class CloseInput:
    """The case is closed; why it ended so follows from where it stands."""

    note: str = ""
    on: date | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, note=MAX_NOTE), *_past(today, on=self.on))


@dataclass(frozen=True, slots=True)
class StrikeOffInput:
    """A closed case is proposed for striking off (G12); the applicant was told of it on that day."""

    told_applicant_on: date | None
    note: str = ""

    def problems(self, closed_on: date, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        found = [*limited(self, note=MAX_NOTE), *_past(today, told_applicant_on=self.told_applicant_on)]
        found += _required(self, "told_applicant_on")
        if self.told_applicant_on is not None and self.told_applicant_on < closed_on:
            found.append(Problem("told_applicant_on", "before_closing"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ArchiveInput:
    """The volume is made up and locked (G13): how long it is kept, who looked through it.

    `on_paper`: pages that lie in the paper volume only, by `VolumeItem` value; `note` is 卷宗情况说明.
    """

    retention: Retention
    checked_by: str
    made_by: str = ""
    note: str = ""
    on_paper: tuple[tuple[str, int], ...] = ()

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        found = [*limited(self, checked_by=50, made_by=50, note=MAX_NOTE), *_required(self, "checked_by")]
        if any(not 0 < pages < 1000 for _, pages in self.on_paper):
            found.append(Problem("on_paper", "out_of_range"))
        if len({item for item, _ in self.on_paper}) < len(self.on_paper):
            found.append(Problem("on_paper", "duplicate"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SupplementInput:
    """Something to be said of a locked volume: a new item with its own date (domain reference 3.1)."""

    note: str

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, note=MAX_NOTE), *_required(self, "note"))


@dataclass(frozen=True, slots=True)
class ReportInput:
    """The county filed the case (G14): its filing number and the day."""

    filing_no: str
    on: date | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, filing_no=80), *_required(self, "filing_no"), *_past(today, on=self.on))


@dataclass(frozen=True, slots=True)
class ReopenInput:
    """Why a closed case goes on, as a linked copy with a new number."""

    reason: str

    def problems(self) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is."""
        return (*limited(self, reason=MAX_NOTE), *_required(self, "reason"))


@dataclass(frozen=True, slots=True)
class CorrectInput:
    """What is written about the matter, put right; `row_version` is the case's when the form was opened."""

    row_version: int
    title: str
    summary: str
    type_a: str
    type_b: str
    request: str = ""
    place: str = ""
    amount_fen: int | None = None
    people_count: int | None = None
    difficulty: Difficulty = Difficulty.GENERAL
    difficulty_reason: str = ""

    def problems(self, parties: int) -> tuple[Problem, ...]:
        """Every field that cannot stay as it is; `parties`: how many the case has."""
        return tuple(self._problems(parties))

    def _problems(self, parties: int) -> Iterator[Problem]:
        yield from limited(
            self, title=100, summary=MAX_SUMMARY, request=MAX_SUMMARY, place=200, difficulty_reason=MAX_REASON
        )
        yield from _required(self, "title", "summary")
        if self.type_a not in DISPUTE_TYPES_A:
            yield Problem("type_a", "required")
        if self.type_b not in DISPUTE_TYPES_B:
            yield Problem("type_b", "required")
        yield from _hard_reason(self.difficulty, self.difficulty_reason)
        if self.amount_fen is not None and self.amount_fen < 0:
            yield Problem("amount_fen", "bad_amount")
        elif self.amount_fen is not None and self.amount_fen > MAX_FEN:
            yield Problem("amount_fen", MoneyProblem.TOO_LARGE)
        if self.people_count is not None and self.people_count < parties:
            yield Problem("people_count", "fewer_than_parties")
        elif self.people_count is not None and self.people_count > MAX_PEOPLE:
            yield Problem("people_count", "out_of_range")
