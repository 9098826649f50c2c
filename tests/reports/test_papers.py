"""Every form read back: texts, pages, fonts, bytes."""

import json
import re
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import chain

import pytest

from app.domain.cases import CaseSource
from app.domain.errors import Reason, Refused
from app.domain.papers.forms import FormId, PaperAgent, PaperObligation, PaperParty
from app.reports import PDF_FORMS, render_paper
from app.reports.pdf import fonts, wording
from app.reports.pdf.text import Run
from tests.reports.paper_samples import ACCEPTANCE, AGREEMENT, NAMES, NUMBER, SAMPLES, SESSION, TODAY
from tests.reports.reading import body, fonts_of, pages_by_poppler, squashed, text_by_pypdf

MARKUP = ["<b>粗体</b>", "<img src=file:///etc/passwd>", "&lt;a&gt; {name} %s \\n", "甲<br/>乙"]
HIDDEN = {"committee", "id_no", "recovery_key", "fingerprint"}  # not on every form, or in groups


def _printed(value: object, name: str = "") -> list[str]:
    if isinstance(value, StrEnum):
        return []  # a code: printed as words or as a box ticked
    if isinstance(value, str):
        return [] if name in HIDDEN else [value]
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in _printed(inner, key)]
    if isinstance(value, tuple | list):
        return [text for inner in value for text in _printed(inner, name)]
    return []


def test_every_form_is_registered_with_a_sample_and_its_title() -> None:
    assert set(PDF_FORMS) == set(FormId) == set(SAMPLES)
    for form_id, form in PDF_FORMS.items():
        assert isinstance(SAMPLES[form_id], form.record)
        assert wording.load(form_id, TODAY)["title"] == form.title


TICKED = ("source", "method", "verdict", "ties")  # printed as a box ticked or in other words, not as a text


@pytest.mark.parametrize("form_id", FormId)
def test_a_form_reads_back_whole_and_is_the_same_the_second_time(form_id: FormId) -> None:
    record = SAMPLES[form_id]
    paper = render_paper(form_id, record, TODAY)
    assert render_paper(form_id, record, TODAY) == paper
    pages = pages_by_poppler(paper.pdf)
    assert len(pages) == paper.pages
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
    text = body(pages, getattr(record, "number", NUMBER))
    assert PDF_FORMS[form_id].title in text
    for piece in _printed({key: asdict(record)[key] for key in asdict(record) if key not in TICKED}):
        for line in piece.splitlines():
            assert squashed(line).rstrip("。") in text, line
    assert squashed(getattr(record, "number", "")) in text_by_pypdf(paper.pdf)
    assert fonts_of(paper.pdf)
    assert all(fonts_of(paper.pdf).values())
    assert not any("Helvetica" in name for name in fonts_of(paper.pdf))
    assert b"Helvetica" not in paper.pdf


@pytest.mark.parametrize("form_id", FormId)
def test_fixed_wording_can_be_printed(form_id: FormId) -> None:
    words = wording.load(form_id, TODAY)
    assert fonts.missing_glyphs([*words.texts.values(), *chain.from_iterable(words.lists.values())]) == ()


def test_data_is_deterministic_json_with_its_digest() -> None:
    paper = render_paper(FormId.AGREEMENT, AGREEMENT, TODAY)
    data = json.loads(paper.data_json)
    assert data["form"] == "agreement"
    assert data["wording"] == paper.wording_version
    assert data["record"]["parties"][2]["name"] == "平乡县王𬭎建筑劳务有限责任公司"
    assert data["record"]["agreed_on"] == "2026-08-07"
    assert sha256(paper.data_json).hexdigest() == paper.data_sha256


def test_agreement_writes_amounts_twice_and_fields_in_the_official_order() -> None:
    text = body(pages_by_poppler(render_paper(FormId.AGREEMENT, AGREEMENT, TODAY).pdf), NUMBER)
    assert "人民币12,800.00元（大写：壹万贰仟捌佰元整）" in text
    assert "人民币550.57元（大写：伍佰伍拾元伍角柒分）" in text
    order = [
        "人民调解协议书",
        "编号：",
        "（甲方）",
        "姓名",
        "性别",
        "民族",
        "年龄",
        "职业或职务",
        "联系方式",
        "单位或住址",
        "（乙方）",
        "法定代表人（负责人）",
        "纠纷的主要事实、争议事项：",
        "经调解，自愿达成如下协议：",
        "履行方式、时限：",
        "本协议一式5份，当事人、人民调解委员会各持一份。",
        "当事人（签名盖章或按指印）：",
        "人民调解员（签名）：",
        "记录人（签名）：",
        "（人民调解委员会印章）",
        "2026年8月7日",
    ]
    places, start = [], 0
    for piece in order:
        start = text.index(piece, start)
        places.append(start)
    assert places == sorted(places)


