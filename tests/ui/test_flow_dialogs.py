"""The dialogs that move a case: from every state on, by two persons where the law asks for two, by keys."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.flow import DEEDS_OF, CaseStatus, Deed
from app.domain.life.codes import ReferralReply, Termination, VolumeItem
from app.domain.values.office_clock import office_time
from app.services.cases.register import register_case
from app.services.flow import closing, mediation, merging, on_spot, referrals, reopening, triage, volumes
from app.services.flow.volume_list import list_volume
from app.services.journal.undo import last_actions, undo_action
from app.services.kernel.workspace import Workspace
from app.ui import clock as ui_clock
from app.ui.cases.case_page import CasePage
from app.ui.cases.deeds import NEEDS, OPENS
from app.ui.kit.dialog import Dialog
from app.ui.navigation import Place
from tests.conftest import Clock, intake, person
from tests.services.flow_stage import STATES, Life, propose
from tests.services.flow_stage import life as life
from tests.ui.case_office import CaseOffice

_S = CaseStatus


@pytest.fixture(name="office")
def office_of_that_day(workspace: Workspace, clock: Clock, qtbot: Any, monkeypatch: Any) -> CaseOffice:
    """An office whose windows read the clock of the test."""
    monkeypatch.setattr(ui_clock, "office_now", lambda: office_time(clock.at))
    return CaseOffice(workspace, qtbot)


OF_THE_FLOW = {
    deed: where for deed, where in OPENS.items() if isinstance(where, str) and ".cases.flow." in where
}


def opened(office: CaseOffice, case: CaseView) -> CasePage:
    """The page of a case."""
    page = office.page(CasePage, case.id)
    page.resize(855, 486)
    return page


def begin(page: CasePage, deed: Deed) -> Any:
    """The dialog of a deed, opened from its button or from behind 更多."""
    if deed in page.deeds:
        page.deeds[deed].click()
    else:
        page.show_more()
        page.more.buttons[deed].click()
    assert page.dialog is not None
    return page.dialog


def fill(dialog: Any, **values: object) -> None:
    """Give fields of the dialog's form their values."""
    for name, value in values.items():
        dialog.form.field(name).set_value(value)


@pytest.mark.parametrize("status", STATES)
def test_from_every_state_what_leads_on_opens(office: CaseOffice, life: Life, status: CaseStatus) -> None:
    case = life.bring(status)
    page = opened(office, case)
    if status is _S.REPORTED:
        assert page.next_step.hindrances == ()
        return
    assert page.deeds, "a way out"
    main = page.next_step.blocked or next(iter(page.deeds))
    if page.next_step.blocked:
        assert page.next.blocked is not None
        assert not page.next.blocked.isEnabled()
        assert page.next.blocked.toolTip()
        return
    page.deeds[main].click()
    where = OPENS[main]
    if isinstance(where, Place):
        assert office.went[-1][0] is where
    else:
        assert isinstance(page.dialog, Dialog)
        assert page.dialog.isVisible()
        assert type(page.dialog).__name__ == where.partition(":")[2]


@pytest.mark.parametrize("status", STATES)
def test_every_dialog_of_a_state_opens_low_enough(office: CaseOffice, life: Life, status: CaseStatus) -> None:
    page = opened(office, life.bring(status))
    for deed in DEEDS_OF[status]:
        if deed not in OF_THE_FLOW:
            continue
        page.do(deed)
        low = page.dialog.minimumSizeHint()
        assert low.height() <= 480, deed
        assert low.width() <= 855, deed
        for form in page.dialog.forms:
            assert all(cell.editor.accessibleName() for cell in form._cells.values())
        page.dialog.reject()


def test_a_missing_consent_is_said_and_cured_from_the_page(office: CaseOffice) -> None:
    parties = (
        person("a", PartyRole.APPLICANT, "孙一"),
        person("b", PartyRole.RESPONDENT, "钱一", consent=Consent.UNASKED),
    )
    page = opened(office, office.case(parties=parties))
    assert page.next_step.blocked is Deed.ACCEPT
    assert "还没有记录钱一是否同意调解" in page.next.blocked.toolTip()
    assert next(iter(page.deeds)) is Deed.CONSENT
    dialog = begin(page, Deed.CONSENT)
    dialog.form.field("consent").set_value(Consent.ORAL)
    dialog.submit()
    assert page.next_step.blocked is None
    assert next(iter(page.deeds)) is Deed.ACCEPT


