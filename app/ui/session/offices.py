"""The two data files of this PC, and what is done with them before the main window opens."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.office.offices import NewOffice
from app.domain.progress import Progress
from app.services.office.passphrases import has_office
from app.services.office.sign_in import Unlocked, hold_instance, unlock
from app.ui.clock import office_today
from app.ui.session.bench import Marks
from app.ui.session.doors import Doors, NewSheet, SampleSignIn

if TYPE_CHECKING:  # the sign-in window is painted before the heavy floors are loaded
    from filelock import FileLock

    from app.domain.office.settings import OfficeSettings
    from app.services.kernel.workspace import Workspace

HEAVY = (
    "app.services.office.opening",
    "app.services.kernel.settings",
    "app.services.office.storage",
    "app.ui.main_window",
    "app.ui.today.today_page",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """An office somebody has signed in to."""

    unlocked: Unlocked
    workspace: "Workspace"
    settings: "OfficeSettings"
    backup_at: datetime | None


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
        from app.services.kernel.settings import read_settings
        from app.services.office.opening import open_workspace
        from app.services.rules.limits import list_rules
        from app.ui.words.due_words import remind_by

        load_heavy()
        workspace = open_workspace(unlocked)
        settings = workspace.run(read_settings).value
        remind_by(row.rule for row in workspace.run(list_rules).value)
        return Entered(unlocked, workspace, settings, last_backup_of(settings, data_file))

    def make_office(self, progress: Progress, office: NewOffice) -> NewSheet:
        """Make this PC's office and its recovery sheet."""
        from app.services.papers.recovery_sheet import make_office

        made = make_office(progress, self.office_file, office, office_today())
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
        self._sample_note().write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
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
        from app.services.office.opening import recover

        recover(data_file, secret, login, passphrase)

    def _sample_note(self) -> Path:
        return self.sample_file.with_name("sample.json")


def last_backup_of(settings: "OfficeSettings", data_file: Path) -> datetime | None:
    from app.domain.office.settings import SettingKey
    from app.services.office.storage import last_backup

    folder = settings.values[SettingKey.BACKUP_FOLDER]
    return last_backup(Path(folder), data_file) if folder else None


def load_pages(_: Progress | None = None) -> None:
    """Import every page and the dialogs of a case, so that the first look at one does not hold them up."""
    from app.ui.cases.deeds import modules
    from app.ui.main_window import PAGES

    for name in [*(where.partition(":")[0] for where in PAGES.values()), *sorted(modules())]:
        import_module(name)


def load_heavy(progress: Progress | None = None) -> None:
    """Import what the main window needs, while the person still types."""
    for done, name in enumerate(HEAVY, 1):
        import_module(name)
        if progress is not None:
            progress.step(done, len(HEAVY))
