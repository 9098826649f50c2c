"""A table shows ids at once and records page by page; it sorts, copies and remembers its widths."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication

from app.ui.kit.row_view import RowView, SmallTable
from app.ui.kit.table import PAGE_ROWS, PAGES_KEPT, RIGHT, WAITING, Column, TaskSource
from app.ui.tasks import Tasks
from app.ui.theme import Tone


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    due: date | None = None


COLUMNS = [
    Column("状态", lambda row: "待受理", 100, chip=True, tone=lambda row: Tone.WARN),
    Column("姓名", lambda row: row.name, 200, sort_key="name", stretch=True),
    Column("期限", lambda row: str(row.due or ""), 120, RIGHT, sort_key="due", tone=lambda row: Tone.BAD),
]


class HeldSource:
    """A source whose answers are let go by the test."""

    def __init__(self, count):
        self.count = count
        self.held = []
        self.asked = []
        self.queries = []

    def begin(self, query, then):
        self.ids(query, then)

    def ids(self, query, then):
        self.queries.append(query)
        then(list(range(self.count)))

    def rows(self, ids, then):
        self.asked.append(list(ids))
        self.held.append((list(ids), then))

    def let_go(self):
        held, self.held = self.held, []
        for ids, then in held:
            then([Row(id, f"第{id}人") for id in ids])


def make(qtbot, source):
    view = RowView(COLUMNS, source, title="案件", empty="没有案件")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_rows_unknown_yet_show_dots_until_their_page_arrives(qtbot):
    source = HeldSource(100_000)
    view = make(qtbot, source)
    view.show_query("all")
    assert view.table.rowCount() == 100_000
    assert view.table.index(0, 1).data() == WAITING
    qtbot.waitUntil(lambda: bool(source.held))
    source.let_go()
    assert view.table.index(0, 1).data() == "第0人"
    assert len(source.asked[0]) == PAGE_ROWS


def test_a_jump_asks_for_the_pages_seen_and_keeps_twenty(qtbot):
    source = HeldSource(100_000)
    view = make(qtbot, source)
    view.show_query("all")
    for page in range(PAGES_KEPT + 5):
        view.table.record(page * PAGE_ROWS)
        qtbot.waitUntil(lambda: bool(source.held))
        source.let_go()
    assert len(view.table._pages) == PAGES_KEPT
    asked = len(source.asked)
    for row in range(0, 100_000, PAGE_ROWS):
        view.table.record(row)
    qtbot.waitUntil(lambda: len(source.asked) > asked)
    assert len(source.asked) - asked <= 3


def test_an_answer_to_an_older_list_is_ignored(qtbot):
    source = HeldSource(5)
    view = make(qtbot, source)
    view.show_query("old")
    view.table.record(0)
    qtbot.waitUntil(lambda: bool(source.held))
    source.count = 3
    view.show_query("new")
    source.let_go()
    assert view.table.index(0, 1).data() == WAITING


def test_a_refresh_keeps_the_current_record_and_what_is_shown(qtbot):
    source = HeldSource(5)
    view = make(qtbot, source)
    view.show_query("all")
    qtbot.waitUntil(lambda: bool(source.held))
    source.let_go()
    view.go_to(3)
    view.refresh()
    assert view.table.index(3, 1).data() == "第3人"
    source.count = 6
    view.refresh()
    assert view.currentIndex().row() == 3


def test_a_click_on_a_heading_asks_the_query_to_sort(qtbot):
    view = make(qtbot, HeldSource(3))
    got = []
    view.sort_changed.connect(lambda key, descending: got.append((key, descending)))
    header = view.horizontalHeader()
    for section in (1, 1, 2, 0):
        header.sectionClicked.emit(section)
    assert got == [("name", False), ("name", True), ("due", False)]


def test_enter_and_double_click_open_the_record(qtbot):
    view = SmallTable(COLUMNS, title="小表")
    qtbot.addWidget(view)
    view.show_records([Row(7, "张㛃")])
    view.setCurrentIndex(view.table.index(0, 0))
    view.current()
    qtbot.waitUntil(lambda: view.current() is not None)
    with qtbot.waitSignal(view.opened) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [Row(7, "张㛃")]


def test_a_column_is_never_asked_about_a_record_taken_out_of_the_list(qtbot):
    shown: list[Row] = []
    place = Column("顺序", lambda row: str(shown.index(row)), 60)
    view = SmallTable([place, *COLUMNS], title="小表")
    qtbot.addWidget(view)
    view.show()
    for rows in ([Row(1, "甲"), Row(2, "乙")], [Row(3, "丙"), Row(4, "丁")]):
        shown[:] = rows
        view.show_records(rows)
        view.grab()
        qtbot.waitUntil(lambda: view.table.record(0) is not None)
        view.grab()
    assert view.table.record(1) == Row(4, "丁")


def test_rows_are_copied_as_lines_with_tabs(qtbot):
    view = SmallTable(COLUMNS, title="小表")
    qtbot.addWidget(view)
    view.select_many()
    view.show_records([Row(1, "张㛃", date(2026, 9, 5)), Row(2, "李䶮")])
    view.show()
    qtbot.waitUntil(lambda: view.table.record(0) is not None)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "待受理\t张㛃\t2026-09-05\n待受理\t李䶮\t"


def test_a_short_list_sorts_itself_with_blanks_last(qtbot):
    view = SmallTable(COLUMNS, title="小表")
    qtbot.addWidget(view)
    view.show_records([Row(1, "甲", date(2026, 9, 5)), Row(2, "乙"), Row(3, "丙", date(2026, 9, 1))])
    view.sort_changed.emit("due", True)
    ids = [view.table.id_at(row) for row in range(3)]
    assert ids == [0, 2, 1]


def test_the_model_keeps_qt_rules(qtbot, qtmodeltester):
    view = SmallTable(COLUMNS, title="小表")
    qtbot.addWidget(view)
    view.show_records([Row(n, f"{n}") for n in range(5)])
    qtmodeltester.check(view.table)


def test_an_empty_list_says_so(qtbot):
    view = make(qtbot, HeldSource(0))
    blank = view.grab().toImage()
    view.show_query("none")
    assert view.grab().toImage() != blank


def test_dragged_widths_are_remembered(qtbot, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    view = make(qtbot, HeldSource(0))
    view.setColumnWidth(0, 222)
    assert QSettings().value("widths/案件")
    assert make(qtbot, HeldSource(0)).columnWidth(0) == 222


def list_ids(uow, query):
    return list(range(query))


def read_rows(uow, ids):
    return [Row(id, f"第{id}人") for id in reversed(ids)]


list_ids.writes = read_rows.writes = False


@pytest.mark.parametrize("kind", ["threads", "inline"])
def test_use_cases_fill_a_table(qtbot, pretended, inline, kind):
    tasks = Tasks(pretended) if kind == "threads" else inline
    view = make(qtbot, HeldSource(0))
    view = RowView(COLUMNS, TaskSource(tasks, list_ids, read_rows, view), title="案件")
    qtbot.addWidget(view)
    view.show_query(3)
    view.show_query(450)
    view.show()
    qtbot.waitUntil(lambda: view.table.record(449) is not None)
    assert view.table.index(449, 1).data() == "第449人"
    tasks.drain()


class GrowingSource(HeldSource):
    """A source that tells the first rows before all of them."""

    def begin(self, query, then):
        then(list(range(PAGE_ROWS)))
        self.whole = lambda: then(list(range(self.count)))


def test_a_long_list_is_shown_from_its_first_rows_and_grows_without_losing_them(qtbot):
    source = GrowingSource(5_000)
    view = make(qtbot, source)
    view.show_query("all")
    assert view.table.rowCount() == PAGE_ROWS
    qtbot.waitUntil(lambda: bool(source.held))
    view.setCurrentIndex(view.table.index(3, 0))
    source.whole()
    source.let_go()
    assert view.table.rowCount() == 5_000
    assert view.table.index(3, 1).data() == "第3人"
    assert view.currentIndex().row() == 3
    assert len(source.asked) == 1
