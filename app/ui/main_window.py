"""The frame: rail, one page at a time, status bar, lock."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.actor import NodeKind, Permission
from app.domain.errors import Reason, Refused
from app.domain.values.office_clock import office_time
from app.ui.clock import office_now
from app.ui.crash_dialog import CrashDialog
from app.ui.kit.buttons import Weight, button
from app.ui.kit.page import Page, Remark
from app.ui.lock_panel import IdleWatch, LockPanel
from app.ui.navigation import Context, Place
from app.ui.rail import Rail, RailEntry
from app.ui.tasks import Bug
from app.ui.theme import COMPACT_WIDTH, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence

PAGES: dict[Place, str] = {
    Place.TODAY: "app.ui.today.today_page:TodayPage",
    Place.CASES: "app.ui.cases.case_list_page:CaseListPage",
    Place.CASE: "app.ui.cases.case_page:CasePage",
    Place.INTAKE: "app.ui.cases.intake_page:IntakePage",
    Place.CALENDAR: "app.ui.hearings.calendar_page:CalendarPage",
    Place.SESSION: "app.ui.hearings.session_page:SessionPage",
    Place.AGREEMENT: "app.ui.agreements.agreement_page:AgreementPage",
    Place.AFTER: "app.ui.after.after_page:AfterPage",
    Place.CONFIRMATION: "app.ui.confirmation.confirmation_page:ConfirmationPage",
    Place.WORK: "app.ui.work.work_page:WorkPage",
    Place.PAPERS: "app.ui.papers.papers_page:PapersPage",
    Place.ROSTER: "app.ui.roster.roster_page:RosterPage",
    Place.PEOPLE: "app.ui.people.people_page:PeoplePage",
    Place.PACKAGES: "app.ui.packages.outbox_page:OutboxPage",
    Place.SETTINGS: "app.ui.admin.settings_page:SettingsPage",
    Place.BIN: "app.ui.journal.bin_page:BinPage",
    Place.COUNTY_INBOX: "app.ui.county.inbox_page:InboxPage",
    Place.NODES: "app.ui.county.nodes_page:NodesPage",
}
"""Each place's page, imported when it is first shown; the bundle lists these modules as hidden imports."""

LEAST_WIDTH, LEAST_HEIGHT = 840, 420  # what 1366 by 768 leaves a page at 150 %, beside the rail

_TOWNSHIP = frozenset({NodeKind.TOWNSHIP})
_COUNTY = frozenset({NodeKind.COUNTY})
_BOTH = _TOWNSHIP | _COUNTY
_RIGHTS: dict[Place, tuple[frozenset[NodeKind], frozenset[Permission]]] = {
    Place.TODAY: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.CASES: (_BOTH, frozenset({Permission.READ})),
    Place.CASE: (_BOTH, frozenset({Permission.READ})),
    Place.INTAKE: (_TOWNSHIP, frozenset({Permission.CASE_REGISTER})),
    Place.CALENDAR: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.SESSION: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.AGREEMENT: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.AFTER: (_BOTH, frozenset({Permission.READ})),
    Place.CONFIRMATION: (_BOTH, frozenset({Permission.READ})),
    Place.WORK: (_BOTH, frozenset({Permission.READ})),
    Place.PAPERS: (_BOTH, frozenset({Permission.READ})),
    Place.ROSTER: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.PEOPLE: (_TOWNSHIP, frozenset({Permission.READ})),
    Place.PACKAGES: (_TOWNSHIP, frozenset({Permission.PACKAGE_SEND})),
    Place.SETTINGS: (_BOTH, frozenset({Permission.READ})),
    Place.BIN: (_BOTH, frozenset({Permission.READ})),
    Place.COUNTY_INBOX: (_COUNTY, frozenset({Permission.PACKAGE_RECEIVE})),
    Place.NODES: (_COUNTY, frozenset({Permission.READ})),
}
"""The offices that have a place, and the permissions of which one is enough."""


