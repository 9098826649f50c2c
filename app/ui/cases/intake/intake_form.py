"""The intake form: its four steps, going from one to the next, reading and checking all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.cases import CaseIntake, CaseSource, EarlierCase
from app.domain.errors import Problem
from app.domain.intake import completed, intake_problems
from app.domain.intake_draft import IntakeDraft
from app.domain.values.office_clock import CHINA
from app.services.cases.people import similar_cases
from app.ui.cases.intake.decision_step import Decision, DecisionStep
from app.ui.cases.intake.matter_step import MatterStep
from app.ui.cases.intake.parties_step import PartiesStep
from app.ui.cases.intake.review_step import ReviewStep
from app.ui.clock import office_today
from app.ui.icons import icon
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.steps import Steps
from app.ui.navigation import Context
from app.ui.room import Scrolled
from app.ui.tasks import Request
from app.ui.theme import Tone, px

PARTIES, MATTER, DECISION, REVIEW = range(4)
STATE_MS = 250
WIDE, NARROW, NARROW_BELOW = 208, 164, 1000
_DECISION_FIELDS = ("competent", "not_excluded", "override")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything typed, as a record, what is to happen, and what has to be put right before."""

    intake: CaseIntake
    decision: Decision
    problems: tuple[Problem, ...]


