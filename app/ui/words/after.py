"""The words of performance, follow-up and confirmation."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.after.performance import BreachWay, DemandMethod, DutyState, Satisfaction, VisitMethod
from app.domain.confirming.confirmation import (
    ConfirmationOutcome,
    ConfirmationStage,
    Doubt,
    Jurisdiction,
    Material,
    Obstacle,
)
from app.domain.confirming.entrustment import EntrustmentResult, Organ
from app.domain.errors import Reason
from app.domain.papers.notices import ReplyResult
from app.domain.values.instalments import Every, Rest

LABELS: dict[type[Enum], dict[Any, Any]] = {
    ReplyResult: {
        ReplyResult.SETTLED: QT_TRANSLATE_NOOP("labels", "调解成功"),
        ReplyResult.PARTLY: QT_TRANSLATE_NOOP("labels", "部分达成协议"),
        ReplyResult.FAILED: QT_TRANSLATE_NOOP("labels", "调解不成"),
    },
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
    Jurisdiction: {
        Jurisdiction.INVITED: QT_TRANSLATE_NOOP("labels", "邀请调解的人民法院"),
        Jurisdiction.DOMICILE: QT_TRANSLATE_NOOP("labels", "当事人住所地基层人民法院"),
        Jurisdiction.SUBJECT: QT_TRANSLATE_NOOP("labels", "标的物所在地基层人民法院"),
        Jurisdiction.SEAT: QT_TRANSLATE_NOOP("labels", "调委会所在地基层人民法院"),
        Jurisdiction.INTERMEDIATE: QT_TRANSLATE_NOOP("labels", "相应的中级人民法院"),
    },
    Obstacle: {
        Obstacle.STATUS: QT_TRANSLATE_NOOP("labels", "确认婚姻、身份或收养关系的效力、解除"),
        Obstacle.TITLE: QT_TRANSLATE_NOOP("labels", "请求确认物权、知识产权的归属"),
        Obstacle.OUT_OF_SCOPE: QT_TRANSLATE_NOOP("labels", "不属于人民法院受理范围"),
        Obstacle.OTHER_PROCEDURE: QT_TRANSLATE_NOOP("labels", "应适用其他特别程序、公示催告或破产程序"),
    },
    Doubt: {
        Doubt.WORDS: QT_TRANSLATE_NOOP("labels", "协议中有不宜确认的字样"),
        Doubt.AGAINST_LAW: QT_TRANSLATE_NOOP("labels", "可能违反法律的强制性规定"),
        Doubt.HARMS_OTHERS: QT_TRANSLATE_NOOP("labels", "可能损害国家、社会公共利益或他人合法权益"),
        Doubt.PUBLIC_ORDER: QT_TRANSLATE_NOOP("labels", "可能违背公序良俗"),
        Doubt.NOT_FREE: QT_TRANSLATE_NOOP("labels", "可能违反自愿原则"),
        Doubt.UNCLEAR: QT_TRANSLATE_NOOP("labels", "内容不明确，难以执行"),
    },
    Material: {
        Material.APPLICATION: QT_TRANSLATE_NOOP("labels", "司法确认申请书"),
        Material.AGREEMENT: QT_TRANSLATE_NOOP("labels", "调解协议书正本"),
        Material.CERTIFICATE: QT_TRANSLATE_NOOP("labels", "调委会主持调解的证明"),
        Material.IDENTITY: QT_TRANSLATE_NOOP("labels", "当事人身份证明"),
        Material.PROPERTY: QT_TRANSLATE_NOOP("labels", "财产权利证明（涉及财产的）"),
        Material.ADDRESS: QT_TRANSLATE_NOOP("labels", "送达地址确认书"),
    },
    ConfirmationOutcome: {
        ConfirmationOutcome.VALID: QT_TRANSLATE_NOOP("labels", "裁定有效"),
        ConfirmationOutcome.REJECTED: QT_TRANSLATE_NOOP("labels", "裁定驳回"),
        ConfirmationOutcome.NOT_ACCEPTED: QT_TRANSLATE_NOOP("labels", "不予受理"),
        ConfirmationOutcome.WITHDRAWN: QT_TRANSLATE_NOOP("labels", "撤回申请"),
    },
    ConfirmationStage: {
        ConfirmationStage.NONE: QT_TRANSLATE_NOOP("labels", "未申请"),
        ConfirmationStage.PREPARED: QT_TRANSLATE_NOOP("labels", "材料已准备"),
        ConfirmationStage.APPLIED: QT_TRANSLATE_NOOP("labels", "已申请"),
        ConfirmationStage.DOCKETED: QT_TRANSLATE_NOOP("labels", "法院已受理"),
        ConfirmationStage.DECIDED: QT_TRANSLATE_NOOP("labels", "已有结果"),
    },
    Organ: {
        Organ.COURT: QT_TRANSLATE_NOOP("labels", "人民法院"),
        Organ.POLICE: QT_TRANSLATE_NOOP("labels", "公安机关"),
        Organ.PROCURATORATE: QT_TRANSLATE_NOOP("labels", "人民检察院"),
        Organ.OTHER: QT_TRANSLATE_NOOP("labels", "其他单位"),
    },
    EntrustmentResult: {
        EntrustmentResult.SETTLED: QT_TRANSLATE_NOOP("labels", "调解成功"),
        EntrustmentResult.PARTLY: QT_TRANSLATE_NOOP("labels", "部分达成"),
        EntrustmentResult.FAILED: QT_TRANSLATE_NOOP("labels", "调解不成"),
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
REASONS: dict[Reason, Any] = {
    Reason.CONFIRMATION_TOO_LATE: QT_TRANSLATE_NOOP(
        "messages",
        "没有登记：协议 {effective} 生效，最晚 {due} 申请司法确认，申请日已过期。可以继续履行或起诉。",
    ),
    Reason.CONFIRMATION_OPEN: QT_TRANSLATE_NOOP(
        "messages", "没有登记：这份协议的确认申请正在办理或已有裁定。请看页面上的办理经过。"
    ),
    Reason.NOT_EFFECTIVE: QT_TRANSLATE_NOOP(
        "messages", "没有登记：协议还没有生效，或已被新协议取代，不能申请司法确认。"
    ),
}
PROBLEMS: dict[str, Any] = {
    "must_replace": QT_TRANSLATE_NOOP(
        "messages", "原协议仍然有效：请选择“代替原协议”，否则两份协议的履行事项会重复。"
    ),
    "written_by_law": QT_TRANSLATE_NOOP("messages", "劳动、医疗纠纷的协议依法应当采用书面形式。"),
    "inviting_court_only": QT_TRANSLATE_NOOP("messages", "本案是{court}委派、委托调解的，只能向该法院申请。"),
    "no_court_invited": QT_TRANSLATE_NOOP("messages", "本案不是法院委派、委托调解的，请另选一项。"),
    "cannot_be_confirmed": QT_TRANSLATE_NOOP(
        "messages", "有这种情形的，法院不受理确认申请，不能登记。请告知当事人其他途径。"
    ),
    "apply_jointly": QT_TRANSLATE_NOOP("messages", "要由双方共同申请，还差：{names}"),
    "check_first": QT_TRANSLATE_NOOP("messages", "请先与当事人逐项核对，再勾选。"),
    "doubt_reason": QT_TRANSLATE_NOOP("messages", "有疑点仍要申请的，请写明理由。"),
    "before_effect": QT_TRANSLATE_NOOP("messages", "早于协议生效的日期，请核对。"),
    "before_application": QT_TRANSLATE_NOOP("messages", "早于申请或受理的日期，请核对。"),
    "docket_first": QT_TRANSLATE_NOOP("messages", "法院还没有受理，不会有裁定。请先登记受理。"),
    "docketed_already": QT_TRANSLATE_NOOP("messages", "法院已经受理，不能再登记不予受理。"),
    "not_enforceable": QT_TRANSLATE_NOOP(
        "messages", "协议没有经司法确认有效，也没有经公证赋予强制执行效力，不能申请强制执行。可以起诉。"
    ),
    "docket_number_needed": QT_TRANSLATE_NOOP("messages", "立案后委托的，请填写法院案号。"),
    "before_signed_for": QT_TRANSLATE_NOOP("messages", "早于签收材料的日期，请核对。"),
    "hand_back": QT_TRANSLATE_NOOP(
        "messages", "没有全部调成的，请写明原因、争议焦点和无争议事实；没有的写“无”。"
    ),
    "nothing_settled": QT_TRANSLATE_NOOP("messages", "还没有生效的协议，不能答复调解成功。"),
    "nothing_partly": QT_TRANSLATE_NOOP("messages", "没有生效的部分协议，不能答复部分达成。"),
    "not_failed": QT_TRANSLATE_NOOP("messages", "案件还没有终止，或已有生效的协议，不能答复调解不成。"),
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
