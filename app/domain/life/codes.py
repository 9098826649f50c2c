"""The code lists of the acts in the life of a case (domain reference 1.3, 2.5, 3.4)."""

from enum import StrEnum


class Procedure(StrEnum):
    """Which procedure a case is mediated under; each has its own time limit (domain reference 2.5, 3.6)."""

    ORDINARY = "ordinary"
    LABOUR = "labour"  # LAB 14
    MEDICAL = "medical"  # MED 38
    COURT_PRE = "court_pre"  # 法院委派, before docketing (TY16)
    COURT_ORDINARY = "court_ordinary"  # 法院委托, ordinary procedure
    COURT_SIMPLE = "court_simple"  # 法院委托, simple procedure
    PETITION = "petition"  # XF22


class ReferralKind(StrEnum):
    """How a case is handed to another office."""

    TRANSFER = "transfer"  # 移送有权处理的部门
    HAND_OVER = "hand_over"  # 移交其他调解组织: only with the parties' consent (NB15 19)
    WHISTLE = "whistle"  # 吹哨报到: a department is called
    DOWN = "down"  # 交办下一级
    COUNTY = "county"  # 上报县中心


class ReferralReply(StrEnum):
    """What the other office answered."""

    TAKEN = "taken"  # it works on it
    DONE = "done"  # it brought the matter to an end
    RETURNED = "returned"
    TAKEN_OVER = "taken_over"  # the county deals with it alone
    JOINT = "joint"  # the county deals with it together with this office


class SuspendReason(StrEnum):
    """Why the mediation pauses."""

    APPRAISAL = "appraisal"  # the clock of a medical dispute stands still (MED 38)
    PARTY_ABSENT = "party_absent"
    OTHER_MATTER = "other_matter"  # the outcome of another matter must be waited for
    NEGOTIATING = "negotiating"  # the parties asked for time
    OTHER = "other"


class Termination(StrEnum):
    """Why a mediation ends without an agreement (SZ22 28, NB15 23, TY16 26, PML 17, 26)."""

    REFUSED = "refused"  # 当事人拒绝或撤回
    TIME_OUT = "time_out"
    DEADLOCK = "deadlock"
    DISHONEST = "dishonest"
    SHAM = "sham"
    GONE = "gone"
    LITIGATED = "litigated"
    OTHER = "other"


class Retention(StrEnum):
    """How long a volume is kept (domain reference 4.23)."""

    SHORT = "short"
    LONG = "long"
    PERMANENT = "permanent"


class VolumeItem(StrEnum):
    """The items of a volume in their order (VOL); a failed case has the termination for an agreement."""

    REQUEST = "request"  # 调解申请书或受理登记表
    RIGHTS = "rights"
    IDENTITY = "identity"
    AUTHORITY = "authority"  # 授权委托书
    INVESTIGATION = "investigation"
    EVIDENCE = "evidence"
    NOTICE = "notice"  # 调解会通知书
    SESSION = "session"
    AGREEMENT = "agreement"
    TERMINATION = "termination"
    PERFORMANCE = "performance"
    FOLLOW_UP = "follow_up"
    CONFIRMATION = "confirmation"
    NOTE = "note"  # 卷宗情况说明
    DECISION = "decision"  # 不予受理通知书、移送函等
    BACK = "back"  # 封底


class LinkKind(StrEnum):
    """How two cases belong together."""

    MERGED_INTO = "merged_into"
    TOOK_IN = "took_in"
    REOPENED_FROM = "reopened_from"
    REOPENED_AS = "reopened_as"


LAST_LEVEL = 4
LEVELS = range(1, LAST_LEVEL + 1)
"""四级七天: grid, village, justice office, township centre; above the last stands the county (SIJI)."""
