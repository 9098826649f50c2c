"""Requests travel to a worker and back in order; nobody who is gone is called."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.ui.tasks import InlineTasks, Tasks


def double(uow, number):
    return number * 2


def write(uow, number):
    uow.topics.add(Topic.CASES)
    return number


write.writes = True
double.writes = False


def refuse(uow):
    raise Refused(Reason.NOT_FOUND)


def break_down(uow):
    raise ValueError("张三 must not be shown")


def march(uow, steps, progress):
    for step in range(steps):
        progress.step(step, steps)
        threading.Event().wait(0.005)
    return steps


@pytest.fixture
def threaded(qapp, pretended):
    tasks = Tasks(pretended)
    yield tasks
    tasks.drain()


def test_three_hundred_answers_arrive_in_order(qtbot, threaded):
    got = []
    for number in range(300):
        threaded.run(double, number).then(got.append)
    qtbot.waitUntil(lambda: len(got) == 300)
    assert got == [number * 2 for number in range(300)]


def test_changes_are_told_after_the_answer(qtbot, threaded):
    order = []
    threaded.changed.connect(lambda changes: order.append(changes))
    threaded.run(write, 5).then(order.append)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [5, frozenset({Topic.CASES})]


def test_an_owner_destroyed_meanwhile_is_never_called(qtbot, threaded):
    owner, got = QWidget(), []
    threaded.run(double, 1).then(got.append, done=lambda: got.append("done"), owner=owner)
    delete(owner)
    threaded.drain()
    assert got == []


def test_a_refusal_goes_to_the_given_callback(inline):
    got = []
    inline.run(refuse).then(refused=got.append)
    assert got[0].reason is Reason.NOT_FOUND


def test_a_refusal_goes_to_the_nearest_place_that_shows_refusals(inline, qtbot):
    class Place(QWidget):
        def show_refused(self, refused):
            self.shown = refused

    place = Place()
    qtbot.addWidget(place)
    inline.run(refuse).then(owner=QWidget(place))
    assert place.shown.reason is Reason.NOT_FOUND


def test_a_refusal_nobody_takes_is_signalled(inline, qtbot):
    with qtbot.waitSignal(inline.refused, timeout=1000):
        inline.run(refuse).then(owner=QObject())


def test_a_bug_is_signalled_with_places_but_without_its_text(qtbot, threaded):
    ended = []
    with qtbot.waitSignal(threaded.failed) as caught:
        threaded.run(break_down).then(done=lambda: ended.append(True))
    bug = caught.args[0]
    assert bug.kind == "ValueError"
    assert bug.during == "break_down"
    assert any("break_down" in place for place in bug.places)
    assert "张三" not in repr(bug)
    assert ended == [True]


def test_long_work_leaves_the_quick_lane_open_and_can_be_stopped(qtbot, threaded):
    seen, ended, quick = [], [], []
    request = threaded.run_long(march, 4000)
    request.then(ended.append, cancelled=lambda: ended.append("stopped"))
    request.stepping(lambda done, total: seen.append((done, total)))
    threaded.run(double, 21).then(quick.append)
    qtbot.waitUntil(lambda: len(seen) >= 2)
    assert quick == [42]
    assert not ended
    request.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["stopped"]


def test_a_dropped_reading_request_is_not_run(threaded, pretended):
    gate = threading.Event()
    threaded.call(gate.wait)
    threaded.run(double, 1).drop()
    threaded.run(write, 1).drop()
    gate.set()
    threaded.drain()
    assert pretended.ran == ["write"]


def test_plain_functions_run_off_the_window_thread(qtbot, threaded):
    got = []
    threaded.call(threading.get_ident).then(got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got[0] != threading.get_ident()


def test_drain_delivers_what_was_under_way(threaded):
    got = []
    threaded.run(double, 4).then(got.append)
    threaded.drain()
    assert got == [8]


def test_inline_tasks_tell_changes_even_when_nobody_listens_to_the_answer(inline, qtbot):
    with qtbot.waitSignal(inline.changed):
        inline.run(write, 3)


def test_inline_long_work_reports_progress(pretended):
    got = []
    InlineTasks(pretended).run_long(march, 2).then(got.append)
    assert got == [2]


def test_tasks_are_imported_without_the_database():
    code = "import sys, app.ui.tasks; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
