"""One case: where it stands, what is next, who and what it is about, what was done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.changes import Changes, Topic
from app.domain.errors import Refused
from app.domain.flow import CaseStatus
from app.domain.hearings import HearingView
from app.services.cases.register import open_case
from app.services.hearings.scheduling import case_hearings
from app.ui.cases.assign_dialog import AssignDialog
from app.ui.cases.case_panels import (
    DatesPanel,
    HistoryPanel,
    MatterPanel,
    MediatorsPanel,
    Panel,
    PartiesPanel,
    said,
)
from app.ui.cases.decide_dialogs import AcceptDialog, ConsentDialog, RefuseDialog, RightsDialog
from app.ui.cases.next_step import Deed, NextStep, coming_hearing, next_step
from app.ui.cases.stage_strip import StageStrip
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, Scrolled
from app.ui.kit.chip import Chip
from app.ui.kit.dialog import Dialog
from app.ui.kit.focus import settle_tab_order
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
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
        self._wanted: str | None = None
        self._opened = False  # its next step is to be gone to
        self.deeds: dict[Deed, QPushButton] = {}
        self.status = Chip()
        self.read_only = Banner()
        self.strip = StageStrip()
        self.parties = PartiesPanel(context.actor.may(Permission.CASE_REGISTER))
        self.matter = MatterPanel(self.tr("纠纷情况"))
        self.mediators = MediatorsPanel(self.tr("调解员"))
        self.dates = DatesPanel(self.tr("期限"))
        self.history = HistoryPanel(self.tr("办理经过"))
        self.next = Panel(self.tr("下一步"))
        self._build()

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
                self.tr("文书"), lambda: self._do(Deed.PAPERS), picture="file-text", shortcut="Ctrl+P"
            )
        strip = Card(margin=10)
        strip.add(self.strip)
        left, self._side = QWidget(), QWidget()
        for widget, cards in (
            (left, (self.parties, self.matter, self.history)),
            (self._side, (self.next, self.dates, self.mediators)),
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

    @override
    def open_item(self, item: str | None) -> None:
        if item != self._wanted:
            self._wanted, self.case = item, None
            self.banner.hide()
        self._opened = True
        self.reload()

    @override
    def load(self) -> None:
        if self._wanted is not None:
            self.tasks.run(case_hearings, self._wanted).then(
                self._take_hearings, refused=lambda _: None, owner=self
            )
            self.tasks.run(open_case, self._wanted).then(self._take, owner=self)

    @override
    def show_refused(self, refused: Refused) -> None:
        """Say what was not done; a case that is not there leaves nothing to be done."""
        super().show_refused(refused)
        if self.case is None:
            self.next.renew()

    def _take_hearings(self, hearings: tuple[HearingView, ...]) -> None:
        self.hearings = hearings

    def _take(self, case: CaseView) -> None:
        if case.id != self._wanted:
            return
        self.case = case
        self.header.set_title(case.number)
        self.header.set_context(case.title)
        self.header.setToolTip(case.title)
        self.status.show_state(label(case.status), status_tone(case.status))
        self.strip.show_status(case.status)
        for panel in (self.parties, self.matter, self.mediators, self.dates, self.history):
            panel.show_case(case)
        if case.writable:
            self.read_only.hide()
        else:
            owner = self.tr("本案由 {owner} 办理，这里只能查看。需要修改请联系承办单位。")
            self.read_only.say(owner.format(owner=case.owner), Tone.INFO, lasting=True)
        self._show_next(next_step(case, self.context.actor, self.hearings, office_today()), case)

    def _show_next(self, step: NextStep, case: CaseView) -> None:
        focused = self.window().focusWidget()
        lead = self._opened or (focused is not None and self.next.isAncestorOf(focused))
        self._opened = False
        column = self.next.renew()
        title = label(case.status) if case.status is CaseStatus.REJECTED else label(case.step)
        heading = QLabel(title)
        heading.setObjectName("dialogTitle")
        column.addWidget(heading)
        column.addWidget(said(step.why, "problem" if step.hindered else ""))
        self.deeds = {}
        for at, deed in enumerate(step.deeds):
            weight = Weight.PRIMARY if at == 0 else Weight.PLAIN
            made = button(self._words(deed, case), partial(self._do, deed), weight=weight)
            made.setAutoDefault(at == 0)
            column.addSpacing(4 if at == 0 else 0)
            column.addWidget(made)
            self.deeds[deed] = made
        settle_tab_order(self.next)
        if lead and step.deeds:
            self.deeds[step.deeds[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, deed: Deed, case: CaseView) -> str:
        again = case.status in (CaseStatus.SCHEDULED, CaseStatus.IN_SESSION)
        words = {
            Deed.CONSENT: self.tr("记录同意或拒绝"),
            Deed.ACCEPT: self.tr("受理"),
            Deed.REFUSE: self.tr("不予受理"),
            Deed.ASSIGN: self.tr("更换调解员") if case.assignments else self.tr("指派调解员"),
            Deed.RIGHTS: self.tr("记录权利义务告知"),
            Deed.SCHEDULE: self.tr("改期或再排一次") if again else self.tr("排期"),
            Deed.SESSION: self.tr("调解记录"),
            Deed.AGREEMENT: self.tr("起草协议") if case.status is CaseStatus.IN_SESSION else self.tr("协议"),
            Deed.PAPERS: self.tr("打印协议书")
            if case.status is CaseStatus.AGREED_WRITTEN
            else self.tr("文书"),
        }
        if deed is Deed.AGREEMENT and case.status is CaseStatus.SIGNING:
            return self.tr("登记签名盖章")
        return words[deed]

    def _do(self, deed: Deed) -> None:
        case = self.case
        if case is None:
            return
        hearing = coming_hearing(self.hearings)
        dialogs: dict[Deed, Callable[..., Dialog]] = {
            Deed.CONSENT: ConsentDialog,
            Deed.ACCEPT: AcceptDialog,
            Deed.REFUSE: RefuseDialog,
            Deed.ASSIGN: AssignDialog,
            Deed.RIGHTS: RightsDialog,
        }
        places = {
            Deed.SCHEDULE: (Place.CALENDAR, case.id),
            Deed.SESSION: (Place.SESSION, hearing.id if hearing else None),
            Deed.AGREEMENT: (Place.AGREEMENT, case.id),
            Deed.PAPERS: (Place.PAPERS, case.id),
        }
        if deed in dialogs:
            self.dialog = dialogs[deed](self.tasks, case, self)
            self.dialog.open()
        else:
            self.navigator.goto(*places[deed])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = SIDE if self.width() >= px(ROOMY) else NARROW_SIDE
        self._side_scrolled.setFixedWidth(px(width))
        self._side_scrolled.setAlignment(Qt.AlignmentFlag.AlignTop)
