"""The time limits of this office: shown, changed, put back as the program came with them."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import DueDate
from app.domain.changes import Topic
from app.domain.deadlines import (
    FIXED,
    RuleCode,
    RuleInput,
    RuleRow,
    due,
    fixed,
    rule_problems,
    with_input,
)
from app.domain.errors import Reason, Refused
from app.models.local import LimitRule
from app.services.kernel.rulebook import calendar, forget_rulebook, shipped_rules, time_rules
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale
from app.services.rules.recounting import recount_dates


@use_case(needs=Permission.READ, writes=False)
def list_rules(uow: UnitOfWork) -> tuple[RuleRow, ...]:
    """Every time limit as this office keeps it, in the order of the domain reference (3.6)."""
    kept = {row.code: row.row_version for row in uow.session.scalars(select(LimitRule))}
    rules = time_rules(uow)
    return tuple(RuleRow(rules[code], shipped_rules()[code], kept.get(code)) for code in RuleCode)


@use_case(needs=Permission.SETTINGS_WRITE)
def save_rule(uow: UnitOfWork, code: RuleCode, wanted: RuleInput, row_version: int | None) -> None:
    """Keep a limit as the office wants it, and count the dates of all cases anew.

    Of a limit of the law only the reminders may change. Refuses INVALID, STALE.
    """
    shipped = shipped_rules()[code]
    problems = tuple(rule_problems(shipped, wanted))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    row = _row(uow, code)
    if row is None:
        row = LimitRule(code=code)
        uow.session.add(row)
    else:
        refuse_stale(uow, row, row_version)
    rule = with_input(shipped, wanted)
    row.amount, row.unit, row.roll = rule.amount, rule.unit, rule.roll
    row.extension_amount, row.extension_needs = rule.extension_amount, rule.extension_needs
    row.warn_days, row.basis, row.active = list(rule.warn_days), rule.basis, rule.active
    _changed(uow, code)


@use_case(needs=Permission.SETTINGS_WRITE)
def reset_rule(uow: UnitOfWork, code: RuleCode) -> None:
    """Keep a limit again as the program came with it; nothing to do when it is so."""
    row = _row(uow, code)
    if row is not None:
        uow.session.delete(row)
        _changed(uow, code)


@use_case(needs=Permission.READ, writes=False)
def sample_date(uow: UnitOfWork, code: RuleCode, wanted: RuleInput | None, start: date) -> DueDate:
    """The last day a limit would have if it began on `start`; `wanted`: as the form has it now.

    Refuses INVALID for a rule that could not be kept so.
    """
    rule = time_rules(uow)[code]
    if wanted is not None:
        problems = tuple(rule_problems(shipped_rules()[code], wanted))
        if problems:
            raise Refused(Reason.INVALID, problems=problems)
        rule = with_input(shipped_rules()[code], wanted)
    return fixed(rule, start) if code in FIXED else due(rule, start, calendar(uow))


def _row(uow: UnitOfWork, code: RuleCode) -> LimitRule | None:
    return uow.session.scalars(select(LimitRule).where(LimitRule.code == code)).one_or_none()


def _changed(uow: UnitOfWork, code: RuleCode) -> None:
    forget_rulebook(uow)
    recount_dates(uow)
    uow.note("", rule=code)
    uow.changed(Topic.SETTINGS, Topic.CASES)
