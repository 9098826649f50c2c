"""Every line of the worklist in words: what it is about, why it is there, when it is due."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.deadlines import PASSING, RuleCode
from app.domain.flow import CaseStatus, Deed, Step
from app.domain.hearings import clock
from app.domain.office.drafts import DraftKind
from app.domain.today import Urgency, WorkItem, WorkKind
from app.domain.values.money import format_yuan
from app.ui.theme import Tone
from app.ui.words.due_words import day_words
from app.ui.words.labels import label

translate = QCoreApplication.translate
_TONES = {Urgency.LATE: Tone.BAD, Urgency.TODAY: Tone.INFO, Urgency.NEAR: Tone.WARN, Urgency.REST: Tone.PLAIN}


def tone_of(item: WorkItem) -> Tone:
    """Red is late, blue is today, amber near; every line says it in words, too."""
    return _TONES[item.key.urgency]


def what_words(item: WorkItem) -> str:
    """Whose case it is; what belongs to no case names its own subject."""
    if item.parties:
        return item.parties
    match item.key.kind:
        case WorkKind.DRAFT:
            return form_words(item.draft, item.note)
        case WorkKind.TERM:
            return _joined(item)
        case WorkKind.UNACKED | WorkKind.PACKAGE:
            return item.note or translate("today", "县中心")
        case _:
            return translate("today", "本单位")


def when_words(item: WorkItem, today: date) -> str:
    """The day of a line and what it means today: 9月5日（剩2天）, 今天 14:00, 已逾期3天."""
    due_on = item.key.due_on
    if due_on is None:
        return "" if item.since is None else _since(item.since, today)
    left = (due_on - today).days
    at = "" if item.minute is None else f" {clock(item.minute)}"
    if left < 0:
        heard = item.key.kind in (WorkKind.HEARING, WorkKind.TENTATIVE)
        words = translate("today", "已过{days}天") if heard else translate("today", "已逾期{days}天")
        return words.format(days=-left)
    if left == 0:
        return translate("today", "今天{at}").format(at=at)
    day = translate("today", "明天") if left == 1 else day_words(due_on, today)
    return translate("today", "{day}（剩{days}天）").format(day=f"{day}{at}", days=left)


def _since(day: date, today: date) -> str:
    days = (today - day).days
    return translate("today", "今天起") if days <= 0 else translate("today", "已等{days}天").format(days=days)


def why_words(item: WorkItem, today: date) -> str:
    """Why the line is on the list: which limit, since when, whom it waits for."""
    return _WHY[item.key.kind](item, today)


def form_words(kind: DraftKind | None, deed: str = "") -> str:
    """The form a draft belongs to; of a dialog the deed it does."""
    if deed in set(Deed):
        return label(Deed(deed))
    match kind:
        case DraftKind.INTAKE:
            return translate("today", "案件登记")
        case DraftKind.SESSION:
            return translate("today", "调解记录")
        case DraftKind.AGREEMENT:
            return translate("today", "协议书")
        case DraftKind.DEED:
            return translate("today", "案件办理")
        case None:
            return ""


def _joined(item: WorkItem) -> str:
    return "、".join(item.names)


def _clock(_: WorkItem, __: date) -> str:
    return translate("today", "电脑时间与办理记录对不上，期限会算错：请核对日期和时间")


def _hearing(item: WorkItem, today: date) -> str:
    late = item.key.due_on is not None and item.key.due_on < today
    words = (
        translate("today", "{place}，会期已过，没有调解记录")
        if late
        else translate("today", "{place}，待召开")
    )
    return words.format(place=item.note)


def _deadline(item: WorkItem, _: date) -> str:
    """Which limit it is, and what is to be done to keep it."""
    code = RuleCode(item.key.code)
    words = {
        Urgency.LATE: translate("today", "{rule}已过，没有办完"),
        Urgency.TODAY: translate("today", "{rule}今天届满"),
        Urgency.NEAR: translate("today", "{rule}快到了"),
        Urgency.REST: translate("today", "{rule}"),
    }[item.key.urgency].format(rule=label(code))
    if item.step is Step.NONE or code in PASSING:
        return words
    return translate("today", "{words}：{step}").format(words=words, step=label(item.step))


def _payment(item: WorkItem, _: date) -> str:
    said = []
    if item.amount_fen:
        said.append(translate("today", "付款 {yuan} 元").format(yuan=format_yuan(item.amount_fen)))
    if item.note:
        said.append(item.note)
    words = (
        translate("today", "{who}应{what}，没有登记履行")
        if said
        else translate("today", "约定的事项没有登记履行")
    )
    return words.format(who=_joined(item), what="、".join(said))


def _follow_up(item: WorkItem, _: date) -> str:
    if item.status is CaseStatus.PERFORMED:
        return translate("today", "已履行，等待回访")
    return translate("today", "协议生效后回访")


def _returned(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    words = (
        translate("today", "{unit}{day}退回：{note}")
        if item.note
        else translate("today", "{unit}{day}退回，重新甄别分流")
    )
    return words.format(unit=_joined(item) or translate("today", "县中心"), day=day, note=item.note)


def _answer(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{unit}没有答复（{day}送出）").format(unit=_joined(item), day=day)


def _tentative(item: WorkItem, _: date) -> str:
    return translate("today", "{place}，日期还没有确定").format(place=item.note)


def _unserved(item: WorkItem, _: date) -> str:
    return translate("today", "通知没有送达：{names}").format(names=_joined(item))


def _recusal(item: WorkItem, _: date) -> str:
    return translate("today", "{names}的回避没有决定，不能开会和签协议").format(names=_joined(item))


def _risk(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{day}报告{names}的风险没有解除，不能销号").format(day=day, names=_joined(item))


def _strike_off(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{who}{day}提请销号，等另一人审批").format(who=_joined(item), day=day)


def _sign(item: WorkItem, _: date) -> str:
    if item.status is CaseStatus.SIGNING:
        words = translate("today", "没有签名：{names}") if item.names else translate("today", "等待盖章生效")
        return words.format(names=_joined(item))
    return translate("today", "协议书写好了，待打印签署")


def _record(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{day}的调解记录没有签名").format(day=day)


def _idle(item: WorkItem, _: date) -> str:
    status = label(item.status) if item.status else ""
    return translate("today", "{status}，没有安排下一步，也没有期限").format(status=status)


def _draft(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{form}没有填完，{day}保存").format(
        form=form_words(item.draft, item.note), day=day
    )


def _package(item: WorkItem, today: date) -> str:
    if item.key.subject:
        return translate("today", "案件包（{count}件）做好了，还没有送出").format(count=item.count)
    if item.since is None:
        return translate("today", "{count}件待报送，还没有报送过").format(count=item.count)
    return translate("today", "{count}件待报送，上次报送{day}").format(
        count=item.count, day=day_words(item.since, today)
    )


def _unacked(item: WorkItem, today: date) -> str:
    day = day_words(item.since, today) if item.since else ""
    return translate("today", "{day}送出（{count}件），县中心没有回执").format(day=day, count=item.count)


def _term(_: WorkItem, __: date) -> str:
    return translate("today", "调委会任期三年届满，应换届")


def _calendar(item: WorkItem, _: date) -> str:
    return translate("today", "缺{year}年放假安排，期限按周末推算").format(year=item.key.subject)


def _backup(item: WorkItem, _: date) -> str:
    return translate("today", "{days}天没有备份").format(days=item.count)


_WHY: dict[WorkKind, Callable[[WorkItem, date], str]] = {
    WorkKind.CLOCK: _clock,
    WorkKind.HEARING: _hearing,
    WorkKind.DEADLINE: _deadline,
    WorkKind.PAYMENT: _payment,
    WorkKind.FOLLOW_UP: _follow_up,
    WorkKind.RETURNED: _returned,
    WorkKind.ANSWER: _answer,
    WorkKind.TENTATIVE: _tentative,
    WorkKind.UNSERVED: _unserved,
    WorkKind.RECUSAL: _recusal,
    WorkKind.RISK: _risk,
    WorkKind.STRIKE_OFF: _strike_off,
    WorkKind.SIGN: _sign,
    WorkKind.RECORD: _record,
    WorkKind.IDLE: _idle,
    WorkKind.DRAFT: _draft,
    WorkKind.PACKAGE: _package,
    WorkKind.UNACKED: _unacked,
    WorkKind.TERM: _term,
    WorkKind.CALENDAR: _calendar,
    WorkKind.BACKUP: _backup,
}
