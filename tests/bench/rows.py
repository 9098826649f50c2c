"""One row of the bench: ours beside a reference of the same run; the table and the file they end in."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import thread_time


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured. `limit` is what must hold, `goal` what is aimed at; both in the unit of `ratio`."""

    id: str
    cases: int
    value: float
    unit: str
    baseline: str
    baseline_value: float
    goal: float
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by the reference."""
        return self.value / self.baseline_value

    def as_json(self) -> dict[str, object]:
        """The row as `bench.json` has it."""
        known = {**asdict(self), "ratio": round(self.ratio, 3), "met": self.ratio <= self.goal}
        known["within_limit"] = self.limit is None or self.ratio <= self.limit
        return known


def alternate(
    ours: Callable[[], object], reference: Callable[[], object], rounds: int, repeat: int = 1
) -> tuple[float, float]:
    """CPU milliseconds of one call of each, medians over `rounds`; they take turns after a warm-up."""
    ours()
    reference()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, into in zip((ours, reference), taken, strict=True):
            begun = thread_time()
            for _ in range(repeat):
                work()
            into.append((thread_time() - begun) * 1000 / repeat)
    return median(taken[0]), median(taken[1])


def table(rows: Sequence[Row]) -> str:
    """The rows for a person to read."""
    lines = ["operation | ours | reference | ratio | goal | ok"]
    for row in rows:
        ok = (
            "yes"
            if row.ratio <= row.goal
            else "within limit"
            if row.limit and row.ratio <= row.limit
            else "no"
        )
        goal = f"{row.goal:g}" + (f" (limit {row.limit:g})" if row.limit else "")
        ours, reference = (f"{value:.3g} {row.unit}" for value in (row.value, row.baseline_value))
        lines.append(f"{row.id} | {ours} | {row.baseline}: {reference} | {row.ratio:.2f} | {goal} | {ok}")
        if row.note:
            lines.append(f"    {row.note}")
    return "\n".join(lines)


def write(rows: Sequence[Row], folder: Path) -> Path:
    """Write `bench.json`: a list of rows."""
    path = folder / "bench.json"
    path.write_text(
        json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def machine() -> str:
    """What the figures were taken on, and how busy it was."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores, load {load}"