def test_id_numbers_only_when_asked_for_and_blanks_are_struck() -> None:
    shown = render_paper(FormId.AGREEMENT, AGREEMENT, TODAY)
    hidden = render_paper(FormId.AGREEMENT, replace(AGREEMENT, show_id_numbers=False), TODAY)
    assert "990532198003124527" in text_by_pypdf(shown.pdf)
    assert not re.search(r"99053219|公民身份号码", text_by_pypdf(hidden.pdf))
    assert "／" in text_by_pypdf(hidden.pdf)


def test_undated_paper_leaves_room_for_the_date() -> None:
    text = text_by_pypdf(render_paper(FormId.AGREEMENT, replace(AGREEMENT, agreed_on=None), TODAY).pdf)
    assert text.endswith("年月日")


def test_acceptance_ticks_one_source() -> None:
    for source, ticked in (
        (CaseSource.APPLICATION, "■①"),
        (CaseSource.OWN_INITIATIVE, "■②"),
        (CaseSource.COURT, "■③"),
    ):
        record = replace(ACCEPTANCE, source=source, entrusted_by="平乡县人民法院", entrusted_no="〔2026〕1号")
        text = text_by_pypdf(render_paper(FormId.ACCEPTANCE, record, TODAY).pdf)
        assert ticked in text
        assert text.count("■") == 1


def test_sessions_are_numbered_when_there_are_several() -> None:
    only = text_by_pypdf(render_paper(FormId.SESSION_RECORD, replace(SESSION, ordinal=None), TODAY).pdf)
    second = text_by_pypdf(render_paper(FormId.SESSION_RECORD, SESSION, TODAY).pdf)
    assert "人民调解记录（二）" in second
    assert "人民调解记录（" not in only


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_typed(text: str) -> None:
    party = replace(AGREEMENT.parties[0], name=text)
    record = replace(AGREEMENT, facts=text, parties=(party, *AGREEMENT.parties[1:]), terms=(text,))
    found = body(pages_by_poppler(render_paper(FormId.AGREEMENT, record, TODAY).pdf), NUMBER)
    assert found.count(squashed(text)) >= 4


def test_a_character_without_glyph_is_named_before_printing() -> None:
    record = replace(AGREEMENT, facts="王\ue123\U0001f600")
    with pytest.raises(Refused) as refused:
        render_paper(FormId.AGREEMENT, record, TODAY)
    assert refused.value.reason is Reason.MISSING_GLYPH
    assert refused.value.details["characters"] == ("\ue123", "\U0001f600")


def test_a_record_of_another_form_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        render_paper(FormId.ACCEPTANCE, AGREEMENT, TODAY)
    assert refused.value.reason is Reason.UNKNOWN_FORM


def _many(count: int, name: str = "张㛃") -> tuple[PaperParty, ...]:
    return tuple(
        PaperParty(f"第{number}方", f"{name}{number}", "女", "汉族", 40, address="平乡镇石门村")
        for number in range(1, count + 1)
    )


def test_twelve_parties_all_have_table_and_signature() -> None:
    paper = render_paper(FormId.AGREEMENT, replace(AGREEMENT, parties=_many(12)), TODAY)
    text = body(pages_by_poppler(paper.pdf), NUMBER)
    for number in range(1, 13):
        assert f"第{number}方（张㛃{number}）：" in text
    last = pages_by_poppler(paper.pdf)[-1]
    assert "本协议一式" in last or "自愿" in last


@pytest.mark.parametrize("count", [31, 60])
def test_more_signatures_than_a_page_holds_go_on_with_one_above_the_seal(count: int) -> None:
    for form_id in (FormId.AGREEMENT, FormId.ORAL_AGREEMENT):
        pages = pages_by_poppler(
            render_paper(form_id, replace(SAMPLES[form_id], parties=_many(count)), TODAY).pdf
        )
        assert re.search(r"第\d+方（张㛃\d+）：", pages[-1])
        assert "（人民调解委员会印章）" in pages[-1]
        assert all(f"第{number}方（张㛃{number}）：" in "".join(pages) for number in range(1, count + 1))


def test_every_count_of_signatures_finds_its_pages() -> None:
    """Also where the heading is what no longer fits on the page of the signatures."""
    record = replace(SAMPLES[FormId.ORAL_AGREEMENT], terms=("各自让出半米。",), obligations=())
    for count in range(20, 34):
        paper = render_paper(FormId.ORAL_AGREEMENT, replace(record, parties=_many(count)), TODAY)
        last = pages_by_poppler(paper.pdf)[-1]
        assert "（人民调解委员会印章）" in last
        assert re.search(r"第\d+方（张㛃\d+）：", last)


def test_longest_names_addresses_and_facts_fit() -> None:
    long_name = "阿卜杜热合曼·买买提明" * 6
    party = PaperParty(
        "甲方",
        long_name,
        "男",
        "维吾尔族",
        101,
        "职业" * 40,
        "13800000000、" * 8,
        "平乡县平乡镇" * 700,
        agents=(PaperAgent(long_name, "特别授权"),),
    )
    record = replace(
        AGREEMENT,
        parties=(party, replace(party, label="乙方")),
        facts="张㛃与李䶮因宅基地发生争执。" * 260,
        terms=("甲" * 2000,),
        obligations=(PaperObligation(long_name, long_name, "修缮" * 300, 99_999_999_999_999, "转账", TODAY),),
    )
    paper = render_paper(FormId.AGREEMENT, record, TODAY)
    text = body(pages_by_poppler(paper.pdf), NUMBER)
    assert paper.pages >= 20
    assert text.count("平乡县平乡镇" * 20) > 30
    assert text.count("张㛃与李䶮因宅基地发生争执。") == 260
    assert text.count("甲" * 2000) == 1
    assert text.count(long_name) >= 8


