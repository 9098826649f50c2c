"""A working session in a process of its own: signs in, goes through the pages, works while long work runs.

Prints one JSON object: the longest time without the event loop in each phase (ms), and the memory (MB).
`python -m tests.bench.session FOLDER LOGIN PASSPHRASE [pages|work]`
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import bootstrap, runtime
from tests.bench.generator import AREA, identity_number

TICK_MS = 4
JUMPS = 40
PATIENCE = 300


class Meter(QObject):
    """A timer that wants to tick every few milliseconds and notes how late it was."""

    def __init__(self) -> None:
        super().__init__()
        self._worst = (0.0, 0.0, 0.0)
        self._last = (0.0, 0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @contextmanager
    def phase(self, name: str, into: dict[str, dict[str, float]]) -> Iterator[None]:
        """Keep the longest gap of what happens inside, and how much of it was this thread's own work.

        Time in which the system gave the thread no core is no gap of the program's making and left out.
        """
        self._worst = (0.0, 0.0, 0.0)
        self._last = _clocks()
        self._timer.start()
        yield
        self._tick()
        self._timer.stop()
        gap, own, queued = (round(part, 1) for part in self._worst)
        into[name] = {"gap": gap, "own": own, "without a core": queued, "memory": round(memory()[0], 1)}

    def _tick(self) -> None:
        now = _clocks()
        wall, own, queued = (new - old for new, old in zip(now, self._last, strict=True))
        self._worst = max(self._worst, (wall - queued, own, queued))
        self._last = now


def _clocks() -> tuple[float, float, float]:
    """Milliseconds by the clock, of this thread's work, and in which it waited for a core (Linux)."""
    try:
        queued = int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e6
    except OSError:
        queued = 0.0
    return time.perf_counter() * 1000, time.thread_time() * 1000, queued


def memory() -> tuple[float, float]:
    """What the process holds now, and held at most, in MB; zeros where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0, 0.0
    known = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return int(known["VmRSS"]) / 1024, int(known["VmHWM"]) / 1024


def wait(until: Callable[[], Any]) -> None:
    """Let the event loop run until something is so."""
    loop, begun = QEventLoop(), time.monotonic()

    def look() -> None:
        if until() or time.monotonic() - begun > PATIENCE:
            loop.quit()

    poll = QTimer()
    poll.timeout.connect(look)
    poll.start(10)
    loop.exec()
    if not until():
        raise TimeoutError(until)


def rest(seconds: float) -> None:
    """Let the event loop run for a while."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() >= end)


