"""The words of history, undo and the bin."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.errors import Reason
from app.domain.office.drafts import DraftKind
from app.domain.office.journal import ActionName, FieldName
from app.ui.words.fields import COLUMNS, SPECIAL, TABLES

# What a person did, by the use case that did it: 撤销“记录走访”.
ACTIONS: dict[str, Any] = {
    "declare_breach": QT_TRANSLATE_NOOP("actions", "登记未履行"),
    "take_breach_way": QT_TRANSLATE_NOOP("actions", "选定未履行后的途径"),
    "prepare_confirmation": QT_TRANSLATE_NOOP("actions", "准备司法确认材料"),
    "apply_confirmation": QT_TRANSLATE_NOOP("actions", "登记司法确认申请"),
    "docket_confirmation": QT_TRANSLATE_NOOP("actions", "登记法院受理"),
    "decide_confirmation": QT_TRANSLATE_NOOP("actions", "登记司法确认结果"),
    "record_entrustment": QT_TRANSLATE_NOOP("actions", "登记委托调解"),
    "answer_entrustment": QT_TRANSLATE_NOOP("actions", "答复委托单位"),
    "record_follow_up": QT_TRANSLATE_NOOP("actions", "记录回访"),
    "skip_follow_up": QT_TRANSLATE_NOOP("actions", "登记不回访"),
    "record_receipt": QT_TRANSLATE_NOOP("actions", "记录履行"),
    "void_receipt": QT_TRANSLATE_NOOP("actions", "作废履行记录"),
    "postpone_obligation": QT_TRANSLATE_NOOP("actions", "约定延期履行"),
    "release_obligation": QT_TRANSLATE_NOOP("actions", "免除履行"),
    "perform_at_once": QT_TRANSLATE_NOOP("actions", "登记当场履行"),
    "record_demand": QT_TRANSLATE_NOOP("actions", "记录督促"),
    "record_signatures": QT_TRANSLATE_NOOP("actions", "登记签名"),
    "save_agreement": QT_TRANSLATE_NOOP("actions", "保存协议"),
    "amend_agreement": QT_TRANSLATE_NOOP("actions", "修改协议"),
    "record_oral_agreement": QT_TRANSLATE_NOOP("actions", "登记口头协议"),
    "abandon_agreement": QT_TRANSLATE_NOOP("actions", "放弃协议"),
    "enter_attachments": QT_TRANSLATE_NOOP("actions", "添加附件"),
    "save_evidence": QT_TRANSLATE_NOOP("actions", "保存证据"),
    "return_original": QT_TRANSLATE_NOOP("actions", "退还证据原件"),
    "remove_evidence": QT_TRANSLATE_NOOP("actions", "移除证据"),
    "note_copy": QT_TRANSLATE_NOOP("actions", "登记复制件"),
    "change_attachment": QT_TRANSLATE_NOOP("actions", "修改附件"),
    "remove_attachment": QT_TRANSLATE_NOOP("actions", "移除附件"),
    "record_consent": QT_TRANSLATE_NOOP("actions", "记录是否同意调解"),
    "accept_case": QT_TRANSLATE_NOOP("actions", "受理"),
    "refuse_case": QT_TRANSLATE_NOOP("actions", "不予受理"),
    "record_rights_told": QT_TRANSLATE_NOOP("actions", "记录权利义务告知"),
    "register_case": QT_TRANSLATE_NOOP("actions", "登记案件"),
    "take_in": QT_TRANSLATE_NOOP("actions", "收进案件包"),
    "close_case": QT_TRANSLATE_NOOP("actions", "结案"),
    "propose_strike_off": QT_TRANSLATE_NOOP("actions", "提请销号"),
    "strike_off_case": QT_TRANSLATE_NOOP("actions", "销号"),
    "decline_strike_off": QT_TRANSLATE_NOOP("actions", "退回销号"),
    "suspend_case": QT_TRANSLATE_NOOP("actions", "中止调解"),
    "start_investigation": QT_TRANSLATE_NOOP("actions", "开始调查"),
    "end_investigation": QT_TRANSLATE_NOOP("actions", "结束调查"),
    "terminate_case": QT_TRANSLATE_NOOP("actions", "终止调解"),
    "merge_cases": QT_TRANSLATE_NOOP("actions", "并案"),
    "settle_on_spot": QT_TRANSLATE_NOOP("actions", "当场化解"),
    "not_on_spot": QT_TRANSLATE_NOOP("actions", "改为继续办理"),
    "transfer_case": QT_TRANSLATE_NOOP("actions", "移送"),
    "answer_transfer": QT_TRANSLATE_NOOP("actions", "登记移送回复"),
    "escalate_case": QT_TRANSLATE_NOOP("actions", "上报县中心"),
    "answer_county": QT_TRANSLATE_NOOP("actions", "登记县中心答复"),
    "reopen_case": QT_TRANSLATE_NOOP("actions", "重新立案"),
    "triage_case": QT_TRANSLATE_NOOP("actions", "甄别分流"),
    "raise_level": QT_TRANSLATE_NOOP("actions", "提级办理"),
    "withdraw_case": QT_TRANSLATE_NOOP("actions", "撤回申请"),
    "correct_case": QT_TRANSLATE_NOOP("actions", "更正案件内容"),
    "archive_case": QT_TRANSLATE_NOOP("actions", "归档"),
    "add_supplement": QT_TRANSLATE_NOOP("actions", "补充归档材料"),
    "report_case": QT_TRANSLATE_NOOP("actions", "登记备案"),
    "save_block": QT_TRANSLATE_NOOP("actions", "保存不排期时段"),
    "remove_block": QT_TRANSLATE_NOOP("actions", "移除不排期时段"),
    "schedule_hearing": QT_TRANSLATE_NOOP("actions", "排期"),
    "reschedule_hearing": QT_TRANSLATE_NOOP("actions", "改期"),
    "confirm_hearing": QT_TRANSLATE_NOOP("actions", "确定排期"),
    "cancel_hearing": QT_TRANSLATE_NOOP("actions", "取消调解会"),
    "hold_session": QT_TRANSLATE_NOOP("actions", "记录调解"),
    "save_session": QT_TRANSLATE_NOOP("actions", "修改调解记录"),
    "sign_session": QT_TRANSLATE_NOOP("actions", "登记调解记录签名"),
    "void_number": QT_TRANSLATE_NOOP("actions", "作废编号"),
    "print_paper": QT_TRANSLATE_NOOP("actions", "打印文书"),
    "add_party": QT_TRANSLATE_NOOP("actions", "增加当事人"),
    "change_party": QT_TRANSLATE_NOOP("actions", "修改当事人"),
    "party_left": QT_TRANSLATE_NOOP("actions", "登记当事人退出"),
    "set_representatives": QT_TRANSLATE_NOOP("actions", "登记代理人"),
    "ask_recusal": QT_TRANSLATE_NOOP("actions", "登记回避申请"),
    "decide_recusal": QT_TRANSLATE_NOOP("actions", "决定是否回避"),
    "assign_mediators": QT_TRANSLATE_NOOP("actions", "指派调解员"),
    "save_committee": QT_TRANSLATE_NOOP("actions", "保存调委会"),
    "save_mediator": QT_TRANSLATE_NOOP("actions", "保存调解员"),
    "change_mediator_status": QT_TRANSLATE_NOOP("actions", "变更调解员在岗状态"),
    "save_expert": QT_TRANSLATE_NOOP("actions", "保存专家"),
    "save_room": QT_TRANSLATE_NOOP("actions", "保存调解室"),
    "relate_people": QT_TRANSLATE_NOOP("actions", "登记人员关系"),
    "relate_mediator": QT_TRANSLATE_NOOP("actions", "登记调解员关系"),
    "drop_relation": QT_TRANSLATE_NOOP("actions", "移除人员关系"),
    "sign_investigation": QT_TRANSLATE_NOOP("actions", "登记调查笔录签名"),
    "add_feedback": QT_TRANSLATE_NOOP("actions", "登记风险反馈"),
    "save_visit": QT_TRANSLATE_NOOP("actions", "记录走访"),
    "record_visit": QT_TRANSLATE_NOOP("actions", "记录走访"),
    "remove_visit": QT_TRANSLATE_NOOP("actions", "移除走访"),
    "save_investigation": QT_TRANSLATE_NOOP("actions", "保存调查笔录"),
    "remove_investigation": QT_TRANSLATE_NOOP("actions", "移除调查笔录"),
    "save_conference": QT_TRANSLATE_NOOP("actions", "保存会诊"),
    "remove_conference": QT_TRANSLATE_NOOP("actions", "移除会诊"),
    "raise_risk": QT_TRANSLATE_NOOP("actions", "登记风险报告"),
    "report_risk": QT_TRANSLATE_NOOP("actions", "登记风险报告"),
    "clear_risk": QT_TRANSLATE_NOOP("actions", "解除风险"),
    "extend_limit": QT_TRANSLATE_NOOP("actions", "延长期限"),
    "grant_extension": QT_TRANSLATE_NOOP("actions", "延长期限"),
    "save_person": QT_TRANSLATE_NOOP("actions", "保存人员"),
    "merge_people": QT_TRANSLATE_NOOP("actions", "合并人员"),
    "part_people": QT_TRANSLATE_NOOP("actions", "拆分人员"),
    "throw_draft": QT_TRANSLATE_NOOP("actions", "删除草稿"),
    "restore_item": QT_TRANSLATE_NOOP("actions", "从回收站恢复"),
    "record_service": QT_TRANSLATE_NOOP("actions", "登记送达"),
    "undo_action": QT_TRANSLATE_NOOP("actions", "撤销"),
    "redo_action": QT_TRANSLATE_NOOP("actions", "恢复"),
}

LABELS: dict[type[Enum], dict[Any, Any]] = {
    DraftKind: {
        DraftKind.INTAKE: QT_TRANSLATE_NOOP("labels", "登记草稿"),
        DraftKind.SESSION: QT_TRANSLATE_NOOP("labels", "调解记录草稿"),
        DraftKind.AGREEMENT: QT_TRANSLATE_NOOP("labels", "协议草稿"),
        DraftKind.DEED: QT_TRANSLATE_NOOP("labels", "没有保存的表单"),
    },
}
REASONS: dict[Reason, Any] = {
    Reason.UNDO_OTHERS: QT_TRANSLATE_NOOP(
        "messages", "没有撤销：这一步是{who}做的，只能由本人撤销。请与{who}联系。"
    ),
    Reason.UNDO_NEVER: QT_TRANSLATE_NOOP(
        "messages", "没有撤销：这一步取了编号、出了文书或已对外发生效力，不能撤销。请用更正或补充的办法。"
    ),
    Reason.UNDO_DONE: QT_TRANSLATE_NOOP("messages", "没有执行：这一步已经撤销或恢复过了。请看案件经过。"),
    Reason.UNDO_TOO_OLD: QT_TRANSLATE_NOOP(
        "messages", "没有撤销：这一步是{when}做的，只有当天的可以撤销。请打开案件直接更正。"
    ),
    Reason.UNDO_CHANGED: QT_TRANSLATE_NOOP(
        "messages", "没有执行：这以后内容又有变动（{who} {when} {what}）。请先撤销后面的一步，或直接更正。"
    ),
    Reason.UNDO_NEEDED: QT_TRANSLATE_NOOP(
        "messages", "没有撤销：后来的{what}用到了它。请先撤销或移除{what}。"
    ),
    Reason.RESTORE_ALONE: QT_TRANSLATE_NOOP(
        "messages", "没有恢复：它所属的{what}已经不在了。请先恢复{what}。"
    ),
}
PROBLEMS: dict[str, Any] = {}


def action_words(action: ActionName) -> str:
    """What was done: 记录走访; "" for what nobody needs a word for."""
    text = ACTIONS.get(action.name)
    return QCoreApplication.translate("actions", text) if text else ""


def name_words(name: ActionName | FieldName) -> str:
    """An action or a field in words, for sentences."""
    return action_words(name) if isinstance(name, ActionName) else field_words(name)


def table_words(table: str) -> str:
    """What a row of a table is: 走访."""
    text = TABLES.get(table)
    return QCoreApplication.translate("fields", text) if text else ""


def field_words(name: FieldName) -> str:
    """What a field is called: 走访内容; of a row as a whole, what it is: 走访."""
    if not name.field:
        return table_words(name.kind)
    text = SPECIAL.get(f"{name.kind}.{name.field}") or COLUMNS.get(name.field)
    return QCoreApplication.translate("fields", text) if text else ""
