"""Bring a data file to this program's schema, on our own connection, in one transaction."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection

from app.db import schema
from app.db.schema import SCHEMA
from app.domain.errors import Reason, Refused

if TYPE_CHECKING:  # alembic costs a quarter of a second and 17 MB; an up-to-date file needs none of it
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

__all__ = ["SCHEMA", "found_schema", "last_step", "migrate", "needs_migration"]


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
    held = engine.raw_connection()
    try:
        return schema.found_schema(_driver(held))
    finally:
        held.close()


def needs_migration(engine: Engine) -> bool:
    """Whether the file is older than the program; refuses NEWER_DATA when it is newer."""
    found = found_schema(engine)
    if found == SCHEMA:
        return False
    if found is not None and found not in {revision.revision for revision in _script().walk_revisions()}:
        raise Refused(Reason.NEWER_DATA, found=found, known=SCHEMA)
    return True


def migrate(engine: Engine) -> None:
    """Run the missing steps; an error leaves the file as it was.

    A step that changes a table makes it anew and drops the old one; references to it are not enforced
    meanwhile, and proved before the end.
    """
    script = _script()

    def upgrade(revision: tuple[str, ...], _: "MigrationContext") -> object:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - alembic's own recipe

    with engine.connect() as connection:
        driver = _driver(connection.connection)
        driver.execute("PRAGMA foreign_keys=OFF")  # means nothing once a transaction has begun
        try:
            with connection.begin():
                _run(script, connection, upgrade)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("a step left a row that refers to nothing")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _driver(held: PoolProxiedConnection) -> Any:
    return held.driver_connection


def _run(script: "ScriptDirectory", connection: Connection, upgrade: object) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    config = Config()
    with EnvironmentContext(config, script, fn=upgrade, destination_rev="head") as environment:
        environment.configure(connection=connection, render_as_batch=True, transactional_ddl=False)
        environment.run_migrations()
