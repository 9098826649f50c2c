"""The window on a screen of 1366 by 768 at 100, 125 and 150 %, as the system itself scales it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.office.opening import create_office
from tests.conftest import PASSPHRASE, township

ROOT = Path(__file__).resolve().parents[2]
SCREEN = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
SHOWN = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app import bootstrap
from app.services.office.opening import open_workspace
from app.services.office.sign_in import unlock
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field, Form
from app.ui.main_window import MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.signed_in import SignedIn
from app.ui.tasks import Tasks
from app.domain.cases import PartyInput

app = QApplication(["xianghe"])
bootstrap.dress(app)
file = Path(sys.argv[1])
unlocked = unlock(file, "admin", {PASSPHRASE!r})
workspace = open_workspace(unlocked)
tasks, navigator = Tasks(workspace), Navigator()
office = Office("x" * 30, unlocked.office.node, unlocked.office.kind, file.parent)
given = SignedIn(tasks=tasks, navigator=navigator, actor=workspace.actor, office=office, unlocked=unlocked)
window = MainWindow(given)
navigator.goto(window.first_place())
window.showMaximized()
room = window.screen().availableSize()
for place in [*window.rail.places(), Place.INTAKE]:
    navigator.goto(place)
    for _ in range(3):
        tasks.drain()
        app.processEvents()
    if window.width() > room.width() or window.height() > room.height():
        print(place, window.width(), window.height())
tall = Dialog("x", "y", parent=window)
for _ in range(20):
    form = Form(PartyInput, [Field("name", "姓名"), Field("address", "住址")], columns=1)
    tall.add(form)
tall.open()
app.processEvents()
if tall.frameGeometry().height() > room.height() or tall.area is None:
    print("dialog", tall.frameGeometry())
if not tall.submit_button.visibleRegion().boundingRect().height():
    print("the filled button is not seen")
print("room", room.width(), room.height(), end="")
sys.stdout.flush()
import os
os._exit(0)
"""


@pytest.mark.parametrize(("scale", "room"), [("1", "1366 768"), ("1.25", "1093 614"), ("1.5", "911 512")])
def test_nothing_is_larger_than_the_screen(tmp_path: Path, scale: str, room: str) -> None:
    create_office(tmp_path / "data" / "office.db", township())
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"screens": [SCREEN], "windowFrameMargins": False}), encoding="utf-8")
    seen = subprocess.run(
        [sys.executable, "-c", SHOWN, str(tmp_path / "data" / "office.db")],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            "QT_SCALE_FACTOR": scale,
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    assert seen.stdout == f"room {room}", seen.stderr
