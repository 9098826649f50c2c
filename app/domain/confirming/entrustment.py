"""Mediation entrusted by a court or another organ: its letter, its clock, and the answer (TY16, PLAW26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import CaseSource
from app.domain.errors import Problem
from app.domain.flow import DECLINED, ENDED, SETTLED, CaseStatus
from app.domain.life.codes import Procedure
from app.domain.values.limits import MAX_TEXT, limited

COURT_PROCEDURES = (Procedure.COURT_PRE, Procedure.COURT_ORDINARY, Procedure.COURT_SIMPLE)
_FAILED_IN = DECLINED | ENDED | {CaseStatus.TERMINATED}


class Organ(StrEnum):
    """Who entrusts."""

    COURT = "court"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    OTHER = "other"


SOURCE_OF: dict[Organ, CaseSource] = {
    Organ.COURT: CaseSource.COURT,
    Organ.POLICE: CaseSource.POLICE,
    Organ.PROCURATORATE: CaseSource.PROCURATORATE,
    Organ.OTHER: CaseSource.OTHER_DEPARTMENT,
}


class EntrustmentResult(StrEnum):
    """What the organ is answered (F23)."""

    SETTLED = "settled"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EntrustmentInput:
    """The letter of an organ; `signed_on`: when the mediator signed for the material, which starts the clock.

    `case_no`: the court's or the police's own. `no_penalty_asked`: the parties applied in writing that
    nobody be punished (PLAW26).
    """

    case_id: str
    organ: Organ
    unit: str = ""
    letter_no: str = ""
    procedure: Procedure | None = None
    case_no: str = ""
    contact: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    issues: str = ""
    materials: str = ""
    no_penalty_asked: bool = False


@dataclass(frozen=True, slots=True)
class EntrustmentReply:
    """The answer: the result, for a failed one why, with issues and undisputed facts (TY16 21, 26)."""

    entrustment_id: str
    result: EntrustmentResult
    replied_on: date | None = None
    reply_letter_no: str = ""
    issues: str = ""
    undisputed: str = ""
    reply_note: str = ""
    returned: str = ""


@dataclass(frozen=True, slots=True)
class EntrustmentView:
    """The last letter of a case, and its answer; numbers of agreements in effect, performed since or not."""

    id: str
    row_version: int
    letter: EntrustmentInput
    result: EntrustmentResult | None
    replied_on: date | None
    reply_letter_no: str
    reply_note: str
    returned: str
    issues: str
    undisputed: str
    agreements: tuple[str, ...]
    performed_on: date | None


def letter_problems(wanted: EntrustmentInput, received_on: date, today: date) -> Iterator[Problem]:
    """Who entrusts, under which procedure of a court, when the material was signed for."""
    yield from limited(
        wanted, unit=100, letter_no=80, case_no=80, contact=100, signed_by=50, issues=MAX_TEXT,
        materials=MAX_TEXT,
    )  # fmt: skip
    for field in ("unit", "signed_by"):
        if not getattr(wanted, field).strip():
            yield Problem(field, "required")
    if wanted.organ is Organ.COURT:
        if wanted.procedure not in COURT_PROCEDURES:
            yield Problem("procedure", "required")
        elif wanted.procedure is not Procedure.COURT_PRE and not wanted.case_no.strip():
            yield Problem("case_no", "docket_number_needed")
    if wanted.signed_on is None:
        yield Problem("signed_on", "required")
    elif wanted.signed_on > today:
        yield Problem("signed_on", "future_date")


def reply_problems(
    wanted: EntrustmentReply, status: CaseStatus, agreed: tuple[bool, ...], signed_on: date, today: date
) -> Iterator[Problem]:
    """The answer says what really happened; `agreed`: of each agreement in effect, whether it is partial."""
    yield from limited(
        wanted, reply_letter_no=80, issues=MAX_TEXT, undisputed=MAX_TEXT, reply_note=MAX_TEXT,
        returned=MAX_TEXT,
    )  # fmt: skip
    yield from _result_problems(wanted.result, status, agreed)
    if wanted.result is not EntrustmentResult.SETTLED:
        for field in ("issues", "undisputed", "reply_note"):
            if not getattr(wanted, field).strip():
                yield Problem(field, "hand_back")
    if wanted.replied_on is None:
        yield Problem("replied_on", "required")
    elif wanted.replied_on > today:
        yield Problem("replied_on", "future_date")
    elif wanted.replied_on < signed_on:
        yield Problem("replied_on", "before_signed_for")


def _result_problems(
    result: EntrustmentResult, status: CaseStatus, agreed: tuple[bool, ...]
) -> Iterator[Problem]:
    if result is EntrustmentResult.SETTLED and not (status in SETTLED | ENDED and agreed):
        yield Problem("result", "nothing_settled")
    if result is EntrustmentResult.PARTLY and not any(agreed):
        yield Problem("result", "nothing_partly")
    if result is EntrustmentResult.FAILED and (agreed or status not in _FAILED_IN):
        yield Problem("result", "not_failed")
