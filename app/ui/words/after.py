"""The words of performance, follow-up and confirmation."""

from enum import Enum
from typing import Any

from app.domain.errors import Reason

LABELS: dict[type[Enum], dict[Any, Any]] = {}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {}
