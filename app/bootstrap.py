"""The only place that wires: looks, sign-in, workspace, main window, sign-out; only `__main__` imports it."""

import json
import logging
import os
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import delete
from typing_extensions import override

from app import runtime
from app.db.keys import key_slots_path, recovery_path, write_safely
from app.domain.changes import Changes, Topic
from app.domain.errors import Reason, Refused
from app.domain.offices import NewOffice
from app.domain.progress import Progress
from app.services.passphrases import prove_presence
from app.services.sign_in import Unlocked, hold_instance, unlock
from app.ui import theme
from app.ui.session.doors import Doors, NewSheet, SampleSignIn
from app.ui.session.entrance import Entrance
from app.ui.tasks import Bug, Tasks, bug_of

if TYPE_CHECKING:  # the sign-in window is painted before the heavy floors are loaded
    from filelock import FileLock

    from app.domain.settings import OfficeSettings
    from app.services.workspace import Workspace
    from app.ui.main_window import MainWindow

log = logging.getLogger(__name__)
HEAVY = ("app.services.opening", "app.services.settings", "app.ui.main_window")
LARGE_PRINT = 1.25


@dataclass(frozen=True, slots=True)
class Entered:
    """An office somebody has signed in to."""

    unlocked: Unlocked
    workspace: "Workspace"
    settings: "OfficeSettings"
    backup_at: datetime | None


class Marks:
    """Points of the start for the bench: with `XIANGHE_BENCH_MARK` each is a line `name wall_ns cpu_s`."""

    def __init__(self) -> None:
        self.file = os.environ.get("XIANGHE_BENCH_MARK")

    def set(self, name: str) -> None:
        """Note that this point was reached now."""
        if self.file:
            with Path(self.file).open("a", encoding="utf-8") as marks:
                marks.write(f"{name} {time.perf_counter_ns()} {time.process_time()}\n")


