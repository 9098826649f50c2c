"""One person of the intake form: head line, fields, whom they represent, earlier disputes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, EarlierCase, PartyInput
from app.domain.errors import Problem
from app.domain.intake_draft import PartyDraft
from app.domain.people import PersonKind, PersonMatch
from app.domain.values.catalogues import type_a_name
from app.domain.values.identity import Sex, mask_id
from app.services.cases.people import earlier_cases, suggest_people
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.card import words
from app.ui.kit.suggest import Answer, Suggestions
from app.ui.parties.person_form import PersonForm
from app.ui.room import Scrolled, set_shown
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import choices, label
from app.ui.words.messages import problem_sentence

_KEPT_ON_SWITCH = ("name", "phone", "village", "address")
_LEAST_OF_NUMBER = 4
_COLUMNS, _MOST_ROWS, _ROW = 4, 5, 26  # of the boxes; more people are scrolled
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Represented(QWidget):
    """Check boxes of the parties an agent or guardian stands for."""

    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: set[str] = set()
        self._boxes: dict[str, QCheckBox] = {}
        self._names = QWidget()
        self._grid = QGridLayout(self._names)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self._scroll = Scrolled(self._names)
        self._note = words(style="problem")
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(words(title, "fieldLabel"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._scroll, 1)
        column.addLayout(line)
        column.addWidget(self._note)

    def offer(self, principals: Sequence[tuple[str, str]]) -> None:
        """Offer these parties (key, words); the ticks of those still there stay, one alone is ticked."""
        for key in [key for key in self._boxes if key not in dict(principals)]:
            self._boxes.pop(key).deleteLater()
        if len(principals) == 1 and not self._boxes:
            self._wanted.add(principals[0][0])
        for key, text in principals:
            if key not in self._boxes:
                box = QCheckBox(self._names)
                box.setChecked(key in self._wanted)
                box.toggled.connect(self._ticked)
                self._boxes[key] = box
            self._boxes[key].setText(text)
        for at, (key, _) in enumerate(principals):
            self._grid.addWidget(self._boxes[key], at // _COLUMNS, at % _COLUMNS)
            self._boxes[key].show()  # at once: it may be gone to now
        rows = min(-(-len(principals) // _COLUMNS), _MOST_ROWS)
        self._scroll.setFixedHeight(px(_ROW) * max(rows, 1))

    def boxes(self) -> list[QCheckBox]:
        """The boxes in order."""
        return list(self._boxes.values())

    def keys(self) -> tuple[str, ...]:
        """The parties ticked."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def set_keys(self, keys: Sequence[str]) -> None:
        """Tick these, now or when they are offered."""
        self._wanted = set(keys)
        for key, box in self._boxes.items():
            box.setChecked(key in self._wanted)

    def focus_first(self) -> None:
        """Go to the first box."""
        for box in list(self._boxes.values())[:1]:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def blame(self, problem: Problem | None) -> None:
        """Say that somebody must be ticked; None takes it away."""
        self._note.setText(problem_sentence(problem) if problem else "")
        self._note.setVisible(problem is not None)

    def _ticked(self) -> None:
        self.blame(None)
        self.edited.emit()


