"""What has to be done next on a case, what does it, and why it cannot be done yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.actor import Actor
from app.domain.cases import CaseView, Consent
from app.domain.casework.hindrances import Hindrance, HindranceCode, Way
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import HearingStatus, HearingView
from app.ui.cases.deeds import OPENS, DeedGroup, group_of, may, need_of, offered
from app.ui.kit.date_edit import date_words
from app.ui.words.labels import label
from app.ui.words.messages import shown

BESIDE = 3
"""So many further deeds have a button of their own beside the one that leads on."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """`why` says what the step is about; `hindrances` what is in its way.

    `deeds` have buttons of their own, the one that leads on first: the main deed, or what cures its
    hindrance. `blocked` is the main deed while it is hindered.
    """

    why: str
    deeds: tuple[Deed, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    blocked: Deed | None = None


def next_step(
    case: CaseView, ways: Sequence[Way], actor: Actor, hearings: Sequence[HearingView] = ()
) -> NextStep:
    """The next step of a case as this person may do it."""
    why = _why(case, hearings)
    leading = next((way for way in ways if way.deed in OPENS and not _turned_off(way)), None)
    if not case.writable or leading is None:
        return NextStep(why)
    mine = may(leading.deed, case, actor)
    if not mine:
        missing = QCoreApplication.translate("cases", "这一步要由有“{permission}”权限的人来做。")
        why = f"{why}\n{missing.format(permission=label(need_of(leading.deed, case)))}".strip()
    stopped = blocks(leading)
    cures = [one.cure for one in leading.hindrances if one.cure is not None and may(one.cure, case, actor)]
    first = [*([leading.deed] if mine and not stopped else []), *cures]
    deeds = tuple(dict.fromkeys([*first, *_beside(case, ways, actor)]))
    room = max(len(dict.fromkeys(first)), 1) + BESIDE
    return NextStep(why, deeds[:room], leading.hindrances, leading.deed if mine and stopped else None)


def _turned_off(way: Way) -> bool:
    """Whether the case does not go this way at all: what was not settled is archived without striking off."""
    return any(one.code is HindranceCode.NOT_STRUCK_OFF for one in way.hindrances)


def blocks(way: Way) -> bool:
    """Whether the deed cannot be done: what it puts right by itself does not stop it."""
    return any(not one.soft for one in way.hindrances)


def _beside(case: CaseView, ways: Sequence[Way], actor: Actor) -> list[Deed]:
    """What deserves a button beside the deed that leads on, the likeliest first."""
    free = [way.deed for way in offered(ways, case, actor) if not blocks(way)]
    untold = case.rights_told_on is None and Deed.RIGHTS in free
    work = [deed for deed in free if group_of(deed) is DeedGroup.WORK]
    material = [deed for deed in free if deed in (Deed.INVESTIGATE, Deed.PAPERS)]
    return [*([Deed.RIGHTS] if untold else []), *work, *material]


def hindrance_words(hindrances: Sequence[Hindrance]) -> list[str]:
    """Why a deed is not possible yet, a sentence for each kind of hindrance: what is missing is listed."""
    alike: dict[HindranceCode, list[Hindrance]] = {}
    for one in hindrances:
        alike.setdefault(one.code, []).append(one)
    return [shown(_joined(ones)) for ones in alike.values()]


def _joined(ones: Sequence[Hindrance]) -> Hindrance:
    first = ones[0]
    if len(ones) == 1:
        return first
    names = [name for name, _ in first.details]
    values = {name: tuple(dict(one.details)[name] for one in ones) for name in names}
    return replace(first, details=tuple(values.items()))


def coming_hearing(hearings: Sequence[HearingView]) -> HearingView | None:
    """The hearing whose record is to be written: the fixed one, else the last one held."""
    fixed = [hearing for hearing in hearings if hearing.status is HearingStatus.SCHEDULED]
    held = [hearing for hearing in hearings if hearing.status is HearingStatus.HELD]
    return next(iter(fixed or held[-1:]), None)


def consent_words(consent: Consent, on: date | None) -> str:
    """How a party agreed, and when."""
    return f"{label(consent)} {date_words(on)}" if on else label(consent)


_S = CaseStatus
_WHY: dict[CaseStatus, Any] = {
    _S.REGISTERED: QT_TRANSLATE_NOOP("cases", "问明各方是否同意，核对调解范围，再决定是否受理。"),
    _S.TRIAGE: QT_TRANSLATE_NOOP("cases", "已甄别，请决定：受理、不予受理、移送、上报，或者当场化解。"),
    _S.ACCEPTED: QT_TRANSLATE_NOOP("cases", "已受理，请指定调解员，或由当事人选定。"),
    _S.REJECTED: QT_TRANSLATE_NOOP("cases", "{refused}决定不予受理：{refusal}。{note}"),
    _S.TRANSFERRED: QT_TRANSLATE_NOOP("cases", "已交给其他单位办理，收到答复后登记。"),
    _S.ESCALATED: QT_TRANSLATE_NOOP("cases", "已上报县中心，收到答复后登记。"),
    _S.RETURNED: QT_TRANSLATE_NOOP("cases", "县中心已退回，请重新甄别，由本单位办理。"),
    _S.TAKEN_OVER: QT_TRANSLATE_NOOP("cases", "县中心直接办理，收到办理结果后登记。"),
    _S.JOINT: QT_TRANSLATE_NOOP("cases", "与县中心联合办理，收到办理结果后登记。"),
    _S.WITHDRAWN: QT_TRANSLATE_NOOP("cases", "申请人已撤回申请，请结案。"),
    _S.MERGED: QT_TRANSLATE_NOOP("cases", "已并入另一件案件办理，请结案。"),
    _S.ON_SPOT: QT_TRANSLATE_NOOP("cases", "当场说和了，请登记口头协议；没有说和的重新甄别。"),
    _S.ASSIGNED: QT_TRANSLATE_NOOP("cases", "请与各方约定时间，安排调解室。"),
    _S.INVESTIGATING: QT_TRANSLATE_NOOP("cases", "正在调查；情况清楚以后安排调解会。"),
    _S.SCHEDULED: QT_TRANSLATE_NOOP("cases", "{hearing}开过以后写调解记录。"),
    _S.IN_SESSION: QT_TRANSLATE_NOOP("cases", "达成一致的起草协议；还要再谈的再排一次调解会。"),
    _S.SUSPENDED: QT_TRANSLATE_NOOP("cases", "调解已中止；中止的原因消除以后，再排一次调解会。"),
    _S.PARTIAL: QT_TRANSLATE_NOOP("cases", "已就一部分达成协议，请打印签署；其余部分继续调解或者终止。"),
    _S.AGREED_ORAL: QT_TRANSLATE_NOOP("cases", "已达成口头协议，请登记协议生效。"),
    _S.AGREED_WRITTEN: QT_TRANSLATE_NOOP("cases", "协议已起草，请打印协议书交各方签名。"),
    _S.SIGNING: QT_TRANSLATE_NOOP("cases", "请逐人登记签名日期，再登记调解员签名和盖章。"),
    _S.TERMINATED: QT_TRANSLATE_NOOP("cases", "调解不成，已告知其他途径，请结案。"),
    _S.EFFECTIVE: QT_TRANSLATE_NOOP(
        "cases", "协议自{effective}起生效，请按期督促履行。需要司法确认的，双方共同在期限内申请。"
    ),
    _S.PERFORMING: QT_TRANSLATE_NOOP("cases", "正在履行，收到的款项和完成的事项逐笔登记。"),
    _S.PERFORMED: QT_TRANSLATE_NOOP("cases", "协议已履行完毕，请回访当事人。"),
    _S.BREACHED: QT_TRANSLATE_NOOP("cases", "有到期未履行的事项，请选定处理办法。"),
    _S.FOLLOWED_UP: QT_TRANSLATE_NOOP("cases", "已经回访，请结案。"),
    _S.CLOSED: QT_TRANSLATE_NOOP("cases", "已结案。"),
    _S.STRUCK_OFF: QT_TRANSLATE_NOOP("cases", "已销号，材料齐全后归档。"),
    _S.REOPENED: QT_TRANSLATE_NOOP("cases", "已另立新案继续办理，本卷归档。"),
    _S.ARCHIVED: QT_TRANSLATE_NOOP("cases", "已归档，卷宗不能再改；需要补充的用“补充材料”。"),
    _S.REPORTED: QT_TRANSLATE_NOOP("cases", "县中心已备案，全部办完。"),
}


def _why(case: CaseView, hearings: Sequence[HearingView]) -> str:
    hearing = coming_hearing(hearings)
    translate = QCoreApplication.translate
    closing = case.standing.closing
    if case.status is CaseStatus.CLOSED and closing.proposed_on is not None:
        return translate("cases", "{who}已于{day}提请销号，请另一人审批。").format(
            who=closing.proposed_by, day=date_words(closing.proposed_on)
        )
    fixed = translate("cases", "调解会定在{day}。")
    return translate("cases", _WHY[case.status]).format(
        refused=date_words(case.refused_on) if case.refused_on else "",
        refusal=label(case.refusal) if case.refusal else "",
        note=case.refusal_note,
        effective=date_words(case.effective_on) if case.effective_on else "",
        hearing=fixed.format(day=date_words(hearing.day)) if hearing else "",
    )
