"""The two papers for the court, read back."""

from dataclasses import replace
from datetime import date

from app.domain.papers.forms import FormId
from app.reports import render_paper
from tests.reports.paper_samples import COMMITTEE, CONFIRMATION, NUMBER, SAMPLES, TODAY
from tests.reports.reading import body, pages_by_poppler, squashed, text_by_pypdf


def printed(paper, form=FormId.CONFIRMATION_APPLICATION):
    return body(pages_by_poppler(render_paper(form, paper, TODAY).pdf), NUMBER)


def test_the_application_follows_its_official_order():
    text = printed(CONFIRMATION)
    order = (
        "司法确认申请书", "申请人", "张㛃", "女", "1980年3月12日", "汉族", "990532198003124527",
        "委托代理人", "阿卜杜热合曼·买买提明", "平乡县王𬭎建筑劳务有限责任公司", "91130532MA0TEST00X",
        "请求事项：", f"经{COMMITTEE}主持达成的人民调解协议（编号：", "事实和理由：", "申请人承诺：",
        "没有恶意串通", "此致", "平乡县人民法院", "签名、盖章或按指印", "附：", "1.人民调解协议书正本",
    )  # fmt: skip
    at = 0
    for piece in order:
        found = text.find(squashed(piece), at)
        assert found >= 0, piece
        at = found


def test_both_applicants_have_a_place_to_sign_and_the_day_is_left_open():
    text = printed(CONFIRMATION)
    assert "申请人（张㛃）：" in text
    assert "申请人（平乡县王𬭎建筑劳务有限责任公司）：" in text
    assert text.count("2026年8月7日") == 3  # agreed (twice) and in effect: the signatures are dated by hand


def test_without_a_court_a_line_is_left_to_write_it_on():
    assert "＿＿人民法院" in printed(replace(CONFIRMATION, court=""))


def test_pypdf_reads_the_same_words():
    pdf = render_paper(FormId.CONFIRMATION_APPLICATION, CONFIRMATION, TODAY).pdf
    assert "张㛃" in text_by_pypdf(pdf)


def test_a_certificate_says_who_presided_and_when():
    paper = SAMPLES[FormId.MEDIATION_CERTIFICATE]
    text = printed(paper, FormId.MEDIATION_CERTIFICATE)
    assert "经本委人民调解员周国平、刘敏主持调解" in text
    assert "于2026年8月7日自愿达成人民调解协议" in text
    later = replace(paper, oral=True, issued_on=date(2026, 8, 20))
    text = printed(later, FormId.MEDIATION_CERTIFICATE)
    assert "自愿达成口头调解协议" in text
    assert "2026年8月20日" in text
