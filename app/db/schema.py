"""Which schema a data file has, told without the library that changes it."""

from typing import Any, Protocol

from app.domain.errors import Reason, Refused

SCHEMA = "0002"
"""The newest schema this program knows: the last step in `migrations/versions`; later steps sort after it."""

_MADE = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
_FOUND = "SELECT version_num FROM alembic_version"


class Reading(Protocol):
    """A connection of the driver, or one of the engine's that hands statements through."""

    def execute(self, sql: str, /) -> Any:
        """Run one statement."""


def found_schema(connection: Reading) -> str | None:
    """The schema of the file; None for an empty one."""
    if connection.execute(_MADE).fetchone() is None:
        return None
    row = connection.execute(_FOUND).fetchone()
    return None if row is None else str(row[0])


def refuse_newer(connection: Reading) -> None:
    """Refuse NEWER_DATA (found=, known=) before any table is read that a newer program may have changed.

    An office's file without a schema has lost it: DAMAGED_DATA.
    """
    found = found_schema(connection)
    if found is None:
        raise Refused(Reason.DAMAGED_DATA)
    if found > SCHEMA:
        raise Refused(Reason.NEWER_DATA, found=found, known=SCHEMA)
