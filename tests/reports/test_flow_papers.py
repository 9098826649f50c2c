"""The forms of the acts in a case's life: their fields in order, many people, long texts over pages."""

from dataclasses import replace

import pytest

from app.domain.papers.forms import FormId, PaperName
from app.domain.papers.notices import DemandPaper, ReferralPaper
from app.reports import render_paper
from tests.reports.casework_samples import CASEWORK_SAMPLES, TODAY
from tests.reports.reading import pages_by_poppler, squashed, text_by_pypdf

ORDER = {
    FormId.RECEIPT_SLIP: (
        "接收回执",
        "编号：",
        "接收日期",
        "事项",
        "接收人",
        "首问责任人",
        "联系电话",
        "个人信息处理告知",
    ),
    FormId.APPLICATION: (
        "申请人",
        "姓名",
        "性别",
        "民族",
        "年龄",
        "职业或职务",
        "联系方式",
        "单位或住址",
        "被申请人",
        "纠纷简要情况",
        "当事人申请事项",
        "1.",
        "2.",
        "现自愿申请",
        "申请人（签名盖章或按指印）",
        "年",
    ),
    FormId.INVESTIGATION: (
        "时间：",
        "地点：",
        "参加人：",
        "被调查人",
        "性别",
        "年龄",
        "单位",
        "住址",
        "调查人：",
        "记录人：",
        "如实陈述",
        "问：",
        "与所述一致",
        "被调查人",
        "调查人（签名）",
        "记录人（签名）",
        "年",
    ),
    FormId.EVIDENCE_LIST: ("序号", "证据名称", "1", "2", "3", "核对无异", "接收人（签名）", "原件取回人"),
    FormId.FOLLOW_UP: (
        "当事人：",
        "调解协议编号：",
        "回访事由：",
        "回访时间：",
        "回访方式：",
        "回访情况：",
        "评价",
        "措施",
        "回访人（签名）",
        "（印章）",
        "年",
    ),
    FormId.CLOSING_REPORT: (
        "卷号：",
        "填表时间：",
        "承办单位：",
        "承办人：",
        "受案时间：",
        "结案时间：",
        "当事人信息",
        "案件来源：",
        "纠纷简要事实",
        "处理结果",
        "主任意见",
    ),
    FormId.AUTHORITY: (
        "委托人",
        "受托人",
        "受托人身份",
        "委托事项及权限",
        "代理权限",
        "委托期限",
        "委托人（签名或盖章）",
        "受托人（签名）",
        "年",
    ),
    FormId.REFUSAL_NOTICE: (
        "申请人：",
        "申请日期：",
        "纠纷：",
        "不予受理的理由",
        "可以选择的途径",
        "（印章）",
        "年",
        "回执",
    ),
    FormId.TERMINATION_NOTICE: (
        "编号：",
        "当事人：",
        "纠纷：",
        "受理日期：",
        "终止调解的原因",
        "可以选择的途径",
        "人民调解员（签名）",
        "（印章）",
        "年",
        "收件人",
    ),
    FormId.EXTENSION: (
        "当事人：",
        "申请延长的理由",
        "延长至",
        "当事人（签名盖章或按指印）",
        "批准人",
        "（印章）",
        "年",
    ),
    FormId.REFERRAL_LETTER: (
        "案件编号：",
        "纠纷摘要",
        "理由和依据",
        "当事人意见",
        "随函材料",
        "办理期限和反馈要求",
        "（印章）",
        "年",
        "回执",
    ),
    FormId.REPLY_LETTER: (
        "调解结果",
        "■部分达成协议",
        "争议焦点",
        "无争议事实",
        "未达成协议的原因",
        "材料退还",
        "（印章）",
    ),
    FormId.UNDISPUTED_FACTS: (
        "当事人：",
        "无争议的事实",
        "1.",
        "2.",
        "不利的证据",
        "当事人（签名",
        "人民调解员（签名）",
    ),
    FormId.DEMAND_NOTICE: (
        "李䶮：",
        "人调协字",
        "支付",
        "履行期限届满日",
        "逾期",
        "司法确认情况",
        "提起诉讼",
        "（印章）",
    ),
    FormId.RISK_REPORT: (
        "纠纷：",
        "基本情况",
        "风险等级",
        "涉及人员",
        "已采取的措施",
        "报告对象",
        "报告时间",
        "反馈情况",
    ),
    FormId.CONFERENCE: (
        "会诊题目",
        "时间：",
        "地点：",
        "主持人：",
        "参加人员：",
        "案情摘要",
        "1.",
        "2.",
        "法律依据",
        "会诊结论",
        "处理建议",
        "主持人（签名）",
    ),
}
MANY = tuple(PaperName("被申请人", f"欧阳建国{number}") for number in range(12))
SIGNED = (FormId.TERMINATION_NOTICE, FormId.EXTENSION, FormId.UNDISPUTED_FACTS)
LONG = (
    (FormId.REFUSAL_NOTICE, "reason"),
    (FormId.TERMINATION_NOTICE, "reason"),
    (FormId.REFERRAL_LETTER, "summary"),
    (FormId.INVESTIGATION, "body"),
    (FormId.RISK_REPORT, "facts"),
    (FormId.FOLLOW_UP, "performance"),
    (FormId.CONFERENCE, "summary"),
    (FormId.CLOSING_REPORT, "summary"),
    (FormId.EXTENSION, "reason"),
)


