"""The audit chain: every action leaves its link, and the file itself guards it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.engine import open_connection
from app.domain.office.drafts import DraftKind
from app.services.cases.drafts import list_drafts, save_draft
from app.services.cases.register import register_case
from app.services.exchange.outbox import sweep_outbox
from app.services.kernel.workspace import Workspace
from app.services.office.storage import check_data, verify_audit
from tests.conftest import PASSPHRASE, intake
from tests.services.stage import audited
from tests.services.untouched import rows, unlocked

ROOT = Path(__file__).resolve().parents[2]


class TestAudit:
    """Every action leaves its link, and the file itself guards the chain."""

    def test_the_chain_holds_and_the_file_refuses_to_change_it(self, workspace: Workspace) -> None:
        workspace.run(register_case, intake())
        assert workspace.run(verify_audit).value is None
        before = rows(workspace)
        for statement in ("UPDATE audit SET action = 'x' WHERE n = 1", "DELETE FROM audit"):
            with pytest.raises(Exception, match="append-only"), workspace._engine.begin() as connection:
                connection.execute(text(statement))
        assert rows(workspace) == before

    @pytest.mark.parametrize(
        ("change", "first"),
        [
            ("UPDATE audit SET object_id = 'x' WHERE n = 2", 2),
            ("UPDATE audit SET facts = '{\"failures\":7}' WHERE action = 'note_sign_in'", 2),
            ("DELETE FROM audit WHERE n = 1", 2),
            ("DELETE FROM audit WHERE n = 3", 4),
            ("UPDATE audit SET n = -1 WHERE n = 4", -1),
            ("UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE n = 1", 1),
        ],
    )
    def test_a_change_past_the_guard_is_named(self, workspace: Workspace, change: str, first: int) -> None:
        for _ in range(3):
            workspace.run(register_case, intake())
        opened = unlocked(workspace)
        workspace.close()
        connection = open_connection(opened.data_file, opened.key)
        for trigger in ("audit_no_update", "audit_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(change)
        connection.close()
        found = check_data(opened)
        assert [(one.kind, one.text) for one in found] == [("audit", str(first))]
        command = subprocess.run(
            [sys.executable, "-m", "app", "check", "--data", opened.data_file], cwd=ROOT,
            env={**os.environ, "XIANGHE_PASSPHRASE": PASSPHRASE}, capture_output=True, encoding="utf-8",
            timeout=60, check=False,
        )  # fmt: skip
        assert command.returncode == 1
        assert f"audit: {first}" in command.stdout

    def test_drafts_and_looking_leave_no_entry_but_everything_else_does(self, workspace: Workspace) -> None:
        before = len(audited(workspace))
        workspace.run(save_draft, DraftKind.INTAKE, "one", {"summary": "半句"})
        workspace.run(list_drafts)
        workspace.run(sweep_outbox)
        assert len(audited(workspace)) == before
        workspace.run(register_case, intake())
        assert audited(workspace)[-1][0] == "register_case"
