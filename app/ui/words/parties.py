"""The words of changes of parties and of the recusal of mediators."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.errors import Reason
from app.domain.people import Capacity
from app.domain.recusal import RecusalVerdict

LABELS: dict[type[Enum], dict[Any, Any]] = {
    Capacity: {
        Capacity.FULL: QT_TRANSLATE_NOOP("labels", "完全民事行为能力"),
        Capacity.LIMITED: QT_TRANSLATE_NOOP("labels", "限制民事行为能力"),
        Capacity.NONE: QT_TRANSLATE_NOOP("labels", "无民事行为能力"),
    },
    RecusalVerdict: {
        RecusalVerdict.OPEN: QT_TRANSLATE_NOOP("labels", "待决定"),
        RecusalVerdict.KEPT: QT_TRANSLATE_NOOP("labels", "各方同意，继续调解"),
        RecusalVerdict.REPLACED: QT_TRANSLATE_NOOP("labels", "回避，更换调解员"),
        RecusalVerdict.NOT_FOUNDED: QT_TRANSLATE_NOOP("labels", "回避事由不成立"),
        RecusalVerdict.MOOT: QT_TRANSLATE_NOOP("labels", "不再需要决定"),
    },
}
REASONS: dict[Reason, Any] = {
    Reason.PARTY_IN_AGREEMENT: QT_TRANSLATE_NOOP(
        "messages",
        "没有保存：{party}已写入本案的调解协议，不能退出或改为非当事人。需要变动的，请先处理协议。",
    ),
    Reason.RECUSAL_DECIDED: QT_TRANSLATE_NOOP(
        "messages", "没有保存：这件回避已经作出决定，请关闭后重新打开查看。"
    ),
}
PROBLEMS: dict[str, Any] = {
    "before_received": QT_TRANSLATE_NOOP("messages", "不能早于本案的登记日期。"),
    "too_many_representatives": QT_TRANSLATE_NOOP("messages", "代表人最多 {most} 名。"),
    "nobody_represented": QT_TRANSLATE_NOOP("messages", "每个人都是代表，就没有被代表的人了；请少选一名。"),
    "all_must_consent": QT_TRANSLATE_NOOP(
        "messages", "继续由其调解，须当事人全部知情并同意；请逐人勾选，或者更换调解员。"
    ),
    "replacement_needed": QT_TRANSLATE_NOOP("messages", "请选择接替的主持调解员。"),
    "not_of_this_case": QT_TRANSLATE_NOOP("messages", "只能由本案的当事人提出。"),
}