def test_every_form_of_the_acts_has_its_order_here() -> None:
    assert set(ORDER) == set(CASEWORK_SAMPLES)


@pytest.mark.parametrize("form", ORDER)
def test_the_fields_stand_in_the_order_of_the_official_form(form: FormId) -> None:
    text, start = text_by_pypdf(render_paper(form, CASEWORK_SAMPLES[form], TODAY).pdf), 0
    for piece in ORDER[form]:
        start = text.index(squashed(piece), start) + len(piece)


@pytest.mark.parametrize("form", SIGNED)
def test_twelve_people_each_have_a_line_to_sign_on(form: FormId) -> None:
    record = replace(CASEWORK_SAMPLES[form], parties=MANY)
    text = "".join(pages_by_poppler(render_paper(form, record, TODAY).pdf))
    assert [name for name in MANY if f"{name.label}（{name.name}）：" not in text] == []


@pytest.mark.parametrize(("form", "field"), LONG)
@pytest.mark.parametrize("length", [700, 1500])
def test_a_long_text_goes_over_pages_and_leaves_no_seal_alone(form: FormId, field: str, length: int) -> None:
    record = replace(CASEWORK_SAMPLES[form], **{field: "调" * length + "结束文字。"})
    pages = pages_by_poppler(render_paper(form, record, TODAY).pdf)
    assert len(pages) > 1
    assert "结束文字。" in "".join(pages)
    for number, page in enumerate(pages, 1):
        left = page.replace(f"第{number}页共{len(pages)}页", "")
        assert len(left) > 50, "a page with hardly anything but a seal"


def test_a_demand_before_the_day_says_so_and_a_confirmed_one_names_enforcement() -> None:
    record = CASEWORK_SAMPLES[FormId.DEMAND_NOTICE]
    assert isinstance(record, DemandPaper)
    early = text_by_pypdf(render_paper(FormId.DEMAND_NOTICE, replace(record, overdue_days=0), TODAY).pdf)
    assert "尚未到期" in early
    confirmed = render_paper(FormId.DEMAND_NOTICE, replace(record, confirmed=True), TODAY)
    assert "申请强制执行" in text_by_pypdf(confirmed.pdf)


def test_a_letter_without_a_day_asks_for_the_usual_limit() -> None:
    record = CASEWORK_SAMPLES[FormId.REFERRAL_LETTER]
    assert isinstance(record, ReferralPaper)
    text = text_by_pypdf(render_paper(FormId.REFERRAL_LETTER, replace(record, due_on=None), TODAY).pdf)
    assert "按照职责规定的期限办理" in text
