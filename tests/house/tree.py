"""Where the house tests look: the tracked tree, parsed once."""

import ast
import importlib
import pkgutil
import subprocess
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Every Python file of the project under `folders` (all of it without any)."""
    places = [ROOT / folder for folder in folders or ("app", "tests", "resources")]
    found = [path for place in places for path in place.rglob("*.py")]
    return tuple(sorted(found if folders else [*found, ROOT / "run.py"]))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """A package and every module below it, imported."""
    top = importlib.import_module(package)
    names = [found.name for found in pkgutil.walk_packages(top.__path__, package + ".")]
    return (top, *(importlib.import_module(name) for name in names))


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git knows of, or would add; outside a checkout, nothing."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return tuple(path for name in names if name and (path := ROOT / name).is_file())
