"""The lines that come from dates: limits, promises, follow-ups, answers owed, hearings (3.6)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.domain.deadlines import PASSING, RuleCode
from app.domain.flow import BEFORE_DECISION, ELSEWHERE
from app.domain.hearings import HearingStatus
from app.domain.today import Urgency, WorkKey, WorkKind, urgency_of
from app.models.case import CaseListRow
from app.models.hearing import Hearing
from app.services.cases.due import DUE, ROW
from app.services.kernel.rulebook import time_rules
from app.services.kernel.unit_of_work import UnitOfWork

LOOK_BACK = 30
"""So many days a tentative date that has passed stays on the list."""
SOON_DAYS = 3
_KIND_OF = {
    RuleCode.HEARING: WorkKind.HEARING,
    RuleCode.PERFORM: WorkKind.PAYMENT,
    RuleCode.FOLLOW_UP: WorkKind.FOLLOW_UP,
    RuleCode.WHISTLE: WorkKind.ANSWER,
    RuleCode.FEEDBACK: WorkKind.ANSWER,
}
_AFTER = frozenset({RuleCode.PERFORM, RuleCode.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Standing:
    """The cases nobody has decided on, and those another office has: by row number."""

    deciding: frozenset[int]
    elsewhere: frozenset[int]


def standing_of(uow: UnitOfWork, wanted: list[ColumnElement[bool]]) -> Standing:
    """Which of the cases asked for wait for a decision here, and which for somebody else."""

    def rows(statuses: frozenset[Any]) -> frozenset[int]:
        return frozenset(uow.session.scalars(select(ROW.sk).where(ROW.status.in_(statuses), *wanted)))

    return Standing(rows(BEFORE_DECISION), rows(ELSEWHERE))


def dated(uow: UnitOfWork, wanted: list[ColumnElement[bool]], standing: Standing) -> Iterator[WorkKey]:
    """Every date that is late or within the warning of its rule; of the later ones the next of each case.

    What a case promised stands beside its other dates: each has its own next one.
    """
    today = uow.today()
    told: set[tuple[int, bool]] = set()
    for sk, due_on, code in _dates(uow, wanted):
        urgency = urgency_of(due_on, today, time_rules(uow)[code].warned_before)
        if code == RuleCode.HEARING and urgency is Urgency.TODAY:
            told.add((sk, False))  # it comes from the timetable, each with its hour
            continue
        group = (sk, code in _AFTER)
        if urgency is Urgency.REST and group in told:
            continue
        told.add(group)
        yield WorkKey(
            kind=_KIND_OF.get(code, WorkKind.DEADLINE),
            sk=sk,
            due_on=due_on,
            code=code,
            urgency=urgency,
            deciding=sk in standing.deciding,
            waiting=sk in standing.elsewhere or code == RuleCode.CONFIRM_RULING,
        )


def _dates(uow: UnitOfWork, wanted: list[ColumnElement[bool]]) -> list[tuple[int, date, RuleCode]]:
    """Row numbers, days and rules, the nearest first; chances that passed are left out.

    A volume is asked for only when its time comes. They come as one text: thousands of rows fetched one by
    one take many times as long.
    """
    today, rules = uow.today(), time_rules(uow)
    soon = today + timedelta(days=rules[RuleCode.REFILE].warned_before)
    usual = [code for code in RuleCode if code not in (*PASSING, RuleCode.REFILE)]
    counts = or_(
        DUE.code.in_(usual),
        and_(DUE.code.in_(PASSING), DUE.due_on >= today),
        and_(DUE.code == RuleCode.REFILE, DUE.due_on <= soon),
    )
    conditions = [counts]
    if wanted:
        conditions.append(DUE.sk.in_(select(ROW.sk).where(*wanted)))
    found = select(DUE.sk, DUE.due_on, DUE.code).where(*conditions).subquery()
    text = uow.session.scalar(
        select(func.json_group_array(func.json_array(found.c.sk, found.c.due_on, found.c.code)))
    )
    rows = [(day, sk, code) for sk, day, code in json.loads(text or "[]")]
    return [(sk, date.fromisoformat(day), RuleCode(code)) for day, sk, code in sorted(rows)]


def heard_today(uow: UnitOfWork, wanted: list[ColumnElement[bool]]) -> Iterator[WorkKey]:
    """The hearings of today that are still to be held."""
    for sk, hearing_id, day in _hearings(uow, wanted, HearingStatus.SCHEDULED, Hearing.day == uow.today()):
        yield WorkKey(WorkKind.HEARING, sk, hearing_id, day, RuleCode.HEARING, Urgency.TODAY)


def tentative(uow: UnitOfWork, wanted: list[ColumnElement[bool]]) -> Iterator[WorkKey]:
    """The dates that are not fixed yet, and those of the last month that never were."""
    since = Hearing.day >= uow.today() - timedelta(days=LOOK_BACK)
    for sk, hearing_id, day in _hearings(uow, wanted, HearingStatus.TENTATIVE, since):
        urgency = urgency_of(day, uow.today(), SOON_DAYS)
        yield WorkKey(WorkKind.TENTATIVE, sk, hearing_id, day, "", urgency)


def _hearings(
    uow: UnitOfWork, wanted: list[ColumnElement[bool]], status: HearingStatus, when: ColumnElement[bool]
) -> list[Any]:
    found = (
        select(ROW.sk, Hearing.id, Hearing.day)
        .join(CaseListRow, CaseListRow.case_id == Hearing.case_id)
        .where(when, Hearing.status == status, *wanted)
        .order_by(Hearing.day, Hearing.start, Hearing.id)
    )
    return list(uow.session.execute(found))
