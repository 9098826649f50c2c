"""The states of a case, the ways between them, and what can be done in each (domain reference 3.1, 3.2)."""

from enum import StrEnum


class CaseStatus(StrEnum):
    """Where a case stands. A draft (登记草稿) has no number yet and is no case: see `drafts`."""

    REGISTERED = "registered"  # 已登记
    TRIAGE = "triage"  # 甄别分流
    ACCEPTED = "accepted"  # 已受理
    REJECTED = "rejected"  # 不予受理
    TRANSFERRED = "transferred"  # 转办/移送
    ESCALATED = "escalated"  # 上报县中心
    RETURNED = "returned"  # 县中心退回
    TAKEN_OVER = "taken_over"  # 县中心办理
    JOINT = "joint"  # 联合办理
    WITHDRAWN = "withdrawn"  # 撤回
    MERGED = "merged"  # 并案
    ON_SPOT = "on_spot"  # 当场化解
    ASSIGNED = "assigned"  # 已指派
    INVESTIGATING = "investigating"  # 调查
    SCHEDULED = "scheduled"  # 已排期
    IN_SESSION = "in_session"  # 调解中
    SUSPENDED = "suspended"  # 中止
    PARTIAL = "partial"  # 部分达成
    AGREED_ORAL = "agreed_oral"  # 口头达成
    AGREED_WRITTEN = "agreed_written"  # 书面达成, not yet printed
    SIGNING = "signing"  # 签署中
    TERMINATED = "terminated"  # 终止(调解不成)
    EFFECTIVE = "effective"  # 已生效
    PERFORMING = "performing"  # 履行中
    PERFORMED = "performed"  # 已履行
    BREACHED = "breached"  # 未履行
    FOLLOWED_UP = "followed_up"  # 已回访
    CLOSED = "closed"  # 结案
    STRUCK_OFF = "struck_off"  # 已销号
    REOPENED = "reopened"  # 已重新立案: goes on as a linked copy
    ARCHIVED = "archived"  # 已归档
    REPORTED = "reported"  # 已备案


_S = CaseStatus

MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _S.REGISTERED: frozenset({_S.TRIAGE}),
    _S.TRIAGE: frozenset(
        {_S.ACCEPTED, _S.REJECTED, _S.TRANSFERRED, _S.ESCALATED, _S.WITHDRAWN, _S.MERGED, _S.ON_SPOT}
    ),
    _S.ACCEPTED: frozenset({_S.ASSIGNED, _S.TERMINATED}),
    _S.REJECTED: frozenset({_S.CLOSED}),
    _S.TRANSFERRED: frozenset({_S.CLOSED, _S.TRIAGE}),
    _S.ESCALATED: frozenset({_S.RETURNED, _S.TAKEN_OVER, _S.JOINT}),
    _S.RETURNED: frozenset({_S.TRIAGE}),
    _S.TAKEN_OVER: frozenset({_S.CLOSED}),
    _S.JOINT: frozenset({_S.CLOSED}),
    _S.WITHDRAWN: frozenset({_S.CLOSED}),
    _S.MERGED: frozenset({_S.CLOSED}),
    _S.ON_SPOT: frozenset({_S.AGREED_ORAL, _S.TRIAGE}),
    _S.ASSIGNED: frozenset({_S.PERFORMING, _S.INVESTIGATING, _S.SCHEDULED, _S.TERMINATED}),
    _S.INVESTIGATING: frozenset({_S.PERFORMING, _S.SCHEDULED, _S.ASSIGNED, _S.TERMINATED}),
    _S.SCHEDULED: frozenset({_S.PERFORMING, _S.IN_SESSION, _S.ASSIGNED, _S.TERMINATED, _S.PARTIAL}),
    _S.IN_SESSION: frozenset(
        {
            _S.PERFORMING,
            _S.SCHEDULED,
            _S.SUSPENDED,
            _S.AGREED_ORAL,
            _S.AGREED_WRITTEN,
            _S.PARTIAL,
            _S.TERMINATED,
        }
    ),
    _S.SUSPENDED: frozenset({_S.PERFORMING, _S.SCHEDULED, _S.TERMINATED, _S.PARTIAL}),
    _S.PARTIAL: frozenset({_S.SIGNING, _S.SCHEDULED, _S.TERMINATED, _S.EFFECTIVE}),
    _S.AGREED_ORAL: frozenset({_S.EFFECTIVE}),
    _S.AGREED_WRITTEN: frozenset({_S.SIGNING, _S.TERMINATED, _S.PARTIAL}),
    _S.SIGNING: frozenset({_S.EFFECTIVE, _S.AGREED_WRITTEN, _S.PARTIAL, _S.TERMINATED}),
    _S.TERMINATED: frozenset({_S.CLOSED}),
    _S.EFFECTIVE: frozenset({_S.PERFORMING}),
    _S.PERFORMING: frozenset({_S.PERFORMED, _S.BREACHED}),
    _S.PERFORMED: frozenset({_S.FOLLOWED_UP, _S.PERFORMING}),
    _S.BREACHED: frozenset({_S.ASSIGNED, _S.CLOSED, _S.PERFORMING}),
    _S.FOLLOWED_UP: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset({_S.STRUCK_OFF, _S.ARCHIVED, _S.REOPENED}),
    _S.STRUCK_OFF: frozenset({_S.ARCHIVED, _S.REOPENED}),
    _S.REOPENED: frozenset({_S.ARCHIVED}),
    _S.ARCHIVED: frozenset({_S.REPORTED}),
    _S.REPORTED: frozenset(),
}
"""From each state to those it may go to: the arrows of the domain reference, and our own (decision 18).

A mediation may end at any time, for who wants no more of it cannot be kept (PML 3). On the spot it may after
all not be settled. An investigation, a hearing and a printed agreement may be taken back. A partial agreement
that is signed leaves the rest to be mediated, or takes effect alone when the rest is given up, wherever that
then stands. Who is late may still pay, also while it is mediated anew; what proves to be unpaid is owed
again. To change an agreement in effect moves no case: the new agreement is signed beside it and takes its
place (PML 33).
"""

