"""The only place that wires: looks, sign-in, workspace, main window, sign-out; only `__main__` imports it."""

import logging
import os
import signal
import sys
import threading
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app import runtime
from app.domain.changes import Changes, Topic
from app.domain.errors import Reason, Refused
from app.services.office.passphrases import prove_presence
from app.ui import theme
from app.ui.collector import Collector
from app.ui.session.bench import BenchDriver, Marks
from app.ui.session.entrance import Entrance
from app.ui.session.offices import Entered, Offices, last_backup_of, load_heavy, load_pages
from app.ui.tasks import Bug, Tasks, bug_of

if TYPE_CHECKING:  # the sign-in window is painted before the heavy floors are loaded
    from app.domain.office.settings import OfficeSettings
    from app.domain.packages import OutboxView
    from app.ui.main_window import MainWindow

log = logging.getLogger(__name__)
LARGE_PRINT = 1.25


class Program(QObject):
    """Owns the windows: the entrance, or the main window of the office that is open."""

    ready = Signal()  # the heavy floors are loaded

    def __init__(self, folder: Path, marks: Marks | None = None, tasks: Tasks | None = None) -> None:
        super().__init__()
        self.marks = marks or Marks()
        self.offices = Offices(folder, self.marks)
        self.tasks = tasks or Tasks()
        self._collector = Collector(self)
        self.tasks.failed.connect(self._show_bug)
        self.tasks.changed.connect(self._follow)
        self.entrance: Entrance | None = None
        self.window: MainWindow | None = None
        self._entered: Entered | None = None
        self._backup_at: datetime | None = None
        self._package_at: datetime | None = None

    def start(self) -> None:
        """Show the entrance; refuses IN_USE when another copy of the program has the data open."""
        self._collector.begin()
        try:
            self.offices.hold(self.offices.office_file)
        except Refused as refused:
            if refused.reason is Reason.IN_USE:
                raise
        self._show_entrance()

    def close(self) -> None:
        """Finish all work, give the data file back, let other copies in."""
        self._close_window()
        self._leave()
        self.offices.release()
        self._collector.end()

    def show_bug(self, bug: Bug) -> None:
        """Tell of an unexpected error over whatever window is open."""
        from app.ui.crash_dialog import CrashDialog

        CrashDialog(bug, self.window or self.entrance).open()

    def _show_entrance(self) -> None:
        self.entrance = Entrance(self.offices.doors(), self.tasks)
        self.entrance.entered.connect(self._enter)
        self.entrance.painted.connect(self._entrance_painted)
        self.entrance.start()
        self.entrance.show()

    def _entrance_painted(self) -> None:
        self.marks.set("signin_painted")
        self.tasks.call_long(load_heavy).then(self._heavy_loaded, owner=self)

    def _heavy_loaded(self, _: None) -> None:
        self.marks.set("loaded")
        self.ready.emit()
        self.tasks.call_long(load_pages)

    def _enter(self, entered: Entered) -> None:
        from app.domain.office.settings import SettingKey
        from app.services.attachments.upkeep import sweep_attachments
        from app.services.exchange.outbox import sweep_outbox, view_outbox
        from app.services.journal.bin import purge_bin
        from app.services.search.renewing import renew_index
        from app.ui.main_window import MainWindow
        from app.ui.navigation import Navigator, Office
        from app.ui.signed_in import SignedIn

        self._entered = entered
        self.tasks.serve(entered.workspace)
        view, folder = entered.unlocked.office, entered.unlocked.data_file.parent
        context = SignedIn(
            tasks=self.tasks,
            navigator=Navigator(),
            actor=entered.unlocked.actor,
            office=Office(view.committee or view.name, view.node, view.kind, folder),
            unlocked=entered.unlocked,
        )
        if entered.settings.values[SettingKey.LARGE_PRINT]:
            _dress_large()
        self.window = MainWindow(context, lock_minutes=entered.settings.values[SettingKey.LOCK_MINUTES])
        self._backup_at, self._package_at = entered.backup_at, None
        self._show_status()
        self.window.unlock_asked.connect(self._unlock)
        self.window.sign_out_asked.connect(self._sign_out, Qt.ConnectionType.QueuedConnection)
        context.navigator.goto(self.window.first_place())
        self.tasks.run_long(sweep_outbox).then(owner=self.window)
        self.tasks.run_long(sweep_attachments).then(owner=self.window)
        self.tasks.run(purge_bin).then(owner=self.window)
        self.tasks.run_long(renew_index).then(owner=self.window)
        self.tasks.run(view_outbox).then(self._package_told, owner=self.window)
        self.window.show()
        if self.entrance is not None:
            self.entrance.hide()
            self.entrance.deleteLater()
            self.entrance = None

    def _show_status(self) -> None:
        from app.ui.main_window import StatusLine

        if self.window is not None:
            self.window.show_status(StatusLine(self._backup_at, self._package_at))

    def _backup_told(self, at: datetime | None) -> None:
        self._backup_at = at
        self._show_status()

    def _package_told(self, outbox: "OutboxView") -> None:
        self._package_at = outbox.last_sent_at
        self._show_status()

    def _follow(self, changes: Changes) -> None:
        from app.services.exchange.outbox import view_outbox
        from app.services.kernel.settings import read_settings

        if self.window is None:
            return
        if Topic.SETTINGS in changes:
            self.tasks.run(read_settings).then(self._settings_changed, owner=self)
        if Topic.PACKAGES in changes:
            self.tasks.run(view_outbox).then(self._package_told, owner=self.window)

    def _settings_changed(self, settings: "OfficeSettings") -> None:
        from app.domain.office.settings import SettingKey

        if self.window is not None and self._entered is not None:
            self.window.set_lock_minutes(settings.values[SettingKey.LOCK_MINUTES])
            asked = self.tasks.call(last_backup_of, settings, self._entered.unlocked.data_file)
            asked.then(self._backup_told, owner=self.window)

    def _unlock(self, passphrase: str) -> None:
        window, entered = self.window, self._entered
        if window is not None and entered is not None:
            self.tasks.call(prove_presence, entered.unlocked, passphrase).then(
                lambda _: window.unlock(), refused=window.show_unlock_refused, owner=window
            )

    def _sign_out(self) -> None:
        self._show_entrance()
        self._close_window()
        self._leave()

    def _close_window(self) -> None:
        """Take the main window away with its questions: what it still asks for finds nobody to tell."""
        self.tasks.drain()
        if self.window is not None:
            delete(self.window)
            self.window = None
        self.tasks.drain()

    def _leave(self) -> None:
        self.window = None
        self.tasks.serve(None)
        if self._entered is not None:
            self._entered.workspace.close()
            self._entered = None

    def _show_bug(self, bug: Bug) -> None:
        if self.window is None:  # the main window tells of its own
            self.show_bug(bug)


