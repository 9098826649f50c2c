"""The way of one case as a line of stages: what is behind it, where it stands, where it was left."""

from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.cases import CaseView
from app.domain.flow import DECLINED, ELSEWHERE, ENDED, CaseAction, CaseStatus, Outcome
from app.ui.words.labels import label


class Mark(Enum):
    """What a stage is for the case."""

    DONE = auto()
    NOW = auto()
    LATER = auto()
    STOPPED = auto()  # the way ends here
    ASIDE = auto()  # somebody else has to answer, or the case rests


Stage = tuple[str, Mark]
_S = CaseStatus
_NAMES: tuple[Any, ...] = (
    QT_TRANSLATE_NOOP("cases", "登记"),
    QT_TRANSLATE_NOOP("cases", "甄别"),
    QT_TRANSLATE_NOOP("cases", "受理"),
    QT_TRANSLATE_NOOP("cases", "指派"),
    QT_TRANSLATE_NOOP("cases", "排期"),
    QT_TRANSLATE_NOOP("cases", "调解"),
    QT_TRANSLATE_NOOP("cases", "协议"),
    QT_TRANSLATE_NOOP("cases", "签署"),
    QT_TRANSLATE_NOOP("cases", "生效"),
    QT_TRANSLATE_NOOP("cases", "履行"),
    QT_TRANSLATE_NOOP("cases", "回访"),
    QT_TRANSLATE_NOOP("cases", "结案"),
    QT_TRANSLATE_NOOP("cases", "销号"),
    QT_TRANSLATE_NOOP("cases", "归档"),
)
_TRIAGED, _MEDIATION, _AGREEMENT, _PERFORMANCE, _FOLLOWED, _CLOSED, _STRUCK, _ARCHIVED = (
    2, 5, 6, 9, 10, 11, 12, 13,
)  # fmt: skip
_BEHIND = {
    _S.REGISTERED: 1,
    _S.TRIAGE: 2,
    _S.RETURNED: 2,
    _S.ACCEPTED: 3,
    _S.ASSIGNED: 4,
    _S.INVESTIGATING: 4,
    _S.SCHEDULED: 5,
    _S.SUSPENDED: 5,
    _S.IN_SESSION: 6,
    _S.PARTIAL: 6,
    _S.AGREED_ORAL: 7,
    _S.AGREED_WRITTEN: 7,
    _S.SIGNING: 7,
    _S.EFFECTIVE: 9,
    _S.PERFORMING: 9,
    _S.BREACHED: 9,
    _S.PERFORMED: 10,
    _S.FOLLOWED_UP: 11,
    _S.CLOSED: 12,
    _S.REOPENED: 12,
    _S.STRUCK_OFF: 13,
    _S.ARCHIVED: 14,
    _S.REPORTED: 14,
}
"""How many stages of the whole way are behind a case that left it nowhere."""

_LEFT_AT = {
    Outcome.BREACHED: _S.BREACHED,
    Outcome.FAILED: _S.TERMINATED,
    Outcome.REJECTED: _S.REJECTED,
    Outcome.WITHDRAWN: _S.WITHDRAWN,
    Outcome.MERGED: _S.MERGED,
    Outcome.TRANSFERRED: _S.TRANSFERRED,
    Outcome.COUNTY: _S.TAKEN_OVER,
}
_REACHED = (  # what in the history shows that a terminated case had come so far
    ({CaseAction.AGREED, CaseAction.AGREED_IN_PART, CaseAction.AGREED_ORALLY}, 7),
    ({CaseAction.SESSION_HELD}, 6),
    ({CaseAction.SCHEDULED}, 5),
    ({CaseAction.ASSIGNED}, 4),
)