class PartyBlock(QWidget):
    """Tells `edited`, `finished` (Enter in the last field), `left` (remove), `more` (another one)."""

    edited = Signal()
    finished = Signal()
    left = Signal()
    more = Signal()
    look_asked = Signal(str)  # id of an earlier case
    rebuilt = Signal()  # the fields are others now

    def __init__(self, tasks: Tasks, draft: PartyDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.role = draft.key, draft.role
        self.person_id: str | None = None
        self.may_look = True  # an earlier case can be opened from here
        self._tasks = tasks
        self._title = words(label(self.role), "sectionTitle")
        self._kinds = Segments(choices(PersonKind))
        self._kinds.chosen.connect(lambda kind: self._turn_to(kind, keep=True))
        set_shown(self._kinds, self.role in PRINCIPALS)
        self._leave = button(self.tr("移除"), self.left.emit, picture="x", weight=Weight.LINK)
        self.more_button = button(self.tr("再加一人"), self.more.emit, picture="user-plus")
        self.represented = Represented(self.tr("代理谁"))
        self.represented.edited.connect(self.edited)
        self.represented.setHidden(self.role in PRINCIPALS)
        self.verified = words(style="good")
        self.verified.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.verified.hide()
        self.earlier = Banner()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._head())
        self.form = PersonForm(self.key, self.role, PersonKind.NATURAL)
        self._install(self.form)
        self._column.addWidget(self.verified)
        self._column.addWidget(self.represented)
        self._column.addWidget(self.earlier)
        self.restore(draft)

    def set_title(self, title: str, *, removable: bool, last: bool) -> None:
        """Say who this is; `last` of its role has the button for another one."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._leave.setVisible(removable)
        self._leave.setAccessibleName(self.tr("移除{who}").format(who=title))
        self.more_button.setVisible(last)
        self.more_button.setAccessibleName(self.tr("再加一名{role}").format(role=label(self.role)))

    def title(self) -> str:
        """The words of the head line."""
        return self._title.text()

    def name(self) -> str:
        """The name typed so far."""
        return str(self.form.field("name").value())

    def is_blank(self) -> bool:
        """Whether nothing that tells who it is was typed."""
        typed = self.form.snapshot()
        return not any(str(typed.get(name) or "").strip() for name in ("name", "id_no", "uscc", "phone"))

    def is_untouched(self) -> bool:
        """Whether the block is as it was made: a natural person, and nothing typed or chosen."""
        chosen = {name: value for name, value in self.form.snapshot().items() if name != "id_kind"}
        return self.form.kind is PersonKind.NATURAL and not any(chosen.values())

    def inputs(self) -> list[QWidget]:
        """Everything of the block that takes the focus, in the order of the Tab key."""
        kinds = self._kinds.findChildren(QPushButton)
        return [*kinds, *self.form.inputs(), *self.represented.boxes(), self._leave, self.more_button]

    def snapshot(self) -> PartyDraft:
        """What was typed."""
        return PartyDraft(
            self.key,
            self.role,
            self.form.kind,
            self.person_id,
            self.represented.keys() if self.role not in PRINCIPALS else (),
            self.form.snapshot(),
        )

    def restore(self, draft: PartyDraft) -> None:
        """Put a draft back."""
        self._turn_to(draft.kind, keep=False)
        self.form.restore(draft.typed)
        self.person_id = draft.person_id
        self.represented.set_keys(draft.represents)
        self.form.check_all()

    def read(self) -> tuple[PartyInput, tuple[Problem, ...]]:
        """The person as far as readable, and the problems of the unreadable fields."""
        values, problems = self.form.read()
        base = PartyInput(key=self.key, role=self.role, kind=self.form.kind, person_id=self.person_id)
        base = replace(base, represents=self.represented.keys() if self.role not in PRINCIPALS else ())
        placed = tuple(Problem(self.form.prefix + p.field, p.code, p.details) for p in problems)
        return replace(base, **values), placed

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Write the problems of this person at their fields, and go to the first."""
        self.form.show_problems(problems)
        mine = [problem for problem in problems if problem.field == f"{self.form.prefix}represents"]
        self.represented.blame(mine[0] if mine else None)

    def focus_field(self, name: str) -> None:
        """Go to a field, or to the boxes of those represented."""
        if self.form.title_of(name):
            self.form.field(name).setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == "represents":
            self.represented.focus_first()

    def fill(self, match: PersonMatch) -> None:
        """Take an earlier person's particulars into the block, and say which disputes they had."""
        self._turn_to(match.kind, keep=False)
        names = [name for name in self.form.snapshot() if hasattr(match, name)]
        self.person_id = match.id
        self.form.set_values({name: getattr(match, name) for name in names})
        self._kinds.set_value(match.kind)
        self.form.check_all()
        self.edited.emit()
        self._tasks.run(earlier_cases, match.id).then(self._show_earlier, owner=self)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._kinds)
        head.addStretch(1)
        head.addWidget(self._leave)
        head.addWidget(self.more_button)
        return head

    def _turn_to(self, kind: PersonKind, *, keep: bool) -> None:
        self._kinds.set_value(kind)
        if kind is self.form.kind:
            return
        old, self.form = self.form, PersonForm(self.key, self.role, kind)
        if keep:
            typed = old.snapshot()
            self.form.restore({name: typed[name] for name in _KEPT_ON_SWITCH if name in typed})
            self.person_id = None
        self._install(self.form)
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.rebuilt.emit()
        if keep:
            self.form.focus_first()
            self.edited.emit()

    def _install(self, form: PersonForm) -> None:
        self._column.insertWidget(1, form)
        form.show()
        form.edited.connect(self.edited)
        form.verified.connect(self._show_verified)
        form.inputs()[-1].installEventFilter(self)
        form.field("name").textEdited.connect(self._become_another)
        self._offer_people(form, "name", 1)
        self._offer_people(form, "uscc" if form.kind is PersonKind.LEGAL else "id_no", _LEAST_OF_NUMBER)

    def _show_verified(self, sentence: str) -> None:
        self.verified.setText(sentence)
        self.verified.setVisible(bool(sentence))
        if sentence and self.person_id is None and self.form.kind is PersonKind.NATURAL:
            number = self.form.field("id_no").value()
            known = partial(self._recognise, number)
            self._tasks.run(suggest_people, number).then(known, owner=self)

    def _recognise(self, number: str, found: tuple[PersonMatch, ...]) -> None:
        """Tell the earlier disputes of somebody whose number was typed in full."""
        match = next((match for match in found if match.id_no == number), None)
        if match is not None and self.person_id is None:
            self._tasks.run(earlier_cases, match.id).then(self._show_earlier, owner=self)

    def _become_another(self) -> None:
        """A name typed anew is another person's."""
        self.person_id = None
        self.earlier.hide()

    def _offer_people(self, form: PersonForm, name: str, least: int) -> None:
        offered = Suggestions(form.field(name), self._ask, self._words, least=least)
        offered.taken.connect(self.fill)

    def _ask(self, typed: str, answer: Answer) -> None:
        self._tasks.run(suggest_people, typed).then(answer, owner=self)

    def _words(self, match: PersonMatch) -> str:
        parts = [match.name]
        if match.kind is PersonKind.NATURAL:
            parts.append(label(match.sex) if isinstance(match.sex, Sex) else "")
            parts.append(f"{match.birth.year}年" if match.birth else "")
        parts.append(mask_id(match.id_no or match.uscc))
        parts.append(match.village)
        parts.append(self.tr("纠纷{n}件").format(n=match.cases) if match.cases else "")
        return " ".join(part for part in parts if part)

    def _show_earlier(self, found: tuple[EarlierCase, ...]) -> None:
        if not found:
            self.earlier.hide()
            return
        latest = found[0]
        text = self.tr("{name} 此前有 {n} 件纠纷，最近一件：{number} {type}（{status}，{year}年{month}月）")
        day = latest.received_on
        self.earlier.say(
            text.format(
                name=self.name(),
                n=len(found),
                number=latest.number,
                type=type_a_name(latest.type_a),
                status=label(latest.status),
                year=day.year,
                month=day.month,
            ),
            Tone.WARN,
            action=self.tr("查看") if self.may_look else "",
            then=lambda: self.look_asked.emit(latest.id),
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and plain and watched is self.form.inputs()[-1]:
                self.finished.emit()
                return True
        return super().eventFilter(watched, event)

    def problem_title(self, field: str) -> str:
        """What a field of this block is called, for the list of problems."""
        who = self.name() or self.title()
        what = self.form.title_of(field) or (self.tr("代理谁") if field == "represents" else "")
        return f"{who} {what}".strip()
