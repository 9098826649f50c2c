"""The page of several agreements: instalments, a part, a change beside the old one, given up, on the spot."""

from datetime import date

import pytest

from app.domain.agreements import AgreementForm, AgreementStatus
from app.domain.flow import CaseStatus
from app.domain.values.instalments import Every, Rest
from app.services.agreements.writing import case_agreements, save_agreement
from app.services.cases.register import register_case
from app.ui.agreements.agreement_page import AgreementPage
from app.ui.navigation import Place
from tests.conftest import THE_DAY, intake
from tests.services.stage import settlement
from tests.services.test_agreements_several import hold_again, settle_on_spot
from tests.services.test_performance import print_it, signed
from tests.ui.test_agreement_page import written


@pytest.fixture
def case(stage):
    made = stage.case()
    stage.session(made)
    return made


def all_of(stage, case):
    return stage.workspace.run(case_agreements, case.id).value


def split(page, at=1, **fields):
    form = page.form.duties.forms[at]
    form.parts_button.click()
    dialog = page.form.duties.dialog
    dialog.form.set_values(fields)
    dialog._show_plan()
    return dialog


def test_a_payment_is_split_into_instalments_that_make_up_its_sum(case, screen, stage):
    page = written(screen.page(AgreementPage, case.id))
    assert page.form.duties.forms[0].parts_button.isHidden()
    dialog = split(page, parts=1)
    assert dialog.preview.text() == ""
    dialog.submit_button.click()
    assert dialog.form.field("parts").property("bad")
    dialog.form.set_values({"parts": 3, "first_on": date(2026, 9, 30)})
    dialog.form.field("rest").set_value(Rest.FIRST)
    assert dialog.preview.text().splitlines() == [
        "第1期　2026年9月30日　4,100.50 元",
        "第2期　2026年10月30日　4,100.00 元",
        "第3期　2026年11月30日　4,100.00 元",
        "合计 12,300.50 元",
    ]
    dialog.submit_button.click()
    assert len(page.form.duties.readable()) == 4
    assert page.form.duties.total_words().endswith("，与约定总额一致")
    parts = page.form.duties.forms[1].field("instalments")
    lines = parts.toPlainText().splitlines()
    parts.setPlainText("\n".join([*lines[:2], "2026-11-30 4000"]))
    assert page.form.duties.total_words().endswith("，比约定总额少 100.00 元")
    page.save()
    assert "总金额与各项之和不一致" in page.banner.text()
    parts.setPlainText("\n".join([*lines[:2], "月底付清"]))
    page.save()
    assert "每行写一期" in parts.accessibleDescription()
    parts.setPlainText("\n".join([*lines[:2], "2026-8-30 4100"]))
    page.save()
    assert "履行期限早于协议日期" in page.banner.text()
    parts.setPlainText("\n".join([*lines[:2], "2026-11-30 4100"]))
    page.save()
    made = all_of(stage, case)[0]
    assert (made.total_fen, made.stated_total_fen) == (1_230_050, 1_230_050)
    assert [one.due_on for one in made.obligations[1:]] == [
        date(2026, 9, 30), date(2026, 10, 30), date(2026, 11, 30),
    ]  # fmt: skip
    assert page.form.tail.field("stated_total_fen").text() == "12,300.50"


def test_instalments_may_lie_days_apart(case, screen):
    page = written(screen.page(AgreementPage, case.id))
    dialog = split(page, parts=24, every=Every.DAYS, days=10)
    assert dialog.form.field("days").isVisibleTo(dialog)
    assert "第24期　2027年4月28日" in dialog.preview.text()
    dialog.form.field("every").set_value(Every.MONTH)
    assert not dialog.form.field("days").isVisibleTo(dialog)
    dialog.submit_button.click()
    assert len(page.form.duties.readable()) == 25
    again = split(page)
    assert again.form.field("parts").text() == "24"
    again.join_button.click()
    assert [one.amount_fen for one in page.form.duties.readable()] == [None, 1_230_050]


