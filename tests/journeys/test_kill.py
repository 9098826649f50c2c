"""The program is ended without warning at any moment: what it acknowledged is there at the next start."""

import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.lists import CaseQuery
from app.domain.office.drafts import DraftKind
from app.domain.office.offices import NewOffice
from app.domain.values.numbers import Series
from app.services.cases.drafts import list_drafts
from app.services.cases.listing import case_rows, list_case_ids
from app.services.cases.register import register_case
from app.services.kernel.numbering import list_numbers
from app.services.office.opening import open_workspace
from app.services.office.sign_in import hold_instance, unlock
from app.services.office.storage import check_data
from tests.conftest import PASSPHRASE, THE_DAY, Clock, intake, township

ROOT = Path(__file__).resolve().parents[2]
KILLS = 6
AT_WORK = """
import sys
from itertools import count
from pathlib import Path
from app.domain.office.drafts import DraftKind
from app.services.cases.drafts import save_draft
from app.services.cases.register import register_case
from app.services.office.opening import open_workspace
from app.services.office.sign_in import hold_instance, unlock
from tests.conftest import PASSPHRASE, Clock, intake
data = Path(sys.argv[1])
lock = hold_instance(data)
workspace = open_workspace(unlock(data, "admin", PASSPHRASE), Clock())
print("go", flush=True)
for turn in count():
    workspace.run(save_draft, DraftKind.INTAKE, "one", {"turn": turn, "summary": "半句话" * 200})
    print("draft", turn, flush=True)
    print("case", workspace.run(register_case, intake()).value.number, flush=True)
"""


def work_until_killed(data_file: Path, seconds: float) -> tuple[int, list[str]]:
    """The last draft and the cases a program told of before it was ended in the middle of its work."""
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(data_file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "go\n"
        timer = threading.Timer(seconds, program.kill)
        timer.start()
        told = [
            line.split() for line in program.stdout.read().splitlines(keepends=True) if line.endswith("\n")
        ]
        timer.cancel()
    assert program.returncode == -signal.SIGKILL
    drafts = [int(what) for kind, what in told if kind == "draft"]
    return drafts[-1] if drafts else -1, [what for kind, what in told if kind == "case"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_every_acknowledged_case_and_the_last_draft_survive(
    tmp_path: Path, made_offices: Callable[[NewOffice], Path]
) -> None:
    data_file = tmp_path / "office" / "office.db"
    shutil.copytree(made_offices(township()), data_file.parent)
    chance = random.Random(7)  # noqa: S311 - moments of power cuts, not secrets
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        draft, numbers = work_until_killed(data_file, chance.uniform(0.02, 1.5))
        assert not acknowledged & set(numbers), "a number was given twice"
        acknowledged |= set(numbers)
        lock = hold_instance(data_file)  # the dead program holds nothing
        opened = unlock(data_file, "admin", PASSPHRASE)
        assert check_data(opened) == ()
        workspace = open_workspace(opened, Clock())
        ids = tuple(workspace.run(list_case_ids, CaseQuery()).value)
        stored = {row.number for row in workspace.run(case_rows, ids).value}
        assert acknowledged <= stored
        # at most the case of each kill may be there whose line the dying program could not tell
        assert len(stored) <= len(acknowledged) + KILLS
        issued = workspace.run(list_numbers, Series.CASE, THE_DAY.year).value
        assert [row.seq for row in issued] == list(range(1, len(stored) + 1))
        if draft >= 0:
            (kept,) = workspace.run(list_drafts, DraftKind.INTAKE).value
            assert kept.body["turn"] in (draft, draft + 1)
        acknowledged.add(workspace.run(register_case, intake()).value.number)
        workspace.close()
        lock.release()
    assert len(acknowledged) > KILLS, "nothing was ever acknowledged"
