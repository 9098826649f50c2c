"""What every table shares: names of constraints, ids, row versions, column types."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps it without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC without zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """Small lists and dicts as text with stable key order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write compact JSON."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read JSON."""
        return None if value is None else json.loads(value)


_last = [0, 0]  # millisecond and count within it
_COUNTS = 1 << 12


def new_id() -> str:
    """A time-ordered id (RFC 9562 version 7): new rows lie together, one action's rows keep their order."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    _last[:] = [now, 0] if now > _last[0] else [_last[0], _last[1] + 1]
    if _last[1] == _COUNTS:
        _last[:] = [_last[0] + 1, 0]
    value = (_last[0] << 80) | (0x7 << 76) | (_last[1] << 64) | (0b10 << 62) | (uuid4().int >> 66)
    return str(UUID(int=value))


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=CONVENTION)


class Identified:
    """A row known by a time-ordered id."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)


class Versioned(Identified):
    """A row whose edit forms carry the version they read; a save over a newer row is refused."""

    row_version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.row_version}


class Synced(Versioned):
    """A row that travels inside its case's bundle (docs/package-format.md)."""

    case_id: Mapped[str]
