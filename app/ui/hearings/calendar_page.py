"""日程: the hearings of a week or a day, who waits for a date, and the way to fix one."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum, auto

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.hearings import HearingRow, HearingStatus, HearingView, WaitingCase
from app.domain.roster import MediatorRow, MediatorStatus, RoomRow
from app.domain.schedule.blocked import BlockedDay
from app.domain.values.calendar import OfficeDay
from app.services.hearings.blocked import blocks_between
from app.services.hearings.export import export_hearings
from app.services.hearings.scheduling import open_hearing
from app.services.hearings.timetable import day_kinds, list_hearings, to_schedule
from app.services.roster.entries import list_mediators, list_rooms
from app.ui.hearings.calendar_file import save_calendar
from app.ui.hearings.event_paint import tone_of
from app.ui.hearings.filters import Filters
from app.ui.hearings.hearing_dialog import HearingDialog, Wish
from app.ui.hearings.waiting_list import WaitingList
from app.ui.hearings.week_view import WeekView
from app.ui.hearings.wording import place_words, weekday
from app.ui.kit.buttons import Segments, button
from app.ui.kit.card import Card, words
from app.ui.kit.page import Page
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.navigation import Context, Place
from app.ui.theme import Tone, px
from app.ui.words.finding_words import short_day, span
from app.ui.words.labels import label

_SIDE, _NARROW_SIDE, _NARROW = 226, 172, 1000


class Span(Enum):
    """What is looked at."""

    DAY = auto()
    WEEK = auto()
    LIST = auto()  # the same week as rows


class CalendarPage(Page):
    """Opened with the id of a case it asks at once when that case is to be heard."""

    topics = frozenset({Topic.HEARINGS, Topic.CASES, Topic.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("日程"), parent)
        self.dialog: HearingDialog | None = None
        self._may_write = context.actor.may(Permission.HEARING_WRITE)
        self._first: date | None = None
        self._today: date | None = None
        self._days: tuple[OfficeDay, ...] = ()
        self._rows: tuple[HearingRow, ...] = ()
        self._blocked: tuple[BlockedDay, ...] = ()
        self._rooms: tuple[RoomRow, ...] = ()
        self._waiting: tuple[WaitingCase, ...] = ()
        self._wanted_case: str | None = None
        self._build_header()
        self._build_body()

    @override
    def open_item(self, item: str | None) -> None:
        self._wanted_case = item
        self.reload()

    @override
    def load(self) -> None:
        self.tasks.run(list_rooms, True).then(self._take_rooms, owner=self)
        self.tasks.run(list_mediators, MediatorStatus.ACTIVE).then(self._take_mediators, owner=self)
        self.tasks.run(to_schedule).then(self._take_waiting, owner=self)
        days = 1 if self.span.value() is Span.DAY else 7
        self.tasks.run(day_kinds, self._first, days).then(self._take_days, owner=self)

    def go(self, first: date | None) -> None:
        """Show the week or the day beginning with `first`; None for the present one."""
        if first is None and self.span.value() is Span.DAY:
            first = self._today
        self._first = first
        self.load()

    def _show_day(self, day: date) -> None:
        """Turn to a day that is not among those shown, so that a new hearing is seen where it stands."""
        if day not in [shown.day for shown in self._days]:
            self.go(day if self.span.value() is Span.DAY else day - timedelta(days=day.weekday()))

    def _build_header(self) -> None:
        self._back = button(
            "", lambda: self._turn(-1), picture="chevron-left", shortcut="Alt+Left", name=self.tr("往前")
        )
        self._now = button(self.tr("本周"), lambda: self.go(None), shortcut="Alt+Home")
        self._on = button(
            "", lambda: self._turn(1), picture="chevron-right", shortcut="Alt+Right", name=self.tr("往后")
        )
        self.span = Segments(
            [(Span.DAY, self.tr("日")), (Span.WEEK, self.tr("周")), (Span.LIST, self.tr("列表"))]
        )
        self.span.set_value(Span.WEEK)
        self.span.chosen.connect(self._change_span)
        for widget in (self._back, self._now, self._on, self.span):
            self.header.add_widget(widget)
        if self.context.actor.may(Permission.EXCEL_EXPORT):
            self.header.add_button(self.tr("存为日历"), self.export, picture="file-down")
        if self._may_write:
            self.new_button = self.header.add_button(
                self.tr("新排期"), self.ask_new, picture="plus", primary=True, shortcut="Ctrl+N"
            )

    def _build_body(self) -> None:
        self.filters = Filters()
        self.filters.changed.connect(self._show_rows)
        self.waiting = WaitingList()
        self.waiting.asked.connect(self._ask_waiting)
        self._nobody = words(self.tr("没有待排期的案件"), "sub")
        self._nobody.setWordWrap(True)
        self._side = Card(margin=12)
        self._side.add(self.filters, 4)
        self._side.add(words(self.tr("待排期"), "sectionTitle"))
        self._hint = words(self.tr("拖入日程，或按回车排期"), "hint")
        self._hint.setWordWrap(True)
        self._side.add(self._hint)
        self._side.add(self.waiting, 3)
        self._side.add(self._nobody)
        self.view = WeekView()
        self.view.opened.connect(self._open)
        self.view.slot_asked.connect(lambda day, start: self._ask(Wish(day=day, start=start)))
        self.view.dropped.connect(lambda case_id, day, start: self._ask(Wish(case_id, day, start)))
        self.list: SmallTable[HearingRow] = SmallTable(
            self._columns(),
            title=self.tr("日程列表"),
            empty=self.tr("这一周没有安排。按“新排期”安排调解会。"),
        )
        self.list.opened.connect(self._open)
        self._views = QStackedWidget()
        self._views.addWidget(self.view)
        self._views.addWidget(self.list)
        frame = Card(margin=1)
        frame.add(self._views, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._side)
        row.addWidget(frame, 1)
        self.body.addLayout(row, 1)

    def _columns(self) -> Sequence[Column[HearingRow]]:
        return (
            Column(
                self.tr("日期"), lambda row: f"{short_day(row.day)} {weekday(row.day)}", 104, sort_key="day"
            ),
            Column(self.tr("时间"), lambda row: span(row.start, row.end), 104),
            Column(self.tr("纠纷"), lambda row: row.title, 200, stretch=True),
            Column(self.tr("地点"), place_words, 104),
            Column(self.tr("调解员"), lambda row: "、".join(row.mediators), 80),
            Column(self.tr("状态"), self._state, 92, chip=True, tone=tone_of),
        )

    def _state(self, row: HearingRow) -> str:
        return self.tr("时间冲突") if row.clashing else label(row.status)

    def _turn(self, by: int) -> None:
        if self._days:
            self.go(self._days[0].day + timedelta(days=by * len(self._days)))

    def _change_span(self, chosen: Span) -> None:
        self._now.setText(self.tr("今天") if chosen is Span.DAY else self.tr("本周"))
        self._views.setCurrentIndex(1 if chosen is Span.LIST else 0)
        shown = [day.day for day in self._days]
        if not shown:
            return
        here = self._today if self._today in shown else shown[0]
        if chosen is Span.DAY:
            self.go(here)
        elif len(shown) == 1:
            self.go(shown[0] - timedelta(days=shown[0].weekday()))

    def _take_rooms(self, rooms: tuple[RoomRow, ...]) -> None:
        self._rooms = rooms

    def _take_mediators(self, mediators: tuple[MediatorRow, ...]) -> None:
        self.filters.offer(
            [(row.id, row.name) for row in self._rooms], [(row.id, row.name) for row in mediators]
        )

    def _take_waiting(self, waiting: tuple[WaitingCase, ...]) -> None:
        self._waiting = waiting
        self.waiting.show_cases(waiting)
        for part in (self.waiting, self._hint):
            part.setVisible(bool(waiting))
        self._nobody.setVisible(not waiting)
        wanted, self._wanted_case = self._wanted_case, None
        if wanted is not None:
            QTimer.singleShot(0, self, lambda: self._ask(Wish(case_id=wanted)))

    def _take_days(self, days: tuple[OfficeDay, ...]) -> None:
        self._days = days
        self._first = days[0].day
        self._today = next((day.day for day in days if day.today), self._today)
        self.header.set_context(self._days_words(days))
        shown = days[0].day, days[-1].day
        self.tasks.run(blocks_between, *shown).then(self._take_blocked, owner=self)
        self.tasks.run(list_hearings, *shown).then(self._take_rows, owner=self)

    def _take_blocked(self, blocked: tuple[BlockedDay, ...]) -> None:
        self._blocked = blocked

    def _days_words(self, days: tuple[OfficeDay, ...]) -> str:
        first, last = days[0].day, days[-1].day
        if first == last:
            return f"{first.year}年{short_day(first)} {weekday(first)}"
        until = f"{last.year}年{short_day(last)}" if last.year != first.year else short_day(last)
        week = self.tr("第{week}周").format(week=first.isocalendar().week)
        parts = [f"{first.year}年{short_day(first)}—{until}", week]
        if not all(day.known for day in days):
            parts.append(self.tr("没有{year}年的放假通知").format(year=last.year))
        return "　".join(parts)

    def _take_rows(self, rows: tuple[HearingRow, ...]) -> None:
        self._rows = rows
        self._show_rows()

    def _show_rows(self) -> None:
        shown = [row for row in self._rows if self.filters.shows(row)]
        self.view.show_days(self._days, shown, self._blocked)
        self.list.show_records(shown)

    def export(self) -> None:
        """Save the hearings of the days shown as a calendar file."""
        if not self._days:
            return
        first, last = self._days[0].day, self._days[-1].day
        self.tasks.run(export_hearings, first, last).then(
            lambda made: save_calendar(self, f"{first}.ics", made, self.banner), owner=self
        )

    def ask_new(self) -> None:
        """Fix a date: for the waiting case that is chosen, or one chosen in the dialog."""
        self._ask(Wish())

    def _ask_waiting(self, case_id: str) -> None:
        """Fix a date for a waiting case; one that has a tentative date opens that."""
        waiting = next((one for one in self._waiting if one.case_id == case_id), None)
        if waiting is not None and waiting.tentative_id is not None:
            self.tasks.run(open_hearing, waiting.tentative_id).then(self._edit, owner=self)
        else:
            self._ask(Wish(case_id=case_id))

    def _ask(self, wish: Wish) -> None:
        if self._may_write:
            self._show_dialog(HearingDialog(self.context, wish, waiting=self._waiting, parent=self.window()))

    def _open(self, row: HearingRow) -> None:
        if row.status is HearingStatus.HELD:
            self.navigator.goto(Place.SESSION, row.id)
        else:
            self.tasks.run(open_hearing, row.id).then(self._edit, owner=self)

    def _edit(self, hearing: HearingView) -> None:
        wish = Wish(case_id=hearing.case_id, hearing=hearing)
        self._show_dialog(HearingDialog(self.context, wish, parent=self.window()))

    def _show_dialog(self, dialog: HearingDialog) -> None:
        self.dialog = dialog
        dialog.saved.connect(self._told)
        dialog.called_off.connect(lambda: self.say(self.tr("已取消，调解室和人员的时间已空出。")))
        dialog.session_asked.connect(lambda hearing_id: self.navigator.goto(Place.SESSION, hearing_id))
        dialog.open()

    def _told(self, hearing: HearingView) -> None:
        self._show_day(hearing.day)
        when = f"{short_day(hearing.day)} {weekday(hearing.day)} {span(hearing.start, hearing.end)}"
        if hearing.status is HearingStatus.TENTATIVE:
            words = self.tr("已暂定：{when}，{place}。谈妥后打开它，去掉“暂定”再保存。")
            self.say(words.format(when=when, place=hearing.place), Tone.GOOD)
            return
        self.say(
            self.tr("已排期：{when}，{place}。请打印通知书送达当事人。").format(
                when=when, place=hearing.place
            ),
            Tone.GOOD,
            action=self.tr("打印通知书"),
            then=lambda: self.navigator.goto(Place.PAPERS, hearing.case_id),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(px(_NARROW_SIDE if self.width() < _NARROW else _SIDE))