def test_a_case_is_sorted_with_a_reason_and_taken_back(office: CaseOffice, life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    page = opened(office, case)
    dialog = begin(page, Deed.TRIAGE)
    fill(dialog, difficulty="major", issues="滴水责任")
    dialog.submit()
    assert dialog.form.field("difficulty_reason").property("bad")
    fill(dialog, difficulty_reason="涉及人数多")
    dialog.submit()
    assert page.case.status is _S.TRIAGE
    assert "已完成：甄别分流" in page.banner.text()
    last = life.run(last_actions, 1)[0]
    page.act(undo_action, last.id)
    assert page.case.status is _S.REGISTERED


def test_a_transfer_goes_out_and_its_answers_come_in(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.TRIAGE))
    dialog = begin(page, Deed.TRANSFER)
    dialog.submit()
    assert dialog.form.field("unit").property("bad")
    assert dialog.form.field("basis").property("bad")
    fill(dialog, unit="石门派出所", basis="治安管理处罚法")
    dialog.submit()
    assert page.case.status is _S.TRANSFERRED
    assert "石门派出所" in page.case.standing.holder
    dialog = begin(page, Deed.ANSWER_TRANSFER)
    dialog.submit()
    assert page.case.status is _S.TRANSFERRED
    dialog = begin(page, Deed.ANSWER_TRANSFER)
    offered = dialog.form.field("reply")._values
    assert ReferralReply.TAKEN not in offered
    fill(dialog, reply=ReferralReply.DONE)
    dialog.submit()
    assert dialog.form.field("note").property("bad")
    fill(dialog, note="已调处完毕")
    dialog.submit()
    assert page.case.status is _S.CLOSED


def test_the_county_answers_in_two_steps(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.TRIAGE))
    dialog = begin(page, Deed.ESCALATE)
    fill(dialog, reason="跨乡镇")
    dialog.submit()
    assert page.case.status is _S.ESCALATED
    dialog = begin(page, Deed.ANSWER_COUNTY)
    fill(dialog, reply=ReferralReply.JOINT)
    dialog.submit()
    assert page.case.status is _S.JOINT
    dialog = begin(page, Deed.ANSWER_COUNTY)
    assert dialog.form.field("reply")._values == [ReferralReply.DONE]
    fill(dialog, note="已办结")
    dialog.submit()
    assert page.case.status is _S.CLOSED


def test_a_withdrawal_is_closed_and_archived_without_striking_off(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.TRIAGE))
    dialog = begin(page, Deed.WITHDRAW)
    fill(dialog, reason="双方自行和解")
    dialog.submit()
    assert page.case.status is _S.WITHDRAWN
    begin(page, Deed.CLOSE).submit()
    assert page.case.status is _S.CLOSED
    assert next(iter(page.deeds)) is Deed.ARCHIVE


def test_a_merge_offers_the_disputes_of_the_same_people_first(
    office: CaseOffice, life: Life, qtbot: Any
) -> None:
    people = life.people()
    other = life.run(register_case, people)
    stranger = life.run(register_case, intake())
    case = life.run(register_case, people)
    page = opened(office, case)
    dialog = begin(page, Deed.MERGE)
    assert [row.id for row in dialog.table.records()] == [other.id]
    dialog.look(stranger.number)
    assert [row.id for row in dialog.table.records()] == [stranger.id]
    dialog.look("zlvx")
    dialog.submit()
    assert "请先选定" in dialog.banner.text()
    dialog.look("")
    qtbot.waitUntil(lambda: dialog.table.current() is not None)
    fill(dialog, reason="同一纠纷")
    dialog.submit()
    assert page.case.status is _S.MERGED
    link = page.case.standing.links[0]
    assert link.number == other.number
    page.links.chosen.emit(link.id)
    assert office.went[-1] == (Place.CASE, other.id)


