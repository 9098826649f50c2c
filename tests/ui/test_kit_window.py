"""Pages reload when their topics change, dialogs show refusals, the window goes places and locks."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from app.domain.actor import Actor, NodeKind, Role
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.ui import main_window
from app.ui.crash_dialog import CrashDialog
from app.ui.kit import dialog as dialogs
from app.ui.kit.dialog import Dialog, ask
from app.ui.kit.form import Field, Form
from app.ui.kit.page import Page
from app.ui.main_window import MainWindow, StatusLine
from app.ui.navigation import Context, Navigator, Office, Place
from app.ui.tasks import Bug, Tasks


def context_of(tasks, *roles, kind=NodeKind.TOWNSHIP):
    actor = Actor("u1", "周国平", frozenset(roles or {Role.DIRECTOR, Role.MEDIATOR}))
    return Context(tasks, Navigator(), actor, Office("青溪镇调委会", "330127101-A", kind, Path("data")))


class CasesPage(Page):
    topics = frozenset({Topic.CASES})

    def __init__(self, context):
        super().__init__(context, "案件")
        self.loads = 0
        self.items = []
        self.leave = True
        self.header.add_button("登记新案件", lambda: None, primary=True)
        self.line = QLineEdit()
        self.line.setAccessibleName("备注")
        self.body.addWidget(self.line)

    def load(self):
        self.loads += 1

    def open_item(self, item):
        self.items.append(item)

    def may_leave(self):
        return self.leave


class OtherPage(Page):
    def __init__(self, context):
        super().__init__(context, "别处")


def write_case(uow):
    uow.topics.add(Topic.CASES)


def refuse(uow):
    raise Refused(Reason.NOT_FOUND)


def refuse_name(uow, person):
    problems = (Problem("name", "required"), Problem("elsewhere", "duplicate"))
    raise Refused(Reason.INVALID, problems=problems)


def keep(uow, person):
    return person


def break_down(uow):
    raise ZeroDivisionError


@pytest.fixture
def page(qtbot, inline):
    made = CasesPage(context_of(inline))
    qtbot.addWidget(made)
    return made


def test_a_page_loads_when_shown_and_again_when_its_topics_change(page, inline):
    assert page.loads == 0
    page.show()
    assert page.loads == 1
    inline.run(write_case).then()
    assert page.loads == 2
    page.hide()
    inline.run(write_case).then()
    inline.run(write_case).then()
    assert page.loads == 2
    page.show()
    assert page.loads == 3


def test_a_refused_action_says_so_at_the_top_of_the_page(page):
    page.show()
    page.act(refuse)
    assert "没有找到" in page.banner.text()
    page.act(write_case)
    assert page.banner.text() == ""


def test_problems_of_a_page_go_to_the_fields_of_its_forms(page):
    form = Form(Person, [Field("name", "姓名")])
    page.forms.append(form)
    page.body.addWidget(form)
    page.show()
    page.act(refuse_name, Person(""))
    assert form.field("name").property("bad")
    assert "与另一项重复" in page.banner.text()


def test_a_page_is_locked_while_its_action_is_under_way_and_the_focus_returns(qtbot, pretended):
    tasks = Tasks(pretended)
    page = CasesPage(context_of(tasks))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.line.setFocus()
    qtbot.waitUntil(page.line.hasFocus)
    with qtbot.waitSignal(page.busy_changed):
        page.act(write_case)
    assert not page.line.isEnabled()
    qtbot.waitUntil(page.line.isEnabled)
    assert page.line.hasFocus()
    tasks.drain()


def test_a_page_has_one_filled_button_only(page):
    with pytest.raises(ValueError, match="one filled button"):
        page.header.add_button("又一个", lambda: None, primary=True)


@dataclass(frozen=True)
class Person:
    name: str


class PersonDialog(Dialog):
    def __init__(self, tasks, use_case, parent):
        super().__init__("登记人员", "保存", tasks=tasks, parent=parent)
        self.form = Form(Person, [Field("name", "姓名", required=True)])
        self.add(self.form)
        self.use_case = use_case
        self.kept = []

    def submit(self):
        self.act(self.use_case, self.form.value(), ok=self.kept.append)


def test_a_dialog_shows_problems_at_their_fields_and_the_rest_at_the_top(qtbot, inline):
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = PersonDialog(inline, refuse_name, holder)
    dialog.open()
    dialog.submit_button.click()
    assert dialog.isVisible()
    assert dialog.form.field("name").property("bad")
    assert "与另一项重复" in dialog.banner.text()
    assert dialog.submit_button.isEnabled()


def test_ctrl_enter_in_a_dialogs_form_submits_and_closes(qtbot, inline):
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = PersonDialog(inline, keep, holder)
    dialog.open()
    dialog.form.field("name").setText("张㛃")
    kept = dialog.kept
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.form.field("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept == [Person("张㛃")]


def test_asking_first_does_the_deed_only_on_yes(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    done = []
    ask(holder, "作废编号", "作废后不能再用。", yes="作废", then=lambda: done.append(1)).cancel_button.click()
    assert done == []
    ask(holder, "作废编号", "作废后不能再用。", yes="作废", then=lambda: done.append(1)).submit_button.click()
    assert done == [1]


@pytest.mark.parametrize("kind", ["file", "folder", "save"])
def test_file_dialogs_give_the_chosen_path(qtbot, tmp_path, kind):
    holder = QWidget()
    qtbot.addWidget(holder)
    got = []
    opened = {
        "file": lambda: dialogs.pick_file(holder, "选择", "案件包 (*.xhp)", got.append),
        "folder": lambda: dialogs.pick_folder(holder, "选择", got.append),
        "save": lambda: dialogs.save_as(holder, "另存", "a.pdf", "PDF (*.pdf)", got.append),
    }[kind]()
    opened.fileSelected.emit(str(tmp_path))
    assert got == [tmp_path]
    opened.close()


def test_the_crash_dialog_can_be_copied_and_holds_no_data(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = CrashDialog(Bug("ValueError", "register_case", ("cases.py:10 register_case",)), holder)
    dialog.open()
    dialog._copy()
    assert "cases.py:10" in QGuiApplication.clipboard().text()
    dialog.submit_button.click()


@pytest.fixture
def pages(monkeypatch):
    module = ModuleType("pretended_pages")
    module.CasesPage, module.OtherPage = CasesPage, OtherPage
    monkeypatch.setitem(sys.modules, "pretended_pages", module)
    for place in Place:
        monkeypatch.setitem(main_window.PAGES, place, "pretended_pages:OtherPage")
    for place in (Place.CASES, Place.CASE):
        monkeypatch.setitem(main_window.PAGES, place, "pretended_pages:CasesPage")


@pytest.fixture
def window(qtbot, inline, pages):
    made = MainWindow(context_of(inline))
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made._context.navigator.goto(Place.TODAY)
    qtbot.waitExposed(made)
    return made


def test_pages_are_made_when_first_shown(window):
    assert list(window._pages) == [Place.TODAY]
    window._context.navigator.goto(Place.CASE, "c1")
    assert window.page().items == ["c1"]
    assert window.rail._buttons[Place.CASES].isChecked()
    window._context.navigator.back()
    assert window.page() is window._pages[Place.TODAY]


def test_a_page_with_something_unsaved_is_not_left(window):
    window._context.navigator.goto(Place.CASES)
    window.page().leave = False
    window._context.navigator.goto(Place.TODAY)
    assert window.page() is window._pages[Place.CASES]
    assert window.rail._buttons[Place.CASES].isChecked()
    assert not window.close()
    window.page().leave = True


def test_ctrl_and_a_number_go_to_places_in_order(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page() is window._pages[window.rail.places()[1]]


@pytest.mark.parametrize(
    ("roles", "kind", "seen", "hidden"),
    [
        ({Role.LEADER}, NodeKind.TOWNSHIP, Place.CASES, Place.PACKAGES),
        ({Role.REGISTRAR}, NodeKind.TOWNSHIP, Place.PACKAGES, Place.COUNTY_INBOX),
        ({Role.COUNTY_OFFICER}, NodeKind.COUNTY, Place.COUNTY_INBOX, Place.CALENDAR),
    ],
)
def test_places_shown_follow_the_office_and_the_persons_rights(
    qtbot, inline, pages, roles, kind, seen, hidden
):
    made = MainWindow(context_of(inline, *roles, kind=kind))
    qtbot.addWidget(made)
    assert seen in made.rail.places()
    assert hidden not in made.rail.places()
    made._context.navigator.goto(hidden)
    assert made.page() is None


def test_every_place_has_a_page_and_a_right():
    assert set(main_window.PAGES) == set(Place) == set(main_window._RIGHTS)


def test_a_narrow_window_shows_icons_only_and_fits_a_small_screen(window, qtbot):
    assert window.rail._buttons[Place.TODAY].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    window.resize(911, 512)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (911, 512)
    assert window.rail._buttons[Place.TODAY].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly


def test_locking_hides_everything_and_unlocking_brings_typed_text_back(window, qtbot):
    dialog = PersonDialog(window._context.tasks, keep, window)
    dialog.open()
    dialog.form.field("name").setText("没保存")
    window.lock()
    assert window.locked
    assert not dialog.isVisible()
    asked = []
    window.unlock_asked.connect(asked.append)
    qtbot.keyClicks(window._lock_panel._passphrase, "wrong")
    qtbot.keyClick(window._lock_panel._passphrase, Qt.Key.Key_Return)
    window.show_unlock_refused(Refused(Reason.WRONG_PASSPHRASE))
    assert asked == ["wrong"]
    assert window.locked
    window.unlock()
    assert not window.locked
    assert dialog.isVisible()
    assert dialog.form.field("name").text() == "没保存"
    dialog.close()


def test_the_window_locks_itself_when_nobody_is_there(window, qtbot):
    window._watch._timer.setInterval(150)
    window._watch._timer.start()
    for _ in range(3):
        qtbot.wait(70)
        qtbot.mouseMove(window.windowHandle())
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not window.locked
    qtbot.waitUntil(lambda: window.locked, timeout=2000)


def test_a_refusal_nobody_showed_and_a_bug_reach_the_person(window, qtbot):
    window._context.tasks.run(refuse).then()
    assert "没有找到" in window.page().banner.text()
    window._context.tasks.run(break_down).then()
    crash = window.findChild(CrashDialog)
    assert crash.isVisible()
    crash.submit_button.click()


def test_the_status_bar_tells_the_last_backup_and_package(window):
    window.show_status(StatusLine(None, datetime(2026, 8, 28, 3, 0, tzinfo=UTC)))
    assert window._backup.text() == "还没有备份"
    assert "8月28日" in window._package.text()


def test_closing_finishes_the_work_under_way(qtbot, pretended, pages):
    tasks = Tasks(pretended)
    window = MainWindow(context_of(tasks))
    qtbot.addWidget(window)
    window.show()
    window._context.navigator.goto(Place.CASES)
    got = []
    tasks.run(keep, 5).then(got.append)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert got == [5]


def test_everything_that_takes_the_focus_is_read_aloud(window):
    window._context.navigator.goto(Place.CASES)
    window.page().banner.say("提示")
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for widget in window.findChildren(kind):
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget


def test_importing_the_window_loads_neither_database_nor_screens():

    code = (
        "import sys, app.ui.main_window;"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy','reportlab','app.ui.cases','PySide6.QtPdf')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
