"""Everything that can be done on a case leads somewhere: to a dialog that is there, or to a page."""

import ast

import pytest

from app.domain.flow import DEEDS_OF, Deed
from app.ui.cases.deeds import NEEDS, OPENS, TABS, group_of
from app.ui.main_window import PAGES
from app.ui.navigation import Place
from tests.house.tree import ROOT, parsed

OFFERED = {deed for deeds in DEEDS_OF.values() for deed in deeds}
COMING = {
    Deed.VISIT, Deed.RISK, Deed.CONFER, Deed.INVESTIGATE,
}  # fmt: skip
"""Deeds whose dialogs are being made; none may be added here."""


def test_every_deed_a_state_offers_leads_somewhere() -> None:
    assert OFFERED - set(OPENS) <= COMING
    assert set(OPENS) <= OFFERED


@pytest.mark.parametrize("deed", sorted(OPENS))
def test_what_a_deed_opens_is_there(deed: Deed) -> None:
    where = OPENS[deed]
    if isinstance(where, Place):
        assert where in PAGES
        return
    module, _, name = where.partition(":")
    tree = parsed(ROOT / (module.replace(".", "/") + ".py"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def test_every_deed_asks_for_a_right_and_stands_under_a_heading() -> None:
    assert set(NEEDS) == set(Deed)
    assert all(group_of(deed) for deed in Deed)


def test_only_pages_begin_at_a_tab() -> None:
    assert all(isinstance(OPENS[deed], Place) for deed in TABS)
