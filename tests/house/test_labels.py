"""Everything a rule can say has words on the screen: reasons, problems, topics, roles, every shown enum."""

import ast
from enum import StrEnum

import pytest

from app.domain.errors import Reason
from app.ui.words.labels import LABELS
from app.ui.words.messages import PROBLEMS, REASONS
from tests.house.tree import modules, parsed, python_files, short

# Enums no window shows, with the reason.
NOT_SHOWN: dict[str, str] = {
    "CaseSort": "a column of the list, which has its heading",
    "Reason": "a refusal has a whole sentence, in messages.REASONS",
    "SettingKey": "a field of the settings form, which has its label",
}


def _domain_enums() -> list[type[StrEnum]]:
    found = {
        kind
        for module in modules("app.domain")
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
    }
    return sorted(found, key=lambda kind: kind.__name__)


def test_every_refusal_has_its_sentence() -> None:
    assert set(Reason) - set(REASONS) == set()


@pytest.mark.parametrize("kind", _domain_enums(), ids=lambda kind: kind.__name__)
def test_every_value_of_a_shown_enum_has_its_word(kind: type[StrEnum]) -> None:
    if kind.__name__ in NOT_SHOWN:
        return
    words = LABELS.get(kind, {})  # a finding about a field or a paper has a sentence in PROBLEMS instead
    assert [value.name for value in kind if not (words.get(value) or PROBLEMS.get(value))] == []


def test_an_enum_is_either_shown_or_not() -> None:
    names = {kind.__name__ for kind in _domain_enums()}
    assert {name for name in NOT_SHOWN if name not in names} == set()
    assert {kind.__name__ for kind in LABELS} & set(NOT_SHOWN) == set()


@pytest.mark.parametrize("path", python_files("app/domain", "app/services"), ids=short)
def test_every_problem_of_a_field_has_its_sentence(path: object) -> None:
    codes = {
        node.args[1].value
        for node in ast.walk(parsed(path))  # type: ignore[arg-type]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and len(node.args) > 1
        if isinstance(node.args[1], ast.Constant)
    }
    assert codes - set(PROBLEMS) == set()
