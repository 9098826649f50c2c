"""What has to be done next on a case, what does it, and why it cannot be done yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from app.domain.actor import Actor, Permission
from app.domain.cases import CaseSource, CaseView, Consent
from app.domain.flow import CaseStatus
from app.domain.hearings import HearingStatus, HearingView
from app.domain.intake import consent_gaps, guardian_gaps
from app.ui.kit.date_edit import date_words
from app.ui.words.labels import label


class Deed(Enum):
    """Something a person can do from the page of a case."""

    CONSENT = auto()
    ACCEPT = auto()
    REFUSE = auto()
    ASSIGN = auto()
    RIGHTS = auto()
    SCHEDULE = auto()
    SESSION = auto()
    AGREEMENT = auto()
    PAPERS = auto()


@dataclass(frozen=True, slots=True)
class NextStep:
    """`why` explains or says what is in the way; the first deed is the one that leads on."""

    why: str
    deeds: tuple[Deed, ...] = ()
    hindered: bool = False


_NEEDS = {
    Deed.CONSENT: Permission.CASE_REGISTER,
    Deed.ACCEPT: Permission.CASE_DECIDE,
    Deed.REFUSE: Permission.CASE_DECIDE,
    Deed.ASSIGN: Permission.CASE_ASSIGN,
    Deed.RIGHTS: Permission.HEARING_WRITE,
    Deed.SCHEDULE: Permission.HEARING_WRITE,
    Deed.SESSION: Permission.HEARING_WRITE,
    Deed.AGREEMENT: Permission.AGREEMENT_WRITE,
    Deed.PAPERS: Permission.PAPER_PRINT,
}


def next_step(case: CaseView, actor: Actor, hearings: Sequence[HearingView], today: date) -> NextStep:
    """The next step of a case as this person may do it."""
    found = _STEPS[case.status](case, hearings, today)
    if not case.writable:
        return NextStep(found.why)
    deeds = tuple(deed for deed in found.deeds if actor.may(_NEEDS[deed]))
    if found.deeds and found.deeds[0] not in deeds:
        missing = QCoreApplication.translate("cases", "这一步要由有“{permission}”权限的人来做。")
        words = missing.format(permission=label(_NEEDS[found.deeds[0]]))
        return NextStep(f"{found.why}\n{words}".strip(), deeds, found.hindered)
    return NextStep(found.why, deeds, found.hindered)


def coming_hearing(hearings: Sequence[HearingView]) -> HearingView | None:
    """The hearing whose record is to be written: the fixed one, else the last one held."""
    fixed = [hearing for hearing in hearings if hearing.status is HearingStatus.SCHEDULED]
    held = [hearing for hearing in hearings if hearing.status is HearingStatus.HELD]
    return next(iter(fixed or held[-1:]), None)


def _registered(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    missing, refused = consent_gaps(case.parties, case.source is CaseSource.OWN_INITIATIVE)
    translate = QCoreApplication.translate
    if refused:
        why = translate(
            "cases", "{names}明确拒绝调解，不得调解。请作不予受理，并告知可以通过仲裁、行政、司法等途径解决。"
        )
        return NextStep(why.format(names="、".join(refused)), (Deed.REFUSE, Deed.CONSENT), hindered=True)
    if missing:
        why = translate("cases", "还没有记录{names}是否同意调解。问明后才能受理。")
        return NextStep(why.format(names="、".join(missing)), (Deed.CONSENT, Deed.REFUSE), hindered=True)
    why = translate("cases", "各方都同意调解，请核对调解范围后决定是否受理。")
    return NextStep(why, (Deed.ACCEPT, Deed.REFUSE, Deed.CONSENT))


def _accepted(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    why = QCoreApplication.translate("cases", "已受理，请指定调解员，或由当事人选定。")
    return NextStep(why, (Deed.ASSIGN, *_rights(case), Deed.PAPERS))


def _assigned(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    lonely = guardian_gaps(case.parties, today)
    translate = QCoreApplication.translate
    if lonely:
        why = translate("cases", "{names}是未成年人，还没有列明法定代理人，不能排期。").format(
            names="、".join(lonely)
        )
        return NextStep(why, (Deed.SCHEDULE, Deed.ASSIGN, *_rights(case)), hindered=True)
    return NextStep(
        translate("cases", "请与各方约定时间，安排调解室。"), (Deed.SCHEDULE, Deed.ASSIGN, *_rights(case))
    )


def _scheduled(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    hearing = coming_hearing(hearings)
    translate = QCoreApplication.translate
    when = translate("cases", "调解会定在{day}。").format(day=date_words(hearing.day)) if hearing else ""
    if case.rights_told_on is None:
        why = when + translate("cases", "调解前应告知各方权利义务，还没有记录。")
        return NextStep(why, (Deed.RIGHTS, Deed.SESSION, Deed.SCHEDULE, Deed.ASSIGN), hindered=True)
    why = when + translate("cases", "开过以后写调解记录。")
    return NextStep(why, (Deed.SESSION, Deed.SCHEDULE, Deed.ASSIGN, Deed.PAPERS))


def _in_session(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    why = QCoreApplication.translate("cases", "达成一致的起草协议；还要再谈的再排一次调解会。")
    return NextStep(why, (Deed.AGREEMENT, Deed.SCHEDULE, Deed.SESSION, Deed.ASSIGN))


def _agreed(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    why = QCoreApplication.translate("cases", "协议已起草，请打印协议书交各方签名。")
    return NextStep(why, (Deed.PAPERS, Deed.AGREEMENT))


def _signing(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    why = QCoreApplication.translate("cases", "请逐人登记签名日期，再登记调解员签名和盖章。")
    return NextStep(why, (Deed.AGREEMENT, Deed.PAPERS))


def _effective(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    translate = QCoreApplication.translate
    day = date_words(case.effective_on) if case.effective_on else ""
    why = translate("cases", "协议自{day}起生效，请按期督促履行。需要司法确认的，双方共同在期限内申请。")
    return NextStep(why.format(day=day), (Deed.AGREEMENT, Deed.PAPERS))


def _rejected(case: CaseView, hearings: Sequence[HearingView], today: date) -> NextStep:
    reason = label(case.refusal) if case.refusal else ""
    day = date_words(case.refused_on) if case.refused_on else ""
    why = QCoreApplication.translate("cases", "{day}决定不予受理：{reason}。{note}")
    return NextStep(why.format(day=day, reason=reason, note=case.refusal_note), (Deed.PAPERS,))


def _rights(case: CaseView) -> tuple[Deed, ...]:
    return (Deed.RIGHTS,) if case.rights_told_on is None else ()


_STEPS = {
    CaseStatus.REGISTERED: _registered,
    CaseStatus.ACCEPTED: _accepted,
    CaseStatus.REJECTED: _rejected,
    CaseStatus.ASSIGNED: _assigned,
    CaseStatus.SCHEDULED: _scheduled,
    CaseStatus.IN_SESSION: _in_session,
    CaseStatus.AGREED_WRITTEN: _agreed,
    CaseStatus.SIGNING: _signing,
    CaseStatus.EFFECTIVE: _effective,
}


def consent_words(consent: Consent, on: date | None) -> str:
    """How a party agreed, and when."""
    return f"{label(consent)} {date_words(on)}" if on else label(consent)
