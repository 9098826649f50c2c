"""The SQLAlchemy engine over the encrypted data file."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.db.engine import open_connection


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine for an existing data file; the key lives in its closure only.

    A transaction takes the writer's place at once (`BEGIN IMMEDIATE`) unless the connection carries the
    execution option `write=False`; then it only reads. Connecting raises what `open_connection` raises.
    """

    def connect() -> sqlcipher.Connection:
        return open_connection(path, key)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=2,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def write_back(engine: Engine) -> None:
    """Move the write-ahead log into the data file, when idle; `engine.dispose()` does the same at the end."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
