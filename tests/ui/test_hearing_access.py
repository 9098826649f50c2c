"""The screens of hearings and agreements are read aloud, fit small screens, and work with real threads."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.cases import PartyRole
from app.domain.hearings import HearingStatus
from app.ui.agreements.agreement_page import AgreementPage
from app.ui.hearings.calendar_page import CalendarPage
from app.ui.hearings.hearing_dialog import HearingDialog, Wish
from app.ui.hearings.session_page import SessionPage
from app.ui.navigation import Context, Navigator
from app.ui.tasks import Tasks
from tests.conftest import THE_DAY, intake, person
from tests.services.stage import NINE

SMALL = (855, 486)  # a window of 911 x 512 without rail and status bar


def unnamed(widget):
    found = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for part in widget.findChildren(kind):
            if part.focusPolicy() is Qt.FocusPolicy.NoFocus or part.objectName().startswith("qt_"):
                continue
            if not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name):
                found.append(part)
    return found


@pytest.fixture
def session(stage):
    return stage.session(stage.case())


def test_everything_that_takes_the_focus_has_a_name(stage, screen, session):
    agreement = screen.page(AgreementPage, session.case_id)
    agreement.form.duties.add_money.click()
    agreement.form.duties.add_act.click()
    record = screen.page(SessionPage, session.hearing_id)
    holder = QWidget()
    screen.keep(holder)
    dialog = HearingDialog(screen.context, Wish(stage.case().id), parent=holder)
    for shown in (agreement, record, dialog):
        assert unnamed(shown) == []


@pytest.mark.parametrize("kind", [CalendarPage, SessionPage, AgreementPage])
def test_a_page_fits_a_small_screen(stage, screen, session, kind):
    item = {CalendarPage: None, SessionPage: session.hearing_id, AgreementPage: session.case_id}[kind]
    page = screen.page(kind, item, SMALL)
    QApplication.processEvents()
    least = page.minimumSizeHint()
    assert least.width() <= SMALL[0]
    assert least.height() <= SMALL[1]
    assert (page.width(), page.height()) == SMALL


def test_pages_fill_themselves_from_a_worker(stage, screen, qtbot):
    hearing = stage.hearing(stage.case(), day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)
    tasks = Tasks(stage.workspace)
    screen.context = Context(tasks, Navigator(), screen.context.actor, screen.context.office)
    calendar = screen.page(CalendarPage)
    qtbot.waitUntil(lambda: len(calendar.view.rows()) == 1)
    assert calendar.view.rows()[0].status is HearingStatus.SCHEDULED
    record = screen.page(SessionPage, hearing.id)
    qtbot.waitUntil(lambda: record.form.field("place").text() == "听证室")
    agreement = screen.page(AgreementPage, hearing.case_id)
    qtbot.waitUntil(lambda: bool(agreement.findings.said()))
    tasks.drain()


def test_without_the_right_nothing_can_be_changed(stage, screen, session):
    stage.hearing(stage.case())
    reader = type(screen.context.actor)("u2", "领导甲", frozenset())
    screen.context = Context(screen.context.tasks, Navigator(), reader, screen.context.office)
    calendar = screen.page(CalendarPage)
    calendar._ask(Wish())
    assert calendar.dialog is None
    row = next(row for row in calendar.view.rows() if row.status is HearingStatus.SCHEDULED)
    calendar._open(row)
    assert calendar.dialog.submit_button.isHidden()
    buttons = calendar.dialog.findChildren(QPushButton)
    assert [part.text() for part in buttons if part.isVisible() and part.isEnabled()] == ["关闭", "送达…"]
    calendar.dialog.close()
    record = screen.page(SessionPage, session.hearing_id)
    assert not record.form.field("body").isEnabled()
    agreement = screen.page(AgreementPage, session.case_id)
    assert not agreement.form.head.field("facts").isEnabled()
    assert agreement.save_button.isHidden()


def test_long_names_do_not_widen_a_page(stage, screen):
    long = "阿卜杜热合曼·买买提明·艾合麦提" * 3
    parties = (person("a", PartyRole.APPLICANT, "张㛃"), person("b", PartyRole.RESPONDENT, long[:45]))
    case = stage.case(intake(parties=parties, title=long[:45] + "与张㛃邻里纠纷"))
    hearing = stage.hearing(case, day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)
    for kind, item in ((SessionPage, hearing.id), (AgreementPage, case.id), (CalendarPage, None)):
        page = screen.page(kind, item, SMALL)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= SMALL[0], kind
