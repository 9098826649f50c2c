"""While a time is chosen its clashes are named and free times offered; overriding needs a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.hearings import HearingKind
from app.services.hearings.scheduling import open_hearing
from app.ui.hearings.hearing_dialog import HearingDialog, Wish
from tests.services.stage import FRIDAY, NINE, TEN, others


def opened(screen, wish):
    holder = QWidget()
    holder.resize(1366, 700)
    screen.keep(holder)
    dialog = HearingDialog(screen.context, wish, parent=holder)
    dialog.open()
    dialog.saved_hearings = []
    dialog.saved.connect(dialog.saved_hearings.append)
    dialog._check()
    return dialog


def clashing(stage, screen):
    taken = stage.case()
    stage.hearing(taken)
    return taken, opened(screen, Wish(stage.case(others(), mediator=1).id, FRIDAY, NINE + 30))


def test_a_clash_is_named_and_three_free_times_fill_the_form(stage, screen):
    taken, dialog = clashing(stage, screen)
    said = dialog.panel.sentences()[0]
    assert "听证室" in said
    assert taken.number in said
    assert "09:00–10:00" in said
    assert dialog.form.field("override_reason").isVisibleTo(dialog)
    offered = dialog.panel.free()
    assert len(offered) == 3
    dialog.panel.taken.emit(offered[0])
    assert dialog.form.field("start").text() == "10:00"
    assert "没有冲突" in dialog.panel.sentences()[0]
    assert not dialog.form.field("override_reason").isVisibleTo(dialog)
    dialog.submit_button.click()
    assert (dialog.saved_hearings[0].day, dialog.saved_hearings[0].start) == (FRIDAY, TEN)


def test_a_clash_is_refused_until_a_reason_is_given(stage, screen):
    taken, dialog = clashing(stage, screen)
    dialog.submit_button.click()
    assert "时间有冲突" in dialog.banner.text()
    assert taken.number in dialog.banner.text()
    dialog.form.field("override_reason").setText("双方只有这天在家")
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].override_reason == "双方只有这天在家"


def test_typing_another_time_checks_again_after_a_pause(stage, screen, qtbot):
    _, dialog = clashing(stage, screen)
    dialog.form.field("start").setText("14:00")
    dialog.form.field("start").editingFinished.emit()
    assert dialog.form.field("end").text() == "15:00"
    qtbot.waitUntil(lambda: "没有冲突" in dialog.panel.sentences()[0])
    dialog.form.field("day").setText("2026-9-5")
    qtbot.waitUntil(lambda: "休息日" in dialog.panel.sentences()[0])


def test_too_short_notice_is_refused_unless_all_agree(stage, screen):
    dialog = opened(screen, Wish(stage.case().id, start=14 * 60))
    dialog.form.field("day").setText("2026-9-3")
    dialog._check()
    assert "应提前 1 天通知" in dialog.panel.sentences()[0]
    dialog.submit_button.click()
    assert "来不及通知" in dialog.banner.text()
    dialog.form.field("notice_waived").setChecked(True)
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].notice_waived


def test_a_visit_needs_a_place_and_no_room(stage, screen):
    dialog = opened(screen, Wish(stage.case().id, FRIDAY, NINE))
    dialog.form.field("kind").set_value(HearingKind.VISIT)
    assert not dialog.form.field("room_id").isVisibleTo(dialog)
    dialog.submit_button.click()
    assert dialog.form.field("place").property("bad")
    dialog.form.field("place").setText("石门村村委会")
    dialog.submit_button.click()
    assert dialog.saved_hearings[0].place == "石门村村委会"


def test_somebody_must_be_asked_to_come(stage, screen):
    case = stage.case()
    dialog = opened(screen, Wish(case.id, FRIDAY, NINE))
    people = dialog.form.field("party_ids")
    assert people.value() == tuple(party.id for party in case.parties)
    for party in case.parties:
        people.tick(party.id, on=False)
    dialog.submit_button.click()
    assert people.property("bad")
    people.tick(case.parties[0].id)
    dialog.form.field("guests").setText("王书记、赵主任")
    dialog.submit_button.click()
    assert [guest.name for guest in dialog.saved_hearings[0].invited] == ["张㛃", "王书记", "赵主任"]


def test_moving_a_hearing_shows_it_as_it_was(stage, screen):
    hearing = stage.hearing(stage.case(), guests=("王书记",), recorder="记录人甲")
    dialog = opened(screen, Wish(hearing.case_id, hearing=hearing))
    form = dialog.form
    assert form.field("room_id").value() == stage.rooms[0]
    assert (form.field("guests").text(), form.field("recorder").text()) == ("王书记", "记录人甲")
    assert "没有冲突" in dialog.panel.sentences()[0]
    form.field("start").setText("10:30")
    form.field("end").setText("11:30")
    dialog.submit_button.click()
    assert stage.workspace.run(open_hearing, hearing.id).value.start == TEN + 30


def test_calling_off_needs_a_reason(stage, screen):
    hearing = stage.hearing(stage.case())
    dialog = opened(screen, Wish(hearing.case_id, hearing=hearing))
    dialog._ask_why()
    dialog.why.submit_button.click()
    assert dialog.why.form.field("reason").property("bad")
    dialog.why.form.field("reason").setText("李䶮住院")
    told = []
    dialog.called_off.connect(lambda: told.append(1))
    dialog.why.submit_button.click()
    assert told == [1]
    assert stage.workspace.run(open_hearing, hearing.id).value.status == "cancelled"


def test_the_whole_dialog_works_by_keys(stage, screen, qtbot):
    dialog = opened(screen, Wish(stage.case().id, FRIDAY, NINE))
    people = dialog.form.field("party_ids")
    people.setFocus()
    people.setCurrentRow(0)
    qtbot.keyClick(people, Qt.Key.Key_Space)
    assert len(people.value()) == 1
    start = dialog.form.field("start")
    qtbot.keyClick(start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(dialog.saved_hearings) == 1
