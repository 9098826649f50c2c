"""Starts: the program as a fresh process to its sign-in window and its first list, beside the bare window."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Loaded
from tests.bench.rows import Row

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
WINDOW_LIMIT, WINDOW_GOAL = 1.5, 1.3
LIST_LIMIT, LIST_GOAL = 3.0, 2.0


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a start: milliseconds since the process was begun, by the clock and by the processor."""

    wall: float
    cpu: float


def environment(out: Path) -> dict[str, str]:
    """What every measured process runs in: offscreen, compiled once into the bench's own folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XIANGHE"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(out / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false",
        "XDG_CONFIG_HOME": str(out / "config"),
    }


def bare_start(out: Path) -> Point:
    """The bare window, from the begin of its process to the end of its first painting."""
    begun = time.perf_counter_ns()
    said = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "bench" / "bare.py")],
        env=environment(out), capture_output=True, text=True, check=True, timeout=PATIENCE,
    ).stdout.split()  # fmt: skip
    return Point((int(said[1]) - begun) / 1e6, float(said[2]) * 1000)


@contextmanager
def started(office: Loaded, out: Path, *, stay: bool) -> Iterator[tuple[subprocess.Popen[bytes], Path, int]]:
    """The program on an office; it signs in by itself. Gives the process, its marks and when it was begun."""
    marks = out / "marks.txt"
    marks.unlink(missing_ok=True)
    asked = {
        "XIANGHE_DATA": str(office.folder),
        "XIANGHE_LOGIN": office.login,
        "XIANGHE_PASSPHRASE": office.passphrase,
        "XIANGHE_BENCH_MARK": str(marks),
        "XIANGHE_BENCH_QUIT": "" if stay else "1",
    }
    begun = time.perf_counter_ns()
    with (out / "start.log").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app"], env={**environment(out), **asked}, stderr=said
        )
    try:
        yield process, marks, begun
    finally:
        process.kill()
        process.wait()


def own_start(office: Loaded, out: Path) -> dict[str, Point]:
    """The points of one start, to the painted list."""
    with started(office, out, stay=False) as (process, marks, begun):
        process.wait(PATIENCE)
        return read_points(marks, begun)


def read_points(marks: Path, begun: int) -> dict[str, Point]:
    """What the program noted by `XIANGHE_BENCH_MARK`."""
    points = {}
    for line in marks.read_text(encoding="utf-8").splitlines() if marks.exists() else ():
        name, wall, cpu = line.split()
        points[name] = Point((int(wall) - begun) / 1e6, float(cpu) * 1000)
    return points


def start_rows(office: Loaded, out: Path, rounds: int) -> list[Row]:
    """`start.window` and `start.list`: the least of the rounds, which take turns after one warm-up.

    The list is counted from the unlocked key (the passphrase's own cost is by design) and after the pause in
    which a person types; the libraries are loaded in that pause.
    """
    bare_start(out)
    own_start(office, out)
    bares, owns = [], []
    for _ in range(rounds):
        bares.append(bare_start(out))
        owns.append(own_start(office, out))
    bare = min(point.wall for point in bares)
    window = min(points["signin_painted"].wall for points in owns)
    shown = min(points["list_painted"].wall - points["unlocked"].wall for points in owns)
    loaded = min(points["loaded"].wall for points in owns)
    cpu = min(points["signin_painted"].cpu for points in owns) / min(point.cpu for point in bares)
    list_cpu = min(points["list_painted"].cpu - points["unlocked"].cpu for points in owns)
    return [
        Row(
            "start.window", office.cases, window, "ms", "bare window", bare, WINDOW_GOAL, WINDOW_LIMIT,
            f"by processor time {cpu:.2f}; everything loaded at {loaded:.0f} ms",
        ),
        Row(
            "start.list", office.cases, shown, "ms", "bare window", bare, LIST_GOAL, LIST_LIMIT,
            f"from the unlocked key, libraries loaded while one types; processor {list_cpu:.0f} ms",
        ),
    ]  # fmt: skip