BEFORE_DECISION = frozenset({_S.REGISTERED, _S.TRIAGE})
MEDIATING = frozenset(
    {
        _S.ACCEPTED, _S.ASSIGNED, _S.INVESTIGATING, _S.SCHEDULED, _S.IN_SESSION, _S.SUSPENDED, _S.PARTIAL,
        _S.AGREED_ORAL, _S.AGREED_WRITTEN, _S.SIGNING,
    }
)  # fmt: skip
"""From acceptance until the agreement takes effect: the time limit of mediation runs (MJR02 33)."""
BEFORE_AGREEMENT = frozenset(
    {_S.ACCEPTED, _S.ASSIGNED, _S.INVESTIGATING, _S.SCHEDULED, _S.IN_SESSION, _S.SUSPENDED, _S.PARTIAL}
)
SETTLED = frozenset({_S.EFFECTIVE, _S.PERFORMING, _S.PERFORMED, _S.BREACHED, _S.FOLLOWED_UP})
"""An agreement is in effect and the case not closed yet."""
ELSEWHERE = frozenset({_S.TRANSFERRED, _S.ESCALATED, _S.TAKEN_OVER, _S.JOINT})
"""Somebody else has to answer."""
DECLINED = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.MERGED})
ENDED = frozenset({_S.CLOSED, _S.STRUCK_OFF, _S.REOPENED, _S.ARCHIVED, _S.REPORTED})
LOCKED = frozenset({_S.ARCHIVED, _S.REPORTED})
"""Read only: what is still to be said is a supplement with its own date (domain reference 3.1)."""
NO_LONGER_OPEN = SETTLED | ENDED | DECLINED
"""Nobody mediates any more; what remains is performance, follow-up and the volume."""


