"""What the intake form says while one types, offers, keeps, and refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.cases import CaseSource, Consent, PartyRole
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.domain.office.drafts import DraftKind
from app.domain.people import PersonKind
from app.domain.roster import MediatorInput
from app.domain.values.identity import IdKind, Sex
from app.services.cases.drafts import list_drafts
from app.services.cases.listing import list_case_ids
from app.services.cases.people import suggest_people
from app.services.cases.register import register_case
from app.services.roster.entries import save_mediator
from app.ui.cases.intake.intake_form import DECISION, MATTER, PARTIES, REVIEW
from app.ui.cases.intake_page import SAVE_MS, IntakePage
from app.ui.kit.suggest import Suggestions
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from tests.ui.case_office import CaseOffice, focused, made_office  # noqa: F401 - a fixture


def note_of(form, name: str) -> str:
    return form.field(name).accessibleDescription()


def filled(page: IntakePage) -> IntakePage:
    """The least that can be registered."""
    first, second = page.form.parties.blocks
    first.form.field("name").setText("张㛃")
    second.form.field("name").setText("李䶮")
    page.form.matter.form.field("type_a").setText("邻里纠纷")
    page.form.matter.form.field("summary").setPlainText("屋檐滴水，双方争执。")
    return page


def decide(page: IntakePage, consent: Consent) -> None:
    """Choose to accept at once, after what the respondent said."""
    page.form.go(DECISION)
    page.form.decision.consents.rows[0].consent.set_value(consent)
    page.form.decision.accept._group.button(1).click()
    page.form.decision.competent.setChecked(True)
    page.form.decision.not_excluded.setChecked(True)


def test_a_right_number_tells_sex_and_birth(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    block = page.form.parties.blocks[0]
    block.form.field("id_no").setFocus()
    office.type("13059919800101002")
    assert (block.verified.isHidden(), note_of(block.form, "id_no")) == (True, "")
    office.type("x")
    assert "证件校验码正确" in block.verified.text()
    assert block.form.field("sex").value() is Sex.FEMALE
    assert block.form.field("birth").value() == date(1980, 1, 1)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("33012719750609331", "应为18位，现为17位"),
        ("130599198001010021", "校验码不符"),
        ("13059919801301002X", "出生日期不存在"),
        ("1305A9", "第 5 位不对"),
    ],
)
def test_a_wrong_number_is_named_under_its_field(office: CaseOffice, number: str, said: str) -> None:
    page = office.page(IntakePage)
    block = page.form.parties.blocks[0]
    block.form.field("id_no").setFocus()
    office.type(number)
    block.form.field("phone").setFocus()
    assert said in note_of(block.form, "id_no")
    assert block.form.field("id_no").property("bad")
    block.form.field("id_kind").set_value(IdKind.PASSPORT)
    block.form.field("id_no").setText("E1234567")
    assert note_of(block.form, "id_no") == ""


def test_a_minor_is_told_to_need_a_guardian(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    block = page.form.parties.blocks[0]
    block.form.field("id_no").setText("130599201401010015")
    assert "未成年" in note_of(block.form, "birth")


def test_an_earlier_person_fills_the_block_and_brings_their_disputes(office: CaseOffice) -> None:
    case = office.case()
    page = office.page(IntakePage)
    block = page.form.parties.blocks[1]
    block.form.field("name").setFocus()
    office.type("zj")
    offers = block.form.field("name").findChildren(Suggestions)
    office.qtbot.waitUntil(lambda: any(offer.offered() for offer in offers), timeout=2000)
    (match,) = next(offer.offered() for offer in offers if offer.offered())
    assert "130599********002X" in block._words(match)
    assert "1980年" in block._words(match)
    block.fill(match)
    assert block.form.field("phone").text() == "13800001111"
    assert block.form.field("address").text() == "石门村三组18号"
    assert "1 件纠纷" in block.earlier.text()
    assert case.number in block.earlier.text()
    assert page.form.read().intake.parties[1].person_id == match.id
    block.earlier._actions[0].click()
    assert office.went == [(Place.CASE, case.id)]


def test_a_whole_number_is_recognised_and_another_name_is_another_person(office: CaseOffice) -> None:
    office.case()
    page = office.page(IntakePage)
    block = page.form.parties.blocks[0]
    block.form.field("id_no").setText("13059919800101002X")
    assert "1 件纠纷" in block.earlier.text()
    (match,) = office.workspace.run(suggest_people, "zj").value
    block.fill(match)
    block.form.field("name").setFocus()
    office.type("A")
    assert (block.person_id, block.earlier.text()) == (None, "")


def test_a_removed_person_comes_back(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    firm = page.form.parties.add(PartyRole.RESPONDENT)
    firm._turn_to(PersonKind.LEGAL, keep=True)
    firm.form.field("name").setText("恒兴建材店")
    assert [block.title() for block in page.form.parties.blocks] == ["申请人", "被申请人1", "被申请人2"]
    firm._leave.click()
    assert "已移除 恒兴建材店" in page.banner.text()
    assert [block.title() for block in page.form.parties.blocks] == ["申请人", "被申请人"]
    page.banner._actions[0].click()
    assert page.form.parties.blocks[2].name() == "恒兴建材店"
    assert page.banner.text() == ""


def test_an_agent_says_for_whom_and_with_what_power(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    agent = page.form.parties.add(PartyRole.AGENT)
    agent.form.field("name").setText("王律师")
    assert [box.text() for box in agent.represented.boxes()] == ["张㛃", "李䶮"]
    agent.represented.boxes()[1].click()
    agent.form.field("agent_powers").boxes()[4].click()
    party = page.form.read().intake.parties[2]
    assert party.represents == (page.form.parties.blocks[1].key,)
    assert [power.value for power in party.agent_powers] == ["sign"]


def test_the_second_class_follows_the_first_until_it_is_chosen(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    page.form.go(MATTER)
    form = page.form.matter.form
    form.field("type_a").setText("合同纠纷")
    assert form.field("type_b").value() == "B06"
    form.field("type_b").setFocus()
    form.field("type_b").selectAll()
    office.type("B17")
    form.field("type_a").setText("医疗纠纷")
    assert form.field("type_b").value() == "B17"


@pytest.mark.parametrize(("typed", "code"), [("hyjt", "01"), ("邻", "02"), ("16", "16"), ("ly", "12")])
def test_a_type_is_found_by_initials_words_or_code(office: CaseOffice, typed: str, code: str) -> None:
    field = office.page(IntakePage).form.matter.form.field("type_a")
    field.setText(typed)
    assert field.value() == code


def test_a_case_sent_by_a_court_names_the_court(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    form = page.form.matter.form
    assert form.field("source_unit").isHidden()
    form.field("source").set_value(CaseSource.COURT)
    assert not form.field("source_unit").isHidden()
    assert [problem.field for problem in page.form.read().problems] == ["source_unit"]


def test_signs_of_danger_bring_the_advice_of_the_law(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    page.form.go(MATTER)
    page.form.matter.form.field("risk_flags").boxes()[0].click()
    assert "第二十五条" in page.form.matter.risk.text()


def test_a_problem_on_the_last_page_leads_to_its_field(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    page.form.parties.blocks[1].form.field("id_no").setText("33012719750609331")
    page.form.go(REVIEW)
    page.register()
    assert "没有登记" in page.banner.text()
    (link,) = page.form.review.links
    assert "李䶮 证件号码" in link.text()
    link.click()
    assert page.form.steps.current() == PARTIES
    assert focused() is page.form.parties.blocks[1].form.field("id_no")
    assert office.workspace.run(list_case_ids, CaseQuery()).value.tolist() == []


def test_who_refuses_cannot_be_brought_to_mediation(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    decide(page, Consent.REFUSED)
    page.form.go(REVIEW)
    page.form.next_button.click()
    (link,) = page.form.review.links
    assert "明确拒绝调解" in link.text()
    page.form.go(DECISION)
    page.form.decision.accept._group.button(0).click()
    page.form.go(REVIEW)
    page.form.next_button.click()
    assert page._case.status is CaseStatus.REGISTERED
    assert page._case.parties[1].consent is Consent.REFUSED


def test_a_tie_seen_at_once_asks_for_a_reason(office: CaseOffice) -> None:
    office.workspace.run(
        save_mediator, MediatorInput("周国平", birth=date(1970, 1, 1), address="石门村三组20号")
    )
    page = filled(office.page(IntakePage))
    page.form.parties.blocks[1].form.field("address").setText("石门村三组20号")
    decide(page, Consent.ORAL)
    page.form.decision.lead.choice.setCurrentIndex(1)
    assert "同户" in page.form.decision.lead.findings.text()
    assert [problem.code for problem in page.form.read().problems] == ["override_required"]
    page.form.decision.lead.reason.setText("当事人均知情并同意")
    page.form.go(REVIEW)
    page.form.next_button.click()
    assert page._case.status is CaseStatus.ASSIGNED
    assert page._case.assignments[0].override_reason == "当事人均知情并同意"


def test_a_tie_found_only_afterwards_leaves_the_case_accepted(office: CaseOffice) -> None:
    office.workspace.run(save_mediator, MediatorInput("李䶮", phone="13900002222", birth=date(1970, 1, 1)))
    page = filled(office.page(IntakePage))
    decide(page, Consent.ORAL)
    page.form.decision.lead.choice.setCurrentIndex(1)
    page.form.go(REVIEW)
    block = page.form.parties.blocks[1]
    block.form.field("phone").setText("13900002222")
    reading = page.form.read()
    page.act(register_case, reading.intake, ok=lambda case: page._registered(reading.decision, case))
    assert page._case.status is CaseStatus.ACCEPTED
    assert "不能调解本案" in page.registered.banner.text()


def test_a_draft_keeps_itself_and_outlives_the_page(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    filled(page).form.matter.form.field("amount_fen").setText("3.5万")
    assert SAVE_MS < 1500
    office.qtbot.waitUntil(lambda: "草稿已自动保存" in page.header._context.text(), timeout=2500)
    again = office.page(IntakePage)
    assert again._shows(again.shelf)
    again.shelf.go_on_buttons[0].click()
    assert again.form.parties.blocks[0].name() == "张㛃"
    assert again.form.matter.form.field("amount_fen").text() == "3.5万"
    assert again.draft_id == page.draft_id
    by_id = office.page(IntakePage, page.draft_id)
    assert by_id.form.parties.blocks[1].name() == "李䶮"


def test_registering_drops_the_draft(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    page.save()
    assert len(office.workspace.run(list_drafts, DraftKind.INTAKE).value) == 1
    page.form.go(REVIEW)
    page.form.next_button.click()
    assert page._case is not None
    assert office.workspace.run(list_drafts, DraftKind.INTAKE).value == ()


def test_leaving_keeps_what_was_typed_a_moment_ago(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    page.form.parties.blocks[0].form.field("name").setText("张㛃")
    assert page.may_leave()
    (draft,) = office.workspace.run(list_drafts, DraftKind.INTAKE).value
    assert draft.subject == page.draft_id
    page.open_item(None)
    assert page.form.parties.blocks[0].name() == "张㛃"


def test_the_form_works_while_requests_are_under_way(office: CaseOffice) -> None:
    office.tasks = Tasks(office.workspace)
    try:
        page = filled(office.page(IntakePage))
        page.save()
        page.form.go(REVIEW)
        page.form.next_button.click()
        office.qtbot.waitUntil(lambda: page._case is not None, timeout=5000)
        office.tasks.drain()
        assert office.workspace.run(list_drafts, DraftKind.INTAKE).value == ()
        assert page.registered.number().startswith("已登记")
    finally:
        office.tasks.drain()


def test_a_day_after_today_is_refused(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    page.form.matter.form.field("received_on").set_value((datetime.now(UTC) + timedelta(days=3)).date())
    assert [problem.code for problem in page.form.read().problems] == ["future_date"]
    page.form.matter.form.field("received_on").setText("昨天吧")
    assert [problem.code for problem in page.form.read().problems] == ["bad_date"]


def test_people_are_found_whatever_way_they_are_typed(office: CaseOffice) -> None:
    office.case()
    for typed in ("张㛃", "zj", "13059919800101002X"):
        assert [match.name for match in office.workspace.run(suggest_people, typed).value] == ["张㛃"]


def test_a_case_like_it_is_named_before_registering(office: CaseOffice) -> None:
    page = filled(office.page(IntakePage))
    page.form.go(REVIEW)
    assert page.form.review.looks == []
    page.form.next_button.click()
    earlier = page._case
    page.begin()
    filled(page).form.go(REVIEW)
    (look,) = page.form.review.looks
    assert earlier.number in look.accessibleName()
    look.click()
    assert office.went[-1] == (Place.CASE, earlier.id)
