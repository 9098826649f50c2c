"""The settlement: capitals and check while typing, drafts kept, saved, printed, signed into effect."""

from datetime import date

import pytest

from app.domain.actor import Permission
from app.domain.agreements import AgreementForm, AgreementStatus, ObligationKind
from app.domain.cases import AgentPower, PartyRole
from app.domain.flow import CaseStatus
from app.domain.office.drafts import DraftKind
from app.models.agreement import Agreement
from app.services.agreements.writing import case_agreement, number_agreement, save_agreement
from app.services.cases.drafts import list_drafts
from app.services.kernel.use_case import use_case
from app.ui.agreements.agreement_page import AgreementPage
from app.ui.agreements.duties_editor import DutyForm
from app.ui.navigation import Place
from app.ui.theme import Tone
from tests.conftest import THE_DAY, intake, person
from tests.services.stage import minutes, others, settlement


@use_case(needs=Permission.PAPER_PRINT)
def print_it(uow, agreement_id):
    return number_agreement(uow, uow.get(Agreement, agreement_id))


@pytest.fixture
def case(stage):
    made = stage.case()
    stage.session(made)
    return made


def agreed(stage, case):
    return stage.workspace.run(case_agreement, case.id).value


def written(page, *, act="改建屋檐排水"):
    page.form.head.field("terms").boxes()[0].setPlainText("李䶮改建屋檐排水。")
    duties = page.form.duties
    duties.add_act.click()
    for name, value in {"act": act, "manner": "自行施工", "due_on": date(2026, 9, 30)}.items():
        duties.forms[-1].field(name).set_value(value)
    duties.add_money.click()
    for name, typed in {"amount_fen": "12300.50", "manner": "转账", "due_on": "2026-9-10"}.items():
        duties.forms[-1].field(name).setText(typed)
    page.form.tail.field("third_party_asked").setChecked(True)
    return page


def blocking(page):
    page._check()
    return [text for text, tone in page.findings.said() if tone is Tone.BAD]


def test_it_starts_from_the_case_and_the_last_session(case, screen):
    page = screen.page(AgreementPage, case.id)
    assert page.form.head.field("facts").toPlainText() == case.summary
    assert page.form.head.field("agreed_on").value() == THE_DAY
    assert not page.print_button.isVisibleTo(page)


def test_capitals_follow_every_key(case, screen, qtbot):
    page = screen.page(AgreementPage, case.id)
    duties = page.form.duties
    duties.add_money.click()
    amount = duties.forms[0].field("amount_fen")
    qtbot.keyClicks(amount, "123")
    assert "壹佰贰拾叁元整" in amount.accessibleDescription()
    qtbot.keyClicks(amount, "00.5")
    assert "壹万贰仟叁佰元伍角" in amount.accessibleDescription()
    qtbot.keyClicks(amount, "x")
    assert amount.accessibleDescription() == ""
    amount.setText("1.2万")
    duties.add_money.click()
    duties.forms[1].field("amount_fen").setText("300.05")
    assert duties.total_words() == "合计 12,300.05 元（大写：壹万贰仟叁佰元零伍分）"


def test_with_two_parties_the_respondent_owes(case, screen):
    page = screen.page(AgreementPage, case.id)
    page.form.duties.add_act.click()
    duty = page.form.duties.forms[0]
    assert isinstance(duty, DutyForm)
    assert duty.field("debtor_id").value() == case.parties[1].id
    assert duty.field("kind").value() is ObligationKind.ACT
    assert not duty.field("amount_fen").isVisibleTo(duty)


def test_a_forbidden_word_blocks_until_a_reason_is_written(case, screen, stage, qtbot):
    page = written(screen.page(AgreementPage, case.id))
    assert blocking(page) == []
    assert not page.form.tail.field("override_reason").isVisibleTo(page)
    page.form.head.field("terms").boxes()[0].setPlainText("张㛃放弃起诉。")
    qtbot.waitUntil(lambda: any("放弃起诉" in text for text, _ in page.findings.said()))
    assert page.form.tail.field("override_reason").isVisibleTo(page)
    page.save()
    assert "协议没有生成" in page.banner.text()
    assert "放弃起诉" in page.banner.text()
    page.form.tail.field("override_reason").setText("当事人坚持,已释明")
    assert blocking(page) == []
    page.save()
    assert agreed(stage, case).override_reason == "当事人坚持,已释明"


def test_vague_times_and_wrong_sums_block(case, screen):
    page = written(screen.page(AgreementPage, case.id), act="尽快改建屋檐排水")
    assert any("尽快" in text for text in blocking(page))
    page.form.duties.forms[0].field("act").setText("改建屋檐排水")
    page.form.tail.field("stated_total_fen").setText("13000")
    assert any("总金额" in text for text in blocking(page))


