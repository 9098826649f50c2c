"""What people paste and how much: invisible characters go, long texts are counted, many people fit."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.domain.intake import MAX_SUMMARY
from app.ui.cases.intake.intake_form import MATTER
from app.ui.cases.intake_page import IntakePage
from app.ui.kit.editors import LineEditor, TextEditor
from tests.ui.case_office import CaseOffice
from tests.ui.case_office import made_office as made_office


def paste(editor: LineEditor | TextEditor, text: str) -> None:
    """Paste as the keyboard does."""
    QGuiApplication.clipboard().setText(text)
    editor.setFocus()
    editor.paste()


def test_a_pasted_name_keeps_its_rare_characters_and_loses_what_nobody_sees(office: CaseOffice) -> None:
    form = office.page(IntakePage).form.parties.blocks[0].form
    for pasted, kept in {
        "张\u200b㛃\u202e\x07\r\n": "张㛃",
        "\ufeff王𬭎": "王𬭎",
        "李䶮\t": "李䶮",
        "阿不都·热合曼": "阿不都·热合曼",
    }.items():
        name = form.field("name")
        name.clear()
        paste(name, pasted)
        assert name.value() == kept


def test_formatting_goes_and_lines_stay(office: CaseOffice) -> None:
    summary = office.page(IntakePage).form.matter.form.field("summary")
    paste(summary, "第一行\r\n第二行\u2028第三行\x0b\x00完")
    assert summary.value() == "第一行\n第二行\n第三行完"


def test_a_long_narrative_is_counted_kept_and_named(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    page.form.go(MATTER)
    summary = page.form.matter.form.field("summary")
    paste(summary, "长" * (MAX_SUMMARY - 10))
    assert summary.counted() == f"{MAX_SUMMARY - 10} / {MAX_SUMMARY} 字"
    paste(summary, "𬭎" * 50_000)
    assert len(summary.value()) == 50_000 + MAX_SUMMARY - 10
    assert "超出" in summary.counted()
    problems = {problem.field: problem.code for problem in page.form.read().problems}
    assert problems["summary"] == "too_long"
    page.save()
    assert summary.value().endswith("𬭎")


def test_two_hundred_people_are_written_down(office: CaseOffice) -> None:
    page = office.page(IntakePage)
    add = [one for one in page.form.parties.findChildren(QPushButton) if one.text() == "再加一人"][1]
    while len(page.form.parties.blocks) < 200:
        add.click()
        page.form.parties.blocks[-1].form.field("name").setText("钱有才")
    assert page.form.parties.blocks[-1].form.field("name").hasFocus()
    assert len(page.form.snapshot().parties) == 200
