"""Nothing grows too large to be read in one sitting; exemptions are listed here and may only become fewer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import parsed, python_files, short

FILE_LINES = 400
CLASS_LINES = 300
FUNCTION_LINES = 50
BUILD_LINES = 60  # a screen lays out its widgets in one place
PARAMETERS = 6  # besides self and the unit of work
MODULES_IN_A_FOLDER = 20

FROZEN = "app/db/migrations/versions/"  # a migration records the tables of one day and is never edited again
EXEMPT: dict[str, str] = {}  # "path" or "path:name" -> the reason


def _lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(argument.arg not in {"self", "cls", "uow"} for argument in arguments)


def _too_large(path: Path) -> Iterator[str]:
    name = short(path)
    if name.startswith(FROZEN):
        return
    in_tests = name.startswith("tests/")
    if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES:
        yield f"{name}: file of {lines} lines"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef) and _lines(node) > CLASS_LINES:
            yield f"{name}:{node.name}: class of {_lines(node)} lines"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            allowed = BUILD_LINES if node.name.startswith("_build") else FUNCTION_LINES
            if _lines(node) > allowed:
                yield f"{name}:{node.name}: function of {_lines(node)} lines"
            if not in_tests and _parameters(node) > PARAMETERS:
                yield f"{name}:{node.name}: {_parameters(node)} parameters"


def _exempt(finding: str) -> bool:
    place, _, _ = finding.partition(": ")
    return place in EXEMPT


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_a_file_keeps_the_budget(path: Path) -> None:
    assert [finding for finding in _too_large(path) if not _exempt(finding)] == []


def test_no_exemption_outlives_its_need() -> None:
    needed = {finding.partition(": ")[0] for path in python_files() for finding in _too_large(path)}
    assert set(EXEMPT) - needed == set()


def test_no_folder_is_crowded() -> None:
    folders: dict[str, int] = {}
    for path in python_files("app"):
        folders[short(path.parent)] = folders.get(short(path.parent), 0) + (path.name != "__init__.py")
    crowded = {name: count for name, count in folders.items() if count > MODULES_IN_A_FOLDER}
    assert {name: count for name, count in crowded.items() if name not in EXEMPT} == {}


@pytest.mark.parametrize("path", python_files("app"), ids=short)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), "one line on top: the purpose of the module"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [short(path) for path in python_files("app") if path.stem in drawers] == []
