"""Bring a data file to this program's schema, on our own connection, in one transaction."""

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.domain.errors import Reason, Refused


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "app.db:migrations")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def known_schema() -> str:
    """The newest schema this program knows."""
    return _script().get_current_head() or ""


def found_schema(engine: Engine) -> str | None:
    """The schema of the file; None for an empty one."""
    with engine.execution_options(write=False).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def needs_migration(engine: Engine) -> bool:
    """Whether the file is older than the program; refuses NEWER_DATA when it is newer."""
    found, known = found_schema(engine), known_schema()
    if found == known:
        return False
    if found is not None and found not in {revision.revision for revision in _script().walk_revisions()}:
        raise Refused(Reason.NEWER_DATA, found=found, known=known)
    return True


def migrate(engine: Engine) -> None:
    """Run the missing steps; an error leaves the file as it was."""
    script = _script()

    def upgrade(revision: tuple[str, ...], _: MigrationContext) -> object:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - alembic's own recipe

    with engine.begin() as connection:
        _run(script, connection, upgrade)


def _run(script: ScriptDirectory, connection: Connection, upgrade: object) -> None:
    config = Config()
    with EnvironmentContext(config, script, fn=upgrade, destination_rev="head") as environment:
        environment.configure(connection=connection, render_as_batch=True, transactional_ddl=False)
        environment.run_migrations()