def test_a_part_is_settled_and_the_rest_drafted_beside_it(case, screen, stage):
    page = written(screen.page(AgreementPage, case.id))
    page.form.head.field("partial").setChecked(True)
    page.save()
    assert stage.status(case) == CaseStatus.PARTIAL
    assert page.abandon_button.isVisibleTo(page)
    stage.workspace.run(print_it, all_of(stage, case)[0].id)
    page.open_item(case.id)
    for key in (*(f"signed.{one.id}" for one in case.parties), "mediator_signed_on", "sealed_on"):
        page.signing.today_key(key).click()
    page.signing.record_button.click()
    assert "其余争议可以继续调解" in page.banner.text()
    assert stage.status(case) == CaseStatus.PARTIAL
    hold_again(stage, case)
    page.open_item(case.id)
    assert page.save_button.text() == "保存协议"
    assert page.list.isVisibleTo(page)
    assert not page.print_button.isVisibleTo(page)
    page._choose(all_of(stage, case)[0])
    assert not page.save_button.isVisibleTo(page)
    page.list.new_button.click()
    assert page.save_button.text() == "保存协议"
    written(page)
    page.save()
    assert [one.seq for one in all_of(stage, case)] == [1, 2]
    assert stage.status(case) == CaseStatus.AGREED_WRITTEN


def test_an_agreement_in_effect_is_changed_and_the_change_given_up(case, screen, stage):
    old = signed(stage, settlement(case))
    page = screen.page(AgreementPage, case.id)
    assert not page.save_button.isVisibleTo(page)
    page.change_button.click()
    assert page.form.head.field("replaces_id").value() == old.id
    assert not page.form.head.field("replaces_id").isEnabled()
    assert page.form.head.field("agreed_on").value() == THE_DAY
    page.form.tail.field("breach").setText("逾期按日支付违约金。")
    page.save()
    assert "此前原协议仍有效" in page.banner.text()
    assert [one.replaces_id for one in all_of(stage, case)] == [None, old.id]
    assert stage.status(case) == CaseStatus.EFFECTIVE
    assert not page.change_button.isVisibleTo(page)
    page.abandon_button.click()
    page.question.submit_button.click()
    assert page.question.form.field("reason").property("bad")
    page.question.form.field("reason").setText("一方不同意变更")
    page.question.submit_button.click()
    assert all_of(stage, case)[1].status is AgreementStatus.ABANDONED
    assert page._agreement.id == old.id
    assert page.change_button.isVisibleTo(page)
    page.ledger_button.click()
    assert screen.went == [(Place.AFTER, case.id)]


def test_the_page_may_be_opened_to_begin_a_change(case, screen, stage):
    old = signed(stage, settlement(case))
    page = screen.page(AgreementPage, f"{case.id}#change")
    assert page.form.head.field("replaces_id").value() == old.id
    assert page.save_button.text() == "保存协议"
    page.save()
    again = screen.page(AgreementPage, f"{case.id}#change")
    assert again.save_button.text() == "保存更改"


def test_a_draft_of_a_change_is_not_put_into_the_agreement_in_effect(case, screen, stage, qtbot):
    signed(stage, settlement(case))
    page = screen.page(AgreementPage, case.id)
    page.change_button.click()
    page.form.tail.field("breach").setText("逾期付息。")
    with qtbot.waitSignal(page.keeper.kept):
        page._edited()
    again = screen.page(AgreementPage, case.id)
    assert again.form.tail.field("breach").text() == ""
    again.change_button.click()
    assert again.form.tail.field("breach").text() == "逾期付息。"


def test_on_the_spot_only_an_oral_agreement_is_made(screen, stage):
    case = stage.workspace.run(register_case, intake()).value
    stage.workspace.run(settle_on_spot, case.id)
    page = written(screen.page(AgreementPage, case.id))
    assert page.form.head.field("form").value() is AgreementForm.ORAL
    assert not page.form.head.field("form").isEnabled()
    assert not page.form.head.field("partial").isVisibleTo(page)
    page.form.head.field("agreed_on").set_value(THE_DAY)
    page.save()
    assert stage.status(case) == CaseStatus.EFFECTIVE


def test_it_opens_where_the_work_is(case, screen, stage, qtbot):
    page = screen.page(AgreementPage, case.id)
    assert page.focusWidget() is page.form.head.field("form")
    made = stage.workspace.run(save_agreement, settlement(case)).value
    drafted = screen.page(AgreementPage, case.id)
    assert drafted.focusWidget() is drafted.print_button
    stage.workspace.run(print_it, made.id)
    out = screen.page(AgreementPage, case.id)
    first = out.signing.editor(f"signed.{case.parties[0].id}")
    qtbot.waitUntil(lambda: out.focusWidget() is first)
