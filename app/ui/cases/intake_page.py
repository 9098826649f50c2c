"""Registering a dispute: the form, its drafts, and the chain from registering to assigning."""

from functools import partial
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.changes import Changes, Topic
from app.domain.errors import Refused
from app.domain.intake_draft import IntakeDraft, PartyDraft
from app.domain.office.drafts import DraftKind, DraftRow
from app.domain.roster import AssignInput, MediatorLoad, MediatorRow
from app.domain.values.office_clock import office_time
from app.services.cases.decisions import accept_case
from app.services.cases.drafts import drop_draft, list_drafts, save_draft, throw_draft
from app.services.cases.register import register_case
from app.services.roster.assignments import assign_mediators, mediator_load
from app.services.roster.entries import list_mediators
from app.ui.cases.draft_shelf import DraftShelf
from app.ui.cases.intake.decision_step import Decision
from app.ui.cases.intake.intake_form import REVIEW, IntakeForm
from app.ui.cases.intake.lead_choice import Offered
from app.ui.cases.registered_card import RegisteredCard
from app.ui.kit.dialog import ask
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.theme import Tone
from app.ui.words.messages import sentence

SAVE_MS = 1000
"""So long after an unsaved edit the draft is kept; together with the save itself under 1.5 seconds."""


class IntakePage(Page):
    """登记新案件. The item is the id of a draft to go on with, or nothing."""

    topics: Changes = frozenset({Topic.DRAFTS, Topic.ROSTER})

    def __init__(self, context: Context) -> None:
        super().__init__(context, self.tr("登记新案件"))
        self.draft_id = _new_id()
        self._kept = False  # whether this draft is in the file
        self._case: CaseView | None = None
        self.form = IntakeForm(context)
        self.shelf = DraftShelf()
        self.registered = RegisteredCard()
        self._stack = QStackedWidget()
        for part in (self.form, self.shelf, self.registered):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self._keep_button = self.header.add_button(
            self.tr("存为草稿"), self._keep_and_leave, picture="save", shortcut="Ctrl+S"
        )
        self._drop_button = self.header.add_button(self.tr("取消"), self._ask_to_drop)
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(SAVE_MS)
        self._save_soon.timeout.connect(self.save)
        self._wire()
        self._show(self.form)

    def _wire(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.register_asked.connect(self.register)
        self.form.turned.connect(self.banner.hide)
        self.form.parties.removed.connect(self._tell_removed)
        self.form.parties.look_asked.connect(partial(self.navigator.goto, Place.CASE))
        self.form.review.look_asked.connect(partial(self.navigator.goto, Place.CASE))
        self.shelf.chosen.connect(self._resume)
        self.shelf.thrown.connect(self._ask_to_throw)
        self.shelf.new_asked.connect(self.begin)
        self.registered.new_asked.connect(self.begin)
        self.registered.open_asked.connect(lambda: self._go_with_case(Place.CASE))
        self.registered.print_asked.connect(lambda: self._go_with_case(Place.PAPERS))

    @override
    def open_item(self, item: str | None) -> None:
        if item is None and self._shows(self.form) and not self.form.is_blank():
            return  # an unfinished form stays as it was left
        if item is not None and item == self.draft_id and self._shows(self.form):
            return
        self.banner.hide()
        self.begin()
        self.tasks.run(list_drafts, DraftKind.INTAKE).then(partial(self._choose, item), owner=self)

    @override
    def load(self) -> None:
        if self._shows(self.shelf):
            self.tasks.run(list_drafts, DraftKind.INTAKE).then(self._show_shelf, owner=self)
        self.tasks.run(list_mediators).then(self._load_mediators, owner=self)

    @override
    def may_leave(self) -> bool:
        if self._save_soon.isActive():
            self.save()
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def begin(self) -> None:
        """Show an empty form."""
        self._save_soon.stop()
        self.draft_id, self._kept, self._case = _new_id(), False, None
        self.form.clear()
        self.header.set_context("")
        self._show(self.form)

    def save(self) -> None:
        """Keep the draft now."""
        self._save_soon.stop()
        if self._shows(self.form) and (self._kept or not self.form.is_blank()):
            self._kept = True
            body = self.form.snapshot().to_body()
            asked = self.tasks.run(save_draft, DraftKind.INTAKE, self.draft_id, body)
            asked.then(self._saved, owner=self)

    def register(self) -> None:
        """Register the case when nothing is to be put right, else show what is."""
        reading = self.form.read()
        if reading.problems:
            self.form.go(REVIEW)
            self.say(self.tr("没有登记：还有要改的地方，请按下面列出的逐项改正。"), Tone.BAD)
            return
        self.act(register_case, reading.intake, ok=partial(self._registered, reading.decision))

    def _edited(self) -> None:
        if not self._save_soon.isActive():
            self._save_soon.start()

    def _saved(self, row: DraftRow) -> None:
        if row.subject == self.draft_id and self._shows(self.form):
            when = f"{office_time(row.saved_at):%H:%M}"
            self.header.set_context(self.tr("草稿已自动保存 {when}").format(when=when))

    def _choose(self, item: str | None, drafts: tuple[DraftRow, ...]) -> None:
        wanted = next((draft for draft in drafts if draft.subject == item), None)
        if wanted is not None:
            self._resume(wanted)
        elif drafts and item is None:
            self._show_shelf(drafts)

    def _show_shelf(self, drafts: tuple[DraftRow, ...]) -> None:
        self.shelf.show_drafts(drafts)
        self._show(self.shelf)
        if not drafts:
            self.begin()

    def _resume(self, row: DraftRow) -> None:
        self._show(self.form)
        self.draft_id, self._kept = row.subject, True
        self.form.restore(IntakeDraft.from_body(row.body))
        self._save_soon.stop()
        self._saved(row)

    def _ask_to_throw(self, row: DraftRow) -> None:
        ask(
            self,
            self.tr("删除草稿"),
            self.tr("删除的草稿在回收站保留 90 天，期间可以恢复。"),
            yes=self.tr("删除草稿"),
            then=lambda: self.act(throw_draft, DraftKind.INTAKE, row.subject),
            danger=True,
        )

    def _ask_to_drop(self) -> None:
        if self.form.is_blank() and not self._kept:
            self.navigator.back()
            return
        ask(
            self,
            self.tr("取消登记"),
            self.tr("已填的内容放进回收站，90 天内可以恢复。想以后接着填，请点“存为草稿”。"),
            yes=self.tr("不保留"),
            then=self._drop_and_leave,
            danger=True,
        )

    def _drop_and_leave(self) -> None:
        self.save()  # what was typed last lies in the bin, too
        if self._kept:
            self.tasks.run(throw_draft, DraftKind.INTAKE, self.draft_id).then(owner=self)
            self._kept = False
        self.begin()
        self.navigator.back()

    def _keep_and_leave(self) -> None:
        self.save()
        self.begin()
        self.navigator.back()

    def _forget_draft(self) -> None:
        self._save_soon.stop()
        if self._kept:
            self.tasks.run(drop_draft, DraftKind.INTAKE, self.draft_id).then(owner=self)
        self._kept = False

    def _tell_removed(self, draft: PartyDraft, at: int, name: str) -> None:
        self.say(
            self.tr("已移除 {name}").format(name=name),
            Tone.INFO,
            action=self.tr("撤销"),
            then=lambda: self._undo(draft, at),
        )

    def _undo(self, draft: PartyDraft, at: int) -> None:
        self.banner.hide()
        self.form.parties.bring_back(draft, at)

    def _registered(self, decision: Decision, case: CaseView) -> None:
        self._forget_draft()
        self._finish(case)
        if not decision.accept:
            return
        self.set_busy(True)
        self.tasks.run(accept_case, case.id, True, False).then(
            partial(self._accepted, decision),
            refused=partial(self._stopped, case),
            done=lambda: self.set_busy(False),
            owner=self,
        )

    def _accepted(self, decision: Decision, case: CaseView) -> None:
        self._finish(case)
        if not decision.lead_id:
            return
        wanted = AssignInput(case.id, decision.lead_id, override_reason=decision.override_reason)
        self.set_busy(True)
        self.tasks.run(assign_mediators, wanted).then(
            self._finish,
            refused=partial(self._stopped, case),
            done=lambda: self.set_busy(False),
            owner=self,
        )

    def _stopped(self, case: CaseView, refused: Refused) -> None:
        self._finish(case, sentence(refused))

    def _finish(self, case: CaseView, warning: str = "") -> None:
        self._case = case
        self.banner.hide()
        self.header.set_context("")
        self._show(self.registered)
        self.registered.show_case(case, warning)

    def _go_with_case(self, place: Place) -> None:
        case = self._case
        self.begin()
        if case is not None:
            self.navigator.goto(place, case.id)

    def _load_mediators(self, rows: tuple[MediatorRow, ...]) -> None:
        self.tasks.run(mediator_load).then(partial(self._offer, rows), owner=self)

    def _offer(self, rows: tuple[MediatorRow, ...], loads: tuple[MediatorLoad, ...]) -> None:
        self.form.decision.lead.offer(Offered(rows, loads))

    def _shows(self, part: object) -> bool:
        return self._stack.currentWidget() is part

    def _show(self, part: IntakeForm | DraftShelf | RegisteredCard) -> None:
        self._stack.setCurrentWidget(part)
        for made in (self._keep_button, self._drop_button):
            made.setHidden(part is not self.form)
        self._focus()

    def _focus(self) -> None:
        """Let the person type at once."""
        if self._shows(self.form):
            self.form.focus_first()
        elif self._shows(self.shelf):
            self.shelf.new_button.setFocus()


def _new_id() -> str:
    return uuid4().hex
