"""Imports point down only; the contracts are in pyproject.toml."""

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import ROOT


def test_every_import_contract_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0