def test_problems_stand_at_their_duty(case, screen, stage):
    page = written(screen.page(AgreementPage, case.id))
    page.form.duties.forms[1].field("due_on").setText("")
    page.form.duties.forms[0].field("act").setText("")
    page.save()
    assert page.form.duties.forms[1].field("due_on").property("bad")
    assert page.form.duties.forms[0].field("act").property("bad")
    page.form.duties.forms[1].field("due_on").setText("下个月")
    page.save()
    assert "日期看不懂" in page.form.duties.forms[1].field("due_on").accessibleDescription()
    assert agreed(stage, case) is None
    page.form.head.field("agreed_on").setText("")
    page.save()
    assert page.form.head.field("agreed_on").property("bad")


def test_terms_are_added_moved_and_taken_out(case, screen):
    page = screen.page(AgreementPage, case.id)
    terms = page.form.head.field("terms")
    terms.set_value(("甲", "乙"))
    terms.add_button.click()
    terms.boxes()[2].setPlainText("丙")
    terms._terms[2].up.click()
    assert terms.value() == ("甲", "丙", "乙")
    terms._terms[0].out.click()
    assert terms.value() == ("丙", "乙")
    assert terms.boxes()[0].accessibleName() == "第1条"


def test_a_draft_is_there_again_after_the_page_was_lost(case, screen, stage, qtbot):
    page = written(screen.page(AgreementPage, case.id))
    with qtbot.waitSignal(page.keeper.kept):
        pass
    again = screen.page(AgreementPage, case.id)
    assert again.form.head.field("terms").value() == ("李䶮改建屋檐排水。",)
    assert [form.field("kind").value() for form in again.form.duties.forms] == [
        ObligationKind.ACT,
        ObligationKind.MONEY,
    ]
    assert "12,300.50" in again.form.duties.total_words()
    assert "草稿已自动保存" in again.header._context.text()
    again.save()
    assert agreed(stage, case).total_fen == 1_230_050
    assert stage.workspace.run(list_drafts, DraftKind.AGREEMENT).value == ()


def test_saving_leads_to_printing_and_a_printed_one_is_changed_after_a_question(case, screen, stage):
    page = written(screen.page(AgreementPage, case.id))
    page.save()
    assert stage.status(case) == CaseStatus.AGREED_WRITTEN
    page.print_button.click()
    assert screen.went == [(Place.PAPERS, case.id)]
    stage.workspace.run(print_it, agreed(stage, case).id)
    page.open_item(case.id)
    page.form.tail.field("breach").setText("逾期按日支付违约金。")
    page.save()
    assert agreed(stage, case).breach == ""
    page.question.submit_button.click()
    assert agreed(stage, case).breach == "逾期按日支付违约金。"
    assert agreed(stage, case).status is AgreementStatus.DRAFT


def test_it_takes_effect_only_when_everybody_is_dated(case, screen, stage):
    made = stage.workspace.run(save_agreement, settlement(case)).value
    stage.workspace.run(print_it, made.id)
    page = screen.page(AgreementPage, case.id)
    first, second = (f"signed.{party.id}" for party in case.parties)
    page.signing.today_key(first).click()
    page.signing.today_key("mediator_signed_on").click()
    page.signing.record_button.click()
    assert "还缺：李䶮、调委会盖章" in page.banner.text()
    assert stage.status(case) == CaseStatus.SIGNING
    page.signing.editor(second).setText("2026-9-1")
    page.signing.record_button.click()
    assert page.signing.editor(second).property("bad")
    page.signing.editor(second).setText("明天")
    page.signing.record_button.click()
    assert page.signing.editor(second).property("bad")
    page.signing.editor(second).setText("2026-9-3")
    page.signing.today_key("sealed_on").click()
    page.signing.record_button.click()
    assert stage.status(case) == CaseStatus.EFFECTIVE
    assert "2026年9月3日 起生效" in page.banner.text()
    told = " ".join(label.text() for label in page.signing.findChildren(type(page.header._title)))
    assert "已生效：2026年9月3日" in told
    assert "2026年10月8日" in told  # 30 days, moved past the National Day holiday
    assert not page.form.head.field("facts").isEnabled()
    assert not page.save_button.isVisibleTo(page)


def test_an_oral_settlement_takes_effect_when_registered(case, screen, stage):
    page = written(screen.page(AgreementPage, case.id))
    page.form.head.field("form").set_value(AgreementForm.ORAL)
    assert page.save_button.text() == "登记口头协议"
    assert not page.form.tail.field("copies").isVisibleTo(page)
    page.save()
    assert agreed(stage, case).effective_on == THE_DAY
    assert stage.status(case) == CaseStatus.EFFECTIVE


def test_an_agent_with_the_power_signs_for_a_party(screen, stage):
    agent = person("c", PartyRole.AGENT, "孙律师", represents=("b",), agent_powers=(AgentPower.SIGN,))
    case = stage.case(intake(parties=(*others().parties, agent)))
    stage.session(case, result=minutes().result)
    page = written(screen.page(AgreementPage, case.id))
    signers = page.form.tail.field("signers")
    assert signers.party_ids() == (case.parties[1].id,)
    signers.choice_of(case.parties[1].id).set_value(case.parties[2].id)
    page.save()
    assert [one.signer for one in agreed(stage, case).signatures] == ["孙长贵", "孙律师"]
