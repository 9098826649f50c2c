"""A dispute from the counter to its end without a mouse: registered, heard, settled, printed, closed."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.agreements import AgreementStatus
from app.domain.cases import Consent
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import SessionOutcome
from app.domain.papers.forms import FormId
from app.services.cases.register import open_case
from app.services.kernel.workspace import Workspace
from app.ui.cases.intake.intake_form import DECISION, MATTER, REVIEW
from app.ui.cases.intake_page import IntakePage
from app.ui.navigation import Place
from tests.journeys.senses import Flashes
from tests.journeys.test_main_job import PRINTERS, office, today
from tests.journeys.test_main_job import _surroundings as _surroundings
from tests.journeys.windows import Seat, sit_down

__all__ = ["PRINTERS", "office"]
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_MOUSE = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}


class Hands(QObject):
    """Counts clicks."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.clicks = 0
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.clicks += event.type() in _MOUSE
        return False


@pytest.fixture
def seat(qtbot: Any, qapp: QApplication, office: Workspace) -> Iterator[Seat]:
    hands, flashes = Hands(qapp), Flashes(qapp)
    made = sit_down(qtbot, office)
    yield made
    for watch in (hands, flashes):
        qapp.removeEventFilter(watch)
    made.leave()
    assert hands.clicks == 0
    assert flashes.seen == []