class Session:
    """Drives the real program as a person would."""

    def __init__(self, folder: Path) -> None:
        self.phases: dict[str, dict[str, float]] = {}
        self.meter = Meter()
        self.folder = folder
        self.program = bootstrap.Program(folder)
        self._rng = random.Random(7)  # noqa: S311
        self._saved = 0

    def sign_in(self, login: str, passphrase: str) -> None:
        """From the shown window to the first list."""
        loaded: list[bool] = []
        self.program.ready.connect(lambda: loaded.append(True))
        with self.meter.phase("typing while the libraries load", self.phases):
            self.program.start()
            wait(lambda: loaded)
        with self.meter.phase("sign in", self.phases):
            card = self.program.entrance.card
            card.account.setCurrentText(login)
            card.passphrase.setText(passphrase)
            card.submit()
            wait(lambda: self.program.window is not None and self.program.window.page() is not None)
            rest(0.5)

    def pages(self) -> None:
        """Every page of the rail for the first time, then a case."""
        from app.ui.navigation import Place

        for place in Place:
            if self.program.window.allowed(place) and place not in (
                Place.SESSION,
                Place.AGREEMENT,
                Place.CASE,
            ):
                with self.meter.phase(f"first {place}", self.phases):
                    self._go(place)
                    rest(0.4)
        case_id = self._cases().table.record(0).id
        with self.meter.phase("first case", self.phases):
            self._go(Place.CASE, case_id)
            rest(0.4)

    def lists(self) -> None:
        """Sort, filter and scroll the list of all cases."""
        cases = self._cases()
        with self.meter.phase("scroll", self.phases):
            for _ in range(JUMPS):
                self._jump(cases)
        with self.meter.phase("sort and filter", self.phases):
            for column in (2, 1, 5, 6, 6):
                cases.horizontalHeader().sectionClicked.emit(column)
                rest(0.3)
        with self.meter.phase("search", self.phases):
            page = self.program.window.page()
            for text in ("王", "张伟", "邻居", "zw", ""):
                page.search.searched.emit(text)
                rest(0.3)

    def long_work(self, name: str, begin: Callable[[], Any]) -> None:
        """Work on while something long runs: scroll, and save a case."""
        cases = self._cases()
        ended: list[bool] = []
        saved: list[float] = []
        with self.meter.phase(name, self.phases):
            begin().then(done=lambda: ended.append(True), owner=self.program)
            jumps = 0
            while not ended and jumps < 2000:
                if jumps % 20 == 10:
                    self._save(saved)
                self._jump(cases)
                jumps += 1
            wait(lambda: ended)
        self.phases[name]["saved meanwhile"] = len(saved)
        self.phases[name]["slowest save"] = round(max(saved, default=0.0), 1)

    def export(self) -> Any:
        """The package of the changed cases."""
        from app.services.exchange.outbox import export_package

        return self.program.tasks.run_long(export_package)

    def back_up(self) -> Any:
        """A checked copy of the data."""
        from app.services.office.storage import backup_now

        unlocked = self.program._entered.unlocked
        return self.program.tasks.call_long(
            lambda progress: backup_now(unlocked, self.folder / "backups", progress)
        )

    def _go(self, place: Any, item: str | None = None) -> None:
        self.program.window._context.navigator.goto(place, item)

    def _cases(self) -> Any:
        from app.ui.navigation import Place

        self._go(Place.CASES)
        table = self.program.window.page().table
        wait(lambda: table.table.record(0) is not None)
        return table

    def _jump(self, cases: Any) -> None:
        bar = cases.verticalScrollBar()
        bar.setValue(self._rng.randrange(max(1, bar.maximum())))
        rest(0.05)

    def _save(self, saved: list[float]) -> None:
        from app.services.cases.register import register_case

        begun = time.perf_counter()
        request = self.program.tasks.run(register_case, self._intake())
        request.then(lambda _: saved.append((time.perf_counter() - begun) * 1000), owner=self.program)

    def _intake(self) -> Any:
        from app.domain.cases import CaseIntake, CaseSource, Channel, Consent, PartyInput, PartyRole

        self._saved += 1
        number = identity_number(f"{AREA}19800101{self._saved:03d}")
        return CaseIntake(
            parties=(
                PartyInput("a", PartyRole.APPLICANT, name="赵试一", id_no=number, phone="13900000001"),
                PartyInput("b", PartyRole.RESPONDENT, name="钱试二", consent=Consent.ORAL),
            ),
            summary="邻里之间因排水发生争执，请求调解。", type_a="02", type_b="B17",
            source=CaseSource.APPLICATION, channel=Channel.VISIT, received_at=datetime.now(UTC),
            first_contact="周国平",
        )  # fmt: skip


def main(folder: Path, login: str, passphrase: str, what: str) -> None:
    """Play the session and print what it cost."""
    runtime.set_pace()
    app = QApplication(["bench"])
    bootstrap.dress(app)
    session = Session(folder)
    session.sign_in(login, passphrase)
    session.pages()
    if what == "work":
        session.lists()
        session.long_work("package", session.export)
        session.long_work("backup", session.back_up)
    now, most = memory()
    sys.stdout.write(json.dumps({"phases": session.phases, "memory": now, "most": most}, ensure_ascii=False))
    session.program.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
