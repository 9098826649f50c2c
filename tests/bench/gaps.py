"""`gap.longest` and the memory: whole working sessions, each in a process of its own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.services.sample import create_sample
from tests.bench.load import Loaded
from tests.bench.rows import Row
from tests.bench.start import PATIENCE, ROOT, environment

GAP_MS = 100.0
MEMORY_MB = 200.0
FIRST = "first "  # a page opened for the first time builds its widgets: told apart


def gap_rows(office: Loaded, out: Path, rounds: int) -> list[Row]:
    """`gap.longest`, `gap.first_pages`, `memory.large`: the best of some sessions on a copy of the office."""
    told = []
    for _ in range(rounds):
        copy = Loaded(out / "data" / "work", office.cases)
        shutil.rmtree(copy.folder, ignore_errors=True)
        shutil.copytree(office.folder, copy.folder)
        told.append(_play(copy, out, "work"))
    names = list(told[0]["phases"])
    best = {
        name: min((one["phases"][name] for one in told), key=lambda phase: phase["gap"]) for name in names
    }
    firsts = {name: phase["gap"] for name, phase in best.items() if name.startswith(FIRST)}
    rest = {name: phase["gap"] for name, phase in best.items() if name not in firsts and name != "sign in"}
    saved = "; ".join(
        f"during the {name} {best[name]['saved meanwhile']:.0f} cases saved, "
        f"slowest {best[name]['slowest save']:.0f} ms"
        for name in ("package", "backup")
    )
    return [
        _gap("gap.longest", office, rest, f"; {saved}"),
        _gap("gap.first_pages", office, {"sign in": best["sign in"]["gap"], **firsts}, ""),
        _memory("memory.large", office.cases, told, None),
    ]


def _gap(id: str, office: Loaded, gaps: dict[str, float], more: str) -> Row:
    note = ", ".join(f"{name} {gap:.0f}" for name, gap in gaps.items()) + more
    return Row(id, office.cases, max(gaps.values()), "ms", "bound", GAP_MS, 1.0, 1.0, note)


def sample_row(out: Path) -> Row:
    """`memory.sample`: every page of the sample office has been open."""
    folder = out / "data" / "sample"
    shutil.rmtree(folder, ignore_errors=True)
    made = create_sample(folder / "office.db")
    office = Loaded(folder, len(made.case_ids), made.login, made.passphrase)
    return _memory("memory.sample", office.cases, [_play(office, out, "pages")], 1.0)


def _memory(id: str, cases: int, told: list[dict[str, Any]], limit: float | None) -> Row:
    held = min(one["memory"] for one in told)
    entered = min(one["phases"]["sign in"]["memory"] for one in told)
    most = max(one["most"] for one in told)
    note = f"first page {entered:.0f} MB, at the end {held:.0f} MB, at most {most:.0f} MB"
    return Row(id, cases, held, "MB", "bound", MEMORY_MB, 1.0, limit, note)


def _play(office: Loaded, out: Path, what: str) -> dict[str, Any]:
    asked = [
        sys.executable,
        "-m",
        "tests.bench.session",
        str(office.folder),
        office.login,
        office.passphrase,
        what,
    ]
    said = subprocess.run(
        asked,
        cwd=ROOT,
        env=environment(out),
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE,
        check=False,
    )
    if said.returncode:
        raise RuntimeError(said.stderr[-2000:])
    found: dict[str, Any] = json.loads(said.stdout)
    return found