def key(seat: Seat, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key pressed where the focus is, as the window system sends it."""
    QTest.keyClick(focused(seat), code, modifier)
    seat.rest()


def focused(seat: Seat) -> QWidget:
    """What has the focus; a window system gives it back to the window under a dialog that closed."""
    if QApplication.activeWindow() is None:
        top = QApplication.activeModalWidget() or seat.window
        top.activateWindow()
        seat.until(lambda: QApplication.activeWindow() is top)
    return QApplication.focusWidget() or seat.window


def tab_to(seat: Seat, wanted: QWidget) -> None:
    """Tab until there."""
    seat.until(lambda: wanted.isVisible() and wanted.isEnabled())
    for _ in range(200):
        if QApplication.focusWidget() is wanted or wanted.hasFocus():
            return
        QTest.keyClick(focused(seat), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {type(wanted).__name__} {wanted.accessibleName()}")


def write(seat: Seat, field: QWidget, text: str) -> None:
    """Tab to a field and type."""
    tab_to(seat, field)
    seat.type(field, text)


def tick(seat: Seat, box: QWidget) -> None:
    """Tab to a box and press Space."""
    tab_to(seat, box)
    key(seat, Qt.Key.Key_Space)


def choose(seat: Seat, field: Any, value: object) -> None:
    """Tab to a choice, and down to what is wanted."""
    tab_to(seat, field)
    seat.choose(field, value)


def push(seat: Seat, made: QPushButton) -> None:
    """Tab to a button and press it, or press its own keys."""
    seat.until(lambda: made.isVisible() and made.isEnabled())
    if made.shortcut().isEmpty():
        tab_to(seat, made)
        key(seat, Qt.Key.Key_Space)
    else:
        pressed = made.shortcut()[0]
        key(seat, pressed.key(), pressed.keyboardModifiers())
        seat.until(lambda: not isValid(made) or not made.isDown())  # a button stays down for a moment
        seat.rest()


def register(seat: Seat) -> str:
    """Ctrl+N, four steps with Ctrl+Enter, Enter on 打开案件."""
    seat.rest()
    key(seat, Qt.Key.Key_N, _CTRL)
    seat.until(lambda: isinstance(seat.here(), IntakePage))
    page = seat.here()
    form = page.form
    people = (
        {"name": "张㛃", "id_no": "13059919800101002X", "phone": "13800001111", "address": "石门村三组18号"},
        {"name": "李䶮", "id_no": "130599198001010011", "address": "石门村三组20号"},
    )
    for block, texts in zip(form.parties.blocks, people, strict=True):
        for name, text in texts.items():
            write(seat, block.form.field(name), text)
    key(seat, Qt.Key.Key_Return, _CTRL)
    assert form.steps.current() == MATTER
    write(seat, form.matter.form.field("type_a"), "ll")
    key(seat, Qt.Key.Key_Return)
    write(seat, form.matter.form.field("summary"), "李䶮翻建房屋时屋檐伸出，雨水滴落在张㛃院墙上。")
    write(seat, form.matter.form.field("amount_fen"), "12800")
    key(seat, Qt.Key.Key_Return, _CTRL)
    assert form.steps.current() == DECISION
    choose(seat, form.decision.consents.rows[0].consent, Consent.ORAL)
    form.decision.accept._group.button(0).setFocus()
    key(seat, Qt.Key.Key_Right)
    seat.until(form.decision.competent.isVisible)
    tick(seat, form.decision.competent)
    tick(seat, form.decision.not_excluded)
    seat.until(lambda: form.decision.lead.choice.count() > 1)
    tab_to(seat, form.decision.lead.choice)
    key(seat, Qt.Key.Key_Down)
    key(seat, Qt.Key.Key_Return, _CTRL)
    assert form.steps.current() == REVIEW
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: page._case is not None and page._case.status is CaseStatus.ASSIGNED)
    push(seat, page.registered.open_button)
    return str(arrive(seat, Place.CASE)._wanted)


def arrive(seat: Seat, place: Place) -> Any:
    """The page a button led to."""
    seat.until(lambda: seat.window._trail[-1][0] is place)
    seat.rest()
    return seat.here()


def do(seat: Seat, case_id: str, deed: Deed) -> Any:
    """Alt and the number of the deed on the page of the case."""
    page = seat.page(Place.CASE, case_id)
    seat.rest()
    seat.until(lambda: page.case is not None and deed in page.deeds)
    push(seat, page.deeds[deed])
    return page


def schedule(seat: Seat, case_id: str) -> None:
    page = do(seat, case_id, Deed.RIGHTS)
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: page.case.rights_told_on is not None)
    do(seat, case_id, Deed.SCHEDULE)
    calendar = arrive(seat, Place.CALENDAR)
    seat.until(lambda: calendar.dialog is not None and calendar.dialog.isVisible())
    form = calendar.dialog.form
    seat.until(lambda: form.field("room_id").value() and len(form.field("party_ids").value()) == 2)
    for name, text in {"day": today(), "start": "09:00", "end": "10:00"}.items():
        write(seat, form.field(name), text)
    tick(seat, form.field("notice_waived"))
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: "已排期" in calendar.banner.text())


def hold(seat: Seat, case_id: str) -> None:
    do(seat, case_id, Deed.SESSION)
    page = arrive(seat, Place.SESSION)
    form = page.form
    seat.until(lambda: page._case is not None and form.field("place").text() == "听证室")
    choose(seat, form.field("open_to_public"), False)
    tick(seat, form.field("identity_checked"))
    tick(seat, form.field("rights_told"))
    write(seat, form.field("body"), "调解员说明来意，双方陈述，同意改建屋檐。")
    choose(seat, form.field("outcome"), SessionOutcome.AGREED)
    write(seat, form.field("result"), "双方达成一致。")
    push(seat, page.save_button)
    seat.until(page.signed_on.isVisible)
    write(seat, page.signed_on, today())
    push(seat, page._today_button)
    seat.until(lambda: "已登记签名" in page.banner.text())
    push(seat, page.agree_button)


def settle(seat: Seat) -> None:
    page = arrive(seat, Place.AGREEMENT)
    form = page.form
    seat.until(lambda: page.desk.case is not None and form.head.field("facts").toPlainText())
    write(seat, form.head.field("terms").boxes()[0], "李䶮赔偿张㛃墙体修缮费用。")
    push(seat, form.duties.add_money)
    duty = form.duties.forms[0]
    for name, text in {"amount_fen": "12300.50", "manner": "转账", "due_on": "2099-12-1"}.items():
        write(seat, duty.field(name), text)
    tick(seat, form.tail.field("third_party_asked"))
    push(seat, page.save_button)
    seat.until(lambda: "协议已保存" in page.banner.text())
    push(seat, page.print_button)


def print_agreement(seat: Seat) -> None:
    page = arrive(seat, Place.PAPERS)
    seat.until(lambda: FormId.AGREEMENT in {entry.slot.form for entry in page.papers.entries()})
    tab_to(seat, page.papers)
    key(seat, Qt.Key.Key_Home)
    while page.papers.entry().slot.form is not FormId.AGREEMENT:
        key(seat, Qt.Key.Key_Down)
    key(seat, Qt.Key.Key_Return)
    seat.until(page.print_button.isEnabled)
    key(seat, Qt.Key.Key_P, _CTRL)
    seat.until(lambda: "已送打印机" in page.banner.text())


def sign(seat: Seat, case_id: str) -> None:
    do(seat, case_id, Deed.AGREEMENT)
    page = arrive(seat, Place.AGREEMENT)
    seat.until(lambda: page._agreement is not None and page._agreement.status is AgreementStatus.SIGNING)
    for field in list(page.signing._now):
        push(seat, page.signing.today_key(field))
    push(seat, page.signing.record_button)
    seat.until(lambda: "起生效" in page.banner.text())


def perform(seat: Seat, case_id: str) -> None:
    do(seat, case_id, Deed.PERFORMANCE)
    page = arrive(seat, Place.AFTER)
    made = next(one for one in page.findChildren(QPushButton) if one.text() == "全部履行完毕")
    push(seat, made)
    dialog = opened(seat)
    fill(seat, dialog, {"manner": "转账"})
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: status(seat, case_id) is CaseStatus.PERFORMED)


def opened(seat: Seat) -> Any:
    """The dialog over the window."""
    seat.until(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def fill(seat: Seat, dialog: Any, texts: dict[str, str]) -> None:
    """Write into the fields of a dialog that are still empty."""
    form = dialog.forms[0]
    for name, text in texts.items():
        if name in form._cells and not form.field(name).raw():
            write(seat, form.field(name), text)


def status(seat: Seat, case_id: str) -> CaseStatus:
    return seat.workspace.run(open_case, case_id).value.status


def test_a_dispute_goes_its_whole_way_without_a_mouse(seat: Seat) -> None:
    case_id = register(seat)
    schedule(seat, case_id)
    hold(seat, case_id)
    settle(seat)
    print_agreement(seat)
    sign(seat, case_id)
    perform(seat, case_id)
    do(seat, case_id, Deed.FOLLOW_UP)
    fill(seat, opened(seat), {"result": "均已履行", "by": "周国平"})
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: status(seat, case_id) is CaseStatus.FOLLOWED_UP)
    do(seat, case_id, Deed.CLOSE)
    opened(seat)
    key(seat, Qt.Key.Key_Return, _CTRL)
    seat.until(lambda: status(seat, case_id) is CaseStatus.CLOSED)
