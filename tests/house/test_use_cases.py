"""Every door into the data asks for a permission, and nothing mapped goes out through it."""

import ast
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from app.domain.actor import Permission
from app.models.base import Base
from tests.house.tree import modules, parsed, python_files, short


def _takes_uow(thing: Any) -> bool:
    return inspect.isfunction(thing) and next(iter(inspect.signature(thing).parameters), "") == "uow"


def _public(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, thing in vars(module).items():
        if not name.startswith("_") and _takes_uow(thing) and thing.__module__ == module.__name__:
            yield thing


FUNCTIONS = [function for module in modules("app.services") for function in _public(module)]
USE_CASES = [function for function in FUNCTIONS if hasattr(function, "needs")]
STEPS = [function for function in FUNCTIONS if not hasattr(function, "needs")]


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def _imported_by(*folders: str) -> dict[str, set[str]]:
    """`module.name` -> the files under `folders` that import it."""
    found: dict[str, set[str]] = {}
    for path in python_files(*folders):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found.setdefault(f"{node.module}.{alias.name}", set()).add(short(path))
                    found.setdefault(f"{node.module}", set()).add(short(path))
    return found


@pytest.mark.parametrize("function", USE_CASES, ids=_name)
def test_a_use_case_names_its_permission(function: Any) -> None:
    assert isinstance(function.needs, Permission)
    assert isinstance(function.writes, bool)
    assert function.__doc__, "say what it means for the office and when it refuses"


@pytest.mark.parametrize("function", USE_CASES, ids=_name)
def test_nothing_mapped_leaves_a_use_case(function: Any) -> None:
    source = inspect.getsource(function)
    returned = ast.parse(source.strip()).body[0].returns  # type: ignore[attr-defined]
    names = {node.id for node in ast.walk(returned) if isinstance(node, ast.Name)}
    kinds = [function.__globals__.get(name) for name in names]
    mapped = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Base)]
    assert mapped == []


@pytest.mark.parametrize("function", STEPS, ids=_name)
def test_a_public_function_without_permission_is_a_step_other_services_share(function: Any) -> None:
    """A step runs inside somebody's use case. One nobody shares is private, or has lost its mark."""
    own = function.__module__.replace(".", "/") + ".py"
    users = _imported_by("app/services").get(_name(function), set()) - {own}
    assert users, "mark it @use_case(needs=...) or make it private"


def test_windows_and_scripts_enter_by_marked_doors_only() -> None:
    outside = {name: files for name, files in _imported_by("app").items() for file in files if _outside(file)}
    unmarked = {_name(step) for step in STEPS} & set(outside)
    assert {name: sorted(filter(_outside, outside[name])) for name in unmarked} == {}


def _outside(file: str) -> bool:
    return not file.startswith("app/services/")
