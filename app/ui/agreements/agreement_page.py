"""人民调解协议书: written with its check beside it, saved, printed, signed."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.agreements import (
    AgreementStatus,
    AgreementView,
    Finding,
    SigningInput,
)
from app.domain.cases import CaseView
from app.domain.deadlines import RuleCode
from app.domain.errors import Reason, Refused
from app.domain.office.drafts import DraftKind, DraftRow
from app.domain.work.phrases import PhraseKind
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import (
    amend_agreement,
    check_agreement,
    record_oral_agreement,
    save_agreement,
)
from app.ui.agreements.abandon_dialog import AbandonDialog
from app.ui.agreements.agreement_list import (
    AgreementList,
    first_shown,
    may_begin,
    may_change,
    pending,
    replaceable,
    saved_words,
    signed_words,
)
from app.ui.agreements.desk import Desk
from app.ui.agreements.findings_panel import FindingsPanel
from app.ui.agreements.settlement_form import SettlementForm
from app.ui.agreements.signing_panel import SigningPanel
from app.ui.kit.card import Card, heading
from app.ui.kit.dialog import Dialog, ask
from app.ui.kit.draft_keeper import DraftKeeper
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.room import Scrolled
from app.ui.tasks import Request
from app.ui.theme import Tone, px
from app.ui.words.messages import shown
from app.ui.work.phrase_picker import phrase_button

PAUSE_MS = 250
CHANGE = "change"
PHRASES = (PhraseKind.TERM, PhraseKind.MANNER, PhraseKind.BREACH, PhraseKind.FACT)
_SIDE, _NARROW_SIDE, _NARROW = 300, 236, 1000


class AgreementPage(Page):
    """Opened with the id of a case; shows its agreement, or one to be written; `id#change` changes it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("调解协议"), parent)
        self._case_id: str | None = None
        self.desk = Desk()
        self._agreement: AgreementView | None = None
        self._changing = self._change_asked = False
        self._opened = False  # the field that comes next is to be gone to
        self._wanted: str | None = None
        self._checking: Request[tuple[Finding, ...]] | None = None
        self._may_write = context.actor.may(Permission.AGREEMENT_WRITE)
        self.question: Dialog | None = None
        self.form = SettlementForm(self)
        self.forms += [self.form.head, self.form.tail]
        self.keeper = DraftKeeper(self.tasks, DraftKind.AGREEMENT, self.form.snapshot, self)
        self.keeper.kept.connect(self._say_kept)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self.form.edited.connect(self._edited)
        for part in (self.form.head, self.form.tail):
            part.submitted.connect(self.save)
        self.change_button = self.header.add_button(self.tr("变更协议"), self.change, picture="pen-line")
        self.abandon_button = self.header.add_button(self.tr("作罢"), self.abandon, picture="ban")
        self.ledger_button = self.header.add_button(
            self.tr("履行台账"), lambda: self._go(Place.AFTER), picture="list"
        )
        self.print_button = self.header.add_button(self.tr("预览并打印"), self._print, picture="printer")
        self.save_button = self.header.add_button(
            self.tr("保存协议"), self.save, picture="save", primary=True, shortcut="Ctrl+S"
        )
        self._build()

    @override
    def open_item(self, item: str | None) -> None:
        self.banner.hide()
        self.keeper.flush()
        case_id, _, part = (item or "").partition("#")
        if case_id and case_id != self._case_id:
            self._case_id, self._agreement, self.desk = case_id, None, Desk()
        self._changing, self._opened, self._wanted = False, True, None
        self._change_asked = part == CHANGE
        self.reload()

    @override
    def may_leave(self) -> bool:
        self.keeper.flush()
        return True

    @override
    def load(self) -> None:
        if self._case_id is None:
            return
        self.desk.ask(self.tasks, self._case_id, self)
        self.keeper.open(self._case_id, self._show)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        self.list = AgreementList()
        self.list.chosen.connect(self._choose)
        self.list.new_asked.connect(lambda: self.open_item(self._case_id))
        column.addWidget(self.list)
        self.phrases = phrase_button(self, self.form.writing_at, lambda: self.desk.type_a, PHRASES)
        for part in (self.form.head, self.form.duties, self.form.tail):
            card = Card()
            if part is self.form.head:
                card.add(heading("", self.phrases))
            card.add(part)
            column.addWidget(card)
        column.addStretch(1)
        self._scroll = Scrolled(left)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(14)
        self.findings = FindingsPanel()
        self.signing = SigningPanel()
        self.signing.asked.connect(self._sign)
        beside.addWidget(self.signing)
        beside.addWidget(self.findings)
        beside.addStretch(1)
        self._beside = Scrolled(right)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._scroll, 1)
        row.addWidget(self._beside)
        self.body.addLayout(row, 1)

    def _show(self, draft: DraftRow | None) -> None:
        case = self.desk.case
        if case is None:
            return
        known = {one.id: one for one in self.desk.agreements}
        self._agreement = known.get(self._wanted or "") or first_shown(self.desk.agreements, case)
        if self._change_asked:
            self._changing = may_change(self._agreement, self.desk.agreements, case)
            self._change_asked = False
        agreement = None if self._changing else self._agreement
        self._fill(case)
        effective = agreement is not None and not pending(agreement)
        drafted = draft is not None and not effective and self.form.drafted(draft.body)
        if draft is not None and drafted:
            self.form.restore(draft.body)
        new = self._may_write and case.writable and may_begin(self.desk.agreements, case)
        self.list.show_agreements(self.desk.agreements, agreement, new=new)
        self._show_context(draft if drafted else None)
        self._show_state(case, agreement, effective=effective)
        self._check()
        if self._opened:
            self._opened = False
            self._go_to_next(agreement)

    def _fill(self, case: CaseView) -> None:
        """Show the chosen agreement, a change of it, or the beginning of a new one."""
        agreement = self._agreement
        self.form.offer(case, replaceable(self.desk.agreements, None if self._changing else agreement))
        if agreement is None:
            self.form.begin(case, self.desk.last_day(), print_ids=self.desk.print_ids)
        elif self._changing:
            self.form.begin_change(agreement, self.desk.today)
        else:
            self.form.show_agreement(agreement)

    def _go_to_next(self, agreement: AgreementView | None) -> None:
        """Begin where the work is: the first field, the missing signature, or printing."""
        if agreement is None and not self.save_button.isHidden():
            self.form.head.focus_first()
        elif agreement is not None and agreement.status is AgreementStatus.SIGNING:
            QTimer.singleShot(0, self, self.signing.focus_missing)  # its fields were only just made
        elif not self.print_button.isHidden():
            self.print_button.setFocus()

    def _choose(self, agreement: AgreementView) -> None:
        self.keeper.flush()
        self._wanted, self._changing = agreement.id, False
        self.load()

    def change(self) -> None:
        """Begin a change of the agreement shown; it is written, printed and signed beside it."""
        if self._agreement is not None:
            self._wanted, self._changing, self._opened = self._agreement.id, True, True
            self.load()

    def abandon(self) -> None:
        """Ask why the agreement shown is not signed any more."""
        if self._agreement is not None:
            self.question = AbandonDialog(self.tasks, self._agreement, self)
            self.question.accepted.connect(self._reload_afresh)
            self.question.open()

    def _reload_afresh(self) -> None:
        self.keeper.drop()
        self._wanted = None
        self.load()

    def _show_context(self, draft: DraftRow | None) -> None:
        if self.desk.case is None:
            return
        if draft is not None:
            self._say_kept(draft.saved_at)
            return
        number = self._agreement.number if self._agreement and not self._changing else None
        parts = (self.desk.case.title, number or self.desk.case.number)
        self.header.set_context("　".join(parts))

    def _show_state(self, case: CaseView, agreement: AgreementView | None, *, effective: bool) -> None:
        may_write = self._may_write and case.writable
        locked = effective or not may_write
        abandoned = agreement is not None and agreement.status is AgreementStatus.ABANDONED
        self.form.set_locked(all_of_it=locked, form=agreement is not None)
        self.findings.setHidden(effective)
        self.signing.setVisible(agreement is not None)
        self.print_button.setVisible(agreement is not None and not abandoned)
        self.save_button.setHidden(locked)
        self.phrases.setHidden(locked)
        self.change_button.setVisible(may_write and may_change(agreement, self.desk.agreements, case))
        beside = agreement is not None and (agreement.partial or agreement.replaces_id is not None)
        self.abandon_button.setVisible(may_write and beside and pending(agreement))
        self.ledger_button.setVisible(any(one.effective_on for one in self.desk.agreements))
        self._name_save()
        if agreement is not None:
            if self.desk.today is not None:
                self.signing.set_today(self.desk.today)
            confirm = next((one.due_on for one in case.deadlines if one.code == RuleCode.CONFIRM), None)
            signable = agreement.status is AgreementStatus.SIGNING and may_write
            self.signing.show_agreement(agreement, confirm, locked=not signable)

    def _name_save(self) -> None:
        fresh = self._agreement is None or self._changing
        oral = self.form.oral() and fresh
        kept = self.tr("保存协议") if fresh else self.tr("保存更改")
        self.save_button.setText(self.tr("登记口头协议") if oral else kept)

    def _edited(self) -> None:
        self.keeper.touch()
        self._name_save()
        self._pause.start()

    def _check(self) -> None:
        draft = self.form.readable()
        if self._checking is not None:
            self._checking.drop()
        if draft is None:
            return
        self._checking = self.tasks.run(check_agreement, draft)
        self._checking.then(self._take_findings, owner=self)

    def _take_findings(self, findings: Sequence[Finding]) -> None:
        codes = {finding.code for finding in findings}
        self.form.ask_reason(codes)
        self.findings.show_findings(findings)

    def _say_kept(self, at: object) -> None:
        kept = self.tr("草稿已自动保存 {when}").format(when=shown(at))
        self.header.set_context(f"{kept}　{self.desk.case.title}" if self.desk.case else kept)

    def save(self) -> None:
        """Save the settlement; a printed one is changed only after a question."""
        if not self._may_write or self._case_id is None or self.save_button.isHidden():
            return
        if gaps := self.form.gaps():
            self.show_refused(Refused(Reason.INVALID, problems=gaps))
            return
        out = self._agreement is not None and self._agreement.status is AgreementStatus.SIGNING
        if out and not self._changing:
            self.question = ask(
                self,
                self.tr("修改已打印的协议"),
                self.tr("协议已经打印。修改后编号不变，但要重新打印，各方重新签名。"),
                yes=self.tr("修改"),
                then=self._save,
            )
        else:
            self._save()

    def _save(self) -> None:
        wanted = self.form.readable()
        if wanted is None:
            return
        if self._agreement is not None and not self._changing:
            version = self._agreement.row_version
            self.act(amend_agreement, self._agreement.id, wanted, version, ok=self._saved)
        elif self.form.oral():
            self.act(record_oral_agreement, wanted, ok=self._saved)
        else:
            self.act(save_agreement, wanted, ok=self._saved)

    def _saved(self, agreement: AgreementView) -> None:
        self._wanted, self._changing, self._opened = agreement.id, False, True
        self.keeper.drop()
        self.say(saved_words(agreement), action=self.tr("预览并打印"), then=self._print)
        self.load()

    def _sign(self, signing: SigningInput) -> None:
        if self._agreement is not None:
            self.act(record_signatures, self._agreement.id, signing, ok=self._signed)

    def _signed(self, agreement: AgreementView) -> None:
        self._wanted = agreement.id
        if agreement.effective_on is not None:
            self.say(signed_words(agreement), action=self.tr("履行台账"), then=lambda: self._go(Place.AFTER))
        else:
            missing = shown(agreement.missing)
            self.say(self.tr("已登记。还缺：{who}。").format(who=missing), Tone.WARN)
        self.load()

    @override
    def show_refused(self, refused: Refused) -> None:
        left = self.form.place(refused)
        if left.reason is Reason.INVALID:
            left = Refused(Reason.INVALID, problems=self.signing.show_problems(left.details["problems"]))
        if left.reason is Reason.AGREEMENT_BLOCKED:
            self.form.ask_reason({finding.code for finding in left.details["findings"]})
        super().show_refused(left)
        QTimer.singleShot(0, self, self._scroll_to_focus)

    def _scroll_to_focus(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, px(40))

    def _print(self) -> None:
        self._go(Place.PAPERS)

    def _go(self, place: Place) -> None:
        if self._case_id is not None:
            self.keeper.flush()
            self.navigator.goto(place, self._case_id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(px(_NARROW_SIDE if self.width() < _NARROW else _SIDE))