def test_notice_has_receipt_and_stub_on_one_page() -> None:
    paper = render_paper(FormId.HEARING_NOTICE, SAMPLES[FormId.HEARING_NOTICE], TODAY)
    text = pages_by_poppler(paper.pdf)[0]
    assert paper.pages == 1
    assert text.index("（印章）") < text.index("回执") < text.index("存根")


def test_rights_notice_quotes_the_statute_and_has_a_line_for_each_party() -> None:
    paper = render_paper(FormId.RIGHTS_NOTICE, SAMPLES[FormId.RIGHTS_NOTICE], TODAY)
    text = body(pages_by_poppler(paper.pdf), NUMBER)
    assert (
        "享有下列权利：（一）选择或者接受人民调解员；（二）接受调解、拒绝调解或者要求终止调解；"
        "（三）要求调解公开进行或者不公开进行；（四）自主表达意愿、自愿达成调解协议。"
    ) in text
    assert (
        "履行下列义务：（一）如实陈述纠纷事实；（二）遵守调解现场秩序，尊重人民调解员；"
        "（三）尊重对方当事人行使权利。"
    ) in text
    for party in NAMES:
        assert f"{party.label}（{party.name}）：" in text


@pytest.mark.parametrize("form_id", [FormId.ACCEPTANCE, FormId.SESSION_RECORD, FormId.ORAL_AGREEMENT])
def test_signatures_never_stand_alone(form_id: FormId) -> None:
    """Over a page's worth of lengths, text of the form stands above the signatures on their page."""
    fields = {FormId.ACCEPTANCE: "summary", FormId.SESSION_RECORD: "outcome"}
    field = fields.get(form_id, "breach")
    last = "登记人" if form_id is not FormId.SESSION_RECORD else "记录人"
    for length in range(20, 760, 37):
        record = replace(SAMPLES[form_id], **{field: "调" * length + "结束文字。"})
        pages = pages_by_poppler(render_paper(form_id, record, TODAY).pdf)
        signed = [page for page in pages if f"{last}（签名）" in page]
        assert len(signed) == 1
        assert "结束文字。当事人（签名" in signed[0]
        assert signed[0].count("调") > 5


def test_agreement_is_signed_on_a_page_that_holds_the_last_duty_and_the_copies() -> None:
    for length in range(1, 800, 53):
        record = replace(
            AGREEMENT, facts="解" * length, breach="违约金按日计算，" * (length % 9) + "另行协商。"
        )
        pages = pages_by_poppler(render_paper(FormId.AGREEMENT, record, TODAY).pdf)
        signed = [page for page in pages if "当事人（签名盖章或按指印）：" in page]
        assert len(signed) == 1
        assert "另行协商。本协议一式5份" in signed[0]
        assert "（人民调解委员会印章）" in signed[0]


def test_printing_is_imported_only_when_something_is_printed() -> None:
    code = "import sys, app.reports; assert not {'reportlab', 'openpyxl', 'PIL', 'segno'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_each_day_has_the_wording_then_in_use(tmp_path) -> None:
    file = tmp_path / "form.toml"
    version = '[[wording]]\nversion = "{0}"\nvalid_from = {1}\n[wording.text]\ntitle = "{0} {{name}}"\n'
    file.write_text(
        version.format("new", "2027-01-01") + version.format("old", "2011-01-01"), encoding="utf-8"
    )
    versions = wording.read(file)
    days = (date(2010, 12, 31), date(2011, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    chosen = [wording.choose(versions, on) for on in days]
    assert [found and found.version for found in chosen] == [None, "old", "old", "new"]
    assert versions[0].fill("title", name="{title}") == "old {title}"
    assert versions[0].runs("title", name="张") == (Run("old "), Run("张", filled=True))


def test_before_the_first_wording_nothing_can_be_printed() -> None:
    with pytest.raises(Refused) as refused:
        wording.load(FormId.AGREEMENT, date(2009, 1, 1))
    assert refused.value.reason is Reason.UNKNOWN_FORM


def test_sheets_for_the_safe_show_the_code_in_groups() -> None:
    recovery = SAMPLES[FormId.RECOVERY_SHEET]
    text = text_by_pypdf(render_paper(FormId.RECOVERY_SHEET, recovery, TODAY).pdf)
    assert recovery.recovery_key in text
    registration = SAMPLES[FormId.REGISTRATION_SHEET]
    text = text_by_pypdf(render_paper(FormId.REGISTRATION_SHEET, registration, TODAY).pdf)
    assert registration.fingerprint in text
