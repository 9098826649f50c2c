"""Steps of the schema on a real encrypted file: equal to the models, refused if newer, all or nothing."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.db import migrate as steps
from app.db import schema
from app.db.engine import open_connection
from app.db.keys import new_data_key
from app.db.migrate import found_schema, migrate, needs_migration
from app.db.sessions import make_engine
from app.domain.errors import Reason, Refused
from app.models.tables import Base
from app.services.cases.register import open_case, register_case
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, open_workspace, recover
from app.services.office.sign_in import Unlocked, unlock
from app.services.office.storage import check_data
from tests.conftest import PASSPHRASE, intake, township

SHADOWS = re.compile("(case|person)_search($|_)")
NEXT_STEP = '''
"""The step a later program brings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("case", recreate="always") as case:
        case.add_column(sa.Column("later", sa.String(10), nullable=True))
    op.execute('UPDATE "case" SET later = number')
    {last}
'''


@pytest.fixture
def blank(tmp_path: Path) -> Engine:
    key = new_data_key()
    open_connection(tmp_path / "blank.db", key, create=True).close()
    return make_engine(tmp_path / "blank.db", key)


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Make the program one step newer than it is."""

    def make(last: str) -> None:
        folder = tmp_path / "steps"
        folder.mkdir()
        (folder / "v0003_later.py").write_text(NEXT_STEP.format(last=last), encoding="utf-8")
        config = Config()
        config.set_main_option("script_location", "app.db:migrations")
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"app.db:migrations/versions\n{folder}")
        script = ScriptDirectory.from_config(config)
        monkeypatch.setattr(steps, "_script", lambda: script)
        for module in (steps, schema):
            monkeypatch.setattr(module, "SCHEMA", "0003")

    return make


def digest(workspace: Workspace) -> str:
    return hashlib.sha256((workspace.folder / "office.db").read_bytes()).hexdigest()


def unlocked(workspace: Workspace) -> Unlocked:
    return unlock(workspace.folder / "office.db", "admin", PASSPHRASE)


def opened(workspace: Workspace) -> Workspace:
    return open_workspace(unlocked(workspace))


def make_newer(workspace: Workspace, *more: str) -> str:
    """Pretend a later program wrote the file; gives the digest it has then."""
    with workspace._engine.begin() as connection:
        for change in ("UPDATE alembic_version SET version_num = '9001'", *more):
            connection.exec_driver_sql(change)
    workspace.close()
    return digest(workspace)


def test_the_steps_make_exactly_the_tables_of_the_models(blank: Engine) -> None:
    migrate(blank)
    with blank.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _: kind != "table" or not SHADOWS.match(name),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    assert not needs_migration(blank)
    blank.dispose()


@pytest.mark.parametrize(
    "more",
    [(), ('ALTER TABLE "user" RENAME COLUMN roles TO duties',), ("ALTER TABLE office RENAME TO offices",)],
    ids=["same tables", "other columns", "other tables"],
)
def test_a_file_of_a_newer_program_is_refused_and_not_touched(
    workspace: Workspace, more: tuple[str, ...]
) -> None:
    before = make_newer(workspace, *more)
    with pytest.raises(Refused) as caught:
        opened(workspace)
    assert caught.value.reason is Reason.NEWER_DATA
    assert caught.value.details == {"found": "9001", "known": schema.SCHEMA}
    assert digest(workspace) == before
    assert not list(workspace.folder.glob("*-wal"))


def test_the_recovery_sheet_opens_no_newer_file_either(tmp_path: Path) -> None:
    made = create_office(tmp_path / "own" / "office.db", township())
    workspace = open_workspace(unlock(made.data_file, "admin", PASSPHRASE))
    before = make_newer(workspace, 'ALTER TABLE "user" RENAME COLUMN roles TO duties')
    with pytest.raises(Refused) as caught:
        recover(made.data_file, made.recovery_secret, "admin", "another-long-passphrase-4")
    assert caught.value.reason is Reason.NEWER_DATA
    assert digest(workspace) == before


def test_a_failing_first_step_leaves_an_empty_file(blank: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    made: list[str] = []
    create_index = op.create_index

    def fails_late(name: str, *arguments: object, **options: object) -> object:
        made.append(name)
        if len(made) == 5:
            raise OSError(28, "full")
        return create_index(name, *arguments, **options)

    monkeypatch.setattr(op, "create_index", fails_late)
    with pytest.raises(OSError, match="full"):
        migrate(blank)
    assert len(made) == 5
    with blank.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    assert found_schema(blank) is None
    monkeypatch.undo()
    migrate(blank)
    assert found_schema(blank) == steps.last_step()
    blank.dispose()


def test_a_step_that_fails_in_the_middle_leaves_the_file_byte_for_byte(
    workspace: Workspace, next_step: Callable[[str], None]
) -> None:
    workspace.run(register_case, intake())
    workspace.close()
    before = digest(workspace)
    next_step('raise OSError(28, "full")')
    with pytest.raises(OSError, match="full"):
        opened(workspace)
    assert digest(workspace) == before
    assert check_data(unlocked(workspace)) == ()


def test_a_step_that_makes_a_table_anew_keeps_every_row_that_refers_to_it(
    workspace: Workspace, next_step: Callable[[str], None]
) -> None:
    case = workspace.run(register_case, intake()).value
    workspace.close()
    next_step("")
    again = opened(workspace)
    assert found_schema(again._engine) == "0003"
    assert again.run(open_case, case.id).value.parties == case.parties
    with again._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql('SELECT later FROM "case"').scalars().all() == [case.number]
    again.close()
    assert check_data(unlocked(workspace)) == ()


def test_a_step_that_breaks_a_reference_is_taken_back(
    workspace: Workspace, next_step: Callable[[str], None]
) -> None:
    workspace.run(register_case, intake())
    workspace.close()
    before = digest(workspace)
    next_step("op.execute('DELETE FROM \"case\"')")
    with pytest.raises(RuntimeError, match="refers to nothing"):
        opened(workspace)
    assert digest(workspace) == before
