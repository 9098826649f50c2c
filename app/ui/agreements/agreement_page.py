"""人民调解协议书: written with its check beside it, saved, printed, signed."""

from collections.abc import Sequence
from datetime import date

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
from app.domain.drafts import DraftKind, DraftRow
from app.domain.errors import Reason, Refused
from app.domain.hearings import SessionView
from app.domain.office.settings import OfficeSettings, SettingKey
from app.domain.values.calendar import OfficeDay
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import (
    amend_agreement,
    case_agreement,
    check_agreement,
    record_oral_agreement,
    save_agreement,
)
from app.services.cases.register import open_case
from app.services.hearings.session_records import case_sessions
from app.services.hearings.timetable import day_kinds
from app.services.kernel.settings import read_settings
from app.ui.agreements.findings_panel import FindingsPanel
from app.ui.agreements.settlement_form import SettlementForm
from app.ui.agreements.signing_panel import SigningPanel
from app.ui.kit.card import Card, Scrolled
from app.ui.kit.date_edit import date_words
from app.ui.kit.dialog import Dialog, ask
from app.ui.kit.draft_keeper import DraftKeeper
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.tasks import Request
from app.ui.theme import Tone, px
from app.ui.words.messages import shown

PAUSE_MS = 250
_SIDE, _NARROW_SIDE, _NARROW = 300, 236, 1000


class AgreementPage(Page):
    """Opened with the id of a case; shows its agreement, or one to be written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("调解协议"), parent)
        self._case_id: str | None = None
        self._case: CaseView | None = None
        self._agreement: AgreementView | None = None
        self._sessions: tuple[SessionView, ...] = ()
        self._today: date | None = None
        self._print_ids = False
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
        self.print_button = self.header.add_button(self.tr("预览并打印"), self._print, picture="printer")
        self.save_button = self.header.add_button(
            self.tr("保存协议"), self.save, picture="save", primary=True, shortcut="Ctrl+S"
        )
        self._build()

    @override
    def open_item(self, item: str | None) -> None:
        self.banner.hide()
        self.keeper.flush()
        self._case_id = item or self._case_id
        self.reload()

    @override
    def may_leave(self) -> bool:
        self.keeper.flush()
        return True

    @override
    def load(self) -> None:
        if self._case_id is None:
            return
        self.tasks.run(read_settings).then(self._take_settings, owner=self)
        self.tasks.run(day_kinds).then(self._take_days, owner=self)
        self.tasks.run(open_case, self._case_id).then(self._take_case, owner=self)
        self.tasks.run(case_sessions, self._case_id).then(self._take_sessions, owner=self)
        self.tasks.run(case_agreement, self._case_id).then(self._take_agreement, owner=self)
        self.keeper.open(self._case_id, self._show)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        for part in (self.form.head, self.form.duties, self.form.tail):
            card = Card()
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

    def _take_settings(self, settings: OfficeSettings) -> None:
        self._print_ids = bool(settings.values[SettingKey.PRINT_ID_NUMBERS])

    def _take_days(self, days: tuple[OfficeDay, ...]) -> None:
        self._today = next((day.day for day in days if day.today), None)
        if self._today is not None:
            self.signing.set_today(self._today)

    def _take_case(self, case: CaseView) -> None:
        self._case = case

    def _take_sessions(self, sessions: tuple[SessionView, ...]) -> None:
        self._sessions = sessions

    def _take_agreement(self, agreement: AgreementView | None) -> None:
        self._agreement = agreement

    def _show(self, draft: DraftRow | None) -> None:
        case, agreement = self._case, self._agreement
        if case is None:
            return
        self.form.offer(case)
        if agreement is not None:
            self.form.show_agreement(agreement)
        else:
            last = max((one.day for one in self._sessions), default=self._today)
            self.form.begin(case, last, print_ids=self._print_ids)
        effective = agreement is not None and agreement.status is AgreementStatus.EFFECTIVE
        if draft is not None and not effective:
            self.form.restore(draft.body)
        self._show_context(draft if not effective else None)
        self._show_state(case, agreement, effective=effective)
        self._check()

    def _show_context(self, draft: DraftRow | None) -> None:
        if self._case is None:
            return
        if draft is not None:
            self._say_kept(draft.saved_at)
            return
        number = self._agreement.number if self._agreement else None
        parts = (self._case.title, number or self._case.number)
        self.header.set_context("　".join(parts))

    def _show_state(self, case: CaseView, agreement: AgreementView | None, *, effective: bool) -> None:
        locked = effective or not self._may_write or not case.writable
        self.form.set_locked(all_of_it=locked, form=agreement is not None)
        self.findings.setHidden(effective)
        self.signing.setVisible(agreement is not None)
        self.print_button.setVisible(agreement is not None)
        self.save_button.setHidden(locked)
        self._name_save()
        if agreement is not None:
            confirm = next((one.due_on for one in case.deadlines if one.code == RuleCode.CONFIRM), None)
            signable = agreement.status is AgreementStatus.SIGNING and self._may_write and case.writable
            self.signing.show_agreement(agreement, confirm, locked=not signable)

    def _name_save(self) -> None:
        oral = self.form.oral() and self._agreement is None
        kept = self.tr("保存更改") if self._agreement is not None else self.tr("保存协议")
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
        self.header.set_context(f"{kept}　{self._case.title}" if self._case else kept)

    def save(self) -> None:
        """Save the settlement; a printed one is changed only after a question."""
        if not self._may_write or self._case_id is None or self.save_button.isHidden():
            return
        if gaps := self.form.gaps():
            self.show_refused(Refused(Reason.INVALID, problems=gaps))
            return
        if self._agreement is not None and self._agreement.status is AgreementStatus.SIGNING:
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
        if self._agreement is not None:
            version = self._agreement.row_version
            self.act(amend_agreement, self._agreement.id, wanted, version, ok=self._saved)
        elif self.form.oral():
            self.act(record_oral_agreement, wanted, ok=self._saved)
        else:
            self.act(save_agreement, wanted, ok=self._saved)

    def _saved(self, agreement: AgreementView) -> None:
        self._agreement = agreement
        self.keeper.drop()
        oral = agreement.status is AgreementStatus.EFFECTIVE
        words = (
            self.tr("口头协议已登记，自达成之日起生效。请打印登记表存档。")
            if oral
            else self.tr("协议已保存。请预览打印，再由各方签名。")
        )
        self.say(words, action=self.tr("预览并打印"), then=self._print)
        self.load()

    def _sign(self, signing: SigningInput) -> None:
        if self._agreement is not None:
            self.act(record_signatures, self._agreement.id, signing, ok=self._signed)

    def _signed(self, agreement: AgreementView) -> None:
        self._agreement = agreement
        if agreement.effective_on is not None:
            day = date_words(agreement.effective_on)
            self.say(self.tr("签署齐全，协议自 {day} 起生效。").format(day=day))
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
        if self._case_id is not None:
            self.keeper.flush()
            self.navigator.goto(Place.PAPERS, self._case_id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(px(_NARROW_SIDE if self.width() < _NARROW else _SIDE))
