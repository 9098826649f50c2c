"""The words of time limits and calendars."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.deadlines import ExtensionNeed, RuleCode
from app.domain.errors import Reason
from app.domain.values.calendar import Roll, Unit
from app.domain.values.counting import Trigger

LABELS: dict[type[Enum], dict[Any, Any]] = {
    RuleCode: {
        RuleCode.ACKNOWLEDGE: QT_TRANSLATE_NOOP("labels", "受理期限"),
        RuleCode.MEDIATE: QT_TRANSLATE_NOOP("labels", "调解期限"),
        RuleCode.MEDIATE_LABOUR: QT_TRANSLATE_NOOP("labels", "劳动争议调解期限"),
        RuleCode.MEDIATE_MEDICAL: QT_TRANSLATE_NOOP("labels", "医疗纠纷调解期限"),
        RuleCode.COURT_PRE: QT_TRANSLATE_NOOP("labels", "法院委派调解期限"),
        RuleCode.COURT_ORDINARY: QT_TRANSLATE_NOOP("labels", "法院委托调解期限（普通程序）"),
        RuleCode.COURT_SIMPLE: QT_TRANSLATE_NOOP("labels", "法院委托调解期限（简易程序）"),
        RuleCode.CONFIRM: QT_TRANSLATE_NOOP("labels", "司法确认期限"),
        RuleCode.CONFIRM_RULING: QT_TRANSLATE_NOOP("labels", "法院审查期限"),
        RuleCode.PERFORM: QT_TRANSLATE_NOOP("labels", "履行期限"),
        RuleCode.FOLLOW_UP: QT_TRANSLATE_NOOP("labels", "回访期限"),
        RuleCode.LEVEL_1: QT_TRANSLATE_NOOP("labels", "四级七天（网格）"),
        RuleCode.LEVEL_2: QT_TRANSLATE_NOOP("labels", "四级七天（村、社区）"),
        RuleCode.LEVEL_3: QT_TRANSLATE_NOOP("labels", "四级七天（司法所、镇调委会）"),
        RuleCode.LEVEL_4: QT_TRANSLATE_NOOP("labels", "四级七天（镇中心）"),
        RuleCode.WHISTLE: QT_TRANSLATE_NOOP("labels", "吹哨答复期限"),
        RuleCode.FEEDBACK: QT_TRANSLATE_NOOP("labels", "承办单位答复期限"),
        RuleCode.PETITION_FORWARD: QT_TRANSLATE_NOOP("labels", "信访登记转送期限"),
        RuleCode.PETITION: QT_TRANSLATE_NOOP("labels", "信访办理期限"),
        RuleCode.PETITION_EXTENDED: QT_TRANSLATE_NOOP("labels", "信访办理期限（已延长）"),
        RuleCode.PETITION_OBJECT: QT_TRANSLATE_NOOP("labels", "信访转送异议期限"),
        RuleCode.REFILE: QT_TRANSLATE_NOOP("labels", "归档期限"),
        RuleCode.TERM: QT_TRANSLATE_NOOP("labels", "调委会任期"),
        RuleCode.HEARING: QT_TRANSLATE_NOOP("labels", "调解会"),
    },
    ExtensionNeed: {
        ExtensionNeed.NONE: QT_TRANSLATE_NOOP("labels", "不能延长"),
        ExtensionNeed.ALL_PARTIES: QT_TRANSLATE_NOOP("labels", "各方同意，主任批准"),
        ExtensionNeed.BOTH_PARTIES: QT_TRANSLATE_NOOP("labels", "双方同意"),
        ExtensionNeed.CHAIR: QT_TRANSLATE_NOOP("labels", "负责人批准"),
        ExtensionNeed.COURT_PRESIDENT: QT_TRANSLATE_NOOP("labels", "法院院长批准"),
    },
    Trigger: {
        Trigger.RECEIVED: QT_TRANSLATE_NOOP("labels", "收到申请之日"),
        Trigger.ACCEPTED: QT_TRANSLATE_NOOP("labels", "受理之日"),
        Trigger.SIGNED_FOR: QT_TRANSLATE_NOOP("labels", "调解员签收材料之日"),
        Trigger.EFFECTIVE: QT_TRANSLATE_NOOP("labels", "协议生效之日"),
        Trigger.DOCKETED: QT_TRANSLATE_NOOP("labels", "法院立案之日"),
        Trigger.OWED: QT_TRANSLATE_NOOP("labels", "约定履行之日"),
        Trigger.PERFORMED: QT_TRANSLATE_NOOP("labels", "履行完毕之日"),
        Trigger.LEVEL: QT_TRANSLATE_NOOP("labels", "到本级之日"),
        Trigger.SENT: QT_TRANSLATE_NOOP("labels", "发出之日"),
        Trigger.CLOSED: QT_TRANSLATE_NOOP("labels", "结案之日"),
        Trigger.TERM: QT_TRANSLATE_NOOP("labels", "任期开始之日"),
        Trigger.EXTENDED: QT_TRANSLATE_NOOP("labels", "原期限届满之日"),
        Trigger.FIXED: QT_TRANSLATE_NOOP("labels", "定下的日期"),
    },
    Unit: {
        Unit.DAY: QT_TRANSLATE_NOOP("labels", "日"),
        Unit.WORKING_DAY: QT_TRANSLATE_NOOP("labels", "工作日"),
        Unit.MONTH: QT_TRANSLATE_NOOP("labels", "个月"),
        Unit.YEAR: QT_TRANSLATE_NOOP("labels", "年"),
    },
    Roll: {
        Roll.NEXT_WORKING_DAY: QT_TRANSLATE_NOOP("labels", "顺延到工作日"),
        Roll.NONE: QT_TRANSLATE_NOOP("labels", "不顺延"),
    },
}
REASONS: dict[Reason, Any] = {
    Reason.LIMIT_FIXED: QT_TRANSLATE_NOOP(
        "messages", "没有延长：法律没有规定{rule}可以延长。请在期限内办完。"
    ),
    Reason.LIMIT_NOT_RUNNING: QT_TRANSLATE_NOOP("messages", "没有延长：本案现在没有{rule}。请回到案件核对。"),
    Reason.LIMIT_OVER: QT_TRANSLATE_NOOP(
        "messages", "没有延长：{rule}已于{day}届满，届满后不能再延长。请按逾期处理并告知当事人。"
    ),
    Reason.BAD_CALENDAR: QT_TRANSLATE_NOOP(
        "messages", "没有导入：{what}。原来的工作日历没有变动，请改好文件再导入。"
    ),
}
PROBLEMS: dict[str, Any] = {
    "warning_too_far": QT_TRANSLATE_NOOP("messages", "提醒日离最后一天太远，请不超过 {most} 天。"),
    "limit_of_law": QT_TRANSLATE_NOOP("messages", "这是法定期限（{basis}），只能改提醒的日子。"),
    "extension_too_long": QT_TRANSLATE_NOOP("messages", "延长应为 1 至 {most}，请核对。"),
    "extension_not_agreed": QT_TRANSLATE_NOOP("messages", "还缺{names}的同意，不能延长。"),
    "extension_used_up": QT_TRANSLATE_NOOP("messages", "已经延长到最长，不能再延长。"),
    "calendar_large": QT_TRANSLATE_NOOP("messages", "文件太大，放假安排表不超过 {most} MB"),
    "calendar_unreadable": QT_TRANSLATE_NOOP(
        "messages", "文件看不懂，应是放假安排的 JSON、CSV 或 Excel 表，第一行写“日期、类型、名称”"
    ),
    "calendar_empty": QT_TRANSLATE_NOOP("messages", "文件里没有放假安排"),
    "calendar_long": QT_TRANSLATE_NOOP("messages", "表太长，一年的放假安排不超过 {most} 行"),
    "calendar_columns": QT_TRANSLATE_NOOP("messages", "第一行应写明“日期、类型、名称”三栏"),
    "calendar_day": QT_TRANSLATE_NOOP("messages", "第 {line} 行的日期看不懂，请写成 2027-01-01"),
    "calendar_kind": QT_TRANSLATE_NOOP("messages", "第 {line} 行的类型应是“放假”“法定”或“上班”"),
    "calendar_years": QT_TRANSLATE_NOOP("messages", "一张表只放一年，第 {line} 行是另一年的日期"),
    "calendar_year": QT_TRANSLATE_NOOP("messages", "年份 {year} 超出范围"),
    "calendar_outside": QT_TRANSLATE_NOOP("messages", "{day}不在 {year} 年（可含上年 12 月）"),
    "calendar_contradiction": QT_TRANSLATE_NOOP(
        "messages", "{day}前后矛盾：又放假又上班，或法定节日没有放假"
    ),
    "calendar_no_weekend": QT_TRANSLATE_NOOP("messages", "{day}不是周末，不会是调休上班日"),
    "calendar_span": QT_TRANSLATE_NOOP("messages", "从{day}起的假期起止不对或太长"),
    "bad_warnings": QT_TRANSLATE_NOOP("messages", "请写成 -7、-1、1 这样的天数，用顿号或逗号隔开。"),
}
