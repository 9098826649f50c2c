"""What Enter and Space do with a line of the worklist: where it lies, and the deed that settles it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.domain.actor import Permission
from app.domain.after.performance import PerformanceView
from app.domain.cases import CaseView
from app.domain.casework.hindrances import Way
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import HearingView
from app.domain.office.drafts import DraftKind
from app.domain.today import WorkItem, WorkKind
from app.services.after.view import open_performance
from app.services.cases.register import open_case
from app.services.flow.ways import case_ways
from app.services.hearings.scheduling import case_hearings
from app.ui.after.duty_dialogs import ReceiptDialog
from app.ui.cases.deeds import OPENS, TABS, make_dialog, offered
from app.ui.cases.next_step import coming_hearing, next_step
from app.ui.clock import office_today
from app.ui.hearings.service_dialog import ServiceDialog
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page
from app.ui.navigation import Place
from app.ui.theme import Tone
from app.ui.today.item_words import why_words
from app.ui.words.labels import label

_DRAFTS = {
    DraftKind.INTAKE: Place.INTAKE,
    DraftKind.SESSION: Place.SESSION,
    DraftKind.AGREEMENT: Place.AGREEMENT,
    DraftKind.DEED: Place.CASE,
}
_PLACES = {
    WorkKind.HEARING: Place.SESSION,
    WorkKind.RECORD: Place.SESSION,
    WorkKind.TENTATIVE: Place.CALENDAR,
    WorkKind.SIGN: Place.AGREEMENT,
    WorkKind.PACKAGE: Place.PACKAGES,
    WorkKind.UNACKED: Place.PACKAGES,
    WorkKind.TERM: Place.ROSTER,
    WorkKind.CALENDAR: Place.SETTINGS,
    WorkKind.BACKUP: Place.SETTINGS,
}
_DEEDS = {
    WorkKind.PAYMENT: (Deed.PERFORMANCE,),
    WorkKind.FOLLOW_UP: (Deed.FOLLOW_UP, Deed.PERFORMANCE),
    WorkKind.RETURNED: (Deed.TRIAGE, Deed.ACCEPT),
    WorkKind.ANSWER: (Deed.ANSWER_TRANSFER, Deed.ANSWER_COUNTY),
    WorkKind.RECUSAL: (Deed.RECUSAL,),
    WorkKind.RISK: (Deed.RISK,),
    WorkKind.STRIKE_OFF: (Deed.STRIKE_OFF,),
}

_BY_WAYS = frozenset({WorkKind.DEADLINE, WorkKind.IDLE, *_DEEDS})
"""What the state of the case decides on."""


def place_of(item: WorkItem) -> tuple[Place, str | None] | None:
    """Where Enter leads; None for what is settled outside the program."""
    kind = item.key.kind
    if kind is WorkKind.CLOCK:
        return None
    if kind is WorkKind.DRAFT and item.draft is not None:
        return _DRAFTS[item.draft], item.record
    if kind is WorkKind.SIGN and item.status is CaseStatus.AGREED_WRITTEN:
        return Place.PAPERS, item.case_id
    place = _PLACES.get(kind, Place.CASE)
    if place in (Place.SESSION, Place.CASE):
        return place, item.record
    return place, item.case_id or None


class Doer(QObject):
    """Settles lines from the list: a dialog over the page where there is one, else the place of the work."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: Dialog | None = None

    def open(self, item: WorkItem) -> None:
        """Go where the line lies."""
        where = place_of(item)
        if where is None:
            self._page.say(why_words(item, office_today()), Tone.WARN)
        else:
            self._page.navigator.goto(*where)

    def do(self, item: WorkItem) -> None:
        """Settle the line: the dialog or page of what it asks for."""
        kind = item.key.kind
        if kind is WorkKind.PAYMENT:
            self._ask(open_performance, item.case_id, then=partial(self._receive, item))
        elif kind is WorkKind.UNSERVED:
            self._ask(case_hearings, item.case_id, then=partial(self._serve, item))
        elif (
            (kind is WorkKind.DRAFT and item.note in set(Deed))
            or kind in _DEEDS
            or kind in (WorkKind.DEADLINE, WorkKind.IDLE)
        ):
            self._ask(open_case, item.case_id, then=partial(self._look_for_ways, item))
        else:
            self.open(item)

    def _ask(self, use_case: Any, case_id: str, *, then: Callable[[Any], object]) -> None:
        self._page.banner.hide()
        self._page.tasks.run(use_case, case_id).then(then, owner=self._page)

    def _receive(self, item: WorkItem, ledger: PerformanceView) -> None:
        duty = next((duty for duty in ledger.duties if duty.id == item.record and duty.owed), None)
        if duty is None or not self._may(Permission.AGREEMENT_WRITE) or not ledger.writable:
            self._page.navigator.goto(Place.AFTER, item.case_id)
        else:
            self._show(ReceiptDialog(self._page.tasks, duty, ledger.today, self._page))

    def _serve(self, item: WorkItem, hearings: Sequence[HearingView]) -> None:
        found = next((hearing for hearing in hearings if hearing.id == item.record), None)
        if found is None:
            self.open(item)
        else:
            self._show(ServiceDialog(self._page.context, found, office_today(), self._page))

    def _look_for_ways(self, item: WorkItem, case: CaseView) -> None:
        self._ask(case_ways, case.id, then=partial(self._choose, item, case))

    def _choose(self, item: WorkItem, case: CaseView, ways: Sequence[Way]) -> None:
        """The deed of the line that can be done now, else the next step as the case's page offers it."""
        actor = self._page.context.actor
        open_ones = {way.deed for way in offered(ways, case, actor) if way.open} if case.writable else set()
        if item.key.kind is WorkKind.DRAFT:
            deeds = [deed for deed in (Deed(item.note),) if deed in open_ones]  # its dialog offers the draft
        else:
            wanted = [deed for deed in _DEEDS.get(item.key.kind, ()) if deed in open_ones]
            deeds = wanted or list(next_step(case, ways, actor).deeds)
        if deeds:
            self._begin(deeds[0], case)
        else:
            self.open(item)

    def _begin(self, deed: Deed, case: CaseView) -> None:
        where = OPENS[deed]
        if not isinstance(where, Place):
            self._show(make_dialog(where, self._page.tasks, case, self._page), deed)
        elif where is Place.SESSION:
            self._ask(case_hearings, case.id, then=partial(self._hold, case))
        else:
            item = f"{case.id}#{TABS[deed]}" if deed in TABS else case.id
            self._page.navigator.goto(where, item)

    def _hold(self, case: CaseView, hearings: Sequence[HearingView]) -> None:
        found = coming_hearing(hearings)
        if found is None:
            self._page.navigator.goto(Place.CASE, case.id)
        else:
            self._page.navigator.goto(Place.SESSION, found.id)

    def _show(self, dialog: Dialog, deed: Deed | None = None) -> None:
        """Open a dialog; when it is done, say so, and 撤销 is offered beside it."""
        self.dialog = dialog
        led_on = getattr(dialog, "led_on", None)  # the work goes on at another place
        if led_on is not None:
            led_on.connect(self._page.navigator.goto)
        if deed is not None:
            dialog.accepted.connect(partial(self._tell_done, deed))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _tell_done(self, deed: Deed) -> None:
        if self._page.banner.isHidden():
            self._page.say(self.tr("已完成：{deed}").format(deed=label(deed)))

    def _may(self, permission: Permission) -> bool:
        return self._page.context.actor.may(permission)
