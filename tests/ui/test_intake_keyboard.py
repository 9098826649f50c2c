"""A whole dispute is registered, accepted and assigned with the keyboard alone."""

from datetime import date

from PySide6.QtCore import Qt

from app.domain.actor import Role
from app.domain.cases import CaseSource, Consent, PartyRole
from app.domain.flow import CaseStatus
from app.domain.lists import CaseQuery
from app.domain.office.drafts import DraftKind
from app.domain.people import PersonKind
from app.domain.roster import MediatorInput
from app.domain.values.identity import Sex
from app.services.cases.drafts import list_drafts
from app.services.cases.listing import case_rows, list_case_ids
from app.services.cases.register import open_case
from app.services.roster.entries import save_mediator
from app.ui.cases.intake.intake_form import DECISION, MATTER, REVIEW
from app.ui.cases.intake_page import IntakePage
from app.ui.navigation import Place
from tests.ui.case_office import CaseOffice, focused, made_office  # noqa: F401 - a fixture

DOWN, SPACE, TAB = Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Tab
NATURAL = 10  # fields of a natural person, the address the last


def stored(office: CaseOffice):
    (sk,) = office.workspace.run(list_case_ids, CaseQuery()).value
    (row,) = office.workspace.run(case_rows, [sk]).value
    return office.workspace.run(open_case, row.id).value


def write_people(office: CaseOffice, page: IntakePage) -> None:
    """An applicant of 12 years with a guardian, against an organisation."""
    office.enter("张小㛃", "", "130599201401010015", *[""] * (NATURAL - 4), "石门村三组18号")
    respondent = page.form.parties.blocks[1]
    assert focused() is respondent.form.field("name")
    respondent._kinds._group.button(1).setFocus()
    office.press(SPACE)
    office.enter("恒兴建材店", "", "李䶮", "经理", "0319-1234567")
    page.form.parties._more.findChildren(type(page.form.next_button))[2].setFocus()
    office.press(SPACE)
    office.enter("张大山", "", "", "", "", "13800001111", "石门村三组18号")
    assert focused() is page.form.next_button
    page.form.parties.blocks[2].represented.boxes()[0].setFocus()
    office.press(SPACE)
    page.form.next_button.setFocus()


def test_a_dispute_of_several_people_is_registered_by_keys_alone(office: CaseOffice) -> None:
    office.workspace.run(save_mediator, MediatorInput("周国平", specialities=("02",), birth=date(1970, 1, 1)))
    page = office.page(IntakePage)
    write_people(office, page)
    office.press(Qt.Key.Key_Return)
    assert page.form.steps.current() == MATTER
    office.type("ll")
    office.press(Qt.Key.Key_Return)
    assert page.form.matter.form.field("type_a").text() == "邻里纠纷"
    assert page.form.matter.form.field("type_b").value() == "B17"
    page.form.matter.form.field("summary").setFocus()
    office.type("屋檐滴水，双方争执。")
    page.form.matter.form.field("amount_fen").setFocus()
    office.type("3.5")
    office.type("万")
    office.press(Qt.Key.Key_Return, ctrl=True)
    assert page.form.steps.current() == DECISION
    consent = page.form.decision.consents.rows[0].consent
    assert focused() is consent
    office.press(DOWN, DOWN)
    page.form.decision.accept._group.button(1).setFocus()
    office.press(SPACE)
    for box in (page.form.decision.competent, page.form.decision.not_excluded):
        box.setFocus()
        office.press(SPACE)
    page.form.decision.lead.choice.setFocus()
    office.press(DOWN)
    office.press(Qt.Key.Key_Return, ctrl=True)
    assert page.form.steps.current() == REVIEW
    assert page.form.read().problems == ()
    office.press(Qt.Key.Key_Return)

    case = stored(office)
    assert case.status is CaseStatus.ASSIGNED
    assert (case.amount_fen, case.type_b, case.source) == (3_500_000, "B17", CaseSource.APPLICATION)
    child, firm, guardian = case.parties
    assert (child.name, child.sex, child.id_no) == ("张小㛃", Sex.MALE, "130599201401010015")
    assert (firm.role, firm.kind, firm.consent) == (PartyRole.RESPONDENT, PersonKind.LEGAL, Consent.ORAL)
    assert (guardian.role, guardian.represents) == (PartyRole.GUARDIAN, (child.id,))
    assert [row.name for row in case.assignments] == ["周国平"]
    assert case.number in page.registered.number()
    assert page.registered.open_button.hasFocus()
    assert office.workspace.run(list_drafts, DraftKind.INTAKE).value == ()


def test_after_registering_one_opens_the_case_or_prints_its_sheet(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    case = office.case()
    page._finish(case)
    page.registered.print_button.click()
    page._finish(case)
    office.press(Qt.Key.Key_Return)
    assert office.went == [(Place.PAPERS, case.id), (Place.CASE, case.id)]


def test_steps_have_keys(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    office.press(Qt.Key.Key_3, alt=True)
    assert page.form.steps.current() == DECISION
    office.press(Qt.Key.Key_1, alt=True)
    assert page.form.parties.blocks[0].form.field("name").hasFocus()


def test_who_may_not_decide_registers_only(office: CaseOffice) -> None:
    page = office.page(IntakePage, None, Role.REGISTRAR)
    page.form.go(DECISION)
    assert page.form.decision.accept.isHidden()
    assert not page.form.decision.read()[0].accept