class IntakeForm(QWidget):
    """Tells `edited` after each change, `turned`, and `register_asked` when the last button is pressed."""

    edited = Signal()
    register_asked = Signal()
    turned = Signal()  # to another step

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = context.tasks
        self._asked: Request[tuple[EarlierCase, ...]] | None = None
        self.parties = PartiesStep(context.tasks)
        self.matter = MatterStep(context.actor.name)
        self.decision = DecisionStep(context.actor)
        self.review = ReviewStep()
        self._titles = (self.tr("当事人"), self.tr("纠纷情况"), self.tr("受理与指派"), self.tr("核对并登记"))
        self.steps = Steps(self._titles)
        self._left = {REVIEW}  # steps that were shown and left: their gaps may be told
        self._stack = QStackedWidget()
        self._build()
        self._state_soon = QTimer(self)
        self._state_soon.setSingleShot(True)
        self._state_soon.setInterval(STATE_MS)
        self._state_soon.timeout.connect(self.show_states)
        for step in (self.parties, self.matter, self.decision):
            step.edited.connect(self._edited)
        self.parties.finished.connect(self.next_button.setFocus)
        self.matter.finished.connect(self.next_button.setFocus)
        self.decision.lead.edited.connect(lambda: QTimer.singleShot(0, self, self._show_ties))
        self.steps.chosen.connect(self.go)
        self.review.step_asked.connect(self.go)
        self.review.jumped.connect(self.jump)
        self._keys()
        self.clear()

    def _build(self) -> None:
        side = Card(margin=10)
        side.add(self.steps, 1)
        keys = words(self.tr("回车 跳到下一项\nCtrl+回车 下一步\nF1 填写说明"), "hint")
        side.add(keys)
        self._side = side
        self.previous_button = button(self.tr("上一步"), lambda: self.go(self.steps.current() - 1))
        self.next_button = button("", self.go_on, weight=Weight.PRIMARY)
        self.next_button.setIconSize(QSize(20, 16))
        self.next_button.setAutoDefault(True)  # Enter in the last field leads here, Enter again goes on
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self._hint = QLabel(self.tr("带 * 为必填，其余可后补"))
        self._hint.setObjectName("sub")
        foot.addWidget(self._hint)
        foot.addStretch(1)
        foot.addWidget(self.previous_button)
        foot.addWidget(self.next_button)
        main = Card(margin=18)
        for _ in range(REVIEW + 1):
            scrolled = Scrolled(QWidget())  # the step itself is put in when it is first turned to
            scrolled.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self._stack.addWidget(scrolled)
        main.add(self._stack, 1)
        main.add(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(main, 1)

    def clear(self) -> None:
        """Begin anew."""
        self.parties.clear()
        self.matter.clear()
        self.decision.restore({})
        self._left = {REVIEW}
        self._turn_to(PARTIES)
        self.show_states()

    def snapshot(self) -> IntakeDraft:
        """Everything typed."""
        return IntakeDraft(
            self.parties.snapshot(),
            self.matter.snapshot(),
            self.decision.snapshot(),
            self.steps.current(),
        )

    def restore(self, draft: IntakeDraft) -> None:
        """Put a draft back and show the step it was left at."""
        self.parties.restore(draft.parties)
        self.matter.clear()
        self.matter.restore(draft.matter)
        self.decision.restore(draft.decision)
        self._left = set(range(min(draft.step, REVIEW))) | {REVIEW}
        self.go(draft.step)
        self.show_states()

    def is_blank(self) -> bool:
        """Whether nothing was typed that would be missed."""
        return self.matter.is_blank() and all(block.is_blank() for block in self.parties.blocks)

    def read(self) -> Reading:
        """The whole form checked as registering will check it."""
        own = self.matter.source() is CaseSource.OWN_INITIATIVE
        parties, unreadable = self.parties.read(without_blank_applicant=own)
        matter, in_matter = self.matter.read()
        decision, in_decision = self.decision.read()
        said = self.decision.consents.consents()
        today, now = office_today(), datetime.now(UTC)
        parties = tuple(
            completed(
                replace(party, consent=said[party.key][0], consent_on=said[party.key][1])
                if party.key in said
                else party,
                today,
            )
            for party in parties
        )
        intake = matter.with_parties(parties, now, CHINA)
        found = (*unreadable, *in_matter, *map(_placed, intake_problems(intake, now, today)), *in_decision)
        return Reading(intake, decision, self._in_order(_one_each(found)))

    def go(self, step: int) -> None:
        """Show a step."""
        step = max(PARTIES, min(step, REVIEW))
        if self.steps.current() != step or self._stack.currentIndex() != step:
            self._left.add(self._stack.currentIndex())
            self.turned.emit()
        if step in (DECISION, REVIEW):
            self._show_decision()
        if step == REVIEW:
            self._left |= {PARTIES, MATTER, DECISION}
            self._show_review()
        self._turn_to(step)
        self._focus_first(step)
        self.show_states()

    def focus_first(self) -> None:
        """Go to the first field of the step shown."""
        self._focus_first(self.steps.current())

    def go_on(self) -> None:
        """Show the next step; at the last one, register."""
        if self.steps.current() == REVIEW:
            self.register_asked.emit()
        else:
            self.go(self.steps.current() + 1)

    def jump(self, field: str) -> None:
        """Go to the field of a problem, with every problem of its step written at its place."""
        step = step_of(field)
        self.go(step)
        problems = [problem for problem in self.read().problems if step_of(problem.field) == step]
        problems.sort(key=lambda problem: problem.field != field)
        if step == PARTIES:
            self._show_in_parties(field, problems)
        elif step == MATTER:
            self.matter.form.show_problems(problems)
            self.matter.form.field(field).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.decision.show_problems(problems)
        focused = self.focusWidget()
        shown = self._stack.currentWidget()
        if focused is not None and isinstance(shown, QScrollArea):
            shown.ensureWidgetVisible(focused)

    def title_of(self, field: str) -> str:
        """What the field of a problem is called."""
        step = step_of(field)
        if step == MATTER:
            return self.matter.form.title_of(field)
        if step == DECISION:
            return self.decision.title_of(field)
        _, _, rest = field.partition(".")
        key, _, name = rest.partition(".")
        block = self.parties.block_of(key)
        return block.problem_title(name) if block else ""

    def show_states(self) -> None:
        """Say beside each step what it holds, or how much has to be put right."""
        reading = self.read()
        counts = [0, 0, 0]
        for problem in reading.problems:
            counts[step_of(problem.field)] += 1
        lacking = self.matter.lacking()
        matter = self.tr("还缺 {n} 项").format(n=lacking) if lacking else self.tr("已填写")
        texts = (
            self.parties.counts() or self.tr("未填写"),
            self.tr("未填写") if self.matter.is_blank() else matter,
            self.decision.state() if DECISION in self._left else self.tr("未填写"),
        )
        for step, text in enumerate(texts):
            if counts[step] and step in self._left and step != self.steps.current():
                self.steps.set_state(step, self.tr("有 {n} 处要改").format(n=counts[step]), Tone.BAD)
            else:
                self.steps.set_state(step, text)
        self._name_button()

    def _keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.go_on, context=inside)
        for step in range(REVIEW + 1):
            made = QShortcut(
                QKeySequence(f"Alt+{step + 1}"), self, lambda at=step: self.go(at), context=inside
            )
            made.setWhatsThis(self.tr("到第 {n} 步").format(n=step + 1))

    def _edited(self) -> None:
        self._state_soon.start()
        self.edited.emit()

    def _turn_to(self, step: int) -> None:
        self.steps.set_current(step)
        self._put_in(step)
        self._stack.setCurrentIndex(step)
        self.previous_button.setHidden(step == PARTIES)
        self._hint.setHidden(step == REVIEW)
        self._name_button()

    def _put_in(self, step: int) -> None:
        """Dressing all four steps at once would hold the window up."""
        place = self._stack.widget(step)
        content = (self.parties, self.matter, self.decision, self.review)[step]
        if isinstance(place, QScrollArea) and place.widget() is not content:
            content.setObjectName("scrolled")
            place.setWidget(content)

    def _name_button(self) -> None:
        step = self.steps.current()
        if step < REVIEW:
            self.next_button.setText(self.tr("下一步：{title}").format(title=self._titles[step + 1]))
            self.next_button.setIcon(icon("arrow-right", "card", 16, 4))
            return
        accept = self.decision.read()[0].accept
        self.next_button.setText(self.tr("登记并受理") if accept else self.tr("登记"))
        self.next_button.setIcon(icon("check", "card", 16, 4))

    def _focus_first(self, step: int) -> None:
        if step == PARTIES:
            self.parties.blocks[0].form.focus_first()
        elif step == MATTER:
            self.matter.form.focus_first()
        elif step == DECISION and self.decision.consents.rows:
            self.decision.consents.rows[0].consent.setFocus()
        else:
            self.next_button.setFocus()

    def _show_ties(self) -> None:
        """What speaks against a mediator may lie below what is seen."""
        shown = self._stack.currentWidget()
        if isinstance(shown, QScrollArea) and self.steps.current() == DECISION:
            shown.ensureWidgetVisible(self.decision.lead, 0, 0)

    def _in_order(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        keys = [block.key for block in self.parties.blocks]

        def place(problem: Problem) -> tuple[int, int]:
            parts = problem.field.split(".")
            known = len(parts) > 1 and parts[1] in keys
            return step_of(problem.field), keys.index(parts[1]) if known else -1

        return tuple(sorted(problems, key=place))

    def _show_decision(self) -> None:
        intake = self.read().intake
        own = intake.source is CaseSource.OWN_INITIATIVE
        self.decision.show_parties(intake.parties, own, intake.type_a)

    def _show_review(self) -> None:
        reading = self.read()
        titled = [(self.title_of(problem.field), problem) for problem in reading.problems]
        self.review.show_intake(reading.intake, self.decision.state(), titled)
        if self._asked is not None:
            self._asked.drop()  # its answer is about what was typed before
        self._asked = self._tasks.run(similar_cases, reading.intake)
        self._asked.then(self.review.show_similar, owner=self)

    def _show_in_parties(self, field: str, problems: Sequence[Problem]) -> None:
        for block in reversed(self.parties.blocks):
            block.show_problems([p for p in problems if p.field.startswith(block.form.prefix)])
        _, _, rest = field.partition(".")
        key, _, name = rest.partition(".")
        chosen = self.parties.block_of(key)
        if chosen is not None:
            chosen.focus_field(name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(px(NARROW if self.width() < NARROW_BELOW else WIDE))


def step_of(field: str) -> int:
    """The step that has a field."""
    if field == "parties" or field.startswith("parties."):
        return PARTIES
    return DECISION if field.startswith("consents.") or field in _DECISION_FIELDS else MATTER


def _placed(problem: Problem) -> Problem:
    """A problem of the record at the field of the form that shows it."""
    if problem.field == "received_at":
        return replace(problem, field="received_on")
    if problem.field.endswith(".consent_on"):
        return replace(problem, field=f"consents.{problem.field.split('.')[1]}")
    return problem


def _one_each(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first problem of each field; those of the whole list of people all stay."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.field + (problem.code if problem.field == "parties" else ""), problem)
    return tuple(first.values())
