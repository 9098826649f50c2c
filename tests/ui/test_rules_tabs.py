"""Time limits and the calendar in the settings, and a limit made longer, as somebody does it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.actor import Role
from app.domain.cases import CaseView
from app.domain.deadlines import RuleCode
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case
from app.services.rules.calendars import read_calendar
from app.services.rules.limits import list_rules
from app.ui.admin.calendar_tab import CalendarTab
from app.ui.admin.rules_tab import RulesTab
from app.ui.kit.date_edit import date_words
from app.ui.rules.extend_dialog import ExtendDialog
from app.ui.tasks import InlineTasks
from app.ui.theme import Tone
from app.ui.words.due_words import due_words, remind_by
from tests.ui.case_office import CaseOffice, made_office  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _colours_as_before() -> Iterator[None]:
    yield
    remind_by(())


def tab(office: CaseOffice, kind: Any, *roles: Role) -> Any:
    actor = office.workspace.actor
    if roles:
        office.workspace.actor = actor = type(actor)(actor.user_id, actor.name, frozenset(roles))
    made: QWidget = kind(SimpleNamespace(tasks=InlineTasks(office.workspace), actor=actor))
    office.qtbot.addWidget(made)
    made.resize(1200, 620)
    made.load()
    made.show()
    return made


def opened(shown: RulesTab, code: RuleCode) -> Any:
    row = next(row for row in shown.table.records() if row.rule.code == code)
    shown._change(row)
    return shown.dialog


def test_every_limit_is_listed_with_its_basis(office: CaseOffice) -> None:
    shown = tab(office, RulesTab)
    assert {row.rule.code for row in shown.table.records()} == set(RuleCode)
    cells = [column.text(shown.table.records()[1]) for column in shown.table.model().columns]
    assert cells[:2] == ["调解期限", "30日"]
    assert "各方同意，主任批准，至多30日" in cells
    assert any("第三十三条" in cell for cell in cells)


def test_a_limit_is_changed_with_the_sample_in_sight(office: CaseOffice) -> None:
    shown = tab(office, RulesTab)
    dialog = opened(shown, RuleCode.MEDIATE)
    dialog.sample.field("start_on").setText("2026-1-30")
    assert "2026年3月2日（周一）" in dialog.answer.text()
    assert "遇周末休息" in dialog.how.text()
    dialog.form.field("amount").setText("20")
    assert "2026年2月24日" in dialog.answer.text()
    assert "春节" in dialog.how.text()
    dialog.form.field("warn_days").setText("-5，0")
    dialog.submit_button.click()
    (row,) = [row for row in shown.table.records() if row.rule.code == RuleCode.MEDIATE]
    assert (row.rule.amount, row.rule.warn_days) == (20, (-5, 0))
    assert "已保存" in shown.banner.text()
    shown._reset(row)
    assert office.workspace.run(list_rules).value[1].row_version is None


def test_a_limit_of_the_law_only_lets_its_reminders_change(office: CaseOffice) -> None:
    shown = tab(office, RulesTab)
    dialog = opened(shown, RuleCode.CONFIRM)
    assert not dialog.form.field("amount").isEnabled()
    assert dialog.form.field("warn_days").isEnabled()
    dialog.form.field("warn_days").setText("提前一周")
    assert dialog.answer.text() == ""
    dialog.submit_button.click()
    assert "-7、-1、1" in dialog.form.field("warn_days").accessibleDescription()


def test_an_impossible_length_is_said_at_once_and_kept_out(office: CaseOffice) -> None:
    shown = tab(office, RulesTab)
    dialog = opened(shown, RuleCode.FOLLOW_UP)
    dialog.form.field("amount").setText("5000")
    assert dialog.answer.text() == ""
    dialog.submit_button.click()
    assert "超出范围" in dialog.form.field("amount").accessibleDescription()


def test_a_mediator_reads_the_rules_and_changes_none(office: CaseOffice) -> None:
    shown = tab(office, RulesTab, Role.MEDIATOR)
    shown._change(shown.table.records()[0])
    assert not hasattr(shown, "dialog")
    assert not tab(office, CalendarTab, Role.MEDIATOR).bring.isVisible()


def test_a_missing_year_is_said_and_imported_after_a_look(office: CaseOffice, tmp_path: Path) -> None:
    shown = tab(office, CalendarTab)
    assert "2027年" in shown.missing.text()
    assert "2月16日" in shown.picture.accessibleDescription()
    path = tmp_path / "2027.csv"
    path.write_text("日期,类型,名称\n2026-12-31至2027-01-03,放假,元旦\n2027-02-20,上班,\n", encoding="utf-8")
    shown.preview(path)
    assert office.workspace.run(read_calendar).value.missing == (2027,)
    assert "1月1日" in shown.dialog.picture.accessibleDescription()
    shown.dialog.submit_button.click()
    assert "已导入" in shown.banner.text()
    assert shown.missing.text() == ""
    shown.year.set_value(2027)
    assert "2027" in shown.picture.accessibleName()


def test_lists_are_coloured_as_the_rules_say(office: CaseOffice) -> None:
    row = SimpleNamespace(due_on=date(2026, 9, 8), due_code=RuleCode.MEDIATE)
    assert due_words(row, date(2026, 9, 3))[1] is None
    shown = tab(office, RulesTab)
    dialog = opened(shown, RuleCode.MEDIATE)
    dialog.form.field("warn_days").setText("-5、0")
    dialog.submit_button.click()
    assert due_words(row, date(2026, 9, 3))[1] is Tone.WARN


def test_a_file_that_is_no_notice_is_refused_in_words(office: CaseOffice, tmp_path: Path) -> None:
    shown = tab(office, CalendarTab)
    path = tmp_path / "x.csv"
    path.write_text("日期,类型,名称\n2027-01-04,上班,\n", encoding="utf-8")
    shown.preview(path)
    assert "2027年1月4日不是周末" in shown.banner.text()


@pytest.fixture
def case(office: CaseOffice) -> CaseView:
    made = office.case()
    office.workspace.run(accept_case, made.id, True, False)
    return office.workspace.run(open_case, made.id).value


def extending(office: CaseOffice, case: CaseView) -> ExtendDialog:
    dialog = ExtendDialog(InlineTasks(office.workspace), case)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    office.qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_longer_limit_shows_its_new_end_before_it_is_granted(office: CaseOffice, case: CaseView) -> None:
    dialog = extending(office, case)
    assert "各方同意，主任批准" in dialog.before.text()
    assert "延长30日" in dialog.how.text()
    dialog.form.field("amount").setText("10")
    shown = dialog.after.text()
    assert "延长10日" in dialog.how.text()
    assert dialog.form.field("document_no").isHidden()
    dialog.submit_button.click()
    assert "张㛃" in dialog.form.field("agreed_by").accessibleDescription()
    dialog.form.field("agreed_by").set_value(tuple(party.id for party in case.parties))
    dialog.form.field("approver").setText("主任甲")
    dialog.form.field("reason").setPlainText("双方还在筹款")
    dialog.submit_button.click()
    (limit,) = office.workspace.run(open_case, case.id).value.deadlines
    assert date_words(limit.due_on) in shown
    assert limit.due_on > case.deadlines[0].due_on


def test_without_a_limit_that_may_be_longer_the_dialog_says_so(office: CaseOffice) -> None:
    dialog = extending(office, office.case())
    assert "没有可以延长的期限" in dialog.before.text()
    assert not dialog.submit_button.isEnabled()
