"""The schema of the data file: known without the library that changes it."""

import subprocess
import sys

from app.db.migrate import SCHEMA, found_schema, last_step, needs_migration
from app.services.kernel.workspace import Workspace


def test_the_newest_schema_is_the_last_step() -> None:
    assert last_step() == SCHEMA


def test_a_new_office_has_it(workspace: Workspace) -> None:
    assert found_schema(workspace._engine) == SCHEMA
    assert not needs_migration(workspace._engine)


def test_opening_an_office_does_not_load_what_changes_schemas() -> None:
    script = "import sys, app.services.office.opening; assert 'alembic' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
