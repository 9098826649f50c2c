"""The bundle carries what the program reads: every path and module the build names is there."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from app.ui.cases.deeds import modules
from app.ui.main_window import PAGES
from app.ui.session.offices import HEAVY
from tests.house.tree import ROOT, parsed, python_files, short

SPEC = parsed(ROOT / "build.spec")


def _constant(name: str) -> Any:
    for node in SPEC.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"build.spec no longer sets {name}")


def _own_modules() -> set[str]:
    """What the spec's own function finds in this tree."""
    node = next(part for part in SPEC.body if getattr(part, "name", "") == "own_modules")
    names: dict[str, Any] = {"Path": Path}
    exec(compile(ast.Module([node], []), "build.spec", "exec"), names)  # noqa: S102 - our own build file
    return set(names["own_modules"](ROOT))


@pytest.mark.parametrize(("source", "target"), _constant("DATAS"))
def test_every_path_of_the_bundle_exists(source: str, target: str) -> None:
    assert (ROOT / source).exists()
    assert target == "." or target == source, (
        "a frozen program finds its files where the source tree has them"
    )


def test_the_bundle_starts_where_the_program_starts() -> None:
    assert (ROOT / "app" / "__main__.py").is_file()


@pytest.mark.parametrize("name", _constant("HIDDEN_IMPORTS"))
def test_every_hidden_import_exists(name: str) -> None:
    assert find_spec(name) is not None


def test_every_module_of_the_program_is_named_to_the_bundler() -> None:
    files = {re.sub(r"(/__init__)?\.py$", "", short(path)).replace("/", ".") for path in python_files("app")}
    by_name = {page.partition(":")[0] for page in PAGES.values()} | set(HEAVY) | modules()
    assert _own_modules() == files
    assert by_name - files == set(), "imported by a name that is no module"


def test_nothing_the_program_imports_is_left_out() -> None:
    excluded = set(_constant("EXCLUDES"))
    imported = set()
    for path in python_files("app"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                imported.update((alias.name, short(path)) for alias in node.names)
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add((node.module, short(path)))
                imported.update((f"{node.module}.{alias.name}", short(path)) for alias in node.names)
    assert {entry for entry in imported if entry[0] in excluded} == set()


def test_every_package_of_the_program_is_a_package() -> None:
    """A folder without __init__.py runs from source and is missing from the bundle."""
    folders = {path.parent for path in python_files("app")}
    without = {short(folder) for folder in folders if not (folder / "__init__.py").is_file()}
    assert {name for name in without if not name.startswith("app/db/migrations")} == set()
