"""One invented record of every form."""

from datetime import date, time

from app.domain.cases import CaseSource
from app.domain.papers.confirming import (
    ConfirmationApplicationPaper,
    MediationCertificatePaper,
    PaperApplicant,
)
from app.domain.papers.forms import (
    AcceptancePaper,
    AgreementPaper,
    FormId,
    HearingChangePaper,
    HearingNoticePaper,
    OralAgreementPaper,
    PaperAgent,
    PaperName,
    PaperObligation,
    PaperParty,
    PaperRecord,
    PaperTie,
    RecoverySheetPaper,
    RecusalRecordPaper,
    RegistrationSheetPaper,
    RightsNoticePaper,
    ServiceProofPaper,
    SessionRecordPaper,
)
from app.domain.people import RelationKind
from app.domain.recusal import Fact, FindingKind, RecusalVerdict
from app.domain.schedule.service import ServiceMethod
from tests.reports.casework_samples import CASEWORK_SAMPLES

COMMITTEE = "平乡镇人民调解委员会"
NUMBER = "平乡镇人调字〔2026〕第A001号"
TODAY = date(2026, 8, 7)
FACTS = (
    "2026年7月17日，张㛃与李䶮因相邻宅基地滴水、排水沟占用问题发生争执。张㛃认为李䶮翻建房屋时将屋檐伸出约0.45米，"
    "致使雨水直接滴落在其院墙上，造成墙体渗水、抹灰脱落；李䶮认为该屋檐系按原有“老屋基”修建，并未超出土地使用证"
    "（平集用〔2004〕字第11-0823号）载明的四至范围。\n"
    "经现场勘查：滴水线距张㛃院墙外侧仅0.12米，排水沟被砂石堵塞约3.2米；王𬭎系施工人——其堆放的砂石是堵塞的主要原因……"
    "各方对上述事实均无异议，争议在于《民法典》规定的相邻关系中各自应当承担的费用。"
)

APPLICANT = PaperParty(
    "甲方",
    "张㛃",
    "女",
    "汉族",
    46,
    "务农",
    "138 0000 2233",
    "平乡镇石门村三组18号",
    id_no="990532198003124527",
    agents=(PaperAgent("阿卜杜热合曼·买买提明", "特别授权", "139 0000 8846", "990532197506093318"),),
)
RESPONDENT = PaperParty(
    "乙方", "李䶮", "男", "畲族", 51, "", "139 0000 8847", "平乡镇石门村三组20号", id_no="990532197506093334"
)
COMPANY = PaperParty(
    "丙方",
    "平乡县王𬭎建筑劳务有限责任公司",
    occupation="经理",
    phone="0319-0000000",
    address="平乡县城锦绣路66号2幢301室",
    is_legal_person=True,
    legal_representative="王𬭎",
    uscc="91130532MA0TEST00X",
)
MINOR = PaperParty(
    "丁方",
    "欧阳珺",
    "女",
    "汉族",
    13,
    "学生",
    guardians=(PaperAgent("欧阳喆", "父亲", "137 0000 0001"),),
)
PARTIES = (APPLICANT, RESPONDENT, COMPANY, MINOR)
NAMES = tuple(PaperName(party.label, party.name) for party in PARTIES)

TERMS = (
    "李䶮于2026年9月30日前自行将伸出的屋檐截短0.33米，滴水落入自家院内。",
    "平乡县王𬭎建筑劳务有限责任公司清运堵塞排水沟的砂石，恢复原状；张㛃不再就此事提出其他要求。",
)
OBLIGATIONS = (
    PaperObligation("李䶮", "张㛃", "墙体修缮费", 1_280_000, "转账", date(2026, 9, 30)),
    PaperObligation(
        "平乡县王𬭎建筑劳务有限责任公司", "张㛃", "清运排水沟内砂石。", None, "实物", date(2026, 8, 20)
    ),
    PaperObligation("李䶮", "张㛃", "", 55_057, "现金", None, due_note="签订本协议时当场付清"),
)

