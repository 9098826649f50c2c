"""Nothing of one machine or one person gets into the tree."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, short, tracked_files

TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".spec", ".qss", ".ts", ".cfg", ".json", ".sh", ""}
# Written in pieces, so that this file passes its own test.
PRIVATE = re.compile(
    "|".join(["/wo" + "rk/", "/ho" + "me/[a-z]", "/ro" + "ot/", r"\bBR" + r"IEF\b", "C:" + r"\\Users\\"])
)


def _texts() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in TEXT]


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    found = []
    for path in _texts():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if PRIVATE.search(line):
                found.append(f"{short(path)}:{number}")
    assert found == []


def test_no_database_key_or_package_is_in_the_tree() -> None:
    kinds = {".db", ".sqlite", ".key", ".keys", ".pem"}
    assert [short(path) for path in tracked_files() if path.suffix in kinds] == []


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
)
def test_the_documents_every_reader_looks_for_are_there(name: str) -> None:
    assert (ROOT / name).is_file()
