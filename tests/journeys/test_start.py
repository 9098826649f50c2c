"""From nothing to an open office and back, through the real program with its real threads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Program
from app.services.office.opening import create_office
from app.ui import theme
from app.ui.session.first_run import SHEET
from tests.conftest import PASSPHRASE, township

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30_000
HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab", "lunar_python", "PySide6.QtPdf", "PIL")
FIRST_PAINTING = f"""
import sys
from PySide6.QtWidgets import QApplication
from app import bootstrap, runtime
app = QApplication(["xianghe"])
bootstrap.dress(app)
program = bootstrap.Program(runtime.data_dir())
program.start()
def look():
    print(",".join(name for name in {HEAVY!r} if name in sys.modules), end="")
    sys.stdout.flush()
    import os
    os._exit(0)
program.entrance.painted.disconnect()
program.entrance.painted.connect(look)
app.exec()
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    create_office(tmp_path / "data" / "office.db", township())
    return tmp_path / "data"


@pytest.fixture
def program(qapp, tmp_path):
    theme.apply(qapp)
    made = Program(tmp_path / "data")
    yield made
    made.close()
    for window in (made.entrance, made.window):
        if window is not None:
            window.close()


def type_in(field: QWidget, text: str) -> None:
    """Type as an input method does, so that Chinese can be typed too."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_the_sign_in_window_is_painted_before_anything_heavy_is_loaded(folder):
    seen = subprocess.run(
        [sys.executable, "-c", FIRST_PAINTING],
        cwd=ROOT,
        env={**os.environ, "XIANGHE_DATA": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert seen.stdout == ""


def test_the_bench_reads_the_points_of_a_start(folder, tmp_path):
    marks = tmp_path / "marks"
    chosen = {
        "XIANGHE_DATA": str(folder),
        "XIANGHE_BENCH_MARK": str(marks),
        "XIANGHE_LOGIN": "admin",
        "XIANGHE_PASSPHRASE": PASSPHRASE,
        "QT_QPA_PLATFORM": "offscreen",
    }
    started = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, env={**os.environ, **chosen})
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            started.wait(6)  # an empty office paints no row, so nothing is quit
    finally:
        started.kill()
        started.wait()
    names = [line.split()[0] for line in marks.read_text(encoding="utf-8").splitlines()]
    assert names == ["signin_painted", "loaded", "unlocked"]


def test_a_first_day_by_keyboard_alone(qtbot, program):
    program.start()
    program.entrance.activateWindow()
    begin = program.entrance.card
    qtbot.waitUntil(begin.township.hasFocus)
    QTest.keyClick(begin.township, Qt.Key.Key_Return)
    wizard = program.entrance.card
    for name, typed in {
        "name": "平乡镇依法治理中心", "short_name": "平乡镇", "division_code": "130532101000",
    }.items():  # fmt: skip
        type_in(wizard.office.form.field(name), typed)
    QTest.keyClick(wizard.office.form.field("phone"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = wizard.administrator.form
    for name, typed in {
        "admin_login": "admin", "admin_name": "周国平", "passphrase": PASSPHRASE, "again": PASSPHRASE,
    }.items():  # fmt: skip
        type_in(form.field(name), typed)
    QTest.keyClick(form.field("again"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == SHEET, timeout=PATIENCE)
    QTest.keyClick(wizard.sheet.tick, Qt.Key.Key_Space)
    wizard.next.setFocus()
    QTest.keyClick(wizard.next, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    assert program.window.windowTitle().startswith("平乡镇人民调解委员会")
    program.window.sign_out_asked.emit()
    qtbot.waitUntil(lambda: program.window is None, timeout=PATIENCE)
    card = program.entrance.card
    assert card.account.currentText() == "admin"
    QTest.keyClicks(card.passphrase, PASSPHRASE)
    QTest.keyClick(card.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)


def test_closing_the_window_gives_the_data_file_back(qtbot, folder, program):
    program.start()
    card = program.entrance.card
    QTest.keyClicks(card.passphrase, PASSPHRASE)
    QTest.keyClick(card.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    program.window.close()
    program.close()
    assert not (folder / "office.db-wal").exists()
    again = Program(folder)
    again.start()
    assert again.entrance.isVisible()
    again.close()
    again.entrance.close()
