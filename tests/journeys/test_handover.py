"""From township to county by stick: through the windows, with other work going on, with power cuts."""

import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.actor import Role
from app.domain.lists import CaseQuery
from app.domain.office.offices import NewOffice
from app.domain.packages import OutboxState
from app.services.cases.listing import list_case_ids
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package, list_inbox, list_senders
from app.services.exchange.outbox import export_package, save_package, sweep_outbox, view_outbox
from app.services.exchange.peers import own_card
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import check_data
from app.ui import theme
from app.ui.county.inbox_page import InboxPage
from app.ui.county.nodes_page import NodesPage
from app.ui.navigation import Navigator, Office
from app.ui.packages.outbox_page import OutboxPage
from app.ui.signed_in import SignedIn
from app.ui.tasks import InlineTasks, Tasks
from tests.conftest import ALL_TOWNSHIP_ROLES, PASSPHRASE, Clock, acting, county, intake, township
from tests.services.test_packages import enrol, send

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5
CASES = 60
MANY = 300
COUNTY_ROLES = (Role.COUNTY_OFFICER, Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _looks(qapp: QApplication) -> None:
    theme.apply(qapp)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def signed_in(workspace: Workspace, tasks: Tasks) -> SignedIn:
    unlocked = unlock(workspace.folder / "office.db", "admin", PASSPHRASE)
    office = Office(unlocked.office.name, unlocked.office.node, unlocked.office.kind, workspace.folder)
    return SignedIn(
        tasks=tasks, navigator=Navigator(), actor=workspace.actor, office=office, unlocked=unlocked
    )


def type_groups(page: OutboxPage | NodesPage, fingerprint: str) -> None:
    """What the person does who hears the groups on the telephone."""
    dialog = page.reader.dialog
    assert dialog is not None
    dialog.first.setText(fingerprint.split("-")[0])
    dialog.last.setText(fingerprint.split("-")[7])
    dialog.submit()


def test_a_case_travels_from_the_counter_to_the_county_and_the_receipt_back(
    qtbot, workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    outbox = OutboxPage(signed_in(workspace, InlineTasks(workspace)))
    above = signed_in(county_workspace, InlineTasks(county_workspace))
    nodes, inbox = NodesPage(above), InboxPage(above)
    for page in (outbox, nodes, inbox):
        qtbot.addWidget(page)
        page.show()
    nodes.own.save(stick)
    outbox.reader.read(stick / "130532-A.card")
    type_groups(outbox, county_workspace.run(own_card).value.fingerprint)
    outbox.show_keys()
    outbox.dialog.panel.own.save(stick)
    nodes.reader.read(stick / "130532101-A.reg")
    type_groups(nodes, workspace.run(own_card).value.fingerprint)

    workspace.run(register_case, intake())
    outbox.reload()
    assert outbox.waiting.text() == "1 件"
    outbox.make_package()
    QApplication.processEvents()
    outbox.save(outbox.packages.current(), stick)
    [package] = stick.glob("*.tjb.age")
    inbox.look(package)
    inbox.dialog.submit()
    code = inbox.dialog.receipt.code.text()
    inbox.dialog.submit()
    QApplication.processEvents()
    outbox.ask_receipt()
    outbox.dialog.code.setText(code)
    outbox.dialog.submit()
    assert [row.state for row in workspace.run(view_outbox).value.packages] == [OutboxState.ACKED]
    assert workspace.run(view_outbox).value.waiting_cases == 0
    assert county_workspace.run(list_senders).value[0].cases == 1


@dataclass(frozen=True)
class Prepared:
    """A county and a township that know each other, the township's cases, and a package of them all."""

    folder: Path
    package: Path


def opened(data_file: Path, roles: tuple[Role, ...]) -> Workspace:
    return acting(open_workspace(unlock(data_file, "admin", PASSPHRASE), Clock()), *roles)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, made_offices: Callable[[NewOffice], Path]) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    for name, office in (("town", township()), ("county", county())):
        shutil.copytree(made_offices(office), folder / name)
    town = opened(folder / "town" / "office.db", tuple(ALL_TOWNSHIP_ROLES))
    above = opened(folder / "county" / "office.db", COUNTY_ROLES)
    (folder / "stick").mkdir()
    enrol(town, above, folder / "stick")
    for _ in range(CASES):
        town.run(register_case, intake())
    package = send(town, folder / "stick")
    town.close()
    above.close()
    return Prepared(folder, package)


@pytest.fixture
def place(prepared: Prepared, tmp_path: Path) -> Prepared:
    """A copy to break."""
    shutil.copytree(prepared.folder, tmp_path / "place")
    return Prepared(tmp_path / "place", tmp_path / "place" / "stick" / prepared.package.name)


@pytest.fixture
def two_lanes(qapp: QApplication) -> Iterator[Callable[[Workspace], Tasks]]:
    made: list[Tasks] = []

    def make(workspace: Workspace) -> Tasks:
        made.append(Tasks(workspace))
        return made[-1]

    yield make
    for tasks in made:
        tasks.drain()


def test_while_a_package_is_made_a_case_is_saved_and_lists_open(
    qtbot, workspace: Workspace, county_workspace: Workspace, stick: Path, two_lanes
) -> None:
    enrol(workspace, county_workspace, stick)
    for _ in range(MANY):
        workspace.run(register_case, intake())
    tasks = two_lanes(workspace)
    during: list[str] = []
    began, made = threading.Event(), []
    request = tasks.run_long(export_package).stepping(lambda done, total: began.set())
    request.then(made.append)
    tasks.run(register_case, intake()).then(lambda _: during.append("saved" if not made else "late"))
    tasks.run(list_case_ids, CaseQuery()).then(
        lambda ids: during.append("listed" if not made and len(ids) == MANY + 1 else "late")
    )
    qtbot.waitUntil(lambda: bool(made), timeout=60_000)
    assert during == ["saved", "listed"]
    assert began.is_set()
    assert made[0].cases in (MANY, MANY + 1)
    county_workspace.run(
        import_package,
        stick / workspace.run(save_package, made[0].id, stick).value.file_name,
    )
    assert county_workspace.run(list_senders).value[0].cases == made[0].cases
    assert workspace.run(view_outbox).value.waiting_cases == MANY + 1 - made[0].cases


def test_while_a_package_is_taken_in_the_lists_of_the_county_open(qtbot, place: Prepared, two_lanes) -> None:
    above = opened(place.folder / "county" / "office.db", COUNTY_ROLES)
    tasks = two_lanes(above)
    seen: list[int] = []
    made: list[object] = []
    tasks.run_long(import_package, place.package).then(made.append)

    def look() -> None:
        tasks.run(list_case_ids, CaseQuery()).then(lambda ids: again(len(ids)))

    def again(count: int) -> None:
        seen.append(count)
        if not made or count != CASES:  # the list asked for last may have come just before the commit
            look()

    look()
    qtbot.waitUntil(lambda: bool(made) and CASES in seen, timeout=60_000)
    assert len(seen) > 2, "the lists had to wait for the import"
    assert set(seen) == {0, CASES}, "a half imported package was seen"
    tasks.drain()
    above.close()


SENDING = """
import sys, threading
from pathlib import Path
from tests.conftest import ALL_TOWNSHIP_ROLES, intake
from tests.journeys.test_handover import opened
from app.services.cases.register import register_case
from app.services.exchange.outbox import export_package, save_package
place = Path(sys.argv[1])
town = opened(place / "town" / "office.db", tuple(ALL_TOWNSHIP_ROLES))

def pack():
    while True:
        row = town.run(export_package).value
        town.run(save_package, row.id, place / "stick")

threading.Thread(target=pack, daemon=True).start()
print("go", flush=True)
while True:
    print(town.run(register_case, intake()).value.number, flush=True)
"""

TAKING = """
import sys
from pathlib import Path
from tests.journeys.test_handover import COUNTY_ROLES, opened
from app.services.exchange.inbox import import_package
place = Path(sys.argv[1])
county = opened(place / "county" / "office.db", COUNTY_ROLES)
print("go", flush=True)
county.run(import_package, Path(sys.argv[2]))
print("done", flush=True)
"""


def kill(script: str, seconds: float, *arguments: Path) -> list[str]:
    """Run a script, end it without warning some time after it says `go`, and give what it acknowledged."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "go"
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        told = process.stdout.read().splitlines()
        timer.cancel()
    return told


def whole(data_file: Path) -> bool:
    return not check_data(unlock(data_file, "admin", PASSPHRASE))


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_power_cut_while_packing_loses_no_case_and_leaves_no_half_package(
    seed: int, place: Prepared
) -> None:
    wait = random.Random(seed).uniform(0.05, 1.2)  # noqa: S311 - moments of power cuts, not secrets
    saved = kill(SENDING, wait, place.folder)
    data_file = place.folder / "town" / "office.db"
    assert whole(data_file)
    town = opened(data_file, tuple(ALL_TOWNSHIP_ROLES))
    town.run(sweep_outbox)
    rows = town.run(view_outbox).value.packages
    assert OutboxState.BUILDING not in {row.state for row in rows}
    kept = {row.file_name for row in rows if row.state is not OutboxState.SUPERSEDED}
    assert {path.name for path in town.outbox.iterdir()} == kept
    cases = len(town.run(list_case_ids, CaseQuery()).value)
    # a case may be saved whose line the dying program could not tell any more
    assert CASES + len(saved) <= cases <= CASES + len(saved) + 1
    above = opened(place.folder / "county" / "office.db", COUNTY_ROLES)
    for package in sorted((place.folder / "stick").glob("*.age")):
        above.run(import_package, package)
    above.run(import_package, send(town, place.folder / "stick"))
    assert above.run(list_senders).value[0].cases == cases
    town.close()
    above.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_power_cut_while_importing_leaves_all_or_nothing(seed: int, place: Prepared) -> None:
    wait = random.Random(seed).uniform(0.02, 2.0)  # noqa: S311
    told = kill(TAKING, wait, place.folder, place.package)
    data_file = place.folder / "county" / "office.db"
    assert whole(data_file)
    above = opened(data_file, COUNTY_ROLES)
    cases = len(above.run(list_case_ids, CaseQuery()).value)
    assert cases == (CASES if above.run(list_inbox).value else 0)
    assert cases == CASES or not told
    again = above.run(import_package, place.package).value
    assert again.already == (cases == CASES)
    assert len(above.run(list_case_ids, CaseQuery()).value) == CASES
    above.close()
