"""What a case's body must be before any row is touched: right types, known words, and only its own rows."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, String
from sqlalchemy.orm import class_mapper

from app.domain.after.performance import BreachWay, DemandMethod, Satisfaction, VisitMethod
from app.domain.agreements import AgreementForm, AgreementStatus, ObligationKind
from app.domain.cases import (
    AgentKind,
    AgentPower,
    CaseSource,
    Channel,
    Consent,
    Difficulty,
    PartyRole,
    Refusal,
    RiskFlag,
)
from app.domain.clashes import MINUTES_OF_DAY, BookingKind
from app.domain.confirming.confirmation import ConfirmationOutcome, Doubt, Jurisdiction, Material
from app.domain.confirming.entrustment import EntrustmentResult, Organ
from app.domain.deadlines import LONGEST, RuleCode
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseAction, CaseStatus, Outcome
from app.domain.hearings import GuestKind, HearingKind, HearingStatus, SessionOutcome
from app.domain.life.codes import (
    LEVELS,
    Procedure,
    ReferralKind,
    ReferralReply,
    Retention,
    SuspendReason,
    Termination,
    VolumeItem,
)
from app.domain.papers.attachments import AttachmentCategory, EvidenceKind, FileKind
from app.domain.papers.forms import FormId
from app.domain.people import Capacity, PersonKind
from app.domain.recusal import RecusalVerdict
from app.domain.roster import AssignmentRole, ChosenBy
from app.domain.schedule.service import NoticeKind, ServiceMethod
from app.domain.values.calendar import Unit
from app.domain.values.identity import IdKind, Sex
from app.domain.values.money import MAX_FEN
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver
from app.domain.work.visits import MAX_AGE, VisitManner
from app.models.base import Moment
from app.services.exchange.bundles import SCHEMA, travelling_columns
from app.services.exchange.older_bodies import completed
from app.services.kernel.case_rows import CASE, NAMES, PARTS
from app.sync.records import read_body

Test = Callable[[Any], bool]
YEARS = range(1990, 2101)
YEARS_OF_BIRTH = range(1800, 2101)
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile("[0-9a-f]{64}")
_COUNT = 1 << 31
_SUM = MAX_FEN * 1000


def _text(most: int | None) -> Test:
    return lambda value: type(value) is str and (most is None or len(value) <= most)


def _named(most: int) -> Test:
    return lambda value: type(value) is str and 0 < len(value) <= most


def _shaped(pattern: re.Pattern[str]) -> Test:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _whole(most: int) -> Test:
    return lambda value: type(value) is int and 0 <= value <= most


def _word(words: type[StrEnum]) -> Test:
    known = frozenset(str(word) for word in words)
    return lambda value: type(value) is str and value in known


def _maybe(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _list(item: Test) -> Test:
    return lambda value: type(value) is list and all(item(one) for one in value)


def _record(**fields: Test) -> Test:
    return lambda value: (
        type(value) is dict and all(key in value and test(value[key]) for key, test in fields.items())
    )


def _day(years: range) -> Test:
    def test(value: Any) -> bool:
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            return False
        return day.isoformat() == value and day.year in years

    return test


def _moment(value: Any) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return moment.tzinfo is not None and moment.year in YEARS


_TEXT, _ID, _DIGEST = _text(None), _shaped(_UUID), _shaped(_SHA256)
# What the type of a column does not say. Every column of lists must stand here.
TESTS: dict[str, Test] = {
    "case.number": _named(80),
    "case.status": _word(CaseStatus),
    "case.source": _word(CaseSource),
    "case.channel": _word(Channel),
    "case.difficulty": _word(Difficulty),
    "case.refusal": _word(Refusal),
    "case.risk_flags": _list(_word(RiskFlag)),
    "case.amount_fen": _whole(MAX_FEN),
    "parties.role": _word(PartyRole),
    "parties.kind": _word(PersonKind),
    "parties.sex": _word(Sex),
    "parties.birth": _day(YEARS_OF_BIRTH),
    "parties.id_kind": _word(IdKind),
    "parties.represents": _list(_ID),
    "parties.agent_kind": _word(AgentKind),
    "parties.agent_powers": _list(_word(AgentPower)),
    "parties.consent": _word(Consent),
    "parties.capacity": _word(Capacity),
    "assignments.role": _word(AssignmentRole),
    "assignments.chosen_by": _word(ChosenBy),
    "assignments.findings": _list(_TEXT),
    "events.action": _word(CaseAction),
    "events.from_status": _word(CaseStatus),
    "events.to_status": _word(CaseStatus),
    "hearings.kind": _word(HearingKind),
    "hearings.status": _word(HearingStatus),
    "hearings.start": _whole(MINUTES_OF_DAY),
    "hearings.end": _whole(MINUTES_OF_DAY),
    "hearings.invited": _list(_record(kind=_word(GuestKind), id=_text(36), name=_TEXT)),
    "hearings.changes": _list(
        _record(
            day=_day(YEARS),
            start=_whole(MINUTES_OF_DAY),
            end=_whole(MINUTES_OF_DAY),
            place=_TEXT,
            reason=_TEXT,
        )
    ),
    "bookings.kind": _word(BookingKind),
    "bookings.start": _whole(MINUTES_OF_DAY),
    "bookings.end": _whole(MINUTES_OF_DAY),
    "sessions.start": _whole(MINUTES_OF_DAY),
    "sessions.end": _whole(MINUTES_OF_DAY),
    "sessions.participants": _list(_TEXT),
    "sessions.absent": _list(_record(id=_ID, name=_TEXT, reason=_TEXT)),
    "sessions.mediators": _list(_record(id=_text(36), name=_TEXT)),
    "sessions.outcome": _word(SessionOutcome),
    "agreements.form": _word(AgreementForm),
    "agreements.status": _word(AgreementStatus),
    "agreements.terms": _list(_TEXT),
    "agreements.total_fen": _whole(_SUM),
    "obligations.kind": _word(ObligationKind),
    "obligations.amount_fen": _whole(MAX_FEN),
    "case.outcome": _word(Outcome),
    "case.procedure": _word(Procedure),
    "case.level": lambda value: type(value) is int and value in LEVELS,
    "case.termination": _word(Termination),
    "case.retention": lambda value: value == "" or _word(Retention)(value),
    "case.volume": _record(
        made_by=_TEXT,
        checked_by=_TEXT,
        note=_TEXT,
        entries=_list(
            _record(
                item=_word(VolumeItem), title=_TEXT, first=_whole(_COUNT), last=_whole(_COUNT), digest=_TEXT
            )
        ),
    ),
    "referrals.kind": _word(ReferralKind),
    "referrals.reply": _word(ReferralReply),
    "suspensions.reason": _word(SuspendReason),
    "assignments.consented": _list(_ID),
    "extensions.rule": _word(RuleCode),
    "extensions.amount": _whole(LONGEST),
    "extensions.unit": _word(Unit),
    "extensions.agreed_by": _list(_ID),
    "risk_reports.flags": _list(_word(RiskFlag)),
    "risk_reports.level": _word(RiskLevel),
    "risk_reports.receiver_kind": _word(RiskReceiver),
    "risk_reports.method": _word(ReportMethod),
    "visits.start": _whole(MINUTES_OF_DAY),
    "visits.method": _word(VisitManner),
    "recusal_decisions.findings": _list(_TEXT),
    "recusal_decisions.decision": _word(RecusalVerdict),
    "recusal_decisions.consented": _list(_ID),
    "investigations.start": _whole(MINUTES_OF_DAY),
    "investigations.end": _whole(MINUTES_OF_DAY),
    "investigations.attendees": _list(_TEXT),
    "investigations.asked": _record(
        name=_TEXT,
        sex=_maybe(_word(Sex)),
        age=_maybe(_whole(MAX_AGE)),
        **dict.fromkeys(("id_no", "unit", "address", "phone"), _TEXT),
    ),
    "investigations.investigators": _list(_TEXT),
    "evidence.kind": _word(EvidenceKind),
    "attachments.category": _word(AttachmentCategory),
    "attachments.mime": _word(FileKind),
    "attachments.sha256": _DIGEST,
    "conferences.start": _whole(MINUTES_OF_DAY),
    "conferences.end": _whole(MINUTES_OF_DAY),
    "conferences.members": _list(_record(name=_TEXT, unit=_TEXT)),
    "conferences.opinions": _list(_record(name=_TEXT, text=_TEXT)),
    "agreements.stated_total_fen": _whole(_SUM),
    "receipts.amount_fen": _whole(MAX_FEN),
    "demands.method": _word(DemandMethod),
    "breaches.way": _word(BreachWay),
    "follow_ups.method": _word(VisitMethod),
    "follow_ups.satisfaction": _word(Satisfaction),
    "breaches.obligation_ids": _list(_ID),
    "confirmations.jurisdiction": _word(Jurisdiction),
    "confirmations.applied_by": _list(_ID),
    "confirmations.materials": _list(_word(Material)),
    "confirmations.doubts": _list(_word(Doubt)),
    "confirmations.outcome": _word(ConfirmationOutcome),
    "entrustments.organ": _word(Organ),
    "entrustments.result": _word(EntrustmentResult),
    "service_proofs.what": _word(NoticeKind),
    "service_proofs.method": _word(ServiceMethod),
    "papers.form": _word(FormId),
    "papers.data_sha256": _DIGEST,
    "papers.pdf_sha256": _DIGEST,
}
_FILE = _record(sha256=_DIGEST, size=_whole(_COUNT), name=_text(30), mime=_text(30))


def check_body(text: bytes, case_id: str, schema: int = SCHEMA) -> dict[str, Any]:
    """The body of a case as its rows may be written; unknown further keys of a newer program may stand in it.

    One of an older schema is completed first. Refused PACKAGE_DAMAGED with the case (at=) and the column
    (why=) when a value has another type, is too long, out of its range or no known word, when a key is
    missing, or a row names a row of another case; PACKAGE_NEWER (found=, known=) for the same in a body of a
    newer program.
    """
    try:
        body = read_body(text)
    except ValueError as error:
        raise _damaged(case_id, "json") from error
    fault = next(_faults(completed(body, schema), case_id), None)
    if fault is not None and schema > SCHEMA:
        raise Refused(Reason.PACKAGE_NEWER, found=schema, known=SCHEMA)
    if fault is not None:
        raise _damaged(case_id, fault)
    return body


def _damaged(case_id: str, why: str) -> Refused:
    return Refused(Reason.PACKAGE_DAMAGED, at=f"case {case_id}", why=why)


def _faults(body: dict[str, Any], case_id: str) -> Iterator[str]:
    """Where the body is wrong, the first fault first; later checks lean on what earlier ones found right."""
    for part, _ in (CASE, *PARTS):
        rows = [body.get(part)] if part == CASE[0] else body.get(part)
        if type(rows) is not list or any(type(row) is not dict for row in rows):
            yield part
            return
        own = "id" if part == CASE[0] else "case_id"
        for row in rows:
            yield from (f"{part}.{key}" for key, test in _tests(part) if key not in row or not test(row[key]))
            if row.get(own) != case_id:
                yield f"{part}.{own}"
    yield from _strange_names(body)
    yield from _strange_files(body)


@cache
def _tests(part: str) -> tuple[tuple[str, Test], ...]:
    kind = dict((CASE, *PARTS))[part]
    return tuple((column.key, _test_of(part, column)) for column in travelling_columns(kind))


def _test_of(part: str, column: Column[Any]) -> Test:
    keys = class_mapper(dict((CASE, *PARTS))[part]).primary_key
    own = _ID if column in keys or column.key == "case_id" else None
    test = own or TESTS.get(f"{part}.{column.key}") or _test_of_type(column)
    return _maybe(test) if column.nullable else test


def _test_of_type(column: Column[Any]) -> Test:
    kind = column.type
    if isinstance(kind, Moment):
        return _moment
    if isinstance(kind, Date):
        return _day(YEARS)
    if isinstance(kind, Boolean):
        return lambda value: type(value) is bool
    if isinstance(kind, Integer):
        return _whole(_COUNT)
    if isinstance(kind, String):
        return _text(kind.length)
    raise TypeError(f"no test of {column}")


def _strange_names(body: dict[str, Any]) -> Iterator[str]:
    """Rows that share an id, and values that name a row the bundle has not."""
    ids = {part: {row["id"] for row in body[part]} for part, _ in PARTS}
    yield from (f"{part}.id" for part, _ in PARTS if len(ids[part]) != len(body[part]))
    for name, target in NAMES.items():
        part, _, key = name.partition(".")
        if any(not ids[target].issuperset(_named_by(row[key])) for row in body[part]):
            yield name
    held = [row["hearing_id"] for row in body["sessions"]]
    if len(set(held)) != len(held):
        yield "sessions.hearing_id"


def _named_by(value: Any) -> Collection[str]:
    """The ids in a value: itself, its items, or those of its records that are parties of the case."""
    if value is None or isinstance(value, str):
        return () if value is None else (value,)
    return [
        one if isinstance(one, str) else one["id"]
        for one in value
        if isinstance(one, str) or one.get("kind", GuestKind.PARTY) == GuestKind.PARTY
    ]


def _strange_files(body: dict[str, Any]) -> Iterator[str]:
    files = body.get("files")
    if type(files) is not list or not all(_FILE(one) for one in files):
        yield "files"
        return
    named = {one["sha256"] for one in files}
    for part, key in (("papers", "pdf_sha256"), ("attachments", "sha256")):
        if not named.issuperset(row[key] for row in body[part]):
            yield f"{part}.{key}"
