"""The words of search, filters and columns."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.errors import Reason

LABELS: dict[type[Enum], dict[Any, Any]] = {}
REASONS: dict[Reason, Any] = {
    Reason.LIST_TOO_LONG: QT_TRANSLATE_NOOP(
        "messages", "没有打印：清单超过 {most} 行。请先筛选，或导出 Excel。"
    ),
}
PROBLEMS: dict[str, Any] = {}
