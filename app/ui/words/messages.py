"""The sentence for every refusal and every field problem: what was not done, and what to do."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain import agreements, recusal
from app.domain.casework.hindrances import Hindrance
from app.domain.clashes import Blocked, Clash
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.journal import ActionName, FieldName
from app.domain.roster import CommitteeFinding
from app.domain.values.office_clock import office_time
from app.ui.words import after, flow, journal, lists, parties, people, rules, schedule, work
from app.ui.words.finding_words import blocked_words, clash_lines, finding_words
from app.ui.words.labels import label
from app.ui.words.problems import GENERAL, PROBLEMS

CONTEXT = "messages"
LONG_ITEM = 12  # a list of clauses is joined by semicolons

REASONS: dict[Reason, Any] = {
    **after.REASONS,
    **flow.REASONS,
    **journal.REASONS,
    **lists.REASONS,
    **parties.REASONS,
    **people.REASONS,
    **rules.REASONS,
    **schedule.REASONS,
    **work.REASONS,
    Reason.INVALID: QT_TRANSLATE_NOOP("messages", "没有保存：有几项需要改正，已用红字标出。"),
    Reason.NOT_FOUND: QT_TRANSLATE_NOOP("messages", "没有找到这条记录，可能已被撤下。请返回列表重新选择。"),
    Reason.TAKEN: QT_TRANSLATE_NOOP("messages", "没有保存：已有相同的记录{what}。请核对后修改。"),
    Reason.STALE: QT_TRANSLATE_NOOP(
        "messages", "没有保存：打开以后这条记录已被修改（{who} {when} {what}）。请重新打开，核对后再改。"
    ),
    Reason.NOT_PERMITTED: QT_TRANSLATE_NOOP(
        "messages", "没有执行：您的岗位没有这项权限（{permission}）。需要时请管理员调整岗位。"
    ),
    Reason.WRONG_PASSPHRASE: QT_TRANSLATE_NOOP(
        "messages", "用户名或口令不对，没有登录。请检查大小写后再输一次。"
    ),
    Reason.THROTTLED: QT_TRANSLATE_NOOP("messages", "口令连续输错，暂停登录。请等 {seconds} 秒后再试。"),
    Reason.WEAK_PASSPHRASE: QT_TRANSLATE_NOOP(
        "messages", "口令没有设置：太短或太常见。请用不少于 10 个字符，几个词连在一起即可。"
    ),
    Reason.WRONG_RECOVERY_KEY: QT_TRANSLATE_NOOP(
        "messages", "恢复密钥不对，没有打开数据。请对照封存的恢复密钥单逐组输入。"
    ),
    Reason.LAST_ADMINISTRATOR: QT_TRANSLATE_NOOP(
        "messages", "没有修改：这是最后一名管理员。请先另设一名管理员。"
    ),
    Reason.WRONG_STATUS: QT_TRANSLATE_NOOP(
        "messages", "没有执行：案件现在是“{status}”，还不能做这一步。请先完成前面的步骤。"
    ),
    Reason.READ_ONLY_CASE: QT_TRANSLATE_NOOP(
        "messages", "没有保存：本案由{owner}办理，这里只能查看。需要修改请联系承办单位。"
    ),
    Reason.CONSENT_MISSING: QT_TRANSLATE_NOOP(
        "messages", "没有执行：{parties}尚未表示同意调解。请先征得同意并记入案件。"
    ),
    Reason.CONSENT_REFUSED: QT_TRANSLATE_NOOP(
        "messages", "没有执行：{parties}明确拒绝调解，不得调解。可引导通过仲裁、行政或诉讼途径解决。"
    ),
    Reason.NO_COMPETENCE: QT_TRANSLATE_NOOP(
        "messages", "没有受理：不属于本调委会的调解范围。请告知当事人应找的部门。"
    ),
    Reason.EXCLUDED_MATTER: QT_TRANSLATE_NOOP(
        "messages", "没有受理：依法不得由人民调解处理的事项。请告知当事人向有权机关提出。"
    ),
    Reason.NO_LEAD: QT_TRANSLATE_NOOP("messages", "没有指派：还没有确定主持调解员。请选定一人主持。"),
    Reason.MEDIATOR_NOT_ACTIVE: QT_TRANSLATE_NOOP(
        "messages", "没有指派：{mediator}目前不在岗。请改选其他调解员，或先在名册中恢复。"
    ),
    Reason.RECUSAL: QT_TRANSLATE_NOOP(
        "messages", "没有指派：可能需要回避（{findings}）。请改选调解员，或写明不回避的理由。"
    ),
    Reason.MEDIATOR_IS_PARTY: QT_TRANSLATE_NOOP(
        "messages", "没有指派：{mediator}是本案的当事人或代理人，不能调解本案。请改选调解员。"
    ),
    Reason.CLASH: QT_TRANSLATE_NOOP(
        "messages", "没有排期：时间有冲突（{clashes}）。请改时间、调解室或调解员。"
    ),
    Reason.TOO_SHORT_NOTICE: QT_TRANSLATE_NOOP(
        "messages", "没有排期：距开始不足 {days} 天，来不及通知。请改日期，或勾选“当事人同意不提前通知”。"
    ),
    Reason.RIGHTS_NOT_TOLD: QT_TRANSLATE_NOOP(
        "messages", "没有开始调解：还没有记录已告知权利义务。请先告知当事人并记入案件。"
    ),
    Reason.AGREEMENT_BLOCKED: QT_TRANSLATE_NOOP("messages", "协议没有生成：{findings}。请逐项改正后再生成。"),
    Reason.SIGNATURES_MISSING: QT_TRANSLATE_NOOP(
        "messages", "没有登记生效：还缺签名或盖章（{who}）。请补齐后再登记。"
    ),
    Reason.MISSING_GLYPH: QT_TRANSLATE_NOOP(
        "messages", "文书没有生成：字库缺“{characters}”字。请核对该字，或报县中心补充字库。"
    ),
    Reason.UNKNOWN_FORM: QT_TRANSLATE_NOOP(
        "messages", "文书没有生成：本程序没有这种文书。请更新程序后再试。"
    ),
    Reason.BAD_PATTERN: QT_TRANSLATE_NOOP(
        "messages", "编号格式没有保存：缺少{missing}。请按旁边的示例填写。"
    ),
    Reason.NUMBER_ALREADY_USED: QT_TRANSLATE_NOOP(
        "messages", "没有保存：这个编号已经用过。请改用下一个编号。"
    ),
    Reason.STORAGE: QT_TRANSLATE_NOOP(
        "messages", "没有保存：数据盘读写出错。请检查磁盘连接后重试，仍不行请先备份再报修。"
    ),
    Reason.DISK_FULL: QT_TRANSLATE_NOOP("messages", "没有保存：磁盘已满（{path}）。请清出空间后重试。"),
    Reason.READ_ONLY_PLACE: QT_TRANSLATE_NOOP(
        "messages", "没有保存：这个位置不能写入（{path}）。请换一个文件夹，或关闭优盘的写保护。"
    ),
    Reason.IN_USE: QT_TRANSLATE_NOOP(
        "messages", "没有打开：数据正被另一个程序使用{holder}。请先关闭已打开的窗口。"
    ),
    Reason.WRONG_KEY: QT_TRANSLATE_NOOP(
        "messages", "没有打开：密钥与数据文件对不上。请确认数据文件夹是否选对，或从备份恢复。"
    ),
    Reason.NOT_A_DATABASE: QT_TRANSLATE_NOOP(
        "messages", "没有打开：{path}不是本程序的数据。请重新选择数据文件夹。"
    ),
    Reason.NEWER_DATA: QT_TRANSLATE_NOOP(
        "messages", "没有打开：数据由更新版本的程序写成（{found}，本程序为 {known}）。请先更新程序。"
    ),
    Reason.DAMAGED_DATA: QT_TRANSLATE_NOOP(
        "messages", "没有打开：数据文件已损坏。原文件未动，请从最近的备份恢复。"
    ),
    Reason.NO_SUCH_PLACE: QT_TRANSLATE_NOOP("messages", "没有执行：找不到{path}。请插好优盘或重新选择位置。"),
    Reason.EXISTS: QT_TRANSLATE_NOOP("messages", "没有保存：{path}已存在。请换一个名称或位置。"),
    Reason.NO_COUNTY_CARD: QT_TRANSLATE_NOOP(
        "messages", "没有生成案件包：还没有读取县中心名片。请先在“报送”页读取。"
    ),
    Reason.NOTHING_TO_SEND: QT_TRANSLATE_NOOP(
        "messages", "没有生成案件包：上次报送以后没有新的变动，不需要报送。"
    ),
    Reason.CASE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "messages",
        "没有生成案件包：{numbers}内容过长、数值超出范围，或附件过多、损坏，装不进去。请改正后重新生成。",
    ),
    Reason.PACKAGE_DAMAGED: QT_TRANSLATE_NOOP(
        "messages", "没有导入：案件包已损坏，没有改动任何数据。请发送单位重新复制一份。"
    ),
    Reason.PACKAGE_TRUNCATED: QT_TRANSLATE_NOOP(
        "messages", "没有导入：案件包不完整，可能没有复制完。请重新复制后再导入。"
    ),
    Reason.PACKAGE_FORGED: QT_TRANSLATE_NOOP(
        "messages", "没有导入：案件包的签名不符，内容可能被改动。请与发送单位当面核实。"
    ),
    Reason.PACKAGE_FOREIGN: QT_TRANSLATE_NOOP("messages", "没有导入：这不是本程序的案件包。请重新选择文件。"),
    Reason.PACKAGE_NOT_FOR_US: QT_TRANSLATE_NOOP(
        "messages", "没有导入：这个案件包是给别的单位的，本机打不开。请退回发送单位。"
    ),
    Reason.PACKAGE_UNKNOWN_SENDER: QT_TRANSLATE_NOOP(
        "messages", "没有导入：发送单位 {sender} 未在本中心注册。请先导入它的注册单。"
    ),
    Reason.PACKAGE_NEWER: QT_TRANSLATE_NOOP(
        "messages", "没有导入：案件包由更新版本的程序写成（{found}，本程序为 {known}）。请先更新程序。"
    ),
    Reason.PACKAGE_CLONE: QT_TRANSLATE_NOOP(
        "messages", "没有导入：{sender} 有两台电脑在用同一编号（第 {seq} 包重复）。请联系该单位停用其中一台。"
    ),
    Reason.CARD_DAMAGED: QT_TRANSLATE_NOOP(
        "messages", "没有启用：这个文件不是对方的名片或注册单，或者已损坏。请重新取得一份。"
    ),
    Reason.CARD_OTHER_KEY: QT_TRANSLATE_NOOP(
        "messages", "没有启用：{node} 已启用过另一套密钥，可能重装过，也可能有人冒名。请打电话向对方核实。"
    ),
    Reason.OTHER_COUNTY: QT_TRANSLATE_NOOP(
        "messages", "没有启用：本单位已启用县中心 {node}，一个乡镇只报送一个县中心。请核对名片是否拿错。"
    ),
    Reason.WRONG_RECEIPT: QT_TRANSLATE_NOOP(
        "messages",
        "没有登记签收：回执码与这个案件包对不上。请选对案件包，对照县中心屏幕上的十位代码再输一次。",
    ),
}


class _Blanks(dict[str, str]):
    """A detail nobody gave leaves its place empty instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(refused: Refused) -> str:
    """What the person reads when an action was refused."""
    return _filled(REASONS[refused.reason], refused.details)


