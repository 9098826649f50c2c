"""证据和附件: lines of evidence, files by button, drop and paste, and looking at them without the disk."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from app.domain.actor import Role
from app.domain.papers.attachments import AttachmentCategory
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files, save_evidence
from app.services.attachments.keeping import open_attachment
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from app.ui.work.attachment_dialogs import AddFilesDialog
from app.ui.work.evidence_tab import EvidenceTab
from app.ui.work.pictures import THUMBNAIL, decoded, thumbnail
from app.ui.work.work_page import WorkPage
from tests.conftest import THE_DAY, acting, intake
from tests.services.scans import evidence, jpeg, new_file, pdf, place, png
from tests.ui.office_window import Went, context, nameless

MakePage = Callable[[], WorkPage]


@pytest.fixture
def case_id(workspace: Workspace) -> str:
    return workspace.run(register_case, intake()).value.id


@pytest.fixture
def open_page(qtbot, workspace: Workspace, case_id: str) -> MakePage:
    """Makes the page of the case as the workspace's actor sees it, shown."""

    def make() -> WorkPage:
        made = WorkPage(context(workspace))
        qtbot.addWidget(made)
        made.open_item(case_id)
        made.resize(1270, 700)
        made.show()
        QTest.qWait(20)
        return made

    return make


@pytest.fixture
def page(open_page: MakePage) -> WorkPage:
    return open_page()


def titles(tab: EvidenceTab) -> list[str]:
    return [row.title for row in tab.grid.rows()]


def attach(workspace: Workspace, case_id: str, *data: bytes, **fields: object) -> None:
    files = [new_file(one, f"{n}", f"附件{n}") for n, one in enumerate(data)]
    assert workspace.run(add_attachments, place(case_id, **fields), files).value.refused == ()


def answer(tab: EvidenceTab) -> AddFilesDialog:
    """Press the filled button of the open dialog."""
    dialog = tab.dialog
    assert isinstance(dialog, AddFilesDialog)
    dialog.submit_button.click()
    QTest.qWait(20)
    return dialog


def test_an_empty_case_says_what_to_do_and_every_control_has_a_name(page: WorkPage) -> None:
    tab = page.evidence
    assert (tab.evidence.records(), titles(tab)) == ([], [])
    assert tab.new_line.isEnabled()
    assert not tab.open_file.isEnabled()
    assert nameless(page) == []


def test_a_line_is_written_and_an_original_given_back(page: WorkPage, workspace: Workspace) -> None:
    tab = page.evidence
    tab.new_line.click()
    form = tab.dialog.form
    form.set_values({"name": "宅基地使用证", "source": "", "original": True, "received_on": THE_DAY})
    tab.dialog.submit()
    QTest.qWait(10)
    assert "请选提供证据的当事人" in form._cells["source"].note.text()
    form.set_values({"party_id": tab.files.parties[0][0]})
    tab.dialog.submit()
    QTest.qWait(20)
    (row,) = tab.evidence.records()
    assert (row.name, row.from_whom, row.receiver) == ("宅基地使用证", "张㛃", workspace.actor.name)
    assert tab.return_line.isEnabled()
    tab.return_line.click()
    assert tab.dialog.form.value().returned_to == "张㛃"
    tab.dialog.form.set_values({"returned_on": THE_DAY})
    tab.dialog.submit()
    QTest.qWait(20)
    assert tab.evidence.records()[0].returned_on is not None
    assert not tab.return_line.isEnabled()


def test_chosen_files_are_added_and_the_strange_one_is_told_by_name(page: WorkPage, tmp_path: Path) -> None:
    tab = page.evidence
    for name, data in (("院墙.jpg", jpeg()), ("IMG_0001.png", png()), ("收条.pdf", b"MZ\0\0")):
        (tmp_path / name).write_bytes(data)
    tab.take([*sorted(tmp_path.glob("*.*g")), tmp_path / "收条.pdf"])
    dialog = answer(tab)
    assert "收条.pdf：文件内容是可执行程序" in dialog.banner.text()
    assert dialog.banner.text().startswith("已添加 2 个，1 个没有添加")
    dialog.submit_button.click()
    assert sorted(titles(tab)) == ["证据材料1", "院墙"]


def test_a_file_dropped_on_the_tab_is_asked_for_and_added(
    page: WorkPage, tmp_path: Path, workspace: Workspace, case_id: str
) -> None:
    tab = page.evidence
    path = tmp_path / "裂缝.jpg"
    path.write_bytes(jpeg())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of making events by hand
        entering = QDragEnterEvent(QPoint(20, 20), copy, data, left, none)
        dropping = QDropEvent(QPointF(20, 20), copy, data, left, none)
    tab.dragEnterEvent(entering)
    assert entering.isAccepted()
    tab.dropEvent(dropping)
    tab.dialog.form.set_values({"category": AttachmentCategory.RESPONDENT})
    answer(tab)
    assert titles(tab) == ["裂缝"]
    row = workspace.run(case_files, case_id).value.attachments[0]
    assert row.category is AttachmentCategory.RESPONDENT
    assert page.banner.text() == "已添加 1 个附件。"


def test_a_copied_picture_is_pasted(page: WorkPage, workspace: Workspace, case_id: str) -> None:
    tab = page.evidence
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    tab.paste()
    QTest.qWait(20)
    answer(tab)
    row = workspace.run(case_files, case_id).value.attachments[0]
    assert row.title == "证据材料"
    back = QImage.fromData(workspace.run(open_attachment, row.id).value.data)
    assert (back.width(), back.height()) == (60, 40)


