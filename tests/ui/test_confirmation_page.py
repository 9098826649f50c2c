"""司法确认 and 委托调解 from the window: the clock, an application to its end, the letter and its answer."""

from datetime import date

import pytest

from app.domain.cases import CaseView
from app.domain.confirming.confirmation import ConfirmationOutcome, ConfirmationStage, Doubt, Material
from app.domain.confirming.entrustment import EntrustmentResult, Organ
from app.domain.flow import CaseStatus
from app.domain.life.codes import Procedure
from app.domain.papers.forms import FormId
from app.services.confirmation.entrusting import open_entrustment
from app.services.hearings.scheduling import case_hearings
from app.services.papers.printing import list_papers
from app.ui.confirmation.confirmation_page import ConfirmationPage
from app.ui.confirmation.entrustment_dialog import EntrustmentDialog
from app.ui.confirmation.pack_dialog import PackDialog
from app.ui.hearings.session_page import SessionPage
from app.ui.papers.printing import Printers
from tests.conftest import THE_DAY
from tests.services.flow_stage import Life, life, terminate
from tests.services.stage import settlement
from tests.services.test_performance import signed

__all__ = ["life"]
COURT = "平乡县人民法院"


@pytest.fixture
def case(stage) -> CaseView:
    made = stage.case()
    stage.session(made)
    signed(stage, settlement(made))
    return made


def test_a_case_without_an_agreement_in_effect_says_so(stage, screen):
    page = screen.page(ConfirmationPage, stage.case().id)
    assert page.clock.said()[0] == "还没有生效的协议。"
    assert page.form is None
    assert not page.story.isVisibleTo(page)


def test_the_clock_stands_at_the_top_with_how_it_was_counted(case, screen):
    page = screen.page(ConfirmationPage, case.id)
    first, how = page.clock.said()[:2]
    assert first == "最晚 2026年10月8日（周四） 申请，还剩 35 天。"
    assert "遇法定节假日国庆节放假（10月3日至10月7日），顺延到2026年10月8日" in how
    assert "送达地址确认书：还没有" in page.materials.said()


def test_an_application_goes_its_way_to_the_ruling(case, screen):
    page = screen.page(ConfirmationPage, case.id)
    page.form.field("court").setText(COURT)
    page.form.set_values({"applied_on": date(2026, 9, 3), "doubts": (Doubt.UNCLEAR,)})
    page.apply_button.click()
    assert "逐项核对" in page.form.field("checked").accessibleDescription()
    page.form.field("checked").setChecked(True)
    page.apply_button.click()
    assert "请写明理由" in page.form.field("override_reason").accessibleDescription()
    page.form.field("override_reason").setText("双方已明确")
    page.apply_button.click()
    assert page.check().stage is ConfirmationStage.APPLIED
    assert not page.apply_button.isVisibleTo(page)
    assert any(f"张㛃、李䶮共同向{COURT}申请" in text for text in page.story.said())
    page.story.buttons["docket"].click()
    page.dialog.form.field("docket_no").setText("（2026）冀0532民特1号")
    page.dialog.submit_button.click()
    assert page.clock.said()[0] == "法院已受理，应在 2026年10月8日（周四） 前办结。"
    page.story.buttons["decide"].click()
    page.dialog.submit_button.click()
    assert "必填" in page.dialog.form.field("document_no").accessibleDescription()
    page.dialog.form.field("document_no").setText("民特1号裁定")
    page.dialog.submit_button.click()
    assert page.check().current.outcome is ConfirmationOutcome.VALID
    assert "裁定有效　民特1号裁定" in page.clock.said()
    assert any("强制执行" in text for text in page.clock.said())


def test_too_late_is_shown_and_refused_with_its_sentence(case, screen, clock):
    clock.forward(days=36)
    page = screen.page(ConfirmationPage, case.id)
    assert page.clock.said()[0].startswith("申请期限已过：最晚到 2026年10月8日")
    assert not page.print_button.isVisibleTo(page)
    page.form.field("court").setText(COURT)
    page.form.field("checked").setChecked(True)
    page.form.set_values({"applied_on": date(2026, 10, 9)})
    page.apply_button.click()
    assert "最晚 2026年10月8日 申请司法确认" in page.banner.accessibleName()
    assert page.check().stage is ConfirmationStage.NONE


def test_one_button_keeps_the_form_and_makes_both_papers(case, screen, stage):
    page = screen.page(ConfirmationPage, case.id)
    page.form.field("court").setText(COURT)
    page.print_button.click()
    assert isinstance(page.dialog, PackDialog)
    assert page.check().stage is ConfirmationStage.PREPARED
    slots = {slot.form: slot for slot in stage.workspace.run(list_papers, case.id).value}
    for form in (FormId.CONFIRMATION_APPLICATION, FormId.MEDIATION_CERTIFICATE):
        assert slots[form].paper_id is not None
    assert "司法确认申请书：司法确认申请书" in page.materials.said()
    page.dialog._take_printers(Printers((), ""))
    assert not page.dialog.submit_button.isEnabled()
    assert "没有安装打印机" in page.dialog.banner.accessibleName()
    assert page.form.field("court").text() == COURT
    assert Material.CERTIFICATE in page.form.field("materials").value()


def test_the_letter_of_a_court_is_entered_and_warns_in_the_session(stage, screen, life: Life):
    case = life.bring(CaseStatus.IN_SESSION)
    page = screen.page(SessionPage, life.run(case_hearings, case.id)[-1].id)
    assert not page._concessions.isVisibleTo(page)
    dialog = EntrustmentDialog(screen.context.tasks, case, page)
    dialog.letter.set_values({"unit": COURT, "procedure": Procedure.COURT_PRE})
    dialog.submit_button.click()
    view = life.run(open_entrustment, case.id)
    assert (view.letter.organ, view.letter.unit) == (Organ.COURT, COURT)
    again = screen.page(SessionPage, life.run(case_hearings, case.id)[-1].id)
    assert again._concessions.isVisibleTo(again)
    assert "不得作为" in again._concessions.text()


def test_a_failed_one_is_answered_with_issues_and_facts(screen, life: Life):
    case = life.bring(CaseStatus.IN_SESSION)
    page = screen.page(ConfirmationPage, case.id)
    first = EntrustmentDialog(screen.context.tasks, case, page)
    first.letter.set_values({"unit": COURT, "procedure": Procedure.COURT_PRE})
    first.submit_button.click()
    terminate(life, case)
    dialog = EntrustmentDialog(screen.context.tasks, life.now(case), page)
    assert not dialog.reply.isHidden()
    assert dialog.reply.field("result").value() is EntrustmentResult.FAILED
    dialog.reply.field("issues").setPlainText("")
    dialog.submit_button.click()
    assert "争议焦点" in dialog.reply.field("issues").accessibleDescription()
    dialog.reply.set_values(
        {"replied_on": THE_DAY, "issues": "责任比例", "undisputed": "屋檐伸出", "reply_note": "分歧过大"}
    )
    dialog.submit_button.click()
    assert life.run(open_entrustment, case.id).result is EntrustmentResult.FAILED
