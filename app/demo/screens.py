"""Pictures of the main screens at 1366x768, drawn without a display."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.demo.story import Played
from app.domain.cases import CaseStatus
from app.domain.lists import CaseQuery
from app.services.cases.listing import case_rows, list_case_ids
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import Unlocked
from app.ui import theme
from app.ui.main_window import MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.signed_in import SignedIn
from app.ui.tasks import InlineTasks

SIZE = (1366, 768)
REST = 300  # ms, longer than any pause a page waits for


def take_pictures(folder: Path, played: Played) -> tuple[str, ...]:
    """Draw the township's and the county's screens; the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("pictures need a QApplication")
    theme.apply(app)
    names: list[str] = []
    for prefix, unlocked, places in (
        ("township", played.township, _township_places),
        ("county", played.county, _county_places),
    ):
        workspace = open_workspace(unlocked)
        try:
            stops = list(places(workspace, played))
            names += _walk(folder, prefix, _context(workspace, unlocked), stops)
        finally:
            workspace.close()
    return tuple(names)


Stop = tuple[str, Place, str | None]


def _township_places(workspace: Workspace, played: Played) -> Iterator[Stop]:
    yield "today", Place.TODAY, None
    yield "cases", Place.CASES, None
    yield "case", Place.CASE, played.feud_id
    yield "intake", Place.INTAKE, None
    yield "calendar", Place.CALENDAR, None
    yield "papers", Place.PAPERS, played.feud_id
    yield "agreement", Place.AGREEMENT, _first(workspace, CaseStatus.SIGNING)
    yield "roster", Place.ROSTER, None
    yield "packages", Place.PACKAGES, None
    yield "settings", Place.SETTINGS, None


def _county_places(workspace: Workspace, played: Played) -> Iterator[Stop]:
    yield "cases", Place.CASES, None
    yield "case", Place.CASE, played.feud_id
    yield "inbox", Place.COUNTY_INBOX, None
    yield "nodes", Place.NODES, None


def _first(workspace: Workspace, status: CaseStatus) -> str:
    ids = workspace.run(list_case_ids, CaseQuery(statuses=frozenset({status}))).value
    return workspace.run(case_rows, tuple(ids[:1])).value[0].id


def _context(workspace: Workspace, unlocked: Unlocked) -> SignedIn:
    view = unlocked.office
    return SignedIn(
        tasks=InlineTasks(workspace),
        navigator=Navigator(),
        actor=unlocked.actor,
        office=Office(view.committee or view.name, view.node, view.kind, unlocked.data_file.parent),
        unlocked=unlocked,
    )


def _walk(folder: Path, prefix: str, context: SignedIn, stops: list[Stop]) -> list[str]:
    window, navigator = MainWindow(context), context.navigator
    window.resize(*SIZE)
    window.show()
    names = []
    for name, place, item in stops:
        navigator.goto(place, item)
        _settle()
        file = f"{prefix}-{name}.png"
        window.grab().save(str(folder / file))
        names.append(f"{folder.name}/{file}")
    window.close()
    return names


def _settle() -> None:
    """Let timers that wait for a pause in typing, and previews, come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(REST, loop.quit)
    loop.exec()
