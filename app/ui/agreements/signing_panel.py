"""Who has signed a printed agreement, and when; with the last day it takes effect (PML 29)."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.domain.agreements import AgreementStatus, AgreementView, SigningInput, SignPlace
from app.domain.errors import Problem
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, remark, words
from app.ui.kit.chip import mark
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.editors import UnreadableError
from app.ui.kit.focus import settle_tab_order
from app.ui.room import set_shown
from app.ui.theme import Tone
from app.ui.words.labels import label
from app.ui.words.messages import problem_sentence, shown

_MEDIATOR, _SEAL = "mediator_signed_on", "sealed_on"


class SigningPanel(Card):
    """One line per party, the mediator and the seal; tells `asked(SigningInput)`."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("签署"), margin=12, parent=parent)
        self._today: date | None = None
        self._editors: dict[str, DateEditor] = {}
        self._notes: dict[str, QLabel] = {}
        self._now: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._state = QGridLayout()
        self.record_button = button(self.tr("登记签署"), self._ask, picture="pen-line")
        self.add(self._state)
        self.add(self._grid)
        self.add(self.record_button)

    def set_today(self, today: date) -> None:
        """The day the 今天 keys put in."""
        self._today = today

    def show_agreement(self, agreement: AgreementView, confirm_by: date | None, *, locked: bool) -> None:
        """Show the days entered, and what they amount to."""
        self._clear()
        effective = agreement.status in (AgreementStatus.EFFECTIVE, AgreementStatus.ABANDONED)
        self.record_button.setHidden(locked or effective)
        for one in agreement.signatures:
            name = one.party if one.signer_id == one.party_id else f"{one.party}（{one.signer}）"
            self._row(f"signed.{one.party_id}", name, one.signed_on)
        if agreement.signatures:
            self._row(_MEDIATOR, label(SignPlace.MEDIATOR), agreement.mediator_signed_on)
            self._row(_SEAL, label(SignPlace.SEAL), agreement.sealed_on)
        for part in self.findChildren(DateEditor):
            part.setDisabled(locked or effective)
        settle_tab_order(self)
        self._say_state(agreement, confirm_by)

    def editor(self, field: str) -> DateEditor:
        """The field of a place to sign (`signed.<party id>`, `mediator_signed_on`, `sealed_on`)."""
        return self._editors[field]

    def today_key(self, field: str) -> QPushButton:
        """The key that puts today into a field."""
        return self._now[field]

    def focus_missing(self) -> None:
        """Go to the first place nobody has signed."""
        empty = (editor for editor in self._editors.values() if not editor.text())
        target = next(empty, None)
        if target is not None and target.isEnabled():
            target.setFocus()

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Write each under its field; returns those of no field here."""
        self._clear_problems()
        left = []
        for problem in problems:
            if problem.field in self._notes:
                self._say(problem.field, problem_sentence(problem))
            else:
                left.append(problem)
        return tuple(left)

    def _row(self, field: str, name: str, day: date | None) -> None:
        at = 3 * len(self._editors)
        editor = DateEditor()
        editor.setAccessibleName(self.tr("{name}签署日期").format(name=name))
        editor.set_value(day)
        now = button(self.tr("今天"), lambda: editor.set_value(self._today), weight=Weight.LINK)
        now.setAccessibleName(self.tr("{name}今天签署").format(name=name))
        set_shown(now, not self.record_button.isHidden())
        note = words("", "problem")
        note.setWordWrap(True)
        note.hide()
        who = words(name)
        who.setWordWrap(True)
        self._grid.addWidget(who, at, 0, 1, 2)
        self._grid.addWidget(editor, at + 1, 0)
        self._grid.addWidget(now, at + 1, 1)
        self._grid.addWidget(note, at + 2, 0, 1, 2)
        self._editors[field], self._notes[field], self._now[field] = editor, note, now

    def _say_state(self, agreement: AgreementView, confirm_by: date | None) -> None:
        lines: list[tuple[str, Tone]] = []
        if agreement.effective_on is not None:
            lines.append((self.tr("已生效：{day}").format(day=date_words(agreement.effective_on)), Tone.GOOD))
            if confirm_by is not None:
                by = self.tr("双方可在 {day} 前共同向人民法院申请司法确认。").format(
                    day=date_words(confirm_by)
                )
                lines.append((by, Tone.INFO))
        elif agreement.status is AgreementStatus.ABANDONED:
            lines.append((self.tr("已作罢，不再签署。"), Tone.PLAIN))
        elif agreement.status is AgreementStatus.SIGNING:
            lines.append((self.tr("还缺：{who}").format(who=shown(agreement.missing)), Tone.WARN))
        else:
            lines.append((self.tr("打印后由各方签名，再在这里登记。"), Tone.PLAIN))
        for at, (text, tone) in enumerate(lines):
            self._state.addWidget(remark(text, tone), at, 0)

    def _ask(self) -> None:
        self._clear_problems()
        days: dict[str, date | None] = {}
        for field, editor in self._editors.items():
            try:
                days[field] = editor.value()
            except UnreadableError as unreadable:
                self._say(field, problem_sentence(Problem(field, unreadable.code)))
        if len(days) == len(self._editors):
            signed = tuple(
                (field.removeprefix("signed."), day)
                for field, day in days.items()
                if field.startswith("signed.")
            )
            self.asked.emit(SigningInput(signed, days[_MEDIATOR], days[_SEAL], partial=True))

    def _say(self, field: str, sentence: str) -> None:
        self._notes[field].setText(sentence)
        self._notes[field].setVisible(bool(sentence))
        mark(self._editors[field], "bad", bool(sentence))

    def _clear_problems(self) -> None:
        for field in self._notes:
            self._say(field, "")

    def _clear(self) -> None:
        for grid in (self._grid, self._state):
            while (item := grid.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        self._editors, self._notes, self._now = {}, {}, {}
