"""One invented record of every form of the acts in a case's life."""

from datetime import date, time

from app.domain.after.performance import Satisfaction, VisitMethod
from app.domain.cases import AgentKind, AgentPower, CaseSource, Refusal, RiskFlag
from app.domain.flow import Outcome
from app.domain.life.codes import ReferralKind, Termination
from app.domain.papers.attachments import EvidenceKind
from app.domain.papers.forms import FormId, PaperName, PaperObligation, PaperParty, PaperRecord
from app.domain.papers.notices import (
    DemandPaper,
    ExtensionPaper,
    ReceiptSlipPaper,
    ReferralPaper,
    RefusalPaper,
    ReplyPaper,
    ReplyResult,
    TerminationPaper,
)
from app.domain.papers.work_forms import (
    ApplicationPaper,
    AuthorityPaper,
    ClosingPaper,
    ConferencePaper,
    ConferenceVoice,
    EvidenceLine,
    EvidencePaper,
    FollowUpPaper,
    InvestigationPaper,
    RiskPaper,
    UndisputedPaper,
)
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver

COMMITTEE = "平乡镇人民调解委员会"
NUMBER = "平乡镇人调字〔2026〕第A001号"
NOTICE = "平乡镇人调通字〔2026〕第A007号"
AGREEMENT_NO = "平乡镇人调协字〔2026〕第A002号"
DISPUTE = "张㛃与李䶮相邻关系纠纷"
TODAY = date(2026, 8, 7)
EARLIER = date(2026, 7, 20)
NAMES = (PaperName("申请人", "张㛃"), PaperName("被申请人", "李䶮"))
ZHANG = PaperParty(
    "申请人", "张㛃", "女", "汉族", 46, "务农", "138 0000 2233", "石门村三组18号", id_no="990532198003124527"
)
LI = PaperParty("被申请人", "李䶮", "男", "畲族", 51, "", "139 0000 8847", "石门村三组20号")
LAWYER = PaperParty("受托人", "王晓梅", "女", "汉族", 39, "律师", "139 0000 1122", "平乡县城锦绣路66号")
SUMMARY = "2026年7月17日，双方因滴水、排水沟占用发生争执，多次协商未果。\n墙体渗水，抹灰脱落。"

