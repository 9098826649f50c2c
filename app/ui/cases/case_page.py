"""One case: where it stands, what is next, who and what it is about, what was done."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import NodeKind, Permission
from app.domain.cases import CaseView
from app.domain.casework.hindrances import Way
from app.domain.changes import Changes, Topic
from app.domain.errors import Refused
from app.domain.flow import Deed
from app.domain.hearings import HearingView
from app.domain.packages import PeerRow
from app.services.cases.contents import count_contents
from app.services.cases.people import repeat_parties
from app.services.cases.register import open_case
from app.services.exchange.peers import list_peers
from app.services.flow.ways import case_ways
from app.services.hearings.scheduling import case_hearings
from app.services.people.register import note_uncovered
from app.ui.cases.case_panels import DatesPanel, HistoryPanel, MatterPanel, MediatorsPanel, PartiesPanel
from app.ui.cases.deeds import NOTICE_OF, OPENS, TABS, make_dialog, offered
from app.ui.cases.life_panels import ContentsPanel, LifePanel, LinksPanel
from app.ui.cases.more_dialog import MoreDialog
from app.ui.cases.next_panel import NextPanel
from app.ui.cases.next_step import NextStep, coming_hearing, next_step
from app.ui.cases.stage_strip import StageStrip
from app.ui.journal.history_dialog import HistoryDialog
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card
from app.ui.kit.chip import Chip
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.room import Scrolled
from app.ui.theme import Tone, px
from app.ui.words.due_words import status_tone
from app.ui.words.labels import label

SIDE, NARROW_SIDE, ROOMY = 340, 270, 1000


class CasePage(Page):
    """案件. The item is the id of the case."""

    topics: Changes = frozenset({Topic.CASES, Topic.HEARINGS, Topic.AGREEMENTS, Topic.ROSTER})

    def __init__(self, context: Context) -> None:
        super().__init__(context, self.tr("案件"))
        self.case: CaseView | None = None
        self.hearings: tuple[HearingView, ...] = ()
        self.ways: tuple[Way, ...] = ()
        self.next_step = NextStep("")
        self.others: tuple[Way, ...] = ()  # what has no button of its own
        self.dialog: Dialog | None = None
        self.more: MoreDialog | None = None
        self._wanted: str | None = None
        self._opened = False  # its next step is to be gone to
        self._owners: dict[str, str] = {}
        self.status = Chip()
        self.read_only = Banner()
        self.strip = StageStrip()
        self.parties = PartiesPanel(context.actor.may(Permission.CASE_REGISTER))
        self.matter = MatterPanel(self.tr("纠纷情况"))
        self.life = LifePanel(self.tr("流转和结果"))
        self.links = LinksPanel(self.tr("关联案件"))
        self.contents = ContentsPanel(self.tr("办案材料"))
        if context.office.kind is NodeKind.COUNTY:  # agreements are written in the townships
            self.contents.places -= {Place.AGREEMENT}
        self.mediators = MediatorsPanel(self.tr("调解员"))
        self.dates = DatesPanel(self.tr("期限"))
        self.all_changes = button(
            self.tr("全部修改记录"), self.show_changes, picture="history", weight=Weight.LINK
        )
        self.history = HistoryPanel(self.tr("办理经过"), self.all_changes)
        self._panels = (
            self.parties, self.matter, self.life, self.links, self.mediators, self.dates, self.history,
        )  # fmt: skip
        self.next = NextPanel(self.tr("下一步"))
        self.next.chosen.connect(self.do)
        self.next.more_asked.connect(self.show_more)
        self.contents.chosen.connect(self._go_to_contents)
        self.parties.case_asked.connect(partial(self.navigator.goto, Place.CASE))
        self.parties.uncovered.connect(self._note_uncovered)
        self.links.chosen.connect(partial(self.navigator.goto, Place.CASE))
        self._build()

    @property
    def deeds(self) -> dict[Deed, QPushButton]:
        """The buttons of the next step, the one that leads on first."""
        return self.next.deeds

    def _build(self) -> None:
        title = self.header.findChild(QLabel, "pageContext")
        if isinstance(title, QLabel):  # a long one must not keep the window from becoming narrow
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.header.add_widget(self.status)
        self.header.add_button(
            self.tr("返回"), self.navigator.back, picture="arrow-left", shortcut="Alt+Left"
        )
        if self.context.actor.may(Permission.PAPER_PRINT):
            self.header.add_button(
                self.tr("文书"), lambda: self.do(Deed.PAPERS), picture="file-text", shortcut="Ctrl+P"
            )
        strip = Card(margin=10)
        strip.add(self.strip)
        left, self._side = QWidget(), QWidget()
        for widget, cards in (
            (left, (self.parties, self.matter, self.life, self.history)),
            (self._side, (self.next, self.dates, self.contents, self.mediators, self.links)),
        ):
            column = QVBoxLayout(widget)
            column.setContentsMargins(0, 0, 4, 0)
            column.setSpacing(14)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._side_scrolled = Scrolled(self._side)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Scrolled(left), 1)
        row.addWidget(self._side_scrolled)
        self.body.addWidget(self.read_only)
        self.body.addWidget(strip)
        self.body.addLayout(row, 1)

    def show_changes(self) -> None:
        """Show every change of the case, field by field."""
        if self.case is not None:
            title = self.tr("全部修改记录　{number}").format(number=self.case.number)
            may_reveal = self.context.actor.may(Permission.CASE_REGISTER)
            self.dialog = changes = HistoryDialog(self.tasks, title, may_reveal=may_reveal, parent=self)
            changes.show_case(self.case.id)
            changes.open()

    def _note_uncovered(self) -> None:
        if self.case is not None:
            self.tasks.run(note_uncovered, self.case.id).then(None, owner=self)

    @override
    def open_item(self, item: str | None) -> None:
        if item != self._wanted:
            self._wanted, self.case = item, None
            self.banner.hide()
        self._opened = True
        self.reload()

    @override
    def load(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if self.context.office.kind is NodeKind.COUNTY:
            self.tasks.run(list_peers).then(self._take_owners, owner=self)
        asked: dict[Any, Callable[[Any], None]] = {
            case_hearings: self._take_hearings,
            case_ways: self._take_ways,
            count_contents: self.contents.show_contents,
            repeat_parties: self.parties.show_repeats,
        }
        for ask, take in asked.items():
            self.tasks.run(ask, wanted).then(take, refused=lambda _: None, owner=self)
        self.tasks.run(open_case, wanted).then(self._take, owner=self)

    @override
    def show_refused(self, refused: Refused) -> None:
        """Say what was not done; a case that is not there leaves nothing to be done."""
        super().show_refused(refused)
        if self.case is None:
            self.next.clear()

    def do(self, deed: Deed) -> None:
        """Open what a deed leads to."""
        case, where = self.case, OPENS.get(deed)
        if case is None or where is None:
            return
        if isinstance(where, Place):
            self.navigator.goto(where, self._item(where, deed, case))
            return
        self.dialog = make_dialog(where, self.tasks, case, self)
        led_on = getattr(self.dialog, "led_on", None)  # the work goes on at another place
        if led_on is not None:
            led_on.connect(self.navigator.goto)
        self.banner.hide()
        self.dialog.accepted.connect(partial(self._tell_done, deed))
        self.dialog.open()

    def _item(self, place: Place, deed: Deed, case: CaseView) -> str | None:
        """What the place of a deed is asked to show."""
        if place is Place.SESSION:
            hearing = coming_hearing(self.hearings)
            return hearing.id if hearing else None
        return f"{case.id}#{TABS[deed]}" if deed in TABS else case.id

    def _go_to_contents(self, place: Place, tab: str) -> None:
        if self.case is not None:
            self.navigator.goto(place, f"{self.case.id}#{tab}" if tab else self.case.id)

    def show_more(self) -> None:
        """Show every other deed of this state, the hindered ones with their reason."""
        if self.case is None:
            return
        self.more = MoreDialog(self.case, self.others, self)
        self.more.chosen.connect(self.do)
        self.more.open()

    def _tell_done(self, deed: Deed) -> None:
        """Say what was done, unless the window does with the offer to take it back."""
        if not self.banner.isHidden():
            return
        done, form = self.tr("已完成：{deed}").format(deed=label(deed)), NOTICE_OF.get(deed)
        if form is None or self.case is None:
            self.say(done, Tone.GOOD)
            return
        item = f"{self.case.id}#{form}"
        print_it = partial(self.navigator.goto, Place.PAPERS, item)
        self.say(done, Tone.GOOD, action=self.tr("打印通知书"), then=print_it)

    def _take_owners(self, rows: tuple[PeerRow, ...]) -> None:
        self._owners = {row.node: row.name for row in rows}

    def _take_hearings(self, hearings: tuple[HearingView, ...]) -> None:
        self.hearings = hearings

    def _take_ways(self, ways: tuple[Way, ...]) -> None:
        self.ways = ways

    def _take(self, case: CaseView) -> None:
        if case.id != self._wanted:
            return
        self.case = case
        self.header.set_title(case.number)
        self.header.set_context(case.title)
        self.header.setToolTip(case.title)
        self.status.show_state(label(case.status), status_tone(case.status))
        self.strip.show_case(case)
        for panel in self._panels:
            panel.show_case(case)
        if case.writable:
            self.read_only.hide()
        else:
            owner = self.tr("本案由{owner}办理，这里只能查看。需要修改请联系承办单位。")
            name = self._owners.get(case.owner, case.owner)
            self.read_only.say(owner.format(owner=name), Tone.INFO, lasting=True)
        self.next_step = next_step(case, self.ways, self.context.actor, self.hearings)
        self._show_next(self.next_step, case)

    def _show_next(self, step: NextStep, case: CaseView) -> None:
        focused = self.window().focusWidget()
        lead = self._opened or (focused is not None and self.next.isAncestorOf(focused))
        self._opened = False
        mine = offered(self.ways, case, self.context.actor) if case.writable else ()
        beside = {*step.deeds, step.blocked}
        self.others = tuple(way for way in mine if way.deed not in beside)
        self.next.show_step(case, step, len(self.others))
        if lead:
            self.next.lead()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = SIDE if self.width() >= px(ROOMY) else NARROW_SIDE
        self._side_scrolled.setFixedWidth(px(width))
        self._side_scrolled.setAlignment(Qt.AlignmentFlag.AlignTop)
