"""Ctrl+F: one box over everything; arrows move, Enter goes there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.cases import PartyRole
from app.ui.navigation import Navigator, Place
from app.ui.search.search_panel import SearchPanel
from app.ui.tasks import InlineTasks
from tests.conftest import person
from tests.services.roster_data import mediator
from tests.ui.case_office import CaseOffice, made_office  # noqa: F401 - a fixture

EVERYWHERE = frozenset({Place.CASE, Place.PEOPLE, Place.ROSTER})


def opened(office: CaseOffice, qtbot, places=EVERYWHERE):
    went = []
    navigator = Navigator()
    navigator.went.connect(lambda place, item: went.append((place, item)))
    window = QWidget()
    qtbot.addWidget(window)
    panel = SearchPanel(InlineTasks(office.workspace), navigator, places, window)
    panel.opened_over = window  # or it would go with this function, and the panel with it
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel, went


def titles(panel) -> list[str]:
    tree = panel.found
    return [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]


def test_what_is_typed_is_found_in_groups_and_enter_opens_the_first(office: CaseOffice, qtbot) -> None:
    case = office.case(
        parties=(
            person("a", PartyRole.APPLICANT, "曾德旺"),
            person("b", PartyRole.RESPONDENT, "李䶮"),
        )
    )
    mediator(office.workspace, "曾国平")
    panel, went = opened(office, qtbot)
    qtbot.keyClicks(panel.box, "z")
    qtbot.waitUntil(lambda: titles(panel) == ["案件", "人员", "调解员"])
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert went == [(Place.CASE, case.id)]


def test_enter_at_once_waits_for_the_answer_to_what_was_typed(office: CaseOffice, qtbot) -> None:
    office.case()
    other = office.case(
        parties=(
            person("a", PartyRole.APPLICANT, "王大山"),
            person("b", PartyRole.RESPONDENT, "赵强"),
        )
    )
    panel, went = opened(office, qtbot)
    qtbot.keyClicks(panel.box, "wds")
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: went == [(Place.CASE, other.id)])


def test_arrows_go_from_group_to_group(office: CaseOffice, qtbot) -> None:
    office.case()
    mediator(office.workspace, "张国平")
    panel, went = opened(office, qtbot)
    qtbot.keyClicks(panel.box, "z")
    qtbot.waitUntil(lambda: len(titles(panel)) == 3)
    for _ in range(9):
        qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    ((place, _),) = went
    assert place is Place.ROSTER


def test_nothing_found_says_what_to_try(office: CaseOffice, qtbot) -> None:
    panel, went = opened(office, qtbot)
    qtbot.keyClicks(panel.box, "xyzxyz")
    qtbot.waitUntil(lambda: "没有找到" in panel.told.text())
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert went == []


def test_numbers_are_covered_and_what_leads_nowhere_is_not_offered(office: CaseOffice, qtbot) -> None:
    office.case()
    panel, _ = opened(office, qtbot, frozenset({Place.CASE}))
    qtbot.keyClicks(panel.box, "z")
    qtbot.waitUntil(lambda: "人员" in titles(panel))
    line = panel.found.topLevelItem(titles(panel).index("人员")).child(0)
    assert not line.flags() & Qt.ItemFlag.ItemIsSelectable
    assert "*" in line.text(1) or not line.text(1)
