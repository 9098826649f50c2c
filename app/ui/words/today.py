"""The words of the worklist: what is to be done, how much it presses, the parts of the list."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.today import Urgency, WorkKind, WorkPart

LABELS: dict[type[Enum], dict[Any, Any]] = {
    WorkKind: {
        WorkKind.CLOCK: QT_TRANSLATE_NOOP("labels", "时间不对"),
        WorkKind.HEARING: QT_TRANSLATE_NOOP("labels", "调解会"),
        WorkKind.DEADLINE: QT_TRANSLATE_NOOP("labels", "期限"),
        WorkKind.PAYMENT: QT_TRANSLATE_NOOP("labels", "履行"),
        WorkKind.FOLLOW_UP: QT_TRANSLATE_NOOP("labels", "回访"),
        WorkKind.RETURNED: QT_TRANSLATE_NOOP("labels", "退回"),
        WorkKind.ANSWER: QT_TRANSLATE_NOOP("labels", "待答复"),
        WorkKind.TENTATIVE: QT_TRANSLATE_NOOP("labels", "暂定"),
        WorkKind.UNSERVED: QT_TRANSLATE_NOOP("labels", "未送达"),
        WorkKind.RECUSAL: QT_TRANSLATE_NOOP("labels", "回避"),
        WorkKind.RISK: QT_TRANSLATE_NOOP("labels", "风险"),
        WorkKind.STRIKE_OFF: QT_TRANSLATE_NOOP("labels", "待审批"),
        WorkKind.SIGN: QT_TRANSLATE_NOOP("labels", "协议书"),
        WorkKind.RECORD: QT_TRANSLATE_NOOP("labels", "记录签名"),
        WorkKind.IDLE: QT_TRANSLATE_NOOP("labels", "无下一步"),
        WorkKind.DRAFT: QT_TRANSLATE_NOOP("labels", "草稿"),
        WorkKind.PACKAGE: QT_TRANSLATE_NOOP("labels", "待报送"),
        WorkKind.UNACKED: QT_TRANSLATE_NOOP("labels", "待回执"),
        WorkKind.TERM: QT_TRANSLATE_NOOP("labels", "换届"),
        WorkKind.CALENDAR: QT_TRANSLATE_NOOP("labels", "工作日历"),
        WorkKind.BACKUP: QT_TRANSLATE_NOOP("labels", "备份"),
    },
    Urgency: {
        Urgency.LATE: QT_TRANSLATE_NOOP("labels", "逾期"),
        Urgency.TODAY: QT_TRANSLATE_NOOP("labels", "今天"),
        Urgency.NEAR: QT_TRANSLATE_NOOP("labels", "临近"),
        Urgency.REST: QT_TRANSLATE_NOOP("labels", "其他"),
    },
    WorkPart: {
        WorkPart.ALL: QT_TRANSLATE_NOOP("labels", "全部"),
        WorkPart.DECIDE: QT_TRANSLATE_NOOP("labels", "待受理"),
        WorkPart.LATE: QT_TRANSLATE_NOOP("labels", "逾期"),
        WorkPart.TODAY: QT_TRANSLATE_NOOP("labels", "今天"),
        WorkPart.NEAR: QT_TRANSLATE_NOOP("labels", "临近"),
        WorkPart.AFTER: QT_TRANSLATE_NOOP("labels", "履行回访"),
        WorkPart.IDLE: QT_TRANSLATE_NOOP("labels", "无下一步"),
        WorkPart.WAITING: QT_TRANSLATE_NOOP("labels", "等待他人"),
    },
}