class Offices:
    """The two data files of this PC, and what may be done with them before anybody has signed in."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        self.office_file = folder / "office.db"
        self.sample_file = folder / "sample" / "office.db"
        self._marks = marks
        self._lock: FileLock | None = None
        self._held: Path | None = None

    def doors(self) -> Doors:
        """What the windows before sign-in are handed."""
        return Doors(
            office_file=self.office_file,
            sample_file=self.sample_file,
            hold=self.hold,
            has_office=has_office,
            sample_sign_in=self.sample_sign_in,
            enter=self.enter,
            make_office=self.make_office,
            make_sample=self.make_sample,
            recover=self.recover,
        )

    def hold(self, data_file: Path) -> None:
        """Keep other copies of the program off this file, and let go of the one held before."""
        if data_file == self._held:
            return
        lock = hold_instance(data_file)
        self.release()
        self._lock, self._held = lock, data_file

    def release(self) -> None:
        """Let other copies of the program in."""
        if self._lock is not None:
            self._lock.release()
        self._lock = self._held = None

    def enter(self, data_file: Path, login: str, passphrase: str) -> Entered:
        """Unlock the file and open it as a workspace, with everything the main window is made of loaded."""
        unlocked = unlock(data_file, login, passphrase)
        self._marks.set("unlocked")
        from app.services.opening import open_workspace
        from app.services.settings import read_settings

        load_heavy()
        workspace = open_workspace(unlocked)
        settings = workspace.run(read_settings).value
        return Entered(unlocked, workspace, settings, _last_backup(settings))

    def make_office(self, progress: Progress, office: NewOffice) -> NewSheet:
        """Make this PC's office and its recovery sheet."""
        from app.services.recovery_sheet import make_office

        made = make_office(progress, self.office_file, office, date.today())
        return NewSheet(made.created.data_file, made.sheet)

    def make_sample(self, progress: Progress) -> SampleSignIn:
        """Make the sample office in its own folder, and keep how it is entered beside it."""
        known = self.sample_sign_in()
        if known is not None and has_office(self.sample_file):
            return known
        from app.services.sample import create_sample

        made = create_sample(self.sample_file, progress)
        sample = SampleSignIn(made.data_file, made.login, made.passphrase)
        written = {**asdict(sample), "data_file": made.data_file.name}
        write_safely(self._sample_note(), json.dumps(written, ensure_ascii=False).encode())
        return sample

    def sample_sign_in(self) -> SampleSignIn | None:
        """How the sample office is entered, when there is one."""
        try:
            note = json.loads(self._sample_note().read_bytes())
            return SampleSignIn(self.sample_file, str(note["login"]), str(note["passphrase"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def recover(self, data_file: Path, secret: str, login: str, passphrase: str) -> None:
        """Give an administrator a new passphrase by the recovery sheet."""
        from app.services.opening import recover

        recover(data_file, secret, login, passphrase)

    def _sample_note(self) -> Path:
        return self.sample_file.with_name("sample.json")


def has_office(data_file: Path) -> bool:
    """Whether an office was made here; a file without slots and recovery was never finished."""
    return key_slots_path(data_file).exists() or recovery_path(data_file).exists()


def _last_backup(settings: "OfficeSettings") -> datetime | None:
    from app.domain.settings import SettingKey
    from app.services.storage import last_backup

    folder = settings.values[SettingKey.BACKUP_FOLDER]
    return last_backup(Path(folder)) if folder else None


def load_heavy(progress: Progress | None = None) -> None:
    """Import what the main window needs, while the person still types."""
    for done, name in enumerate(HEAVY, 1):
        import_module(name)
        if progress is not None:
            progress.step(done, len(HEAVY))


class Program(QObject):
    """Owns the windows: the entrance, or the main window of the office that is open."""

    ready = Signal()  # the heavy floors are loaded

    def __init__(self, folder: Path, marks: Marks | None = None, tasks: Tasks | None = None) -> None:
        super().__init__()
        self.marks = marks or Marks()
        self.offices = Offices(folder, self.marks)
        self.tasks = tasks or Tasks()
        self.tasks.failed.connect(self._show_bug)
        self.tasks.changed.connect(self._follow_settings)
        self.entrance: Entrance | None = None
        self.window: MainWindow | None = None
        self._entered: Entered | None = None

    def start(self) -> None:
        """Show the entrance; refuses IN_USE when another copy of the program has the data open."""
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

    def _enter(self, entered: Entered) -> None:
        from app.domain.settings import SettingKey
        from app.services.packages import sweep_outbox
        from app.ui.main_window import MainWindow
        from app.ui.navigation import Navigator, Office, Place
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
        self._show_status(entered.backup_at)
        self.window.unlock_asked.connect(self._unlock)
        self.window.sign_out_asked.connect(self._sign_out, Qt.ConnectionType.QueuedConnection)
        context.navigator.goto(Place.TODAY)
        self.tasks.run_long(sweep_outbox).then(owner=self.window)
        self.window.show()
        if self.entrance is not None:
            self.entrance.hide()
            self.entrance.deleteLater()
            self.entrance = None

    def _show_status(self, backup_at: datetime | None) -> None:
        from app.ui.main_window import StatusLine

        if self.window is not None:
            self.window.show_status(StatusLine(backup_at=backup_at))

    def _follow_settings(self, changes: Changes) -> None:
        from app.services.settings import read_settings

        if Topic.SETTINGS in changes and self.window is not None:
            self.tasks.run(read_settings).then(self._settings_changed, owner=self)

    def _settings_changed(self, settings: "OfficeSettings") -> None:
        from app.domain.settings import SettingKey

        if self.window is not None:
            self.window.set_lock_minutes(settings.values[SettingKey.LOCK_MINUTES])
            self.tasks.call(_last_backup, settings).then(self._show_status, owner=self.window)

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


class BenchDriver(QObject):
    """Signs in by itself and quits when the first list is painted, so that a start can be measured.

    It signs in when the heavy floors are loaded, as a person does who needs some seconds to type.
    """

    def __init__(self, program: Program, app: QApplication) -> None:
        super().__init__()
        self._program = program
        self._app = app
        program.ready.connect(self.sign_in)
        app.installEventFilter(self)

    def sign_in(self) -> None:
        """Type account and passphrase of the environment."""
        entrance = self._program.entrance
        if entrance is not None:
            entrance.card.account.setCurrentText(os.environ["XIANGHE_LOGIN"])
            entrance.card.passphrase.setText(os.environ["XIANGHE_PASSPHRASE"])
            entrance.card.submit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            table = watched.parent()
            if isinstance(table, QAbstractItemView) and self._filled(table):
                self._app.removeEventFilter(self)
                QTimer.singleShot(0, self._painted)
        return False

    def _filled(self, table: QAbstractItemView) -> bool:
        from app.ui.kit.table import WAITING

        model = table.model()
        return model is not None and model.rowCount() > 0 and model.index(0, 0).data() != WAITING

    def _painted(self) -> None:
        self._program.marks.set("list_painted")
        if os.environ.get("XIANGHE_BENCH_QUIT") == "1":
            self._app.quit()


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
    driver = BenchDriver(program, app) if program.marks.file else None
    code = app.exec()
    program.close()
    del driver
    return code


def _say_closed(app: QApplication, refused: Refused) -> int:
    from app.ui.session.notice import Notice

    notice = Notice(refused)
    notice.show()
    app.exec()
    return 0
