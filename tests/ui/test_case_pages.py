"""The list of cases and the page of one: sorting, filtering, opening, deciding, assigning, reading only."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.domain.actor import NodeKind, Role
from app.domain.cases import CaseSource, CaseView, Consent, Difficulty, PartyRole, Refusal, RiskFlag
from app.domain.casework.guards import CaseFacts, ways_of
from app.domain.deadlines import RuleCode
from app.domain.flow import DEEDS_OF, CaseStatus, Deed, Outcome, next_step_of
from app.domain.lists import CaseSort
from app.domain.roster import MediatorInput
from app.services.cases.decisions import accept_case, refuse_case
from app.services.cases.register import open_case
from app.services.roster.entries import save_mediator
from app.ui.cases import case_list_page
from app.ui.cases.case_list_page import EFFECTIVE, SIGNING, UNDER_WAY, WAITING, CaseListPage
from app.ui.cases.case_page import CasePage
from app.ui.cases.deeds import OPENS
from app.ui.cases.next_step import blocks, next_step
from app.ui.cases.stages import Mark
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from tests.conftest import person
from tests.ui.case_office import CaseOffice, made_office  # noqa: F401 - a fixture


def between(applicant: str, respondent: str, consent: Consent = Consent.ORAL):
    """The parties of a case."""
    return (
        person("a", PartyRole.APPLICANT, applicant),
        person("b", PartyRole.RESPONDENT, respondent, consent=consent),
    )


def three(office: CaseOffice) -> list[CaseView]:
    """A case waiting, one being mediated, one not taken."""
    waiting = office.case(parties=between("张㛃", "李䶮"), amount_fen=500)
    taken = office.case(
        parties=between("王大山", "恒兴建材店"),
        type_a="04",
        amount_fen=9_000_000,
        risk_flags=(RiskFlag.BRAWL,),
    )
    refused = office.case(parties=between("赵强", "胡玉梅"), amount_fen=None)
    office.workspace.run(accept_case, taken.id, True, False)
    office.workspace.run(refuse_case, refused.id, Refusal.NOT_CIVIL, "", True)
    return [waiting, taken, refused]


def shown(page: CaseListPage, qtbot) -> list[str]:
    """The parties column from top to bottom."""
    model = page.table.table
    count = model.rowCount()
    qtbot.waitUntil(lambda: all(model.record(row) is not None for row in range(count)))
    return [model.record(row).parties for row in range(count)]


def test_the_list_filters_and_sorts_by_its_query(office: CaseOffice, qtbot) -> None:
    three(office)
    page = office.page(CaseListPage)
    everybody = ["赵强 与 胡玉梅", "王大山 与 恒兴建材店", "张㛃 与 李䶮"]
    assert shown(page, qtbot) == everybody
    assert page.header._context.text() == "3 件"
    for statuses, expected in ((WAITING, everybody[2:]), (UNDER_WAY, everybody[1:2]), (SIGNING, [])):
        page.states.set_value(statuses)
        page.states.chosen.emit(statuses)
        assert shown(page, qtbot) == expected
    page.states.chosen.emit(frozenset())
    page.risky.setChecked(True)
    assert shown(page, qtbot) == ["王大山 与 恒兴建材店"]
    page.risky.setChecked(False)
    page.type_a.set_value("02")
    assert shown(page, qtbot) == ["赵强 与 胡玉梅", "张㛃 与 李䶮"]
    page.type_a.set_value(None)
    page.search.setText("hxjc")
    qtbot.waitUntil(lambda: shown(page, qtbot) == ["王大山 与 恒兴建材店"])
    page.search.clear()
    qtbot.waitUntil(lambda: shown(page, qtbot) == everybody)
    page.table.sort_changed.emit(CaseSort.AMOUNT, True)
    assert shown(page, qtbot) == ["王大山 与 恒兴建材店", "张㛃 与 李䶮", "赵强 与 胡玉梅"]
    assert CaseStatus.EFFECTIVE in EFFECTIVE


def test_the_list_opens_and_copies_by_keys(office: CaseOffice, qtbot) -> None:
    waiting, *_ = three(office)
    page = office.page(CaseListPage)
    shown(page, qtbot)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    office.press(Qt.Key.Key_End)
    page.table.setCurrentIndex(page.table.table.index(2, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "张㛃 与 李䶮" in QGuiApplication.clipboard().text()
    office.press(Qt.Key.Key_Return)
    assert office.went == [(Place.CASE, waiting.id)]


def test_overdue_cases_are_red_and_the_next_step_is_named(office: CaseOffice, clock, qtbot) -> None:
    office.case(received_at=clock.at - timedelta(days=20))
    page = office.page(CaseListPage)
    shown(page, qtbot)
    model = page.table.table
    text = next(column for column in model.columns if column.sort_key == CaseSort.DUE)
    assert "决定是否受理" in text.text(model.record(0))
    assert "已逾期" in text.text(model.record(0))
    assert text.tone(model.record(0)) == "bad"


def test_the_register_is_written_where_one_says(office, qtbot, monkeypatch, tmp_path: Path) -> None:
    three(office)
    page = office.page(CaseListPage)
    target = tmp_path / "案件台账.xlsx"
    monkeypatch.setattr(case_list_page, "save_as", lambda *asked: asked[-1](target))
    page.export_button.click()
    assert target.read_bytes()[:2] == b"PK"
    assert "已导出 3 件" in page.banner.text()


def test_a_county_reads_cases_and_registers_none(office: CaseOffice, county_workspace, qtbot) -> None:
    county = CaseOffice(county_workspace, qtbot, NodeKind.COUNTY)
    page = county.page(CaseListPage)
    assert page.town.isVisible()
    assert page.mediator.isHidden()
    assert "登记新案件" not in [part.text() for part in page.header.findChildren(type(page.export_button))]
    assert "乡镇" in [column.title for column in page.table.table.columns]


def test_the_page_leads_from_consent_to_acceptance(office: CaseOffice) -> None:
    case = office.case(parties=between("张㛃", "李䶮", Consent.UNASKED))
    page = office.page(CasePage, case.id)
    assert page.header.title() == case.number
    assert next(iter(page.deeds)) is Deed.CONSENT
    page.deeds[Deed.CONSENT].click()
    page.dialog.form.field("consent").set_value(Consent.ORAL)
    page.dialog.submit()
    assert next(iter(page.deeds)) is Deed.ACCEPT
    page.deeds[Deed.ACCEPT].click()
    page.dialog.submit()
    assert "不属于本调委会的调解范围" in page.dialog.banner.text()
    for name in ("competent", "not_excluded"):
        page.dialog.form.field(name).setChecked(True)
    page.dialog.submit()
    assert page.case.status is CaseStatus.ACCEPTED
    assert ("受理", Mark.DONE) in page.strip.stages()
    assert ("指派", Mark.NOW) in page.strip.stages()


def test_a_refusing_party_leaves_only_the_way_out(office: CaseOffice) -> None:
    case = office.case(parties=between("张㛃", "李䶮", Consent.REFUSED))
    page = office.page(CasePage, case.id)
    assert next(iter(page.deeds)) is Deed.REFUSE
    page.deeds[Deed.REFUSE].click()
    assert page.dialog.form.field("reason").value() is Refusal.PARTY_REFUSES
    page.dialog.submit()
    assert page.dialog.form.field("remedy_told").property("bad")
    page.dialog.form.field("remedy_told").setChecked(True)
    page.dialog.submit()
    assert page.case.status is CaseStatus.REJECTED
    assert ("不予受理", Mark.STOPPED) in page.strip.stages()


def test_a_mediator_too_near_is_named_and_needs_a_reason(office: CaseOffice) -> None:
    office.workspace.run(save_mediator, MediatorInput("吴桂英", birth=date(1970, 1, 1)))
    near = MediatorInput("李仁和", birth=date(1980, 1, 1), address="石门村三组20号")
    near = office.workspace.run(save_mediator, near).value
    parties = (
        person("a", PartyRole.APPLICANT, "张㛃"),
        person("b", PartyRole.RESPONDENT, "李䶮", village="石门村", address="石门村三组20号"),
    )
    case = office.case(parties=parties)
    office.workspace.run(accept_case, case.id, True, False)
    page = office.page(CasePage, case.id)
    page.deeds[Deed.ASSIGN].click()
    dialog = page.dialog
    office.qtbot.waitUntil(lambda: dialog.table.current() is not None)
    assert dialog.table.current().name == "吴桂英"
    assert dialog.findings.text() == ""
    dialog.table.setCurrentIndex(dialog.table.table.index(1, 0))
    assert "与当事人同户" in dialog.findings.text()
    assert "住址相同" in dialog.findings.text()
    dialog.submit()
    assert "可能需要回避" in dialog.banner.text()
    assert "Finding" not in dialog.banner.text()
    dialog.reason.setText("已分户多年，双方都愿由其调解")
    dialog.submit()
    assert page.case.status is CaseStatus.ASSIGNED
    (row,) = page.case.assignments
    assert (row.mediator_id, row.override_reason) == (near.id, "已分户多年，双方都愿由其调解")


def test_a_difficult_case_asks_for_a_second_mediator(office: CaseOffice) -> None:
    for name in ("吴桂英", "周国平"):
        office.workspace.run(save_mediator, MediatorInput(name, birth=date(1970, 1, 1)))
    case = office.case(difficulty=Difficulty.MAJOR)
    office.workspace.run(accept_case, case.id, True, False)
    page = office.page(CasePage, case.id)
    page.deeds[Deed.ASSIGN].click()
    dialog = page.dialog
    office.qtbot.waitUntil(lambda: dialog.table.current() is not None)
    dialog.submit()
    assert "应再选一名调解员" in dialog.banner.text()
    dialog.co.boxes()[1].click()
    dialog.submit()
    assert [row.lead for row in page.case.assignments] == [True, False]


def test_telling_the_rights_is_written_down(office: CaseOffice) -> None:
    case = office.case()
    office.workspace.run(accept_case, case.id, True, False)
    page = office.page(CasePage, case.id)
    page.deeds[Deed.RIGHTS].click()
    page.dialog.submit()
    assert page.case.rights_told_on is not None
    assert Deed.RIGHTS not in page.deeds


def test_numbers_are_covered_until_somebody_uncovers_them(office: CaseOffice) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    first = page.parties._parties[0]
    assert "130599********002X" in page.parties._particulars(first)
    page.parties.uncover.click()
    assert "13059919800101002X" in page.parties._particulars(first)
    leader = office.page(CasePage, case.id, Role.LEADER)
    assert leader.parties.uncover.isHidden()
    assert leader.deeds == {}


def stand(page: CasePage, case: CaseView, status: CaseStatus, **facts: object) -> None:
    """Show the case as if it stood in this state, with nothing in its way unless `facts` say so."""
    clear = {"has_lead": True, "rights_told": True, "sessions": 1, "remedies_told": True, "delivered": True}
    page.ways = ways_of(CaseFacts(status, **{**clear, "outcome": Outcome.PERFORMED, **facts}))
    page._take(replace(case, status=status, step=next_step_of(status, Outcome.PERFORMED)))


@pytest.mark.parametrize("status", list(CaseStatus))
def test_every_state_has_a_page_and_says_what_is_next(office: CaseOffice, status: CaseStatus) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    stand(page, replace(case, effective_on=date(2026, 9, 3)), status)
    step = next_step(page.case, page.ways, office.workspace.actor)
    assert step.why
    assert list(page.deeds) == list(step.deeds)
    reader = next_step(replace(page.case, writable=False), page.ways, office.workspace.actor)
    assert reader.deeds == ()
    names = [name for name, _ in page.strip.stages()]
    assert len(names) == len(set(names))
    assert "现在：" in page.strip.accessibleName()


@pytest.mark.parametrize("status", list(CaseStatus))
def test_every_deed_of_a_state_is_on_its_page_or_behind_more(office: CaseOffice, status: CaseStatus) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    stand(page, case, status, has_lead=False, sessions=0, rights_told=False)
    page.show_more()
    blocked = {page.next_step.blocked} - {None}
    shown = {*page.deeds, *page.more.buttons, *blocked}
    cures = {one.cure for one in page.next_step.hindrances}
    left_out = cures | {Deed.ANSWER_TRANSFER, Deed.CONFIRMATION, Deed.ENTRUSTMENT}  # of some cases only
    assert shown - left_out == {deed for deed in DEEDS_OF[status] if deed in OPENS} - left_out
    for way in page.others:
        made = page.more.buttons[way.deed]
        assert made.isEnabled() != blocks(way)
        assert blocks(way) == bool(made.toolTip() and not made.isEnabled())


def test_what_another_office_owns_can_only_be_read(office: CaseOffice) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    page._take(replace(case, writable=False, owner="130532102-A"))
    assert "130532102-A" in page.read_only.text()
    assert page.deeds == {}


def test_dates_say_how_they_are_counted(office: CaseOffice) -> None:
    case = office.case()
    office.workspace.run(accept_case, case.id, True, False)
    case = office.workspace.run(open_case, case.id).value
    page = office.page(CasePage, case.id)
    (deadline,) = case.deadlines
    assert deadline.code == RuleCode.MEDIATE
    said = [line.text() for line in page.dates.findChildren(QLabel)]
    assert any("从次日起算30日" in text and "第三十三条" in text for text in said)


def test_a_case_taken_up_by_the_committee_asks_everybody(office: CaseOffice) -> None:
    case = office.case(source=CaseSource.OWN_INITIATIVE)
    page = office.page(CasePage, case.id)
    assert next(iter(page.deeds)) is Deed.CONSENT
    page.deeds[Deed.CONSENT].click()
    assert page.dialog.form.field("party_id").value() == case.parties[0].id


def test_the_buttons_lead_to_the_other_screens(office: CaseOffice) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    for status, deed, place in (
        (CaseStatus.ASSIGNED, Deed.SCHEDULE, Place.CALENDAR),
        (CaseStatus.IN_SESSION, Deed.AGREEMENT, Place.AGREEMENT),
        (CaseStatus.AGREED_WRITTEN, Deed.PAPERS, Place.PAPERS),
        (CaseStatus.SIGNING, Deed.AGREEMENT, Place.AGREEMENT),
    ):
        stand(page, case, status)
        page.deeds[deed].click()
        assert office.went[-1] == (place, case.id)


def test_the_pages_work_while_requests_are_under_way(office: CaseOffice, qtbot) -> None:
    case = office.case()
    office.tasks = Tasks(office.workspace)
    try:
        page = office.page(CasePage, case.id)
        qtbot.waitUntil(lambda: page.case is not None)
        page.deeds[Deed.ACCEPT].click()
        for name in ("competent", "not_excluded"):
            page.dialog.form.field(name).setChecked(True)
        page.dialog.submit()
        qtbot.waitUntil(lambda: page.case.status is CaseStatus.ACCEPTED)
    finally:
        office.tasks.drain()


def test_enter_does_the_next_step_of_a_case_just_opened(office: CaseOffice, qtbot) -> None:
    case = office.case()
    page = office.page(CasePage, case.id)
    first = next(iter(page.deeds.values()))
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.dialog.isVisible()


def test_a_small_form_begins_at_its_first_field(office: CaseOffice, qtbot) -> None:
    page = office.page(CasePage, office.case().id)
    page.deeds[Deed.ACCEPT].click()
    qtbot.waitUntil(page.dialog.form.field("competent").hasFocus)