def problem_sentence(problem: Problem) -> str:
    """What the person reads under a field; a code without a sentence of its own gets a general one."""
    return _filled(PROBLEMS.get(problem.code, GENERAL), dict(problem.details))


def committee_sentence(finding: CommitteeFinding) -> str:
    """One thing a committee has to put right: 委员只有 2 名，应为 3 至 9 名。"""
    details = (("found", finding.found), ("on", finding.on))
    return problem_sentence(Problem("committee", finding.kind.value, details))


def _coded(value: agreements.Finding | Hindrance | Problem) -> str:
    return _filled(PROBLEMS.get(value.code, GENERAL), dict(value.details)).removesuffix("。")


_RECORD_WORDS: dict[type, Callable[[Any], str]] = {
    ActionName: journal.name_words,
    FieldName: journal.name_words,
    agreements.Finding: _coded,
    Hindrance: _coded,
    Problem: _coded,
    recusal.Finding: finding_words,
    Blocked: blocked_words,
}


def shown(value: Any) -> str:
    """A detail in words: dates, enums, findings, collisions, and lists joined the Chinese way."""
    if isinstance(value, datetime):
        here = office_time(value)
        return f"{here.month}月{here.day}日 {here:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Enum):
        return label(value)
    for kind, words in _RECORD_WORDS.items():
        if isinstance(value, kind):
            return words(value)
    if isinstance(value, list | tuple | set | frozenset):
        clashes = [item for item in value if isinstance(item, Clash)]
        said = [*clash_lines(clashes), *(shown(item) for item in value if not isinstance(item, Clash))]
        return ("；" if any(len(words) > LONG_ITEM for words in said) else "、").join(said)
    return "" if value is None else str(value)


def _filled(text: str, details: Mapping[str, Any]) -> str:
    words = _Blanks({key: shown(value) for key, value in details.items()})
    said = QCoreApplication.translate(CONTEXT, text).format_map(words)
    said = re.sub(" +）", "）", said).replace("（）", "").replace("“”", "")
    return said.removesuffix("：") + "。" if said.endswith("：") else said
