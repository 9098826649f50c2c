"""The ledger page: entries made, struck, put off and waived from the window; a breach, its ways, visits."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.after.performance import BreachWay, DutyState, PerformedInput, Satisfaction
from app.domain.agreements import AgreementForm
from app.domain.flow import CaseStatus
from app.services.after.performance import perform_at_once
from app.services.after.view import open_performance
from app.services.agreements.writing import record_oral_agreement
from app.ui.after.after_page import AfterPage
from app.ui.after.case_dialogs import BreachDialog, BreachWayDialog, FollowUpDialog
from app.ui.navigation import Place
from app.ui.theme import Tone
from tests.conftest import THE_DAY
from tests.services.stage import settlement
from tests.services.test_performance import signed


@pytest.fixture
def case(stage):
    made = stage.case()
    stage.session(made)
    signed(stage, settlement(made))
    return made


def states(page):
    column = page.ledger.table.table.columns[-1]
    return [column.text(duty) for duty in page.ledger.table.records()]


def press(page, name):
    page.ledger.buttons[name].click()
    return page.dialog


def shown(page):
    return {name for name, made in page.ledger.buttons.items() if made.isVisibleTo(page)}


def test_a_case_without_an_agreement_says_so(stage, screen):
    case = stage.case()
    page = screen.page(AfterPage, case.id)
    assert page.ledger.table.table.rowCount() == 0
    assert shown(page) == {"receipt", "demand", "postpone", "release"}
    assert not page.ledger.buttons["receipt"].isEnabled()
    assert page.ledger.panel.said() == ["选一项，看它的履行情况。"]


def test_a_payment_is_entered_and_struck(case, screen, stage):
    page = screen.page(AfterPage, case.id)
    assert states(page) == ["待履行"] * 3
    page.ledger.table.go_to(1)
    dialog = press(page, "receipt")
    assert dialog.form.field("amount_fen").text() == "10,000.00"
    assert "尚欠 10,000.00 元" in dialog.form.field("amount_fen").accessibleDescription()
    dialog.form.field("amount_fen").setText("10000.01")
    dialog.submit_button.click()
    assert "多于尚未履行的 10,000.00 元" in dialog.form.field("amount_fen").accessibleDescription()
    dialog.form.field("amount_fen").setText("4000")
    dialog.form.field("proof").setText("收条1")
    dialog.submit_button.click()
    assert states(page) == ["待履行", "部分履行", "待履行"]
    assert page.ledger.chosen().open_fen == 600_000
    assert any("4,000.00 元" in text and "收条1" in text for text in page.ledger.panel.said())
    assert "尚欠 8,300.50 元" in page.ledger._sum.text()
    assert stage.status(case) == CaseStatus.PERFORMING
    page.ledger.void_asked.emit(page.ledger.chosen().receipts[0])
    page.dialog.form.field("reason").setText("金额记错")
    page.dialog.submit_button.click()
    assert states(page) == ["待履行"] * 3
    assert any("已作废" in text and "金额记错" in text for text in page.ledger.panel.said())


def test_a_day_is_put_off_an_obligation_waived_somebody_urged(case, screen, stage):
    page = screen.page(AfterPage, case.id)
    page.ledger.table.go_to(1)
    dialog = press(page, "postpone")
    dialog.form.field("to_on").setText("2026-9-25")
    dialog.submit_button.click()
    assert "双方都同意" in dialog.form.field("both_agreed").accessibleDescription()
    dialog.form.field("both_agreed").setChecked(True)
    dialog.submit_button.click()
    assert page.ledger.chosen().due_on == date(2026, 9, 25)
    assert any("2026年9月10日 → 2026年9月25日" in text for text in page.ledger.panel.said())
    dialog = press(page, "demand")
    dialog.form.field("answer").setPlainText("月底付")
    dialog.submit_button.click()
    assert any("督促（电话）：月底付" in text for text in page.ledger.panel.said())
    dialog = press(page, "release")
    dialog.form.field("note").setText("自愿放弃")
    dialog.submit_button.click()
    assert states(page) == ["待履行", "不再履行", "待履行"]
    assert not page.ledger.buttons["receipt"].isEnabled()


def test_all_is_performed_in_one_step_then_visited(case, screen, stage, clock):
    clock.forward(days=10)
    page = screen.page(AfterPage, case.id)
    press(page, "at_once").submit_button.click()
    assert stage.status(case) == CaseStatus.PERFORMED
    assert states(page) == ["已履行"] * 3
    again = screen.page(AfterPage, case.id)
    assert again.tabs.currentWidget() is again.visits
    assert not again.visits.skip_button.isVisibleTo(again)
    again.visits.visit_button.click()
    again.dialog.form.field("performance").setPlainText("")
    again.dialog.submit_button.click()
    assert again.dialog.form.field("performance").property("bad")
    again.dialog.form.set_values({"performance": "已全部履行。", "satisfaction": Satisfaction.VERY})
    again.dialog.submit_button.click()
    assert stage.status(case) == CaseStatus.FOLLOWED_UP
    assert again.tabs.tabText(1) == "回访（1）"
    assert "已全部履行" in again.visits.detail()


def test_an_oral_agreement_needs_no_visit(screen, stage):
    case = stage.case()
    stage.session(case)
    stage.workspace.run(record_oral_agreement, settlement(case, form=AgreementForm.ORAL))
    stage.workspace.run(perform_at_once, case.id, PerformedInput(THE_DAY))
    page = screen.page(AfterPage, case.id)
    page.visits.skip_button.click()
    page.dialog.form.field("reason").setText("口头协议")
    page.dialog.submit_button.click()
    assert stage.status(case) == CaseStatus.FOLLOWED_UP
    assert not page.visits.skip_button.isVisibleTo(page)


def test_a_breach_is_found_and_mediated_again(case, screen, stage, clock):
    page = screen.page(AfterPage, case.id)
    assert not page.ledger.buttons["breach"].isEnabled()
    clock.forward(days=10)
    page.load()
    column = page.ledger.table.table.columns[4]
    late = page.ledger.table.records()[1]
    assert (column.text(late), column.tone(late)) == ("9月10日（逾期3天）", Tone.BAD)
    dialog = press(page, "breach")
    assert isinstance(dialog, BreachDialog)
    dialog.form.field("facts").setPlainText("两次督促未付。")
    dialog.submit_button.click()
    assert stage.status(case) == CaseStatus.BREACHED
    assert shown(page) == {"receipt", "demand", "postpone", "at_once", "way"}
    dialog = press(page, "way")
    assert isinstance(dialog, BreachWayDialog)
    dialog.form.set_values({"way": BreachWay.ENFORCEMENT})
    dialog.submit_button.click()
    assert "没有经司法确认有效" in dialog.form.field("way").accessibleDescription()
    dialog.form.field("notarised").setChecked(True)
    dialog.submit_button.click()
    assert "执行依据" in dialog.form.field("note").accessibleDescription()
    dialog.form.set_values({"way": BreachWay.REMEDIATE})
    dialog.form.field("all_agree").setChecked(True)
    dialog.submit_button.click()
    assert stage.status(case) == CaseStatus.ASSIGNED
    ledger = stage.workspace.run(open_performance, case.id).value
    assert ledger.breaches[0].way is BreachWay.REMEDIATE


def test_twenty_four_instalments_fit_and_lead_to_the_first_still_owed(screen, stage):
    case = stage.case()
    stage.session(case)
    first = settlement(case).obligations[1]
    rows = tuple(replace(first, due_on=date(2026 + at // 12, at % 12 + 1, 28)) for at in range(9, 33))
    signed(stage, settlement(case, obligations=rows))
    page = screen.page(AfterPage, case.id, (800, 430))
    assert page.ledger.table.table.rowCount() == 24
    assert "共 24 项" in page.ledger._sum.text()
    assert page.ledger.chosen().seq == 1
    assert page.ledger.chosen().state is DutyState.OPEN


def test_it_leads_to_the_case_and_its_agreement(case, screen):
    page = screen.page(AfterPage, case.id)
    page._go(Place.CASE)
    assert screen.went == [(Place.CASE, case.id)]
    dialog = FollowUpDialog(page.tasks, page._case, page)
    screen.keep(dialog)
    assert dialog.form.field("visitors").text() == "周国平"
