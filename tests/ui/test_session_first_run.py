"""The first start makes a real office, and the sheet it prints really opens it."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.bootstrap import Program
from app.domain.actor import NodeKind
from app.services.office import opening
from app.services.office.passphrases import has_office
from app.services.office.sign_in import unlock
from app.ui.session.bench import Marks
from app.ui.session.first_run import ADMINISTRATOR, OFFICE, SHEET, BeginCard, FirstRun
from app.ui.session.offices import Offices
from tests.conftest import PASSPHRASE


@pytest.fixture
def program(qapp, tmp_path):
    made = Program(tmp_path / "data")
    made.start()
    yield made
    made.close()
    for window in (made.entrance, made.window):
        if window is not None:
            window.close()


def wizard(program: Program, kind: NodeKind = NodeKind.TOWNSHIP) -> FirstRun:
    """The wizard, past the choice of the kind of office."""
    begin = program.entrance.card
    assert isinstance(begin, BeginCard)
    (begin.township if kind == NodeKind.TOWNSHIP else begin.county).click()
    return program.entrance.card


def fill_office(card: FirstRun, code: str = "130532101000") -> None:
    form = card.office.form
    form.field("name").setText("平乡镇依法治理中心")
    form.field("short_name").setText("平乡镇")
    form.field("division_code").setText(code)


def fill_administrator(card: FirstRun, again: str = PASSPHRASE) -> None:
    form = card.administrator.form
    for name, typed in {"admin_login": "admin", "admin_name": "周国平", "passphrase": PASSPHRASE}.items():
        form.field(name).setText(typed)
    form.field("again").setText(again)


def made_office(qtbot, program: Program) -> FirstRun:
    card = wizard(program)
    fill_office(card)
    card.forward()
    fill_administrator(card)
    card.forward()
    qtbot.waitUntil(lambda: card.pages.currentIndex() == SHEET, timeout=20_000)
    return card


def test_the_wizard_makes_an_office_whose_sheet_opens_it(qtbot, program):
    card = made_office(qtbot, program)
    data_file = program.offices.office_file
    assert has_office(data_file)
    text = card.sheet.view.text()
    assert "平乡镇依法治理中心" in text
    assert "130532101-A" in text
    letters = re.sub("[^A-Z0-9-]", "", text[text.index("AGE-SE") :])
    secret = re.match(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", letters)
    assert secret is not None
    opening.recover(data_file, secret[0], "admin", "another passphrase here")
    assert unlock(data_file, "admin", "another passphrase here").office.short_name == "平乡镇"


def test_nobody_goes_on_before_the_sheet_is_in_the_safe(qtbot, program):
    card = made_office(qtbot, program)
    assert not card.next.isEnabled()
    card.sheet.tick.setChecked(True)
    assert card.next.isEnabled()
    card.next.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.entrance is None


def test_the_sheet_is_saved_where_the_person_says(qtbot, program, tmp_path):
    card = made_office(qtbot, program)
    card.sheet._saved(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    card.sheet._saved(tmp_path / "nowhere" / "sheet.pdf")
    assert "没有保存" in card.banner.text()


def test_a_wrong_code_keeps_the_first_step(program):
    card = wizard(program)
    fill_office(card, "13053210")
    card.forward()
    assert card.pages.currentIndex() == OFFICE
    assert card.office.form.field("division_code").property("bad")


def test_the_committee_is_suggested_until_somebody_types_it(program):
    card = wizard(program)
    fill_office(card)
    committee = card.office.form.field("committee")
    assert committee.text() == "平乡镇人民调解委员会"
    committee.setText("平乡镇联合调解委员会")
    card.office.form.field("short_name").setText("平乡")
    assert committee.text() == "平乡镇联合调解委员会"


def test_a_county_is_asked_for_no_committee(program):
    card = wizard(program, NodeKind.COUNTY)
    with pytest.raises(KeyError):
        card.office.form.field("committee")


def test_the_number_is_shown_as_it_will_be_written(program):
    card = wizard(program)
    fill_office(card)
    card.office.form.field("node_letter").setText("b")
    assert card.office.form.field("node_letter").text() == "B"
    assert "平乡镇人调字〔" in card.office.sample.text()
    assert "第B001号" in card.office.sample.text()
    card.office.form.field("case_pattern").setText("{org}第{seq}号")
    card.forward()
    assert card.pages.currentIndex() == OFFICE


@pytest.mark.parametrize(("passphrase", "again"), [("short", "short"), (PASSPHRASE, "something else")])
def test_a_weak_or_mistyped_passphrase_makes_nothing(program, passphrase, again):
    card = wizard(program)
    fill_office(card)
    card.forward()
    fill_administrator(card, again)
    card.administrator.form.field("passphrase").setText(passphrase)
    card.forward()
    assert card.pages.currentIndex() == ADMINISTRATOR
    assert not program.offices.office_file.exists()


def test_enter_goes_from_field_to_field(qtbot, program):
    card = wizard(program)
    form = card.office.form
    program.entrance.activateWindow()
    form.focus_first()
    qtbot.waitUntil(lambda: form.field("name").hasFocus())
    qtbot.keyClick(form.field("name"), Qt.Key.Key_Return)
    assert form.field("short_name").hasFocus()


def test_a_name_no_font_can_print_makes_no_office(qtbot, program):
    card = wizard(program)
    fill_office(card)
    card.office.form.field("name").setText("\ue123镇")
    card.forward()
    fill_administrator(card)
    card.forward()
    qtbot.waitUntil(lambda: "字库" in card.banner.text(), timeout=20_000)
    assert not program.offices.office_file.exists()


def test_an_unfinished_file_does_not_count_as_an_office(tmp_path: Path):
    (tmp_path / "office.db").write_bytes(b"half")
    assert not has_office(tmp_path / "office.db")
    assert Offices(tmp_path, Marks()).sample_sign_in() is None


def test_a_phone_that_is_none_is_said_before_the_office_is_made(program):
    card = wizard(program)
    fill_office(card)
    card.office.form.field("phone").setText("12345")
    assert card.office.value() is None
    assert card.office.form.field("phone").accessibleDescription()
    card.office.form.field("phone").setText("0319 7654321")
    assert card.office.value().phone in {"0319-7654321", "03197654321"}
