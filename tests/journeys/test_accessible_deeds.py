"""Every dialog in which a case is dealt with, on a small screen, in large print, without a mouse."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication

from app.bootstrap import LARGE_PRINT
from app.domain.flow import DEEDS_OF, CaseStatus, Deed
from app.domain.values.office_clock import office_time
from app.services.kernel.workspace import Workspace
from app.ui import clock as ui_clock
from app.ui import room, theme
from app.ui.cases.case_page import CasePage
from app.ui.cases.deeds import OPENS, make_dialog
from app.ui.navigation import Place
from tests.conftest import Clock
from tests.journeys.explorer import Explorer
from tests.journeys.senses import SMALL
from tests.services.flow_stage import STATES, Life
from tests.services.flow_stage import life as life
from tests.services.stage import stage as stage
from tests.ui.case_office import CaseOffice

DIALOGS = {deed: where for deed, where in OPENS.items() if not isinstance(where, Place)}


class Waiting:
    """Nothing is under way for long: the answers come without threads."""

    def rest(self) -> None:
        """Let what was asked for be drawn."""
        QApplication.processEvents()


@pytest.fixture(autouse=True)
def _surroundings(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    theme.apply(qapp)


@pytest.fixture
def office(workspace: Workspace, clock: Clock, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> CaseOffice:
    monkeypatch.setattr(ui_clock, "office_now", lambda: office_time(clock.at))
    return CaseOffice(workspace, qtbot)


def stages() -> dict[CaseStatus, list[Deed]]:
    """As few states as show every dialog, the deeds each shows."""
    left, found = set(DIALOGS), {}
    for status in sorted(STATES, key=lambda one: -len(DIALOGS.keys() & set(DEEDS_OF[one]))):
        mine = [deed for deed in DEEDS_OF[status] if deed in left]
        if mine:
            found[status] = mine
            left -= set(mine)
    assert not left
    return found


@pytest.mark.parametrize(("size", "large"), [(SMALL, 1.0), (QSize(1366, 768), LARGE_PRINT)])
def test_every_dialog_of_a_case(
    office: CaseOffice, life: Life, qapp: QApplication, monkeypatch: Any, size: QSize, large: float
) -> None:
    theme.apply(qapp, large)
    inner = size - room.FRAME
    monkeypatch.setattr(room, "room_of", lambda _: inner)
    explorer = Explorer(Waiting(), inner)  # type: ignore[arg-type]
    for status, deeds in stages().items():
        page = office.page(CasePage, life.bring(status).id)
        for deed in deeds:
            dialog = make_dialog(DIALOGS[deed], page.tasks, page.case, page)
            with office.qtbot.waitActive(dialog):
                dialog.open()
                dialog.activateWindow()
            explorer.try_dialog(dialog)
        page.close()
    assert explorer.faults == {}
    assert len(explorer.seen) >= len(set(DIALOGS.values())) - 1
