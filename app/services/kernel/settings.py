"""Choices of the office, each with the value it has until somebody changes it."""

from typing import Any

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.settings import (
    DEFAULTS,
    PATTERN_OF,
    OfficeSettings,
    SettingKey,
    equal_patterns,
    setting_problem,
)
from app.models.office import Setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


def setting(uow: UnitOfWork, key: SettingKey) -> Any:
    """The office's choice for `key`, or the default."""
    row = uow.session.get(Setting, key)
    return DEFAULTS[key] if row is None else row.value


def _put(uow: UnitOfWork, key: SettingKey, value: Any) -> None:
    """Remember a choice."""
    row = uow.session.get(Setting, key) or Setting(key=key)
    row.value = value
    uow.session.add(row)


@use_case(needs=Permission.READ, writes=False)
def read_settings(uow: UnitOfWork) -> OfficeSettings:
    """All choices of the office."""
    return OfficeSettings({key: setting(uow, key) for key in SettingKey})


@use_case(needs=Permission.SETTINGS_WRITE)
def change_settings(uow: UnitOfWork, wanted: dict[SettingKey, Any]) -> OfficeSettings:
    """Change choices; refuses INVALID with the keys that cannot be so.

    Two series of numbers may not have patterns that write the same number.
    """
    problems = tuple(
        Problem(key, code)
        for key, value in wanted.items()
        if (code := setting_problem(key, value)) is not None
    )
    problems = problems or _equal(uow, wanted)
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    for key, value in wanted.items():
        _put(uow, key, value)
    uow.note("", keys=sorted(wanted))
    uow.changed(Topic.SETTINGS)
    return OfficeSettings({key: setting(uow, key) for key in SettingKey})


def _equal(uow: UnitOfWork, wanted: dict[SettingKey, Any]) -> tuple[Problem, ...]:
    """The wanted patterns that equal another series'."""
    patterns = {key: str(wanted.get(key) or setting(uow, key)) for key in PATTERN_OF.values()}
    office = uow.office()
    equal = equal_patterns(patterns, office.short_name, office.node_letter)
    return tuple(Problem(key, "pattern_taken") for key in wanted if key in equal)
