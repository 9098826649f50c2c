"""调解记录: written down during or after a session, kept while typing, signed, and what follows from it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.confirming.entrustment import COURT_PROCEDURES
from app.domain.errors import Reason, Refused
from app.domain.hearings import (
    SESSION_PROMPTS,
    GuestKind,
    HearingStatus,
    HearingView,
    SessionOutcome,
    SessionView,
)
from app.domain.office.drafts import DraftKind, DraftRow
from app.domain.schedule.service import AbsenceHint
from app.domain.work.phrases import ANY_TYPE, PhraseKind
from app.services.cases.register import open_case
from app.services.hearings.scheduling import open_hearing
from app.services.sessions.records import (
    case_sessions,
    hold_session,
    repeated_absences,
    save_session,
    sign_session,
)
from app.ui.hearings.session_form import SessionForm, at_their_fields
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, words
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.draft_keeper import DraftKeeper
from app.ui.kit.editors import UnreadableError
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.room import Scrolled
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import shown
from app.ui.work.phrase_picker import phrase_button

_SIDE, _NARROW_SIDE, _NARROW = 262, 206, 1000


class SessionPage(Page):
    """Opened with the id of a hearing; shows its record, or an empty one to be written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("调解记录"), parent)
        self._hearing_id: str | None = None
        self._hearing: HearingView | None = None
        self._case: CaseView | None = None
        self._session: SessionView | None = None
        self._may_write = context.actor.may(Permission.HEARING_WRITE)
        self.form = SessionForm()
        self.forms.append(self.form)
        self.keeper = DraftKeeper(self.tasks, DraftKind.SESSION, self.form.snapshot, self)
        self.form.edited.connect(self.keeper.touch)
        self.form.submitted.connect(self.save)
        self.keeper.kept.connect(self._say_kept)
        self.save_button = self.header.add_button(
            self.tr("保存记录"), self.save, picture="save", primary=True, shortcut="Ctrl+S"
        )
        self._build()

    @override
    def open_item(self, item: str | None) -> None:
        self.banner.hide()
        self.keeper.flush()
        self._hearing_id = item or self._hearing_id
        self.reload()

    @override
    def may_leave(self) -> bool:
        self.keeper.flush()
        return True

    @override
    def load(self) -> None:
        if self._hearing_id is not None:
            self.tasks.run(open_hearing, self._hearing_id).then(self._take_hearing, owner=self)

    def _build(self) -> None:
        card = Card()
        self._scroll = Scrolled(self._inset())
        card.add(self._scroll, 1)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._build_after())
        column.addWidget(self._build_prompts(), 1)
        column.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(card, 1)
        self._beside = Scrolled(self._side)
        row.addWidget(self._beside)
        self._concessions = words(
            self.tr(
                "法院委派、委托调解：当事人为达成协议所作的让步，除法律另有规定外，以后不得作为对其不利的证据。"
            ),
            "caution",
        )
        self._concessions.setWordWrap(True)
        self._concessions.hide()
        self.body.addWidget(self._concessions)
        self.body.addLayout(row, 1)

    def _inset(self) -> QWidget:
        """Leave room for the scroll bar."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        return holder

    def _build_prompts(self) -> QWidget:
        self.prompts = QListWidget()
        self.prompts.setWordWrap(True)
        self.prompts.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.prompts.setMinimumHeight(px(110))
        self.prompts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.prompts.setAccessibleName(self.tr("记录要点"))
        self.prompts.addItems(list(SESSION_PROMPTS))
        self.prompts.itemClicked.connect(lambda item: self.form.insert_line(item.text()))
        self.prompts.itemActivated.connect(lambda item: self.form.insert_line(item.text()))
        self._prompt_card = Card(self.tr("记录要点"), margin=12)
        line = QHBoxLayout()
        line.addWidget(words(self.tr("点一下写入记录"), "hint"), 1)
        self.phrases = phrase_button(
            self, lambda: self.form.field("body"), self._type_a, (PhraseKind.PROMPT, PhraseKind.FACT)
        )
        line.addWidget(self.phrases)
        self._prompt_card.add(line)
        self._prompt_card.add(self.prompts, 1)
        return self._prompt_card

    def _type_a(self) -> str:
        return self._case.type_a if self._case else ANY_TYPE

    def _build_after(self) -> QWidget:
        self._after = Card(self.tr("下一步"), margin=12)
        self._after.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._state = words("", "sub")
        self._state.setWordWrap(True)
        self._after.add(self._state)
        self._absences = words("", "caution")
        self._absences.setWordWrap(True)
        self._absences.hide()
        self._after.add(self._absences)
        self.signed_on = DateEditor()
        self.signed_on.setAccessibleName(self.tr("签名日期"))
        self._today_button = button(self.tr("登记签名"), self.sign, picture="pen-line")
        self._sign_label = words(self.tr("各方签名日期"))
        self._sign_label.setBuddy(self.signed_on)
        for part in (self._sign_label, self.signed_on, self._today_button):
            self._after.add(part)
        self.print_button = button(self.tr("打印调解记录"), self._print, picture="printer")
        self.agree_button = button(self.tr("起草协议"), self._draft_agreement, picture="handshake")
        self.again_button = button(self.tr("再次排期"), self._schedule_again, picture="calendar-plus")
        for part in (self.print_button, self.agree_button, self.again_button):
            self._after.add(part)
        return self._after

    def _take_hearing(self, hearing: HearingView) -> None:
        self._hearing = hearing
        self.tasks.run(open_case, hearing.case_id).then(self._take_case, owner=self)
        self.tasks.run(case_sessions, hearing.case_id).then(self._take_sessions, owner=self)
        self.tasks.run(repeated_absences, hearing.case_id).then(self._take_absences, owner=self)
        self.keeper.open(hearing.id, self._show)

    def _take_case(self, case: CaseView) -> None:
        self._case = case
        self._concessions.setVisible(case.standing.triage.procedure in COURT_PROCEDURES)

    def _take_sessions(self, sessions: tuple[SessionView, ...]) -> None:
        self._session = next((one for one in sessions if one.hearing_id == self._hearing_id), None)

    def _take_absences(self, hints: tuple[AbsenceHint, ...]) -> None:
        said = self.tr("{name}已{times}次无正当理由缺席，可以按当事人拒绝调解终止本案。")
        self._absences.setText("\n".join(said.format(name=hint.name, times=hint.times) for hint in hints))
        self._absences.setVisible(bool(hints))

    def _show(self, draft: DraftRow | None) -> None:
        hearing, case, session = self._hearing, self._case, self._session
        if hearing is None or case is None:
            return
        roles = {party.id: party.role for party in case.parties}
        invited = [guest for guest in hearing.invited if guest.kind is GuestKind.PARTY]
        self.form.field("absent").offer(
            [(one.id, f"{label(roles[one.id])} {one.name}") for one in invited if one.id in roles]
        )
        if session is None:
            self.form.begin(hearing)
        else:
            self.form.show_session(session)
        if draft is not None and (session is None or session.signed_on is None):
            self.form.restore(draft.body)
            self._say_kept(draft.saved_at)
        else:
            self.header.set_context(f"{case.title}　{case.number}")
        self._lock(hearing, session)
        self._show_after(session)
        told = case.rights_told_on
        if told is not None and session is None:
            self.form.praise("rights_told", self.tr("已于{day}告知").format(day=date_words(told)))

    def _lock(self, hearing: HearingView, session: SessionView | None) -> None:
        called_off = hearing.status is HearingStatus.CANCELLED
        if hearing.status is HearingStatus.TENTATIVE:
            self.say(self.tr("这次调解会还是暂定的，确定以后才能写记录。"), Tone.WARN)
        signed = session is not None and session.signed_on is not None
        planned = hearing.status is not HearingStatus.TENTATIVE
        locked = called_off or signed or not (self._may_write and planned)
        self.form.set_locked(locked)
        self.save_button.setHidden(locked)
        self._prompt_card.setHidden(locked)
        if called_off:
            self.say(self.tr("这次调解会已取消，不用写记录。"), Tone.WARN)

    def _show_after(self, session: SessionView | None) -> None:
        self._after.setVisible(session is not None)
        if session is None:
            return
        signed = session.signed_on
        state = (
            self.tr("已签名：{day}").format(day=date_words(signed))
            if signed
            else self.tr("记录已保存，还没有签名。")
        )
        self._state.setText(f"{label(session.outcome)}。{state}")
        for part in (self._sign_label, self.signed_on, self._today_button):
            part.setVisible(signed is None and self._may_write)
        self.signed_on.set_value(session.day)
        self.agree_button.setVisible(session.outcome is SessionOutcome.AGREED)
        self.again_button.setVisible(session.outcome is SessionOutcome.ANOTHER_SESSION)

    def _say_kept(self, at: object) -> None:
        kept = self.tr("草稿已自动保存 {when}").format(when=shown(at))
        self.header.set_context(f"{kept}　{self._case.title}" if self._case else kept)

    def save(self) -> None:
        """Write the record down, or correct it."""
        if gaps := self.form.gaps():
            self.show_refused(Refused(Reason.INVALID, problems=gaps))
            return
        wanted = self.form.wanted()
        if wanted is None or not self._may_write or self._hearing_id is None:
            return
        if self._session is None:
            self.act(hold_session, self._hearing_id, wanted, ok=self._saved)
        else:
            self.act(save_session, self._session.id, wanted, self._session.row_version, ok=self._saved)

    def sign(self) -> None:
        """Enter the day on which everybody signed."""
        if self._session is None:
            return
        try:
            day = self.signed_on.value()
        except UnreadableError:
            day = None
        if day is None:
            self.say(self.tr("请填写各方签名的日期。"), Tone.BAD)
            self.signed_on.setFocus()
            return
        self.act(sign_session, self._session.id, day, ok=self._signed)

    def _saved(self, session: SessionView) -> None:
        self.keeper.drop()
        self._session = session
        self.say(
            self.tr("调解记录已保存。请当事人阅读或听读后签名。"), action=self.tr("打印"), then=self._print
        )
        self.load()

    def _signed(self, session: SessionView) -> None:
        self._session = session
        self.say(self.tr("已登记签名，记录不再改动。"))
        self.load()

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(at_their_fields(refused))
        if refused.reason is Reason.RIGHTS_NOT_TOLD:
            self.form.warn("rights_told", self.tr("告知权利义务后在这里打勾"))
            self.form.field("rights_told").setFocus()
        QTimer.singleShot(0, self, self._scroll_to_focus)

    def _scroll_to_focus(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, px(40))

    def _goto(self, place: Place) -> None:
        if self._case is not None:
            self.navigator.goto(place, self._case.id)

    def _print(self) -> None:
        self._goto(Place.PAPERS)

    def _draft_agreement(self) -> None:
        self._goto(Place.AGREEMENT)

    def _schedule_again(self) -> None:
        self._goto(Place.CALENDAR)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(px(_NARROW_SIDE if self.width() < _NARROW else _SIDE))
