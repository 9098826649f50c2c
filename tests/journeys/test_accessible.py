"""Every page and every dialog in an office full of work, without a mouse, without eyes, on a small screen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from app.bootstrap import LARGE_PRINT
from app.db.keys import new_slot
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.services.cases.listing import case_rows, list_case_ids
from app.services.hearings.scheduling import case_hearings
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.services.sample import SampleOffice, create_sample
from app.ui import room, theme
from app.ui.cases.intake.intake_form import REVIEW
from app.ui.main_window import PAGES
from app.ui.navigation import Place
from tests.conftest import ALL_TOWNSHIP_ROLES, CHEAP, acting
from tests.journeys.explorer import Explorer
from tests.journeys.senses import SMALL, Flashes, ambiguous, nameless, too_large, unreached
from tests.journeys.windows import Seat, sit_down

NORMAL = QSize(1366, 768)
Stops = list[tuple[Place, str | None]]


@pytest.fixture(autouse=True)
def _surroundings(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    theme.apply(qapp)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield
    theme.apply(qapp)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SampleOffice:
    """The demonstration's office, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(new_slot, "__defaults__", CHEAP)
        return create_sample(tmp_path_factory.mktemp("sample") / "office.db")


@pytest.fixture
def workspace(made: SampleOffice, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of it, worked in by somebody with every right."""
    folder = tmp_path / "sample"
    shutil.copytree(made.data_file.parent, folder)
    opened = open_workspace(unlock(folder / "office.db", made.login, made.passphrase))
    yield acting(opened, *ALL_TOWNSHIP_ROLES)
    opened.close()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> QSize:
    """Screens of 1366 by 768 at 150 %."""
    inner = SMALL - room.FRAME
    monkeypatch.setattr(room, "room_of", lambda _: inner)
    return inner


def case_in(workspace: Workspace, status: CaseStatus) -> str:
    ids = workspace.run(list_case_ids, CaseQuery(statuses=frozenset({status}))).value
    return workspace.run(case_rows, tuple(ids[:1])).value[0].id


def stops_of(workspace: Workspace) -> Stops:
    """Every page, those of a case with one that has something to show."""
    scheduled = case_in(workspace, CaseStatus.SCHEDULED)
    effective = case_in(workspace, CaseStatus.EFFECTIVE)
    of_a_case: Stops = [
        (Place.CASE, effective),
        (Place.CASE, scheduled),
        (Place.CASE, case_in(workspace, CaseStatus.REGISTERED)),
        (Place.CASE, case_in(workspace, CaseStatus.IN_SESSION)),
        (Place.WORK, effective),
        (Place.AFTER, effective),
        (Place.PAPERS, effective),
        (Place.SESSION, workspace.run(case_hearings, scheduled).value[0].id),
        (Place.AGREEMENT, case_in(workspace, CaseStatus.IN_SESSION)),
        (Place.AGREEMENT, case_in(workspace, CaseStatus.SIGNING)),
    ]
    known = {place for place, _ in of_a_case} - {Place.PAPERS} | {Place.COUNTY_INBOX, Place.NODES}
    return [(place, None) for place in PAGES if place not in known] + of_a_case


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


def walked(seat: Seat, stops: Stops, faults: Callable[[Any], dict[str, list[str]]]) -> dict[str, Any]:
    """What is wrong on each part of each page, by place."""
    found: dict[str, Any] = {}
    for place, item in stops:
        page = seat.page(place, item)
        seat.rest()
        for at, show in enumerate(parts(page)):
            show()
            seat.rest()
            wrong = {fault: what for fault, what in faults(page).items() if what}
            if wrong:
                found[f"{place} {at}"] = wrong
    return found


def test_every_page_is_walked_by_keys_and_read_aloud(
    qtbot: Any, qapp: QApplication, workspace: Workspace, made: SampleOffice
) -> None:
    flashes = Flashes(qapp)
    seat = sit_down(qtbot, workspace, made.login, made.passphrase)

    def faults(_: Any) -> dict[str, list[str]]:
        window = seat.window
        return {
            "silent": nameless(window),
            "keys twice": ambiguous(window),
            "no Tab": unreached(window),
        }

    found = walked(seat, stops_of(workspace), faults)
    qapp.removeEventFilter(flashes)
    seat.leave()
    assert flashes.seen == []
    assert found == {}


@pytest.mark.parametrize(("size", "large"), [(SMALL, 1.0), (NORMAL, LARGE_PRINT)])
def test_no_page_makes_the_window_larger_than_the_screen(
    qtbot: Any, qapp: QApplication, workspace: Workspace, made: SampleOffice, size: QSize, large: float
) -> None:
    theme.apply(qapp, large)
    seat = sit_down(qtbot, workspace, made.login, made.passphrase)
    inner = size - room.FRAME
    seat.window.resize(inner)
    seat.rest()
    seat.window.resize(inner)
    seat.rest()
    found = walked(seat, stops_of(workspace), lambda _: {"too large": too_large(seat.window, inner)})
    seat.leave()
    assert found == {}


def test_what_the_buttons_of_every_page_open(
    qtbot: Any, qapp: QApplication, workspace: Workspace, made: SampleOffice, small: QSize
) -> None:
    seat = sit_down(qtbot, workspace, made.login, made.passphrase)
    seat.window.resize(small)
    explorer = Explorer(seat, small)
    for place, item in stops_of(workspace):
        page = seat.page(place, item)
        seat.rest()
        for show in parts(page):
            explorer.press_all(place, item, show)
    seat.leave()
    assert explorer.faults == {}
    assert len(explorer.seen) > 30, explorer.seen


def test_every_page_of_a_county(qtbot: Any, county_workspace: Workspace) -> None:
    seat = sit_down(qtbot, county_workspace)

    def faults(_: Any) -> dict[str, list[str]]:
        return {"says nothing": nameless(seat.window), "keys twice": ambiguous(seat.window)}

    found = walked(seat, [(place, None) for place in seat.window.rail.places()], faults)
    seat.leave()
    assert found == {}
