"""Every control of every page says its name to a screen reader, in an office full of work."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget, QWidget

from app.domain.actor import Role
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.services.cases.listing import case_rows, list_case_ids
from app.services.hearings.scheduling import case_hearings
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.services.sample import create_sample
from app.ui import theme
from app.ui.cases.intake.intake_form import REVIEW
from app.ui.navigation import Place
from tests.conftest import ALL_TOWNSHIP_ROLES, acting
from tests.journeys.windows import Seat, sit_down

COUNTY_ROLES = (Role.COUNTY_OFFICER, Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _surroundings(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[tuple[Workspace, str, str]]:
    made = create_sample(tmp_path / "sample" / "office.db")
    workspace = open_workspace(unlock(made.data_file, made.login, made.passphrase))
    yield acting(workspace, *ALL_TOWNSHIP_ROLES), made.login, made.passphrase
    workspace.close()


def case_in(workspace: Workspace, status: CaseStatus) -> str:
    ids = workspace.run(list_case_ids, CaseQuery(statuses=frozenset({status}))).value
    return workspace.run(case_rows, tuple(ids[:1])).value[0].id


def parts(page: QWidget) -> Iterator[Callable[[], object]]:
    """Ways to show every part of a page: each tab, each step."""
    yield lambda: None
    for tabs in page.findChildren(QTabWidget):
        for at in range(tabs.count()):
            yield lambda tabs=tabs, at=at: tabs.setCurrentIndex(at)
    form = getattr(page, "form", None)
    if hasattr(form, "steps"):
        for step in range(REVIEW + 1):
            yield lambda step=step: form.go(step)


def nameless(window: QWidget) -> list[str]:
    """The visible controls that hold the focus and say nothing; one that hands it on is not heard."""
    found = []
    for part in window.findChildren(QWidget):
        focusable = part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.focusProxy() is None
        if not part.isVisible() or not focusable or isinstance(part, QScrollArea):
            continue
        face = QAccessible.queryAccessibleInterface(part)
        if face is None or not face.text(QAccessible.Text.Name).strip():
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found


def silent(seat: Seat, stops: list[tuple[Place, str | None]]) -> dict[str, list[str]]:
    """The controls that say nothing, by place."""
    found = {}
    for place, item in stops:
        page = seat.page(place, item)
        seat.rest()
        for at, show in enumerate(parts(page)):
            show()
            seat.rest()
            if names := nameless(seat.window):
                found[f"{place} {at}"] = names
    return found


def test_every_page_of_a_township(qtbot: Any, sample: tuple[Workspace, str, str]) -> None:
    workspace, login, passphrase = sample
    seat = sit_down(qtbot, workspace, login, passphrase)
    scheduled = case_in(workspace, CaseStatus.SCHEDULED)
    stops: list[tuple[Place, str | None]] = [(place, None) for place in seat.window.rail.places()]
    assert len(stops) >= 7
    stops += [(Place.CASE, case_in(workspace, status)) for status in CaseStatus]
    stops += [
        (Place.INTAKE, None),
        (Place.PAPERS, case_in(workspace, CaseStatus.EFFECTIVE)),
        (Place.SESSION, workspace.run(case_hearings, scheduled).value[0].id),
        (Place.AGREEMENT, case_in(workspace, CaseStatus.IN_SESSION)),
        (Place.AGREEMENT, case_in(workspace, CaseStatus.SIGNING)),
    ]
    found = silent(seat, stops)
    seat.leave()
    assert found == {}


def test_every_page_of_a_county(qtbot: Any, county_workspace: Workspace) -> None:
    seat = sit_down(qtbot, county_workspace)
    found = silent(seat, [(place, None) for place in seat.window.rail.places()])
    seat.leave()
    assert found == {}
