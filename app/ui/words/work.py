"""The words of visits, investigations, evidence, risks and consultations."""

from enum import Enum
from typing import Any

from app.domain.errors import Reason

LABELS: dict[type[Enum], dict[Any, Any]] = {}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {}
