"""今日: what waits, who meets where today, and everything that is to be done, with its reason."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import DueDate
from app.domain.changes import Topic
from app.domain.deadlines import RuleCode
from app.domain.flow import CaseStatus
from app.domain.lists import TodayView
from app.domain.office.settings import OfficeSettings, SettingKey
from app.domain.packages import OutboxView
from app.domain.roster import MediatorRow
from app.domain.today import WorkItem
from app.domain.values.calendar import DayKind, OfficeDay
from app.services.cases.drafts import list_drafts
from app.services.cases.listing import case_counts
from app.services.exchange.outbox import view_outbox
from app.services.hearings.timetable import day_kinds
from app.services.kernel.settings import read_settings
from app.services.office.storage import last_backup
from app.services.roster.entries import list_mediators
from app.services.today.first_page import today_view
from app.services.today.rows import explain_work
from app.ui.clock import office_now, office_today
from app.ui.kit.card import Card, heading, words
from app.ui.kit.page import Page
from app.ui.lists.list_tools import ListTools
from app.ui.navigation import Context, Place
from app.ui.room import Scrolled
from app.ui.signed_in import SignedIn
from app.ui.theme import Tone, px
from app.ui.today.counters import CounterBar
from app.ui.today.day_strip import DayStrip
from app.ui.today.doing import Doer
from app.ui.today.item_words import what_words, why_words
from app.ui.today.reminders import Reminders
from app.ui.today.welcome import Begun, Welcome
from app.ui.today.worklist import Worklist
from app.ui.words.counting_words import explain
from app.ui.words.labels import label

SIDE_WIDTH = 300
LEAST_WIDTH = 640
NARROW = 1060  # a page narrower than this shows the list or the day, not both
LOW = 560
MINUTE_MS = 60_000


class TodayPage(Page):
    """One use case fills the page; the list asks for its rows beside it."""

    topics = frozenset(
        {
            Topic.CASES, Topic.HEARINGS, Topic.AGREEMENTS, Topic.ROSTER, Topic.PACKAGES, Topic.NODES,
            Topic.DRAFTS, Topic.SETTINGS, Topic.PAPERS,
        }
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("今日"))
        self.today = office_today()
        self._ticked_on = self.today
        self._view: TodayView | None = None
        self._outbox: OutboxView | None = None
        self.counters = CounterBar()
        self.worklist = Worklist(self.tasks)
        self.doer = Doer(self)
        self.tools = ListTools(
            self,
            self.worklist.table,
            self.tr("今日待办"),
            asked=self.worklist.asked_words,
            arranged=self._arrange_columns,
        )
        self.welcome = Welcome(context.actor)
        self.strip = DayStrip()
        self.reminders = Reminders()
        self._rooms = words("", "sub")
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._tick)
        self._day_asked = False
        self._build()
        self._connect()

    def _build(self) -> None:
        may = self.context.actor.may
        self.turn = self.header.add_button(self.tr("今日日程"), self._turn)
        if may(Permission.CASE_REGISTER):
            self.header.add_button(
                self.tr("登记新案件"), self.register, picture="plus", primary=True, shortcut="Ctrl+N"
            )
        if may(Permission.HEARING_WRITE):
            self.header.add_button(
                self.tr("排期"), lambda: self.navigator.goto(Place.CALENDAR), picture="calendar-plus"
            )
        self.front = QStackedWidget()
        self.front.addWidget(self.worklist)
        self.front.addWidget(self.welcome)
        self.main = QWidget()
        main = QVBoxLayout(self.main)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(14)
        main.addWidget(self.counters)
        main.addWidget(self.front, 1)
        self.side = Card()
        self.side.add(heading(self.tr("今日日程"), self._rooms))
        self.day = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.day.setSpacing(12)
        self.day.addWidget(Scrolled(self.strip), 1)
        self.day.addWidget(self.reminders, 0, Qt.AlignmentFlag.AlignTop)
        self.side.add(self.day, 1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.main, 1)
        across.addWidget(self.side)
        self.body.addLayout(across, 1)
        self.setMinimumWidth(px(LEAST_WIDTH))  # else the window could not become narrow enough to rearrange

    def _connect(self) -> None:
        goto = self.navigator.goto
        self.counters.chosen.connect(self.worklist.show_part)
        self.worklist.opened.connect(self.doer.open)
        self.worklist.done_asked.connect(self.doer.do)
        self.worklist.explained.connect(self._explain)
        self.worklist.new_asked.connect(self.register)
        self.worklist.counted.connect(self.counters.show_counts)
        self.worklist.shown.connect(lambda _: self._look_for_a_beginning())
        self.strip.opened.connect(lambda case_id: goto(Place.CASE, case_id))
        self.reminders.went.connect(goto)
        self.welcome.went.connect(goto)
        QShortcut(QKeySequence("F3"), self, self.worklist.search.setFocus)
        QShortcut(QKeySequence("F5"), self, self.load)
        if self.context.actor.may(Permission.PAPER_PRINT):
            QShortcut(QKeySequence("Ctrl+P"), self, self.tools.print)

    def register(self) -> None:
        """Begin a new case, for those who may."""
        if self.context.actor.may(Permission.CASE_REGISTER):
            self.navigator.goto(Place.INTAKE)

    @override
    def load(self) -> None:
        self.tasks.run(day_kinds).then(self._show_week, owner=self)
        self.tasks.run(today_view).then(self._show, owner=self)

    def _show_week(self, days: Sequence[OfficeDay]) -> None:
        day = next(day for day in days if day.today)
        self.today = day.day
        words = f"{day.day.year}年{day.day.month}月{day.day.day}日"
        said = [words, QLocale(QLocale.Language.Chinese).dayName(day.day.isoweekday())]
        if day.kind is not DayKind.WORKDAY:
            said.append(label(day.kind))
        self.header.set_context("　".join(said))

    def _show(self, view: TodayView) -> None:
        self._view = view
        self.counters.show_view(view, self.today)
        self.strip.show_slots(view.slots)
        self._rooms.setText(self._room_words(view.rooms) if view.slots else self.tr("今天没有安排"))
        self._rooms.setToolTip("、".join(view.rooms))
        self._tick()
        self.worklist.show_day(self.today)
        self._remind(view)
        self._ask_backup()

    def _remind(self, view: TodayView) -> None:
        """Asked after the rows: the list must not wait for it."""
        self.reminders.show_alerts(view.alerts)
        if view.drafts:
            self.tasks.run(list_drafts).then(self.reminders.show_drafts, owner=self)
        else:
            self.reminders.show_drafts(())
        if self.context.actor.may(Permission.PACKAGE_SEND):
            self.tasks.run(view_outbox).then(self._show_outbox, owner=self)

    def _room_words(self, rooms: Sequence[str]) -> str:
        if len(rooms) > 2 or sum(map(len, rooms)) > 12:
            return self.tr("{count} 间调解室").format(count=len(rooms))
        return "、".join(rooms)

    def _show_outbox(self, outbox: OutboxView) -> None:
        self._outbox = outbox
        if self._view is not None:
            self.reminders.show_outbox(outbox, self._view.days_since_sent)

    def _ask_backup(self) -> None:
        """Look where copies of the data are kept how old the newest is; only who may see to it is told."""
        if isinstance(self.context, SignedIn) and self.context.actor.may(Permission.SETTINGS_WRITE):
            self.tasks.run(read_settings).then(self._look_for_backup, owner=self)

    def _look_for_backup(self, settings: OfficeSettings) -> None:
        folder = settings.values[SettingKey.BACKUP_FOLDER]
        if folder and isinstance(self.context, SignedIn):
            asked = self.tasks.call(last_backup, Path(folder), self.context.unlocked.data_file)
            asked.then(self.worklist.show_backup, owner=self)

    def _explain(self, item: WorkItem) -> None:
        """Say how the date of a line was counted."""
        words = partial(self._show_counting, item)
        self.tasks.run(explain_work, item.key).then(words, owner=self)

    def _show_counting(self, item: WorkItem, due: DueDate | None) -> None:
        said = [what_words(item), why_words(item, self.today)]
        if due is not None:
            said.append(f"{label(RuleCode(due.code))}：{explain(due)}")
        self.say("　".join(said), Tone.INFO)

    def _look_for_a_beginning(self) -> None:
        """An office without any case is shown how to begin; asked only when there is nothing to do."""
        view = self._view
        idle = view is not None and not (view.to_decide.count or view.to_perform.count or view.slots)
        if not idle or self.worklist.table.table.rowCount() or not self.worklist.whole():
            if self.worklist.table.table.rowCount():
                self.front.setCurrentWidget(self.worklist)
            return
        self.tasks.run(case_counts).then(self._show_beginning, owner=self)

    def _show_beginning(self, counts: dict[CaseStatus, int]) -> None:
        if any(counts.values()):
            self.front.setCurrentWidget(self.worklist)
            return
        self.tasks.run(list_mediators).then(self._show_welcome, owner=self)

    def _show_welcome(self, mediators: Sequence[MediatorRow]) -> None:
        rooms = bool(self._view and self._view.rooms)
        county = bool(self._outbox and self._outbox.county)
        self.welcome.show_begun(Begun(bool(mediators) and rooms, county))
        self.front.setCurrentWidget(self.welcome)

    def _tick(self) -> None:
        now = office_now()
        if self._minute.isActive() and now.date() != self._ticked_on:
            self._ticked_on = now.date()
            self.load()
        shown = now.date() == self.today
        self.strip.show_now(now.hour * 60 + now.minute if shown else None)

    def _arrange_columns(self) -> None:
        self.worklist.arrange(self.tools.wanted)

    def _turn(self) -> None:
        self._day_asked = not self._day_asked
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where there is room; otherwise the list, or the day when it was asked for."""
        narrow = self.width() < px(NARROW)
        day = self._day_asked
        self.turn.setVisible(narrow)
        self.turn.setText(self.tr("待办") if day else self.tr("今日日程"))
        self.main.setVisible(not (narrow and day))
        self.side.setVisible(not narrow or day)
        self.side.setMinimumWidth(px(SIDE_WIDTH))
        self.side.setMaximumWidth(16_777_215 if narrow else px(SIDE_WIDTH))
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.day.setDirection(beside if narrow else below)
        self.reminders.setMinimumWidth(px(SIDE_WIDTH) if narrow else 0)
        self.counters.setHidden(narrow and self.height() < px(LOW))  # the parts tell the same numbers
        self.worklist.set_compact(narrow)
        self._arrange_columns()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._ticked_on = office_now().date()
        self._minute.start()
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)