def test_pictures_and_papers_open_from_memory_and_turn_for_the_eye_only(
    open_page: MakePage, workspace: Workspace, case_id: str, tmp_path: Path
) -> None:
    attach(workspace, case_id, jpeg(400, 300), pdf(3))
    page = open_page()
    tab = page.evidence
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    tab.grid.setCurrentRow(0)
    tab.open_file.click()
    QTest.qWait(50)
    viewer = tab.viewer
    assert viewer.stack.currentWidget() is viewer.picture
    upright = viewer.picture.shown_size()
    viewer.picture.turn(90)
    assert viewer.picture.shown_size() == upright.transposed()
    viewer.picture.zoom(2)
    assert viewer.picture.scale() == pytest.approx(2)
    viewer.go(1)
    QTest.qWait(50)
    assert viewer.stack.currentWidget() is viewer.pdf
    assert viewer.pdf.document().pageCount() == 3
    assert not viewer._turns[0].isVisible()
    assert nameless(viewer) == []
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
    viewer.close()


def test_a_damaged_one_is_said_in_the_viewer_and_the_others_still_open(
    open_page: MakePage, workspace: Workspace, case_id: str
) -> None:
    attach(workspace, case_id, jpeg(shade=1))
    (path,) = workspace.files.iterdir()
    path.write_bytes(b"rotten")
    attach(workspace, case_id, jpeg(shade=2))
    page = open_page()
    tab = page.evidence
    tab.grid.setCurrentRow(0)
    tab.view()
    QTest.qWait(50)
    assert "《附件0》的文件丢失或已损坏" in tab.viewer.banner.text()
    tab.viewer.go(1)
    QTest.qWait(50)
    assert tab.viewer.banner.text() == ""
    assert tab.viewer.stack.currentWidget() is tab.viewer.picture
    tab.viewer.close()


def test_an_attachment_is_renamed_filtered_saved_and_removed(
    open_page: MakePage, workspace: Workspace, case_id: str, tmp_path: Path
) -> None:
    attach(workspace, case_id, jpeg(shade=1), png())
    tab = open_page().evidence
    tab.grid.setCurrentRow(0)
    tab.change_file.click()
    tab.dialog.form.set_values({"title": "院墙近照", "category": AttachmentCategory.APPRAISAL})
    tab.dialog.submit()
    QTest.qWait(20)
    assert titles(tab) == ["院墙近照", "附件1"]
    tab.shown.setCurrentIndex(tab.shown.findText("鉴定材料"))
    tab.shown.activated.emit(tab.shown.currentIndex())
    assert titles(tab) == ["院墙近照"]
    tab.copy_file.click()
    assert "没有加密" in tab.dialog.findChildren(type(tab._count))[-1].text()
    tab.dialog.reject()
    tab.save_copy(tab.grid.current(), tmp_path / "副本.jpg")
    QTest.qWait(20)
    assert (tmp_path / "副本.jpg").read_bytes() == jpeg(shade=1)
    QTest.keyClick(tab.grid, Qt.Key.Key_Delete)
    tab.dialog.submit()
    QTest.qWait(20)
    assert [row.title for row in workspace.run(case_files, case_id).value.attachments] == ["附件1"]


def test_whoever_may_only_look_sees_all_and_changes_nothing(
    open_page: MakePage, workspace: Workspace, case_id: str
) -> None:
    workspace.run(save_evidence, evidence(workspace, case_id))
    attach(workspace, case_id, jpeg())
    acting(workspace, Role.LEADER)
    tab = open_page().evidence
    assert titles(tab) == ["附件0"]
    assert tab.open_file.isEnabled()
    for part in (tab.new_line, tab.change_line, tab.return_line, tab.add_files, tab.drop_file):
        assert not part.isVisible()
    assert not tab.acceptDrops()


def test_small_pictures_are_drawn_for_every_kind(
    open_page: MakePage, workspace: Workspace, case_id: str
) -> None:
    attach(workspace, case_id, jpeg(), png(), pdf(2))
    tab = open_page().evidence
    QTest.qWait(100)
    assert len(tab.grid._pictures) == 3
    small = thumbnail(jpeg(3000, 1000), tab.grid.rows()[0].kind)
    assert (small.width(), small.height()) == (THUMBNAIL, THUMBNAIL // 3)
    assert decoded(b"no picture").isNull()


def test_it_works_with_real_threads_and_stops_when_asked(
    qtbot, workspace: Workspace, case_id: str, tmp_path: Path
) -> None:
    tasks = Tasks(workspace)
    made = WorkPage(replace(context(workspace), tasks=tasks))
    qtbot.addWidget(made)
    made.open_item(case_id)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.evidence.files is not None)
    for n in range(60):
        (tmp_path / f"{n}.png").write_bytes(png(900, 700, n))
    made.evidence.take(sorted(tmp_path.glob("*.png")))
    dialog = made.evidence.dialog
    dialog.submit_button.click()
    dialog.progress._cancel()
    qtbot.waitUntil(lambda: dialog.banner.text() == "已停止，没有添加任何附件。", timeout=20_000)
    assert workspace.run(case_files, case_id).value.attachments == ()
    dialog.submit_button.click()
    qtbot.waitUntil(lambda: made.evidence.grid.count() > 5, timeout=30_000)
    tasks.drain()


def test_the_way_back_leads_to_the_case(page: WorkPage, case_id: str) -> None:
    went = Went(page.navigator)
    page._return()
    assert went.places == [(Place.CASE, case_id)]


def test_another_case_replaces_the_first(page: WorkPage, workspace: Workspace) -> None:
    other = workspace.run(register_case, intake()).value
    attach(workspace, other.id, jpeg())
    page.open_item(f"{other.id}#evidence")
    QTest.qWait(20)
    assert titles(page.evidence) == ["附件0"]
    page.open_item(None)
    assert page.case is None
