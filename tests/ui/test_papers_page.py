"""The page of papers: the list, the preview, what reaches the printer and the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QSpinBox

from app.domain.actor import NodeKind, Role
from app.domain.agreements import AgreementStatus
from app.domain.papers.forms import FormId
from app.domain.papers.listing import ON_DEMAND, PaperSlot, PaperState
from app.ui.kit.pdf_view import page_count
from app.ui.navigation import Context, Navigator, Office, Place
from app.ui.papers import papers_page, printing
from app.ui.papers.paper_list import PaperList
from app.ui.papers.papers_page import PapersPage
from app.ui.papers.printing import Duplex, PrintChoice, Printers
from app.ui.tasks import InlineTasks, Tasks
from tests.conftest import acting
from tests.services.paper_desk import RARE, Desk, agreement_of, amend, settled
from tests.services.stage import Stage, audited, stage

__all__ = ["stage"]
PRINTERS = Printers(("HP LaserJet M1136", "一楼大厅"), "HP LaserJet M1136")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[PrintChoice]:
    """Printers that print into a file; what was chosen for each job."""
    jobs: list[PrintChoice] = []

    def into_file(choice: PrintChoice) -> QPrinter:
        jobs.append(choice)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"job{len(jobs)}.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", into_file)
    monkeypatch.setattr(papers_page, "find_printers", lambda _: PRINTERS)
    return jobs


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return settled(stage)


@pytest.fixture
def open_page(qtbot: object, printed: list[PrintChoice]) -> Callable[..., PapersPage]:
    def make(desk: Desk, tasks: Tasks | None = None) -> PapersPage:
        workspace = desk.workspace
        office = Office("平乡镇人民调解委员会", "130532101-A", NodeKind.TOWNSHIP, Path("data"))
        context = Context(tasks or InlineTasks(workspace), Navigator(), workspace.actor, office)
        page = PapersPage(context)
        qtbot.addWidget(page)  # type: ignore[attr-defined]
        page.resize(1274, 680)
        page.open_item(desk.case.id)
        page.show()
        return page

    return make


def go_to(page: PapersPage, form: FormId, older: bool = False) -> None:
    """Press Down until the paper is reached, then Enter."""
    page.papers.setCurrentRow(0)
    for _ in range(page.papers.count()):
        entry = page.papers.entry()
        if entry.slot.form == form and bool(entry.older) == older:
            break
        QTest.keyClick(page.papers, Qt.Key.Key_Down)
    QTest.keyClick(page.papers, Qt.Key.Key_Return)
    assert page.papers.entry().slot.form == form


def states(page: PapersPage) -> list[PaperState]:
    return [entry.slot.state for entry in page.papers.entries() if not entry.older]


def test_the_case_is_named_and_its_papers_are_listed(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    assert page.header.title() == "打印文书"
    assert desk.case.number in page.header._context.text()
    forms = [entry.slot.form for entry in page.papers.entries()]
    assert [form for form in forms if form not in ON_DEMAND] == [
        FormId.ACCEPTANCE,
        FormId.RIGHTS_NOTICE,
        FormId.HEARING_NOTICE,
        FormId.HEARING_NOTICE,
        FormId.SESSION_RECORD,
        FormId.AGREEMENT,
    ]
    assert page.papers.item(forms.index(FormId.RIGHTS_NOTICE)).text() == "当事人权利义务告知书"
    assert page.papers.entry().slot.form == FormId.ACCEPTANCE  # the first that has to be printed
    assert set(states(page)) == {PaperState.READY}


@pytest.mark.parametrize(
    ("form", "said"),
    [(FormId.ACCEPTANCE, "邻里纠纷"), (FormId.RIGHTS_NOTICE, "告知人"), (FormId.AGREEMENT, "壹万元整")],
)
def test_the_preview_reads_as_the_paper(desk: Desk, open_page: Callable, form: FormId, said: str) -> None:
    page = open_page(desk)
    go_to(page, form)
    assert said in "".join(page.view.text().split())
    assert desk.slots()[form].state == PaperState.READY


def test_printing_keeps_the_paper_and_sends_all_pages(
    desk: Desk, open_page: Callable, printed: list[PrintChoice], tmp_path: Path
) -> None:
    page = open_page(desk)
    go_to(page, FormId.AGREEMENT)
    assert page.panel.copies.value() == 3
    page.panel.duplex.setCurrentIndex(1)
    assert page.print_button.shortcut() == QKeySequence("Ctrl+P")
    page.print_button.click()
    slot = desk.slots()[FormId.AGREEMENT]
    assert slot.state == PaperState.PRINTED
    assert printed[-1] == PrintChoice("HP LaserJet M1136", 3, Duplex.DuplexLongSide)
    job = (tmp_path / f"job{len(printed)}.pdf").read_bytes()
    assert page_count(job) == slot.versions[0].pages
    assert page.banner.text() == f"已送打印机：人民调解协议书　{slot.number}　3 份。"
    assert agreement_of(desk).status == AgreementStatus.SIGNING
    assert ("note_printed", slot.paper_id) in audited(desk.workspace)
    assert states(page)[-1] == PaperState.PRINTED
    assert slot.number.replace(" ", "") in "".join(page.view.text().split())


def test_sheets_are_counted(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    go_to(page, FormId.AGREEMENT)
    pages = page_count(desk.preview(FormId.AGREEMENT).pdf)
    page.panel.duplex.setCurrentIndex(1)
    page.panel.copies.setValue(4)
    assert page.panel.sheets() == f"{pages} 页　4 份 = {pages * 4} 页（{-(-pages // 2) * 4} 张纸）"


def test_without_a_printer_the_file_is_offered(
    desk: Desk, open_page: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_page, "find_printers", lambda _: Printers((), ""))
    page = open_page(desk)
    page.print_now()
    assert "没有安装打印机" in page.banner.text()
    assert desk.slots()[FormId.ACCEPTANCE].state == PaperState.READY


def test_a_printer_that_does_not_begin_leaves_the_paper_kept(
    desk: Desk, open_page: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk)
    monkeypatch.setattr(papers_page, "print_file", lambda *_: False)
    page.print_now()
    assert "打印机没有响应" in page.banner.text()
    assert desk.slots()[FormId.ACCEPTANCE].state == PaperState.PRINTED
    assert "note_printed" not in [action for action, _ in audited(desk.workspace)]


def test_a_file_is_the_stored_paper_and_its_name_names_nobody(
    desk: Desk, open_page: Callable, tmp_path: Path
) -> None:
    page = open_page(desk)
    go_to(page, FormId.HEARING_NOTICE)
    slot = page.papers.entry().slot
    name = page.file_name(slot)
    assert name == f"{desk.case.number} 调解会通知书1.pdf"
    page.save_now()
    dialog = page.findChild(QFileDialog)
    assert desk.slots()[FormId.HEARING_NOTICE].state == PaperState.READY  # asking takes no number
    dialog.fileSelected.emit(str(tmp_path / name))
    assert (tmp_path / name).read_bytes() == desk.preview(FormId.HEARING_NOTICE).pdf
    assert f"已另存：{name}" in page.banner.text()
    gone = tmp_path / "gone" / name
    page._save_to(gone)
    assert "没有执行" in page.banner.text()
    assert not gone.exists()


def test_a_changed_paper_says_so_and_the_old_one_stays_below(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    go_to(page, FormId.AGREEMENT)
    page.print_now()
    old = desk.slots()[FormId.AGREEMENT].paper_id
    amend(desk, terms=("改为一次付清。",))
    page.reload()
    go_to(page, FormId.AGREEMENT)
    assert "打印后有改动" in page.banner.text()
    assert "改为一次付清" in "".join(page.view.text().split())
    page.banner._actions[0].click()
    assert "已送打印机" in page.banner.text()
    go_to(page, FormId.AGREEMENT, older=True)
    assert page.papers.entry().older.id == old
    assert "旧版" in page.banner.text()
    assert "改为一次付清" not in "".join(page.view.text().split())
    before = len(desk.slots()[FormId.AGREEMENT].versions)
    page.print_now()
    assert len(desk.slots()[FormId.AGREEMENT].versions) == before
    assert audited(desk.workspace)[-1] == ("note_printed", old)
    go_to(page, FormId.ACCEPTANCE)
    assert "旧版" not in page.banner.text()


def test_a_character_no_font_has_is_named(stage: Stage, open_page: Callable) -> None:
    desk = settled(stage, facts=f"{RARE}某的屋檐滴水。")
    page = open_page(desk)
    go_to(page, FormId.AGREEMENT)
    assert f"字库缺“{RARE}”字" in page.unseen.text()
    assert f"字库缺“{RARE}”字，不能打印" in page.panel.checklist.said()
    page.print_now()
    assert f"字库缺“{RARE}”字" in page.banner.text()
    assert desk.slots()[FormId.AGREEMENT].state == PaperState.READY


def test_the_checks_stand_beside_the_preview(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    go_to(page, FormId.AGREEMENT)
    said = page.panel.checklist.said()
    assert "金额大小写一致" in said
    assert said[0] == "李䶮 电话未填"


def test_who_may_only_read_sees_and_prints_again(desk: Desk, open_page: Callable) -> None:
    desk.print(FormId.ACCEPTANCE)
    acting(desk.workspace, Role.LEADER)
    page = open_page(desk)
    go_to(page, FormId.ACCEPTANCE)
    assert page.print_button.isEnabled()
    page.print_now()
    assert "已送打印机" in page.banner.text()
    go_to(page, FormId.AGREEMENT)
    assert not page.print_button.isEnabled()
    assert "人民调解协议书" in page.view.text()


def test_without_a_case_one_is_chosen_first(desk: Desk, open_page: Callable, qtbot: object) -> None:
    page = open_page(desk)
    page.open_item(None)
    assert page.chooser.isVisible()
    assert not page.print_button.isVisible()
    went = []
    page.navigator.went.connect(lambda place, item: went.append((place, item)))
    page.chooser.cases.setCurrentIndex(page.chooser.cases.table.index(0, 0))
    qtbot.waitUntil(lambda: page.chooser.cases.current() is not None)  # type: ignore[attr-defined]
    QTest.keyClick(page.chooser.cases, Qt.Key.Key_Return)
    assert went == [(Place.PAPERS, desk.case.id)]


def test_a_narrow_window_has_settings_and_list_in_one_column(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    page.resize(855, 486)
    assert page._parts.isVisible()
    assert page.papers.isVisible()
    assert not page.panel.isVisible()
    page._turn(True)
    assert page.panel.isVisible()
    page.resize(1274, 680)
    assert page.papers.isVisible()
    assert page.panel.isVisible()


def test_every_part_has_a_name_for_screen_readers(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSpinBox)
    parts = [part for kind in kinds for part in page.findChildren(kind) if part.isVisible()]
    nameless = [
        part
        for part in (*parts, page.papers, page.view)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.objectName() != "qt_spinbox_lineedit"
        and not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_it_works_with_real_threads(desk: Desk, open_page: Callable, qtbot: object) -> None:
    tasks = Tasks(desk.workspace)
    page = open_page(desk, tasks)
    qtbot.waitUntil(lambda: "受理登记表" in page.view.text())  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.panel.choice() is not None)  # type: ignore[attr-defined]
    page.print_now()
    qtbot.waitUntil(lambda: "已送打印机" in page.banner.text())  # type: ignore[attr-defined]
    assert desk.slots()[FormId.ACCEPTANCE].state == PaperState.PRINTED
    tasks.drain()


def test_records_of_several_sessions_are_told_apart_by_their_number(qtbot: object) -> None:
    listed = PaperList()
    qtbot.addWidget(listed)
    one, other = (
        PaperSlot(FormId.SESSION_RECORD, key, "", "10月19日", PaperState.READY, None, None, 1) for key in "ab"
    )
    listed.show_papers((one, other))
    assert [listed.item(row).text() for row in range(2)] == ["人民调解记录（1）", "人民调解记录（2）"]
    listed.show_papers((one,))
    assert listed.item(0).text() == "人民调解记录"


def test_it_begins_with_the_paper_somebody_was_led_to(desk: Desk, open_page: Callable) -> None:
    page = open_page(desk)
    page.open_item(f"{desk.case.id}#{FormId.EXTENSION}")
    assert page.papers.entry().slot.form == FormId.EXTENSION
    page.open_item(desk.case.id)
    assert page.papers.entry().slot.form == FormId.EXTENSION  # nothing leads away from it
