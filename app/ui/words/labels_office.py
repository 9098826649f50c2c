"""The words of the office: roster, calendar, papers, numbers, packages."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.clashes import BookingKind
from app.domain.packages import CardKind, InboxState, OutboxState, PackageKind
from app.domain.papers.books import BookId
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperCheckCode, PaperState
from app.domain.recusal import Fact, FindingKind
from app.domain.roster import (
    AssignmentRole,
    ChosenBy,
    CommitteeKind,
    CommitteeRole,
    ExpertPool,
    MediatorStatus,
)
from app.domain.values.calendar import DayKind
from app.domain.values.numbers import Series

OFFICE: dict[type[Enum], dict[Any, Any]] = {
    BookId: {
        BookId.CASE_REGISTER: QT_TRANSLATE_NOOP("labels", "案件台账"),
        BookId.ROSTER: QT_TRANSLATE_NOOP("labels", "调解员名册"),
    },
    DayKind: {
        DayKind.WORKDAY: QT_TRANSLATE_NOOP("labels", "工作日"),
        DayKind.ADJUSTED_WORKDAY: QT_TRANSLATE_NOOP("labels", "调休上班"),
        DayKind.WEEKEND: QT_TRANSLATE_NOOP("labels", "周末"),
        DayKind.HOLIDAY: QT_TRANSLATE_NOOP("labels", "放假"),
        DayKind.STATUTORY: QT_TRANSLATE_NOOP("labels", "法定节日"),
    },
    BookingKind: {
        BookingKind.ROOM: QT_TRANSLATE_NOOP("labels", "调解室"),
        BookingKind.MEDIATOR: QT_TRANSLATE_NOOP("labels", "调解员"),
        BookingKind.PARTY: QT_TRANSLATE_NOOP("labels", "当事人"),
        BookingKind.GUARDIAN: QT_TRANSLATE_NOOP("labels", "法定代理人"),
        BookingKind.AGENT: QT_TRANSLATE_NOOP("labels", "委托代理人"),
        BookingKind.EXPERT: QT_TRANSLATE_NOOP("labels", "人才库人员"),
    },
    Series: {
        Series.CASE: QT_TRANSLATE_NOOP("labels", "案号"),
        Series.AGREEMENT: QT_TRANSLATE_NOOP("labels", "协议编号"),
        Series.VOLUME: QT_TRANSLATE_NOOP("labels", "卷宗编号"),
        Series.NOTICE: QT_TRANSLATE_NOOP("labels", "通知书编号"),
    },
    PackageKind: {
        PackageKind.CASES: QT_TRANSLATE_NOOP("labels", "案件"),
        PackageKind.ACK: QT_TRANSLATE_NOOP("labels", "回执"),
        PackageKind.DISPATCH: QT_TRANSLATE_NOOP("labels", "交办"),
        PackageKind.GUIDANCE: QT_TRANSLATE_NOOP("labels", "指导意见"),
        PackageKind.KEYRING: QT_TRANSLATE_NOOP("labels", "密钥名单"),
        PackageKind.CODES: QT_TRANSLATE_NOOP("labels", "配置"),
    },
    OutboxState: {
        OutboxState.BUILDING: QT_TRANSLATE_NOOP("labels", "正在生成"),
        OutboxState.READY: QT_TRANSLATE_NOOP("labels", "待取走"),
        OutboxState.SENT: QT_TRANSLATE_NOOP("labels", "已送出"),
        OutboxState.ACKED: QT_TRANSLATE_NOOP("labels", "已签收"),
        OutboxState.REJECTED: QT_TRANSLATE_NOOP("labels", "已退回"),
        OutboxState.SUPERSEDED: QT_TRANSLATE_NOOP("labels", "已被新包替代"),
        OutboxState.VOID: QT_TRANSLATE_NOOP("labels", "已作废"),
    },
    CardKind: {
        CardKind.COUNTY: QT_TRANSLATE_NOOP("labels", "县中心名片"),
        CardKind.TOWNSHIP: QT_TRANSLATE_NOOP("labels", "注册单"),
    },
    InboxState: {
        InboxState.IMPORTED: QT_TRANSLATE_NOOP("labels", "已导入"),
    },
    PaperState: {
        PaperState.READY: QT_TRANSLATE_NOOP("labels", "可打印"),
        PaperState.PRINTED: QT_TRANSLATE_NOOP("labels", "已打印"),
    },
    PaperCheckCode: {
        PaperCheckCode.PARTICULARS: QT_TRANSLATE_NOOP("labels", "当事人信息完整"),
        PaperCheckCode.ID_NUMBERS: QT_TRANSLATE_NOOP("labels", "证件号码已填写"),
        PaperCheckCode.GUARDIANS: QT_TRANSLATE_NOOP("labels", "未成年人有法定代理人"),
        PaperCheckCode.RIGHTS_TOLD: QT_TRANSLATE_NOOP("labels", "已告知权利义务"),
        PaperCheckCode.SESSIONS_SIGNED: QT_TRANSLATE_NOOP("labels", "调解记录已签名"),
        PaperCheckCode.AMOUNTS: QT_TRANSLATE_NOOP("labels", "金额大小写一致"),
        PaperCheckCode.DUE_DATES: QT_TRANSLATE_NOOP("labels", "履行期限已填写"),
        PaperCheckCode.COPIES: QT_TRANSLATE_NOOP("labels", "协议份数足够"),
        PaperCheckCode.FILLED: QT_TRANSLATE_NOOP("labels", "应填内容已填写"),
        PaperCheckCode.GLYPHS: QT_TRANSLATE_NOOP("labels", "无缺字（已嵌入字体）"),
    },
    FormId: {
        FormId.RECEIPT_SLIP: QT_TRANSLATE_NOOP("labels", "接收回执"),
        FormId.APPLICATION: QT_TRANSLATE_NOOP("labels", "人民调解申请书"),
        FormId.ACCEPTANCE: QT_TRANSLATE_NOOP("labels", "人民调解受理登记表"),
        FormId.RIGHTS_NOTICE: QT_TRANSLATE_NOOP("labels", "人民调解当事人权利义务告知书"),
        FormId.AUTHORITY: QT_TRANSLATE_NOOP("labels", "授权委托书"),
        FormId.INVESTIGATION: QT_TRANSLATE_NOOP("labels", "人民调解调查记录"),
        FormId.EVIDENCE_LIST: QT_TRANSLATE_NOOP("labels", "人民调解证据材料清单"),
        FormId.HEARING_NOTICE: QT_TRANSLATE_NOOP("labels", "调解会通知书"),
        FormId.HEARING_CHANGE: QT_TRANSLATE_NOOP("labels", "调解会变更通知书"),
        FormId.HEARING_CANCELLATION: QT_TRANSLATE_NOOP("labels", "调解会取消通知书"),
        FormId.SERVICE_PROOF: QT_TRANSLATE_NOOP("labels", "送达回证"),
        FormId.CONFERENCE: QT_TRANSLATE_NOOP("labels", "会诊（研判）记录"),
        FormId.RISK_REPORT: QT_TRANSLATE_NOOP("labels", "风险预警报告"),
        FormId.EXTENSION: QT_TRANSLATE_NOOP("labels", "延长调解期限申请（同意）书"),
        FormId.SESSION_RECORD: QT_TRANSLATE_NOOP("labels", "人民调解记录"),
        FormId.UNDISPUTED_FACTS: QT_TRANSLATE_NOOP("labels", "无争议事实记载"),
        FormId.AGREEMENT: QT_TRANSLATE_NOOP("labels", "人民调解协议书"),
        FormId.ORAL_AGREEMENT: QT_TRANSLATE_NOOP("labels", "人民调解口头协议登记表"),
        FormId.TERMINATION_NOTICE: QT_TRANSLATE_NOOP("labels", "终止调解通知书"),
        FormId.DEMAND_NOTICE: QT_TRANSLATE_NOOP("labels", "督促履行通知书"),
        FormId.FOLLOW_UP: QT_TRANSLATE_NOOP("labels", "人民调解回访记录"),
        FormId.CLOSING_REPORT: QT_TRANSLATE_NOOP("labels", "人民调解结案报告表"),
        FormId.CONFIRMATION_APPLICATION: QT_TRANSLATE_NOOP("labels", "司法确认申请书"),
        FormId.MEDIATION_CERTIFICATE: QT_TRANSLATE_NOOP("labels", "人民调解证明"),
        FormId.RECUSAL_RECORD: QT_TRANSLATE_NOOP("labels", "人民调解员回避事项记录"),
        FormId.REFUSAL_NOTICE: QT_TRANSLATE_NOOP("labels", "不予受理通知书"),
        FormId.REFERRAL_LETTER: QT_TRANSLATE_NOOP("labels", "移送（交办）函"),
        FormId.REPLY_LETTER: QT_TRANSLATE_NOOP("labels", "复函（调解结果反馈）"),
        FormId.RECOVERY_SHEET: QT_TRANSLATE_NOOP("labels", "恢复单"),
        FormId.REGISTRATION_SHEET: QT_TRANSLATE_NOOP("labels", "注册单"),
    },
    FindingKind: {
        FindingKind.SAME_PERSON: QT_TRANSLATE_NOOP("labels", "与当事人是同一人"),
        FindingKind.NAMESAKE: QT_TRANSLATE_NOOP("labels", "与当事人同村同名，可能是同一人"),
        FindingKind.SAME_HOUSEHOLD: QT_TRANSLATE_NOOP("labels", "与当事人同户"),
        FindingKind.RELATED: QT_TRANSLATE_NOOP("labels", "与当事人有亲属或利害关系"),
        FindingKind.EARLIER_PARTY: QT_TRANSLATE_NOOP("labels", "曾与当事人同为纠纷一方"),
        FindingKind.EARLIER_AGAINST: QT_TRANSLATE_NOOP("labels", "曾代理当事人的对方"),
        FindingKind.EARLIER_AGENT: QT_TRANSLATE_NOOP("labels", "曾代理当事人的纠纷"),
        FindingKind.SAME_EMPLOYER: QT_TRANSLATE_NOOP("labels", "与当事人在同一单位"),
        FindingKind.EARLIER_MEDIATOR: QT_TRANSLATE_NOOP("labels", "曾调解双方的纠纷"),
        FindingKind.SAME_VILLAGE: QT_TRANSLATE_NOOP("labels", "与当事人同村"),
    },
    Fact: {
        Fact.ID_NUMBER: QT_TRANSLATE_NOOP("labels", "证件号码相同"),
        Fact.NAME_AND_PHONE: QT_TRANSLATE_NOOP("labels", "姓名和电话相同"),
        Fact.NAME_AND_BIRTH: QT_TRANSLATE_NOOP("labels", "姓名和出生日期相同"),
        Fact.NAME_AND_VILLAGE: QT_TRANSLATE_NOOP("labels", "姓名和所在村相同"),
        Fact.ADDRESS: QT_TRANSLATE_NOOP("labels", "住址相同"),
        Fact.HOUSEHOLD_NUMBER: QT_TRANSLATE_NOOP("labels", "户号相同"),
        Fact.EMPLOYER: QT_TRANSLATE_NOOP("labels", "登记的工作单位"),
        Fact.VILLAGE: QT_TRANSLATE_NOOP("labels", "住所在同一村"),
        Fact.EARLIER_CASE: QT_TRANSLATE_NOOP("labels", "有以前的案件"),
    },
    CommitteeKind: {
        CommitteeKind.VILLAGE: QT_TRANSLATE_NOOP("labels", "村调委会"),
        CommitteeKind.RESIDENT: QT_TRANSLATE_NOOP("labels", "社区调委会"),
        CommitteeKind.TOWNSHIP: QT_TRANSLATE_NOOP("labels", "乡镇调委会"),
        CommitteeKind.SUBDISTRICT: QT_TRANSLATE_NOOP("labels", "街道调委会"),
        CommitteeKind.ENTERPRISE: QT_TRANSLATE_NOOP("labels", "企事业单位调委会"),
        CommitteeKind.SECTORAL: QT_TRANSLATE_NOOP("labels", "行业性专业性调委会"),
    },
    CommitteeRole: {
        CommitteeRole.CHAIR: QT_TRANSLATE_NOOP("labels", "主任"),
        CommitteeRole.VICE: QT_TRANSLATE_NOOP("labels", "副主任"),
        CommitteeRole.MEMBER: QT_TRANSLATE_NOOP("labels", "委员"),
        CommitteeRole.APPOINTED: QT_TRANSLATE_NOOP("labels", "聘任调解员"),
    },
    MediatorStatus: {
        MediatorStatus.ACTIVE: QT_TRANSLATE_NOOP("labels", "在岗"),
        MediatorStatus.SUSPENDED: QT_TRANSLATE_NOOP("labels", "暂停"),
        MediatorStatus.LEFT: QT_TRANSLATE_NOOP("labels", "离任"),
    },
    ExpertPool: {
        ExpertPool.GOOD_PEOPLE: QT_TRANSLATE_NOOP("labels", "好人"),
        ExpertPool.LAWYERS: QT_TRANSLATE_NOOP("labels", "律师、法律工作者"),
        ExpertPool.GENTRY: QT_TRANSLATE_NOOP("labels", "乡贤"),
        ExpertPool.COUNSELLORS: QT_TRANSLATE_NOOP("labels", "心理咨询"),
    },
    ChosenBy: {
        ChosenBy.COMMITTEE: QT_TRANSLATE_NOOP("labels", "调委会指派"),
        ChosenBy.PARTIES: QT_TRANSLATE_NOOP("labels", "当事人选定"),
    },
    AssignmentRole: {
        AssignmentRole.LEAD: QT_TRANSLATE_NOOP("labels", "主持"),
        AssignmentRole.CO: QT_TRANSLATE_NOOP("labels", "协助"),
    },
}
