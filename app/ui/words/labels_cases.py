"""The words of disputes, the people in them, their hearings and agreements."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.agreements import AgreementForm, AgreementStatus, ObligationKind, SignPlace
from app.domain.cases import (
    AgentKind,
    AgentPower,
    CaseSource,
    Channel,
    Consent,
    Difficulty,
    PartyRole,
    Refusal,
    RiskFlag,
)
from app.domain.hearings import GuestKind, HearingKind, HearingStatus, SessionOutcome
from app.domain.people import PersonKind, RelationKind
from app.domain.values.identity import IdKind, Sex

CASES: dict[type[Enum], dict[Any, Any]] = {
    AgreementForm: {
        AgreementForm.WRITTEN: QT_TRANSLATE_NOOP("labels", "书面协议"),
        AgreementForm.ORAL: QT_TRANSLATE_NOOP("labels", "口头协议"),
    },
    AgreementStatus: {
        AgreementStatus.DRAFT: QT_TRANSLATE_NOOP("labels", "草稿"),
        AgreementStatus.SIGNING: QT_TRANSLATE_NOOP("labels", "签署中"),
        AgreementStatus.EFFECTIVE: QT_TRANSLATE_NOOP("labels", "已生效"),
        AgreementStatus.ABANDONED: QT_TRANSLATE_NOOP("labels", "已作罢"),
    },
    ObligationKind: {
        ObligationKind.MONEY: QT_TRANSLATE_NOOP("labels", "给付金钱"),
        ObligationKind.ACT: QT_TRANSLATE_NOOP("labels", "完成行为"),
    },
    SignPlace: {
        SignPlace.MEDIATOR: QT_TRANSLATE_NOOP("labels", "调解员签名"),
        SignPlace.SEAL: QT_TRANSLATE_NOOP("labels", "调委会盖章"),
    },
    PartyRole: {
        PartyRole.APPLICANT: QT_TRANSLATE_NOOP("labels", "申请人"),
        PartyRole.RESPONDENT: QT_TRANSLATE_NOOP("labels", "被申请人"),
        PartyRole.THIRD: QT_TRANSLATE_NOOP("labels", "第三人"),
        PartyRole.AGENT: QT_TRANSLATE_NOOP("labels", "委托代理人"),
        PartyRole.GUARDIAN: QT_TRANSLATE_NOOP("labels", "法定代理人"),
    },
    Consent: {
        Consent.UNASKED: QT_TRANSLATE_NOOP("labels", "未询问"),
        Consent.WRITTEN: QT_TRANSLATE_NOOP("labels", "书面同意"),
        Consent.ORAL: QT_TRANSLATE_NOOP("labels", "口头同意"),
        Consent.PRESENT: QT_TRANSLATE_NOOP("labels", "到场参加"),
        Consent.REFUSED: QT_TRANSLATE_NOOP("labels", "明确拒绝"),
    },
    AgentKind: {
        AgentKind.LAWYER: QT_TRANSLATE_NOOP("labels", "律师"),
        AgentKind.LEGAL_WORKER: QT_TRANSLATE_NOOP("labels", "法律工作者"),
        AgentKind.STAFF: QT_TRANSLATE_NOOP("labels", "单位工作人员"),
        AgentKind.KIN: QT_TRANSLATE_NOOP("labels", "近亲属"),
        AgentKind.CITIZEN: QT_TRANSLATE_NOOP("labels", "公民"),
    },
    AgentPower: {
        AgentPower.APPLY: QT_TRANSLATE_NOOP("labels", "代为申请调解或者要求终止调解"),
        AgentPower.EVIDENCE: QT_TRANSLATE_NOOP("labels", "代为收集、提供证据"),
        AgentPower.CHOOSE: QT_TRANSLATE_NOOP("labels", "代为选择或者接受人民调解员"),
        AgentPower.CONCEDE: QT_TRANSLATE_NOOP("labels", "代为承认、变更和放弃调解请求"),
        AgentPower.SIGN: QT_TRANSLATE_NOOP("labels", "代为参加调解并签署文书"),
        AgentPower.RECEIVE: QT_TRANSLATE_NOOP("labels", "代为领取文书"),
        AgentPower.OTHER: QT_TRANSLATE_NOOP("labels", "其他委托事项"),
    },
    CaseSource: {
        CaseSource.OWN_INITIATIVE: QT_TRANSLATE_NOOP("labels", "主动调解"),
        CaseSource.APPLICATION: QT_TRANSLATE_NOOP("labels", "依申请调解"),
        CaseSource.COURT: QT_TRANSLATE_NOOP("labels", "法院委托移送"),
        CaseSource.POLICE: QT_TRANSLATE_NOOP("labels", "公安机关委托移送"),
        CaseSource.PROCURATORATE: QT_TRANSLATE_NOOP("labels", "检察院委托移送"),
        CaseSource.PETITION_OFFICE: QT_TRANSLATE_NOOP("labels", "信访部门委托移送"),
        CaseSource.OTHER_DEPARTMENT: QT_TRANSLATE_NOOP("labels", "其他部门委托移送"),
    },
    Channel: {
        Channel.VISIT: QT_TRANSLATE_NOOP("labels", "群众来访"),
        Channel.CALL: QT_TRANSLATE_NOOP("labels", "来电"),
        Channel.GRID: QT_TRANSLATE_NOOP("labels", "网格上报"),
        Channel.SWEEP: QT_TRANSLATE_NOOP("labels", "村组排查"),
        Channel.HOTLINE: QT_TRANSLATE_NOOP("labels", "12345热线"),
        Channel.SUPERIOR: QT_TRANSLATE_NOOP("labels", "上级交办"),
        Channel.DEPARTMENT: QT_TRANSLATE_NOOP("labels", "部门转办"),
        Channel.MINI_PROGRAM: QT_TRANSLATE_NOOP("labels", "微信小程序导入"),
        Channel.LEADER: QT_TRANSLATE_NOOP("labels", "领导接访"),
    },
    RiskFlag: {
        RiskFlag.TO_CRIME: QT_TRANSLATE_NOOP("labels", "民转刑"),
        RiskFlag.SUICIDE: QT_TRANSLATE_NOOP("labels", "自杀"),
        RiskFlag.BRAWL: QT_TRANSLATE_NOOP("labels", "群体性械斗"),
        RiskFlag.MASS_EVENT: QT_TRANSLATE_NOOP("labels", "群体性事件"),
        RiskFlag.MASS_PETITION: QT_TRANSLATE_NOOP("labels", "群体性上访"),
        RiskFlag.DOMESTIC_VIOLENCE: QT_TRANSLATE_NOOP("labels", "家庭暴力"),
        RiskFlag.STABILITY: QT_TRANSLATE_NOOP("labels", "影响稳定"),
    },
    Difficulty: {
        Difficulty.SIMPLE: QT_TRANSLATE_NOOP("labels", "简易"),
        Difficulty.GENERAL: QT_TRANSLATE_NOOP("labels", "一般"),
        Difficulty.COMPLEX: QT_TRANSLATE_NOOP("labels", "疑难"),
        Difficulty.MAJOR: QT_TRANSLATE_NOOP("labels", "重大"),
    },
    Refusal: {
        Refusal.PARTY_REFUSES: QT_TRANSLATE_NOOP("labels", "当事人明确拒绝调解"),
        Refusal.RESERVED_BY_LAW: QT_TRANSLATE_NOOP("labels", "依法由专门机关处理"),
        Refusal.ALREADY_HANDLED: QT_TRANSLATE_NOOP("labels", "已有机关受理或处理"),
        Refusal.NO_COMPETENCE: QT_TRANSLATE_NOOP("labels", "不属本调委会范围"),
        Refusal.NOT_CIVIL: QT_TRANSLATE_NOOP("labels", "不属民间纠纷"),
        Refusal.OTHER: QT_TRANSLATE_NOOP("labels", "其他"),
    },
    HearingStatus: {
        HearingStatus.TENTATIVE: QT_TRANSLATE_NOOP("labels", "暂定"),
        HearingStatus.SCHEDULED: QT_TRANSLATE_NOOP("labels", "已排期"),
        HearingStatus.HELD: QT_TRANSLATE_NOOP("labels", "已召开"),
        HearingStatus.CANCELLED: QT_TRANSLATE_NOOP("labels", "已取消"),
    },
    HearingKind: {
        HearingKind.MEDIATION: QT_TRANSLATE_NOOP("labels", "调解会"),
        HearingKind.HEARING: QT_TRANSLATE_NOOP("labels", "听证会"),
        HearingKind.CONFERENCE: QT_TRANSLATE_NOOP("labels", "会诊"),
        HearingKind.VISIT: QT_TRANSLATE_NOOP("labels", "上门调解"),
    },
    GuestKind: {
        GuestKind.PARTY: QT_TRANSLATE_NOOP("labels", "当事人"),
        GuestKind.EXPERT: QT_TRANSLATE_NOOP("labels", "人才库人员"),
        GuestKind.NAMED: QT_TRANSLATE_NOOP("labels", "其他人"),
    },
    SessionOutcome: {
        SessionOutcome.AGREED: QT_TRANSLATE_NOOP("labels", "达成协议"),
        SessionOutcome.ANOTHER_SESSION: QT_TRANSLATE_NOOP("labels", "另行调解"),
        SessionOutcome.NO_AGREEMENT: QT_TRANSLATE_NOOP("labels", "未达成协议"),
    },
    Sex: {
        Sex.MALE: QT_TRANSLATE_NOOP("labels", "男"),
        Sex.FEMALE: QT_TRANSLATE_NOOP("labels", "女"),
    },
    IdKind: {
        IdKind.RESIDENT_ID: QT_TRANSLATE_NOOP("labels", "居民身份证"),
        IdKind.RESIDENCE_PERMIT: QT_TRANSLATE_NOOP("labels", "港澳台居民居住证"),
        IdKind.PASSPORT: QT_TRANSLATE_NOOP("labels", "护照"),
        IdKind.MILITARY: QT_TRANSLATE_NOOP("labels", "军官证、士兵证"),
        IdKind.FOREIGNER_PERMANENT_RESIDENCE: QT_TRANSLATE_NOOP("labels", "外国人永久居留身份证"),
        IdKind.OTHER: QT_TRANSLATE_NOOP("labels", "其他证件"),
        IdKind.NONE: QT_TRANSLATE_NOOP("labels", "无"),
    },
    PersonKind: {
        PersonKind.NATURAL: QT_TRANSLATE_NOOP("labels", "自然人"),
        PersonKind.LEGAL: QT_TRANSLATE_NOOP("labels", "单位"),
    },
    RelationKind: {
        RelationKind.SPOUSE: QT_TRANSLATE_NOOP("labels", "配偶"),
        RelationKind.PARENT_CHILD: QT_TRANSLATE_NOOP("labels", "父母子女"),
        RelationKind.SIBLING: QT_TRANSLATE_NOOP("labels", "兄弟姐妹"),
        RelationKind.KIN: QT_TRANSLATE_NOOP("labels", "其他亲属"),
        RelationKind.HOUSEHOLD: QT_TRANSLATE_NOOP("labels", "同户"),
        RelationKind.EMPLOYER: QT_TRANSLATE_NOOP("labels", "雇佣"),
        RelationKind.AGENT: QT_TRANSLATE_NOOP("labels", "代理"),
    },
}