class CaseAction(StrEnum):
    """An entry of a case's history."""

    REGISTERED = "registered"
    TRIAGED = "triaged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    TRANSFER_ANSWERED = "transfer_answered"
    ESCALATED = "escalated"
    COUNTY_ANSWERED = "county_answered"
    LEVEL_RAISED = "level_raised"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    TOOK_IN = "took_in"  # another case was merged into this one
    ON_SPOT = "on_spot"
    NOT_ON_SPOT = "not_on_spot"
    CORRECTED = "corrected"  # what is written about the matter
    PARTY_ADDED = "party_added"
    PARTY_CHANGED = "party_changed"
    PARTY_LEFT = "party_left"
    CONSENT_RECORDED = "consent_recorded"
    RIGHTS_TOLD = "rights_told"
    ASSIGNED = "assigned"
    RELIEVED = "relieved"
    RECUSAL_FOUND = "recusal_found"
    RECUSAL_DECIDED = "recusal_decided"
    INVESTIGATING = "investigating"
    INVESTIGATED = "investigated"
    VISITED = "visited"
    EVIDENCE_TAKEN = "evidence_taken"
    EVIDENCE_RETURNED = "evidence_returned"
    ATTACHED = "attached"
    REMOVED = "removed"
    RESTORED = "restored"
    UNDONE = "undone"
    CONFERRED = "conferred"
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    HEARING_CANCELLED = "hearing_cancelled"
    SERVED = "served"
    SESSION_HELD = "session_held"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    AGREED = "agreed"
    AGREED_ORALLY = "agreed_orally"
    AGREED_IN_PART = "agreed_in_part"
    AGREEMENT_PRINTED = "agreement_printed"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_ABANDONED = "agreement_abandoned"
    SIGNED = "signed"
    EFFECTIVE = "effective"
    TERMINATED = "terminated"
    RECEIVED = "received"  # money or a deed of performance
    RECEIPT_VOIDED = "receipt_voided"
    POSTPONED = "postponed"
    RELEASED = "released"  # the creditor waived an obligation
    DEMANDED = "demanded"
    PERFORMED = "performed"
    BREACHED = "breached"
    WAY_TAKEN = "way_taken"  # a suit, enforcement or a payment order after a breach
    REMEDIATED = "remediated"
    FOLLOWED_UP = "followed_up"
    CONFIRMATION_APPLIED = "confirmation_applied"
    CONFIRMATION_DOCKETED = "confirmation_docketed"
    CONFIRMATION_DECIDED = "confirmation_decided"
    ENTRUSTMENT_SIGNED = "entrustment_signed"
    ENTRUSTMENT_ANSWERED = "entrustment_answered"
    RISK_RAISED = "risk_raised"
    RISK_CLEARED = "risk_cleared"
    CLOSED = "closed"
    STRIKE_OFF_PROPOSED = "strike_off_proposed"
    STRIKE_OFF_DECLINED = "strike_off_declined"
    STRUCK_OFF = "struck_off"
    ARCHIVED = "archived"
    SUPPLEMENTED = "supplemented"
    REPORTED = "reported"
    REOPENED = "reopened"
    PRINTED = "printed"


class Step(StrEnum):
    """The next thing somebody must do on a case."""

    DECIDE = "decide"
    AWAIT = "await"  # the answer of another office
    ASSIGN = "assign"
    SCHEDULE = "schedule"
    HOLD = "hold"
    SETTLE = "settle"
    RESUME = "resume"
    PRINT = "print"
    SIGN = "sign"
    TELL = "tell"  # the remedies, and hand over
    PERFORM = "perform"
    ENFORCE = "enforce"  # a way out of a breach
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    STRIKE_OFF = "strike_off"
    ARCHIVE = "archive"
    REPORT = "report"
    NONE = "none"


STEP_OF: dict[CaseStatus, Step] = {
    _S.REGISTERED: Step.DECIDE,
    _S.TRIAGE: Step.DECIDE,
    _S.ACCEPTED: Step.ASSIGN,
    _S.REJECTED: Step.CLOSE,
    _S.TRANSFERRED: Step.AWAIT,
    _S.ESCALATED: Step.AWAIT,
    _S.RETURNED: Step.DECIDE,
    _S.TAKEN_OVER: Step.AWAIT,
    _S.JOINT: Step.AWAIT,
    _S.WITHDRAWN: Step.CLOSE,
    _S.MERGED: Step.CLOSE,
    _S.ON_SPOT: Step.SETTLE,
    _S.ASSIGNED: Step.SCHEDULE,
    _S.INVESTIGATING: Step.SCHEDULE,
    _S.SCHEDULED: Step.HOLD,
    _S.IN_SESSION: Step.SETTLE,
    _S.SUSPENDED: Step.RESUME,
    _S.PARTIAL: Step.PRINT,
    _S.AGREED_ORAL: Step.SIGN,
    _S.AGREED_WRITTEN: Step.PRINT,
    _S.SIGNING: Step.SIGN,
    _S.TERMINATED: Step.CLOSE,
    _S.EFFECTIVE: Step.PERFORM,
    _S.PERFORMING: Step.PERFORM,
    _S.PERFORMED: Step.FOLLOW_UP,
    _S.BREACHED: Step.ENFORCE,
    _S.FOLLOWED_UP: Step.CLOSE,
    _S.CLOSED: Step.ARCHIVE,
    _S.STRUCK_OFF: Step.ARCHIVE,
    _S.REOPENED: Step.ARCHIVE,
    _S.ARCHIVED: Step.REPORT,
    _S.REPORTED: Step.NONE,
}
"""A closed success is struck off first: `next_step_of` tells them apart."""


