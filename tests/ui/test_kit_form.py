"""A form fills and reads a record, takes Chinese typing, and leads through its fields by Enter."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.domain.actor import Role
from app.domain.errors import Problem
from app.ui.kit import editors
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.focus import settle_tab_order
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.typed import read_date, read_time


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: Sex | None = None
    birth: date | None = None
    id_no: str = ""
    role: Role = Role.REGISTRAR
    at: time | None = None
    amount_fen: int | None = None
    count: int | None = None
    facts: str = ""
    urgent: bool = False
    roles: tuple[Role, ...] = ()
    note: str | None = None
    id: str = ""


FULL = Person(
    "张㛃",
    Sex.FEMALE,
    date(1980, 3, 12),
    "130599198001010011",
    Role.MEDIATOR,
    time(9, 30),
    1230050,
    3,
    "第一行\n第二行",
    True,
    (Role.MEDIATOR, Role.LEADER),
    "备注",
    "kept",
)


@pytest.fixture
def form(qtbot):
    made = Form(
        Person,
        [
            Field("name", "姓名", required=True),
            Field("sex", "性别", editors.choice([(Sex.FEMALE, "女"), (Sex.MALE, "男")], blank=True)),
            Field("birth", "出生日期", DateEditor),
            Field("id_no", "证件号码", editors.IdEditor),
            Field("role", "岗位", editors.choice(Role)),
            Field("at", "时间", editors.TimeEditor),
            Field("amount_fen", "金额", editors.MoneyEditor),
            Field("count", "人数", editors.NumberEditor),
            Field("facts", "事实", editors.text(), span=FULL_ROW),
            Field("urgent", "加急", editors.check("加急办理")),
            Field("roles", "兼任", editors.checks(Role), span=FULL_ROW),
            Field("note", "备注"),
        ],
    )
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_a_filled_record_reads_back_with_fields_the_form_does_not_show(form):
    form.fill(FULL)
    assert form.value() == FULL
    assert not form.dirty


def test_an_empty_form_reads_none_where_the_record_allows_none(form):
    form.field("name").setText(" 李䶮 ")
    assert form.value() == Person("李䶮")
    assert form.dirty


def test_an_unknown_field_name_fails_at_construction(qapp):
    with pytest.raises(AttributeError):
        Form(Person, [Field("nmae", "姓名")])


def test_what_cannot_be_read_is_shown_at_its_field_and_takes_the_focus(form):
    form.field("name").setText("李䶮")
    form.field("birth").setText("3月初")
    form.field("amount_fen").setText("一堆")
    assert form.value() is None
    assert form.field("birth").property("bad")
    assert "2026-3-1" in form.field("birth").accessibleDescription()
    assert form.focusWidget() is form.field("birth")
    form.field("birth").setText("2026-3-1")
    assert not form.field("birth").property("bad")


def test_problems_of_a_part_are_placed_and_the_others_handed_back(form):
    form.prefix = "parties.1."
    strange = form.show_problems(
        [
            Problem("parties.1.id_no", "id_length", (("expected", 18), ("found", 17))),
            Problem("parties.1.nowhere", "required"),
            Problem("summary", "required"),
        ]
    )
    assert [problem.field for problem in strange] == ["parties.1.nowhere", "summary"]
    assert "现为17位" in form.field("id_no").accessibleDescription()


def test_enter_goes_to_the_next_field_and_ctrl_enter_submits(form, qtbot):
    form.focus_first()
    for expected in ("sex", "birth", "id_no"):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
        assert form.focusWidget() is form.field(expected)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.field("id_no"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_in_long_text_begins_a_new_line(form, qtbot):
    facts = form.field("facts")
    facts.setFocus()
    qtbot.keyClicks(facts, "a")
    qtbot.keyClick(facts, Qt.Key.Key_Return)
    assert facts.toPlainText() == "a\n"
    assert facts.hasFocus()


def test_chinese_typed_by_an_input_method_arrives(form):
    event = QInputMethodEvent()
    event.setCommitString("王𬭎伟")
    QApplication.sendEvent(form.field("name"), event)
    assert form.value().name == "王𬭎伟"
    assert form.dirty


def test_every_editor_has_a_name_for_screen_readers(form):
    for name in Person.__dataclass_fields__:
        if name != "id":
            interface = QAccessible.queryAccessibleInterface(form.field(name))
            assert interface.text(QAccessible.Text.Name), name


def test_a_draft_keeps_unreadable_text(form):
    form.fill(FULL)
    form.field("birth").setText("不详")
    draft = form.snapshot()
    form.fill(Person(""))
    form.restore(draft)
    assert form.field("birth").text() == "不详"
    assert form.field("sex").value() is Sex.FEMALE
    assert form.field("roles").value() == (Role.MEDIATOR, Role.LEADER)


def test_dates_and_amounts_are_rewritten_when_the_field_is_left(form, qtbot):
    form.field("birth").setFocus()
    qtbot.keyClicks(form.field("birth"), "20260301")
    qtbot.keyClick(form.field("birth"), Qt.Key.Key_Return)
    assert form.field("birth").text() == "2026年3月1日"
    form.field("amount_fen").setFocus()
    qtbot.keyClicks(form.field("amount_fen"), "12300.5")
    qtbot.keyClick(form.field("amount_fen"), Qt.Key.Key_Return)
    assert form.field("amount_fen").text() == "12,300.50"


def test_the_calendar_writes_the_picked_day(form, qtbot):
    birth = form.field("birth")
    birth.setText("2026-3-1")
    birth.open_calendar()
    calendar = QApplication.activePopupWidget()
    assert calendar.selectedDate().day() == 1
    calendar.clicked.emit(calendar.selectedDate().addDays(1))
    assert birth.value() == date(2026, 3, 2)


def test_a_narrow_form_uses_fewer_columns(form):
    grid = form.layout()
    assert grid.getItemPosition(grid.indexOf(form.field("id_no")))[0] == 2
    form.resize(520, 700)
    QApplication.processEvents()
    assert grid.getItemPosition(grid.indexOf(form.field("birth")))[0] == 2


def test_hidden_fields_leave_no_hole(form):
    form.show_fields(["name", "id_no"])
    grid = form.layout()
    assert grid.getItemPosition(grid.indexOf(form.field("id_no")))[:2] == (0, 3)
    assert not form.field("sex").isVisible()


def test_the_wheel_over_a_choice_without_focus_changes_nothing(form):
    role = form.field("role")
    form.focus_first()
    before = role.value()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(role.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(role, wheel)
    assert role.value() is before


@pytest.mark.parametrize(
    "typed", ["2026-3-1", "20260301", "2026年3月1日", "2026/03/01", " 2026.3.1 ", "２０２６－３－１"]
)
def test_dates_are_read_as_typed(typed):
    assert read_date(typed) == date(2026, 3, 1)


@pytest.mark.parametrize("typed", ["", "2026-13-1", "20260230", "3月1日", "昨天", "2026"])
def test_what_is_no_date_is_none(typed):
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9点半", time(9, 30)),
        ("下午2:30", time(14, 30)),
        ("14点", time(14, 0)),
        ("９：３０", time(9, 30)),
        ("25:00", None),
        ("早", None),
    ],
)
def test_times_are_read_as_typed(typed, expected):
    assert read_time(typed) == expected


def test_tab_reaches_what_is_made_later_where_it_stands(qtbot):
    window, holder = QWidget(), QWidget()
    first, last = QLineEdit(), QLineEdit()
    column, rows = QVBoxLayout(window), QVBoxLayout(holder)
    for part in (first, holder, last):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    late = [QLineEdit(), QLineEdit()]
    for part in late:
        rows.addWidget(part)
    settle_tab_order(holder)
    walked = [first.nextInFocusChain()]
    while walked[-1] is not last:
        walked.append(walked[-1].nextInFocusChain())
    assert [part for part in walked if part is not holder] == [*late, last]
