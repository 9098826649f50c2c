"""Pictures of every page at 1366x768, drawn without a display."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.demo.story import Played
from app.domain.errors import Refused
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.services.cases.listing import case_rows, list_case_ids
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import Unlocked
from app.services.sessions.records import case_sessions
from app.ui import theme
from app.ui.main_window import PAGES, MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.signed_in import SignedIn
from app.ui.tasks import Bug, InlineTasks

SIZE = (1366, 768)
REST = 300  # ms, longer than any pause a page waits for
NOISE = "propagateSizeHints"  # the offscreen platform says of every window that it cannot pass its size on


def take_pictures(folder: Path, played: Played) -> tuple[str, ...]:
    """Open every page of the township and of the county, and draw it; the names of the files.

    RuntimeError or Refused when a page does not open, or what it asks for fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_tell)
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("pictures need a QApplication")
    theme.apply(app)
    names: list[str] = []
    for prefix, unlocked in (("township", played.township), ("county", played.county)):
        workspace = open_workspace(unlocked)
        try:
            names += _walk(folder, prefix, _context(workspace, unlocked), _items(workspace, played))
        finally:
            workspace.close()
    return tuple(names)


def _tell(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    if NOISE not in text:
        sys.stderr.write(text + "\n")


def _items(workspace: Workspace, played: Played) -> dict[Place, str]:
    """What the pages that show one thing are asked to show."""
    feud = played.feud_id
    items = {Place.CASE: feud, Place.PAPERS: feud}
    items[Place.SESSION] = workspace.run(case_sessions, feud).value[-1].hearing_id
    items[Place.AGREEMENT] = _first(workspace, CaseStatus.SIGNING)
    items[Place.AFTER] = _first(workspace, CaseStatus.EFFECTIVE)
    items[Place.WORK] = feud
    return items


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


def _walk(folder: Path, prefix: str, context: SignedIn, items: dict[Place, str]) -> list[str]:
    troubles: list[Refused | Bug] = []
    context.tasks.failed.connect(troubles.append)
    context.tasks.refused.connect(troubles.append)
    window, navigator = MainWindow(context), context.navigator
    window.resize(*SIZE)
    window.show()
    names = []
    for place in filter(window.allowed, Place):
        navigator.goto(place, items.get(place))
        _settle()
        _prove_shown(window, place, troubles)
        file = f"{prefix}-{place.removeprefix('county_')}.png"
        if not window.grab().save(str(folder / file)):
            raise OSError(f"{file} was not written")
        names.append(f"{folder.name}/{file}")
    window.close()
    return names


def _prove_shown(window: MainWindow, place: Place, troubles: list[Refused | Bug]) -> None:
    """A page that is not there, failed, or tells of a refusal is a failed step of the demonstration."""
    for trouble in troubles:
        raise trouble if isinstance(trouble, Refused) else RuntimeError(f"{place}: {trouble}")
    page = window.page()
    module, _, name = PAGES[place].partition(":")
    if page is None or (type(page).__module__, type(page).__name__) != (module, name):
        raise RuntimeError(f"{place} did not open")
    if page.banner.isVisible():
        raise RuntimeError(f"{place} told of trouble at its top")


def _settle() -> None:
    """Let timers that wait for a pause in typing, and previews, come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(REST, loop.quit)
    loop.exec()
    QApplication.processEvents()  # on a busy machine layouts may still wait