def stages_of(case: CaseView) -> tuple[Stage, ...]:
    """Every stage of this case's way, in order, with what it is now."""
    names = [QCoreApplication.translate("cases", name) for name in _NAMES]
    status = _stood(case)
    if status in DECLINED | ELSEWHERE | {_S.TERMINATED}:
        found = _short(case, status, names)
    elif status is _S.BREACHED:
        found = _breached(case, names)
    else:
        found = _whole(case, names)
    if case.status is _S.REOPENED:
        found.insert(len(found) - 1, (label(_S.REOPENED), Mark.ASIDE))
    return tuple(found)


def _stood(case: CaseView) -> CaseStatus:
    """Where the way was left, for a case that is closed already."""
    outcome = case.standing.closing.outcome
    if case.status not in ENDED or outcome is None:
        return case.status
    return _LEFT_AT.get(outcome, case.status)


def _whole(case: CaseView, names: list[str]) -> list[Stage]:
    behind = _BEHIND.get(case.status, 0)
    found = [(name, _mark(at, behind)) for at, name in enumerate(names)]
    if case.status is _S.SUSPENDED:
        found[_MEDIATION] = (label(_S.SUSPENDED), Mark.ASIDE)
    elif case.status is _S.PARTIAL:
        found[_AGREEMENT] = (label(_S.PARTIAL), Mark.NOW)
    elif case.status is _S.REOPENED:
        found = [*found[:_STRUCK], (names[_ARCHIVED], Mark.LATER)]
    if _on_the_spot(case):
        settled = Mark.NOW if case.status is _S.ON_SPOT else Mark.DONE
        rest = found[_AGREEMENT:]
        if case.status is _S.ON_SPOT:
            rest = [(name, Mark.LATER) for name, _ in rest]
        found = [(names[0], Mark.DONE), (names[1], Mark.DONE), (label(_S.ON_SPOT), settled), *rest]
    return found


def _short(case: CaseView, status: CaseStatus, names: list[str]) -> list[Stage]:
    behind = _TRIAGED
    if status is _S.TERMINATED:
        actions = {event.action for event in case.events}
        behind = next((count for wanted, count in _REACHED if actions & wanted), 3)
    mark = Mark.ASIDE if status in ELSEWHERE and case.status is status else Mark.STOPPED
    found = [(name, Mark.DONE) for name in names[:behind]]
    found.append((label(status), mark))
    if mark is Mark.ASIDE:
        return [*found, (names[_CLOSED], Mark.LATER), (names[_ARCHIVED], Mark.LATER)]
    return [*found, *_ending(case, [names[_CLOSED], names[_ARCHIVED]])]


def _breached(case: CaseView, names: list[str]) -> list[Stage]:
    found = [(name, Mark.DONE) for name in names[:_PERFORMANCE]]
    if case.status is _S.BREACHED:  # a way out of it is still to be taken
        rest = [(name, Mark.LATER) for name in (names[_CLOSED], names[_STRUCK], names[_ARCHIVED])]
        return [*found, (label(_S.BREACHED), Mark.ASIDE), *rest]
    found.append((label(_S.BREACHED), Mark.STOPPED))
    return [*found, *_ending(case, [names[_CLOSED], names[_STRUCK], names[_ARCHIVED]])]


def _ending(case: CaseView, names: list[str]) -> list[Stage]:
    """The last stages of a way that was left early."""
    done = {_S.CLOSED: 1, _S.REOPENED: 1, _S.STRUCK_OFF: len(names) - 1}
    behind = len(names) if case.status in (_S.ARCHIVED, _S.REPORTED) else done.get(case.status, 0)
    return [(name, _mark(at, behind)) for at, name in enumerate(names)]


def _mark(at: int, behind: int) -> Mark:
    return Mark.DONE if at < behind else Mark.NOW if at == behind else Mark.LATER


def _on_the_spot(case: CaseView) -> bool:
    turns = {CaseAction.ON_SPOT, CaseAction.NOT_ON_SPOT, CaseAction.ACCEPTED}
    last = next((event.action for event in reversed(case.events) if event.action in turns), None)
    return case.status is _S.ON_SPOT or last is CaseAction.ON_SPOT
