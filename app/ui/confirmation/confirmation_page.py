"""司法确认: the clock, the application with its checks and materials, and what the court did."""

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Changes, Topic
from app.domain.confirming.confirmation import (
    ApplicationInput,
    ConfirmationCheck,
    ConfirmationDesk,
    ConfirmationStage,
)
from app.domain.errors import Reason, Refused
from app.domain.papers.listing import PrintedPaper
from app.services.confirmation.applying import apply_confirmation, prepare_confirmation
from app.services.confirmation.view import open_confirmation
from app.services.papers.pack import print_pack
from app.ui.confirmation.application_form import application_form
from app.ui.confirmation.cards import ClockCard, MaterialCard, StoryCard
from app.ui.confirmation.pack_dialog import PackDialog
from app.ui.confirmation.step_dialogs import DecideDialog, DocketDialog
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading
from app.ui.kit.chip import Chip
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.form import Form
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.room import Scrolled
from app.ui.theme import Tone, px
from app.ui.words.labels import label

NARROW = 1000  # logical pixels of the page; below, the lists come under the form
_SIDE, _ANY = 330, 16777215


class ConfirmationPage(Page):
    """The item is the id of a case."""

    topics: Changes = frozenset({Topic.CASES, Topic.AGREEMENTS, Topic.PAPERS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("司法确认"), parent)
        self._wanted: str | None = None
        self._desk: ConfirmationDesk | None = None
        self._chosen: str | None = None
        self._filled: tuple[str, int] | None = None
        self.form: Form[ApplicationInput] | None = None
        self.dialog: Dialog | None = None
        self._may_write = context.actor.may(Permission.AGREEMENT_WRITE)
        self.status = Chip()
        self.clock = ClockCard()
        self.materials = MaterialCard()
        self.story = StoryCard()
        self.which = ChoiceEditor([])
        self.which.setAccessibleName(self.tr("协议"))
        self.print_button = button(
            self.tr("保存并打印材料"), self.print_all, picture="printer", shortcut="Ctrl+P"
        )
        self.apply_button = button(
            self.tr("登记申请"), self.apply, picture="check", weight=Weight.PRIMARY, shortcut="Ctrl+S"
        )
        self.header.add_widget(self.status)
        self.header.add_button(
            self.tr("返回"), self.navigator.back, picture="arrow-left", shortcut="Alt+Left"
        )
        self.header.add_button(self.tr("协议"), lambda: self._go(Place.AGREEMENT), picture="handshake")
        self.header.add_button(self.tr("案件"), lambda: self._go(Place.CASE), picture="folder-open")
        self._build()
        self.which.edited.connect(self._choose)
        self.story.asked.connect(self._step)
        QShortcut(QKeySequence("F5"), self, self.load)

    @override
    def open_item(self, item: str | None) -> None:
        if item is not None and item != self._wanted:
            self._wanted, self._desk, self._chosen, self._filled = item, None, None, None
            self.banner.hide()
        self.reload()

    @override
    def load(self) -> None:
        if self._wanted is not None:
            self.tasks.run(open_confirmation, self._wanted).then(self._take, owner=self)

    def _build(self) -> None:
        self._card = Card(margin=12)
        self._card.add(heading(self.tr("申请")))
        self._slot = QWidget()
        self._card.add(self._slot)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.print_button)
        foot.addWidget(self.apply_button)
        self._card.add(foot)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.story)
        side.addWidget(self.materials)
        side.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self._card)
        left.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(12)
        self._across.addLayout(left, 1)
        self._across.addWidget(self._side)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.which)
        column.addWidget(self.clock)
        column.addLayout(self._across)
        column.addStretch(1)
        self.body.addWidget(Scrolled(inner), 1)
        for part in (self.which, self._card, self._side):
            part.hide()

    def check(self) -> ConfirmationCheck | None:
        """The agreement looked at."""
        checks = self._desk.checks if self._desk else ()
        found = (one for one in checks if one.agreement_id == self._chosen)
        return next(found, checks[0] if checks else None)

    def _take(self, desk: ConfirmationDesk) -> None:
        if desk.case_id != self._wanted:
            return
        self._desk = desk
        self.header.set_context(f"{desk.case_number}　{desk.title}")
        named = self.tr("第{seq}份协议　{number}")
        self.which.blockSignals(True)
        self.which.set_options(
            [(one.agreement_id, named.format(seq=one.seq, number=one.number)) for one in desk.checks]
        )
        self._show()
        self.which.blockSignals(False)

    def _choose(self) -> None:
        self._chosen = self.which.value()
        self._show()

    def _show(self) -> None:
        found = self.check()
        self.which.setVisible(self._desk is not None and len(self._desk.checks) > 1)
        self._side.setVisible(found is not None)
        self.status.setVisible(found is not None)
        if found is None:
            self._card.hide()
            self.clock.show_nothing()
            return
        self._chosen = found.agreement_id
        self.which.set_value(found.agreement_id)
        tone = Tone.BAD if found.lost else Tone.INFO
        self.status.show_state(self.tr("已过期") if found.lost else label(found.stage), tone)
        self.clock.show_check(found)
        self.materials.show_check(found)
        writable = self._may_write and self._desk is not None and self._desk.writable
        self.story.show_check(found, writable=writable)
        late = found.lost and found.stage in (ConfirmationStage.NONE, ConfirmationStage.PREPARED)
        self._card.setVisible(writable and (found.open or late))
        self._place()
        self.print_button.setVisible(found.open and self.context.actor.may(Permission.PAPER_PRINT))
        self._fill(found)

    def _fill(self, found: ConfirmationCheck) -> None:
        """A form for this agreement; what is being typed stays while nothing was saved."""
        key = (found.agreement_id, found.current.row_version if found.current else 0)
        if self._filled == key or self._card.isHidden():
            return
        self._filled = key
        old, self.form = self._slot, application_form(found)
        self._slot = self.form
        self._card.body.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.forms = [self.form]
        self.form.submitted.connect(self.apply)
        self.form.focus_first()

    def apply(self) -> None:
        """登记申请: write down that they all applied."""
        wanted = self._typed()
        if wanted is not None:
            self.act(apply_confirmation, *wanted, ok=lambda _: self.say(self.tr("已登记申请。")))

    def print_all(self) -> None:
        """Keep what is typed, make both papers final and print them."""
        wanted = self._typed()
        if wanted is not None:
            self.act(prepare_confirmation, *wanted, ok=self._print)

    def _print(self, found: ConfirmationCheck) -> None:
        self.act(print_pack, found.agreement_id, ok=self._send)

    def _send(self, papers: tuple[PrintedPaper, ...]) -> None:
        dialog = PackDialog(self.tasks, papers, self)
        dialog.elsewhere.connect(lambda: self._go(Place.PAPERS))
        dialog.accepted.connect(lambda: self.say(self.tr("申请材料已送打印机。")))
        self._open(dialog)

    def _typed(self) -> tuple[ApplicationInput, int | None] | None:
        found, value = self.check(), self.form.value() if self.form else None
        if found is None or value is None:
            return None
        row = found.current
        return value, row.row_version if row is not None and row.outcome is None else None

    def _step(self, name: str) -> None:
        found = self.check()
        if found is not None and found.current is not None and self._desk is not None:
            kind = DocketDialog if name == "docket" else DecideDialog
            self._open(kind(self.tasks, found.current, self._desk.today, self))

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(refused)
        if refused.reason is Reason.CONFIRMATION_TOO_LATE and self.form is not None:
            self.form.field("applied_on").setFocus()

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _go(self, place: Place) -> None:
        if self._wanted is not None:
            self.navigator.goto(place, self._wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Beside the form where there is room, else under it; alone over the whole width."""
        under = self.width() < px(NARROW) or self._card.isHidden()
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.TopToBottom if under else directions.LeftToRight)
        self._side.setMinimumWidth(0 if under else px(_SIDE))
        self._side.setMaximumWidth(_ANY if under else px(_SIDE))