def test_on_the_spot_leads_to_the_oral_agreement(office: CaseOffice, life: Life, qtbot: Any) -> None:
    case = life.bring(_S.REGISTERED)
    page = opened(office, case)
    dialog = begin(page, Deed.SETTLE_ON_SPOT)
    qtbot.waitUntil(lambda: dialog.table.current() is not None)
    dialog.submit()
    assert dialog.told.field("all_present").property("bad")
    for name in ("all_present", "rights_told", "not_excluded"):
        dialog.told.field(name).setChecked(True)
    dialog.submit()
    assert office.went[-1] == (Place.AGREEMENT, case.id)
    assert life.now(case).status is _S.ON_SPOT
    begin(page, Deed.NOT_ON_SPOT).submit()
    assert life.now(case).status is _S.TRIAGE


def test_a_mediation_pauses_and_ends_with_the_remedies_told(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.IN_SESSION))
    begin(page, Deed.SUSPEND).submit()
    assert page.case.status is _S.SUSPENDED
    dialog = begin(page, Deed.TERMINATE)
    fill(dialog, reason=Termination.DEADLOCK, undisputed="屋檐伸出属实")
    dialog.submit()
    assert dialog.form.field("remedies_told").property("bad")
    fill(dialog, remedies_told=True)
    dialog.submit()
    assert page.case.status is _S.TERMINATED
    assert page.case.standing.ending.undisputed == "屋檐伸出属实"
    assert page.life.isVisible()


def test_two_persons_strike_a_case_off(office: CaseOffice, life: Life) -> None:
    case = life.bring(_S.CLOSED)
    with life.somebody_else("提请人"):
        page = opened(office, case)
        dialog = begin(page, Deed.STRIKE_OFF)
        assert not dialog.proposed
        dialog.submit()
        assert page.case.standing.closing.proposed_by == "提请人"
        dialog = begin(page, Deed.STRIKE_OFF)
        dialog.submit()
        assert "另一人" in dialog.banner.text()
        dialog.reject()
    with life.somebody_else("审批人"):
        page = opened(office, case)
        dialog = begin(page, Deed.STRIKE_OFF)
        assert dialog.proposed
        dialog.give_back()
        assert dialog.form.field("reason").property("bad")
        fill(dialog, reason="先告知申请人")
        dialog.give_back()
        assert page.case.standing.closing.proposed_on is None
    propose(life, case)
    with life.somebody_else("审批人"):
        page = opened(office, case)
        begin(page, Deed.STRIKE_OFF).submit()
        assert page.case.status is _S.STRUCK_OFF
        assert page.case.standing.closing.struck_off_by == "审批人"


def test_a_volume_is_locked_when_nothing_is_missing(office: CaseOffice, life: Life) -> None:
    case = life.bring(_S.STRUCK_OFF)
    page = opened(office, case)
    dialog = begin(page, Deed.ARCHIVE)
    rows = life.run(list_volume, case.id)
    for row in rows:
        if row.item in dialog.pages or row.pages:
            assert ("✓" in dialog.marks[row.item]) == bool(row.pages)
            assert ("✗" in dialog.marks[row.item]) == (row.needed and not row.pages)
    dialog.submit()
    assert dialog.form.field("checked_by").property("bad")
    fill(dialog, checked_by="检查人甲")
    dialog.submit()
    assert "卷内缺少" in dialog.banner.text()
    for row in rows:
        if row.needed and not row.pages:
            dialog.pages[row.item].set_value("两页")
    dialog.submit()
    assert dialog.isVisible()
    for row in rows:
        if row.needed and not row.pages:
            dialog.pages[row.item].set_value(2)
    dialog.submit()
    assert page.case.status is _S.ARCHIVED
    assert VolumeItem.AGREEMENT in {entry.item for entry in page.case.standing.volume.entries}
    dialog = begin(page, Deed.SUPPLEMENT)
    fill(dialog, note="补交收条一份")
    dialog.submit()
    assert page.case.events[-1].note == "补交收条一份"
    assert page.next_step.blocked is Deed.REPORT
    life.deliver()
    page.reload()
    dialog = begin(page, Deed.REPORT)
    fill(dialog, filing_no="平乡备〔2026〕1号")
    dialog.submit()
    assert page.case.status is _S.REPORTED


