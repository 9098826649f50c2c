"""The words of visits, investigations, evidence, risks and consultations."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.errors import Reason
from app.domain.papers.attachments import AttachmentCategory, EvidenceKind, FileKind, Stranger
from app.domain.work.phrases import PhraseKind
from app.domain.work.risks import ReportMethod, RiskLevel, RiskReceiver
from app.domain.work.visits import VisitManner

LABELS: dict[type[Enum], dict[Any, Any]] = {
    VisitManner: {
        VisitManner.HOME: QT_TRANSLATE_NOOP("labels", "入户走访"),
        VisitManner.SITE: QT_TRANSLATE_NOOP("labels", "现场查看"),
        VisitManner.PHONE: QT_TRANSLATE_NOOP("labels", "电话沟通"),
        VisitManner.WECHAT: QT_TRANSLATE_NOOP("labels", "微信沟通"),
        VisitManner.OFFICE: QT_TRANSLATE_NOOP("labels", "约谈"),
        VisitManner.VILLAGE: QT_TRANSLATE_NOOP("labels", "村组协调"),
        VisitManner.OTHER: QT_TRANSLATE_NOOP("labels", "其他"),
    },
    RiskLevel: {
        RiskLevel.RED: QT_TRANSLATE_NOOP("labels", "红色"),
        RiskLevel.ORANGE: QT_TRANSLATE_NOOP("labels", "橙色"),
        RiskLevel.YELLOW: QT_TRANSLATE_NOOP("labels", "黄色"),
        RiskLevel.BLUE: QT_TRANSLATE_NOOP("labels", "蓝色"),
    },
    RiskReceiver: {
        RiskReceiver.POLICE: QT_TRANSLATE_NOOP("labels", "公安机关"),
        RiskReceiver.JUSTICE: QT_TRANSLATE_NOOP("labels", "司法所（司法局）"),
        RiskReceiver.COUNTY: QT_TRANSLATE_NOOP("labels", "县依法治理中心"),
        RiskReceiver.OTHER: QT_TRANSLATE_NOOP("labels", "其他部门"),
    },
    ReportMethod: {
        ReportMethod.PHONE: QT_TRANSLATE_NOOP("labels", "电话"),
        ReportMethod.IN_PERSON: QT_TRANSLATE_NOOP("labels", "当面"),
        ReportMethod.WRITTEN: QT_TRANSLATE_NOOP("labels", "书面"),
        ReportMethod.WECHAT: QT_TRANSLATE_NOOP("labels", "微信"),
    },
    PhraseKind: {
        PhraseKind.PROMPT: QT_TRANSLATE_NOOP("labels", "问话要点"),
        PhraseKind.FACT: QT_TRANSLATE_NOOP("labels", "事实"),
        PhraseKind.TERM: QT_TRANSLATE_NOOP("labels", "协议条款"),
        PhraseKind.MANNER: QT_TRANSLATE_NOOP("labels", "履行方式"),
        PhraseKind.BREACH: QT_TRANSLATE_NOOP("labels", "违约责任"),
    },
    AttachmentCategory: {
        AttachmentCategory.APPLICANT: QT_TRANSLATE_NOOP("labels", "申请人材料"),
        AttachmentCategory.RESPONDENT: QT_TRANSLATE_NOOP("labels", "被申请人材料"),
        AttachmentCategory.APPLICATION: QT_TRANSLATE_NOOP("labels", "调解申请书"),
        AttachmentCategory.ADDRESS: QT_TRANSLATE_NOOP("labels", "送达地址确认书"),
        AttachmentCategory.RIGHTS: QT_TRANSLATE_NOOP("labels", "权利义务告知书"),
        AttachmentCategory.EVIDENCE: QT_TRANSLATE_NOOP("labels", "证据材料"),
        AttachmentCategory.RECORD: QT_TRANSLATE_NOOP("labels", "调解笔录"),
        AttachmentCategory.AGREEMENT: QT_TRANSLATE_NOOP("labels", "调解协议书"),
        AttachmentCategory.RECEIPT: QT_TRANSLATE_NOOP("labels", "履行凭证"),
        AttachmentCategory.CONFIRMATION: QT_TRANSLATE_NOOP("labels", "司法确认申请书"),
        AttachmentCategory.TRANSFER: QT_TRANSLATE_NOOP("labels", "移送函"),
        AttachmentCategory.PRESERVATION: QT_TRANSLATE_NOOP("labels", "保全材料"),
        AttachmentCategory.APPRAISAL: QT_TRANSLATE_NOOP("labels", "鉴定材料"),
        AttachmentCategory.SIGNED_PAPER: QT_TRANSLATE_NOOP("labels", "签字文书扫描件"),
        AttachmentCategory.OTHER: QT_TRANSLATE_NOOP("labels", "其他材料"),
    },
    EvidenceKind: {
        EvidenceKind.DOCUMENT: QT_TRANSLATE_NOOP("labels", "书证"),
        EvidenceKind.OBJECT: QT_TRANSLATE_NOOP("labels", "物证"),
        EvidenceKind.RECORDING: QT_TRANSLATE_NOOP("labels", "视听资料"),
        EvidenceKind.ELECTRONIC: QT_TRANSLATE_NOOP("labels", "电子数据"),
        EvidenceKind.TESTIMONY: QT_TRANSLATE_NOOP("labels", "证人证言"),
        EvidenceKind.STATEMENT: QT_TRANSLATE_NOOP("labels", "当事人的陈述"),
        EvidenceKind.APPRAISAL: QT_TRANSLATE_NOOP("labels", "鉴定意见"),
        EvidenceKind.INSPECTION: QT_TRANSLATE_NOOP("labels", "勘验笔录"),
    },
    FileKind: {
        FileKind.PDF: QT_TRANSLATE_NOOP("labels", "PDF"),
        FileKind.JPEG: QT_TRANSLATE_NOOP("labels", "照片"),
        FileKind.PNG: QT_TRANSLATE_NOOP("labels", "图片"),
    },
    Stranger: {
        Stranger.EMPTY: QT_TRANSLATE_NOOP("labels", "空文件"),
        Stranger.HEIC: QT_TRANSLATE_NOOP("labels", "苹果手机的 HEIC 照片"),
        Stranger.TIFF: QT_TRANSLATE_NOOP("labels", "TIFF 图片"),
        Stranger.BITMAP: QT_TRANSLATE_NOOP("labels", "BMP 图片"),
        Stranger.GIF: QT_TRANSLATE_NOOP("labels", "GIF 动图"),
        Stranger.WEBP: QT_TRANSLATE_NOOP("labels", "WebP 图片"),
        Stranger.OFFICE: QT_TRANSLATE_NOOP("labels", "Word、Excel 文档或压缩包"),
        Stranger.OLD_OFFICE: QT_TRANSLATE_NOOP("labels", "旧版 Word、Excel 文档"),
        Stranger.ARCHIVE: QT_TRANSLATE_NOOP("labels", "压缩包"),
        Stranger.PROGRAM: QT_TRANSLATE_NOOP("labels", "可执行程序"),
        Stranger.VIDEO: QT_TRANSLATE_NOOP("labels", "录像或录音"),
        Stranger.TEXT: QT_TRANSLATE_NOOP("labels", "纯文字"),
        Stranger.UNKNOWN: QT_TRANSLATE_NOOP("labels", "认不出的格式"),
    },
}
REASONS: dict[Reason, Any] = {
    Reason.FILE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "messages", "文件有 {size} MB，超过每份 {most} MB。请把扫描分辨率调到 300 dpi，或分成几份再添加。"
    ),
    Reason.FILE_STRANGE: QT_TRANSLATE_NOOP(
        "messages", "文件内容是{found}，不是图片或 PDF。请另存为 PDF、JPG 或 PNG 再添加。"
    ),
    Reason.FILE_BROKEN: QT_TRANSLATE_NOOP(
        "messages", "文件不完整或已损坏，打不开。请重新扫描或重新复制一份。"
    ),
    Reason.FILE_LOCKED: QT_TRANSLATE_NOOP(
        "messages", "PDF 设了密码或使用限制。请去掉密码，或打印后重新扫描。"
    ),
    Reason.FILE_PAGE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "messages", "PDF 的页面尺寸过大，没有读取。请重新扫描后再添加。"
    ),
    Reason.FILE_TOO_MANY_PIXELS: QT_TRANSLATE_NOOP(
        "messages", "图片尺寸 {width}×{height} 过大，没有读取。请降低分辨率后再添加。"
    ),
    Reason.FILE_TOO_MANY_PAGES: QT_TRANSLATE_NOOP(
        "messages", "PDF 有 {pages} 页，超过 {most} 页。请分成几份再添加。"
    ),
    Reason.FILE_ALREADY: QT_TRANSLATE_NOOP(
        "messages", "同样的文件已在本案附件里：《{title}》，没有重复添加。"
    ),
    Reason.FILES_TOO_MANY: QT_TRANSLATE_NOOP("messages", "没有添加：一次最多 {most} 个文件。请分几次添加。"),
    Reason.CASE_FILES_FULL: QT_TRANSLATE_NOOP(
        "messages", "本案附件已满 {most} MB，没有添加。请降低扫描分辨率，或移除不需要的附件。"
    ),
    Reason.ATTACHMENT_DAMAGED: QT_TRANSLATE_NOOP(
        "messages", "没有打开：附件《{title}》的文件丢失或已损坏。请重新添加原件的扫描，或从备份找回。"
    ),
}
PROBLEMS: dict[str, Any] = {
    "evidence_from_whom": QT_TRANSLATE_NOOP("messages", "请选提供证据的当事人，或写明来源。"),
    "count_range": QT_TRANSLATE_NOOP("messages", "请填 1 以上的整数。"),
    "returned_before_received": QT_TRANSLATE_NOOP("messages", "退还日期不能早于提交日期。"),
    "before_investigation": QT_TRANSLATE_NOOP("messages", "签名日期不能早于调查日期。"),
    "age_range": QT_TRANSLATE_NOOP("messages", "年龄请填 0 至 130 之间的整数。"),
    "too_many": QT_TRANSLATE_NOOP("messages", "最多 {most} 项。"),
    "police_compulsory": QT_TRANSLATE_NOOP(
        "messages", "疑似对未成年人或者无、限制民事行为能力人实施家庭暴力，必须先向公安机关报案。"
    ),
    "cleared_before_report": QT_TRANSLATE_NOOP("messages", "解除日期不能早于报告日期。"),
    "already_cleared": QT_TRANSLATE_NOOP("messages", "这份风险报告已经解除过了。"),
    "phrase_known": QT_TRANSLATE_NOOP("messages", "常用语里已经有这一条。"),
    "phrases_full": QT_TRANSLATE_NOOP("messages", "自己的常用语最多 {most} 条，请先移除不用的。"),
    "not_to_return": QT_TRANSLATE_NOOP("messages", "复印件或已退还的原件不用再退还。"),
}
