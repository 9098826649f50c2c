"""The words of performance, follow-up and confirmation."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.after.performance import BreachWay, DemandMethod, DutyState, Satisfaction, VisitMethod
from app.domain.errors import Reason
from app.domain.values.instalments import Every, Rest

LABELS: dict[type[Enum], dict[Any, Any]] = {
    DutyState: {
        DutyState.OPEN: QT_TRANSLATE_NOOP("labels", "待履行"),
        DutyState.PARTLY: QT_TRANSLATE_NOOP("labels", "部分履行"),
        DutyState.OVERDUE: QT_TRANSLATE_NOOP("labels", "已逾期"),
        DutyState.PERFORMED: QT_TRANSLATE_NOOP("labels", "已履行"),
        DutyState.RELEASED: QT_TRANSLATE_NOOP("labels", "不再履行"),
    },
    DemandMethod: {
        DemandMethod.VISIT: QT_TRANSLATE_NOOP("labels", "上门"),
        DemandMethod.PHONE: QT_TRANSLATE_NOOP("labels", "电话"),
        DemandMethod.WECHAT: QT_TRANSLATE_NOOP("labels", "微信"),
        DemandMethod.NOTICE: QT_TRANSLATE_NOOP("labels", "书面通知"),
    },
    BreachWay: {
        BreachWay.REMEDIATE: QT_TRANSLATE_NOOP("labels", "再次调解"),
        BreachWay.SUIT: QT_TRANSLATE_NOOP("labels", "向人民法院起诉"),
        BreachWay.ENFORCEMENT: QT_TRANSLATE_NOOP("labels", "申请强制执行"),
        BreachWay.PAYMENT_ORDER: QT_TRANSLATE_NOOP("labels", "申请支付令"),
    },
    VisitMethod: {
        VisitMethod.VISIT: QT_TRANSLATE_NOOP("labels", "上门"),
        VisitMethod.PHONE: QT_TRANSLATE_NOOP("labels", "电话"),
        VisitMethod.WECHAT: QT_TRANSLATE_NOOP("labels", "微信"),
    },
    Satisfaction: {
        Satisfaction.VERY: QT_TRANSLATE_NOOP("labels", "非常满意"),
        Satisfaction.GOOD: QT_TRANSLATE_NOOP("labels", "满意"),
        Satisfaction.FAIR: QT_TRANSLATE_NOOP("labels", "基本满意"),
        Satisfaction.NONE: QT_TRANSLATE_NOOP("labels", "不满意"),
    },
    Every: {
        Every.MONTH: QT_TRANSLATE_NOOP("labels", "每月一期"),
        Every.DAYS: QT_TRANSLATE_NOOP("labels", "每隔几天一期"),
    },
    Rest: {
        Rest.FIRST: QT_TRANSLATE_NOOP("labels", "并入第一期"),
        Rest.LAST: QT_TRANSLATE_NOOP("labels", "并入最后一期"),
    },
}
REASONS: dict[Reason, Any] = {}
PROBLEMS: dict[str, Any] = {
    "before_receipt": QT_TRANSLATE_NOOP("messages", "早于收到案件的日期，请核对。"),
    "before_breach": QT_TRANSLATE_NOOP("messages", "早于认定未履行的日期，请核对。"),
    "bad_instalment": QT_TRANSLATE_NOOP(
        "messages", "有一行看不懂。每行写一期：日期、空格、金额，如 2026年9月30日 1000。"
    ),
    "change_pending": QT_TRANSLATE_NOOP(
        "messages", "这份协议已有一份变更草稿。请继续办理那一份，或先把它作罢。"
    ),
    "change_in_writing": QT_TRANSLATE_NOOP("messages", "书面协议应以书面变更。"),
    "more_than_owed": QT_TRANSLATE_NOOP("messages", "多于尚未履行的 {left} 元，请核对。"),
    "nothing_owed": QT_TRANSLATE_NOOP("messages", "这一项已经履行完毕，或不再履行。"),
    "already_voided": QT_TRANSLATE_NOOP("messages", "这一笔已经作废。"),
    "not_later": QT_TRANSLATE_NOOP("messages", "应晚于现在的期限（{due}）。"),
    "both_must_agree": QT_TRANSLATE_NOOP("messages", "延期要双方都同意。一方不同意的，仍按原期限履行。"),
    "all_must_agree": QT_TRANSLATE_NOOP(
        "messages", "各方都愿意再次调解的才能调解；一方不愿意的，请选其他途径。"
    ),
    "title_needed": QT_TRANSLATE_NOOP(
        "messages", "请写明执行依据，如司法确认裁定书或赋予强制执行效力的公证债权文书的文号。"
    ),
    "not_overdue": QT_TRANSLATE_NOOP("messages", "还没有到期，不能认定未履行：{names}"),
    "follow_up_needed": QT_TRANSLATE_NOOP("messages", "只有口头协议或当场履行的，才可以不回访。请登记回访。"),
}