def test_reopening_leads_to_the_new_case(office: CaseOffice, life: Life) -> None:
    case = life.bring(_S.CLOSED)
    page = opened(office, case)
    dialog = begin(page, Deed.REOPEN)
    fill(dialog, reason="发现新的事实")
    dialog.submit()
    place, new = office.went[-1]
    assert place is Place.CASE
    assert new != case.id
    assert life.now(case).status is _S.REOPENED


def test_a_matter_is_corrected_and_a_stale_form_refused(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.ACCEPTED))
    dialog = begin(page, Deed.CORRECT)
    fill(dialog, summary="更正后的情况")
    page.do(Deed.CORRECT)
    second = page.dialog
    dialog.submit()
    assert page.case.summary == "更正后的情况"
    fill(second, summary="另一份")
    second.submit()
    assert "已被修改" in second.banner.text()


def test_what_was_typed_and_not_saved_is_offered_again(office: CaseOffice, life: Life) -> None:
    page = opened(office, life.bring(_S.TRIAGE))
    dialog = begin(page, Deed.ESCALATE)
    dialog.form.field("reason").setPlainText("写到一半")
    dialog.reject()
    dialog = begin(page, Deed.ESCALATE)
    assert dialog.form.field("reason").toPlainText() == ""
    assert "上报理由" in dialog.banner.text()
    dialog.banner.findChild(QPushButton).click()
    assert dialog.form.field("reason").toPlainText() == "写到一半"


def test_a_case_goes_from_registered_to_closed_by_keys(office: CaseOffice, life: Life, qtbot: Any) -> None:
    case = life.bring(_S.REGISTERED)
    page = opened(office, case)
    qtbot.waitUntil(page.deeds[Deed.ACCEPT].hasFocus)
    office.press(Qt.Key.Key_0, alt=True)
    qtbot.waitUntil(lambda: page.more is not None and page.more.isVisible())
    more = page.more
    key = next(text for text in more.buttons[Deed.WITHDRAW].text() if text.isalnum())
    qtbot.keyClick(more, key)
    assert type(page.dialog).__name__ == "WithdrawDialog"
    qtbot.waitUntil(page.dialog.form.field("reason").hasFocus)
    office.type("双方自行和解")
    office.press(Qt.Key.Key_Return, ctrl=True)
    assert page.case.status is _S.WITHDRAWN
    assert page.focusWidget() is page.deeds[Deed.CLOSE]
    page.activateWindow()
    qtbot.waitUntil(page.deeds[Deed.CLOSE].hasFocus)
    office.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.dialog.form.field("on").hasFocus)
    office.press(Qt.Key.Key_Return, ctrl=True)
    assert page.case.status is _S.CLOSED


def test_every_need_of_the_flow_is_the_right_its_use_case_asks_for() -> None:
    asked = {
        Deed.TRIAGE: triage.triage_case,
        Deed.RAISE_LEVEL: triage.raise_level,
        Deed.WITHDRAW: triage.withdraw_case,
        Deed.CORRECT: triage.correct_case,
        Deed.MERGE: merging.merge_cases,
        Deed.SETTLE_ON_SPOT: on_spot.settle_on_spot,
        Deed.NOT_ON_SPOT: on_spot.not_on_spot,
        Deed.TRANSFER: referrals.transfer_case,
        Deed.ANSWER_TRANSFER: referrals.answer_transfer,
        Deed.ESCALATE: referrals.escalate_case,
        Deed.ANSWER_COUNTY: referrals.answer_county,
        Deed.SUSPEND: mediation.suspend_case,
        Deed.TERMINATE: mediation.terminate_case,
        Deed.CLOSE: closing.close_case,
        Deed.STRIKE_OFF: closing.propose_strike_off,
        Deed.ARCHIVE: volumes.archive_case,
        Deed.SUPPLEMENT: volumes.add_supplement,
        Deed.REPORT: volumes.report_case,
        Deed.REOPEN: reopening.reopen_case,
    }
    assert set(asked) == set(OF_THE_FLOW)
    assert {deed: NEEDS[deed] for deed in asked} == {deed: done.needs for deed, done in asked.items()}
