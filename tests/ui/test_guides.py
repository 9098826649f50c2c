"""F1 opens the guide of the screen, from the page and from a dialog over it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.guide.guide_window import GuideWindow, guide_of
from app.ui.kit.dialog import Dialog
from app.ui.main_window import PAGES, MainWindow
from app.ui.navigation import Place
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
    guide = GuideWindow(Place.INTAKE, window)
    guide.show()
    assert not guide.isModal()
    assert "当事人" in guide.text.toPlainText()