CASEWORK_SAMPLES: dict[FormId, PaperRecord] = {
    FormId.RECEIPT_SLIP: ReceiptSlipPaper(
        NUMBER, COMMITTEE, EARLIER, NAMES, "张㛃与李䶮相邻关系纠纷：请求排除滴水妨害", "陈静", "刘敏", "0319-0000000",
        "平乡镇人民政府院内一楼",
    ),
    FormId.APPLICATION: ApplicationPaper(
        NUMBER, COMMITTEE, (ZHANG,), (LI,), SUMMARY, ("停止滴水侵害", "赔偿墙体修缮费用12,800.00元"), True, EARLIER
    ),
    FormId.AUTHORITY: AuthorityPaper(
        NUMBER, COMMITTEE, (ZHANG,), LAWYER, AgentKind.LAWYER, DISPUTE, (AgentPower.SIGN, AgentPower.EVIDENCE),
        True, True,
    ),
    FormId.INVESTIGATION: InvestigationPaper(
        NUMBER, COMMITTEE, DISPUTE, EARLIER, time(9, 5), time(10, 30), "石门村村委会", ("村民小组长赵大山",),
        PaperParty("被调查人", "钱有福", "男", "", 63, phone="137 0000 4411", address="石门村三组7号",
                   id_no="990532196306013318"),
        "石门村村民小组", ("周国平", "刘敏"), "陈静",
        "问：您与双方是什么关系？\n答：我是他们的邻居，住了三十多年。\n问：屋檐何时翻建？\n答：前年秋天。", True, TODAY,
    ),
    FormId.EVIDENCE_LIST: EvidencePaper(
        NUMBER, COMMITTEE, DISPUTE,
        (
            EvidenceLine("土地使用证", EvidenceKind.DOCUMENT, "申请人张㛃", 1, 3, False, "四至范围", EARLIER, "陈静",
                         "刘敏"),
            EvidenceLine("现场照片", EvidenceKind.ELECTRONIC, "调解员现场拍摄", 1, None, True, "", TODAY, "陈静"),
            EvidenceLine("施工合同", EvidenceKind.DOCUMENT, "被申请人李䶮", 2, 4, True, "翻建时间", EARLIER, "陈静", "",
                         TODAY, "李䶮"),
        ),
    ),
    FormId.CONFERENCE: ConferencePaper(
        NUMBER, COMMITTEE, DISPUTE, "滴水纠纷中的相邻权界限", EARLIER, time(14, 0), time(16, 20), "镇综治中心会商室",
        "周国平",
        (
            ConferenceVoice("王晓梅", "平乡县法律援助中心", "屋檐滴水属于相邻排水，应当适当补偿。"),
            ConferenceVoice("赵工", "镇村建办", ""),
            ConferenceVoice("孙法官", "", "先查明四至，再谈费用分担。"),
        ),
        SUMMARY, "《中华人民共和国民法典》第二百八十八条、第二百九十条", "各方一致认为应当截短屋檐。",
        "由调解员组织现场勘查后再次调解。", "陈静",
    ),
    FormId.RISK_REPORT: RiskPaper(
        NUMBER, COMMITTEE, DISPUTE, NAMES, (RiskFlag.TO_CRIME, RiskFlag.BRAWL), "双方亲属各有十余人到场，有人持械。",
        RiskLevel.ORANGE, "双方亲属约二十人", "村干部到场劝离，分开安置。", RiskReceiver.POLICE, "石门派出所值班民警何某",
        "0319-0000110", ReportMethod.PHONE, TODAY, time(20, 15), "刘敏", "民警已到场处置，现场平稳。",
    ),
    FormId.EXTENSION: ExtensionPaper(
        NUMBER, COMMITTEE, NAMES, DISPUTE, EARLIER, date(2026, 8, 19), date(2026, 9, 3), "等待测绘结果", "周国平",
        "平调延〔2026〕2号", TODAY,
    ),
    FormId.UNDISPUTED_FACTS: UndisputedPaper(
        NUMBER, COMMITTEE, DISPUTE, NAMES, ("屋檐于2024年秋翻建。", "屋檐伸出界线约0.45米。"), "修缮费用如何分担", TODAY
    ),
    FormId.TERMINATION_NOTICE: TerminationPaper(
        NOTICE, COMMITTEE, NUMBER, NAMES, DISPUTE, EARLIER, TODAY, Termination.DEADLOCK, "双方对修缮费用分歧很大。",
        ("周国平", "刘敏"), False, TODAY,
    ),
    FormId.DEMAND_NOTICE: DemandPaper(
        NOTICE, COMMITTEE, "李䶮", DISPUTE, AGREEMENT_NO, EARLIER,
        PaperObligation("李䶮", "张㛃", "墙体修缮费用", 1_280_000, "转账", date(2026, 7, 31)), date(2026, 7, 31), 7,
        500_000, False, "刘敏", "0319-0000000", TODAY,
    ),
    FormId.FOLLOW_UP: FollowUpPaper(
        NUMBER, COMMITTEE, AGREEMENT_NO, PaperName("申请人", "张㛃"), DISPUTE, TODAY, VisitMethod.VISIT,
        "协议已全部履行，双方已恢复往来。", Satisfaction.VERY, "未发生新的争议", "未发现隐患", "继续关注",
        date(2026, 9, 7), "周国平",
    ),
    FormId.CLOSING_REPORT: ClosingPaper(
        NUMBER, COMMITTEE, "平乡镇人调卷字〔2026〕第A003号", TODAY, ("周国平", "刘敏"), EARLIER, date(2026, 8, 5),
        (
            PaperParty("申请人", "张㛃", phone="138 0000 2233", address="石门村三组18号"),
            PaperParty("被申请人", "李䶮", address="石门村三组20号"),
        ),
        CaseSource.POLICE, "石门派出所", SUMMARY, Outcome.PERFORMED, "李䶮已截短屋檐并支付费用。",
        AGREEMENT_NO,
    ),
    FormId.REFUSAL_NOTICE: RefusalPaper(
        NOTICE, COMMITTEE, NUMBER, NAMES[:1], EARLIER, DISPUTE, Refusal.ALREADY_HANDLED,
        "平乡县人民法院已于2026年7月15日立案。", TODAY,
    ),
    FormId.REFERRAL_LETTER: ReferralPaper(
        NOTICE, COMMITTEE, ReferralKind.TRANSFER, "平乡县自然资源和规划局", NUMBER, NAMES, DISPUTE, SUMMARY,
        "土地权属争议由人民政府处理（《中华人民共和国土地管理法》第十四条）。", False, "登记表1份\n照片6张",
        date(2026, 8, 31), "刘敏", "0319-0000000", TODAY,
    ),
    FormId.REPLY_LETTER: ReplyPaper(
        NOTICE, COMMITTEE, "平乡县人民法院", "（2026）冀0532委调12号", NUMBER, NAMES, DISPUTE, ReplyResult.PARTLY,
        AGREEMENT_NO, EARLIER, "修缮费用如何分担", "屋檐于2024年秋翻建。", Termination.DEADLOCK, "费用部分未能达成。",
        "刘敏", "0319-0000000", TODAY,
    ),
}  # fmt: skip
