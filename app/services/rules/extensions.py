"""A longer time limit: what the law asks for it, who agreed, who granted it."""

from dataclasses import replace

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS, DueDate
from app.domain.deadlines import (
    LONGEST,
    ExtendableLimit,
    ExtensionInput,
    ExtensionNeed,
    RuleCode,
    TimeRule,
    due,
    extension_problems,
)
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction
from app.models.case import Case
from app.models.flow import Extension
from app.services.kernel.deadlines import deadlines_of
from app.services.kernel.history import own_case, record
from app.services.kernel.rulebook import calendar, time_rules
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_RULE_OF = {RuleCode.PETITION_EXTENDED: RuleCode.PETITION}
"""A date whose code tells that it was moved already, and the rule that may move it on."""


@use_case(needs=Permission.READ, writes=False)
def list_extendable(uow: UnitOfWork, case_id: str) -> tuple[ExtendableLimit, ...]:
    """The limits of a case that may still be made longer, the nearest first."""
    return tuple(found for _, found in _extendable(uow, uow.get(Case, case_id)))


@use_case(needs=Permission.READ, writes=False)
def preview_extension(uow: UnitOfWork, case_id: str, code: RuleCode, amount: int) -> DueDate:
    """The date a limit would have when made `amount` longer, with its account; nothing is changed."""
    rule, limit = _running(uow, uow.get(Case, case_id), code)
    if not 1 <= amount <= LONGEST:
        raise Refused(Reason.INVALID, problems=(Problem("amount", "out_of_range"),))
    how = limit.due.how
    if how is None:
        return limit.due
    longer, counted = how.extended + amount, replace(rule, amount=how.amount)
    return due(counted, how.start_on, calendar(uow), extended=longer, paused=how.paused, trigger=how.trigger)


@use_case(needs=Permission.CASE_DECIDE, undoable=True)
def extend_limit(uow: UnitOfWork, case_id: str, code: RuleCode, wanted: ExtensionInput) -> None:
    """Make a running limit longer (3.6: all parties and the chair, both parties, the court's president).

    Refuses LIMIT_FIXED where nothing may extend it (PML 33), LIMIT_NOT_RUNNING, LIMIT_OVER once its last day
    has passed, INVALID with what the law asks and is missing.
    """
    case = own_case(uow, case_id)
    rule, limit = _running(uow, case, code)
    if limit.due.due_on < uow.today():
        raise Refused(Reason.LIMIT_OVER, rule=rule.code, day=limit.due.due_on)
    if limit.left <= 0 < rule.extension_amount:
        raise Refused(Reason.INVALID, problems=(Problem("amount", "extension_used_up"),))
    principals = {
        party.id: party.name for party in case.parties if party.role in PRINCIPALS and party.left_on is None
    }
    problems = tuple(extension_problems(limit.needs, limit.left, wanted, principals, uow.today()))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    row = _row(uow, case, rule, wanted)
    uow.session.add(row)
    uow.session.flush()
    record(uow, case, CaseAction.EXTENDED, f"{rule.code}:{wanted.amount}:{rule.unit}:{row.reason}")
    uow.note(case.id, rule=rule.code, amount=wanted.amount)


def _running(uow: UnitOfWork, case: Case, code: RuleCode) -> tuple[TimeRule, ExtendableLimit]:
    rule = time_rules(uow)[_RULE_OF.get(code, code)]
    if rule.extension_needs is ExtensionNeed.NONE:
        raise Refused(Reason.LIMIT_FIXED, rule=rule.code)
    found = next((limit for known, limit in _all(uow, case) if known.code == rule.code), None)
    if found is None:
        raise Refused(Reason.LIMIT_NOT_RUNNING, rule=rule.code)
    return rule, found


def _extendable(uow: UnitOfWork, case: Case) -> list[tuple[TimeRule, ExtendableLimit]]:
    return [
        (rule, limit)
        for rule, limit in _all(uow, case)
        if limit.due.due_on >= uow.today() and not limit.left <= 0 < rule.extension_amount
    ]


def _all(uow: UnitOfWork, case: Case) -> list[tuple[TimeRule, ExtendableLimit]]:
    """The dates of a case whose rule may be extended, whether there is still time or not."""
    rules, found = time_rules(uow), []
    for one in deadlines_of(uow, case):
        rule = rules[_rule_of(one)]
        if rule.extension_needs is not ExtensionNeed.NONE:
            given = one.how.extended if one.how else 0
            left = rule.extension_amount - given if rule.extension_amount else 0
            found.append((rule, ExtendableLimit(one, rule.extension_needs, left, rule.unit)))
    return found


def _rule_of(found: DueDate) -> RuleCode:
    code = RuleCode(found.code)
    return _RULE_OF.get(code, code)


def _row(uow: UnitOfWork, case: Case, rule: TimeRule, wanted: ExtensionInput) -> Extension:
    return Extension(
        case_id=case.id,
        rule=rule.code,
        amount=wanted.amount,
        unit=rule.unit,
        agreed_by=list(wanted.agreed_by),
        approver=wanted.approver.strip(),
        document_no=wanted.document_no.strip(),
        reason=wanted.reason.strip(),
        granted_on=wanted.granted_on or uow.today(),
    )
