"""What the documents say of the tree is true: paths exist, names are in the code, decisions are numbered."""

import re
from itertools import chain
from pathlib import Path

import pytest

from tests.house.tree import ROOT, python_files, short

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PATH = re.compile(r"`([\w.]+(?:/[\w.*]+)+/?)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PLACES = ("", "app/")  # the tour leaves `app/` out
EXAMPLE = re.compile(r"(^|[/_])(x|vNNNN_x|x_page)\b|sha256|records/\*")  # `x` in "to add a ... do this"
MADE = {"blobs", "records", "tjb", "."}  # members of a package, its format, what a command leaves


def _exists(name: str) -> bool:
    return any(any(ROOT.glob((place + name).rstrip("/"))) for place in PLACES)


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_path_a_document_names_exists(page: Path) -> None:
    named = {name for name in PATH.findall(page.read_text(encoding="utf-8")) if not EXAMPLE.search(name)}
    ours = {name for name in named if name.split("/")[0] not in MADE}
    assert {name for name in ours if not _exists(name)} == set()


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    names = set(chain.from_iterable(re.findall(r"`([A-Za-z_.]+)`", row.rpartition("| ")[2]) for row in rows))
    words = {word for path in python_files("app") for word in re.findall(r"\w+", path.read_text("utf-8"))}
    assert {name for name in names if not set(name.split(".")) <= words} == set()


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