class Outcome(StrEnum):
    """How a case ended (3.1: CLOSED and in brackets why)."""

    PERFORMED = "performed"  # 履行完毕
    FAILED = "failed"  # 调解不成
    BREACHED = "breached"  # 未履行
    REJECTED = "rejected"  # 不予受理
    WITHDRAWN = "withdrawn"  # 撤回
    MERGED = "merged"  # 并案
    TRANSFERRED = "transferred"  # 移送办结
    COUNTY = "county"  # 县中心办结


def next_step_of(status: CaseStatus, outcome: Outcome | None) -> Step:
    """What comes next; of closed cases only those settled or left unperformed are struck off (G12)."""
    if status == CaseStatus.CLOSED and outcome in (Outcome.PERFORMED, Outcome.BREACHED):
        return Step.STRIKE_OFF
    return STEP_OF[status]


class Deed(StrEnum):
    """What a person can do on a case; each is one dialog or page."""

    TRIAGE = "triage"
    CONSENT = "consent"
    ACCEPT = "accept"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    ANSWER_TRANSFER = "answer_transfer"
    ESCALATE = "escalate"
    ANSWER_COUNTY = "answer_county"
    RAISE_LEVEL = "raise_level"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    SETTLE_ON_SPOT = "settle_on_spot"
    NOT_ON_SPOT = "not_on_spot"
    CORRECT = "correct"
    PARTIES = "parties"
    ASSIGN = "assign"
    RECUSAL = "recusal"
    RIGHTS = "rights"
    INVESTIGATE = "investigate"
    VISIT = "visit"
    EVIDENCE = "evidence"
    CONFER = "confer"
    SCHEDULE = "schedule"
    SESSION = "session"
    SUSPEND = "suspend"
    EXTEND = "extend"
    AGREEMENT = "agreement"
    CHANGE_AGREEMENT = "change_agreement"
    PAPERS = "papers"
    TERMINATE = "terminate"
    PERFORMANCE = "performance"
    BREACH = "breach"
    REMEDIATE = "remediate"
    FOLLOW_UP = "follow_up"
    CONFIRMATION = "confirmation"
    ENTRUSTMENT = "entrustment"
    RISK = "risk"
    CLOSE = "close"
    STRIKE_OFF = "strike_off"
    ARCHIVE = "archive"
    SUPPLEMENT = "supplement"
    REPORT = "report"
    REOPEN = "reopen"


_D = Deed
_MATTER = (_D.CORRECT, _D.PARTIES, _D.EVIDENCE, _D.RISK)
_CALL = (_D.TRANSFER, _D.ANSWER_TRANSFER)
_MEDIATION = (_D.RIGHTS, _D.VISIT, _D.CONFER, _D.EXTEND, *_CALL, _D.ENTRUSTMENT, _D.CONFIRMATION, *_MATTER)
_AFTER = (
    _D.FOLLOW_UP, _D.CONFIRMATION, _D.PAPERS, _D.VISIT, _D.EVIDENCE, _D.CORRECT, _D.RISK, _D.ENTRUSTMENT,
)  # fmt: skip

