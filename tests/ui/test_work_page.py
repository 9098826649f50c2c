"""办理材料: visits, investigations, consultations and risks from the window, and phrases while writing."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.actor import Role
from app.domain.cases import CaseView, PartyRole, RiskFlag
from app.domain.flow import CaseStatus, Deed
from app.domain.values.identity import Sex
from app.domain.work.phrases import BLANK, PhraseKind
from app.domain.work.risks import RiskReceiver
from app.services.cases.register import open_case, register_case
from app.services.work.conferences import list_conferences
from app.services.work.investigations import list_investigations, save_investigation
from app.services.work.phrases import find_phrases
from app.services.work.risks import list_risks, raise_risk
from app.services.work.visits import save_visit
from app.ui.agreements.agreement_page import AgreementPage
from app.ui.cases.deeds import OPENS, TABS, make_dialog
from app.ui.kit.editors import TextEditor
from app.ui.work.phrase_picker import NewPhraseDialog, PhrasePicker, insert_phrase
from app.ui.work.records_tab import RecordsTab
from app.ui.work.risk_dialogs import ClearRiskDialog, RaiseRiskDialog, RiskDialog
from app.ui.work.work_page import WorkPage
from tests.conftest import THE_DAY, acting, intake, person
from tests.services.stage import NINE, Stage
from tests.services.test_work_records import inquiry, visit
from tests.services.test_work_risks import report
from tests.ui.office_window import context, nameless

TABS_SHOWN = ("visits", "investigations", "conferences", "risks")


@pytest.fixture
def case(stage: Stage) -> CaseView:
    return stage.case()


def shown(qtbot, stage: Stage, case: CaseView, tab: str) -> WorkPage:
    page = WorkPage(context(stage.workspace))
    qtbot.addWidget(page)
    page.open_item(f"{case.id}#{tab}")
    page.resize(1270, 700)
    page.show()
    QTest.qWait(30)
    return page


def opened(tab: RecordsTab, values: dict[str, object]) -> object:
    """Open an empty form, fill it and press its filled button."""
    tab.new_button.click()
    QTest.qWait(20)
    dialog = tab.dialog
    dialog.forms[0].set_values(values)
    dialog.submit_button.click()
    QTest.qWait(30)
    return dialog


@pytest.mark.parametrize("name", TABS_SHOWN)
def test_every_tab_is_empty_at_first_and_every_control_has_a_name(
    qtbot, stage: Stage, case: CaseView, name: str
) -> None:
    page = shown(qtbot, stage, case, name)
    tab = page.tabs.currentWidget()
    assert tab is getattr(page, name)
    assert tab.table.records() == []
    assert tab.new_button.isEnabled()
    assert not tab.change_button.isEnabled()
    tab.new_button.click()
    QTest.qWait(20)
    assert nameless(page) == []
    assert nameless(tab.dialog) == []


def test_a_visit_is_written_corrected_and_removed(qtbot, stage: Stage, case: CaseView) -> None:
    tab = shown(qtbot, stage, case, "visits").visits
    opened(tab, {"day": THE_DAY, "start": NINE, "visited": "张㛃", "content": "听取诉求"})
    (row,) = tab.table.records()
    assert (row.start, row.visitors) == (NINE, stage.workspace.actor.name)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    tab.dialog.form.set_values({"content": "听取诉求，看了现场"})
    tab.dialog.submit()
    QTest.qWait(30)
    assert tab.table.records()[0].content == "听取诉求，看了现场"
    tab.remove_button.click()
    tab.dialog.submit()
    QTest.qWait(30)
    assert tab.table.records() == []


def test_what_is_missing_is_said_at_the_field_and_kept_when_cancelled(
    qtbot, stage: Stage, case: CaseView
) -> None:
    tab = shown(qtbot, stage, case, "visits").visits
    dialog = opened(tab, {"day": THE_DAY + timedelta(days=1), "visited": "", "content": "听取诉求"})
    notes = {name: cell.note.text() for name, cell in dialog.form._cells.items() if cell.note.text()}
    assert set(notes) == {"day", "visited"}
    dialog.form.field("visited").insert("李䶮")
    dialog.reject()
    QTest.qWait(20)
    tab.new_button.click()
    QTest.qWait(30)
    assert "走访对象" in tab.dialog.banner.text()


def test_an_investigation_is_written_signed_and_then_fixed(qtbot, stage: Stage, case: CaseView) -> None:
    tab = shown(qtbot, stage, case, "investigations").investigations
    tab.new_button.click()
    dialog = tab.dialog
    assert dialog.head.field("investigators").value() == ("周国平",)
    came = ("孙会计", "吴组长")
    dialog.head.set_values({"day": THE_DAY, "start": NINE - 60, "end": NINE, "attendees": came})
    dialog.text.set_values({"body": "问：……\n答：……"})
    dialog.submit_button.click()
    QTest.qWait(20)
    assert dialog.asked._cells["name"].note.text()
    dialog.asked.set_values({"name": "王邻居"})
    dialog.asked.field("id_no").setText("130599198001010011")
    dialog.asked.field("id_no").editingFinished.emit()
    assert dialog.asked.field("sex").value() is Sex.MALE
    dialog.submit_button.click()
    QTest.qWait(30)
    (row,) = stage.workspace.run(list_investigations, case.id).value
    assert (row.attendees, row.asked.age) == (came, 46)
    assert stage.status(case) is CaseStatus.INVESTIGATING
    tab.sign_button.click()
    tab.dialog.form.set_values({"signed_on": THE_DAY})
    tab.dialog.submit()
    QTest.qWait(30)
    assert not any(part.isEnabled() for part in tab.tools)
    assert "2026年9月3日" in dict(tab.told(tab.table.current()))["签名日期"]


def test_a_wrong_number_is_warned_of_and_kept(qtbot, stage: Stage, case: CaseView) -> None:
    tab = shown(qtbot, stage, case, "investigations").investigations
    row = stage.workspace.run(save_investigation, inquiry(case)).value
    QTest.qWait(20)
    tab.edit(row)
    number = tab.dialog.asked.field("id_no")
    number.setText("130599198001010012")
    number.editingFinished.emit()
    assert "核对不上" in tab.dialog.asked._cells["id_no"].note.text()
    tab.dialog.submit()
    QTest.qWait(20)
    assert stage.workspace.run(list_investigations, case.id).value[0].asked.id_no == "130599198001010012"


def test_a_consultation_keeps_each_opinion(qtbot, stage: Stage, case: CaseView) -> None:
    tab = shown(qtbot, stage, case, "conferences").conferences
    tab.new_button.click()
    form = tab.dialog.form
    form.set_values({"day": THE_DAY, "start": NINE - 60, "end": NINE})
    form.set_values({"place": "听证室", "chair": "周国平", "conclusion": "加天沟"})
    members = form.field("members")
    for part, words in zip(members.row(0), ("钱律师", "某所", "应当改建"), strict=True):
        part.setText(words)
    members.more.click()
    members.row(3)[2].setText("没有署名的意见")
    tab.dialog.submit()
    QTest.qWait(20)
    assert form._cells["members"].note.text()
    members.row(3)[0].setText("孙站长")
    tab.dialog.submit()
    QTest.qWait(30)
    (row,) = stage.workspace.run(list_conferences, case.id).value
    assert [(one.name, one.opinion) for one in row.members] == [
        ("钱律师", "应当改建"), ("孙站长", "没有署名的意见"),
    ]  # fmt: skip
    assert ("钱律师", "应当改建") in tab.told(row)


class TestRisks:
    def test_one_is_raised_answered_and_cleared(self, qtbot, stage: Stage, case: CaseView) -> None:
        page = shown(qtbot, stage, case, "risks")
        tab = page.risks
        opened(
            tab,
            {"flags": (RiskFlag.BRAWL,), "facts": "扬言报复", "receiver": "石门派出所", "day": THE_DAY,
             "minute": NINE},
        )  # fmt: skip
        assert page.case.risk_flags == (RiskFlag.BRAWL,)
        tab.change_button.click()
        tab.dialog.form.set_values({"feedback": "已训诫"})
        tab.dialog.submit()
        QTest.qWait(30)
        assert tab.table.current().feedback == "已训诫"
        tab.remove_button.click()
        assert isinstance(tab.dialog, ClearRiskDialog)
        tab.dialog.form.set_values({"cleared_on": THE_DAY, "note": "双方和解"})
        tab.dialog.submit()
        QTest.qWait(30)
        assert tab.table.current().cleared_on == THE_DAY
        assert page.case.risk_flags == ()
        assert not tab.remove_button.isEnabled()

    def test_violence_against_a_child_must_go_to_the_police(self, qtbot, stage: Stage) -> None:
        parties = (
            person("a", PartyRole.APPLICANT, "小明", birth=THE_DAY.replace(year=2016)),
            person("b", PartyRole.RESPONDENT, "大强"),
        )
        case = stage.workspace.run(register_case, intake(parties=parties)).value
        page = shown(qtbot, stage, case, "risks")
        page.risks.new_button.click()
        dialog = page.risks.dialog
        assert "第二十五条" in dialog.rule.text()
        dialog.form.field("flags").boxes()[list(RiskFlag).index(RiskFlag.DOMESTIC_VIOLENCE)].click()
        assert "必须立即向公安机关报案" in dialog.rule.text()
        dialog.form.set_values(
            {"facts": "打骂", "receiver": "县中心", "day": THE_DAY, "minute": NINE,
             "receiver_kind": RiskReceiver.COUNTY}
        )  # fmt: skip
        dialog.submit()
        QTest.qWait(20)
        assert "必须先向公安机关报案" in dialog.form._cells["receiver_kind"].note.text()

    def test_the_deed_offers_to_clear_what_is_open(self, qtbot, stage: Stage, case: CaseView) -> None:
        page = shown(qtbot, stage, case, "risks")
        stage.workspace.run(raise_risk, report(case.id))
        now = stage.workspace.run(open_case, case.id).value
        dialog = make_dialog(OPENS[Deed.RISK], page.tasks, now, page)
        assert isinstance(dialog, RiskDialog)
        dialog.open()
        QTest.qWait(30)
        assert "1 份风险报告没有解除" in dialog.banner.text()
        dialog.clear_button.click()
        dialog.clearing.form.set_values({"cleared_on": THE_DAY, "note": "双方和解"})
        dialog.clearing.submit()
        QTest.qWait(30)
        assert stage.workspace.run(list_risks, case.id).value[0].cleared_on == THE_DAY

    def test_who_may_not_decide_sees_no_way_to_clear(self, qtbot, stage: Stage, case: CaseView) -> None:
        stage.workspace.run(raise_risk, report(case.id))
        acting(stage.workspace, Role.REGISTRAR)
        tab = shown(qtbot, stage, case, "risks").risks
        assert isinstance(tab.make_dialog(None), RaiseRiskDialog)
        assert tab.change_button.isVisible()
        assert not tab.remove_button.isVisible()


def test_who_may_only_read_sees_records_without_buttons(qtbot, stage: Stage, case: CaseView) -> None:
    stage.workspace.run(save_visit, visit(case))
    acting(stage.workspace, Role.LEADER)
    tab = shown(qtbot, stage, case, "visits").visits
    assert len(tab.table.records()) == 1
    assert not any(part.isVisible() for part in (tab.new_button, *tab.tools))


def test_deeds_lead_to_their_tabs(qtbot, stage: Stage, case: CaseView) -> None:
    page = shown(qtbot, stage, case, "evidence")
    for deed in (Deed.VISIT, Deed.INVESTIGATE, Deed.CONFER):
        page.open_item(f"{case.id}#{TABS[deed]}")
        assert page.tabs.currentWidget() is getattr(page, TABS[deed])


class TestPhrases:
    def test_f4_finds_by_initials_and_enter_inserts_at_the_cursor(
        self, qtbot, stage: Stage, case: CaseView
    ) -> None:
        tab = shown(qtbot, stage, case, "investigations").investigations
        tab.new_button.click()
        QTest.qWait(20)
        body = tab.dialog.text.field("body")
        body.setPlainText("问：答：")
        cursor = body.textCursor()
        cursor.setPosition(2)
        body.setTextCursor(cursor)
        tab.dialog.phrases.click()
        QTest.qWait(30)
        picker = tab.dialog.findChild(PhrasePicker)
        assert picker.phrase().type_a == "02"
        QTest.keyClicks(picker.search, "yqszysyd")
        picker.look()
        said = picker.phrase().text
        assert "以前是怎样使用的" in said
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
        QTest.qWait(20)
        assert body.toPlainText() == f"问：{said}答："

    def test_one_stands_beside_the_terms_of_an_agreement(self, qtbot, stage: Stage, case: CaseView) -> None:
        stage.session(case)
        page = AgreementPage(context(stage.workspace))
        qtbot.addWidget(page)
        page.open_item(case.id)
        page.resize(1270, 700)
        page.show()
        QTest.qWait(50)
        page.phrases.click()
        QTest.qWait(30)
        picker = page.findChild(PhrasePicker)
        said = picker.phrase()
        assert (said.kind, said.type_a) == (PhraseKind.TERM, "02")
        picker.submit()
        assert page.form.head.field("terms").value() == (said.text,)

    def test_the_first_blank_is_marked_to_be_typed_over(self, qtbot) -> None:
        for field in (TextEditor(), QLineEdit()):
            qtbot.addWidget(field)
            insert_phrase(field, f"每月给付{BLANK}元，共{BLANK}期。")
            QTest.keyClicks(field, "300")
            typed = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            assert typed == f"每月给付300元，共{BLANK}期。"

    def test_the_office_adds_and_removes_its_own(self, qtbot, stage: Stage, case: CaseView) -> None:
        page = shown(qtbot, stage, case, "visits")
        field = QLineEdit("双方共用水井。")
        qtbot.addWidget(field)
        field.selectAll()
        picker = PhrasePicker(page.tasks, field, "02", (PhraseKind.TERM,), page)
        picker.open()
        QTest.qWait(20)
        picker.add_button.click()
        assert isinstance(picker.dialog, NewPhraseDialog)
        picker.dialog.submit()
        QTest.qWait(30)
        assert picker.phrase().text == "双方共用水井。"
        assert picker.remove_button.isVisible()
        picker.remove_button.click()
        QTest.qWait(20)
        assert not picker.phrase().own
        assert all(not one.own for one in stage.workspace.run(find_phrases, "02").value)
