"""F1 opens the guide of the screen, from the page and from a dialog over it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.guide.guide_window import GUIDE, GuideWindow, guide_of
from app.ui.guide.shortcuts import keys_of
from app.ui.kit.dialog import Dialog
from app.ui.main_window import PAGES, MainWindow
from app.ui.navigation import Place
from tests.journeys.senses import live_keys
from tests.services.stage import Stage
from tests.ui.office_window import context


@pytest.mark.parametrize("place", list(PAGES))
def test_every_screen_has_a_guide(place: Place) -> None:
    assert guide_of(place).startswith("# ")
    assert len(guide_of(place)) > 60


def test_f1_shows_the_guide_of_the_page_and_again_closes_it(stage: Stage, qtbot) -> None:
    given = context(stage.workspace)
    window = MainWindow(given)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    given.navigator.goto(Place.CASES)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert "常用筛选" in window.guide.text.toPlainText()
    closed = window.guide
    with qtbot.waitActive(closed):
        closed.activateWindow()
    with qtbot.waitSignal(closed.destroyed):
        qtbot.keyClick(closed, Qt.Key.Key_F1)


def test_a_dialog_asks_the_window_under_it(qtbot) -> None:
    asked = []

    class Window(QWidget):
        def show_guide(self) -> None:
            asked.append(1)

    window = Window()
    qtbot.addWidget(window)
    dialog = Dialog("结案", "结案", parent=window)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert asked == [1]
    dialog.reject()


def test_the_guide_stays_beside_the_work(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    guide = GuideWindow(Place.INTAKE, parent=window)
    guide.show()
    assert not guide.isModal()
    assert "当事人" in guide.text.toPlainText()


def test_the_sheet_tells_every_key_that_works_and_nothing_else(stage: Stage, qtbot) -> None:
    given = context(stage.workspace)
    window = MainWindow(given)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for place in (Place.TODAY, Place.CASES, Place.INTAKE, Place.CALENDAR, Place.ROSTER, Place.PACKAGES):
        given.navigator.goto(place)
        rows = {row.keys: row for row in keys_of(window, window.page())}
        live = {keys.replace("Return", "Enter") for keys in live_keys(window)}
        assert live <= set(rows), place
        assert [row for row in rows.values() if not row.does] == [], place
    given.navigator.goto(Place.CASES)
    rows = {row.keys: row for row in keys_of(window, window.page())}
    assert rows["Ctrl+N"].does == "登记新案件"
    assert not rows["Ctrl+N"].general
    assert rows["Ctrl+2"].general
    assert "Alt+1" not in rows
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    told = window.guide.text.toPlainText()
    assert "登记新案件" in told
    assert "各页通用" in told
    window.guide.show_part(GUIDE)
    assert "常用筛选" in window.guide.text.toPlainText()