DEEDS_OF: dict[CaseStatus, tuple[Deed, ...]] = {
    _S.REGISTERED: (
        _D.ACCEPT, _D.CONSENT, _D.TRIAGE, _D.SETTLE_ON_SPOT, _D.REFUSE, _D.TRANSFER, _D.ESCALATE, _D.MERGE,
        _D.WITHDRAW, _D.RAISE_LEVEL, _D.ENTRUSTMENT, *_MATTER,
    ),
    _S.TRIAGE: (
        _D.ACCEPT, _D.CONSENT, _D.SETTLE_ON_SPOT, _D.REFUSE, _D.TRANSFER, _D.ESCALATE, _D.MERGE, _D.WITHDRAW,
        _D.TRIAGE, _D.RAISE_LEVEL, _D.ENTRUSTMENT, *_MATTER,
    ),
    _S.ACCEPTED: (_D.ASSIGN, _D.PAPERS, _D.TERMINATE, *_MEDIATION),
    _S.REJECTED: (_D.CLOSE, _D.PAPERS, _D.ENTRUSTMENT, _D.RISK),
    _S.TRANSFERRED: (_D.ANSWER_TRANSFER, _D.PAPERS, _D.RISK),
    _S.ESCALATED: (_D.ANSWER_COUNTY, _D.PAPERS, _D.RISK),
    _S.RETURNED: (_D.TRIAGE, _D.RISK),
    _S.TAKEN_OVER: (_D.ANSWER_COUNTY, _D.RISK),
    _S.JOINT: (_D.ANSWER_COUNTY, _D.VISIT, _D.RISK),
    _S.WITHDRAWN: (_D.CLOSE, _D.PAPERS, _D.ENTRUSTMENT, _D.RISK),
    _S.MERGED: (_D.CLOSE, _D.RISK),
    _S.ON_SPOT: (_D.AGREEMENT, _D.NOT_ON_SPOT, *_MATTER),
    _S.ASSIGNED: (_D.SCHEDULE, _D.INVESTIGATE, _D.ASSIGN, _D.RECUSAL, _D.PAPERS, _D.TERMINATE, *_MEDIATION),
    _S.INVESTIGATING: (
        _D.SCHEDULE, _D.INVESTIGATE, _D.ASSIGN, _D.RECUSAL, _D.PAPERS, _D.TERMINATE, *_MEDIATION,
    ),
    _S.SCHEDULED: (_D.SESSION, _D.SCHEDULE, _D.ASSIGN, _D.RECUSAL, _D.PAPERS, _D.TERMINATE, *_MEDIATION),
    _S.IN_SESSION: (
        _D.AGREEMENT, _D.SCHEDULE, _D.SESSION, _D.SUSPEND, _D.TERMINATE, _D.ASSIGN, _D.RECUSAL, _D.PAPERS,
        *_MEDIATION,
    ),
    _S.SUSPENDED: (_D.SCHEDULE, _D.TERMINATE, _D.ASSIGN, _D.RECUSAL, _D.PAPERS, *_MEDIATION),
    _S.PARTIAL: (
        _D.PAPERS, _D.AGREEMENT, _D.SCHEDULE, _D.TERMINATE, _D.ASSIGN, _D.RECUSAL, *_MEDIATION,
    ),
    _S.AGREED_ORAL: (_D.AGREEMENT, _D.RECUSAL, *_MEDIATION),
    _S.AGREED_WRITTEN: (_D.PAPERS, _D.AGREEMENT, _D.TERMINATE, _D.RECUSAL, *_MEDIATION),
    _S.SIGNING: (_D.AGREEMENT, _D.PAPERS, _D.TERMINATE, _D.RECUSAL, *_MEDIATION),
    _S.TERMINATED: (_D.CLOSE, *_CALL, _D.PAPERS, _D.EVIDENCE, _D.CORRECT, _D.RISK, _D.ENTRUSTMENT),
    _S.EFFECTIVE: (
        _D.PERFORMANCE, _D.CONFIRMATION, _D.CHANGE_AGREEMENT, _D.BREACH, _D.AGREEMENT, _D.FOLLOW_UP,
        *_AFTER[2:],
    ),
    _S.PERFORMING: (_D.PERFORMANCE, _D.BREACH, _D.CHANGE_AGREEMENT, _D.AGREEMENT, *_AFTER),
    _S.PERFORMED: (_D.FOLLOW_UP, _D.PERFORMANCE, _D.AGREEMENT, *_AFTER[1:]),
    _S.BREACHED: (_D.REMEDIATE, _D.PERFORMANCE, _D.CLOSE, *_AFTER),
    _S.FOLLOWED_UP: (_D.CLOSE, *_AFTER),
    _S.CLOSED: (_D.STRIKE_OFF, _D.ARCHIVE, _D.REOPEN, *_AFTER),
    _S.STRUCK_OFF: (_D.ARCHIVE, _D.REOPEN, _D.FOLLOW_UP, _D.PAPERS, _D.EVIDENCE, _D.RISK),
    _S.REOPENED: (_D.ARCHIVE, _D.PAPERS, _D.EVIDENCE, _D.RISK),
    _S.ARCHIVED: (_D.REPORT, _D.SUPPLEMENT, _D.PAPERS),
    _S.REPORTED: (_D.SUPPLEMENT, _D.PAPERS),
}  # fmt: skip
"""What can be done in each state, what leads on first; a deed may still be hindered (`hindrances`)."""


def states_offering(deed: Deed) -> tuple[CaseStatus, ...]:
    """The states in which a deed is offered, and so may be done."""
    return tuple(status for status, deeds in DEEDS_OF.items() if deed in deeds)