ACCEPTANCE = AcceptancePaper(
    NUMBER, COMMITTEE, TODAY, CaseSource.APPLICATION, NAMES[:3], "宅基地、相邻关系纠纷", FACTS
)
BREACH = "逾期每日按未付金额的万分之二支付违约金。"
AGREEMENT = AgreementPaper(
    NUMBER,
    COMMITTEE,
    PARTIES,
    FACTS,
    TERMS,
    OBLIGATIONS,
    5,
    "逾期每日按未付金额的万分之二支付违约金。",
    True,
    TODAY,
)
SESSION = SessionRecordPaper(
    NUMBER,
    COMMITTEE,
    "张㛃与李䶮相邻关系纠纷",
    TODAY,
    time(9, 30),
    time(11, 5),
    "平乡镇综治中心第一调解室",
    ("石门村支部书记 犇淼", "张堃"),
    PARTIES[:3],
    FACTS,
    "各方自愿达成书面调解协议。",
    2,
    False,
    TODAY,
)
CONFIRMATION = ConfirmationApplicationPaper(
    NUMBER,
    COMMITTEE,
    "平乡县人民法院",
    (
        PaperApplicant(
            "张㛃", "女", date(1980, 3, 12), "汉族", "平乡镇石门村三组18号", "990532198003124527",
            "138 0000 2233", agents=(PaperName("委托代理人", "阿卜杜热合曼·买买提明"),),
        ),
        PaperApplicant(
            "平乡县王𬭎建筑劳务有限责任公司", address="平乡县城锦绣路66号2幢301室", phone="0319-0000000",
            is_legal_person=True, legal_representative="王𬭎", uscc="91130532MA0TEST00X",
        ),
    ),
    TODAY,
    NUMBER,
    "张㛃与李䶮相邻关系纠纷",
    FACTS,
    TODAY,
    ("人民调解协议书正本", "人民调解委员会主持调解的证明", "申请人身份证明"),
)  # fmt: skip

SAMPLES: dict[FormId, PaperRecord] = {
    **CASEWORK_SAMPLES,
    FormId.ACCEPTANCE: ACCEPTANCE,
    FormId.RIGHTS_NOTICE: RightsNoticePaper(NUMBER, COMMITTEE, NAMES, TODAY),
    FormId.HEARING_NOTICE: HearingNoticePaper(
        NUMBER,
        COMMITTEE,
        NAMES[0],
        "张㛃与李䶮相邻关系纠纷",
        TODAY,
        time(9, 5),
        "平乡镇综治中心第一调解室",
        ("周国平", "刘敏"),
        "陈静",
        "",
        "陈静",
        "0319-0000000",
        date(2026, 8, 3),
    ),
    FormId.HEARING_CHANGE: HearingChangePaper(
        NUMBER,
        COMMITTEE,
        PaperName("被申请人", "李䶮"),
        "张㛃与李䶮邻里纠纷",
        date(2026, 8, 10),
        time(9, 0),
        "听证室",
        "李䶮住院",
        date(2026, 8, 12),
        time(14, 30),
        "石门村村委会",
        "周国平",
        "0319-1234567",
        TODAY,
    ),
    FormId.HEARING_CANCELLATION: HearingChangePaper(
        NUMBER,
        COMMITTEE,
        PaperName("被申请人", "李䶮"),
        "张㛃与李䶮邻里纠纷",
        date(2026, 8, 10),
        time(9, 0),
        "听证室",
        "双方自行和解",
        contact="周国平",
        contact_phone="0319-1234567",
        issued_on=TODAY,
    ),
    FormId.SERVICE_PROOF: ServiceProofPaper(
        NUMBER,
        COMMITTEE,
        "张㛃与李䶮邻里纠纷",
        PaperName("被申请人", "李䶮"),
        "平乡镇石门村三组20号",
        "调解会通知书",
        "平乡镇调通字〔2026〕第A002号",
        ServiceMethod.LEFT,
        "周国平",
        TODAY,
        refused_note="李䶮拒绝签收，村委会孙某见证。",
    ),
    FormId.SESSION_RECORD: SESSION,
    FormId.AGREEMENT: AGREEMENT,
    FormId.ORAL_AGREEMENT: OralAgreementPaper(
        NUMBER, COMMITTEE, PARTIES[:2], FACTS, TERMS[:1], OBLIGATIONS[:1], "", False, TODAY
    ),
    FormId.CONFIRMATION_APPLICATION: CONFIRMATION,
    FormId.MEDIATION_CERTIFICATE: MediationCertificatePaper(
        NUMBER,
        COMMITTEE,
        NAMES[:3],
        "张㛃与李䶮相邻关系纠纷",
        ("周国平", "刘敏"),
        TODAY,
        NUMBER,
        TODAY,
        False,
        TODAY,
    ),
    FormId.RECUSAL_RECORD: RecusalRecordPaper(
        NUMBER,
        COMMITTEE,
        "张㛃与李䶮邻里纠纷",
        "周国平",
        (
            PaperTie(FindingKind.SAME_HOUSEHOLD, "李䶮", RelationKind.SIBLING),
            PaperTie(FindingKind.EARLIER_AGAINST, "张㛃", Fact.EARLIER_CASE, NUMBER, 2024),
        ),
        "申请人张㛃",
        "与对方是亲兄弟",
        RecusalVerdict.KEPT,
        "双方都信任其调解",
        (),
        NAMES,
        TODAY,
    ),
    FormId.RECOVERY_SHEET: RecoverySheetPaper(
        "平乡镇社会治安综合治理中心",
        "130532101-A",
        "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0S3JN54KH",
        TODAY,
    ),
    FormId.REGISTRATION_SHEET: RegistrationSheetPaper(
        "平乡镇社会治安综合治理中心",
        "130532101-A",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        TODAY,
    ),
}