_SHOWN_UNDER = {
    Place.CASE: Place.CASES,
    Place.INTAKE: Place.CASES,
    Place.SESSION: Place.CALENDAR,
    Place.AGREEMENT: Place.CASES,
    Place.WORK: Place.CASES,
    Place.CONFIRMATION: Place.CASES,
    Place.BIN: Place.SETTINGS,
    Place.AFTER: Place.CASES,
}
"""The entry of the rail lit for places that have none of their own."""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What the status bar tells beside the user: the last backup and the last package, if any."""

    backup_at: datetime | None = None
    package_at: datetime | None = None


class _Pages(QStackedWidget):
    """No page makes the window larger than a small screen; a page rearranges itself once it is laid."""

    @override
    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(QSize(px(LEAST_WIDTH), px(LEAST_HEIGHT)))


class MainWindow(QMainWindow):
    """Owns the pages; asks for unlocking and signing out through signals, which `bootstrap` answers."""

    unlock_asked = Signal(str)
    sign_out_asked = Signal()
    closed = Signal()

    def __init__(self, context: Context, *, lock_minutes: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from app.ui.journal.undo_desk import UndoDesk  # it brings the database along

        self._context = context
        self._pages: dict[Place, Page] = {}
        self._trail: list[tuple[Place, str | None]] = []
        self.guide: QWidget | None = None
        self.setWindowTitle(f"{context.office.name} - {self.tr('乡和')}")
        self.rail = Rail(self._rail_entries())
        self.rail.chosen.connect(context.navigator.goto)
        self._stack = _Pages()
        self._lock_panel = LockPanel(context.actor.name)
        self._lock_panel.unlock_asked.connect(self.unlock_asked)
        self._lock_panel.sign_out_asked.connect(self.sign_out_asked)
        self._dialogs: list[QWidget] = []
        self.undo = UndoDesk(context, lambda: None if self.locked else self.page(), self)
        self._watch = IdleWatch(lock_minutes, self)
        self._watch.idle.connect(self.lock)
        self._build()
        context.navigator.went.connect(self._go)
        context.navigator.returned.connect(self._return)
        context.tasks.failed.connect(self._show_bug)
        context.tasks.refused.connect(self._show_refused)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search)
        QShortcut(QKeySequence.StandardKey.HelpContents, self, self.show_guide)
        QShortcut(QKeySequence("Shift+F1"), self, self.show_keys)

    def allowed(self, place: Place) -> bool:
        """Whether this office has the place and the person may see it."""
        kinds, permissions = _RIGHTS[place]
        return self._context.office.kind in kinds and any(map(self._context.actor.may, permissions))

    def first_place(self) -> Place:
        """Where work begins: 今日 in a township, the cases in a county."""
        return self._rail_entries()[0].place

    def page(self) -> Page | None:
        """The page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_status(self, status: StatusLine) -> None:
        """Tell the last backup and the last package."""
        self._backup.setText(_when(self.tr("上次备份 {when}"), status.backup_at, self.tr("还没有备份")))
        self._package.setText(_when(self.tr("报送包 {when}"), status.package_at, self.tr("还没有报送")))
        self._package.setHidden(not self.allowed(Place.CALENDAR))  # a county sends nothing

    def set_lock_minutes(self, minutes: int) -> None:
        """Lock after this long without key or mouse."""
        self._watch.set_minutes(minutes)

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self._front.currentWidget() is self._lock_panel

    def search(self) -> None:
        """Open the one search box over whatever is shown."""
        if self.locked:
            return
        from app.ui.search.search_panel import SearchPanel

        places = frozenset(place for place in PAGES if self.allowed(place))
        self.search_panel = SearchPanel(self._context.tasks, self._context.navigator, places, self)
        self.search_panel.open()

    def show_guide(self) -> None:
        """Open the filling-in guide of the page shown, or close it; dialogs over it ask for the same."""
        self._open_guide(keys=False)

    def show_keys(self) -> None:
        """Open the sheet of the keys that work on the page shown."""
        self._open_guide(keys=True)

    def _open_guide(self, *, keys: bool) -> None:
        page = self.page()
        if self.locked or not self._trail or page is None:
            return
        from app.ui.guide.guide_window import GUIDE, KEYS, GuideWindow
        from app.ui.guide.shortcuts import keys_of, sheet

        if self.guide is not None and isValid(self.guide):
            self.guide.close()
            return
        rows = sheet(keys_of(self, page))
        self.guide = GuideWindow(self._trail[-1][0], rows, self, part=KEYS if keys else GUIDE)
        self.guide.show()

    def lock(self) -> None:
        """Cover the window and hide its dialogs; nothing typed is lost."""
        if self.locked or not self.isVisible():
            return
        self._dialogs = [part for part in self.findChildren(QWidget) if part.isWindow() and part.isVisible()]
        for dialog in self._dialogs:
            dialog.hide()
        self._front.setCurrentWidget(self._lock_panel)
        self._lock_panel.begin()

    def unlock(self) -> None:
        """Show everything as it was."""
        self._front.setCurrentIndex(0)
        for dialog in self._dialogs:
            dialog.show()
        self._dialogs = []

    def show_unlock_refused(self, refused: Refused) -> None:
        """Say why the window stays locked."""
        wrong = refused.reason is Reason.WRONG_PASSPHRASE
        said = self.tr("口令不对，没有解锁。请检查大小写后再输一次。") if wrong else sentence(refused)
        self._lock_panel.say(said)

    def _rail_entries(self) -> list[RailEntry]:
        entries = [
            RailEntry(Place.TODAY, "layout-dashboard", self.tr("今日")),
            RailEntry(Place.CASES, "folder-open", self.tr("案件")),
            RailEntry(Place.COUNTY_INBOX, "inbox", self.tr("收包")),
            RailEntry(Place.CALENDAR, "calendar-days", self.tr("日程")),
            RailEntry(Place.PAPERS, "printer", self.tr("文书")),
            RailEntry(Place.ROSTER, "users", self.tr("名册")),
            RailEntry(Place.PEOPLE, "id-card", self.tr("人员")),
            RailEntry(Place.PACKAGES, "hard-drive-upload", self.tr("报送")),
            RailEntry(Place.NODES, "building-2", self.tr("乡镇")),
            RailEntry(Place.SETTINGS, "settings", self.tr("设置"), bottom=True),
        ]
        return [entry for entry in entries if self.allowed(entry.place)]

    def _build(self) -> None:
        frame = QWidget()
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self._stack, 1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(self._status_strip())
        self._front = QStackedWidget()
        self._front.addWidget(frame)
        self._front.addWidget(self._lock_panel)
        self.setCentralWidget(self._front)
        self.resize(QSize(1366, 728).boundedTo(self.screen().availableSize()))
        place = QSettings().value("window/geometry")
        if place is not None:
            self.restoreGeometry(place)

    def _status_strip(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("statusStrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip.setFixedHeight(px(26))
        actor, office = self._context.actor, self._context.office
        roles = "、".join(label(role) for role in sorted(actor.roles))
        self._backup, self._package = QLabel(), QLabel()
        row = QHBoxLayout(strip)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(24)
        row.addWidget(Remark(self.tr("{name}（{roles}）").format(name=actor.name, roles=roles)), 1)
        self._folder = Remark(self.tr("数据：{folder}　已加密").format(folder=office.folder))
        row.addWidget(self._folder, 1)
        row.addWidget(self._backup)
        row.addWidget(self._package)
        row.addWidget(self.undo.button)
        row.addWidget(self._strip_button(self.tr("锁定"), "Ctrl+L", self.lock))
        row.addWidget(self._strip_button(self.tr("退出登录"), "", self.sign_out_asked.emit))
        return strip

    def _strip_button(self, text: str, shortcut: str, clicked: object) -> QWidget:
        made = button(text, clicked, weight=Weight.LINK, shortcut=shortcut)  # type: ignore[arg-type]
        made.setObjectName("stripButton")
        return made

    def _go(self, place: Place, item: str | None) -> None:
        if self._show(place, item):
            self._trail.append((place, item))

    def _return(self) -> None:
        if len(self._trail) > 1 and self._show(*self._trail[-2]):
            self._trail.pop()

    def _show(self, place: Place, item: str | None) -> bool:
        if not self.allowed(place):
            return False
        now = self.page()
        page = self._page(place)
        if now is not None and (now is not page or item is not None) and not now.may_leave():
            if self._trail:
                self.rail.mark(self._trail[-1][0])
            return False
        if page is not now:
            page.banner.end()  # it was said of a visit that is over
        page.open_item(item)
        self._stack.setCurrentWidget(page)
        if not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # Tab then enters the page, not the rail
        self.rail.mark(_SHOWN_UNDER.get(place, place))
        return True

    def _page(self, place: Place) -> Page:
        if place not in self._pages:
            module, name = PAGES[place].split(":")
            page = getattr(import_module(module), name)(self._context)
            self._pages[place] = page
            self._stack.addWidget(page)
        return self._pages[place]

    def _show_refused(self, refused: Refused) -> None:
        page = self.page()
        if page is not None:
            page.show_refused(refused)

    def _show_bug(self, bug: Bug) -> None:
        CrashDialog(bug, self).open()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < COMPACT_WIDTH
        self.rail.set_compact(compact)
        self._folder.setHidden(compact)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.page()
        if page is not None and not page.may_leave():
            event.ignore()
            return
        QSettings().setValue("window/geometry", self.saveGeometry())
        self._context.tasks.drain()
        self.closed.emit()
        super().closeEvent(event)


def _when(text: str, at: datetime | None, never: str) -> str:
    if at is None:
        return never
    here = office_time(at)
    today = here.date() == office_now().date()
    return text.format(when=f"{here:%H:%M}" if today else f"{here.month}月{here.day}日")
