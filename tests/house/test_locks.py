"""The two locks, the declared dependencies and the imports of the program agree."""

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from run import pins
from tests.house.tree import ROOT, parsed, python_files

LOCKS = ROOT / ".ci" / "locks"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
}
LINUX_ARM = {"sys_platform": "linux", "platform_machine": "aarch64"}
QT = {"pyside6-essentials", "pyside6-pdf", "pyside6-addons", "shiboken6"}


def _locked(name: str, *, windows: bool = True) -> dict[str, str]:
    rows = (pin.split("==") for pin in pins(LOCKS / name, windows=windows))
    return {canonicalize_name(package): version for package, version in rows}


def _declared() -> dict[str, list[Requirement]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"run": project["dependencies"], **project["optional-dependencies"]}
    return {group: [Requirement(row) for row in rows] for group, rows in groups.items()}


def _imported() -> set[str]:
    """The packages `app` imports from outside the standard library, by the name they are installed under."""
    names = set()
    for path in python_files("app"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    owners = packages_distributions()
    foreign = {name for name in names if name not in sys.stdlib_module_names and name != "app"}
    return {canonicalize_name(owners[name][0]) for name in foreign}


def test_the_locks_differ_in_qt_only() -> None:
    new, old = _locked("new.txt"), _locked("old.txt")
    assert {k: v for k, v in new.items() if k not in QT} == {k: v for k, v in old.items() if k not in QT}


def test_every_declared_dependency_is_locked_at_a_version_it_allows() -> None:
    locked = _locked("new.txt")
    for requirement in (row for rows in _declared().values() for row in rows):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement.name


def test_the_program_imports_what_it_declares_and_nothing_else() -> None:
    declared = {canonicalize_name(row.name) for row in _declared()["run"]}
    qt_as_one = {name for name in declared | _imported() if name.startswith("pyside6") or name == "shiboken6"}
    assert _imported() - qt_as_one == declared - qt_as_one


def test_every_dependency_has_its_reason_written_down() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    missing = [
        row.name for rows in _declared().values() for row in rows if f"| {row.name.lower()} " not in page
    ]
    assert missing == []


@pytest.mark.parametrize("system", [{}, WINDOWS, LINUX_ARM], ids=["here", "windows", "arm64"])
def test_the_lock_holds_everything_its_packages_need(system: dict[str, str]) -> None:
    """Installed with --no-deps, so a forgotten transitive dependency would only show at run time."""
    locked = _locked("new.txt", windows=bool(system) and system is WINDOWS)
    missing = set()
    for name in locked:
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # a package of the other system, or of the other Qt line
        for row in map(Requirement, needs):
            wanted = row.marker is None or row.marker.evaluate({"extra": "", **system})
            if wanted and canonicalize_name(row.name) not in locked:
                missing.add(f"{name} needs {row.name}")
    assert missing == set()


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_says_what_it_is_for(lock: Path) -> None:
    assert re.match(r"# \w", lock.read_text(encoding="utf-8"))
