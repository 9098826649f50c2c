"""The words of history, undo and the bin."""

from enum import Enum
from typing import Any

from app.domain.errors import Reason

LABELS: dict[type[Enum], dict[Any, Any]] = {}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {}
