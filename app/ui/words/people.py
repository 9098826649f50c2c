"""The words of persons and their ties."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.errors import Reason
from app.domain.register import DoubleReason

LABELS: dict[type[Enum], dict[Any, Any]] = {
    DoubleReason: {
        DoubleReason.NUMBER: QT_TRANSLATE_NOOP("labels", "证件号码或信用代码相同"),
        DoubleReason.PHONE: QT_TRANSLATE_NOOP("labels", "电话相同"),
        DoubleReason.NAME_VILLAGE: QT_TRANSLATE_NOOP("labels", "同村同名"),
        DoubleReason.SOUND: QT_TRANSLATE_NOOP("labels", "姓名读音相同，同村或同日出生"),
    },
}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {
    "still_covered": QT_TRANSLATE_NOOP(
        "messages", "号码里有遮住的星号。请输入完整号码；不修改的，请按原样保留。"
    ),
    "two_numbers": QT_TRANSLATE_NOOP("messages", "两条的证件号码（信用代码）不同，是两个人，不能合并。"),
    "other_kind": QT_TRANSLATE_NOOP("messages", "一条是自然人，一条是单位，不能合并。"),
    "choose_person": QT_TRANSLATE_NOOP("messages", "请输入姓名或号码，再从候选里选择一人。"),
}
