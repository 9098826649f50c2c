"""The words of hearings, blocked times and service."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.clashes import BlockKind
from app.domain.errors import Reason
from app.domain.schedule.blocked import BlockPattern
from app.domain.schedule.service import NoticeKind, ServiceMethod

LABELS: dict[type[Enum], dict[Any, Any]] = {
    BlockKind: {
        BlockKind.MARKET: QT_TRANSLATE_NOOP("labels", "赶集日"),
        BlockKind.SEASON: QT_TRANSLATE_NOOP("labels", "农忙"),
        BlockKind.DUTY: QT_TRANSLATE_NOOP("labels", "值班"),
        BlockKind.LEAVE: QT_TRANSLATE_NOOP("labels", "请假、外出"),
        BlockKind.ROOM_CLOSED: QT_TRANSLATE_NOOP("labels", "调解室停用"),
        BlockKind.OTHER: QT_TRANSLATE_NOOP("labels", "其他"),
    },
    BlockPattern: {
        BlockPattern.SPAN: QT_TRANSLATE_NOOP("labels", "一天或一段日期"),
        BlockPattern.LAST_DIGITS: QT_TRANSLATE_NOOP("labels", "逢几（公历日期尾数）"),
        BlockPattern.WEEKDAYS: QT_TRANSLATE_NOOP("labels", "每周"),
        BlockPattern.YEARLY: QT_TRANSLATE_NOOP("labels", "每年同期"),
    },
    NoticeKind: {
        NoticeKind.FIRST: QT_TRANSLATE_NOOP("labels", "通知"),
        NoticeKind.CHANGED: QT_TRANSLATE_NOOP("labels", "变更通知"),
        NoticeKind.CANCELLED: QT_TRANSLATE_NOOP("labels", "取消通知"),
    },
    ServiceMethod: {
        ServiceMethod.DIRECT: QT_TRANSLATE_NOOP("labels", "直接送达"),
        ServiceMethod.AT_ONCE: QT_TRANSLATE_NOOP("labels", "当场告知"),
        ServiceMethod.LEFT: QT_TRANSLATE_NOOP("labels", "留置送达"),
        ServiceMethod.ELECTRONIC: QT_TRANSLATE_NOOP("labels", "电子送达"),
        ServiceMethod.MAIL: QT_TRANSLATE_NOOP("labels", "邮寄送达"),
        ServiceMethod.ENTRUSTED: QT_TRANSLATE_NOOP("labels", "委托送达"),
        ServiceMethod.FORWARDED: QT_TRANSLATE_NOOP("labels", "转交送达"),
    },
}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {
    "tentative_past": QT_TRANSLATE_NOOP("messages", "暂定的日期不能早于今天。"),
    "already_fixed": QT_TRANSLATE_NOOP("messages", "已经确定的安排不能再改为暂定；需要的话取消后重新排期。"),
    "travel_in_room": QT_TRANSLATE_NOOP("messages", "在本单位调解室不用算路途时间。"),
    "day_order": QT_TRANSLATE_NOOP("messages", "结束日期早于开始日期，请核对。"),
    "not_due": QT_TRANSLATE_NOOP("messages", "现在没有需要送达的通知。"),
}