def dress(app: QApplication) -> None:
    """Give the application its name, its language and its looks."""
    app.setOrganizationName("xianghe")
    app.setApplicationName("xianghe")
    QLocale.setDefault(QLocale("zh_CN"))
    translator = QTranslator(app)  # Qt's own words: 取消, file dialogs, context menus
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app)


def _dress_large() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, LARGE_PRINT)


def _catch_bugs(program: Program) -> None:
    """Unexpected errors are logged by their places in the code and shown; the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("bug in a window", exc_info=(kind, error, trace))
        if threading.current_thread() is threading.main_thread():
            program.show_bug(bug_of(error, "window"))

    sys.excepthook = hook
    threading.excepthook = lambda told: hook(
        told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
    )


def _start_log(folder: Path) -> None:
    try:
        runtime.start_log(folder / "log")
    except OSError:
        logging.getLogger("app").addHandler(logging.NullHandler())  # a read-only place keeps no log


def main() -> int:
    """Open the program; returns its exit code."""
    if sys.platform == "linux" and os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"  # the wheel has no fcitx plugin; fcitx5 answers as ibus too
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["xianghe"])
    dress(app)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    folder = runtime.data_dir()
    _start_log(folder)
    program = Program(folder)
    _catch_bugs(program)
    try:
        program.start()
    except Refused as refused:
        return _say_closed(app, refused)
    if program.marks.file:
        driver = BenchDriver(program.marks, app)
        program.ready.connect(partial(_drive, program, driver))
    code = app.exec()
    program.close()
    return code


def _drive(program: Program, driver: BenchDriver) -> None:
    if program.entrance is not None:
        driver.sign_in(program.entrance.card)


def _say_closed(app: QApplication, refused: Refused) -> int:
    from app.ui.session.notice import Notice

    notice = Notice(refused)
    notice.show()
    app.exec()
    return 0
