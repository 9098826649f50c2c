"""履行和回访: the ledger of a case's agreements, and the visits that follow."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.after.performance import DutyRow, PerformanceView, ReceiptView
from app.domain.cases import CaseView
from app.domain.changes import Changes, Topic
from app.domain.flow import CaseStatus
from app.domain.papers.forms import FormId
from app.services.after.view import open_performance
from app.services.cases.register import open_case
from app.ui.after.case_dialogs import (
    AtOnceDialog,
    BreachDialog,
    BreachWayDialog,
    FollowUpDialog,
    SkipVisitDialog,
)
from app.ui.after.duty_dialogs import DemandDialog, PostponeDialog, ReceiptDialog, ReleaseDialog, VoidDialog
from app.ui.after.ledger_tab import LedgerTab
from app.ui.after.visits_tab import VisitsTab
from app.ui.kit.chip import Chip
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.theme import Tone
from app.ui.words.due_words import status_tone
from app.ui.words.labels import label

_OF_A_DUTY = {
    "receipt": ReceiptDialog,
    "demand": DemandDialog,
    "postpone": PostponeDialog,
    "release": ReleaseDialog,
}
_OF_THE_CASE = {"at_once": AtOnceDialog, "breach": BreachDialog, "way": BreachWayDialog}


class AfterPage(Page):
    """The item is the id of a case."""

    topics: Changes = frozenset({Topic.CASES, Topic.AGREEMENTS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("履行和回访"), parent)
        self._wanted: str | None = None
        self._case: CaseView | None = None
        self._ledger: PerformanceView | None = None
        self._begun = False
        self.dialog: Dialog | None = None
        may_write = context.actor.may(Permission.AGREEMENT_WRITE)
        self.status = Chip()
        self.ledger = LedgerTab(may_write)
        self.visits = VisitsTab(may_write)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("履行和回访"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.ledger, self.tr("履行台账"))
        self.tabs.addTab(self.visits, self.tr("回访"))
        self.body.addWidget(self.tabs, 1)
        self.header.add_widget(self.status)
        self.header.add_button(
            self.tr("返回"), self.navigator.back, picture="arrow-left", shortcut="Alt+Left"
        )
        self.header.add_button(self.tr("协议"), lambda: self._go(Place.AGREEMENT), picture="handshake")
        self.header.add_button(self.tr("案件"), lambda: self._go(Place.CASE), picture="folder-open")
        self.ledger.asked.connect(self._ask)
        self.ledger.void_asked.connect(self._void)
        self.visits.visit_asked.connect(lambda: self._open_case_dialog(FollowUpDialog))
        self.visits.skip_asked.connect(lambda: self._open_case_dialog(SkipVisitDialog))
        QShortcut(QKeySequence("F5"), self, self.load)

    @override
    def open_item(self, item: str | None) -> None:
        if item is not None and item != self._wanted:
            self._wanted, self._case, self._ledger = item, None, None
            self.banner.hide()
        self._begun = False
        self.reload()

    @override
    def load(self) -> None:
        if self._wanted is not None:
            self.tasks.run(open_case, self._wanted).then(self._take_case, owner=self)
            self.tasks.run(open_performance, self._wanted).then(self._take, owner=self)

    def _take_case(self, case: CaseView) -> None:
        if case.id == self._wanted:
            self._case = case
            self.header.set_context(f"{case.number}　{case.title}")
            self.status.show_state(label(case.status), status_tone(case.status))

    def _take(self, ledger: PerformanceView) -> None:
        if ledger.case_id != self._wanted:
            return
        self._ledger = ledger
        self.ledger.show_ledger(ledger)
        self.visits.show_ledger(ledger)
        visits = self.tr("回访（{count}）").format(count=len(ledger.follow_ups))
        self.tabs.setTabText(1, visits if ledger.follow_ups else self.tr("回访"))
        if not self._begun:
            self._begun = True
            waits_for_visit = ledger.status in (CaseStatus.PERFORMED, CaseStatus.FOLLOWED_UP)
            self.tabs.setCurrentWidget(self.visits if waits_for_visit else self.ledger)
            (self.visits.table if waits_for_visit else self.ledger.table).setFocus()

    def _ask(self, name: str, duty: DutyRow | None) -> None:
        if name in _OF_THE_CASE:
            self._open_case_dialog(_OF_THE_CASE[name])
        elif duty is not None and self._ledger is not None:
            dialog = _OF_A_DUTY[name](self.tasks, duty, self._ledger.today, self)
            if name == "demand":
                dialog.accepted.connect(self._offer_notice)
            self._open(dialog)

    def _offer_notice(self) -> None:
        """A demand can be handed over on paper (F25)."""
        self.say(
            self.tr("督促已登记。"),
            Tone.GOOD,
            action=self.tr("打印督促履行通知"),
            then=lambda: self.navigator.goto(Place.PAPERS, f"{self._wanted}#{FormId.DEMAND_NOTICE}"),
        )

    def _void(self, receipt: ReceiptView) -> None:
        self._open(VoidDialog(self.tasks, receipt, self))

    def _open_case_dialog(self, kind: type[Dialog]) -> None:
        if self._case is not None:
            self._open(kind(self.tasks, self._case, self))  # type: ignore[arg-type, call-arg]

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _go(self, place: Place) -> None:
        if self._wanted is not None:
            self.navigator.goto(place, self._wanted)
