"""The office's choices: no two series of numbers may ever write the same number."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import Reason, Refused
from app.domain.office.settings import SettingKey
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.services.cases.register import register_case
from app.services.kernel.numbering import void_number
from app.services.kernel.settings import change_settings, read_settings
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office
from tests.conftest import Clock, intake, township
from tests.services.stage import problems

CASES = DEFAULT_PATTERNS[Series.CASE]
LOOKALIKES = (
    CASES,
    CASES.replace("{seq:03d}", "{seq}"),
    CASES.replace("{org}", "平乡镇"),
    CASES.replace("{node}{seq:03d}", "{seq:03d}{node}"),  # the first computer's letter is not written
)


@pytest.mark.parametrize("pattern", LOOKALIKES)
def test_a_pattern_that_writes_another_series_numbers_is_refused(workspace: Workspace, pattern: str) -> None:
    found = problems(workspace, change_settings, {SettingKey.AGREEMENT_PATTERN: pattern})
    assert found == {SettingKey.AGREEMENT_PATTERN: "pattern_taken"}
    assert workspace.run(read_settings).value.values[SettingKey.CASE_PATTERN] == CASES


def test_two_equal_patterns_at_once_are_refused(workspace: Workspace) -> None:
    same = "{year}{node}{seq}"
    wanted = {SettingKey.AGREEMENT_PATTERN: same, SettingKey.NOTICE_PATTERN: same}
    assert problems(workspace, change_settings, wanted) == dict.fromkeys(wanted, "pattern_taken")


def test_a_pattern_of_endless_length_is_refused(workspace: Workspace) -> None:
    wanted = {SettingKey.CASE_PATTERN: "字" * 50 + "{year}{node}{seq}"}
    assert problems(workspace, change_settings, wanted) == {SettingKey.CASE_PATTERN: "pattern_long"}


@pytest.mark.parametrize(
    ("pattern", "code"),
    [(DEFAULT_PATTERNS[Series.NOTICE], "pattern_taken"), ("字" * 60 + "{year}{node}{seq}", "pattern_long")],
)
def test_an_office_is_not_made_with_such_a_pattern(
    pattern: str, code: str, tmp_path: Path, clock: Clock
) -> None:
    with pytest.raises(Refused) as caught:
        create_office(tmp_path / "office.db", replace(township(), case_pattern=pattern), clock)
    assert caught.value.reason is Reason.INVALID
    assert [(one.field, one.code) for one in caught.value.details["problems"]] == [("case_pattern", code)]


def test_a_pattern_another_series_had_before_passes_over_its_numbers(workspace: Workspace) -> None:
    spoiled = [workspace.run(void_number, Series.AGREEMENT, "写坏").value.text for _ in range(3)]
    workspace.run(change_settings, {SettingKey.AGREEMENT_PATTERN: "{org}协〔{year}〕{node}{seq}"})
    workspace.run(change_settings, {SettingKey.CASE_PATTERN: DEFAULT_PATTERNS[Series.AGREEMENT]})
    number = workspace.run(register_case, intake()).value.number
    assert number not in spoiled
    assert "004" in number
