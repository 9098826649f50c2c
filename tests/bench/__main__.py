"""`python3 run.py bench [--only ID,...] [--cases N] [--quick] [--out DIR]`."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.casework import case_rows
from tests.bench.gaps import gap_rows, sample_row
from tests.bench.lists import query_rows, scroll_row
from tests.bench.load import Loaded, loaded
from tests.bench.rows import Row, machine, table, write
from tests.bench.search import GOALS, search_rows
from tests.bench.start import start_rows

CASES, QUICK_CASES = 100_000, 10_000
ROUNDS, QUICK_ROUNDS = 9, 5
STARTS = ("start.window", "start.list")
QUERIES = ("list.open", "list.sort", "list.filter")
SCROLL = ("list.scroll",)
SEARCH = tuple(GOALS)
CASE = ("case.open", "case.save", "clash.check")
SESSION = ("gap.longest", "gap.first_pages", "memory.large")
SAMPLE = ("memory.sample",)
KNOWN = (*STARTS, *QUERIES, *SEARCH, *CASE, *SCROLL, *SESSION, *SAMPLE)
SESSIONS = 3


def main() -> int:
    """Measure what is asked for; 1 when something that must hold does not."""
    asked = _arguments()
    only = tuple(filter(None, asked.only.split(",")))
    unknown = set(only) - set(KNOWN)
    if unknown:
        sys.stderr.write(f"not measured here: {', '.join(sorted(unknown))}\n")
        return 2
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    cases = asked.cases or (QUICK_CASES if asked.quick else CASES)
    say(f"{machine()}\n{cases} invented cases ...")
    office = loaded(out / "data", cases)
    rows = [row for row in _measure(office, out, only, asked.quick) if not only or row.id in only]
    say(table(rows), f"{machine()}\n{write(rows, out)}")
    return 0 if all(row.limit is None or row.ratio <= row.limit for row in rows) else 1


def _measure(office: Loaded, out: Path, only: tuple[str, ...], quick: bool) -> list[Row]:
    rounds = QUICK_ROUNDS if quick else ROUNDS

    def asked(ids: tuple[str, ...]) -> bool:
        return not only or bool(set(only) & set(ids))

    rows: list[Row] = []
    if asked(STARTS):
        say("starts ...")
        rows += start_rows(office, out, rounds)
    if asked(QUERIES):
        say("lists ...")
        rows += query_rows(office, rounds)
    if asked(SEARCH):
        say("searches ...")
        rows += search_rows(office, rounds)
    if asked(CASE):
        rows += case_rows(office, rounds)
    if asked(SCROLL):
        rows.append(scroll_row(office, rounds))
    if asked(SESSION):
        say("working sessions ...")
        rows += gap_rows(office, out, 1 if quick else SESSIONS)
    if asked(SAMPLE):
        say("the sample office ...")
        rows.append(sample_row(out))
    return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench", description="What the program costs, as ratios.")
    parser.add_argument("--only", default="", help="ids, separated by commas")
    parser.add_argument("--cases", type=int, help=f"how many cases ({CASES})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_CASES} cases, fewer rounds")
    parser.add_argument("--out", type=Path, default=Path("bench"), help="where data and bench.json go")
    return parser.parse_args()


def say(*texts: str) -> None:
    """Print for the person."""
    sys.stdout.write("\n".join(texts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
