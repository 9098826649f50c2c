"""Bring a data file to this program's schema, on our own connection, in one transaction."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from app.domain.errors import Reason, Refused

if TYPE_CHECKING:  # alembic costs a quarter of a second and 17 MB; an up-to-date file needs none of it
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

SCHEMA = "0001"
"""The newest schema this program knows: the last step in `migrations/versions`."""

_MADE = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
_FOUND = "SELECT version_num FROM alembic_version"


def _script() -> "ScriptDirectory":
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "app.db:migrations")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def last_step() -> str:
    """The last step in the folder of steps, which `SCHEMA` must name."""
    return _script().get_current_head() or ""


def found_schema(engine: Engine) -> str | None:
    """The schema of the file; None for an empty one."""
    with engine.execution_options(write=False).connect() as connection:
        if connection.exec_driver_sql(_MADE).first() is None:
            return None
        row = connection.exec_driver_sql(_FOUND).first()
    return None if row is None else str(row[0])


def needs_migration(engine: Engine) -> bool:
    """Whether the file is older than the program; refuses NEWER_DATA when it is newer."""
    found = found_schema(engine)
    if found == SCHEMA:
        return False
    if found is not None and found not in {revision.revision for revision in _script().walk_revisions()}:
        raise Refused(Reason.NEWER_DATA, found=found, known=SCHEMA)
    return True


def migrate(engine: Engine) -> None:
    """Run the missing steps; an error leaves the file as it was."""
    script = _script()

    def upgrade(revision: tuple[str, ...], _: "MigrationContext") -> object:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - alembic's own recipe

    with engine.begin() as connection:
        _run(script, connection, upgrade)


def _run(script: "ScriptDirectory", connection: Connection, upgrade: object) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    config = Config()
    with EnvironmentContext(config, script, fn=upgrade, destination_rev="head") as environment:
        environment.configure(connection=connection, render_as_batch=True, transactional_ddl=False)
        environment.run_migrations()
